"""How long a publication takes, of a large year with twelve blocks behind it."""

import random
from datetime import date
from pathlib import Path

from desktop.base.paths import Home
from desktop.exchange.publication.files import files_of
from desktop.privacy.disclosure.counting import Counted
from desktop.privacy.disclosure.making import prepare
from desktop.privacy.disclosure.periods import closes_on, quarters_of
from desktop.privacy.disclosure.planning import Population
from desktop.privacy.disclosure.release import FrozenRelease, decode, encode
from desktop.queries.counted_records import counted_records
from desktop.queries.documents.publication import publication_of
from desktop.reports.observatory import draw
from desktop.sample import fill
from desktop.vault import Cost, Vault
from tests.benchmarks.measure import say, seconds

PASSPHRASE = "cerisier bleu du jardin"
YEARS = (2023, 2024, 2025, 2026)


def measure(folder: Path, records: int) -> None:
    """Quarters and years of three years, then the fourth, for partners and for the public."""
    vault, _code = Vault.create(Home(folder / "publication"), PASSPHRASE, cost=Cost.TEST)
    fill(vault, scale=1, today=date(2026, 11, 30))
    population, sample = vault.ask(counted_records)["observations"]
    vault.close()
    chance = random.Random(1)
    every = [
        _again(chance, chance.choice(sample), year) for year in YEARS for _each in range(records)
    ]
    past: list[FrozenRelease] = []
    for year in YEARS[:-1]:
        for window in (f"{year}-T1", f"{year}-T2", f"{year}-T3", f"{year}-T4", str(year)):
            _release(window, "partenaires", past, population, every)
        _release(str(year), "public", past, population, every)
    for window, audience in ((f"{YEARS[-1]}-T{n}", "partenaires") for n in range(1, 5)):
        say(
            "publication",
            _release(window, audience, past, population, every),
            "s",
            records=records,
            window=window,
        )
    for window, audience in (
        (str(YEARS[-1]), "partenaires"),
        (str(YEARS[-1]), "public"),
        ("2025-2026", "public"),
    ):
        took = _release(window, audience, past, population, every)
        say(
            "publication",
            took,
            "s",
            records=records,
            window=window,
            audience=audience,
            blocks=4 * len(YEARS),
        )
    last = publication_of(past[-1])
    say(
        "publication_files",
        seconds(lambda: (files_of(last, "Essai", "Essai"), draw(last, "Essai", "Essai"))),
        "s",
    )
    say("publication_read_again", seconds(lambda: decode(encode(past[-1]))), "s")


def _again(chance: random.Random, record: Counted, year: int) -> Counted:
    return Counted(
        chance.randbytes(16), f"{year}-T{chance.randint(1, 4)}", record.codes, record.organisation
    )


def _release(
    window: str,
    audience: str,
    past: list[FrozenRelease],
    population: Population,
    records: list[Counted],
) -> float:
    made: list[object] = []
    here = [record for record in records if record.quarter <= quarters_of(window)[-1]]
    took = seconds(
        lambda: made.append(
            prepare(window, audience, past, {"observations": (population, here)}, closes_on(window))
        )
    )
    if isinstance(made[0], FrozenRelease):
        past.append(made[0])
    return took
