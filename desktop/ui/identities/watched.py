"""A text that is typed, as the identity check sees it: read, marked, chosen from and written over;
lines and paragraphs alike.

Places are code points of the text; Qt counts letters beyond the first 65,536 twice.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtGui import QColor, QInputMethodEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop.ui.widgets.theme import tokens

Place = tuple[int, int]
Marks = list[QTextEdit.ExtraSelection]


class Watched(Protocol):
    """A field of which the text is looked through."""

    def text(self) -> str: ...
    def at(self) -> int: ...
    def mark(self, text: str, places: Sequence[Place]) -> None: ...
    def choose(self, start: int, end: int) -> None: ...
    def write_over(self, start: int, end: int, words: str) -> None: ...
    def choose_nothing(self) -> None: ...


def watched_of(field: QWidget) -> Watched:
    """Return what the check does with a field: of one line, or of several."""
    if isinstance(field, QLineEdit):
        return WatchedLine(field)
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return WatchedText(field)
    raise TypeError(type(field).__name__)


def units(text: str) -> int:
    """How many places a text takes in Qt."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def looks_of_mark() -> QTextCharFormat:
    """How words look that may tell who somebody is."""
    looks = QTextCharFormat()
    looks.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    looks.setUnderlineColor(QColor(tokens().warn))
    looks.setBackground(QColor(tokens().warn_soft))
    return looks


class WatchedText:
    """A field of several lines. `show_marks` of the field, if it has one, puts the marks beside its
    own colours.
    """

    def __init__(self, edit: QPlainTextEdit | QTextEdit) -> None:
        self._edit = edit
        self._show: Callable[[Marks], None] = getattr(edit, "show_marks", edit.setExtraSelections)

    def text(self) -> str:
        """Return what is typed."""
        return self._edit.toPlainText()

    def at(self) -> int:
        """Return the code point before which the cursor stands; what is chosen lies before it."""
        before = self._edit.toPlainText().encode("utf-16-le", "surrogatepass")[
            : 2 * self._edit.textCursor().position()
        ]
        return len(before.decode("utf-16-le", "ignore"))

    def mark(self, text: str, places: Sequence[Place]) -> None:
        """Underline these places of `text`, which is what is typed."""
        marks, looks, plain = [], looks_of_mark(), text.isascii()
        for start, end in places:
            mark = QTextEdit.ExtraSelection()
            mark.format = looks
            mark.cursor = self._cursor(text, start, end, plain)
            marks.append(mark)
        self._show(marks)

    def _cursor(self, text: str, start: int, end: int, plain: bool = False) -> QTextCursor:
        cursor = QTextCursor(self._edit.document())
        cursor.setPosition(start if plain else units(text[:start]))
        cursor.setPosition(end if plain else units(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def choose(self, start: int, end: int) -> None:
        """Put the hand on these words."""
        self._edit.setTextCursor(self._cursor(self.text(), start, end))
        self._edit.setFocus()
        self._edit.ensureCursorVisible()

    def write_over(self, start: int, end: int, words: str) -> None:
        """Write other words over these, as one step of undo."""
        self._cursor(self.text(), start, end).insertText(words)

    def choose_nothing(self) -> None:
        """Leave the words that are chosen; the cursor stays after them."""
        cursor = self._edit.textCursor()
        cursor.clearSelection()
        self._edit.setTextCursor(cursor)


class WatchedLine:
    """A field of one line."""

    def __init__(self, line: QLineEdit) -> None:
        self._line = line
        self._marked = False

    def text(self) -> str:
        """Return what is typed."""
        return self._line.text()

    def at(self) -> int:
        """Return the code point before which the cursor stands."""
        before = self._line.text().encode("utf-16-le", "surrogatepass")[
            : 2 * self._line.cursorPosition()
        ]
        return len(before.decode("utf-16-le", "ignore"))

    def mark(self, text: str, places: Sequence[Place]) -> None:
        """Underline these places of `text`, which is what is typed."""
        if not places and not self._marked:
            return
        # A line has no formats of its own: Qt draws those that an input method gives,
        # places counted from the cursor.
        at, looks = self._line.cursorPosition(), looks_of_mark()
        kind = QInputMethodEvent.AttributeType.TextFormat
        given = [
            QInputMethodEvent.Attribute(
                kind, units(text[:start]) - at, units(text[start:end]), looks
            )
            for start, end in places
        ]
        QApplication.sendEvent(self._line, QInputMethodEvent("", given))
        self._marked = bool(places)

    def choose(self, start: int, end: int) -> None:
        """Put the hand on these words."""
        self._line.setFocus()
        text = self.text()
        self._line.setSelection(units(text[:start]), units(text[start:end]))

    def write_over(self, start: int, end: int, words: str) -> None:
        """Write other words over these, as one step of undo."""
        self.choose(start, end)
        self._line.insert(words)

    def choose_nothing(self) -> None:
        """Leave the words that are chosen."""
        self._line.deselect()
