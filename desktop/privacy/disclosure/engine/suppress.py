"""Which cells of a new release are hidden, so that nobody finds out a small one from all that was
ever released.

Cells are hidden in a public order, that is made of the last published year, never of these
counts. A
hidden cell is conceded to every attacker as under the threshold or not: who knows the algorithm
finds
that out. Widening is monotone: what is safe stays safe when another cell is hidden.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.privacy.disclosure.cells import JOIN, Cell, CountTable, Status, ToldCells, is_sum_of
from desktop.privacy.disclosure.cubes import Blocks, Structure
from desktop.privacy.disclosure.engine.attack import AudienceView, Blocked
from desktop.privacy.disclosure.engine.layout import Layout, atoms_of
from desktop.privacy.disclosure.engine.solver import TOLERANCE
from desktop.privacy.disclosure.engine.thresholds import Truth, primary
from desktop.privacy.disclosure.periods import quarters_of, windows_over
from desktop.privacy.disclosure.rules import LEAST_SHOWN, PARTNERS, PUBLIC, THRESHOLDS

MOST_COLUMNS = 3_000
"""Unknowns of an attack beyond which a release is refused."""


class Stopped(Exception):  # noqa: N818 - not an error: somebody asked for it.
    """Somebody stopped the work."""


@dataclass(frozen=True, kw_only=True)
class ReleaseRequest:
    """What is to be released, and all that was released before over the same blocks.

    Args:
        blocks: every frozen block of the component, with those of `window`.
        told: every earlier release of the component, the oldest first.
        tables: the new tables, the least wanted last.
        never: cells that are hidden whatever they count, by a plan made before the block was seen.
        expected: how many records a cell is expected to count, by what was published of earlier
        years.
        publishable: the tables of a window that an audience may ever be shown.
        reported: whether the organisation of each record is known.
        progress: told what is being tried; it may raise `Stopped`.
    """

    structure: Structure
    blocks: Blocks
    told: tuple[ToldCells, ...]
    audience: str
    window: str
    tables: tuple[CountTable, ...]
    expected: Callable[[Cell], float]
    publishable: Callable[[str, str], list[CountTable]]
    never: frozenset[Cell] = frozenset()
    reported: bool = True
    progress: Callable[[str], None] = lambda _what: None


@dataclass(frozen=True)
class Refused:
    """No table can be shown. `reason`: a code; `told`: what it is about."""

    reason: str
    about: str = ""


@dataclass(frozen=True)
class Protected:
    """What the new release tells, and the views under which it was attacked."""

    told: ToldCells
    dropped: tuple[str, ...]
    views: dict[str, AudienceView] = field(compare=False)


def protect(request: ReleaseRequest) -> Protected | Refused:
    """Find a pattern of hidden cells for a release that holds against every attacker."""
    work = _Work(request)
    if work.layout.width > MOST_COLUMNS:
        return Refused("too-wide", str(work.layout.width))
    if work.total_is_hidden():
        return Refused("too-few", str(request.window))
    if not work.hide_until_safe():
        return Refused("not-safe", str(request.window))
    work.show_again()
    while work.drop_bare():
        work.show_again()
    if not work.tables:
        return Refused("too-little-shown", str(request.window))
    if not work.hide_until_safe():
        return Refused("not-safe", str(request.window))
    return Protected(
        work.new, tuple(t.name for t in request.tables if t not in work.tables), work.views
    )


class _Work:
    def __init__(self, request: ReleaseRequest) -> None:
        self.request = request
        self.k = THRESHOLDS[request.audience]
        windows = [request.window, *(told.window for told in request.told)]
        quarters = frozenset(request.blocks)
        years = [
            f"{y}" for y in sorted({q[:4] for q in quarters}) if quarters.issuperset(quarters_of(y))
        ]
        self.layout = Layout(
            request.structure, atoms_of([*windows, *years], quarters), request.blocks
        )
        self.truth = Truth.of(self.layout, request.reported)
        self.tables = list(request.tables)
        self.new = ToldCells(request.audience, self.k, request.window)
        self._hidden_for_good: set[Cell] = set()
        if self.layout.width <= MOST_COLUMNS:
            self.views = self._views()
            self._first_pattern()

    def _views(self) -> dict[str, AudienceView]:
        told = list(self.request.told)
        views = {
            "all": self._view(
                THRESHOLDS[PARTNERS], told, (PARTNERS, PUBLIC), self.layout.organisations
            )
        }
        if self.request.audience == PUBLIC:
            public = [one for one in told if one.audience == PUBLIC]
            views["public"] = self._view(THRESHOLDS[PUBLIC], public, (PUBLIC,), [])
        return views

    def _view(
        self, k: int, told: list[ToldCells], audiences: tuple[str, ...], organisations: list[str]
    ) -> AudienceView:
        windows = [self.request.window, *(one.window for one in told)]
        quarters = frozenset(self.request.blocks)
        atoms = atoms_of([*windows, *sorted({q[:4] for q in quarters})], quarters)
        # Windows that a release tells apart, published or not: the others cannot be found out
        # alone.
        possible = {
            window
            for window in windows_over(quarters)
            if all(
                atom <= set(quarters_of(window)) or not atom & set(quarters_of(window))
                for atom in atoms
            )
        }
        cells = dict.fromkeys(cell for table in self.tables for cell in table.cells())
        cells |= dict.fromkeys(cell for one in told for cell in (*one.visible, *one.hidden))
        for window in sorted(possible | set(windows)):
            for audience in audiences:
                for table in self.request.publishable(audience, window):
                    cells |= dict.fromkeys(table.cells())
        return AudienceView(
            self.truth, k, told, list(cells), organisations if self.request.reported else []
        )

    def _cells(self) -> list[Cell]:
        return list(dict.fromkeys(cell for table in self.tables for cell in table.cells()))

    def total_is_hidden(self) -> bool:
        """Whether the window holds too few records to say how many."""
        return Cell(self.request.window) in self.new.hidden

    def _first_pattern(self) -> None:
        """Primary cells, those that an earlier release or the plan hides, and those that must
        stay as they were."""
        cells = self._cells()
        own = self.views["public" if self.request.audience == PUBLIC else "all"]
        visible = {cell for told in own.told for cell in told.visible}
        hidden = primary(self.truth, cells, self.k)
        for cell in cells:
            before = next(
                (
                    s
                    for t in self.request.told
                    if t.audience == self.request.audience and (s := t.hidden.get(cell)) is not None
                ),
                None,
            )
            if is_sum_of(cell, visible):
                hidden.pop(cell, None)
            elif before is not None:
                hidden[cell] = before
            elif cell in self.request.never or (
                self.request.audience == PUBLIC and self._is_inherited(cell)
            ):
                hidden[cell] = Status.FREE
        hidden |= {
            cell: Status.FREE
            for cell in cells
            if not is_sum_of(cell, visible) and self._has_small_half(cell, hidden, own)
        }
        self._hidden_for_good = set(hidden)
        self._fixed = {cell for cell in cells if is_sum_of(cell, visible)}
        self.new.hidden.update(hidden)
        self.new.visible.update(
            {cell: self.truth.count(cell) for cell in cells if cell not in hidden}
        )
        self._bound_all()
        self._aim()

    def _aim(self) -> None:
        """Say again what must be protected: it hangs on what is told of each cell."""
        for view in self.views.values():
            view.aim({c for told in view.told for c in told.visible} | set(self.new.visible))

    def _is_inherited(self, cell: Cell) -> bool:
        """Whether the partners are refused this cell, or, where they saw no such window, a part
        of it."""
        partners = [told for told in self.request.told if told.audience == PARTNERS]
        if any(told.window == cell.window for told in partners):
            return any(cell in told.hidden and cell not in told.visible for told in partners)
        return (
            any(self._is_inherited(part) for part in cell.splits()[0]) if cell.splits() else False
        )

    def _has_small_half(self, cell: Cell, hidden: dict[Cell, Status], view: AudienceView) -> bool:
        """Whether a cell is the sum of two, one of which this audience was refused as small.

        It is hidden whatever it counts: shown, it would mostly tell the other half, or that a
        half is
        not 0; and hidden for its count, the status of the whole would tell the same of its halves.
        """

        def is_small(part: Cell) -> bool:
            return Status.SMALL in (
                hidden.get(part),
                *(told.hidden.get(part) for told in view.told),
            )

        return any(
            len(parts) == 2 and any(is_small(part) for part in parts) for parts in cell.splits()
        )

    def _bound_all(self) -> None:
        for view in self.views.values():
            for cell in view.cells:
                view.bound(cell, self.new)

    def _bound(self, cell: Cell) -> None:
        for view in self.views.values():
            if cell in view.row:
                view.bound(cell, self.new)

    # Hiding

    def _blocked(self) -> tuple[AudienceView, Blocked] | None:
        for view in self.views.values():
            for attacker in view.everyone():
                self.request.progress(attacker)
                found = view.blocked(attacker)
                if found is not None:
                    return view, found
        return None

    def hide_until_safe(self) -> bool:
        """Hide cells, then whole tables, until nobody pins a small cell down; False where nothing
        helps."""
        self._aim()
        while (found := self._blocked()) is not None:
            candidates = self._candidates(*found)
            if candidates:
                self._hide(min(candidates, key=self._rank))
            elif not self._drop(found[1].target.cell):
                return False
        return True

    def _candidates(self, view: AudienceView, blocked: Blocked) -> list[Cell]:
        total = Cell(self.request.window)
        return [
            cell
            for cell in self.new.visible
            if cell != total
            and cell not in self._fixed
            and abs(blocked.duals[view.row[cell]]) > TOLERANCE
        ]

    def _rank(self, cell: Cell) -> tuple[bool, float, Cell]:
        """Return the public order: margins of merged families first, which the finer table tells
        better; then the least expected."""
        return not (len(cell.at) == 1 and JOIN in cell.at[0][1]), self.request.expected(cell), cell

    def _hide(self, cell: Cell) -> None:
        del self.new.visible[cell]
        self.new.hidden[cell] = Status.LARGE
        self._bound(cell)

    def _drop(self, cell: Cell) -> bool:
        if not self.tables:
            return False
        with_it = [table for table in self.tables if cell in table.cells()]
        self._without((with_it or self.tables)[-1])
        return bool(self.tables)

    def _without(self, table: CountTable) -> None:
        self.tables.remove(table)
        kept = set(self._cells())
        for cell in table.cells():
            if cell not in kept:
                self.new.visible.pop(cell, None)
                self.new.hidden.pop(cell, None)
                self._bound(cell)
        # No status is told any more of what is not published.
        self._aim()

    # Showing again

    def show_again(self) -> None:
        """Show what was hidden more than needed, the largest expected first."""
        secondary = [cell for cell in self.new.hidden if cell not in self._hidden_for_good]
        for cell in sorted(secondary, key=self._rank, reverse=True):
            del self.new.hidden[cell]
            self.new.visible[cell] = self.truth.count(cell)
            self._bound(cell)
            if self._blocked() is not None:
                self._hide(cell)

    def drop_bare(self) -> bool:
        """Take away one table that shows too little; False where none does."""
        for table in reversed(self.tables):
            inner = table.inner()
            shown = sum(self.new.visible.get(cell, 0) for cell in inner)
            if shown < LEAST_SHOWN * sum(self.truth.count(cell) for cell in inner):
                self._without(table)
                return True
        return False
