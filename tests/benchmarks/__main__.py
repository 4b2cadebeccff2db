"""`python -m tests.benchmarks [--quick]`: the figures of this computer, one line of JSON each."""

import argparse
import tempfile
from pathlib import Path

from desktop.base.paths import Home
from desktop.sample import fill
from desktop.vault import Cost, Vault
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
        home = Home(Path(folder) / "shell")
        shell.measure(home, _large(home, 5 if quick else 39))
    say("peak_memory", peak_mib(), "MiB")


def _large(home: Home, scale: int) -> int:
    """Fills a new profile with the sample; how many records it holds."""
    vault, _code = Vault.create(home, shell.PASSPHRASE, cost=Cost.TEST)
    fill(vault, scale=scale, today=exchange.TODAY)
    records = vault.ask(exchange.records_of)
    vault.close()
    return records


if __name__ == "__main__":
    main()
