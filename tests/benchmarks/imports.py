"""A list of 5,000 people taken into the directory: read, imported, stopped half-way, imported again
without doubles."""

import time
from pathlib import Path
from statistics import median

from desktop.base.errors import StoppedError
from desktop.base.paths import Home
from desktop.exchange.directory import NEW, SAME, import_text, plan_import
from desktop.queries.directory import people_of
from desktop.tasks import profiles
from desktop.vault import Cost
from tests.benchmarks.measure import RUNS, say

PEOPLE = 5_000
LONGEST = 5.0
"""Seconds that an import of so many people may take."""


def table(people: int) -> str:
    """A list as an office writes it: a structure for a dozen people, every tenth in the plenary."""
    return "Nom;Prénom;Structure;Fonction;Courriel;Groupe\n" + "".join(
        f"Nom{n};Prénom{n % 97};Structure "
        f"{n % 400};Agent;p{n}@exemple.org;{'Plénière du collectif' if n % 10 == 0 else ''}\n"
        for n in range(people))


def measure(folder: Path) -> None:
    """Print what an import takes; ends with an error where it is too long or leaves doubles."""
    text, taken = table(PEOPLE), []
    for run in range(RUNS):
        vault, _code = profiles.create_collective(Home(folder / str(run)),
                                                  "cerisier bleu du jardin", name="Essai",
                                                  preset="maubeuge-val-de-sambre",
                                                  person="Zoé LEFÈVRE", cost=Cost.TEST)
        before = len(vault.ask(people_of))
        steps: list[int] = []
        try:
            vault.do(import_text, text, False, None,
                     lambda done, _whole, seen=steps: seen.append(done),
                     lambda seen=steps: len(seen) > 4)
        except StoppedError:
            assert len(vault.ask(people_of)) == before, "a stopped import left people behind"
        start = time.perf_counter()
        vault.do(import_text, text)
        taken.append(time.perf_counter() - start)
        again = vault.ask(plan_import, text)
        assert again.count(NEW) == 0 and again.count(
            SAME) == PEOPLE, "imported twice, people would be doubled"
        vault.do(import_text, text)
        assert len(vault.ask(people_of)) == before + PEOPLE
        vault.close()
    say(f"import_of_{PEOPLE}_people", median(taken), "s", longest=round(max(taken), 3))
    assert median(taken) <= LONGEST, f"an import took {median(taken):.1f} s"
