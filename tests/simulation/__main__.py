"""`python -m tests.simulation`: many runs, and the figures. CARNET_SIMULATE_RUNS,
CARNET_SIMULATE_STEPS, CARNET_SIMULATE_SEED.

Then thirty laptops over five years, which `--years SEED [LAPTOPS MONTHS]` plays alone. `--shrink
SEED STEPS` finds the fewest steps of a seed that fails; `--only SEED STEPS N N...` plays some of
them.
"""

import logging
import os
import sys
import time

from desktop.base.log import log
from tests.simulation.runs import Figures, run, shrunk
from tests.simulation.years import five_years


def played(seed: int, steps: int, only: list[int]) -> int:
    """Play some steps of a seed, and say what came of it."""
    try:
        print("\n".join(run(seed, steps, only=only).said))
    except AssertionError as error:
        print(error)
        return 1
    return 0


def simulate(first: int, runs: int, steps: int) -> int:
    """Many seeds, then the five years; what came of them."""
    figures, failed, began = Figures(), list[str](), time.monotonic()
    for seed in range(first, first + runs):
        try:
            run(seed, steps, figures)
        except AssertionError as error:
            failed.append(str(seed))
            print(error, flush=True)
        if figures.runs % 20 == 0:
            print(f"seed {seed}, {time.monotonic() - began:.0f} s, failed: {failed}", flush=True)
    print(f"{figures}\nseeds {first} to {first + runs - 1}, {time.monotonic() - began:.0f} s, "
          f"failed: {failed}", flush=True)
    return max(years(first), int(bool(failed)))


def years(seed: int, *size: int) -> int:
    """Thirty laptops over five years, or so many over so many months."""
    figures = Figures()
    try:
        print(five_years(seed, figures, *size), figures, sep="\n")
    except AssertionError as error:
        print(error)
        return 1
    return 0


def main() -> int:
    # Refusals and lost packages are what is simulated.
    log.setLevel(logging.ERROR)
    match sys.argv[1:]:
        case ["--shrink", seed, steps]:
            print("only", *(only := shrunk(int(seed), int(steps))))
            return played(int(seed), int(steps), only)
        case ["--only", seed, steps, *only]:
            return played(int(seed), int(steps), list(map(int, only)))
        case ["--years", seed, *size]:
            return years(int(seed), *map(int, size))
    wanted = {"SEED": 1, "RUNS": 100, "STEPS": 200}
    return simulate(
        *(int(os.environ.get(f"CARNET_SIMULATE_{name}", usual)) for name, usual in wanted.items()))


if __name__ == "__main__":
    sys.exit(main())
