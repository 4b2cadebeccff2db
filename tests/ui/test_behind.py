"""An exchange that reads behind the window: the screen that is shown keeps still until its end, and
gestures show at once."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.commands.actions import create_action
from desktop.commands.records import add_record
from desktop.queries.resources import resources_of
from desktop.ui.actions.workspace import ActionsWorkspace
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.records.whereabouts import Where
from desktop.ui.sync.workspace import SyncWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.sync.laptops import Laptops
from tests.window import settle, shown


class Midway:
    """Holds an exchange after the first transaction in which it merged something, until `go_on`."""

    def __init__(self, vault: Vault) -> None:
        self.reached, self._going = threading.Event(), threading.Event()
        self._window = threading.get_ident()
        vault.listen(self._hold)

    def _hold(self, areas: frozenset[str]) -> None:
        if "resources" in areas and threading.get_ident() != self._window:
            self.reached.set()
            assert self._going.wait(20)

    def go_on(self) -> None:
        self._going.set()


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Vault]:
    """A computer that has still to read a resource and an action of the founder."""
    laptops = Laptops(tmp_path)
    joined = laptops.join("second")
    for vault in (laptops.founder, joined, laptops.founder):
        laptops.sync(vault)
    laptops.founder.do(add_record, "resource", {"title": "Malle de jeux", "kind": "outil"})
    laptops.founder.do(create_action, "Écrire l’affiche")
    laptops.sync(laptops.founder)
    yield joined
    laptops.close()


def _titles(window: MainWindow) -> list[str]:
    screen = window.current
    assert isinstance(screen, RegistersWorkspace)
    rows = screen.register.table.rows
    return [getattr(rows.row_at(rows.index(number, 0)), "title", "")
            for number in range(rows.rowCount())]


def _begin(window: MainWindow, qtbot: QtBot, midway: Midway) -> None:
    assert window.rounds is not None
    window.rounds.exchange()
    qtbot.waitUntil(midway.reached.is_set)
    settle()


def _end(window: MainWindow, qtbot: QtBot, midway: Midway) -> None:
    rounds = window.rounds
    assert rounds is not None
    with qtbot.waitSignal(rounds.finished):
        midway.go_on()
    settle()


def test_the_shown_screen_keeps_still_until_the_end(qtbot: QtBot, second: Vault) -> None:
    with shown(second.home, second) as window:
        window.go("resources")
        settle()
        midway = Midway(second)
        _begin(window, qtbot, midway)
        assert [row.title for row in second.ask(resources_of, date.today())] == ["Malle de jeux"]
        assert _titles(window) == []
        _end(window, qtbot, midway)
        assert _titles(window) == ["Malle de jeux"]


def test_an_own_gesture_shows_at_once_and_brings_nothing_else(qtbot: QtBot, second: Vault) -> None:
    with shown(second.home, second) as window:
        window.go("resources")
        settle()
        midway = Midway(second)
        _begin(window, qtbot, midway)
        second.do(create_action, "Relancer la mairie")
        settle()
        assert _titles(window) == [], "a gesture in another area refreshes nothing here"
        second.do(add_record, "resource", {"title": "Salle des fêtes", "kind": "lieu"})
        settle()
        assert "Salle des fêtes" in _titles(window)
        _end(window, qtbot, midway)
        assert sorted(_titles(window)) == ["Malle de jeux", "Salle des fêtes"]


def test_a_screen_opened_meanwhile_shows_what_is_there(qtbot: QtBot, second: Vault) -> None:
    with shown(second.home, second) as window:
        for name in ("resources", "help"):
            window.go(name)
            settle()
        midway = Midway(second)
        _begin(window, qtbot, midway)
        window.go("resources")
        settle()
        assert _titles(window) == ["Malle de jeux"]
        _end(window, qtbot, midway)
        assert _titles(window) == ["Malle de jeux"]


def test_the_screen_of_synchronisation_says_how_far_it_is_and_keeps_the_rest(qtbot: QtBot,
                                                                             second: Vault) -> None:
    with shown(second.home, second) as window:
        window.go("sync")
        settle()
        screen = window.current
        assert isinstance(screen, SyncWorkspace)
        before = [made for made in screen.findChildren(QLabel) if made.isVisible()]
        midway = Midway(second)
        _begin(window, qtbot, midway)
        assert (screen.running.isVisible()
                and screen.progress.toolTip() == "Réception 1\u202f/\u202f1")
        assert all(made.isVisible()
                   for made in before), "whoever is about to press a button keeps it under the hand"
        _end(window, qtbot, midway)
        assert not screen.running.isVisible()


def test_where_a_record_is_is_said_anew_at_the_end_of_an_exchange_that_nobody_asked_for(
    qtbot: QtBot, second: Vault) -> None:
    made = second.do(create_action, "Relancer la mairie")
    with shown(second.home, second) as window:
        window.go("actions", made)
        settle()
        screen, rounds = window.current, window.rounds
        assert isinstance(screen, ActionsWorkspace) and rounds is not None
        (where,) = screen.register.detail.findChildren(Where)
        assert where.text() == "À envoyer"
        rounds.send_last()
        qtbot.waitUntil(lambda: where.text() == "Envoyé, personne ne l’a encore reçu")
