"""The page that every document shares: fonts, header, footer, headings that become bookmarks, and bytes at the end."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

from desktop.base.dates.french import long_date, time_of
from desktop.base.i18n import _, language
from desktop.base.paths import resource
from desktop.queries.document_parts import Heading
from desktop.reports.page.scripts import ordered, said, shaped

Flowables = list[Flowable]

FONT, BOLD, ITALIC, BOLD_ITALIC = "NotoSans", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-BoldItalic"
INK, GREY, RULE, SHADE = HexColor("#111111"), HexColor("#555555"), HexColor("#777777"), HexColor("#ececec")
MARGIN = 12 * mm
TOP, BOTTOM = 27 * mm, 16 * mm
SIZE = 11
"""Body text, in points: never smaller, but where a cell is too narrow for a long word."""


SHADES = frozenset("\ufe0e\ufe0f") | {chr(code) for code in range(0x1F3FB, 0x1F400)}
"""What only changes the colour of the sign before it: there is none on paper."""
NARROW, STAND_IN = 0x202F, 0xE02F
"""The narrow no-break space of French, and the private code that stands for it while ReportLab breaks lines."""


_CODE = re.compile(r"^(<[0-9A-F]{2}>) <([0-9A-F]{4,6})>$", re.MULTILINE)
"""A line that says which character a glyph stands for; ReportLab writes it wrong above U+FFFF."""


class _Font(TTFont):  # type: ignore[misc]
    """A font that draws the narrow no-break space: ReportLab takes U+202F for a space to break at, and loses it."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        self.face.charToGlyph[STAND_IN] = self.face.charToGlyph[NARROW]
        self.face.charWidths[STAND_IN] = self.face.charWidths[NARROW]

    def addObjects(self, doc: Any) -> None:
        # Whoever copies text out of the document gets the true character.
        for subset in self.state[doc].subsets:
            subset[:] = [NARROW if code == STAND_IN else code for code in subset]
        super().addObjects(doc)
        for name, made in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:") and name.endswith("+" + self.face.name.decode()):
                made.content = _CODE.sub(lambda found: f"{found[1]} <{said(int(found[2], 16))}>", made.content)


@cache
def register_fonts() -> None:
    """Make the bundled fonts known to ReportLab, once."""
    for name, file in ((FONT, "Regular"), (BOLD, "Bold"), (ITALIC, "Italic"), (BOLD_ITALIC, "BoldItalic")):
        pdfmetrics.registerFont(_Font(name, str(resource("fonts", f"NotoSans-{file}.ttf"))))
    pdfmetrics.registerFontFamily(FONT, FONT, BOLD, ITALIC, BOLD_ITALIC)


def style(name: str = "body", **changes: Any) -> ParagraphStyle:
    """A paragraph style of the house; lengths in points."""
    given: dict[str, Any] = {"fontName": FONT, "fontSize": SIZE, "leading": 15, "textColor": INK, "splitLongWords": 1,
                             "allowWidows": 0, "allowOrphans": 0, **changes}
    given.setdefault("bulletFontName", FONT)
    return ParagraphStyle(name, **given)


def printable(text: str) -> str:
    """`text` as it is drawn: see `drawable`, and what is read from right to left put in its place."""
    return ordered(drawable(text))


def drawable(text: str) -> str:
    """`text` with what the font cannot draw made visible: ReportLab would drop it without a word."""
    register_fonts()
    known = pdfmetrics.getFont(FONT).face.charToGlyph
    out = []
    for char in shaped(unicodedata.normalize("NFC", text)):
        if char in SHADES:
            continue
        if ord(char) == NARROW:
            out.append(chr(STAND_IN))
        elif char in "\n\t":
            out.append(" ")
        elif unicodedata.category(char)[0] == "C":
            continue
        elif ord(char) in known:
            out.append(char)
        elif unicodedata.category(char)[0] != "M":
            simpler = unicodedata.normalize("NFKD", char)
            out.append(simpler if all(ord(c) in known for c in simpler) else "\N{REPLACEMENT CHARACTER}")
    return "".join(out)


def plain(text: str) -> str:
    """`text` for the outline and the metadata, which no font draws."""
    return "".join(char for char in text if char.isprintable())


def plain_xml(text: str) -> str:
    """`text` without what an XML document may not hold."""
    return "".join(char for char in text if char in "\t\n" or (ord(char) >= 0x20 and not 0xD800 <= ord(char) <= 0xDFFF
                                                              and ord(char) not in (0xFFFE, 0xFFFF)))


def markup(text: str) -> str:
    """`text` as ReportLab's markup, so that no character of it is read as a tag."""
    return escape(printable(text))


def paragraph(text: str, wanted: ParagraphStyle | None = None, **changes: Any) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph(markup(text), wanted or style(**changes))


def rich(source: str, wanted: ParagraphStyle | None = None, **changes: Any) -> Paragraph:
    """A paragraph of markup made by us; texts of records come into it through `markup`."""
    return Paragraph(source.replace(chr(NARROW), chr(STAND_IN)), wanted or style(**changes))


def cell(text: str, width: float, *, bold: bool = False, size: float = SIZE, smallest: float = 6.5) -> Paragraph:
    """A table cell whose longest word fits `width` points: the text shrinks to `smallest`, then words are cut.

    Lines are broken here, after spaces and hyphens: ReportLab breaks at hyphens only as if they were soft ones, and
    then drops them.
    """
    font = BOLD if bold else FONT
    room = width - 2 * PADDING - 0.5
    words = [word for word in drawable(text).split(" ") if word]
    longest = max((pdfmetrics.stringWidth(piece, font, 1) for word in words for piece in _pieces(word)), default=0.0)
    size = size if longest * size <= room else max(smallest, room / longest)
    lines: list[str] = []
    for word in words:
        for index, piece in enumerate(_pieces(word)):
            glue = " " if index == 0 else ""
            if lines and pdfmetrics.stringWidth(lines[-1] + glue + piece, font, size) <= room:
                lines[-1] += glue + piece
            else:
                lines.append(piece)
    return Paragraph("<br/>".join(escape(ordered(line)) for line in lines),
                     style("cell", fontName=font, fontSize=size, leading=size * 1.2))


PADDING = 3.0
"""Left and right padding of a table cell, in points."""


BASE = [("FONTNAME", (0, 0), (-1, -1), FONT)]
"""What each table's style begins with: ReportLab's own default is a font that is not embedded."""


def widest(texts: Sequence[str], *, bold: bool = False) -> float:
    """The width, in points, of a column in which no word of these texts is broken at full size."""
    font = BOLD if bold else FONT
    pieces = [piece for text in texts for word in drawable(text).split(" ") for piece in _pieces(word)]
    return max((pdfmetrics.stringWidth(piece, font, SIZE) for piece in pieces), default=0.0) + 2 * PADDING + 1


def separator() -> str:
    """What stands between the entries of a list in one line."""
    return "\N{NARROW NO-BREAK SPACE}; " if language() == "fr" else "; "


def clock_time(text: str) -> str:
    """"14 h 20" from "14:20"; a text that is no time stays as it is."""
    try:
        return time_of(datetime.fromisoformat(f"2000-01-01T{text}"))
    except ValueError:
        return text


def _pieces(word: str) -> list[str]:
    """The parts of a word between which a line may break: after each hyphen."""
    parts = word.split("-")
    return [part + "-" for part in parts[:-1]] + [parts[-1]]


class Heading1(Paragraph):  # type: ignore[misc]
    """A heading that stands in the document's outline."""

    level = 0

    def __init__(self, text: str, **changes: Any) -> None:
        given = {"fontName": BOLD, "fontSize": 13, "leading": 17, "spaceBefore": 10, "spaceAfter": 4, "keepWithNext": 1}
        super().__init__(markup(text), style("heading", **{**given, **changes}))
        self.outline = plain(text)


class Heading2(Heading1):
    """A heading below."""

    level = 1

    def __init__(self, text: str, **changes: Any) -> None:
        super().__init__(text, **{"fontSize": 11.5, "leading": 15, "spaceBefore": 8, "spaceAfter": 3, **changes})


class Title(Heading1):
    """The title of the document, centred."""

    def __init__(self, text: str) -> None:
        super().__init__(text, fontSize=16, leading=20, alignment=1, spaceBefore=0, spaceAfter=6)


LONG = 600
"""Characters of a paragraph that may begin at the foot of a page and go on over it."""


def headed(heading: Paragraph, first: Flowable) -> list[Flowable]:
    """A heading with what follows it: never alone at the foot of a page, and no page half empty before a long text."""
    if isinstance(first, Paragraph) and len(first.getPlainText(identify=True)) > LONG:
        heading.keepWithNext = 0
        return [CondPageBreak(28 * mm), heading, first]
    return [KeepTogether([heading, first])]


@dataclass(frozen=True)
class Frameset:
    """What the page says around its content."""

    heading: Heading
    title: str
    status: str = ""
    footer: str = ""
    code: str = ""
    wide: bool = False
    bottom: float = BOTTOM


class _PagedCanvas(Canvas):  # type: ignore[misc]
    """Keeps the pages until the last, so that each can say "page x/y"."""

    def __init__(self, *args: Any, around: Frameset, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._around = around
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        pages = self._pages
        for number, page in enumerate(pages, start=1):
            self.__dict__.update(page)
            _draw_around(self, self._around, number, len(pages))
            super().showPage()
        super().save()


def _fitted(canvas: Canvas, text: str, font: str, size: float, room: float) -> str:
    """Set the font so that `text` fits `room`, smaller if need be, cut with an ellipsis at the last resort."""
    text = printable(text)
    width = pdfmetrics.stringWidth(text, font, size)
    if width > room:
        size = max(7.0, size * room / width)
        if pdfmetrics.stringWidth(text, font, size) > room:
            while text and pdfmetrics.stringWidth(text + "…", font, size) > room:
                text = text[:-1]
            text = text.rstrip() + "…"
    canvas.setFont(font, size)
    return text


def _draw_around(canvas: Canvas, around: Frameset, number: int, total: int) -> None:
    width, height = landscape(A4) if around.wide else A4
    heading = around.heading
    left, right, top = MARGIN, width - MARGIN, height - 11 * mm
    canvas.saveState()
    canvas.setFillColor(INK)
    room_left, room_right = (right - left) * 0.45, (right - left) * 0.52
    canvas.drawString(left, top, _fitted(canvas, heading.territory or heading.collective, BOLD, 10, room_left))
    canvas.drawRightString(right, top, _fitted(canvas, heading.group, BOLD, 10, room_right))
    canvas.setFillColor(GREY)
    canvas.drawString(left, top - 13, _fitted(canvas, heading.collective if heading.territory else "", FONT, 9,
                                              room_left))
    # Said by itself, on every page: a long name must not push it out.
    second = " · ".join(filter(None, [_("Confidential") if heading.confidential else "", heading.axis]))
    canvas.setFillColor(INK if heading.confidential else GREY)
    canvas.drawRightString(right, top - 13, _fitted(canvas, second, BOLD if heading.confidential else FONT, 9, room_right))
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.6)
    canvas.line(left, top - 19, right, top - 19)
    _draw_foot(canvas, around, number, total, left, right)
    canvas.restoreState()


def _draw_foot(canvas: Canvas, around: Frameset, number: int, total: int, left: float, right: float) -> None:
    room = right - left
    canvas.line(left, around.bottom - 3 * mm, right, around.bottom - 3 * mm)
    canvas.setFillColor(GREY)
    as_of = _("data as of {date}").format(date=long_date(around.heading.as_of, weekday=False))
    parts = [part for part in (around.code, around.status, as_of) if part]
    canvas.drawString(left, 7 * mm, _fitted(canvas, " · ".join(parts), FONT, 9, room * 0.8))
    canvas.setFont(FONT, 9)
    canvas.drawRightString(right, 7 * mm, _("page {number}/{total}").format(number=number, total=total))
    if around.footer:
        note = Paragraph(markup(around.footer), style("foot", fontSize=8, leading=10, textColor=GREY))
        _width, height = note.wrap(room, around.bottom)
        note.drawOn(canvas, left, around.bottom - 4.5 * mm - height)


class _Template(BaseDocTemplate):  # type: ignore[misc]
    """Writes each heading into the outline as it lands on its page."""

    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, Heading1):
            self._marks = getattr(self, "_marks", 0) + 1
            key = f"h{self._marks}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.outline, key, level=flowable.level if self._marks > 1 else 0)


def build(around: Frameset, story: Sequence[Flowable]) -> bytes:
    """The PDF of this story, A4; the same input gives the same bytes."""
    register_fonts()
    pagesize = landscape(A4) if around.wide else A4
    out = BytesIO()
    template = _Template(
        out, pagesize=pagesize, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=TOP, bottomMargin=around.bottom,
        title=plain(around.title), author=plain(around.heading.collective), subject="", creator="Carnet",
        producer="Carnet", lang="fr-FR" if language() == "fr" else "en-GB", invariant=1, displayDocTitle=1,
        initialFontName=FONT, pageCompression=1)
    frame = Frame(MARGIN, around.bottom, pagesize[0] - 2 * MARGIN, pagesize[1] - TOP - around.bottom,
                  leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    template.addPageTemplates([PageTemplate("page", [frame], pagesize=pagesize)])

    def canvas(*args: Any, **kwargs: Any) -> _PagedCanvas:
        return _PagedCanvas(*args, around=around, **kwargs)

    template.build(list(story), canvasmaker=canvas)
    return out.getvalue()


def width_of(around: Frameset) -> float:
    """The width of the content, in points."""
    return float((landscape(A4) if around.wide else A4)[0] - 2 * MARGIN)


def grid(rows: list[list[Any]], widths: Sequence[float], *, heights: Sequence[float | None] | None = None,
         extra: Sequence[tuple[Any, ...]] = (), rule: Color = RULE) -> Table:
    """A ruled table whose first row is a header that repeats; a row never splits across pages."""
    commands: list[tuple[Any, ...]] = [
        *BASE, ("GRID", (0, 0), (-1, -1), 0.5, rule), ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING), ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3), *extra]
    table = Table(rows, colWidths=list(widths), rowHeights=list(heights) if heights else None, repeatRows=1,
                  splitByRow=1, splitInRow=0)
    table.setStyle(TableStyle(commands))
    return table
