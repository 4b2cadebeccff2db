"""Messages at the bottom of the window."""

from PySide6.QtWidgets import QPushButton, QWidget
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
    for words in ("Bref.", "Une phrase plus longue que la précédente, avec de quoi revenir en arrière."):
        messages.say(words, lambda words=words: undone.append(words))  # type: ignore[misc]
        settle()
        undo = next(b for b in messages.findChildren(QPushButton) if b.isVisible())
        assert undo.width() >= undo.sizeHint().width()
        assert messages.rect().contains(undo.geometry())
    undo.click()
    assert undone == [words] and not messages.isVisible()
