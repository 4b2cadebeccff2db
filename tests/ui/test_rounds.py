"""Exchanges by themselves and by hand: when, what the strip says of each trouble, stopped by the lock and gone on with."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.queries.sync import SyncState, sync_state
from desktop.sync.engine import Round
from desktop.sync.schedule import REGULARLY, SETTLED
from desktop.sync.storage import StoreError, Trouble
from desktop.tasks import enrol, profiles
from desktop.ui.jobs import Jobs
from desktop.ui.rounds import Course, Rounds
from desktop.ui.sync.place import nextcloud_url
from desktop.ui.trust import sign_of
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.window import settle, shown

START = datetime(2026, 11, 23, 9, 0)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def founded(home: Home, tmp_path: Path) -> Iterator[Vault]:
    """A collective with a shared folder."""
    share = tmp_path / "partage"
    share.mkdir()
    made, _code = profiles.create_collective(home, PASSPHRASE, preset="maubeuge-val-de-sambre", name="Essai",
                                             person="Camille LEROY", store=share.as_uri(), cost=Cost.TEST)
    yield made
    made.close()


def _rounds(vault: Vault, jobs: Jobs, clock: Clock) -> Rounds:
    made = Rounds(lambda: vault, jobs, clock)
    vault.listen(jobs.heard)
    made.resume()
    return made


def test_it_exchanges_at_start_after_edits_and_regularly(qtbot: QtBot, founded: Vault) -> None:
    jobs, clock = Jobs(), Clock()
    rounds = _rounds(founded, jobs, clock)
    rounds.tick()
    qtbot.waitUntil(lambda: not rounds.course.running)
    assert founded.ask(sync_state).to_send == 0
    founded.do(create_action, "Écrire l’affiche")
    settle()
    rounds.tick()
    assert not rounds.course.running, "too soon after the edit"
    clock.now += SETTLED
    rounds.tick()
    assert rounds.course.running
    qtbot.waitUntil(lambda: not rounds.course.running)
    assert founded.ask(sync_state).to_send == 0
    clock.now += timedelta(seconds=60)
    rounds.tick()
    assert not rounds.course.running
    for _minute in range(int(REGULARLY.total_seconds() // 60)):
        clock.now += timedelta(seconds=60)
        if rounds.course.running:
            break
        rounds.tick()
    assert rounds.course.running
    qtbot.waitUntil(lambda: not rounds.course.running)
    jobs.close()


def test_after_a_sleep_it_exchanges_at_once(qtbot: QtBot, founded: Vault) -> None:
    jobs, clock = Jobs(), Clock()
    rounds = _rounds(founded, jobs, clock)
    rounds.tick()
    qtbot.waitUntil(lambda: not rounds.course.running)
    clock.now += timedelta(hours=8)
    rounds.tick()
    assert rounds.course.running
    qtbot.waitUntil(lambda: not rounds.course.running)
    jobs.close()


def test_a_folder_that_is_gone_is_said_and_found_again(qtbot: QtBot, founded: Vault, tmp_path: Path) -> None:
    jobs, clock = Jobs(), Clock()
    rounds = _rounds(founded, jobs, clock)
    (tmp_path / "partage").rename(tmp_path / "ailleurs")
    with qtbot.waitSignal(rounds.finished):
        rounds.exchange()
    assert rounds.course.trouble is Trouble.ABSENT
    sign = sign_of(founded.ask(sync_state), rounds.course)
    assert sign.words.startswith("Tout est enregistré ici · dossier partagé introuvable")
    (tmp_path / "ailleurs").rename(tmp_path / "partage")
    clock.now += timedelta(minutes=1)
    rounds.tick()
    assert rounds.course.running, "it tries again by itself"
    qtbot.waitUntil(lambda: not rounds.course.running)
    assert rounds.course.error is None
    jobs.close()


def test_the_lock_stops_a_round_and_unlocking_goes_on(qtbot: QtBot, founded: Vault, home: Home) -> None:
    with shown(home, founded) as window:
        assert window.rounds is not None
        window.rounds.exchange()
        window.lock()
        settle()
        rounds = window.rounds
        qtbot.waitUntil(lambda: not rounds.course.running)
        assert rounds.course.error is None
        founded.unlock(PASSPHRASE)
        window.show_right_page()
        outcome: list[object] = []
        rounds.finished.connect(outcome.append)
        rounds.exchange()
        qtbot.waitUntil(lambda: bool(outcome))
        assert isinstance(outcome[0], Round)
        assert founded.ask(sync_state).to_send == 0


STATES = (
    (Course(running=True, step="Envoi", done=3, whole=9), "Envoi 3\u202f/\u202f9"),
    (Course(error=StoreError(Trouble.OFFLINE, "x")), "pas de réseau"),
    (Course(error=StoreError(Trouble.PORTAL, "x")), "connexion à valider"),
    (Course(error=StoreError(Trouble.PASSWORD, "x")), "mot de passe"),
    (Course(error=StoreError(Trouble.OTHERS, "x")), "pas le bon dossier"),
    (Course(error=StoreError(Trouble.REMOVED, "x")), "retiré du collectif"),
    (Course(awaits_approval=True), "pas encore fait entrer"),
)


@pytest.mark.parametrize(("course", "words"), STATES)
def test_each_state_has_its_words(course: Course, words: str) -> None:
    state = SyncState("file:///x", 3, 1, START, 0, 0, 2)
    said = sign_of(state, course).words
    assert said.startswith("Tout est enregistré ici") and words in said


def test_what_was_refused_is_told() -> None:
    assert "2 paquets refusés" in sign_of(SyncState("file:///x", 0, 0, START, 0, 2, 2), Course()).words


@pytest.mark.parametrize(("address", "url"), (
    ("cloud.exemple.org", "https://cloud.exemple.org/remote.php/dav/files/c%40ville.fr/Carnet%20commun"),
    ("https://ville.fr/nuage/index.php/apps/files/?dir=/",
     "https://ville.fr/nuage/remote.php/dav/files/c%40ville.fr/Carnet%20commun"),
    ("https://cloud.exemple.org/remote.php/dav/files/x/y", "https://cloud.exemple.org/remote.php/dav/files/x/y"),
))
def test_the_address_that_the_browser_shows_is_enough(address: str, url: str) -> None:
    assert nextcloud_url(address, "c@ville.fr", "/Carnet commun/") == url


def test_a_second_device_waits_for_the_coordination(qtbot: QtBot, founded: Vault, tmp_path: Path) -> None:
    invitation = enrol.invite(founded, ["membre"])
    joined, _code, _words = profiles.join(Home(tmp_path / "deux"), PASSPHRASE, invitation, "Jo ANNE", Cost.TEST)
    jobs, clock = Jobs(), Clock()
    rounds = _rounds(joined, jobs, clock)
    with qtbot.waitSignal(rounds.finished):
        rounds.exchange()
    assert rounds.course.awaits_approval
    jobs.close()
    joined.close()
