"""Words in a row that choose what is shown below: push buttons to the eye and the keys, page tabs to a screen reader."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QButtonGroup, QPushButton, QWidget


class Tab(QPushButton):
    """One of the words; the chosen one is checked."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        _speak_of_tabs()
        self.setObjectName("segment")
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setCheckable(True)
        self.toggled.connect(self._tell)

    def _tell(self, chosen: bool) -> None:
        if chosen and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Selection))


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


class _Spoken(QAccessibleWidget):
    """What a screen reader is told of a tab: Qt would say a check box."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(tab, QAccessible.Role.PageTab)
        self._tab = tab

    def state(self) -> QAccessible.State:
        state = super().state()
        state.selectable = 1
        state.selected = int(self._tab.isChecked())
        return state

    def actionNames(self) -> list[str]:
        return [QAccessibleActionInterface.pressAction(), *super().actionNames()]

    def doAction(self, name: str) -> None:
        if name == QAccessibleActionInterface.pressAction():
            self._tab.click()
        else:
            super().doAction(name)


def _spoken(_class: str, made: QWidget) -> QAccessibleInterface | None:
    return _Spoken(made) if isinstance(made, Tab) else None


@cache
def _speak_of_tabs() -> None:
    QAccessible.installFactory(_spoken)
