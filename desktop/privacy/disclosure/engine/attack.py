"""What an attacker can find out from a view: for each protected cell, whole cubes that agree with
all it knows."""

import math
from dataclasses import dataclass, replace

import numpy as np

from desktop.privacy.disclosure.cells import Cell, Status, ToldCells, is_sum_of
from desktop.privacy.disclosure.engine.layout import Ints
from desktop.privacy.disclosure.engine.solver import TOLERANCE, Floats, Polytope
from desktop.privacy.disclosure.engine.thresholds import Truth, primary
from desktop.privacy.disclosure.rules import FLOOR

TOGETHER = 3
"""Targets from which one point is looked for that serves them all."""
OUTSIDER = ""
"""The attacker who has no records of its own."""


@dataclass(frozen=True)
class Target:
    """A cell that an attacker must not pin down: both `low` and `high` stay possible, or so wide
    an interval."""

    cell: Cell
    row: int
    low: int
    high: int
    width: int = 0


@dataclass(frozen=True)
class Blocked:
    """A target that an attacker pins down, and the rows that do it, with how much each does."""

    target: Target
    duals: Floats


class AudienceView:
    """One audience's view of all releases of a component, and those who attack it.

    The points of `pool` agree with the releases; the truth is the first. Rows may only be widened
    for
    good; `narrow` is tried, and taken back where it gives a target away.
    """

    def __init__(
        self, truth: Truth, k: int, told: list[ToldCells], cells: list[Cell], attackers: list[str]
    ) -> None:
        self.truth, self.k, self.told = truth, k, told
        self.cells = cells
        self.row = {cell: place for place, cell in enumerate(cells)}
        self.attackers = attackers
        self.cap = int(truth.count_all())
        layout = truth.layout
        self._columns = [layout.columns(cell) for cell in cells]
        self.links = layout.links()
        self.polytope = Polytope(layout.width, self.cap, self.links, self._columns)
        self.low, self.high = (
            np.zeros(len(cells), dtype=np.int64),
            np.full(len(cells), self.cap, dtype=np.int64),
        )
        self._drawn = 0
        self._points = np.zeros((64, layout.width), dtype=np.int64)
        self._all_values = np.zeros((64, len(cells)), dtype=np.int64)
        self.add(truth.all)
        self._attacker: str | None = None
        self.targets: dict[str, list[Target]] = {}
        self._allowed: Polytope | None = None
        self._eased: dict[tuple[str, int], Target] = {}

    # What is known

    def bound(self, cell: Cell, new: ToldCells | None) -> None:
        """Put the row of a cell where the releases put it, with the new one."""
        low, high = 0, self.cap
        for told in (*self.told, *([new] if new else [])):
            if cell in told.visible:
                low = high = told.visible[cell]
                break
            match told.hidden.get(cell):
                case Status.SMALL:
                    high = min(high, told.k - 1)
                case Status.LARGE:
                    low = max(low, told.k)
                case _:
                    pass
        row = self.row[cell]
        if (low, high) != (self.low[row], self.high[row]):
            self.low[row], self.high[row] = low, high
            self.polytope.bound_row(row, low, high)
            if self._allowed is not None:
                self._allowed.bound_row(row, *self._by_status(row))
                # What they allow is another thing now.
                self._eased.clear()

    def is_told(self, cell: Cell) -> bool:
        """Whether an earlier release of this view shows a cell, or its parts."""
        return any(is_sum_of(cell, told.visible) for told in self.told)

    def aim(self, visible: set[Cell]) -> None:
        """Say what must be protected: every small cell of these that the view does not show."""
        hidden = [cell for cell in self.cells if not is_sum_of(cell, visible)]
        statuses = primary(self.truth, hidden, self.k)
        outside = []
        for cell, status in statuses.items():
            row = self.row[cell]
            if status is Status.SMALL:
                outside.append(Target(cell, row, 0, self.k - 1))
            else:
                count = self.truth.count(cell)
                outside.append(Target(cell, row, count, count, self.k))
        self.targets = {OUTSIDER: outside}
        for name in self.attackers:
            self.targets[name] = [
                t for cell in hidden if (t := self._inside(cell, name)) is not None
            ]

    def _inside(self, cell: Cell, name: str) -> Target | None:
        own = int(self.truth.own[name][self.truth.layout.columns(cell)].sum())
        others = self.truth.count(cell) - own
        if others >= FLOOR:
            return None
        row = self.row[cell]
        # What the status alone allows: not less than is told, not more.
        low = max(0, int(self.low[row]) - own)
        high = min(FLOOR, int(self.high[row]) - own)
        return Target(cell, row, own + low, own + max(low, high))

    def _by_status(self, row: int) -> tuple[int, int]:
        """Where the statuses alone put a row."""
        low, high = int(self.low[row]), int(self.high[row])
        return (0, self.cap) if low == high else (low, high)

    def _ease(self, attacker: str, target: Target) -> Target:
        """Return a target of an organisation with no more than the statuses alone allow it."""
        if self._allowed is None:
            self._allowed = Polytope(self.truth.layout.width, self.cap, self.links, self._columns)
            for row in range(len(self.cells)):
                self._allowed.bound_row(row, *self._by_status(row))
        self._allowed.bound_columns(self.truth.own[attacker])
        weights = self._weights(target.row, 1.0)
        most = self._allowed.extreme(weights).value
        least = -self._allowed.extreme(-weights).value
        eased = replace(
            target,
            low=max(target.low, math.ceil(least - TOLERANCE)),
            high=min(target.high, math.floor(most + TOLERANCE)),
        )
        self._eased[attacker, target.row] = eased
        return eased

    # What is possible

    def add(self, point: Ints) -> None:
        """Keep a point that agrees with all that is told."""
        if self._drawn == len(self._points):
            # Room for twice as many: to copy all for each one takes longer than to find it.
            self._points = np.vstack([self._points, np.zeros_like(self._points)])
            self._all_values = np.vstack([self._all_values, np.zeros_like(self._all_values)])
        self._points[self._drawn] = point
        self._all_values[self._drawn] = [point[columns].sum() for columns in self._columns]
        self._drawn += 1

    @property
    def pool(self) -> Ints:
        """Every point that was found."""
        return self._points[: self._drawn]

    @property
    def _values(self) -> Ints:
        return self._all_values[: self._drawn]

    def usable(self, attacker: str) -> Ints:
        """Return the places of the points that an attacker cannot rule out."""
        fits = ((self._values >= self.low) & (self._values <= self.high)).all(axis=1)
        if attacker != OUTSIDER:
            fits &= (self.pool >= self.truth.own[attacker]).all(axis=1)
        return np.flatnonzero(fits)

    def blocked(self, attacker: str) -> Blocked | None:
        """Return the first target that this attacker pins down; None where every one is safe."""
        targets = self.goals(attacker)
        if not targets:
            return None
        rows = np.array([t.row for t in targets])
        lows, highs = np.array([t.low for t in targets]), np.array([t.high for t in targets])
        widths = np.array([t.width for t in targets])
        seen = self._values[self.usable(attacker)][:, rows]
        least, most = seen.min(axis=0), seen.max(axis=0)
        drawn = len(self.pool)
        before = 2 * len(targets)
        while True:
            for point in self._values[drawn:]:
                least, most = np.minimum(least, point[rows]), np.maximum(most, point[rows])
            drawn = len(self.pool)
            short_low = (widths == 0) & (least > lows)
            short_high = (widths == 0) & (most < highs)
            narrow = (widths > 0) & (most - least < widths)
            if not (short_low | short_high | narrow).any():
                return None
            self._as(attacker)
            missing = int(short_low.sum() + short_high.sum())
            if TOGETHER <= missing <= 0.8 * before:
                # One point often serves many targets.
                before = missing
                self._reach_together([targets[i] for i in np.flatnonzero(short_low)], -1.0)
                self._reach_together([targets[i] for i in np.flatnonzero(short_high)], 1.0)
                continue
            place = int(np.flatnonzero(short_low | short_high | narrow)[0])
            target = targets[place]
            if narrow[place]:
                found = self._widen(target, int(least[place]), int(most[place]))
            elif short_low[place]:
                found = self._reach(target, -1.0, target.low)
            else:
                found = self._reach(target, 1.0, target.high)
            if found is not None:
                eased = target if attacker == OUTSIDER else self._ease(attacker, target)
                if eased == target:
                    return found
                targets[place], lows[place], highs[place] = eased, eased.low, eased.high

    def _as(self, attacker: str) -> None:
        if self._attacker != attacker:
            self._attacker = attacker
            own = self.truth.own.get(attacker)
            self.polytope.bound_columns(np.zeros_like(self.truth.all) if own is None else own)

    def _weights(self, row: int, sign: float) -> Floats:
        weights = np.zeros(len(self.truth.all))
        weights[self._columns[row]] = sign
        return weights

    def _reach_together(self, targets: list[Target], sign: float) -> None:
        if not targets:
            return
        weights = sum((self._weights(t.row, sign) for t in targets), np.zeros(len(self.truth.all)))
        if sign > 0:
            # No target takes more than it needs: then the others get theirs.
            for target in targets:
                row = target.row
                self.polytope.bound_row(
                    row, int(self.low[row]), min(int(self.high[row]), target.high)
                )
        point = self.polytope.whole_corner(weights)
        if sign > 0:
            for target in targets:
                self.polytope.bound_row(
                    target.row, int(self.low[target.row]), int(self.high[target.row])
                )
        if point is not None:
            self.add(point)

    def _reach(self, target: Target, sign: float, wanted: int) -> Blocked | None:
        best = self.polytope.extreme(self._weights(target.row, sign))
        if best.value < sign * wanted - TOLERANCE:
            return Blocked(target, best.duals)
        point = best.whole
        if point is None:
            low, high = (wanted, self.cap) if sign > 0 else (0, wanted)
            point = self.polytope.whole_point(target.row, low, high, best.point)
        if point is None:
            return Blocked(target, best.duals)
        self.add(point)
        return None

    def _widen(self, target: Target, least: int, most: int) -> Blocked | None:
        duals = np.zeros(len(self.cells))
        for sign in (1.0, -1.0):
            best = self.polytope.extreme(self._weights(target.row, sign))
            duals += np.abs(best.duals)
            reached = (
                int(np.floor(best.value + TOLERANCE))
                if sign > 0
                else int(np.ceil(-best.value - TOLERANCE))
            )
            wanted = (
                min(reached, least + target.width)
                if sign > 0
                else max(reached, most - target.width)
            )
            point = best.whole
            if point is None:
                low, high = (wanted, self.cap) if sign > 0 else (0, wanted)
                point = self.polytope.whole_point(target.row, low, high, best.point)
            if point is not None:
                self.add(point)
                value = int(self._values[-1, target.row])
                least, most = min(least, value), max(most, value)
            if most - least >= target.width:
                return None
        return Blocked(target, duals)

    def goals(self, attacker: str) -> list[Target]:
        """Return what must stay possible to an attacker, as far as statuses alone allow it."""
        return [self._eased.get((attacker, t.row), t) for t in self.targets[attacker]]

    def everyone(self) -> list[str]:
        """Return the attackers of this view in the order in which they are tried."""
        return [OUTSIDER, *self.attackers]
