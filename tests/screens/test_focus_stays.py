"""Whatever goes from a screen, the focus stays in that screen: at what stands beside."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.base.paths import Home
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.widgets.tab_order import stops_of
from desktop.ui.window.main_window import MainWindow
from desktop.ui.window.rail import PLACES
from desktop.vault import Vault
from tests.screens.tabbing import called
from tests.stories.hands import Hands
from tests.ui.collective import Small, fill
from tests.window import press, settle, shown

LEAVES = ("Verrouiller", "Écrire le message")
"""Buttons that close the window or start another program."""


def held(window: MainWindow) -> str:
    """What is wrong with where the focus is; nothing if it is on the screen that is shown."""
    focus, screen = QApplication.focusWidget(), window.current
    if focus is None:
        return "nowhere"
    if screen is None or not screen.isAncestorOf(focus):
        return f"at {called(focus)}"
    return "" if focus.isVisible() and focus.isEnabled() else f"at {called(focus)}, not seen"


def _screens(window: MainWindow) -> Iterator[str]:
    for place in PLACES:
        window.go(place.name)
        settle()
        yield place.name


def test_what_hides_or_is_disabled_leaves_the_focus_in_the_screen(qtbot: QtBot, vault: Vault,
                                                                  home: Home) -> None:
    fill(vault)
    astray, tried = [], 0
    with shown(home, vault) as window:
        for name in _screens(window):
            assert window.current is not None
            for stop in stops_of(window.current):
                for take, give in ((QWidget.hide, QWidget.show),
                                   (lambda w: w.setEnabled(False), lambda w: w.setEnabled(True))):
                    stop.setFocus()
                    take(stop)
                    QCoreApplication.processEvents()
                    if trouble := held(window):
                        astray.append(f"{name}, {called(stop)}: {trouble}")
                    give(stop)
                    tried += 1
    assert not astray, "\n".join(astray)
    assert tried > 300


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_each_button_of_each_screen_leaves_the_focus_in_the_screen(qtbot: QtBot, vault: Vault,
                                                                  home: Home) -> None:
    small = fill(vault)
    astray, pressed = [], 0
    with shown(home, vault) as window:
        for place in PLACES:
            window.go(place.name, small.meeting if place.name == "meetings" else None)
            settle()
            screen = window.current
            assert screen is not None
            for button in [stop for stop in stops_of(screen) if isinstance(stop, QAbstractButton)]:
                if not (isValid(button) and button.isVisible() and button.isEnabled()) \
                        or button.accessibleName() in LEAVES:
                    continue
                name = called(button)
                button.setFocus()
                press(button, Qt.Key.Key_Space)
                settle()
                pressed += 1
                if not any(dialog.isVisible() for dialog in window.findChildren(QDialog)) and (
                        QApplication.activePopupWidget() is None) and (trouble := held(window)):
                    astray.append(f"{place.name}, {name}: {trouble}")
                _leave(window)
                window.go(place.name)
                settle()
    assert not astray, "\n".join(astray)
    assert pressed > 70


def test_closing_a_session_and_validating_its_minutes_leave_the_hand_on_the_meeting(
        qtbot: QtBot, vault: Vault, home: Home) -> None:
    small: Small = fill(vault)
    with shown(home, vault) as window:
        window.go("meetings", small.meeting)
        settle()
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace)
        hands = Hands(window)
        for tab, gestures in ((1, ("Clore la séance",)), (2, ("Valider",))):
            screen.show_tab(tab)
            settle()
            for words in gestures:
                found = [made for made in stops_of(screen) if isinstance(made, QAbstractButton)
                         and made.accessibleName().startswith(words)]
                assert found, hands.screen()
                found[0].setFocus()
                press(found[0], Qt.Key.Key_Space)
                settle()
                assert held(window) == "" and screen.pages.currentIndex() == 2, words


def _leave(window: MainWindow) -> None:
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    for dialog in window.findChildren(QDialog):
        dialog.close()
    window.activateWindow()
    settle()
    focus = QApplication.focusWidget()
    if focus is not None:
        press(focus, Qt.Key.Key_Escape)
    settle()
