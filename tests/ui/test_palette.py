"""Ctrl+K by the keyboard: screens, gestures, words found anywhere, and the focus given back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.ui.main_window import MainWindow
from desktop.ui.palette import Palette
from desktop.vault import Vault
from tests.ui.collective import fill
from tests.window import press, settle, shown, type_into


def _opened(window: MainWindow) -> Palette:
    focused = QApplication.focusWidget()
    QTest.keyClick(focused or window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.work is not None
    panel = window.work.palette_panel
    assert panel.isVisible() and panel.field.hasFocus()
    return panel


def _titles(panel: Palette) -> list[str]:
    return [entry.title for entry in panel.entries.rows]


def test_it_goes_to_a_screen_and_begins_a_record(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        panel = _opened(window)
        type_into(panel.field, "repert")
        type_into(panel.field, "\b")
        panel.field.clear()
        type_into(panel.field, "ressources")
        assert _titles(panel)[0] == "Ressources"
        press(panel.field, Qt.Key.Key_Return)
        settle()
        assert window.current is not None and window.current.name == "resources"
        assert not panel.isVisible()
        panel = _opened(window)
        type_into(panel.field, "nouvelle obs\n")
        settle()
        assert window.current is not None and window.current.name == "observations"


def test_words_are_found_without_their_accents_and_opened(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        panel = _opened(window)
        type_into(panel.field, "lefevre")
        assert "Lefèvre Éric" in _titles(panel)
        press(panel.field, Qt.Key.Key_Tab)
        assert panel.kinds.checkedId() == 1
        assert "Lefèvre Éric" not in _titles(panel)
        press(panel.field, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        position = _titles(panel).index("Lefèvre Éric")
        for _unused in range(position):
            press(panel.field, Qt.Key.Key_Down)
        press(panel.field, Qt.Key.Key_Return)
        settle()
        assert window.current is not None and window.current.name == "directory"


def test_notes_open_their_meeting(qtbot: QtBot, vault: Vault, home: Home) -> None:
    small = fill(vault)
    with shown(home, vault) as window:
        panel = _opened(window)
        type_into(panel.field, "a")
        assert "Taper un mot" not in panel.foot.text()
        panel.field.clear()
        for _unused in range(1):
            press(panel.field, Qt.Key.Key_Tab)
        type_into(panel.field, "bilan")
        found = [entry for entry in panel.entries.rows if entry.snippet or entry.title]
        assert found, panel.foot.text()
        press(panel.field, Qt.Key.Key_Return)
        settle()
        assert window.current is not None and window.current.name == "meetings"
        assert small.meeting


def test_escape_gives_the_focus_back_and_nothing_found_says_so(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        window.go("meetings")
        settle()
        assert window.current is not None
        window.current.start_search()
        before = QApplication.focusWidget()
        panel = _opened(window)
        type_into(panel.field, "zzzxqw")
        assert panel.entries.rows == []
        assert panel.foot.text().startswith("Aucune fiche")
        press(panel.field, Qt.Key.Key_Return)
        assert panel.isVisible()
        press(panel.field, Qt.Key.Key_Escape)
        assert not panel.isVisible()
        assert QApplication.focusWidget() is before


def test_locking_closes_it(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        panel = _opened(window)
        type_into(panel.field, "verrou\n")
        settle()
        assert not vault.is_open
        assert window.current is None
