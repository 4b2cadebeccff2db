"""The window over a large collective: going from screen to screen, the palette, the lock, the
memory it takes."""

import os
import random
import subprocess
import sys
from pathlib import Path
from statistics import median

import psutil
from PySide6.QtCore import QCoreApplication

from desktop.base.paths import Home
from desktop.ui.window.rail import LOWER, UPPER
from desktop.vault import Vault
from desktop.vault.search.index import titled
from tests.benchmarks.measure import peak_mib, quantile, say, seconds
from tests.window import settle, shown, type_into

PASSPHRASE = "x"
ROUNDS = 4
WORDS = ("logement", "entretien", "atelier", "discrimination emploi", "accueil gui", "quartier",
         "formation jeunes",
         "réunion", "plainte", "zygomatique", "école", "sante", "transport bus", "maison", "stage")
FILTERS = {"palette_key": "", "palette_key_person": 'avec:"{person}" ',
           "palette_key_since": "depuis:2025-03-12 ",
           "palette_key_filtered": 'type:action type:reunion avec:"{person}" depuis:2024-05-07 '
                                   'avant:2090-08-09 '}
"""What is typed before the words, filters with the days that cost most."""


def measure(home: Home, records: int) -> None:
    """Says the figures over a profile, from another process: what made the profile is not in its
    memory."""
    sys.stdout.flush()
    subprocess.run([sys.executable, "-m", "tests.benchmarks.shell", str(home.folder), str(records)],
                   env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, check=True)


def _held() -> float:
    return psutil.Process().memory_info().rss / (1 << 20)


def measure_here(home: Home, records: int) -> None:
    """The same in this process, which should have done nothing else."""
    vault = Vault(home)
    vault.unlock(PASSPHRASE)
    with shown(home, vault) as window:
        assert window.work is not None
        say("memory_of_the_first_screen", _held(), "MiB", peak=round(peak_mib(), 1),
            records=records)
        times: list[float] = []
        first: dict[str, float] = {}
        held: dict[str, float] = {}
        for round_ in range(ROUNDS):
            for place in (*UPPER, *LOWER):
                taken = seconds(
                    lambda name=place.name: (window.go(name), QCoreApplication.processEvents()))
                # The first visit makes the screen; the figure is for going back and forth.
                if round_:
                    times.append(1000 * taken)
                else:
                    first[place.name] = round(1000 * taken)
                    settle()
                    held[place.name] = round(_held(), 1)
            if not round_:
                say("memory_of_every_screen", _held(), "MiB", peak=round(peak_mib(), 1), after=held,
                    records=records)
        say("first_visit", median(first.values()), "ms", worst=max(first.values()), each=first,
            records=records)
        say("switch_screen", median(times), "ms", p95=round(quantile(times, 0.95), 1),
            records=records)
        panel = window.work.palette_panel
        person = vault.ask(titled, "fatima", "person", 1)[0].title
        for name, filters in FILTERS.items():
            panel.open()
            type_into(panel.field, filters.format(person=person))
            assert len(panel.filters) == filters.count(":"), panel.foot.text()
            rng = random.Random(7)
            keys = []
            for _unused in range(40):
                panel.field.clear()
                for letter in rng.choice(WORDS)[:8]:
                    keys.append(
                        1000 * seconds(lambda letter=letter: (type_into(panel.field, letter),
                                                             QCoreApplication.processEvents())))
            say(name, median(keys), "ms", p95=round(quantile(keys, 0.95), 1), records=records)
            panel.close_it()
        say("memory_after_the_palette", _held(), "MiB", peak=round(peak_mib(), 1), records=records)
        window.go("meetings")
        settle()
        locks = []
        for _unused in range(5):
            locks.append(1000 * seconds(lambda: (window.lock(), QCoreApplication.processEvents())))
            vault.unlock(PASSPHRASE)
            window.show_right_page()
            settle()
        say("lock", median(locks), "ms", slowest=round(max(locks), 1), records=records)
    vault.close()


if __name__ == "__main__":
    measure_here(Home(Path(sys.argv[1])), int(sys.argv[2]))
