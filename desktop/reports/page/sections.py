"""Papers made of heads beside their text: title, sections, the levels of a risk, places to write
in.
"""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table, TableStyle

from desktop.base.i18n import _
from desktop.reports.page.document import (
    INK,
    Frameset,
    Heading1,
    paragraph,
    style,
    width_of,
)
from desktop.reports.page.fonts import BOLD, FONT

BLANK = "." * 46
HEADS = 54 * mm
LEVELS = 4


def title(text: str) -> Heading1:
    """Make the title of a paper."""
    return Heading1(text, fontSize=18, leading=23, spaceBefore=0, spaceAfter=2)


def sections(rows: tuple[tuple[str, str], ...], around: Frameset) -> Table:
    """Heads beside their text, a rule above each."""
    bold = style("head", fontName=BOLD)
    made = Table(
        [[paragraph(head, bold), paragraph(words)] for head, words in rows],
        colWidths=[HEADS, width_of(around) - HEADS],
    )
    made.setStyle(
        TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), FONT),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (0, -1), 4 * mm),
                ("RIGHTPADDING", (1, 0), (1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
                ("LINEABOVE", (0, 0), (-1, -1), 0.5, INK),
                ("LINEBELOW", (0, -1), (-1, -1), 0.5, INK),
            ]
        )
    )
    return made


class Level(Flowable):
    """How grave a risk is: so many full squares of four, and the word."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self.level = level
        self.words = paragraph(
            (_("Negligible"), _("Limited"), _("Important"), _("Maximal"))[level - 1]
        )

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        _wide, high = self.words.wrap(width, height)
        return width, high + 12

    def draw(self) -> None:
        canvas, side = self.canv, 7.0
        canvas.setStrokeColor(INK)
        canvas.setFillColor(INK)
        canvas.setLineWidth(0.7)
        for number in range(LEVELS):
            canvas.rect(
                number * (side + 2),
                self.words.height + 3,
                side,
                side,
                fill=int(number < self.level),
            )
        self.words.drawOn(canvas, 0, 0)


def boxes(titles: tuple[str, str], around: Frameset) -> Table:
    """Two places to write in."""
    half, gap = (width_of(around) - 10 * mm) / 2, 10 * mm
    made = Table(
        [[paragraph(titles[0]), "", paragraph(titles[1])]],
        colWidths=[half, gap, half],
        rowHeights=[32 * mm],
    )
    made.setStyle(
        TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), FONT),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BOX", (0, 0), (0, 0), 1, INK),
                ("BOX", (2, 0), (2, 0), 1, INK),
            ]
        )
    )
    return made
