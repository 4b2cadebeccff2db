"""Many generated sequences, judged; what they show, and what naive ways give away on the same
ones."""

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.privacy.disclosure.cells import Cell, Status, ToldCells
from desktop.privacy.disclosure.engine.suppress import Protected, Refused
from desktop.privacy.disclosure.engine.verify import claims_of, verify
from desktop.privacy.disclosure.periods import quarters_of
from tests.disclosure.judge import K, Verdict, judge
from tests.disclosure.sequences import Shape, Step, play, shown

SMALL = (4, 3, 3, 3)
WHOLE = (8, 6, 6, 4)
WIDEST = 2_000
"""Cells of the full cube that the judge can attack in reasonable time."""
GOALS = {  # (records, audience, table) -> share of records in visible cells
    (40, "partenaires", "criterion_family"): 0.58,
    (40, "partenaires", "criterion_family_by_domain_family"): 0.07,
    (40, "partenaires", "domain_family_by_zone"): 0.10,
    (75, "partenaires", "criterion_family"): 0.82,
    (75, "partenaires", "criterion_family_by_domain_family"): 0.26,
    (75, "partenaires", "domain_family_by_zone"): 0.29,
    (150, "partenaires", "criterion_family"): 0.96,
    (150, "partenaires", "criterion_family_by_domain_family"): 0.49,
    (150, "partenaires", "domain_family_by_zone"): 0.54,
    (400, "partenaires", "criterion_family"): 1.0,
    (400, "partenaires", "criterion_family_by_domain_family"): 0.77,
    (400, "partenaires", "domain_family_by_zone"): 0.87,
}


@dataclass
class Figures:
    """What came of many sequences."""

    sequences: int = 0
    releases: int = 0
    refused: int = 0
    judged: int = 0
    verified: int = 0
    verdict: Verdict = field(default_factory=Verdict)
    naive: Verdict = field(default_factory=Verdict)
    isolated: int = 0
    recounted: int = 0
    shares: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def lines(self) -> list[str]:
        """The figures in words."""
        lines = [
            f"{self.sequences} sequences, {self.releases} releases, {self.refused} refused, "
            f"{self.verified} claims verified",
            f"judged over the full cube: {self.judged} releases, {self.verdict.looked_at} cells "
            f"looked at ({', '.join(f'{name} {n}' for name, n in sorted(self.verdict.by_attacker.items()))}): "
            f"{len(self.verdict.recovered)} recovered, {len(self.verdict.unsafe)} unsafe",
            f"naive threshold on the same: {self.naive.looked_at} cells, "
            f"{len(self.naive.recovered)} recovered, {len(self.naive.unsafe)} unsafe",
            f"naive recounting on the same: {self.isolated} differences under the threshold in "
            f"{self.recounted} cells that "
            "two counts show",
        ]
        for (size, name), values in sorted(self.shares.items()):
            lines.append(
                f"  {size} {name}: {sum(values) / len(values):.2f} of records in visible cells "
                f"({len(values)} tables)"
            )
        return lines


def shapes(first: int, count: int, whole: bool) -> Iterator[Shape]:
    """Shapes of sequences, by their seeds."""
    for seed in range(first, first + count):
        chance = random.Random(f"shape {seed}")
        if whole:
            records = chance.choice((20, 40, 75, 150, 150, 300, 400, 800, 2000))
            yield Shape(
                seed,
                records,
                chance.randint(3, 20),
                chance.random() < 0.5,
                WHOLE,
                chance.choice((2, 3)),
                chance.random() < 0.6,
                chance.choice((None, True, False)),
            )
        else:
            yield Shape(
                seed,
                chance.choice((20, 30, 50, 80, 140)),
                chance.randint(2, 6),
                chance.random() < 0.5,
                SMALL,
                chance.choice((1, 1, 2)),
                chance.random() < 0.5,
                chance.choice((None, True, False)),
            )


def run(shape: Shape, figures: Figures, *, judged: float, naive: bool = True) -> None:
    """Play one sequence. `judged`: the share of its releases that the judge attacks; every claim
    is verified."""
    chance = random.Random(f"judge {shape.seed}")
    figures.sequences += 1
    for step in play(shape):
        figures.releases += 1
        if isinstance(step.outcome, Refused):
            figures.refused += 1
        else:
            for name, view in step.outcome.views.items():
                for claim in claims_of(name, view, [*view.told, step.outcome.told]):
                    verify(claim)
                    figures.verified += 1
            wide = len(step.blocks) * shape.sizes[0] * shape.sizes[1] * shape.sizes[2]
            if chance.random() < judged and wide <= WIDEST:
                figures.judged += 1
                figures.verdict.take(judge(step, step.outcome.told))
            if naive and chance.random() < judged and not step.told:
                figures.naive.take(judge(step, naive_threshold(step)))
        _note_shares(shape, step, figures)
        _recount(step, figures)


def _note_shares(shape: Shape, step: Step, figures: Figures) -> None:
    if len(quarters_of(step.window)) < 4:
        return
    size = f"N={shape.records} k={K[step.audience]} {'years' if not shape.quarterly else 'quarters then years'}"
    for table in step.tables:
        merged = (
            " (merged)"
            if len(table.axes) > 1 and step.plan.is_merged and table.axes[0][0] == "criterion"
            else ""
        )
        share = shown(step, table.name)
        if share is not None and table.name != "late":
            figures.shares[size, table.name + merged].append(share)


def naive_threshold(step: Step) -> ToldCells:
    """The same tables with nothing hidden but what is under the threshold."""
    assert isinstance(step.outcome, Protected)
    k = K[step.audience]
    told = ToldCells(step.audience, k, step.window)
    for table in step.tables:
        for cell in table.cells():
            count = _count(step.blocks, step, cell)
            if count >= k:
                told.visible[cell] = count
            else:
                told.hidden[cell] = Status.SMALL
    return told


def _count(blocks: dict, step: Step, cell: Cell) -> int:
    order = list(step.plan.population.structure.dimensions)
    wanted = {order.index(name): code.split("+") for name, code in cell.at}
    return sum(
        n
        for quarter in quarters_of(cell.window)
        if quarter in blocks
        for (codes, _who), n in blocks[quarter].counts.items()
        if all(codes[place] in some for place, some in wanted.items())
    )


def _recount(step: Step, figures: Figures) -> None:
    """Count the years that were published once more, as a naive tool does: differences tell who
    came late or left."""
    for window, (frozen, again) in step.recounted.items():
        for cell in (
            c for table in step.plan.tables("partenaires", window, 10**6) for c in table.cells()
        ):
            before, after = _count(frozen, step, cell), _count(again, step, cell)
            if min(before, after) >= 5:
                figures.recounted += 1
                figures.isolated += 0 < abs(before - after) < 5


def simulate(
    first: int, count: int, *, whole: bool, judged: float, seconds: float = float("inf")
) -> Figures:
    """Play so many sequences, or as many as the time allows."""
    figures, began = Figures(), time.monotonic()
    for shape in shapes(first, count, whole):
        run(shape, figures, judged=judged, naive=shape.records <= 150)
        if figures.sequences % 100 == 0:
            print(*figures.lines()[:4], *figures.verdict.unsafe[:20], sep="\n", flush=True)
        if time.monotonic() - began > seconds:
            break
    return figures
