"""Which cells may not be shown for what they count, before anyone attacks them."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.privacy.disclosure.cells import Cell, Status
from desktop.privacy.disclosure.engine.layout import Ints, Layout
from desktop.privacy.disclosure.rules import DENOMINATOR, FLOOR, NUMERATOR, REPORTERS


@dataclass(frozen=True)
class Truth:
    """The counts of every column, and of each organisation (the largest first, then by name).

    `reported`: whether it is known which organisation each record comes from; if not, no rule and
    no
    attack of an organisation applies.
    """

    layout: Layout
    all: Ints
    own: dict[str, Ints]
    reported: bool = True

    @classmethod
    def of(cls, layout: Layout, reported: bool = True) -> "Truth":
        """Read the truth of a layout."""
        own = {name: layout.counts(name) for name in layout.organisations} if reported else {}
        return cls(layout, layout.counts(), own, reported)

    def count_all(self) -> int:
        """How many records there are in all atoms."""
        return self.layout.total

    def count(self, cell: Cell) -> int:
        """How many records a cell counts."""
        return int(self.all[self.layout.columns(cell)].sum())

    def shares(self, cell: Cell) -> list[int]:
        """How many each organisation has in a cell."""
        columns = self.layout.columns(cell)
        return [int(own[columns].sum()) for own in self.own.values()]


def primary(truth: Truth, cells: Iterable[Cell], k: int) -> dict[Cell, Status]:
    """Return the cells that are hidden for what they count, with the status that is conceded."""
    hidden = {}
    for cell in cells:
        count = truth.count(cell)
        if count < k:
            hidden[cell] = Status.SMALL
        elif _of_too_few(truth, cell, count) or _gives_a_group_away(truth, cell, count):
            hidden[cell] = Status.LARGE
    return hidden


def _of_too_few(truth: Truth, cell: Cell, count: int) -> bool:
    if not truth.reported:
        return False
    shares = truth.shares(cell)
    return sum(share > 0 for share in shares) < REPORTERS or count - max(shares) < FLOOR


def _gives_a_group_away(truth: Truth, cell: Cell, count: int) -> bool:
    if len(cell.at) < 2:
        return False
    return any(DENOMINATOR * count >= NUMERATOR * truth.count(row) for row in cell.margins())
