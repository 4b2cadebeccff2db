"""`python -m tests.simulation`: many runs, and the figures. CARNET_SIMULATE_RUNS, CARNET_SIMULATE_STEPS, CARNET_SIMULATE_SEED.

Then thirty laptops over five years, which `--years SEED [LAPTOPS MONTHS]` plays alone.
`--shrink SEED STEPS` finds the fewest steps of a seed that fails; `--only SEED STEPS N N...` plays some of them.
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


def main() -> int:
    # Refusals and lost packages are what is simulated.
    log.setLevel(logging.ERROR)
    if sys.argv[1:2] == ["--shrink"]:
        seed, steps = map(int, sys.argv[2:4])
        print("only", *(only := shrunk(seed, steps)))
        return played(seed, steps, only)
    if sys.argv[1:2] == ["--only"]:
        seed, steps, *only = map(int, sys.argv[2:])
        return played(seed, steps, only)
    if sys.argv[1:2] == ["--years"]:
        figures = Figures()
        print(five_years(int(sys.argv[2]), figures, *map(int, sys.argv[3:])), figures, sep="\n")
        return 0
    first = int(os.environ.get("CARNET_SIMULATE_SEED", "1"))
    runs = int(os.environ.get("CARNET_SIMULATE_RUNS", "100"))
    steps = int(os.environ.get("CARNET_SIMULATE_STEPS", "200"))
    figures, failed, began = Figures(), [], time.monotonic()
    for seed in range(first, first + runs):
        try:
            run(seed, steps, figures)
        except AssertionError as error:
            failed.append(seed)
            print(error, flush=True)
        if figures.runs % 20 == 0:
            print(f"seed {seed}, {time.monotonic() - began:.0f} s, failed: {failed}", flush=True)
    years = Figures()
    try:
        print(five_years(first, years))
    except AssertionError as error:
        failed.append(-first)
        print(error, flush=True)
    print(f"{figures}\nseeds {first} to {first + runs - 1}, {time.monotonic() - began:.0f} s, failed: {failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
