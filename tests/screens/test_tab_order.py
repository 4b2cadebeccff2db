"""The Tab key goes as the eye reads, reaches everything, and whatever a mouse can do has a key."""

import pytest
from gallery.walk import Seen, before_it_opens, first_steps, places, rest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.ui.observations.picker import Picker
from desktop.ui.widgets.fields.one_key import OneKey
from desktop.ui.widgets.layout.tab import Tab
from desktop.ui.window.palette import Palette
from desktop.vault import Vault
from tests.length import and_at_length
from tests.screens.tabbing import backwards, called, held_by, missed, stops
from tests.ui.collective import fill
from tests.window import shown


def _astray(seen: Seen) -> dict[str, list[str]]:
    found = {}
    for name, root in seen:
        visited = stops(root)
        troubles = [*backwards(visited), *(f"never at {words}" for words in missed(root, visited))]
        if troubles:
            found[name] = troubles
        rest()
    return found


@pytest.mark.parametrize("text_percent", and_at_length([200], [100]))
def test_tab_goes_as_the_eye_reads(qtbot: QtBot, vault: Vault, home: Home,
                                   text_percent: int) -> None:
    fill(vault)
    with shown(home, vault, text_percent=text_percent) as window:
        assert _astray(places(window)) == {}
        window.lock()
        rest()
        assert _astray(before_it_opens(window)) == {}


def test_tab_goes_as_the_eye_reads_in_the_first_run(qtbot: QtBot, home: Home) -> None:
    with shown(home, None) as window:
        assert _astray(first_steps(window)) == {}


def test_shift_tab_goes_the_same_way_back(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        window.go("actions")
        rest()
        there = stops(window)
        there[0].setFocus()
        back = []
        for _stop in there:
            QTest.keyClick(window.windowHandle(), Qt.Key.Key_Backtab,
                           Qt.KeyboardModifier.ShiftModifier)
            back.append(QApplication.focusWidget())
        assert back == [*reversed(there[1:]), there[0]]


def test_tab_scrolls_to_what_it_reaches(qtbot: QtBot, vault: Vault, home: Home) -> None:
    with shown(home, vault, text_percent=200) as window:
        window.go("settings")
        rest()
        there = stops(window)
        assert len(there) > 20
        for _stop in there:
            QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
            focus = QApplication.focusWidget()
            assert focus is not None and not focus.visibleRegion().isEmpty(), called(focus)


def test_what_tab_does_not_reach_has_a_key(qtbot: QtBot, vault: Vault, home: Home) -> None:
    """Three places keep the focus in their field: letters and Enter choose there, as tests/ui
    proves of each. Of tabs the chosen one is reached, and the arrows go on from it, as
    `test_arrows_go_from_tab_to_tab` proves.

    The cross that empties a field of one line is left out: its keys are those of any text.
    """
    fill(vault)
    kept = (Picker, OneKey, Palette, QLineEdit, Tab)
    alone = set()
    with shown(home, vault) as window:
        for name, root in places(window):
            for widget in root.findChildren(QWidget):
                if (isinstance(widget, (QAbstractButton, QAbstractItemView)) and widget.isVisible()
                    and widget.isEnabled()
                        and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                    and not isinstance(widget, QHeaderView)
                        and not any(isinstance(above, kept) for above in held_by(widget))):
                    alone.add(f"{name}: {called(widget)} in {called(held_by(widget)[1])}")
    assert alone == set()


@pytest.mark.parametrize("name", ["observatory", "charter", "meetings"])
def test_arrows_go_from_tab_to_tab(qtbot: QtBot, vault: Vault, home: Home, name: str) -> None:
    small = fill(vault)
    with shown(home, vault) as window:
        window.go(name, small.meeting if name == "meetings" else None)
        rest()
        assert window.current is not None
        chosen, other = [tab for tab in window.current.findChildren(Tab) if tab.isVisible()][:2]
        chosen.setFocus()
        if not chosen.isChecked():
            chosen.click()
        for expected, key in ((other, Qt.Key.Key_Right), (chosen, Qt.Key.Key_Left)):
            focus = QApplication.focusWidget()
            assert focus is not None
            QTest.keyClick(focus, key)
            rest()
            if not expected.isChecked():
                QTest.keyClick(expected, Qt.Key.Key_Space)
                rest()
            assert QApplication.focusWidget() is expected and expected.isChecked()
