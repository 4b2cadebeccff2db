"""A list that acts at once acts on what was chosen, never on a line that the keyboard goes past."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.fields.choices import Picking
from tests.window import settle, type_into


def picking(qtbot: QtBot, count: int) -> tuple[Picking, list[object]]:
    made = Picking("Personne",
                   [(number, f"Personne {chr(97 + number)}") for number in range(count)])
    qtbot.addWidget(made)
    picked: list[object] = []
    made.picked.connect(picked.append)
    made.show()
    made.activateWindow()
    made.setFocus()
    settle()
    return made, picked


@pytest.mark.parametrize("count", [5, 20])
def test_arrows_pass_and_enter_picks_once(qtbot: QtBot, count: int) -> None:
    made, picked = picking(qtbot, count)
    for _unused in range(3):
        QTest.keyClick(made, Qt.Key.Key_Down)
    assert picked == []
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert picked == [2]


def test_letters_pass_and_enter_picks_once(qtbot: QtBot) -> None:
    made, picked = picking(qtbot, 5)
    type_into(made, "Personne d")
    assert picked == []
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert picked == [3]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_long_list_is_found_by_any_part_of_its_words(qtbot: QtBot) -> None:
    made, picked = picking(qtbot, 20)
    line = made.lineEdit()
    assert line is not None
    line.selectAll()
    type_into(made, "e d")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    assert picked == []
    QTest.keyClick(popup, Qt.Key.Key_Return)
    settle()
    assert picked == [3]
    QTest.keyClick(made, Qt.Key.Key_Escape)


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("typed", ["e d", "E D", "pérs d"])
def test_letters_and_enter_take_the_first_that_holds_them(qtbot: QtBot, typed: str) -> None:
    made, picked = picking(qtbot, 20)
    line = made.lineEdit()
    assert line is not None
    line.selectAll()
    type_into(made, typed)
    settle()
    QTest.keyClick(QApplication.activePopupWidget() or made, Qt.Key.Key_Return)
    settle()
    assert picked == [3]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_letters_that_nothing_holds_pick_nothing(qtbot: QtBot) -> None:
    made, picked = picking(qtbot, 20)
    line = made.lineEdit()
    assert line is not None
    line.selectAll()
    type_into(made, "xyz")
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert picked == [] and made.value() is None


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_click_in_the_list_picks(qtbot: QtBot) -> None:
    made, picked = picking(qtbot, 5)
    made.showPopup()
    view = made.view()
    qtbot.waitUntil(view.isVisible)
    index = made.model().index(2, 0)
    QTest.mouseMove(view.viewport(), view.visualRect(index).center())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton,
                     pos=view.visualRect(index).center(),
                     delay=QApplication.doubleClickInterval())
    qtbot.waitUntil(lambda: picked == [1])
