"""Columns that stand still under the hands of who uses them: what shows the same stays, what
differs is updated.

News from others come at any moment. They move neither focus, cursor, choice nor typed text.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.ui.widgets.basics import GOING, let_go

P = ParamSpec("P")


@dataclass(frozen=True)
class KeyedPart:
    """One widget of a column.

    `key`: whose it is, among its neighbours. `says`: what it shows; while that is equal the widget
    is left alone.
    `make`: makes it. `update`: shows what is new in the widget that is there. Without `update` the
    widget is made again, and the hand is put back where it was in it.
    """

    key: Hashable
    says: object
    make: Callable[[], QWidget]
    update: Callable[[Any], None] | None = None


class KeyedColumn(QVBoxLayout):
    """A column whose widgets are known by a key."""

    def __init__(self, spacing: int = 0) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._made: dict[Hashable, tuple[object, QWidget]] = {}

    def show_parts(self, parts: Sequence[KeyedPart]) -> None:
        """Show these parts in this order, and no others."""
        before, self._made = self._made, {}
        for place, part in enumerate(parts):
            says, widget = before.pop(part.key, (None, None))
            if widget is None:
                widget = part.make()
            elif says != part.says and part.update is not None:
                part.update(widget)
            elif says != part.says:
                widget = self._again(widget, part)
            self._made[part.key] = (part.says, widget)
            self._put(place, widget)
        for _says, widget in before.values():
            self._drop(widget)

    def widget_of(self, key: Hashable) -> QWidget | None:
        """Build the widget that stands for a key."""
        return self._made[key][1] if key in self._made else None

    def _put(self, place: int, widget: QWidget) -> None:
        item = self.itemAt(place)
        if item is None or item.widget() is not widget:
            # Taken out of a layout and put back, a widget keeps its parent, and so the focus.
            self.removeWidget(widget)
            self.insertWidget(place, widget)
            widget.show()

    def _again(self, old: QWidget, part: KeyedPart) -> QWidget:
        place = self.indexOf(old)
        with same_hand(old) as hand:
            widget = part.make()
            self.insertWidget(place, widget)
            hand.container = widget
            # It goes when the hand has left it: hidden first, it would throw the focus elsewhere.
            old.setProperty(GOING, True)
        self._drop(old)
        return widget

    def _drop(self, widget: QWidget) -> None:
        self.removeWidget(widget)
        drop_quietly(widget)


def drop_quietly(widget: QWidget) -> None:
    """Take a widget away without its fields telling that they were left."""
    for inside in (widget, *widget.findChildren(QWidget)):
        inside.blockSignals(True)
    let_go(widget)


class Hand:
    """In which field of a container a person is, and what stands there that is not yet anybody
    else's."""

    def __init__(self, container: QWidget) -> None:
        self.container = container
        self.field = _field_with_focus(container)
        self._heights = [area.verticalScrollBar().value()
                         for area in container.findChildren(QScrollArea)]
        if self.field is None:
            return
        self._kind, self._name = type(self.field), _name_of(self.field)
        self._rank = _alike(container, self._kind, self._name, self.field).index(self.field)
        self._place = _alike(container, self._kind, None, self.field).index(self.field)
        self._typed = _typed_in(self.field)

    def go_back(self) -> None:
        """Put the focus, the cursor and what was typed into the same field of the container as it
        is now."""
        for area, height in zip(self.container.findChildren(QScrollArea), self._heights,
                                strict=False):
            area.verticalScrollBar().setValue(height)
        if self.field is None:
            return
        alike, rank = _alike(self.container, self._kind, self._name), self._rank
        if not alike:
            # Its name may hold the words that are new.
            alike, rank = _alike(self.container, self._kind, None), self._place
        if not alike:
            return
        field = alike[min(rank, len(alike) - 1)]
        _show_way_to(field, self.container)
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        _type_again(field, self._typed)


@contextmanager
def same_hand(container: QWidget) -> Iterator[Hand]:
    """Do what builds the inside of a container again; the person finds the hand where it was."""
    hand = Hand(container)
    before = hand.field
    # What a field that goes holds is carried over to the next one: it does not tell that it was
    # left.
    quiet = [] if before is None else [(inside, inside.blockSignals(True)) for inside in (
        before, *before.findChildren(QObject))]
    try:
        yield hand
    finally:
        for inside, blocked in quiet:
            if isValid(inside) and not _is_going(before):
                inside.blockSignals(blocked)
    # What stood within may have put the hand back already.
    if before is not None and _is_going(before) and _is_going(_field_with_focus(hand.container)
                                                              or before):
        hand.go_back()


def keeps_hand(show: Callable[Concatenate[Any, P], None]) -> Callable[Concatenate[Any, P], None]:
    """Make a method that builds the inside of its widget again leave the hand of the person where
    it was."""

    @wraps(show)
    def shown(widget: QWidget, /, *args: P.args, **kwargs: P.kwargs) -> None:
        with same_hand(widget):
            show(widget, *args, **kwargs)

    return shown


def _field_with_focus(container: QWidget) -> QWidget | None:
    """Build the widget of the container that a person knows as the one with the focus: the spin
    box, not the line in it."""
    inside = QApplication.focusWidget()
    if inside is None or not (inside is container or container.isAncestorOf(inside)):
        return None
    owner = inside.parentWidget()
    if isinstance(inside, QLineEdit) and isinstance(owner, QAbstractSpinBox | QComboBox):
        return owner
    return inside


def _name_of(widget: QWidget) -> str:
    return widget.accessibleName() or widget.objectName()


def _alike(container: QWidget, kind: type[QWidget], name: str | None,
           field: QWidget | None = None) -> list[QWidget]:
    """Return the widgets of a kind and a name that are seen and stay, and `field` anyway."""
    return [widget for widget in (container, *container.findChildren(kind))
            if type(widget) is kind and name in (None, _name_of(widget))
            and (widget is field or not (_was_hidden(widget) or _is_going(widget)))]


def _is_going(field: QWidget | None) -> bool:
    """Whether a field was taken away with what it stood in; one that a gesture hid is there."""
    inside = field
    while inside is not None and isValid(inside):
        if inside.property(GOING):
            return True
        inside = inside.parentWidget()
    return field is not None and not isValid(field)


def _was_hidden(widget: QWidget) -> bool:
    # What was just made is hidden too, until its layout shows it.
    return widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


def _show_way_to(field: QWidget, container: QWidget) -> None:
    """Show now what a layout would show in a moment: a field that is not seen takes no focus."""
    inside: QWidget | None = field
    while inside is not None:
        if inside.isHidden() and not _was_hidden(inside):
            inside.show()
        if inside is container:
            return
        inside = inside.parentWidget()


def _line_of(field: QWidget) -> QLineEdit | None:
    if isinstance(field, QLineEdit):
        return field
    return field.findChild(QLineEdit) if isinstance(field, QAbstractSpinBox | QComboBox) else None


def _typed_in(field: QWidget) -> dict[str, Any]:
    line = _line_of(field)
    found: dict[str, Any] = {}
    if isinstance(field, QComboBox):
        found["index"] = field.currentData()
    if line is not None:
        found |= {"at": line.cursorPosition(),
                  "chosen": (line.selectionStart(), len(line.selectedText())),
                  "text": line.text() if line.isModified() else None}
    if isinstance(field, QPlainTextEdit):
        cursor = field.textCursor()
        found |= {"at": cursor.position(), "anchor": cursor.anchor(),
                  "text": field.toPlainText() if field.document().isModified() else None}
    return found


def _type_again(field: QWidget, typed: dict[str, Any]) -> None:
    line = _line_of(field)
    if line is not None and "at" in typed:
        if typed["text"] is not None and line.text() != typed["text"]:
            line.setText(typed["text"])
            line.setModified(True)
        line.setCursorPosition(min(typed["at"], len(line.text())))
        start, length = typed["chosen"]
        if start >= 0 and length:
            line.setSelection(start, length)
    elif isinstance(field, QPlainTextEdit) and "at" in typed:
        if typed["text"] is not None:
            field.setPlainText(typed["text"])
            field.document().setModified(True)
        cursor = field.textCursor()
        whole = len(field.toPlainText())
        cursor.setPosition(min(typed["anchor"], whole))
        cursor.setPosition(min(typed["at"], whole), cursor.MoveMode.KeepAnchor)
        field.setTextCursor(cursor)


def show_text(line: QLineEdit, before: str, now: str) -> None:
    """Show a text that changed in a field, unless somebody has begun to write over the one
    before."""
    if line.text() != before or line.text() == now:
        return
    at = line.cursorPosition()
    blocked = line.blockSignals(True)
    line.setText(now)
    line.setCursorPosition(min(at, len(now)) if line.hasFocus() else 0)
    line.blockSignals(blocked)


def show_number(spin: QSpinBox, before: int, now: int) -> None:
    """Show a number that changed, unless another is being typed over the one before."""
    if spin.value() != before or spin.cleanText() != str(before) or before == now:
        return
    blocked = spin.blockSignals(True)
    spin.setValue(now)
    spin.blockSignals(blocked)
