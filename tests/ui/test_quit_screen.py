"""Quitting with something to send: one more exchange, shown, five seconds at most, and nothing is
lost when it is cut."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.queries.sync import sync_state, waits_to_leave
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.storage import Credentials, StoreError, StoreProblem
from desktop.sync.stores.store_errors import password_refused
from desktop.sync.trust import state
from desktop.tasks import profiles, shared_folder
from desktop.ui.window.main_window import MainWindow
from desktop.ui.window.quit_screen import LONGEST_MS, QuitScreen
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.window import shown

LONG_MS = 30_000
"""How long a test waits for what must come by itself; where the limit of the farewell is stopped,
nothing else ends it."""


@pytest.fixture
def share(tmp_path: Path) -> Path:
    made = tmp_path / "partage"
    made.mkdir()
    return made


@pytest.fixture
def founded(home: Home, share: Path) -> Iterator[Vault]:
    """A collective whose shared folder has everything."""
    made, _code = profiles.create_collective(home, PASSPHRASE, preset="maubeuge-val-de-sambre",
                                             name="Essai",
                                             person="Camille LEROY", store=share.as_uri(),
                                             cost=Cost.TEST)
    run_round(made, shared_folder.open_store(made, None))
    assert not made.ask(waits_to_leave)
    yield made
    made.close()


@pytest.fixture
def dead() -> Iterator[str]:
    """A server that takes every connection and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=20) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/partage"


def packages(share: Path) -> int:
    return len(list(share.glob("w/*/*/*.pkg")))


def farewell(window: MainWindow) -> QuitScreen:
    page = window.root.currentWidget()
    assert isinstance(page, QuitScreen) and window.isVisible()
    return page


def test_what_waits_is_sent_and_the_window_goes(qtbot: QtBot, home: Home, founded: Vault,
                                                share: Path) -> None:
    with shown(home, founded) as window:
        before = packages(share)
        founded.do(create_action, "Écrire l’affiche")
        assert not window.close()
        words = {label.text() for label in farewell(window).findChildren(QLabel)}
        assert ("Dernier envoi…" in words
                and farewell(window).at_once.text() == "Quitter tout de suite")
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG_MS)
        assert founded.ask(sync_state).to_send == 0 and packages(share) == before + 1


def test_with_nothing_to_send_the_window_goes_at_once(qtbot: QtBot, home: Home,
                                                      founded: Vault) -> None:
    with shown(home, founded) as window:
        assert window.close() and not window.isVisible()
        assert window.rounds is not None and not window.rounds.course.running


def test_without_a_shared_folder_the_window_goes_at_once(qtbot: QtBot, home: Home,
                                                         vault: Vault) -> None:
    vault.do(create_action, "Écrire l’affiche")
    with shown(home, vault) as window:
        assert window.close() and not window.isVisible()


def test_locked_the_window_goes_at_once(qtbot: QtBot, home: Home, founded: Vault,
                                        share: Path) -> None:
    with shown(home, founded) as window:
        before = packages(share)
        founded.do(create_action, "Écrire l’affiche")
        window.lock()
        assert window.close() and not window.isVisible()
        assert packages(share) == before


def test_a_dead_server_holds_nobody_up_and_nothing_is_lost(qtbot: QtBot, home: Home, founded: Vault,
                                                           share: Path,
                                                           dead: str) -> None:
    founded.do(state.remember_store, dead, Credentials())
    founded.do(create_action, "Écrire l’affiche")
    with shown(home, founded) as window:
        assert not window.close()
        limit = farewell(window).limit
        assert limit.isActive() and limit.isSingleShot() and limit.interval() == LONGEST_MS
        limit.start(0)
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG_MS)
    # The end of the block waited for what still ran, and closed the vault.
    founded.unlock(PASSPHRASE)
    assert founded.ask(waits_to_leave)
    before = packages(share)
    founded.do(state.remember_store, share.as_uri(), Credentials())
    assert run_round(founded, shared_folder.open_store(founded, None)).pushed == 1
    assert packages(share) == before + 1 and not founded.ask(waits_to_leave)


@pytest.mark.parametrize("way", ("button", "again", "sleep"))
def test_who_does_not_want_to_wait_goes_at_once(qtbot: QtBot, home: Home, founded: Vault, dead: str,
                                                way: str) -> None:
    founded.do(state.remember_store, dead, Credentials())
    founded.do(create_action, "Écrire l’affiche")
    with shown(home, founded) as window:
        assert not window.close()
        page = farewell(window)
        assert page.at_once.hasFocus() or QApplication.focusWidget() is page.at_once
        page.limit.stop()
        {"button": page.at_once.click, "again": window.close, "sleep": window.lock}[way]()
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG_MS)


def test_the_end_of_the_session_is_not_held_up(qtbot: QtBot, home: Home, founded: Vault) -> None:
    founded.do(create_action, "Écrire l’affiche")
    with shown(home, founded) as window:
        window.prepare()
        application = QApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.commitDataRequest.emit(None)
        assert window.close() and not window.isVisible()
        window.stop_listening()
    founded.unlock(PASSPHRASE)
    assert founded.ask(waits_to_leave)


def test_where_only_a_person_can_help_nothing_is_tried(qtbot: QtBot, home: Home, founded: Vault,
                                                       dead: str) -> None:
    founded.do(state.remember_store, dead, Credentials())
    founded.do(create_action, "Écrire l’affiche")
    with shown(home, founded) as window:
        assert window.rounds is not None
        window.rounds._on_failed(password_refused())
        assert window.rounds.course.store_problem is StoreProblem.PASSWORD
        assert window.close() and not window.isVisible()


def test_an_exchange_under_way_ends_first_and_the_rest_follows(qtbot: QtBot, home: Home,
                                                               founded: Vault) -> None:
    founded.do(create_action, "Écrire l’affiche")
    with shown(home, founded) as window:
        assert window.rounds is not None
        window.rounds.exchange()
        founded.do(create_action, "Coller l’affiche")
        window.close()
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG_MS)
        assert founded.ask(sync_state).to_send == 0


def test_a_folder_that_is_gone_lets_go(qtbot: QtBot, home: Home, founded: Vault,
                                       share: Path) -> None:
    share.rename(share.with_name("ailleurs"))
    founded.do(create_action, "Écrire l’affiche")
    with shown(home, founded) as window:
        assert not window.close()
        farewell(window).limit.stop()
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG_MS)
        assert window.rounds is not None and isinstance(window.rounds.course.error, StoreError)
