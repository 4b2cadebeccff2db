"""The page that every document shares: fonts, header, footer, headings that become bookmarks, and
bytes at the end."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any, ClassVar
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A3, A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
)

from desktop.base.dates.french import long_date, time_of
from desktop.base.i18n import _, language
from desktop.queries.documents.parts import Heading
from desktop.reports.page.fonts import BOLD, FONT, NARROW, STAND_IN, register_fonts
from desktop.reports.page.scripts import ordered, shaped

Flowables = list[Flowable]

INK, GREY, RULE, SHADE = HexColor("#111111"), HexColor("#555555"), HexColor("#777777"), HexColor(
    "#ececec")
MARGIN = 12 * mm
TOP, BOTTOM = 27 * mm, 16 * mm
SIZE = 11
"""Body text, in points: never smaller, but where a cell is too narrow for a long word."""


SHADES = frozenset("\ufe0e\ufe0f") | {chr(code) for code in range(0x1F3FB, 0x1F400)}
"""What only changes the colour of the sign before it: there is none on paper."""


def style(name: str = "body", **changes: Any) -> ParagraphStyle:
    """Return a paragraph style of the house; lengths in points."""
    given: dict[str, Any] = {"fontName": FONT, "fontSize": SIZE, "leading": 15, "textColor": INK,
                             "splitLongWords": 1,
                             "allowWidows": 0, "allowOrphans": 0, **changes}
    given.setdefault("bulletFontName", FONT)
    return ParagraphStyle(name, **given)


def printable(text: str) -> str:
    """`text` as it is drawn: see `drawable`, and what is read from right to left put in its
    place."""
    return ordered(drawable(text))


def drawable(text: str) -> str:
    """`text` with what the font cannot draw made visible: ReportLab would drop it without a
    word."""
    return shaped(unicodedata.normalize("NFC", text)).translate(_DRAWN)


class _Drawn(dict[int, str]):
    """Code of a character -> what is drawn for it; found out when it first comes."""

    def __missing__(self, code: int) -> str:
        self[code] = drawn = _drawn_for(chr(code))
        return drawn


def _drawn_for(char: str) -> str:
    register_fonts()
    known = pdfmetrics.getFont(FONT).face.charToGlyph
    if char in SHADES:
        return ""
    if ord(char) == NARROW:
        return chr(STAND_IN)
    if char in "\n\t":
        return " "
    if unicodedata.category(char)[0] == "C":
        return ""
    if ord(char) in known:
        return char
    if unicodedata.category(char)[0] == "M":
        return ""
    simpler = unicodedata.normalize("NFKD", char)
    return (simpler if all(ord(part) in known for part in simpler)
            else "\N{REPLACEMENT CHARACTER}")


_DRAWN = _Drawn()


MOST_OUTLINE, MOST_FOOTER = 150, 300
"""Characters of a line of the outline, of what the foot of each page says."""


def plain(text: str) -> str:
    """`text` for the outline and the metadata, which no font draws, shortened to be read there."""
    return shortened("".join(char for char in text if char.isprintable()), MOST_OUTLINE)


def shortened(text: str, most: int) -> str:
    """`text` in at most `most` characters, with an ellipsis where something is left out."""
    return text if len(text) <= most else text[:most - 1].rstrip() + "…"


def plain_xml(text: str) -> str:
    """`text` without what an XML document may not hold."""
    return "".join(char for char in text
                   if char in "\t\n" or (ord(char) >= 0x20 and not 0xD800 <= ord(char) <= 0xDFFF
                                        and ord(char) not in (0xFFFE, 0xFFFF)))


def markup(text: str) -> str:
    """`text` as ReportLab's markup, so that no character of it is read as a tag; its lines stay
    lines."""
    return "<br/>".join(escape(printable(line)) for line in text.splitlines() if line.strip())


def paragraph(text: str, wanted: ParagraphStyle | None = None, **changes: Any) -> Paragraph:
    """Return a paragraph of plain text."""
    return Paragraph(markup(text), wanted or style(**changes))


def rich(source: str, wanted: ParagraphStyle | None = None, **changes: Any) -> Paragraph:
    """Return a paragraph of markup made by us; texts of records come into it through `markup`."""
    return Paragraph(drawn_markup(source), wanted or style(**changes))


def drawn_markup(source: str) -> str:
    """Markup made by us, with the narrow no-break spaces of the translations as they are drawn."""
    return source.replace(chr(NARROW), chr(STAND_IN))


PADDING = 3.0
"""Left and right padding of a table cell, in points."""


BASE = [("FONTNAME", (0, 0), (-1, -1), FONT)]
"""What each table's style begins with: ReportLab's own default is a font that is not embedded."""


def separator() -> str:
    """Return what stands between the entries of a list in one line."""
    return "\N{NARROW NO-BREAK SPACE}; " if language() == "fr" else "; "


def clock_time(text: str) -> str:
    """"14 h 20" from "14:20"; a text that is no time stays as it is."""
    try:
        return time_of(datetime.fromisoformat(f"2000-01-01T{text}"))
    except ValueError:
        return text


LONG = 600
"""Characters of a paragraph that may begin at the foot of a page and go on over it."""


class Heading1(Paragraph):
    """A heading that stands in the document's outline, once, though it may go on over a page."""

    level = 0
    look: ClassVar[dict[str, Any]] = {"fontSize": 13, "leading": 17, "spaceBefore": 10,
                                      "spaceAfter": 4}

    def __init__(self, text: str | None, part_of: ParagraphStyle | None = None, *,
                 frags: Any = None,
                 bulletText: str | None = None, **changes: Any) -> None:  # noqa: N803
        """`part_of` and what follows are ReportLab's, for a heading that goes on over a page."""
        # A heading that does not fit a page with what follows would be put off from page to page
        # for ever.
        look = {"fontName": BOLD, "keepWithNext": len(text or "") <= LONG, **self.look, **changes}
        super().__init__(None if text is None else markup(text),
                         part_of or style("heading", **look),
                         bulletText=bulletText, frags=frags)
        self.outline = plain(text or "")

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        parts: list[Flowable] = super().split(availWidth, availHeight)
        if parts:
            parts[0].outline = self.outline
        return parts


class Heading2(Heading1):
    """A heading below."""

    level = 1
    look: ClassVar[dict[str, Any]] = {"fontSize": 11.5, "leading": 15, "spaceBefore": 8,
                                      "spaceAfter": 3}


class Title(Heading1):
    """The title of the document, centred."""

    look: ClassVar[dict[str, Any]] = {"fontSize": 16, "leading": 20, "alignment": 1,
                                      "spaceBefore": 0, "spaceAfter": 6}


def headed(heading: Paragraph, first: Flowable) -> list[Flowable]:
    """Return a heading with what follows it: never alone at the foot of a page, and no page half
    empty before a long text."""
    room = getattr(first, "least", 0.0)
    if any(isinstance(part, Paragraph) and len(part.getPlainText(identify=True)) > LONG
           for part in (heading, first)):
        room = room or 8 * mm
    if not room:
        return [KeepTogether([heading, first])]
    heading.keepWithNext = 0
    return [CondPageBreak(20 * mm + room), heading, first]


@dataclass(frozen=True)
class Frameset:
    """What the page says around its content."""

    heading: Heading
    title: str
    status: str = ""
    footer: str = ""
    code: str = ""
    wide: bool = False
    large: bool = False
    """On A3, to be hung on a wall."""
    bottom: float = BOTTOM

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page, in points."""
        sheet: tuple[float, float] = A3 if self.large else A4
        return (sheet[1], sheet[0]) if self.wide else sheet


class _PagedCanvas(Canvas):
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


def fitting(text: str, font: str, size: float, room: float) -> str:
    """Return the longest beginning of `text` no wider than `room`, one sign at least; no accent
    parted from its letter."""
    wide = 0.0
    for place, char in enumerate(text):
        wide += pdfmetrics.stringWidth(char, font, size)
        if wide > room and place and unicodedata.category(char)[0] != "M":
            return text[:place]
    return text


def fitted(canvas: Canvas, text: str, font: str, size: float, room: float) -> str:
    """Set the font so that `text` fits `room`, smaller if need be, cut with an ellipsis at the last
    resort."""
    # No line of a page holds more; what is left out is found in little time.
    text = drawable(shortened(text, MOST_FOOTER))
    width = pdfmetrics.stringWidth(text, font, size)
    if width > room:
        given, size = size, max(7.0, size * room / width)
        if width * size / given > room:
            text = fitting(text, font, size,
                           room - pdfmetrics.stringWidth("…", font, size)).rstrip() + "…"
    canvas.setFont(font, size)
    return ordered(text)


def _draw_around(canvas: Canvas, around: Frameset, number: int, total: int) -> None:
    width, height = around.size
    heading = around.heading
    left, right, top = MARGIN, width - MARGIN, height - 11 * mm
    canvas.saveState()
    canvas.setFillColor(INK)
    room_left, room_right = (right - left) * 0.45, (right - left) * 0.52
    canvas.drawString(left, top,
                      fitted(canvas, heading.territory or heading.collective, BOLD, 10, room_left))
    canvas.drawRightString(right, top, fitted(canvas, heading.group, BOLD, 10, room_right))
    canvas.setFillColor(GREY)
    canvas.drawString(left, top - 13,
                      fitted(canvas, heading.collective if heading.territory else "", FONT, 9,
                              room_left))
    # Said by itself, on every page: a long name must not push it out.
    second = " · ".join(
        filter(None, [_("Confidential") if heading.confidential else "", heading.axis]))
    canvas.setFillColor(INK if heading.confidential else GREY)
    canvas.drawRightString(right, top - 13,
                           fitted(canvas, second, BOLD if heading.confidential else FONT, 9,
                                  room_right))
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.6)
    canvas.line(left, top - 19, right, top - 19)
    _draw_foot(canvas, around, number, total, left, right)
    canvas.restoreState()


def _draw_foot(canvas: Canvas, around: Frameset, number: int, total: int, left: float,
               right: float) -> None:
    room = right - left
    canvas.line(left, around.bottom - 3 * mm, right, around.bottom - 3 * mm)
    canvas.setFillColor(GREY)
    as_of = _("data as of {date}").format(date=long_date(around.heading.as_of, weekday=False))
    parts = [part for part in (around.code, around.status, as_of) if part]
    canvas.drawString(left, 7 * mm, fitted(canvas, " · ".join(parts), FONT, 9, room * 0.8))
    canvas.setFont(FONT, 9)
    canvas.drawRightString(right, 7 * mm,
                           _("page {number}/{total}").format(number=number, total=total))
    if around.footer:
        note = Paragraph(markup(around.footer),
                         style("foot", fontSize=8, leading=10, textColor=GREY))
        _width, height = note.wrap(room, around.bottom)
        note.drawOn(canvas, left, around.bottom - 4.5 * mm - height)


class _Template(BaseDocTemplate):
    """Writes each heading into the outline as it lands on its page."""

    def afterFlowable(self, flowable: Flowable) -> None:
        if isinstance(flowable, Heading1) and flowable.outline:
            self._marks = getattr(self, "_marks", 0) + 1
            key = f"h{self._marks}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(flowable.outline, key,
                                      level=flowable.level if self._marks > 1 else 0)


def build(around: Frameset, story: Sequence[Flowable]) -> bytes:
    """Return the PDF of this story, on the page of `around`; the same input gives the same
    bytes."""
    register_fonts()
    pagesize = around.size
    out = BytesIO()
    template = _Template(
        out, pagesize=pagesize, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=TOP,
        bottomMargin=around.bottom,
        title=plain(around.title), author=plain(around.heading.collective), subject="",
        creator="Carnet",
        producer="Carnet", lang="fr-FR" if language() == "fr" else "en-GB", invariant=1,
        displayDocTitle=1,
        initialFontName=FONT, pageCompression=1)
    frame = Frame(MARGIN, around.bottom, pagesize[0] - 2 * MARGIN,
                  pagesize[1] - TOP - around.bottom,
                  leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    template.addPageTemplates([PageTemplate("page", [frame], pagesize=pagesize)])

    def canvas(*args: Any, **kwargs: Any) -> _PagedCanvas:
        return _PagedCanvas(*args, around=around, **kwargs)

    template.build(list(story), canvasmaker=canvas)
    return out.getvalue()


def width_of(around: Frameset) -> float:
    """Return the width of the content, in points."""
    return float(around.size[0] - 2 * MARGIN)
