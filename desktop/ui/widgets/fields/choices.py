"""Numbers and choices among the fields of a form: lists that are searched by typing, boxes to
tick."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from desktop.base.text import fold, sort_key
from desktop.ui.widgets.basics import line_height
from desktop.ui.widgets.keys import is_enter
from desktop.ui.widgets.layout.stacking import EqualColumns
from desktop.ui.widgets.layout.wrapped import WrappedCheckBox

SEARCHED = 12
"""A list that is longer than this is searched by typing."""
Options = Sequence[tuple[Any, str]]
"""The values and words of a choice, in the order of the list."""


class Spin(QSpinBox):
    """A whole number, its text set off from the frame."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(line_height())
        line = self.findChild(QLineEdit)
        if line is not None:
            line.setTextMargins(10, 0, 0, 0)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.height())

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        line = self.findChild(QLineEdit)
        if line is not None:
            line.setAccessibleName(name)


class ChoiceField(QComboBox):
    """One of a list, found by typing any part of its words."""

    def __init__(self, name: str, options: Options, required: bool = False,
                 nothing: str = "—") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumContentsLength(10)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._nothing = None if required else nothing
        self._options: list[tuple[Any, str]] = []
        self._since = QElapsedTimer()
        self._fill(options)

    def _fill(self, options: Options) -> None:
        self._options = list(options)
        if self._nothing is not None:
            self.addItem(self._nothing, None)
        for value, words in self._options:
            self.addItem(words, value)
        if len(self._options) > SEARCHED and not self.isEditable():
            self._let_type()

    def _let_type(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        found = self.completer()
        if found is not None:
            found.setFilterMode(Qt.MatchFlag.MatchContains)
            found.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(self.accessibleName())
            line.setStyleSheet("border: none; padding: 0; background: transparent;")
            line.returnPressed.connect(self._take_first)
            line.editingFinished.connect(self._settle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self._is_searched():
            # Within words that are being typed it is a letter; Qt 6.11 would open the list.
            event = QKeyEvent(event.type(), Qt.Key.Key_unknown, event.modifiers(), event.text())
        if event.key() != Qt.Key.Key_Space and event.text() and event.text().isprintable():
            self._since.start()
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        line = self.lineEdit()
        reasons = Qt.FocusReason
        if line is not None and event.reason() not in (reasons.MouseFocusReason,
                                                       reasons.PopupFocusReason,
                                                       reasons.ActiveWindowFocusReason):
            # What is typed replaces what is chosen: Qt would add the letters to its words.
            line.selectAll()

    def _is_searched(self) -> bool:
        interval = QApplication.keyboardInputInterval()
        return not self.isEditable() and self._since.isValid() and self._since.elapsed() < interval

    def set_options(self, options: Options) -> None:
        """Offer these instead; what is chosen stays chosen if it is still offered, and letters
        being typed stay."""
        if list(options) == self._options:
            return
        value, line = self.value(), self.lineEdit()
        typed = ((line.text(), line.cursorPosition()) if line is not None and line.isModified()
                 else None)
        blocked = self.blockSignals(True)
        self.clear()
        self._fill(options)
        self.set_value(value)
        line = self.lineEdit()
        if line is not None and typed is not None:
            line.setText(typed[0])
            line.setCursorPosition(typed[1])
            line.setModified(True)
        self.blockSignals(blocked)

    def _take_first(self) -> None:
        """Enter on some letters takes the first line that holds them, accents ignored."""
        words = fold(self.currentText()).split()
        if not words or self.findText(self.currentText()) >= 0:
            return
        for position in range(self.count()):
            if (self.itemData(position) is not None
                and all(word in fold(self.itemText(position)) for word in words)):
                self.setCurrentIndex(position)
                return

    def _settle(self) -> None:
        position = self.findText(self.currentText())
        self.setCurrentIndex(position if position >= 0 else max(self.currentIndex(), 0))
        self.setEditText(self.itemText(self.currentIndex()))

    def value(self) -> Any:
        return self.currentData()

    def set_value(self, value: object) -> None:
        for position in range(self.count()):
            if (self.itemData(position) == value
                or (value and str(self.itemData(position)) == str(value))):
                self.setCurrentIndex(position)
                return
        self.setCurrentIndex(0)


class Picking(ChoiceField):
    """A list that acts at once: `picked` on a click or Enter, never on a line that the keyboard
    only goes past."""

    picked = Signal(object)

    def __init__(self, name: str, options: Options, nothing: str = "—") -> None:
        self._passing = False
        super().__init__(name, options, nothing=nothing)
        self.activated.connect(self._on_activated)

    def _let_type(self) -> None:
        super()._let_type()
        line = self.lineEdit()
        if line is not None:
            line.returnPressed.connect(self._pick)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._passing = True
        super().keyPressEvent(event)
        self._passing = False
        if is_enter(event):
            self._pick()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _on_activated(self) -> None:
        if not self._passing:
            self._pick()

    def _pick(self) -> None:
        value = self.value()
        if value is not None:
            # Back to nothing first: a completer tells of one Enter twice.
            self.setCurrentIndex(0)
            self.picked.emit(value)
            # The next name can be typed at once.
            self.view().keyboardSearch("")
            line = self.lineEdit()
            if line is not None and line.hasFocus():
                line.selectAll()


class Choices(QWidget):
    """Several of a list, as check boxes in columns."""

    changed = Signal()

    def __init__(self, name: str, options: Options, columns: int = 2) -> None:
        super().__init__()
        grid = EqualColumns(columns, 0)
        self.setLayout(grid)
        self._boxes: list[tuple[Any, QCheckBox]] = []
        for value, words in options:
            box = WrappedCheckBox(words)
            box.setAccessibleName(f"{name}: {words}")
            box.toggled.connect(lambda: self.changed.emit())
            grid.addWidget(box)
            self._boxes.append((value, box))

    def value(self) -> list[Any]:
        return [value for value, box in self._boxes if box.isChecked()]

    def set_value(self, value: object) -> None:
        chosen = [str(v) for v in value] if isinstance(value, (list, tuple)) else []
        for own, box in self._boxes:
            box.setChecked(str(own) in chosen)


def sorted_options(options: Options) -> list[tuple[Any, str]]:
    """Options in alphabetical order, accents ignored."""
    return sorted(options, key=lambda option: sort_key(option[1]))
