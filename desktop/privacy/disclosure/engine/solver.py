"""The one module that knows HiGHS (MIT): extremes of a sum over a polytope of counts, and whole
points of it.

Duals and vertices differ between versions and platforms of HiGHS. Nothing here is kept: what is
stored of a publication is its pattern of hidden cells, and whole points that a reader can check.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop.privacy.disclosure.engine.layout import Ints

TOLERANCE = 1e-6
SECONDS = 5.0
"""The longest wait for one whole point."""
TRIES = 4
NEAR = 0.01
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Extreme:
    """The best of a sum: its value, the point, and the dual of each row."""

    value: float
    point: Floats
    duals: Floats

    @property
    def whole(self) -> Ints | None:
        """The point in whole numbers; None where it is not."""
        rounded = np.rint(self.point)
        return (
            rounded.astype(np.int64)
            if np.abs(self.point - rounded).max(initial=0) < TOLERANCE
            else None
        )


class Polytope:
    """Columns between bounds, rows (sets of columns with a sign) between bounds; solved with a
    warm start."""

    def __init__(
        self, width: int, cap: int, links: list[tuple[Ints, Ints]], rows: list[Ints]
    ) -> None:
        import highspy

        self._highs: Any = highspy
        self._width, self._links = width, len(links)
        starts, places, values = [0], list[Ints](), list[Floats]()
        for here, there in links:
            places += [here, there]
            values += [np.ones(len(here)), -np.ones(len(there))]
            starts.append(starts[-1] + len(here) + len(there))
        for row in rows:
            places.append(row)
            values.append(np.ones(len(row)))
            starts.append(starts[-1] + len(row))
        self._starts = np.array(starts, dtype=np.int32)
        self._places = np.concatenate(places).astype(np.int32)
        self._values = np.concatenate(values)
        height = len(links) + len(rows)
        self.row_low, self.row_high = np.zeros(height), np.zeros(height)
        self.row_high[len(links) :] = cap
        self.low, self.high = np.zeros(width), np.full(width, float(cap))
        self._linear = self._loaded(False)
        self._whole: Any = None
        self._aim = np.zeros(width)
        self._chance = np.random.default_rng(1)
        self.solved = [0, 0]

    def _loaded(self, whole: bool) -> Any:
        model = self._highs.HighsLp()
        model.num_col_, model.num_row_ = self._width, len(self.row_low)
        model.col_cost_ = np.zeros(self._width)
        model.col_lower_, model.col_upper_ = self.low, self.high
        model.row_lower_, model.row_upper_ = self.row_low, self.row_high
        model.a_matrix_.format_ = self._highs.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = (
            self._starts,
            self._places,
            self._values,
        )
        if whole:
            model.integrality_ = [self._highs.HighsVarType.kInteger] * self._width
        # The class that Highs stands on: Highs itself writes a line of its own on the standard
        # output (1.16).
        solver = self._highs.Highs.__base__()
        options: list[tuple[str, bool | int | str]] = [
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 1),
        ]
        if not whole:
            # Only what is aimed at changes from one to the next: the last corner is a good
            # start for the primal method.
            options += [("presolve", "off"), ("simplex_strategy", 4)]
        for name, value in options:
            solver.setOptionValue(name, value)
        solver.passModel(model)
        return solver

    def bound_row(self, row: int, low: float, high: float) -> None:
        """Put a row between two values."""
        place = self._links + row
        self.row_low[place], self.row_high[place] = low, high
        for solver in filter(None, (self._linear, self._whole)):
            solver.changeRowBounds(place, low, high)

    def bound_columns(self, low: Ints) -> None:
        """Give each column a least value."""
        self.low = low.astype(np.float64)
        every = np.arange(self._width, dtype=np.int32)
        for solver in filter(None, (self._linear, self._whole)):
            solver.changeColsBounds(self._width, every, self.low, self.high)

    def extreme(self, weights: Floats) -> Extreme:
        """Return the point where the weighted sum of the columns is greatest; RuntimeError where
        there is no point at all."""
        self.solved[0] += 1
        changed = np.flatnonzero(weights != self._aim).astype(np.int32)
        # HiGHS minimises.
        self._linear.changeColsCost(len(changed), changed, -weights[changed])
        self._aim = weights
        self._linear.run()
        if self._linear.getModelStatus() != self._highs.HighsModelStatus.kOptimal:
            # A warm start that went astray: once more from nothing.
            self._linear.clearSolver()
            self._linear.run()
            if self._linear.getModelStatus() != self._highs.HighsModelStatus.kOptimal:
                raise RuntimeError(f"HiGHS: {self._linear.getModelStatus()}")
        solution = self._linear.getSolution()
        point = np.array(solution.col_value)
        return Extreme(float(weights @ point), point, np.array(solution.row_dual)[self._links :])

    def whole_corner(self, weights: Floats) -> Ints | None:
        """Return a whole corner where a sum is greatest, or nearly so; None where the first few are
        broken."""
        corner = self.extreme(weights)
        for _attempt in range(TRIES):
            if corner.whole is not None:
                return corner.whole
            corner = self.extreme(weights + self._nudge(corner.point))
        return corner.whole

    def _nudge(self, point: Floats) -> Floats:
        """Small weights on what is broken in a point: from there it is not far to a whole
        corner."""
        broken = np.abs(point - np.rint(point)) >= TOLERANCE
        nudge = NEAR * self._chance.uniform(-1.0, 1.0, self._width)
        nudge[~broken] = 0.0
        return nudge

    def whole_point(self, row: int, low: float, high: float, near: Floats) -> Ints | None:
        """Return a whole point where a row lies between two values, near a point; None where there
        is none in time."""
        place = self._links + row
        before = self.row_low[place], self.row_high[place]
        self._linear.changeRowBounds(place, max(low, before[0]), min(high, before[1]))
        try:
            # Most corners are whole: a few of them cost less than a search for whole points.
            # Near the
            # given one first, then anywhere.
            aim = self._aim
            corner = self.whole_corner(aim + self._nudge(near))
            if corner is None:
                corner = self.whole_corner(self._chance.uniform(-1.0, 1.0, self._width))
            if corner is not None:
                return corner
        finally:
            self._linear.changeRowBounds(place, *before)
        return self._search(row, low, high, near)

    def _search(self, row: int, low: float, high: float, near: Floats) -> Ints | None:
        self.solved[1] += 1
        if self._whole is None:
            self._whole = self._loaded(True)
        place = self._links + row
        before = self.row_low[place], self.row_high[place]
        self._whole.changeRowBounds(place, max(low, before[0]), min(high, before[1]))
        try:
            # What is whole already stays near: a small rest to solve.
            rounded = np.rint(near)
            fixed = np.abs(near - rounded) < TOLERANCE
            for slack in (0.0, None):
                if slack is not None:
                    lows = np.where(fixed, rounded, np.maximum(self.low, np.floor(near) - 1))
                    highs = np.where(fixed, rounded, np.minimum(self.high, np.ceil(near) + 1))
                else:
                    lows, highs = self.low, self.high
                self._whole.changeColsBounds(
                    self._width, np.arange(self._width, dtype=np.int32), lows, highs
                )
                # HiGHS counts the time of all its runs together.
                self._whole.setOptionValue("time_limit", self._whole.getRunTime() + SECONDS)
                self._whole.run()
                if self._whole.getModelStatus() == self._highs.HighsModelStatus.kOptimal:
                    point: Ints = np.rint(np.array(self._whole.getSolution().col_value)).astype(
                        np.int64
                    )
                    return point
            return None
        finally:
            self._whole.changeRowBounds(place, *before)
            self._whole.changeColsBounds(
                self._width, np.arange(self._width, dtype=np.int32), self.low, self.high
            )
