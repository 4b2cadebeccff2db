"""One run: a world of a seed, so many steps, then all must hold; what failed is told so that it can
be played again."""

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.simulation.chance import determined
from tests.simulation.gestures import OFTEN
from tests.simulation.oracle import settle
from tests.simulation.world import HAPPENINGS, World

MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
"""Where a file costs no disk."""
EVERY = OFTEN | HAPPENINGS


@dataclass
class Figures:
    """What was done in all."""

    runs: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    edits: int = 0
    typed: int = 0
    laptops: int = 0
    snapshots: int = 0
    let_go: int = 0

    def count(self, world: World) -> None:
        """One more run is over."""
        self.runs += 1
        self.steps += world.told
        self.faults += world.share.injected
        self.edits += sum(map(len, world.book.edits.values()))
        self.typed += len(world.book.typed)
        self.laptops += len(world.laptops)
        self.snapshots += world.snapshots
        self.let_go += world.share.let_go

    def __str__(self) -> str:
        return (f"{self.runs} runs, {self.laptops} laptops, {self.steps.total()} steps, "
                f"{self.edits} edits, {self.typed} characters typed, {self.faults.total()} faults, "
                f"{self.snapshots} snapshots, {self.let_go} packages let go\n"
                f"steps: {dict(self.steps.most_common())}\nfaults: "
                f"{dict(self.faults.most_common())}")


def run(seed: int, steps: int, figures: Figures | None = None,
        only: list[int] | None = None) -> World:
    """Play a seed. `only`: these steps alone, which draw what they would have drawn among the
    others.

    The world that comes back is closed. AssertionError tells the seed and the steps.
    """
    with tempfile.TemporaryDirectory(prefix="carnet-simulation-", dir=MEMORY) as folder, \
            determined(seed):
        world = World(Path(folder), seed, Random(f"laptops {seed}").randrange(2, 6))
        try:
            for number in only if only is not None else range(steps):
                rng = Random(f"{seed} {number}")
                world.book.step = number
                world.step(rng.choices(list(EVERY), list(EVERY.values()))[0], rng)
            settle(world)
        except Exception as error:
            raise AssertionError(f"seed {seed}, {steps} steps\n" + "\n".join(world.said)
                                 + f"\n{error}") from error
        finally:
            world.close()
            if figures is not None:
                figures.count(world)
    return world


def shrunk(seed: int, steps: int, only: list[int] | None = None) -> list[int]:
    """The fewest steps of a failing seed that still fail, as far as leaving some out tells."""
    kept = list(range(steps)) if only is None else only
    size = len(kept) // 2
    while size:
        start = 0
        while start < len(kept):
            fewer = kept[:start] + kept[start + size:]
            if _fails(seed, steps, fewer):
                kept = fewer
            else:
                start += size
        size //= 2
    return kept


def _fails(seed: int, steps: int, only: list[int]) -> bool:
    try:
        run(seed, steps, only=only)
    except AssertionError:
        return True
    return False
