"""Work that the lock meets: done all the same, or done again after unlocking; whoever asked may be
gone by then."""

from functools import partial
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.queries.actions import actions_of
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.jobs.lanes import Lane
from desktop.ui.screen.printing import DocumentDialog
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.ui.collective import fill
from tests.window import settle, shown


def test_work_that_the_lock_cut_short_is_done_after_unlocking(qtbot: QtBot, vault: Vault,
                                                              home: Home) -> None:
    begun, locked, failures, done = Event(), Event(), list[AppError](), list[object]()

    def work() -> int:
        begun.set()
        locked.wait(20)
        vault.do(create_action, "Écrire l’affiche")
        return len(vault.ask(actions_of))

    with shown(home, vault) as window:
        window.jobs.run(Lane.VAULT, work, done.append, failures.append, owner=window)
        qtbot.waitUntil(begun.is_set)
        window.lock()
        locked.set()
        behind: list[int] = []
        window.jobs.run(Lane.VAULT, lambda: 1, behind.append, owner=window)
        qtbot.waitUntil(lambda: bool(behind))
        assert done == failures == []
        vault.unlock(PASSPHRASE)
        window.show_right_page()
        qtbot.waitUntil(lambda: bool(done))
        assert (done, failures) == ([1], [])


def test_what_waits_for_one_vault_is_not_done_in_another(qtbot: QtBot, vault: Vault) -> None:
    jobs, done, failures = Jobs(), list[object](), list[AppError]()
    vault.lock()
    jobs.stopping.set()
    jobs.run(Lane.VAULT, lambda: vault.ask(actions_of), done.append, failures.append, owner=jobs)
    behind: list[int] = []
    jobs.run(Lane.VAULT, lambda: 1, behind.append, owner=jobs)
    qtbot.waitUntil(lambda: bool(behind))
    jobs.forget()
    jobs.resume()
    jobs.run(Lane.VAULT, lambda: 2, behind.append, owner=jobs)
    qtbot.waitUntil(lambda: len(behind) == 2)
    assert done == failures == []
    jobs.close()


def test_a_vault_that_stays_locked_is_said_not_tried_for_ever(qtbot: QtBot, vault: Vault) -> None:
    jobs, failures = Jobs(), list[AppError]()
    vault.lock()
    jobs.run(Lane.VAULT, lambda: vault.ask(actions_of), lambda _found: None, failures.append,
             owner=jobs)
    qtbot.waitUntil(lambda: bool(failures))
    assert "verrouillé" in str(failures[0])
    jobs.close()


def test_an_answer_for_a_screen_that_is_gone_is_dropped(qtbot: QtBot) -> None:
    jobs, waits, answered = Jobs(), Event(), list[int]()
    asked = QLabel()

    class Screen(QLabel):
        def heard(self, number: int) -> None:
            self.setText(str(number))
            answered.append(number)

    screen = Screen()
    jobs.run(Lane.VAULT, lambda: waits.wait(20), lambda _set: asked.setText("x"), owner=asked)
    jobs.run(Lane.VAULT, lambda: 1, screen.heard, owner=screen)
    jobs.run(Lane.VAULT, lambda: 1, partial(QLabel.setNum, screen), owner=screen)
    jobs.run(Lane.VAULT, lambda: 2, answered.append, owner=jobs)
    for label in (asked, screen):
        label.deleteLater()
    settle()
    waits.set()
    qtbot.waitUntil(lambda: bool(answered))
    assert answered == [2]
    jobs.close()


def test_the_steps_of_a_work_are_told_together_before_its_end(qtbot: QtBot) -> None:
    jobs, told, go_on = Jobs(), list[object](), Event()
    jobs.changed.connect(told.append)

    def work() -> None:
        for area in ("actions", "meetings", "actions"):
            jobs.on_vault_changed(frozenset({area}))

    jobs.run(Lane.VAULT, work, lambda _done: told.append("end"), owner=jobs)
    qtbot.waitUntil(lambda: "end" in told)
    assert told == [frozenset({"actions", "meetings"}), "end"]
    # What somebody does meanwhile is told at once, and alone.
    begun = Event()
    jobs.run(Lane.VAULT,
             lambda: (jobs.on_vault_changed(frozenset({"plan"})), begun.set(), go_on.wait(20)),
             lambda _done: told.append("end"), owner=jobs)
    assert begun.wait(20)
    jobs.on_vault_changed(frozenset({"actions"}))
    jobs.on_vault_changed(frozenset({"notes"}))
    settle()
    assert told[2:] == [frozenset({"actions", "notes"})]
    assert jobs.unannounced_areas == {"plan"}
    go_on.set()
    qtbot.waitUntil(lambda: told[-1] == "end")
    assert told[3:] == [frozenset({"plan"}), "end"]
    assert not jobs.unannounced_areas
    jobs.close()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_locking_while_a_document_is_drawn(qtbot: QtBot, vault: Vault, home: Home) -> None:
    small = fill(vault)
    held = Event()
    with shown(home, vault) as window:
        window.go("meetings", small.meeting)
        settle()
        window.jobs.run(Lane.VAULT, lambda: held.wait(20), lambda _set: None, owner=window)
        assert window.work is not None
        window.work.documents()
        assert window.findChild(DocumentDialog) is not None
        window.lock()
        settle()
        assert window.findChild(DocumentDialog) is None
        held.set()
        after: list[int] = []
        window.jobs.run(Lane.VAULT, lambda: 1, after.append, owner=window)
        qtbot.waitUntil(lambda: bool(after))
        assert not vault.is_open and window.current is None
