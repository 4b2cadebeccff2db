"""The clipboard: what a secret lent is taken back, at the lock, after a while; what somebody else
put there stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.settings.workspace import SettingsWorkspace
from desktop.ui.widgets.clipboard import ClipboardGuard, keep_secret
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.ui.collective import fill
from tests.window import press, settle, shown, type_into

COPY = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _empty(qtbot: QtBot) -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


def _copied_from(widget: QLabel | QLineEdit) -> str:
    widget.setFocus()
    settle()
    if isinstance(widget, QLabel):
        widget.setSelection(0, len(widget.text()))
    else:
        widget.selectAll()
    press(widget, Qt.Key.Key_C, COPY)
    return QGuiApplication.clipboard().text()


def test_the_recovery_code_leaves_the_clipboard_at_the_lock(qtbot: QtBot, vault: Vault,
                                                            home: Home) -> None:
    with shown(home, vault) as window:
        window.go("settings")
        settle()
        page = window.current
        assert isinstance(page, SettingsWorkspace)
        card = page.secrets
        type_into(card.current, PASSPHRASE)
        card.renew()
        qtbot.waitUntil(card.recovery.isVisible, timeout=30_000)
        assert _copied_from(card.recovery.code_label) == card.recovery.code
        window.lock()
        assert QGuiApplication.clipboard().text() == ""


def test_it_leaves_it_after_a_while(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    field = QLineEdit("ABCD-EFGH", page)
    keep_secret(field)
    lent = ClipboardGuard(page, 30)
    page.show()
    page.activateWindow()
    assert _copied_from(field) == "ABCD-EFGH"
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")
    assert _copied_from(field) == "ABCD-EFGH", "and again"
    lent.take_back()
    assert QGuiApplication.clipboard().text() == ""


def test_what_was_copied_since_is_left(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    secret, other = QLineEdit("ABCD-EFGH", page), QLineEdit("un mot", page)
    keep_secret(secret)
    lent = ClipboardGuard(page)
    page.show()
    page.activateWindow()
    assert _copied_from(other) == "un mot"
    lent.take_back()
    assert QGuiApplication.clipboard().text() == "un mot", "no secret"
    _copied_from(secret)
    QGuiApplication.clipboard().setText("d’ailleurs")
    lent.take_back()
    assert QGuiApplication.clipboard().text() == "d’ailleurs"


def test_the_words_for_the_coordinator_and_the_typed_code_are_only_lent(qtbot: QtBot, home: Home,
                                                                        tmp_path: Path) -> None:
    vault, code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    vault.close()
    with shown(home, None) as window:
        page = window.root.currentWidget()
        page.other_button.click()  # type: ignore[union-attr]
        page.secret.setText(code)  # type: ignore[union-attr]
        assert _copied_from(page.secret) == code  # type: ignore[union-attr]
    assert QGuiApplication.clipboard().text() == "", "the window went"
    with shown(Home(tmp_path / "venu"), None) as window:
        page = window.root.currentWidget()
        page.six_words.setText("un deux trois quatre cinq six")  # type: ignore[union-attr]
        page.six_words.show()  # type: ignore[union-attr]
        page._show(4)  # type: ignore[union-attr]
        settle()
        assert _copied_from(page.six_words).startswith("un deux")  # type: ignore[union-attr]
    assert QGuiApplication.clipboard().text() == ""


def test_what_is_copied_from_notes_leaves_the_clipboard_at_the_lock(qtbot: QtBot, vault: Vault,
                                                                    home: Home) -> None:
    small = fill(vault)
    with shown(home, vault) as window:
        window.go("meetings", small.meeting)
        settle()
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace)
        screen.show_tab(1)
        settle()
        edit = screen.session.sections[0].edit
        edit.setFocus()
        edit.selectAll()
        press(edit, Qt.Key.Key_C, COPY)
        assert "Quatorze permanences" in QGuiApplication.clipboard().text()
        window.lock()
        assert QGuiApplication.clipboard().text() == ""
