"""Nothing quick waits behind something slow, and what goes wrong in a lane fails one gesture."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtPdfWidgets import QPdfView
from pytestqt.qtbot import QtBot

from desktop.app import exception_hook
from desktop.base.errors import AppError
from desktop.base.log import close_log, open_log
from desktop.base.paths import Home
from desktop.queries.digest import counts_of
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.jobs.lanes import Lane
from desktop.ui.jobs.latest import Latest
from desktop.ui.screen.printing import DocumentDialog
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.ui.collective import Small
from tests.window import settle

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def _bug() -> None:
    raise KeyError("BENALI Fatima")


def _out_of_memory() -> None:
    raise MemoryError


def _panic() -> None:
    raise _Panic("BENALI Fatima")


class _Panic(BaseException):
    """As the panics of a library written in Rust: no subclass of Exception."""


@pytest.mark.parametrize("lane", [lane for lane in Lane if lane is not Lane.SHORT])
@pytest.mark.parametrize("work", [_bug, _out_of_memory, _panic], ids=["bug", "memory", "panic"])
def test_whatever_a_lane_raises_fails_that_gesture_alone(qtbot: QtBot, window: MainWindow,
                                                         home: Home, lane: Lane,
                                                        work: Callable[[], None]) -> None:
    # Another test may have left the log of its profile open.
    close_log()
    open_log(home)
    try:
        failures: list[AppError] = []
        window.jobs.run(lane, work, lambda _none: None, failures.append, owner=window)
        qtbot.waitUntil(lambda: bool(failures))
        assert ("erreur qui lui est propre" in failures[0].message
                and "Diagnostic" in failures[0].hint)
        window.jobs.run(lane, work, lambda _none: None, owner=window)
        qtbot.waitUntil(lambda: "erreur qui lui est propre" in window.messages.text)
        done: list[int] = []
        window.jobs.run(lane, lambda: 1, done.append, owner=window)
        qtbot.waitUntil(lambda: done == [1])
        assert window.is_open and window.current is not None
    finally:
        close_log()
    written = (home.log_dir / "carnet.log").read_text("utf-8")
    assert work.__name__ in written and "BENALI" not in written


@pytest.mark.parametrize("work", [_bug, _out_of_memory, _panic], ids=["bug", "memory", "panic"])
def test_whatever_a_short_task_raises_is_told(qtbot: QtBot, window: MainWindow,
                                              work: Callable[[], None]) -> None:
    window.jobs.run_short(work, lambda _none: None, owner=window)
    qtbot.waitUntil(lambda: "erreur qui lui est propre" in window.messages.text)
    done: list[int] = []
    window.jobs.run_short(lambda: 1, done.append, owner=window)
    qtbot.waitUntil(lambda: done == [1])
    assert window.is_open


def test_an_answer_that_cannot_be_shown_is_told_to_who_asked(qtbot: QtBot,
                                                             window: MainWindow) -> None:
    failures: list[AppError] = []
    window.jobs.run(Lane.POOL, lambda: 1, lambda _one: _bug(), failures.append, owner=window)
    qtbot.waitUntil(lambda: bool(failures))
    window.jobs.run(Lane.POOL, _bug, lambda _one: None, lambda _error: _bug(), owner=window)
    qtbot.waitUntil(lambda: "erreur qui lui est propre" in window.messages.text)
    assert window.is_open


def test_a_bug_in_a_gesture_is_told_and_the_window_lives(window: MainWindow, vault: Vault) -> None:
    moments = iter((0.0, 8.0, 16.0, 24.0))
    hook = exception_hook(lambda: window, lambda: next(moments))

    def raised() -> None:
        try:
            _bug()
        except KeyError as error:
            hook(KeyError, error, error.__traceback__)

    for _unused in range(4):
        window.messages.text = ""
        raised()
        assert "erreur qui lui est propre" in window.messages.text
    assert vault.is_open and window.isVisible()


def test_documents_are_drawn_while_an_exchange_waits_for_its_server(
    qtbot: QtBot, window: MainWindow, small: Small) -> None:
    answer = threading.Event()
    try:
        # The server answers when the test says so.
        window.jobs.run(Lane.EXCHANGE, lambda: answer.wait(60), lambda _answered: None,
                        owner=window, again=False)
        window.go("meetings", small.meeting)
        settle()
        assert window.work is not None
        window.work.documents()
        dialog = window.findChild(DocumentDialog)
        assert isinstance(dialog, DocumentDialog)
        qtbot.waitUntil(lambda: dialog.drawn is not None)
        assert dialog.drawn is not None and dialog.drawn.data.startswith(b"%PDF")
        assert dialog.findChild(QPdfView) is not None and dialog.save_button.isEnabled()
        assert not answer.is_set()
        dialog.reject()
    finally:
        answer.set()


def test_backup_and_import_do_not_wait_for_an_exchange_either(qtbot: QtBot, window: MainWindow,
                                                              vault: Vault) -> None:
    answer, counted = threading.Event(), list[dict[str, int]]()
    try:
        window.jobs.run(Lane.EXCHANGE, lambda: answer.wait(60), lambda _answered: None,
                        owner=window, again=False)
        window.jobs.run(Lane.VAULT, lambda: dict(vault.ask(counts_of)), counted.append,
                        owner=window)
        qtbot.waitUntil(lambda: bool(counted))
        assert not answer.is_set()
    finally:
        answer.set()


def test_two_quick_choices_of_a_document_never_cross(qtbot: QtBot, window: MainWindow, small: Small,
                                                     tmp_path: Path) -> None:
    window.go("meetings", small.meeting)
    settle()
    assert window.work is not None
    window.work.documents()
    dialog = window.findChild(DocumentDialog)
    assert isinstance(dialog, DocumentDialog)
    for first, second in (("minutes", "minutes_internal"), ("extracts", "minutes")):
        for report in (first, second):
            dialog.kind.set_value(report)
            # What is on the screen is not saved under the name of what is being drawn.
            assert dialog.drawn is None and not dialog.save_button.isEnabled()
        qtbot.waitUntil(lambda: dialog.drawn is not None)
        assert dialog.drawn is not None
        assert dialog.drawn.report.kind == dialog.kind.value() == second
        assert dialog.drawn.content.audience == {"minutes": "diffusion",
                                                 "minutes_internal": "interne"}[second]
        target = tmp_path / f"{second}.pdf"
        dialog.save_to(str(target))
        assert target.read_bytes() == dialog.drawn.data
    dialog.reject()


def test_of_several_requests_only_the_last_is_answered(qtbot: QtBot) -> None:
    jobs, answers = Jobs(), list[int]()
    latest = Latest(jobs, Lane.POOL, jobs)
    go_on = threading.Event()

    def waiting(number: int) -> Callable[[], int]:
        return lambda: number if go_on.wait(20) else -1

    for number in range(6):
        latest.run(waiting(number), answers.append)
    go_on.set()
    qtbot.waitUntil(lambda: bool(answers))
    ended: list[int] = []
    jobs.run(Lane.POOL, lambda: 1, ended.append, owner=jobs)
    qtbot.waitUntil(lambda: bool(ended))
    assert answers == [5]
    jobs.close()
