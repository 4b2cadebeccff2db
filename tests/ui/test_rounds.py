"""Exchanges by themselves and by hand: when, what the strip says of each trouble, stopped by the
lock and gone on with."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.queries.sync import CLOCKS, SyncState, sync_state
from desktop.sync.rounds.engine import Round
from desktop.sync.rounds.schedule import REGULARLY, SETTLED
from desktop.sync.stores.storage import StoreError, StoreProblem
from desktop.sync.trust.alarms import FORK, OMISSION, ROLLBACK, acknowledge, raise_alarm
from desktop.tasks import enrol, profiles
from desktop.tasks.place import nextcloud_url
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.screen.exchange_words import sign_of
from desktop.ui.screen.rounds import Course, Rounds
from desktop.ui.sync.alarms import WORDS
from desktop.ui.sync.workspace import SyncWorkspace
from desktop.ui.window.network import DISCONNECTED, Network
from desktop.vault import Cost, Vault
from desktop.vault.identity import write_value
from tests.conftest import PASSPHRASE
from tests.day import TODAY
from tests.stories.hands import plain
from tests.window import press, settle, shown

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
    made, _code = profiles.create_collective(home, PASSPHRASE, preset="maubeuge-val-de-sambre",
                                             name="Essai",
                                             person="Camille LEROY", store=share.as_uri(),
                                             cost=Cost.TEST)
    yield made
    made.close()


def _rounds(vault: Vault, jobs: Jobs, clock: Clock) -> Rounds:
    made = Rounds(lambda: vault, jobs, clock)
    vault.listen(jobs.on_vault_changed)
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


def test_a_folder_that_is_gone_is_said_and_found_again(qtbot: QtBot, founded: Vault,
                                                       tmp_path: Path) -> None:
    jobs, clock = Jobs(), Clock()
    rounds = _rounds(founded, jobs, clock)
    (tmp_path / "partage").rename(tmp_path / "ailleurs")
    with qtbot.waitSignal(rounds.finished):
        rounds.exchange()
    assert rounds.course.store_problem is StoreProblem.ABSENT
    sign = sign_of(founded.ask(sync_state), rounds.course, TODAY)
    assert sign.words.startswith("Tout est enregistré ici · dossier partagé introuvable")
    (tmp_path / "ailleurs").rename(tmp_path / "partage")
    clock.now += timedelta(minutes=1)
    rounds.tick()
    assert rounds.course.running, "it tries again by itself"
    qtbot.waitUntil(lambda: not rounds.course.running)
    assert rounds.course.error is None
    jobs.close()


def test_the_lock_stops_a_round_and_unlocking_goes_on(qtbot: QtBot, founded: Vault,
                                                      home: Home) -> None:
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
    (Course(error=StoreError(StoreProblem.OFFLINE, "x")), "pas de réseau"),
    (Course(error=StoreError(StoreProblem.PORTAL, "x")), "connexion à valider"),
    (Course(error=StoreError(StoreProblem.PASSWORD, "x")), "mot de passe"),
    (Course(error=StoreError(StoreProblem.OTHERS, "x")), "pas le bon dossier"),
    (Course(error=StoreError(StoreProblem.REMOVED, "x")), "retiré du collectif"),
    (Course(awaits_approval=True), "pas encore fait entrer"),
)


@pytest.mark.parametrize(("course", "words"), STATES)
def test_each_state_has_its_words(course: Course, words: str) -> None:
    state = SyncState("file:///x", 3, 1, START, 0, 0, 2)
    said = sign_of(state, course, TODAY).words
    assert said.startswith("Tout est enregistré ici") and words in said


CALM = SyncState("file:///x", 0, 0, START, 0, 0, 2)


def test_what_was_refused_is_told() -> None:
    assert "2 paquets refusés" in sign_of(SyncState("file:///x", 0, 0, START, 0, 2, 2),
                                          Course(), TODAY).words


@pytest.mark.parametrize(("kinds", "words"), (
    ((ROLLBACK,), "à regarder : le dossier partagé montre moins qu’avant"),
    ((OMISSION, FORK), "à regarder : le dossier partagé cache quelque chose (+1)"),
    ((FORK,), "deux copies d’un ordinateur"),
))
def test_alarms_are_told_in_few_words(kinds: tuple[str, ...], words: str) -> None:
    sign = sign_of(replace(CALM, alarms=kinds, refused=2, ahead=900.0), Course(), TODAY)
    assert (plain(sign.words).startswith("Tout est enregistré ici · ")
            and words in plain(sign.words)
            and sign.tone == "warn")


def test_every_alarm_has_its_few_words() -> None:
    said = {kind: sign_of(replace(CALM, alarms=(kind,)), Course(), TODAY).words for kind in WORDS}
    assert (len(set(said.values())) == len(WORDS)
            and all("à regarder" in words for words in said.values()))


@pytest.mark.parametrize(("ahead", "words"), (
    (721.0, "avance de 12 min sur celle du serveur"), (-130.0, "retarde de 2 min"),
    (3 * 3600.0, "avance de 3 heures"),
    (86_400.0 * 400, "avance de 400 jours"),
))
def test_a_wrong_clock_is_told(ahead: float, words: str) -> None:
    sign = sign_of(replace(CALM, ahead=ahead), Course(), TODAY)
    assert (f"l’horloge de cet ordinateur {words}" in sign.words and sign.tone == "warn"
            and "dernier échange" in sign.words)
    assert "horloge" not in sign_of(replace(CALM, ahead=119.0), Course(), TODAY).words


def test_the_strip_leads_to_what_is_to_be_looked_at(qtbot: QtBot, founded: Vault,
                                                    home: Home) -> None:
    founded.do(raise_alarm, ROLLBACK, START)
    with shown(home, founded) as window:
        assert window.work is not None
        strip = window.work.trust
        qtbot.waitUntil(lambda: strip.look_button.accessibleName() == "À regarder")
        strip.look_button.setFocus()
        press(strip.look_button, Qt.Key.Key_Space)
        screen = window.current
        assert isinstance(screen, SyncWorkspace) and screen.alarms.isVisible()
        settle()
        founded.do(acknowledge, ROLLBACK)
        strip.refresh()
        assert (strip.look_button.accessibleName() == "Ce qui attend"
                and "regarder" not in strip.words.toolTip())


def test_a_clock_that_is_off_is_on_the_screen_with_what_to_do(qtbot: QtBot, founded: Vault,
                                                              home: Home) -> None:
    url = founded.ask(sync_state).store or ""
    with shown(home, founded) as window:
        window.desk.rounds.pause()
        qtbot.waitUntil(lambda: not window.desk.rounds.course.running)
        founded.do(write_value, CLOCKS, json.dumps({url: 725.0}).encode())
        window.go("sync")
        settle()
        said = plain(
            " ".join(made.text() for made in window.findChildren(QLabel) if made.isVisible()))
        assert ("L’horloge de cet ordinateur avance de 12 min" in said
                and "Réglez la date et l’heure" in said)


def test_it_exchanges_soon_after_the_network_came_back(qtbot: QtBot, founded: Vault,
                                                       tmp_path: Path) -> None:
    jobs, clock = Jobs(), Clock()
    rounds, network = _rounds(founded, jobs, clock), Network()
    network.came_back.connect(rounds.network_came_back)
    (tmp_path / "partage").rename(tmp_path / "ailleurs")
    for _failure in range(6):
        with qtbot.waitSignal(rounds.finished):
            rounds.exchange()
    (tmp_path / "ailleurs").rename(tmp_path / "partage")
    clock.now += timedelta(seconds=60)
    rounds.tick()
    assert not rounds.course.running, "after six failures it waits for longer"
    network.note(DISCONNECTED)
    network.note(4)
    clock.now += timedelta(seconds=6)
    rounds.tick()
    assert rounds.course.running
    qtbot.waitUntil(lambda: not rounds.course.running)
    assert rounds.course.error is None
    jobs.close()


def test_only_more_than_before_is_a_return(qtbot: QtBot) -> None:
    network = Network()
    heard: list[None] = []
    network.came_back.connect(lambda: heard.append(None))
    for reach, count in ((DISCONNECTED, 0), (2, 1), (4, 2), (4, 2), (0, 2), (4, 2), (3, 2),
                         (DISCONNECTED, 2), (0, 3)):
        network.note(reach)
        assert len(heard) == count, (reach, count)


@pytest.mark.parametrize(("address", "url"), (
    ("cloud.exemple.org",
     "https://cloud.exemple.org/remote.php/dav/files/c%40ville.fr/Carnet%20commun"),
    ("https://ville.fr/nuage/index.php/apps/files/?dir=/",
     "https://ville.fr/nuage/remote.php/dav/files/c%40ville.fr/Carnet%20commun"),
    ("https://cloud.exemple.org/remote.php/dav/files/x/y",
     "https://cloud.exemple.org/remote.php/dav/files/x/y"),
))
def test_the_address_that_the_browser_shows_is_enough(address: str, url: str) -> None:
    assert nextcloud_url(address, "c@ville.fr", "/Carnet commun/") == url


def test_a_second_device_waits_for_the_coordination(qtbot: QtBot, founded: Vault,
                                                    tmp_path: Path) -> None:
    invitation = enrol.invite(founded, ["membre"])
    joined, _code, _words = profiles.join(Home(tmp_path / "deux"), PASSPHRASE, invitation,
                                          "Jo ANNE", Cost.TEST)
    jobs, clock = Jobs(), Clock()
    rounds = _rounds(joined, jobs, clock)
    with qtbot.waitSignal(rounds.finished):
        rounds.exchange()
    assert rounds.course.awaits_approval
    jobs.close()
    joined.close()


def test_nothing_is_counted_before_a_folder_is_chosen() -> None:
    words = sign_of(SyncState(None, 259, 0, None, 0, 0, 0), Course(), TODAY).words
    assert words.endswith("aucun dossier partagé choisi") and "259" not in words
