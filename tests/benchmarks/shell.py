"""The window over a large collective: going from screen to screen, the palette, the lock, the memory it takes."""

import random
from pathlib import Path
from statistics import median

import psutil
from PySide6.QtCore import QCoreApplication

from desktop.base.paths import Home
from desktop.sample import fill
from desktop.ui.rail import LOWER, UPPER
from desktop.vault import Cost, Vault
from desktop.vault.search import titled
from tests.benchmarks.exchange import TODAY, WORDS, records_of
from tests.benchmarks.measure import quantile, say, seconds
from tests.window import settle, shown, type_into

ROUNDS = 4
FILTERS = {"palette_key": "", "palette_key_person": 'avec:"{person}" ', "palette_key_since": "depuis:2025-03-12 ",
           "palette_key_filtered": 'genre:action genre:reunion avec:"{person}" depuis:2024-05-07 avant:2090-08-09 '}
"""What is typed before the words, filters with the days that cost most."""


def measure(folder: Path, scale: int) -> None:
    """Says the figures over the sample at `scale`."""
    home = Home(folder / "shell")
    vault, _code = Vault.create(home, "x", cost=Cost.TEST)
    fill(vault, scale=scale, today=TODAY)
    records = vault.ask(records_of)
    vault.close()
    measure_vault(home, "x", records)


def measure_vault(home: Home, passphrase: str, records: int) -> None:
    """Says the figures over one profile."""
    vault = Vault(home)
    vault.unlock(passphrase)
    with shown(home, vault) as window:
        assert window.work is not None
        say("memory_of_the_first_screen", psutil.Process().memory_info().rss / (1 << 20), "MiB", records=records)
        times: list[float] = []
        first: dict[str, float] = {}
        for round_ in range(ROUNDS):
            for place in (*UPPER, *LOWER):
                taken = seconds(lambda name=place.name: (window.go(name), QCoreApplication.processEvents()))
                # The first visit makes the screen; the figure is for going back and forth.
                if round_:
                    times.append(1000 * taken)
                else:
                    first[place.name] = round(1000 * taken)
        say("first_visit", median(first.values()), "ms", worst=max(first.values()), each=first, records=records)
        say("switch_screen", median(times), "ms", p95=round(quantile(times, 0.95), 1), records=records)
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
                    keys.append(1000 * seconds(lambda letter=letter: (type_into(panel.field, letter),
                                                                     QCoreApplication.processEvents())))
            say(name, median(keys), "ms", p95=round(quantile(keys, 0.95), 1), records=records)
            panel.close_it()
        say("memory_of_every_screen", psutil.Process().memory_info().rss / (1 << 20), "MiB", records=records)
        window.go("meetings")
        settle()
        locks = []
        for _unused in range(5):
            locks.append(1000 * seconds(lambda: (window.lock(), QCoreApplication.processEvents())))
            vault.unlock(passphrase)
            window.show_right_page()
            settle()
        say("lock", median(locks), "ms", slowest=round(max(locks), 1), records=records)
    vault.close()
