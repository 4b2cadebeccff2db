"""Thirty laptops over five years: few edits a month each, rounds that fail now and then, clocks a
little wrong; snapshots."""

import tempfile
import time
from pathlib import Path
from random import Random

from tests.simulation.chance import determined
from tests.simulation.gestures import GESTURES
from tests.simulation.laptop import Laptop
from tests.simulation.oracle import settle
from tests.simulation.runs import MEMORY, Figures
from tests.simulation.weather import Weather
from tests.simulation.world import World

MONTH = 30 * 24 * 3600 * 1000
WORK = {"add": 2, "edit": 8, "tick": 5, "type": 4, "rub_out": 1, "delete": 1, "restore": 1,
        "choose": 1}


def five_years(seed: int, figures: Figures, laptops: int = 30, months: int = 60) -> str:
    """Play it; what it came to. AssertionError where something was lost."""
    began = time.monotonic()
    with (tempfile.TemporaryDirectory(prefix="carnet-years-", dir=MEMORY) as folder,
          determined(seed)):
        world = World(Path(folder), seed, laptops)
        rng = Random(f"years {seed}")
        try:
            for laptop in world.laptops:
                laptop.ahead = rng.randrange(-300_000, 300_000)
            slowest = max(_month(world, rng) for _number in range(months))
            settle(world)
            packages = sum(1 for _path in world.share.folder.glob("w/*/*/*.pkg"))
            size = sum(path.stat().st_size for path in world.share.folder.rglob("*")
                       if path.is_file())
            vault = world.laptops[0].home.database.stat().st_size
        except Exception as error:
            raise AssertionError(f"years, seed {seed}\n" + "\n".join(world.said[-200:])
                                 + f"\n{error}") from error
        finally:
            world.close()
            figures.count(world)
    return (f"{laptops} laptops, {months} months: {packages} packages, {size / 2**20:.1f} MiB on "
            f"the folder, {vault / 2**20:.1f} MiB a vault, slowest round {slowest:.2f} s, "
            f"{time.monotonic() - began:.0f} s in all")


def _month(world: World, rng: Random) -> float:
    """Everybody works a little, in any order; the slowest round."""
    slowest = 0.0
    if rng.random() < 0.5:
        world.step("snapshot", rng)
    turns = [laptop for laptop in world.laptops for _turn in range(rng.choice((0, 1, 1, 2)))]
    rng.shuffle(turns)
    for laptop in turns:
        world.book.ms += MONTH // max(len(turns), 1)
        for _number in range(rng.randrange(1, 4)):
            world.book.step += 1
            name = rng.choices(list(WORK), list(WORK.values()))[0]
            world.told[name] += 1
            world.say(f"{laptop.number} {name}: {GESTURES[name](world, laptop, rng)}")
        slowest = max(slowest, _exchange(world, laptop, rng))
    return slowest


def _exchange(world: World, laptop: Laptop, rng: Random) -> float:
    weather = Weather(world.share, laptop.number, rng, rng.choice((0.0, 0.0, 0.0, 0.05)))
    world.told["round"] += 1
    began = time.monotonic()
    world.say(f"{laptop.number} round: "
              f"{world.exchange(laptop, weather, thorough=rng.random() < 0.2)}")
    taken = time.monotonic() - began
    laptop.shut()
    return taken
