"""Cells, tables of cells, and what a release said of each."""

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

from desktop.privacy.disclosure.periods import parts_of

TOTAL = "TOTAL"
JOIN = "+"
"""Between the codes of families that are merged into one."""


class Status(StrEnum):
    """What is conceded to every attacker about a hidden cell; it stands in no file.

    SMALL: under the threshold. LARGE: not under it. FREE: hidden whatever it counts.
    """

    SMALL = "small"
    LARGE = "large"
    FREE = "free"


@dataclass(frozen=True, order=True)
class Cell:
    """A count: of a window, at a category of some dimensions (by name); at none, the total."""

    window: str
    at: tuple[tuple[str, str], ...] = ()

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that it is at, in order."""
        return tuple(dimension for dimension, _code in self.at)

    def splits(self) -> list[list["Cell"]]:
        """Return the ways in which it is a sum of finer cells: by parts of the window, by merged
        families."""
        ways = []
        if smaller := parts_of(self.window):
            ways.append([Cell(window, self.at) for window in smaller])
        for place, (dimension, code) in enumerate(self.at):
            if JOIN in code:
                ways.append(
                    [
                        Cell(
                            self.window,
                            (*self.at[:place], (dimension, part), *self.at[place + 1 :]),
                        )
                        for part in code.split(JOIN)
                    ]
                )
        return ways

    def margins(self) -> list["Cell"]:
        """Return the cells of which it is a part, with one dimension less."""
        return [
            Cell(self.window, self.at[:place] + self.at[place + 1 :])
            for place in range(len(self.at))
        ]


@dataclass(frozen=True)
class CountTable:
    """A table of a window: its categories by dimension, one or two dimensions, margins within."""

    name: str
    window: str
    axes: tuple[tuple[str, tuple[str, ...]], ...]

    def cells(self) -> list[Cell]:
        """Every cell, margins and total too; a table by quarter is made of the totals of
        quarters."""
        if [dimension for dimension, _codes in self.axes] == ["quarter"]:
            return [Cell(self.window), *(Cell(code) for code in self.axes[0][1])]
        ways = [[None, *((dimension, code) for code in codes)] for dimension, codes in self.axes]
        return [
            Cell(self.window, tuple(sorted(p for p in picked if p is not None)))
            for picked in product(*ways)
        ]

    def inner(self) -> list[Cell]:
        """Return the cells that are no margin."""
        return [c for c in self.cells() if len(c.at) == len(self.axes) or c.window != self.window]


@dataclass(frozen=True)
class ToldCells:
    """What one release said of the cells of one population: a value, or hidden with a status."""

    audience: str
    k: int
    window: str
    visible: dict[Cell, int] = field(default_factory=dict)
    hidden: dict[Cell, Status] = field(default_factory=dict)


def is_sum_of(cell: Cell, visible: "dict[Cell, int] | set[Cell]") -> bool:
    """Whether a cell is one of these, or a sum of some of them."""
    return cell in visible or any(
        all(is_sum_of(part, visible) for part in parts) for parts in cell.splits()
    )
