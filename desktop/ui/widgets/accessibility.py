"""What a screen reader does to a line of a list, made what a hand does: of itself, Qt marks the
line and opens nothing."""

from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleStateChangeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

Flag = QItemSelectionModel.SelectionFlag
Index = QModelIndex | QPersistentModelIndex
BARE = (Flag.Select, Flag.Select | Flag.Rows)
"""Marking a line and leaving the others as they are: no key and no click asks for it, the
accessible "Toggle" does."""


class _Followed(QItemSelectionModel):
    """The line that is marked becomes the current one."""

    def select(self, what: QItemSelection | Index,
               command: QItemSelectionModel.SelectionFlag) -> None:
        super().select(what, command)
        if command in BARE and not isinstance(what, QItemSelection):
            self.setCurrentIndex(what, Flag.NoUpdate)


class Ticks(QItemSelectionModel):
    """No line is ever marked: marking one means ticking it."""

    ticked = Signal(QModelIndex)

    def select(self, what: QItemSelection | Index,
               command: QItemSelectionModel.SelectionFlag) -> None:
        if command in BARE and not isinstance(what, QItemSelection):
            self.ticked.emit(what)


def _watch(view: QAbstractItemView, made: QItemSelectionModel) -> None:
    before = view.selectionModel()
    view.setSelectionModel(made)
    before.deleteLater()


def follow_marks(view: QAbstractItemView) -> None:
    """Choose the line that a screen reader marks; before anything is connected to its selection."""
    _watch(view, _Followed(view.model(), view))


def tick_by_marks(view: QAbstractItemView) -> Ticks:
    """Return a list with a current line and ticks, where the accessible "Toggle" is one tick more
    or less."""
    made = Ticks(view.model(), view)
    # Qt offers "Toggle" in a list where several lines can be marked, and never marks them itself
    # here.
    view.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
    _watch(view, made)
    return made


def say_line(view: QAbstractItemView, row: int, ticked: bool) -> None:
    """Tell a screen reader that the words of a line, and its tick where `ticked`, are others
    now."""
    if not QAccessible.isActive():
        return
    told: list[Any] = [QAccessibleEvent(view, QAccessible.Event.NameChanged)]
    if ticked:
        state = QAccessible.State()
        state.checked = 1
        told.append(QAccessibleStateChangeEvent(view, state))
    for event in told:
        event.setChild(row)
        QAccessible.updateAccessibility(event)


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say what changed without the focus having moved."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
