"""`python -m tests.benchmarks [--quick] [NAME...]`: the figures of this computer, one line of JSON
each; of all, or of these."""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from desktop.base.paths import Home
from desktop.sample import fill
from desktop.vault import Cost, Vault
from tests.benchmarks import (
    actions,
    exchange,
    heart,
    identities,
    imports,
    internships,
    large,
    lists,
    merging,
    publication,
    rounds,
    shell,
    window,
)
from tests.benchmarks.measure import peak_mib, say


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes")
    parser.add_argument("names", nargs="*", metavar="NAME",
                        help=f"one of {', '.join(MEASURES)}; none: all of them")
    chosen = parser.parse_args()
    if strangers := set(chosen.names) - MEASURES.keys():
        parser.error(f"there is no benchmark {', '.join(sorted(strangers))}")
    with tempfile.TemporaryDirectory() as folder:
        for name, measure in MEASURES.items():
            if not chosen.names or name in chosen.names:
                measure(Path(folder), chosen.quick)
    say("peak_memory", peak_mib(), "MiB")


def _shell(folder: Path, quick: bool) -> None:
    home = Home(folder / "shell")
    shell.measure(home, _large(home, 5 if quick else 39))


def _large(home: Home, scale: int) -> int:
    """Fills a new profile with the sample; how many records it holds."""
    vault, _code = Vault.create(home, shell.PASSPHRASE, cost=Cost.TEST)
    fill(vault, scale=scale, today=exchange.TODAY)
    records = vault.ask(exchange.records_of)
    vault.close()
    return records


MEASURES: dict[str, Callable[[Path, bool], None]] = {
    "merging": lambda folder, quick: merging.measure(folder, 30_000 if quick else 100_000),
    "exchange": lambda folder, quick: exchange.measure(folder, 10_000 if quick else 100_000),
    "large": lambda folder, quick: large.measure(folder, 20_000 if quick else 300_000),
    "rounds": lambda folder, quick: rounds.measure(folder),
    "heart": lambda folder, quick: heart.measure(folder, 3 if quick else 20),
    "publication": lambda folder, quick: publication.measure(folder, 300 if quick else 2_000),
    "actions": lambda folder, quick: actions.measure(folder, 1_000 if quick else 5_000),
    "window": lambda folder, quick: window.measure(folder),
    "identities": lambda folder, quick: identities.measure(quick),
    "internships": lambda folder, quick: internships.measure(folder, 1_000 if quick else 5_000),
    "imports": lambda folder, quick: imports.measure(folder / "imports"),
    "lists": lambda folder, quick: lists.measure(folder, 10_000 if quick else 100_000),
    "shell": _shell,
}


if __name__ == "__main__":
    main()
