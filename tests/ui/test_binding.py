"""The binding itself: calls that return nothing must leave the count of None alone, or a long
session aborts."""

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_calls_that_return_nothing_keep_none_alive(qtbot: QtBot) -> None:
    shown = QLabel()
    qtbot.addWidget(shown)
    before = sys.getrefcount(None)
    for _unused in range(1_000):
        shown.setText("x")
    assert sys.getrefcount(None) > before - 500
