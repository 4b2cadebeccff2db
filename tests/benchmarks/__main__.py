"""`python -m tests.benchmarks [--quick]`: the figures of this computer, one line of JSON each."""

import argparse
import tempfile
from pathlib import Path

from tests.benchmarks import exchange, large, merging, rounds, shell, window
from tests.benchmarks.measure import peak_mib, say


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as folder:
        merging.measure(Path(folder), 30_000 if quick else 100_000)
        exchange.measure(Path(folder), 10_000 if quick else 100_000)
        large.measure(Path(folder), 20_000 if quick else 300_000)
        rounds.measure(Path(folder), 3 if quick else 20)
        window.measure(Path(folder))
        shell.measure(Path(folder), 5 if quick else 48)
    say("peak_memory", peak_mib(), "MiB")


if __name__ == "__main__":
    main()
