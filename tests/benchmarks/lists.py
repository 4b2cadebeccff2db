"""Every list of a large collective: how long it takes to open, to scroll by a page, and to take in
a letter that is sought."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from sqlalchemy.orm import Session

from desktop.base.paths import Home
from desktop.commands.collective import found_records
from desktop.commands.records import add_records
from desktop.models.actions import Action, Dispositif
from desktop.models.choices import codes_of
from desktop.models.directory import Organisation, Person
from desktop.models.internships import InternshipApplication, InternshipOffer, InternshipRequest
from desktop.models.meetings import Meeting
from desktop.models.referrals import Referral
from desktop.models.reminders import Reminder
from desktop.models.resources import Resource
from desktop.models.trainings import Training
from desktop.privacy.case_codes import make_case_code
from desktop.ui.records.register import Register
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Cost, Vault
from tests.benchmarks.measure import quantile, say, seconds
from tests.window import settle, shown, type_into

PASSPHRASE = "cerisier bleu du jardin"
TODAY = date(2026, 11, 2)
SHARES = {"action": 0.2, "person": 0.2, "referral": 0.1, "internship_offer": 0.08,
          "internship_request": 0.08,
          "internship_application": 0.12, "resource": 0.08, "meeting": 0.04, "organisation": 0.03,
          "reminder": 0.05,
          "dispositif": 0.015, "training": 0.005}
"""The share of each kind among all records."""
SCREENS = ("actions", "directory", "meetings", "referrals", "internships", "resources", "trainings",
           "charter", "plan",
           "places")
WORDS = ("former", "accueil", "école", "logement", "stage", "quartier", "récit", "santé",
         "bailleur", "bus", "emploi")
OPENED, SCROLLED = 6, 30
Row = tuple[type[Any], dict[str, Any]]


def measure(folder: Path, count: int) -> None:
    """Fill a vault with so many records, and measure its lists in another process, which holds
    nothing else."""
    home = Home(folder / "lists")
    vault, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    vault.do(found_records, "maubeuge-val-de-sambre", "Mesures")
    vault.do(_fill, count)
    vault.do(_searches, count)
    vault.close()
    sys.stdout.flush()
    subprocess.run([sys.executable, "-m", "tests.benchmarks.lists", str(home.folder), str(count)],
                   env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, check=True)


def measure_here(home: Home, count: int) -> None:
    """Say the figures of each list."""
    vault = Vault(home)
    vault.unlock(PASSPHRASE)
    with shown(home, vault) as window:
        for screen in SCREENS:
            window.go(screen)
            settle()
            for number in range(len(getattr(window.current, "registers", [None]))):
                _measure_list(window, screen, number, count)
    vault.close()


def _measure_list(window: MainWindow, screen: str, number: int, count: int) -> None:
    def open_again() -> None:
        window.go(screen)
        QCoreApplication.processEvents()

    opened = []
    window.go(screen)
    if hasattr(window.current, "registers"):
        window.current.show_tab(number)
    settle()
    for _each in range(OPENED):
        window.go("help")
        settle()
        assert window.work is not None
        # News came meanwhile: the list is asked for again.
        window.work.screens[screen].stale = True
        opened.append(1000 * seconds(open_again))
        settle()
    register = getattr(window.current, "register", None)
    if not isinstance(register, Register):
        say(f"open_{screen}", quantile(opened, 0.5), "ms", p95=round(quantile(opened, 0.95), 1),
            records=count)
        return
    table, bar = register.table, register.table.verticalScrollBar()
    frames = []
    for step in range(SCROLLED):
        def frame(step: int = step) -> None:
            bar.setValue((step + 1) * bar.pageStep())
            table.viewport().repaint()
        frames.append(1000 * seconds(frame))
    keys = []
    rng = random.Random(3)
    for _each in range(4):
        for letter in rng.choice(WORDS)[:5]:
            keys.append(1000 * seconds(lambda letter=letter: (
                type_into(register.search, letter), QCoreApplication.processEvents())))
        register.search.clear()
        settle()
    say(f"list_{screen}_{register.plan.kind}", quantile(opened, 0.5), "ms",
        p95=round(quantile(opened, 0.95), 1),
        scroll_p95=round(quantile(frames, 0.95), 1), filter=round(quantile(keys, 0.5), 1),
        filter_p95=round(quantile(keys, 0.95), 1), rows=table.model().rowCount(), records=count)


# What there is to list

def _fill(session: Session, count: int) -> None:
    chance = random.Random(7)
    many = {kind: round(count * share) for kind, share in SHARES.items()}

    def text(words: int) -> str:
        return " ".join(chance.choices(WORDS, k=words)).capitalize()

    def day() -> str:
        return (TODAY + timedelta(days=chance.randint(-400, 300))).isoformat()

    organisations = add_records(session,
                                [(Organisation,
                                  {"name": f"{text(2)} {n}", "college": "association"})
                                 for n in range(many["organisation"])])
    people = add_records(session,
                         [(Person, {"family_name": f"NOM{n}", "given_name": f"Prénom{n % 97}",
                                    "function": text(2),
                                    "organisation_id": chance.choice(organisations)})
                          for n in range(many["person"])])
    actions = add_records(session, [(Action, {
        "title": f"{text(5)} {n}", "description": text(14),
        "state": chance.choice(("en_cours", "proposee", "faite")),
        "owner_id": chance.choice(people), "owner_organisation_id": chance.choice(organisations),
        "due_on": day()})
        for n in range(many["action"])])
    add_records(session, list(_others(chance, many, organisations, actions, text, day)))


def _others(chance: random.Random, many: dict[str, int], organisations: list[Any],
            actions: list[Any], text: Any, day: Any
            ) -> Iterator[Row]:
    for n in range(many["meeting"]):
        yield Meeting, {"title": f"{text(4)} {n}", "kind": "pleniere", "state": "convoquee",
                        "starts_at": f"{day()}T14:00"}
    for _n in range(many["reminder"]):
        yield Reminder, {"organisation_id": chance.choice(organisations), "on": "2026-10-02",
                         "how": "message",
                         "about": ["retard"], "action_ids": [str(chance.choice(actions))]}
    for n in range(many["dispositif"]):
        yield Dispositif, {"name": f"{text(2)} {n}", "holder": text(2)}
    for n in range(many["training"]):
        yield Training, {"title": f"{text(3)} {n}"}
    for n in range(many["resource"]):
        yield Resource, {"title": f"{text(4)} {n}", "kind": "outil",
                         "organisation_id": chance.choice(organisations)}
    for _n in range(many["referral"]):
        yield Referral, {"case_code": make_case_code(chance), "kind": "ccas",
                         "organisation_id": chance.choice(organisations),
                         "state": chance.choice(("proposee", "en_cours", "close")),
                         "opened_month": "2026-03",
                         "closed_month": "2026-05", "result": "abouti", "outcome": text(3)}
    wanted = {"domain": "commerce", "level": "troisieme"}
    for _n in range(many["internship_offer"]):
        yield InternshipOffer, wanted | {
            "organisation_id": chance.choice(organisations), "places": 2, "starts_on": "2026-12-14",
            "ends_on": "2026-12-18",
            "domain": chance.choice(codes_of("internship_sector")), "description": text(4)}


def _searches(session: Session, count: int) -> None:
    chance = random.Random(8)
    searches = add_records(session, [(InternshipRequest, {
        "code": make_case_code(chance), "month": "2026-10", "domain": "commerce",
        "level": "troisieme"})
        for _each in range(round(count * SHARES["internship_request"]))])
    add_records(session, [(InternshipApplication, {
        "request_id": chance.choice(searches), "month": "2026-10", "answer": "refusee"})
        for _each in range(round(count * SHARES["internship_application"]))])


if __name__ == "__main__":
    measure_here(Home(Path(sys.argv[1])), int(sys.argv[2]))
