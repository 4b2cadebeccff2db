"""What an exchange brought is asked for behind the window: shown as the vault says it then, and
never where nobody is."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.commands.meetings import create_meeting
from desktop.ui.actions.workspace import ActionsWorkspace
from desktop.ui.jobs.lanes import Lane
from desktop.ui.today.workspace import TodayWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.ui.collective import fill
from tests.window import settle, shown


class Behind:
    """Holds what is asked behind the window, until `go_on`."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._jobs, self._going = window, window.jobs, threading.Event()
        self._jobs.run_short(lambda: self._going.wait(20), lambda waited: self._said(waited),
                             owner=window)
        self.held: list[bool] = []

    def _said(self, waited: bool) -> None:
        self.held.append(waited)

    def go_on(self) -> None:
        """Let all that waits be asked; nothing of it is shown before the window goes on."""
        asked = threading.Event()
        self._jobs.run_short(asked.set, lambda _none: None, owner=self._window)
        self._going.set()
        assert asked.wait(20)


@pytest.fixture
def window(vault: Vault, home: Home) -> Iterator[MainWindow]:
    fill(vault)
    with shown(home, vault) as made:
        yield made


def bring(qtbot: QtBot, window: MainWindow, work: Callable[[], object]) -> None:
    """Something that a long work did, told at its end."""
    ended: list[object] = []
    window.jobs.run(Lane.EXCHANGE, work, ended.append, owner=window)
    qtbot.waitUntil(lambda: bool(ended))


def actions_on(window: MainWindow) -> tuple[ActionsWorkspace, list[str]]:
    screen = window.current
    assert isinstance(screen, ActionsWorkspace)
    rows = screen.register.table.rows
    return screen, [getattr(rows.row_at(rows.index(number, 0)), "title", "")
                    for number in range(rows.rowCount())]


def test_what_was_written_after_it_was_asked_is_shown_too(qtbot: QtBot, window: MainWindow,
                                                          vault: Vault) -> None:
    window.go("actions")
    settle()
    behind = Behind(window)
    bring(qtbot, window, lambda: vault.do(create_action, "Écrire l’affiche"))
    behind.go_on()
    writer = threading.Thread(target=lambda: vault.do(create_action, "Relancer la mairie"))
    writer.start()
    writer.join()
    settle()
    assert {"Écrire l’affiche", "Relancer la mairie"} <= set(actions_on(window)[1])


def test_a_gesture_meanwhile_shows_at_once_and_what_was_asked_before_does_not_go_over_it(
        qtbot: QtBot, window: MainWindow, vault: Vault) -> None:
    window.go("actions")
    settle()
    behind = Behind(window)
    bring(qtbot, window, lambda: vault.do(create_action, "Écrire l’affiche"))
    behind.go_on()
    screen, _titles = actions_on(window)
    screen.show_filter("late")
    late = actions_on(window)[1]
    settle()
    assert actions_on(window)[1] == late and "Écrire l’affiche" not in late
    screen.show_filter("open")
    assert "Écrire l’affiche" in actions_on(window)[1]


def test_a_form_that_is_open_is_left_alone(qtbot: QtBot, window: MainWindow, vault: Vault) -> None:
    made = vault.do(create_action, "Relancer la mairie")
    window.go("actions", made)
    settle()
    screen, _titles = actions_on(window)
    screen.register.edit(made)
    form = screen.register.form
    assert form is not None
    field = form.fields["title"]
    assert isinstance(field, QLineEdit)
    field.setText("Relancer la pré")
    bring(qtbot, window, lambda: vault.do(create_action, "Écrire l’affiche"))
    settle()
    assert screen.register.form is form and field.text() == "Relancer la pré"
    assert "Écrire l’affiche" in actions_on(window)[1]


def test_a_screen_that_was_left_shows_it_when_one_comes_back(qtbot: QtBot, window: MainWindow,
                                                             vault: Vault) -> None:
    window.go("actions")
    settle()
    behind = Behind(window)
    bring(qtbot, window, lambda: vault.do(create_action, "Écrire l’affiche"))
    window.go("help")
    behind.go_on()
    settle()
    window.go("actions")
    assert "Écrire l’affiche" in actions_on(window)[1]


def test_the_lock_meets_what_is_being_asked(qtbot: QtBot, window: MainWindow, vault: Vault) -> None:
    window.go("actions")
    settle()
    behind = Behind(window)
    bring(qtbot, window, lambda: vault.do(create_action, "Écrire l’affiche"))
    window.lock()
    behind.go_on()
    settle()
    assert not vault.is_open and window.current is None and behind.held == [True]
    assert not window.messages.isVisible(), "a question that nobody asks any more is no trouble"
    vault.unlock(PASSPHRASE)
    window.show_right_page()
    settle()
    assert "Écrire l’affiche" in actions_on(window)[1]


def test_the_start_screen_shows_it_part_by_part_to_the_end(qtbot: QtBot, window: MainWindow,
                                                           vault: Vault) -> None:
    me = vault.identity.person_id
    screen = window.current
    assert isinstance(screen, TodayWorkspace)
    settle()

    def work() -> None:
        vault.do(create_action, "Écrire l’affiche", owner_id=me,
                 due_on=screen.desk.today().isoformat())
        starts = f"{screen.desk.today().replace(year=screen.desk.today().year + 1).isoformat()[:4]}-01-02T14:00"
        vault.do(create_meeting, group_id=None, title="Plénière de l’an prochain", kind="pleniere",
                 starts_at=starts)

    bring(qtbot, window, work)
    settle()
    words = {made.toolTip() or made.text() for made in screen.findChildren(QLabel)
             if made.isVisible()}
    assert {"Écrire l’affiche", "Plénière de l’an prochain"} <= words


@pytest.mark.parametrize(("name", "table"), [
    ("today", "meeting"), ("meetings", "meeting"), ("actions", "action"),
    ("observations", "observation"),
    ("directory", "organisation"), ("decisions", "decision"), ("referrals", "referral"),
    ("resources", "resource"),
    ("plan", "axis"), ("sync", "trust_file"),
])
def test_the_window_asks_nothing_of_it_itself(
        qtbot: QtBot, window: MainWindow, vault: Vault, name: str, table: str) -> None:
    window.go(name)
    settle()
    screen = window.current
    assert screen is not None
    asked: list[tuple[str, bool]] = []
    here = threading.get_ident()

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append((statement, threading.get_ident() == here))

    assert vault._engine is not None
    event.listen(vault._engine, "before_cursor_execute", hear)
    bring(qtbot, window, lambda: window.jobs.on_vault_changed(screen.areas))
    settle()
    of_it = [in_window for statement, in_window in asked
             if f"FROM {table} " in statement.replace("\n", " ")]
    assert of_it and not any(of_it)
