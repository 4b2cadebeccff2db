"""Marks that a photocopy keeps apart: kept, in part, not yet, not measured, does not apply; and
tables to be read."""

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import black
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, TableStyle

from desktop.reports.page.table import CellText, ContinuedTable, Spread

SIZE = 3.9 * mm
STROKE = 1.1
KEPT, PART, RING, DASHED, DASH = MARKS = ("kept", "part", "ring", "dashed", "dash")


class Mark(Flowable):
    """One mark, drawn; the word beside it says the same."""

    def __init__(self, kind: str, *, centred: bool = True) -> None:
        super().__init__()
        if kind not in MARKS:
            raise ValueError(kind)
        self.kind, self.hAlign = kind, "CENTER" if centred else "LEFT"

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the room that it takes, in points."""
        return SIZE, SIZE

    def draw(self) -> None:
        """Draw it on the canvas at its place."""
        canvas, half = self.canv, SIZE / 2
        canvas.setStrokeColor(black)
        canvas.setFillColor(black)
        canvas.setLineWidth(STROKE)
        if self.kind == KEPT:
            canvas.setLineWidth(1.6)
            canvas.lines([(0.2 * SIZE, 0.5 * SIZE, 0.42 * SIZE, 0.24 * SIZE),
                          (0.42 * SIZE, 0.24 * SIZE, 0.82 * SIZE, 0.78 * SIZE)])
        elif self.kind == DASH:
            canvas.line(0.25 * SIZE, half, 0.75 * SIZE, half)
        else:
            if self.kind == DASHED:
                canvas.setDash(2.4, 1.84)
            canvas.circle(half, half, half - STROKE, stroke=1, fill=0)
            canvas.setDash()
            if self.kind == PART:
                path = canvas.beginPath()
                path.moveTo(half, STROKE)
                path.arcTo(STROKE, STROKE, SIZE - STROKE, SIZE - STROKE, 270, -180)
                path.close()
                canvas.drawPath(path, stroke=0, fill=1)


def read_table(rows: list[list[Any]], widths: Sequence[float],
               extra: Sequence[tuple[Any, ...]] = ()) -> ContinuedTable:
    """Return a table to be read: rules across only, a heavier one under the head row, which
    repeats."""
    spread = Spread.of(rows)
    table = spread.table(widths, None, black)
    ends = [start + count - 1 for start, count in zip(spread.starts, spread.counts, strict=True)]
    table.setStyle(TableStyle([
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"), ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("LINEBELOW", (0, 0), (-1, 0), 1.2, black),
        *(("LINEBELOW", (0, end), (-1, end), 0.45, black) for end in ends[1:]),
        *spread.tall, *extra]))
    table.least = sum(max((value.tall for value in row if isinstance(value, CellText)), default=0.0)
                      + 7
                      for row in spread.rows[:2])
    return table
