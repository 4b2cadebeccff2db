"""Figures on paper, in one ink: bars with their figure, key figures, the mark of what is protected.

The hatch is one mark, of one size, whatever the reason and whatever the value, zero included: a
length or a place on an axis would tell. Its text, « protected », is on the page for those who hear
it, drawn in no ink.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import black, white
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Table, TableStyle

from desktop.base.i18n import _
from desktop.reports.page.document import PADDING, paragraph, style
from desktop.reports.page.fonts import BOLD, FONT
from desktop.reports.page.table import CellText, cell

HATCH = (11 * mm, 3.6 * mm)
APART, STROKE = 1.85 * mm, 0.75
PITCH, THICK = 7.3 * mm, 3.6 * mm
FIGURE = 12 * mm
"""Room of the figure at the end of a bar."""
INVISIBLE = 3
"""The text render mode of PDF that draws nothing: the text is read aloud and copied."""


def draw_hatch(canvas: Canvas, x: float, y: float) -> None:
    """Draw the mark of what is protected with its lower left corner at a point."""
    width, height = HATCH
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, y, width, height)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setStrokeColor(black)
    canvas.setLineWidth(STROKE)
    at = x - height
    while at < x + width:
        canvas.line(at, y, at + height, y + height)
        at += APART
    text = canvas.beginText(x, y)
    text.setFont(FONT, 8)
    text.setTextRenderMode(INVISIBLE)
    text.textOut(_("protected"))
    canvas.drawText(text)
    canvas.restoreState()


class Hatch(Flowable):
    """The mark of a protected figure, in the place where the figure would stand."""

    def __init__(self, align: str = "RIGHT") -> None:
        super().__init__()
        self.hAlign = align

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the room that it takes, in points."""
        return HATCH

    def draw(self) -> None:
        """Draw it on the canvas at its place."""
        draw_hatch(self.canv, 0, 0)


@dataclass(frozen=True)
class Bar:
    """One line of a chart. `value`: None where it is protected; `words`: what is written for it;
    `mark`: a value to compare it with, in the same unit."""

    label: str
    value: float | None
    words: str = ""
    mark: float | None = None


class Bars(Flowable):
    """Bars from the left, their figure at the end, no axis. `unit`: points a unit, the same for
    all charts of a page."""

    def __init__(self, bars: Sequence[Bar], width: float, label: float, unit: float) -> None:
        super().__init__()
        self.bars, self.width, self.label, self.unit = tuple(bars), width, label, unit
        self._cells: list[CellText] = [cell(bar.label, label, smallest=9) for bar in self.bars]

    def _heights(self) -> list[float]:
        return [max(PITCH, one.tall + 3) for one in self._cells]

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the room that it takes, in points."""
        return self.width, sum(self._heights())

    def split(self, _width: float, height: float) -> list[Flowable]:
        """Return the lines that fit the height, and the others, as charts of their own."""
        fits, used = 0, 0.0
        for one in self._heights():
            if used + one > height:
                break
            fits, used = fits + 1, used + one
        if not fits or fits == len(self.bars):
            return [self] if fits else []
        return [Bars(part, self.width, self.label, self.unit)
                for part in (self.bars[:fits], self.bars[fits:])]

    def draw(self) -> None:
        """Draw it on the canvas at its place."""
        canvas, top = self.canv, sum(self._heights())
        for bar, words, height in zip(self.bars, self._cells, self._heights(), strict=True):
            middle = top - height / 2
            _wide, tall = words.wrap(self.label, height)
            words.drawOn(canvas, 0, middle - tall / 2)
            self._draw_bar(canvas, bar, middle)
            top -= height

    def _draw_bar(self, canvas: Canvas, bar: Bar, middle: float) -> None:
        canvas.setFillColor(black)
        if bar.value is None:
            draw_hatch(canvas, self.width - HATCH[0], middle - HATCH[1] / 2)
            return
        length = bar.value * self.unit
        canvas.rect(self.label, middle - THICK / 2, length, THICK, stroke=0, fill=1)
        end = length
        if bar.mark is not None:
            at = self.label + bar.mark * self.unit
            canvas.setFillColor(white)
            canvas.rect(at - 0.9 * mm, middle - 2.5 * mm, 1.8 * mm, 5 * mm, stroke=0, fill=1)
            canvas.setFillColor(black)
            canvas.rect(at - 0.45 * mm, middle - 2.5 * mm, 0.9 * mm, 5 * mm, stroke=0, fill=1)
            end = max(end, bar.mark * self.unit)
        canvas.setFont(BOLD, 11)
        canvas.drawString(self.label + end + 2 * mm, middle - 4,
                          bar.words or f"{bar.value:,.0f}".replace(",", "\u202f"))


@dataclass(frozen=True)
class KeyFigure:
    """One large figure: its label in bold, a note below it."""

    figure: str
    label: str
    note: str = ""


def key_figures(figures: Sequence[KeyFigure], width: float) -> Table:
    """Return large figures beside each other, a rule between two."""
    each = width / len(figures)
    large = style("figure", fontName=BOLD, fontSize=28, leading=30)
    made = Table([[[paragraph(one.figure, large),
                    paragraph(one.label, fontName=BOLD, leading=14, spaceBefore=5),
                    *([paragraph(one.note, leading=14)] if one.note else [])]
                   for one in figures]], colWidths=[each] * len(figures))
    rules: list[tuple[Any, ...]] = [("LINEBEFORE", (number, 0), (number, 0), 1.0, black)
                                    for number in range(1, len(figures))]
    made.setStyle(TableStyle([
        ("FONTNAME", (0, 0), (-1, -1), FONT), ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0), ("LEFTPADDING", (1, 0), (-1, -1), 4 * mm),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2 * mm), ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2), *rules]))
    return made


def figure_cell(value: int | None, width: float, *, bold: bool = False) -> Flowable:
    """Return a figure of a table, to the right; the hatch where it is protected."""
    if value is None:
        return Hatch()
    made = cell(f"{value:,}".replace(",", "\u202f"), width + PADDING, bold=bold)
    made.style.alignment = 2
    return made


def box(title: str, text: str, width: float) -> Table:
    """Return a framed box: a title in bold, a text below it."""
    made = Table([[[paragraph(title, fontName=BOLD, spaceAfter=2), paragraph(text)]]],
                 colWidths=[width])
    made.setStyle(TableStyle([
        ("FONTNAME", (0, 0), (-1, -1), FONT), ("BOX", (0, 0), (-1, -1), 1, black),
        ("LEFTPADDING", (0, 0), (-1, -1), 5 * mm), ("RIGHTPADDING", (0, 0), (-1, -1), 5 * mm),
        ("TOPPADDING", (0, 0), (-1, -1), 3 * mm), ("BOTTOMPADDING", (0, 0), (-1, -1), 4 * mm)]))
    return made
