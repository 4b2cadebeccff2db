"""Tables on paper: cells whose words fit their column, head rows that repeat, a row that is too
tall for a page goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from desktop.reports.page.document import BASE, PADDING, RULE, SHADE, SIZE, drawable, fitting, style
from desktop.reports.page.fonts import BOLD, FONT
from desktop.reports.page.scripts import ordered

LEADING = 1.2
ABOVE, BELOW = 2.0, 3.0
"""Padding of a cell, in points."""
WHOLE = 12 * SIZE * LEADING
"""A row up to this height, in points, never goes over a page: what it leaves empty at the foot is a
quarter of it."""
ROUNDING = 0.01
PART = 3 * SIZE * LEADING
"""A taller row is set in parts of three lines, between which a page may end."""


class CellText(Paragraph):
    """The text of a table cell, in lines that fit its column."""

    def __init__(self, lines: list[str], font: str, size: float) -> None:
        self.lines_set, self.font, self.size = lines, font, size
        super().__init__("<br/>".join(escape(ordered(line)) for line in lines),
                         style("cell", fontName=font, fontSize=size, leading=size * LEADING))

    @property
    def leading(self) -> float:
        """From one line to the next, in points."""
        return self.size * LEADING

    @property
    def tall(self) -> float:
        """The height of its lines, in points."""
        return len(self.lines_set) * self.leading

    def part(self, number: int, last: bool) -> "CellText | str":
        """Its lines in one part of a row that is set in several; the last part takes all that is
        left."""
        lines = int(PART / self.leading)
        some = self.lines_set[number * lines:None if last else (number + 1) * lines]
        return CellText(some, self.font, self.size) if some else ""


class ContinuedTable(Table):
    """A table that says again at the head of a page the first cell of a row which goes on over
    it."""

    least = 0.0
    """The height of its head row and of what follows it at once, in points."""
    rule: Color | None = None
    """Where a row ends with its page, what closes the page."""
    going_on: tuple[tuple[CellText, CellText], ...] = ()
    """For each part of a row but its first: a cell of it, and the first cell of the row, to be said
    again."""

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        parts: list[Flowable] = super().split(availWidth, availHeight)
        for part in parts:
            part.rule, part.going_on = self.rule, self.going_on
        if len(parts) == 2 and self.rule is not None:
            parts[0].setStyle(TableStyle([("LINEBELOW", (0, -1), (-1, -1), 0.5, self.rule)]))
            row = parts[1]._cellvalues[1]
            # ReportLab keeps each flowable of a cell in a list.
            cells = {id(value) for values in row if isinstance(values, (list, tuple))
                     for value in values}
            again = next((head for mark, head in self.going_on if id(mark) in cells), None)
            if again is not None and not row[0]:
                row[0] = [again]
        return parts


def cell(text: str, width: float, *, bold: bool = False, size: float = SIZE, smallest: float = 6.5,
         most: int | None = None) -> CellText:
    """Return a table cell whose words fit `width` points.

    The text shrinks down to `smallest` for its longest word; a word that does not fit even so is
    cut, at full size. Of more than `most` lines the others are left out, with an ellipsis. Lines
    are broken here, after spaces and hyphens: ReportLab breaks at hyphens only as if they were soft
    ones, and then drops them.
    """
    font = BOLD if bold else FONT
    room = width - 2 * PADDING - 0.5
    rows = [[word for word in drawable(row).split(" ") if word] for row in text.splitlines()]
    longest = max((pdfmetrics.stringWidth(piece, font, 1) for row in rows for word in row
                   for piece in _pieces(word)),
                  default=0.0)
    if longest * size > room and room / longest >= smallest:
        size = room / longest
    lines = [line for row in rows for line in _broken(row, font, size, room)]
    if most is not None and len(lines) > most:
        lines = [*lines[:most - 1], _shortened(" ".join(lines[most - 1:]), font, size, room)]
    return CellText(lines, font, size)


def _broken(words: list[str], font: str, size: float, room: float) -> list[str]:
    """Return these words in lines no wider than `room`."""
    lines: list[str] = []
    wide = 0.0
    for word in words:
        for index, piece in enumerate(_pieces(word)):
            glue = " " if index == 0 and lines else ""
            width = pdfmetrics.stringWidth(glue + piece, font, size)
            if lines and wide + width <= room:
                lines[-1] += glue + piece
                wide += width
                continue
            cut = _cut(piece, font, size, room)
            lines += cut
            wide = pdfmetrics.stringWidth(cut[-1], font, size) if cut else 0.0
    return lines


def _cut(piece: str, font: str, size: float, room: float) -> list[str]:
    """Return a word in pieces no wider than `room`, no sign parted from the letter that it stands
    on."""
    pieces = []
    while piece:
        pieces.append(fitting(piece, font, size, room + ROUNDING))
        piece = piece[len(pieces[-1]):]
    return pieces


def _shortened(line: str, font: str, size: float, room: float) -> str:
    return fitting(line, font, size, room - pdfmetrics.stringWidth("…", font, size)).rstrip() + "…"


def widest(texts: Sequence[str], *, bold: bool = False) -> float:
    """Return the width, in points, of a column in which no word of these texts is broken at full
    size."""
    font = BOLD if bold else FONT
    pieces = [piece for text in texts for word in drawable(text).split(" ")
              for piece in _pieces(word)]
    return max((pdfmetrics.stringWidth(piece, font, SIZE) for piece in pieces),
               default=0.0) + 2 * PADDING + 1


def _pieces(word: str) -> list[str]:
    """Return the parts of a word between which a line may break: after each hyphen."""
    parts = word.split("-")
    return [part + "-" for part in parts[:-1]] + [parts[-1]]


@dataclass(frozen=True)
class Spread:
    """Rows of a table of which those that are too tall are set in parts, one below the other.

    `counts`: of how many parts each row is; `tall`: the commands of style by which the parts read
    as one row;
    `going_on`: as in `ContinuedTable`.
    """

    rows: tuple[list[Any], ...]
    counts: tuple[int, ...]
    tall: tuple[tuple[Any, ...], ...]
    going_on: tuple[tuple[CellText, CellText], ...]

    @classmethod
    def of(cls, rows: Sequence[list[Any]], whole: float = WHOLE) -> "Spread":
        """Return these rows, the first of which is a header; those taller than `whole` points in
        parts."""
        laid: list[list[Any]] = []
        counts: list[int] = []
        tall: list[tuple[Any, ...]] = []
        going_on: list[tuple[CellText, CellText]] = []
        for number, row in enumerate(rows):
            first = len(laid)
            parts = _parts(row) if number and _tallest(row) > whole else [row]
            laid += parts
            counts.append(len(parts))
            if len(parts) > 1:
                last = len(laid) - 1
                tall += [("VALIGN", (0, first), (-1, last), "TOP"),
                         ("BOTTOMPADDING", (0, first), (-1, last - 1), 0),
                         ("TOPPADDING", (0, first + 1), (-1, last), 0)]
                if isinstance(row[0], CellText) and 0 < row[0].tall <= PART:
                    going_on += [(next(value for value in part[1:] if value), row[0])
                                 for part in parts[1:]]
        return cls(tuple(laid), tuple(counts), tuple(tall), tuple(going_on))

    @property
    def starts(self) -> list[int]:
        """Where each row begins among the parts."""
        return [0, *accumulate(self.counts[:-1])] if self.counts else []

    def table(self, widths: Sequence[float], heights: Sequence[float | None] | None,
              rule: Color) -> ContinuedTable:
        """Return the table of these rows, without a style of its own; `rule`: what closes a page
        that ends within a row."""
        made = ContinuedTable(list(self.rows), colWidths=list(widths), rowHeights=heights,
                              repeatRows=1,
                    splitByRow=1, splitInRow=0)
        made.rule, made.going_on = (rule if self.tall else None), self.going_on
        return made


def grid(rows: list[list[Any]], widths: Sequence[float], *, heights: Sequence[float] | None = None,
         extra: Sequence[tuple[Any, ...]] = (), rule: Color = RULE,
         whole: float = WHOLE) -> ContinuedTable:
    """Return a ruled table whose first row is a header that repeats.

    A row never goes over a page but where its text is taller than `whole` points.
    """
    spread = Spread.of(rows, whole)
    fixed = [heights[number] if heights and count == 1 else None
             for number, count in enumerate(spread.counts)
             for _part in range(count)]
    table = spread.table(widths, fixed if heights else None, rule)
    table.setStyle(TableStyle([
        *BASE,
        *(_rules(spread.starts, rule) if spread.tall else [("GRID", (0, 0), (-1, -1), 0.5, rule)]),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING), ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), ABOVE), ("BOTTOMPADDING", (0, 0), (-1, -1), BELOW),
        *spread.tall, *extra]))
    table.least = sum(max(_tallest(row) + ABOVE + BELOW, height or 0.0)
                      for row, height in zip(spread.rows[:2], fixed, strict=False))
    return table


def _tallest(row: list[Any]) -> float:
    return max((value.tall for value in row if isinstance(value, CellText)), default=0.0)


def _parts(row: list[Any]) -> list[list[Any]]:
    """Return a tall row as several, of a few lines each; no last line alone."""
    count = max(-(-len(value.lines_set) // int(PART / value.leading)) for value in row
                if isinstance(value, CellText))
    alone = all(len(value.lines_set) - (count - 1) * int(PART / value.leading) <= 1
                for value in row if isinstance(value, CellText))
    count -= alone
    return [[value.part(number, number == count - 1) if isinstance(value, CellText) else value
             if number == 0 else ""
             for value in row] for number in range(count)]


def _rules(starts: list[int], rule: Color) -> list[tuple[Any, ...]]:
    """Return the rules of a table in which some rows are set in parts: none between the parts."""
    return [("LINEBEFORE", (0, 0), (-1, -1), 0.5, rule),
            ("LINEAFTER", (-1, 0), (-1, -1), 0.5, rule),
            *(("LINEABOVE", (0, start), (-1, start), 0.5, rule) for start in starts),
            ("LINEBELOW", (0, -1), (-1, -1), 0.5, rule)]
