"""Messages at the bottom of the window."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.screen.messages import Messages
from tests.window import settle


def test_a_message_that_follows_another_has_room_for_its_button(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 500)
    messages = Messages(window)
    window.show()
    undone: list[str] = []
    for words in ("Bref.", "Une phrase plus longue que la précédente, avec de quoi revenir en "
                           "arrière."):
        messages.say(words, lambda words=words: undone.append(words))  # type: ignore[misc]
        settle()
        undo = next(b for b in messages.findChildren(QPushButton) if b.isVisible())
        assert undo.width() >= undo.sizeHint().width()
        assert messages.rect().contains(undo.geometry())
    undo.click()
    assert undone == [words] and not messages.isVisible()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_message_stays_while_one_stands_on_its_button(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit()
    QVBoxLayout(window).addWidget(field)
    messages = Messages(window)
    window.show()
    window.activateWindow()
    messages.say("Effacé.", lambda: None)
    settle()
    (timer,) = messages.findChildren(QTimer)
    next(b for b in messages.findChildren(QPushButton) if b.isVisible()).setFocus()
    timer.timeout.emit()
    assert messages.isVisible() and timer.isActive()
    field.setFocus()
    timer.timeout.emit()
    assert not messages.isVisible()
