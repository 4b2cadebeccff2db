"""`python -m tests.disclosure`: many sequences of releases, judged, and the figures.

CARNET_SEQUENCES (10,000), CARNET_SEQUENCES_WHOLE (200, of full size), CARNET_SEQUENCES_SEED (1),
CARNET_SEQUENCES_SECONDS for each of the two.
"""

import os
import sys

from tests.disclosure.runs import Figures, simulate


def _said(title: str, figures: Figures) -> int:
    print(title, *figures.lines(), *figures.verdict.unsafe[:20], sep="\n", flush=True)
    return len(figures.verdict.unsafe)


def main() -> int:
    def wanted(name: str, usual: float) -> float:
        return float(os.environ.get(f"CARNET_SEQUENCES{name}", usual))

    seed, seconds = int(wanted("_SEED", 1)), wanted("_SECONDS", float("inf"))
    small = simulate(seed, int(wanted("", 10_000)), whole=False, judged=1.0, seconds=seconds)
    bad = _said("Small, every release judged over the full cube:", small)
    whole = simulate(seed, int(wanted("_WHOLE", 200)), whole=True, judged=0.05, seconds=seconds)
    bad += _said(
        "Full size (8 criteria, 6 domains, 6 places; N 20 to 2,000), every claim verified:", whole)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
