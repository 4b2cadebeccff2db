"""A second attack, written from nothing: the full cube of quarter, criterion, domain and zone, in
whole numbers.

It knows the algorithm: for each hidden cell it is told whether it counts less than k, unless the
rules
hide the cell whatever it counts. It shares no code with the engine but the names of cells and
codes.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import product

import highspy
import numpy as np

from desktop.privacy.disclosure.cells import Cell, ToldCells
from desktop.privacy.disclosure.periods import quarters_of
from tests.disclosure.sequences import Step

K = {"partenaires": 5, "public": 11}
CLOSE = 1e-6


@dataclass
class Verdict:
    """What a judge found: how many cells were looked at, and those that an attacker knows too
    well."""

    looked_at: int = 0
    recovered: list[str] = field(default_factory=list)
    unsafe: list[str] = field(default_factory=list)
    by_attacker: Counter[str] = field(default_factory=Counter)

    def take(self, other: "Verdict") -> None:
        """Add what another found."""
        self.looked_at += other.looked_at
        self.recovered += other.recovered
        self.unsafe += other.unsafe
        self.by_attacker += other.by_attacker


class FullCube:
    """Every count of every quarter by criterion, domain and zone, and apart by what has one
    dimension only."""

    def __init__(self, step: Step) -> None:
        structure = step.plan.population.structure
        self.order = list(structure.dimensions)
        self.blocks = step.blocks
        codes = structure.dimensions
        self.place: dict[tuple, int] = {}
        for quarter in step.blocks:
            for corner in product(codes["criterion"], codes["domain"], codes["zone"]):
                self.place[quarter, "", *corner] = len(self.place)
            for name in ("follow_up", "late"):
                for code in codes[name]:
                    self.place[quarter, name, code] = len(self.place)
        self.size = len(self.place)
        self._sums: dict[Cell, list[int]] = {}
        self.equal = []
        for quarter in step.blocks:
            whole = [p for key, p in self.place.items() if key[:2] == (quarter, "")]
            for name in ("follow_up", "late"):
                self.equal.append(
                    (whole, [p for key, p in self.place.items() if key[:2] == (quarter, name)])
                )

    def sum_of(self, cell: Cell) -> list[int]:
        """The places that a cell adds up."""
        if cell not in self._sums:
            self._sums[cell] = self._added_up(cell)
        return self._sums[cell]

    def _added_up(self, cell: Cell) -> list[int]:
        quarters, wanted = (
            set(quarters_of(cell.window)),
            {d: set(code.split("+")) for d, code in cell.at},
        )
        alone = next((name for name in ("follow_up", "late") if name in wanted), "")
        places = []
        for key, place in self.place.items():
            if key[0] in quarters and key[1] == alone:
                named = (
                    {alone: key[2]}
                    if alone
                    else dict(zip(("criterion", "domain", "zone"), key[2:], strict=True))
                )
                if all(named[d] in codes for d, codes in wanted.items()):
                    places.append(place)
        return places

    def counts(self, organisation: str | None) -> np.ndarray:
        """The true cube, of everyone or of one organisation."""
        values = np.zeros(self.size)
        for quarter, cube in self.blocks.items():
            for (codes, reporter), count in cube.counts.items():
                if organisation in (None, reporter):
                    named = dict(zip(self.order, codes, strict=True))
                    values[
                        self.place[quarter, "", named["criterion"], named["domain"], named["zone"]]
                    ] += count
                    for name in ("follow_up", "late"):
                        values[self.place[quarter, name, named[name]]] += count
        return values


class Attack:
    """One attacker: what it has itself, rows of what it knows; finds cubes that agree."""

    def __init__(
        self,
        cube: FullCube,
        own: np.ndarray,
        known: dict[Cell, tuple[float, float]],
        targets: list[Cell],
        truth: np.ndarray,
        seeds: list[np.ndarray],
    ) -> None:
        self.cube, self.known = cube, known
        self.cap = float(sum(c.total for c in cube.blocks.values()))
        self.solver = highspy.Highs.__base__()
        for option, value in (("output_flag", False), ("threads", 1)):
            self.solver.setOptionValue(option, value)
        rows = [
            (here + there, [1.0] * len(here) + [-1.0] * len(there), 0.0, 0.0)
            for here, there in cube.equal
        ]
        self.spans = dict.fromkeys(targets, (0.0, self.cap)) | known
        self.sums = {cell: cube.sum_of(cell) for cell in self.spans}
        self.row = {cell: len(rows) + place for place, cell in enumerate(self.spans)}
        rows += [
            (self.sums[cell], [1.0] * len(self.sums[cell]), low, high)
            for cell, (low, high) in self.spans.items()
        ]
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = cube.size, len(rows)
        model.col_cost_, model.col_lower_ = np.zeros(cube.size), own
        model.col_upper_ = np.full(cube.size, self.cap)
        model.row_lower_, model.row_upper_ = (
            np.array([r[2] for r in rows]),
            np.array([r[3] for r in rows]),
        )
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *(len(r[0]) for r in rows)]).astype(np.int32)
        model.a_matrix_.index_ = np.array([p for r in rows for p in r[0]], dtype=np.int32)
        model.a_matrix_.value_ = np.array([v for r in rows for v in r[1]])
        self.solver.passModel(model)
        self.own = own
        self.chance = np.random.default_rng(7)
        self.every = np.arange(cube.size, dtype=np.int32)
        self.points = [point for point in [truth, *seeds] if self._agrees(point)]

    def _agrees(self, point: np.ndarray) -> bool:
        return bool((point >= self.own).all()) and all(
            low <= point[self.sums[cell]].sum() <= high for cell, (low, high) in self.known.items()
        )

    def span(self, cell: Cell, low: float, high: float) -> tuple[float, float]:
        """How far a cell certainly reaches, as far as `low` and `high` are asked for, in whole
        cubes."""
        places = self.sums[cell]
        values = [point[places].sum() for point in self.points]
        least, most = min(values, default=np.inf), max(values, default=-np.inf)
        if least > low:
            least = min(least, self._push(cell, 1.0, low))
        if most < high:
            most = max(most, self._push(cell, -1.0, high))
        return least, most

    def _push(self, cell: Cell, sign: float, wanted: float) -> float:
        """The value of a cell in a whole cube that reaches what is wanted, or else the furthest
        that any cube reaches."""
        costs = np.zeros(self.cube.size)
        costs[self.sums[cell]] = sign
        point = self._solve(costs)
        furthest = sign * float(np.ceil(sign * point[self.sums[cell]].sum() - CLOSE))
        if sign * furthest > sign * wanted + CLOSE:
            return furthest
        low, high = self.spans[cell]
        bounds = (low, min(high, wanted)) if sign > 0 else (max(low, wanted), high)
        self.solver.changeRowBounds(self.row[cell], *bounds)
        tries = 0
        while _is_broken(point) and tries < 6:
            # Corners that are no whole cube prove nothing: others, at random.
            point, tries = self._solve(self.chance.uniform(-1, 1, self.cube.size)), tries + 1
        if _is_broken(point):
            point = self._whole()
        self.solver.changeRowBounds(self.row[cell], low, high)
        if point is None:
            return np.inf if sign > 0 else -np.inf
        point = np.rint(point)
        assert self._agrees(point)
        self.points.append(point)
        return float(point[self.sums[cell]].sum())

    def _solve(self, costs: np.ndarray) -> np.ndarray:
        self.solver.changeColsCost(self.cube.size, self.every, costs)
        self.solver.run()
        assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return np.array(self.solver.getSolution().col_value)

    def _whole(self) -> np.ndarray | None:
        self.solver.changeColsCost(self.cube.size, self.every, np.zeros(self.cube.size))
        kinds = np.full(self.cube.size, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self.solver.changeColsIntegrality(self.cube.size, self.every, kinds)
        self.solver.setOptionValue("time_limit", self.solver.getRunTime() + 20.0)
        self.solver.run()
        self.solver.setOptionValue("time_limit", 1e9)
        solved = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        point = np.array(self.solver.getSolution().col_value) if solved else None
        self.solver.changeColsIntegrality(
            self.cube.size, self.every, np.zeros(self.cube.size, dtype=np.uint8)
        )
        return point


def _is_broken(point: np.ndarray) -> bool:
    return bool(np.abs(point - np.rint(point)).max() > CLOSE)


def judge(step: Step, new: ToldCells, *, organisations: int = 99) -> Verdict:
    """Attack all that was released up to `new`, as an outsider, as each organisation, and as the
    public."""
    cube = FullCube(step)
    truth = cube.counts(None)
    names = Counter(reporter for c in step.blocks.values() for (_codes, reporter) in c.counts)
    verdict = Verdict()
    everything = [*step.told, new]
    known = _known(everything, cube, truth, step)
    targets = _targets(step, everything, cube, truth)
    outsider = _outsider("outsider", cube, truth, known, targets, 5, verdict, [])
    weak = {cell: span for cell, span in known.items() if span[0] == span[1]}
    _outsider("without status", cube, truth, weak, targets, 5, verdict, outsider.points)
    for name, _size in names.most_common(organisations):
        _insider(name, cube, truth, known, targets, verdict, outsider.points)
    if new.audience == "public":
        public = [told for told in everything if told.audience == "public"]
        _outsider(
            "public",
            cube,
            truth,
            _known(public, cube, truth, step),
            _targets(step, public, cube, truth),
            11,
            verdict,
            outsider.points,
        )
    return verdict


def _known(
    told: list[ToldCells], cube: FullCube, truth: np.ndarray, step: Step
) -> dict[Cell, tuple[float, float]]:
    cap = truth.sum()
    known: dict[Cell, tuple[float, float]] = {}
    for one in told:
        for cell in (*one.visible, *one.hidden):
            count = truth[cube.sum_of(cell)].sum()
            low, high = known.get(cell, (0.0, cap))
            if cell in one.visible:
                assert one.visible[cell] == count
                low = high = count
            elif one.hidden[cell] != "free" or not _is_hidden_anyway(cell, one, told, step):
                low, high = (
                    (low, min(high, one.k - 1)) if count < one.k else (max(low, one.k), high)
                )
            known[cell] = low, high
    return known


def _is_hidden_anyway(cell: Cell, one: ToldCells, told: list[ToldCells], step: Step) -> bool:
    """Whether rules hide a cell whatever it counts: the plan, the partners' table, a half that is
    small."""
    if len(quarters_of(cell.window)) < 4 and cell.at:
        return True
    partners = [t for t in step.told if t.audience == "partenaires"]
    if one.audience == "public" and any(
        t.hidden.get(c) is not None
        for t in partners
        for c in (cell, *(c for way in cell.splits()[:1] for c in way))
    ):
        return True
    return any(
        len(way) == 2
        and any(
            t.hidden.get(part) == "small"
            for t in told
            if t.audience == one.audience
            for part in way
        )
        for way in cell.splits()
    )


def _targets(step: Step, told: list[ToldCells], cube: FullCube, truth: np.ndarray) -> list[Cell]:
    """Cells that are hidden, or that a table which was not published would show; sums of visible
    ones are known anyway."""
    visible = {cell for one in told for cell in one.visible}

    def is_shown(cell: Cell) -> bool:
        return cell in visible or any(all(is_shown(part) for part in way) for way in cell.splits())

    cells = {cell for one in told for cell in one.hidden}
    years = {q[:4] for q in step.blocks}
    for year in years:
        if all(f"{year}-T{n}" in step.blocks for n in range(1, 5)):
            total = sum(step.blocks[f"{year}-T{n}"].total for n in range(1, 5))
            cells |= {
                cell
                for one in {o.audience for o in told}
                for table in step.plan.tables(one, year, total)
                for cell in table.cells()
            }
    return sorted(cell for cell in cells if not is_shown(cell))


def _outsider(
    name: str,
    cube: FullCube,
    truth: np.ndarray,
    known: dict,
    targets: list[Cell],
    k: int,
    verdict: Verdict,
    seeds: list[np.ndarray],
) -> Attack:
    attack = Attack(cube, np.zeros(cube.size), known, targets, truth, seeds)
    for cell in targets:
        count = truth[cube.sum_of(cell)].sum()
        if count < k:
            _note(verdict, name, cell, count, attack.span(cell, 0, k - 1), 0, k - 1)
    return attack


def _insider(
    name: str,
    cube: FullCube,
    truth: np.ndarray,
    known: dict,
    targets: list[Cell],
    verdict: Verdict,
    seeds: list[np.ndarray],
) -> None:
    own = cube.counts(name)
    attack = Attack(cube, own, known, targets, truth, seeds)
    # What the statuses alone allow: with every visible figure forgotten.
    alone = Attack(
        cube,
        own,
        {c: span for c, span in known.items() if span[0] != span[1]},
        targets,
        truth,
        seeds,
    )
    for cell in targets:
        mine = own[cube.sum_of(cell)].sum()
        others = truth[cube.sum_of(cell)].sum() - mine
        if others < 3:
            reached = attack.span(cell, mine, mine + 3)
            if reached[0] > mine or reached[1] < mine + 3:
                allowed = alone.span(cell, mine, mine + 3)
                _note(
                    verdict,
                    name,
                    cell,
                    mine + others,
                    reached,
                    max(mine, allowed[0]),
                    min(mine + 3, allowed[1]),
                )
            else:
                _note(verdict, name, cell, mine + others, reached, mine, mine + 3)


def _note(
    verdict: Verdict,
    name: str,
    cell: Cell,
    count: float,
    reached: tuple[float, float],
    low: float,
    high: float,
) -> None:
    verdict.looked_at += 1
    verdict.by_attacker[
        name if not name.startswith("o") or name == "outsider" else "organisations"
    ] += 1
    if reached[0] > low or reached[1] < high:
        words = f"{name}: {cell} counts {count:.0f}, known to be in {reached}, should reach {low:.0f} to {high:.0f}"
        verdict.unsafe.append(words)
        if reached[0] == reached[1]:
            verdict.recovered.append(words)
