"""The minutes as a word processor document: they circulate, and get amended there."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

from docx import Document
from docx.document import Document as Whole
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from desktop.base.i18n import _, language, ngettext
from desktop.queries.documents.minutes_data import Minutes, MinutesLine
from desktop.reports.minutes import words
from desktop.reports.page.document import MOST_OUTLINE, plain_xml, separator, shortened

_EPOCH = (2000, 1, 1, 0, 0, 0)
_PROGRAM = (b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
            b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Carnet</Application></Properties>')
"""Which program wrote the document: that of the library's template says another one."""
FONT = "Noto Sans"
SIDE = 20
"""Millimetres at the left and the right of the page."""
AFTER = 4
"""Points between two paragraphs."""
DECISIONS, ACTIONS, ACTIONS_WITH_STATE = (30, 0), (0, 54, 26), (0, 50, 26, 26)
"""Widths of the columns in millimetres; 0 takes what is left."""


def docx(minutes: Minutes) -> bytes:
    """Return the same content as the PDF; the same input gives the same bytes."""
    made = Document()
    _set_style(made)
    made.core_properties.title = shortened(plain_xml(words.title_of(minutes)), MOST_OUTLINE)
    made.core_properties.author = shortened(plain_xml(minutes.heading.collective), MOST_OUTLINE)
    made.core_properties.comments, made.core_properties.language = ("",
                                                                    "fr-FR" if language() == "fr"
                                                                    else "en-GB")
    _forget_template(made)
    made.core_properties.created = made.core_properties.modified = datetime.combine(
        minutes.heading.as_of, datetime.min.time())
    made.sections[0].header.paragraphs[0].text = plain_xml(" · ".join(filter(None, [
        *(shortened(name, MOST_OUTLINE) for name in (
            minutes.heading.collective, minutes.heading.territory,
            minutes.heading.group_marked))])))
    _foot(made, minutes)
    made.add_heading(plain_xml(words.title_of(minutes)), 0)
    if minutes.reason:
        _put(made, _("Correction of the validated minutes: {reason}").format(reason=minutes.reason),
             bold=True)
        _put(made, words.how_changes_show(minutes))
        for change in minutes.changes:
            _put(made, change, style="List Bullet")
    for name, value in words.facts_of(minutes):
        _named(made, name, value, after=0)
    _people(made, minutes)
    if minutes.points:
        made.add_heading(_("Agenda"), 1)
        for number, said in enumerate(words.agenda_of(minutes), 1):
            _put(made, f"{number}. {said}", after=0)
    if words.earlier_title(minutes):
        made.add_heading(words.earlier_title(minutes), 1)
        if words.submitted(minutes):
            _put(made, words.submitted(minutes))
        if minutes.earlier:
            _table(made, words.table_of(minutes.earlier, with_state=True), ACTIONS_WITH_STATE)
    for number, point in enumerate(minutes.points, 1):
        made.add_heading(plain_xml(f"{number}. {point.title}"), 1)
        _lines(made, point.lines)
    if minutes.other:
        made.add_heading(_("Other matters"), 1)
        _lines(made, minutes.other)
    if minutes.decisions:
        made.add_heading(ngettext("Decision taken", "Decisions taken", len(minutes.decisions)), 1)
        _table(made,
               [[_("No."), _("Decision")], *([d.number, d.text + (f" ({d.how})" if d.how else "")]
                                             for d in minutes.decisions)], DECISIONS)
    if minutes.actions:
        made.add_heading(_("Actions: who, what, when"), 1)
        _table(made, words.table_of(minutes.actions, with_state=False), ACTIONS)
    if minutes.next_meeting:
        made.add_heading(_("Next meeting"), 1)
        _put(made, words.next_of(minutes) + ".")
    if minutes.annexes:
        made.add_heading(_("Annexes"), 1)
        for name in minutes.annexes:
            _put(made, name, style="List Bullet")
    for closing in words.closing_of(minutes):
        _put(made, closing)
    return _same_bytes(made)


def _set_style(made: Whole) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(SIDE)
    section.top_margin = section.bottom_margin = Mm(22)
    style = made.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(10.5)
    style.paragraph_format.space_after = Pt(AFTER)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "fr-FR" if language() == "fr" else "en-GB")
    style.element.get_or_add_rPr().append(lang)
    for name, size in (("Title", 15), ("Heading 1", 12.5)):
        heading = made.styles[name]
        heading.font.size, heading.font.bold, heading.font.color.rgb = Pt(size), True, RGBColor(
            0, 0, 0)
        # The theme's own face would win over the name.
        fonts = heading.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{attribute}"), None)
        heading.font.name = FONT
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(4)
    made.styles["Title"].paragraph_format.space_before = Pt(0)


def _forget_template(made: Whole) -> None:
    """Leave out what the library's own template brings: its picture, its sources, the program that
    wrote it."""
    for rels in (made.part.package.rels, made.part.rels):
        for name in [name for name, rel in rels.items()
                     if rel.reltype.endswith(("/thumbnail", "/customXml"))]:
            rels.pop(name)


def _foot(made: Whole, minutes: Minutes) -> None:
    """Audience and state at the left; at the right the number of the page, which the word processor
    counts."""
    paragraph = made.sections[0].footer.paragraphs[0]
    made.styles["Footer"].paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(210 - 2 * SIDE), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(plain_xml(words.status_of(minutes)) + "\t")
    for name in ("PAGE", "NUMPAGES"):
        if name == "NUMPAGES":
            paragraph.add_run("/")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = "1"
        run.append(text)
        field.append(run)
        paragraph._p.append(field)


def _put(made: Whole, text: str, *, bold: bool = False, style: str | None = None,
         after: float | None = None) -> None:
    paragraph = made.add_paragraph(style=style)
    paragraph.add_run(plain_xml(text)).bold = bold or None
    if after is not None:
        paragraph.paragraph_format.space_after = Pt(after)


def _named(made: Whole, name: str, value: str, *, strike: bool = False, underline: bool = False,
           mark: str = "",
           after: float | None = None) -> None:
    paragraph = made.add_paragraph()
    if mark:
        paragraph.add_run(f"{mark} ").italic = True
    if name:
        paragraph.add_run(plain_xml(_("{name}: ").format(name=name))).bold = True
    run = paragraph.add_run(plain_xml(value))
    run.font.strike, run.underline = strike or None, underline or None
    if after is not None:
        paragraph.paragraph_format.space_after = Pt(after)


def _people(made: Whole, minutes: Minutes) -> None:
    made.add_heading(_("Participants"), 1)
    for title, people in words.people_of(minutes):
        _put(made, f"{title} ({len(people)})", bold=True, after=1)
        for college, some in words.by_college(people):
            paragraph = made.add_paragraph()
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.space_after = Mm(
                4), Pt(2)
            paragraph.add_run(_("{name}: ").format(name=college)).italic = True
            for number, person in enumerate(some):
                if number:
                    paragraph.add_run(separator())
                paragraph.add_run(plain_xml(person.name)).bold = True
                paragraph.add_run(plain_xml("".join(f", {part}" for part in words.about(person))))
    if words.quorum_of(minutes):
        _put(made, words.quorum_of(minutes))


def _lines(made: Whole, lines: Iterable[MinutesLine]) -> None:
    empty = True
    for line in lines:
        empty = False
        text = " ".join(filter(None, [line.text, words.details_of(line)]))
        change = {"added": _("[added]"), "removed": _("[taken away]")}.get(line.change, "")
        _named(made, words.name_of(line), text, strike=line.change == "removed",
               underline=line.change == "added",
               mark=" ".join(filter(None, [words.mark_of(line), change])))
    if empty:
        _put(made, _("Nothing noted."))


def _table(made: Whole, rows: list[list[str]], widths: tuple[int, ...]) -> None:
    """`widths`: in millimetres, one 0 for what is left of the page."""
    table = made.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    millimetres = [width or 210 - 2 * SIDE - sum(widths) for width in widths]
    for column, width in zip(table.columns, millimetres, strict=True):
        column.width = Mm(width)
    for number, row in enumerate(rows):
        line = table.add_row()
        if number == 0:
            # Said again at the head of each page.
            line._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, text, width in zip(line.cells, row, millimetres, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            cell.paragraphs[0].add_run(plain_xml(text)).bold = number == 0 or None


def _same_bytes(made: Whole) -> bytes:
    """Return the package without the hour at which it was zipped."""
    first, last = io.BytesIO(), io.BytesIO()
    made.save(first)
    with zipfile.ZipFile(first) as read, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as write:
        for info in read.infolist():
            data = _PROGRAM if info.filename == "docProps/app.xml" else read.read(info.filename)
            write.writestr(zipfile.ZipInfo(info.filename, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return last.getvalue()
