"""The minutes as a word processor document: they circulate, and get amended there."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

from docx import Document
from docx.document import Document as Whole
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from desktop.base.dates_fr import long_date, short_date
from desktop.base.i18n import _, language
from desktop.queries.minutes_data import Line, Minutes
from desktop.reports import minutes as paper
from desktop.reports.document import plain_xml

_EPOCH = (2000, 1, 1, 0, 0, 0)


def docx(minutes: Minutes) -> bytes:
    """The same content as the PDF; the same input gives the same bytes."""
    made = Document()
    _set_style(made)
    made.core_properties.title = plain_xml(paper.title_of(minutes))
    made.core_properties.author = plain_xml(minutes.heading.collective)
    made.core_properties.created = made.core_properties.modified = datetime.combine(
        minutes.heading.as_of, datetime.min.time())
    made.sections[0].header.paragraphs[0].text = plain_xml(" · ".join(filter(None, [
        minutes.heading.collective, minutes.heading.territory, minutes.heading.group])))
    made.sections[0].footer.paragraphs[0].text = plain_xml(paper.status_of(minutes))
    made.add_heading(plain_xml(paper.title_of(minutes)), 0)
    if minutes.reason:
        _put(made, _("Correction of the validated minutes: {reason}").format(reason=minutes.reason), bold=True)
        for change in minutes.changes:
            _put(made, change, style="List Bullet")
    for name, value in paper.facts_of(minutes):
        _named(made, name, value)
    _people(made, minutes)
    if minutes.points:
        made.add_heading(_("Agenda"), 1)
        for point in minutes.points:
            _put(made, point.title, style="List Number")
    if minutes.earlier:
        made.add_heading(_("Follow-up of earlier actions"), 1)
        _actions(made, minutes.earlier)
    for number, point in enumerate(minutes.points, 1):
        made.add_heading(plain_xml(f"{number}. {point.title}"), 1)
        _lines(made, point.lines)
    if minutes.other:
        made.add_heading(_("Other matters"), 1)
        _lines(made, minutes.other)
    if minutes.decisions:
        made.add_heading(_("Decisions taken"), 1)
        _table(made, [_("No."), _("Decision")], [[d.number, d.text + (f" ({d.how})" if d.how else "")]
                                                 for d in minutes.decisions])
    if minutes.actions:
        made.add_heading(_("Actions: who, what, when"), 1)
        _actions(made, minutes.actions)
    for closing in paper.closing_of(minutes):
        _put(made, closing)
    return _same_bytes(made)


def _set_style(made: Whole) -> None:
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Noto Sans", Pt(11)
    properties = style.element.get_or_add_rPr()
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "fr-FR" if language() == "fr" else "en-GB")
    properties.append(lang)


def _put(made: Whole, text: str, *, bold: bool = False, style: str | None = None) -> None:
    run = made.add_paragraph(style=style).add_run(plain_xml(text))
    run.bold = bold or None


def _named(made: Whole, name: str, value: str, strike: bool = False, underline: bool = False) -> None:
    paragraph = made.add_paragraph()
    paragraph.add_run(plain_xml(_("{name}: ").format(name=name))).bold = True
    run = paragraph.add_run(plain_xml(value))
    run.font.strike, run.underline = strike or None, underline or None


def _people(made: Whole, minutes: Minutes) -> None:
    made.add_heading(_("Participants"), 1)
    for title, people in paper.people_of(minutes):
        _put(made, f"{title} ({len(people)})", bold=True)
        for person in people:
            parts = (person.name, person.function, person.organisation,
                     _("represented by {name}").format(name=person.represented_by) if person.represented_by else "")
            _put(made, ", ".join(part for part in parts if part), style="List Bullet")


def _lines(made: Whole, lines: Iterable[Line]) -> None:
    empty = True
    for line in lines:
        empty = False
        name = paper.name_of(line)
        details = ", ".join(filter(None, [line.how, line.who, short_date(line.due) if line.due else ""]))
        text = line.text + (f" ({details})" if details else "")
        if line.change:
            change = _("[added]") if line.change == "added" else _("[taken away]")
            _named(made, " ".join(filter(None, [change, name])), text, line.change == "removed", line.change == "added")
        elif name:
            _named(made, name, text)
        else:
            _put(made, text)
    if empty:
        _put(made, _("Nothing noted."))


def _actions(made: Whole, actions: Iterable[Line]) -> None:
    _table(made, [_("What"), _("Who"), _("When")], [
        [a.text, a.who or _("to be named"), long_date(a.due, weekday=False) if a.due else _("to be set")] for a in actions])


def _table(made: Whole, titles: list[str], rows: list[list[str]]) -> None:
    table = made.add_table(rows=1, cols=len(titles), style="Table Grid")
    for cell, title in zip(table.rows[0].cells, titles, strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = plain_xml(text)


def _same_bytes(made: Whole) -> bytes:
    """The package without the hour at which it was zipped."""
    first, last = io.BytesIO(), io.BytesIO()
    made.save(first)
    with zipfile.ZipFile(first) as read, zipfile.ZipFile(last, "w", zipfile.ZIP_DEFLATED) as write:
        for info in read.infolist():
            write.writestr(zipfile.ZipInfo(info.filename, _EPOCH), read.read(info.filename), zipfile.ZIP_DEFLATED)
    return last.getvalue()
