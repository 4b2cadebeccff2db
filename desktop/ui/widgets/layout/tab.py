"""Words in a row of which one is chosen, and with it what is shown below."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QButtonGroup, QPushButton


class Tab(QPushButton):
    """One of the words; the chosen one is checked."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setObjectName("segment")
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setCheckable(True)
        # One of several to a screen reader, which would take it for a box to tick. A role of our
        # own needs an interface written in Python, and PySide 6.11 destroys that twice when the tab
        # goes.
        self.setAutoExclusive(True)


class TabGroup(QButtonGroup):
    """Tabs of which one is chosen, numbered from 0; the layout is for the caller to make."""

    def __init__(self, parent: QObject, words: Sequence[str]) -> None:
        super().__init__(parent)
        self.tabs = [Tab(each) for each in words]
        for number, tab in enumerate(self.tabs):
            self.addButton(tab, number)

    def choose(self, number: int) -> None:
        """Check one, without a word to who listens to clicks."""
        self.tabs[number].setChecked(True)
