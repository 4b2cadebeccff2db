"""A list of which each line has a key: one press answers. One stop of Tab; arrows go from line to
line, Space chooses."""

from collections.abc import Collection, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.widgets.accessibility import announce
from desktop.ui.widgets.answers import AnswerButton
from desktop.ui.widgets.keys import NOTHING, digit_of, held
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.tab_order import step

FIGURES, LETTERS = "123456789", "abcdefghijklmnopqrstuvwxyz"
_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)


class OneKey(QWidget):
    """One answer of a list, or several: figures choose where there are nine lines at most, letters
    where there are more.

    `alone`: codes that stand by themselves among several ("none", "does not know").
    """

    changed = Signal()

    def __init__(self, name: str, options: Sequence[tuple[Any, str]], *, several: bool = False,
                 alone: Collection[Any] = ()) -> None:
        super().__init__()
        self._name, self._several, self._alone = name, several, frozenset(alone)
        self._caps = FIGURES if len(options) <= len(FIGURES) else LETTERS
        self._at = 0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        line = Flow(6)
        self.setLayout(line)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.buttons: list[tuple[Any, AnswerButton]] = []
        for number, (code, words) in enumerate(options):
            made = AnswerButton(words, cap=self._caps[number].upper())
            made.setAccessibleName(f"{name}: {words}")
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            made.clicked.connect(partial(self._on_clicked, number))
            line.addWidget(made)
            self.buttons.append((code, made))

    def value(self) -> Any:
        """Return the chosen code, None for none; a list of them where several may be chosen."""
        chosen = [code for code, made in self.buttons if made.isChecked()]
        return chosen if self._several else chosen[0] if chosen else None

    def set_value(self, value: object) -> None:
        """Show what is chosen, without telling that it changed."""
        wanted = value if isinstance(value, (list, tuple)) else [value]
        for code, made in self.buttons:
            made.setChecked(code in wanted)
        self._say()

    def _say(self) -> None:
        chosen = [made.title for _code, made in self.buttons if made.isChecked()]
        self.setAccessibleDescription(", ".join(chosen))

    def _on_clicked(self, number: int, _down: bool = False) -> None:
        # Qt has turned the button already: what was chosen is chosen again, or not.
        code, made = self.buttons[number]
        self._settle(number, made.isChecked(), code)

    def _settle(self, number: int, chosen: bool, code: Any) -> None:
        self._at = number
        for other, (own, made) in enumerate(self.buttons):
            if other == number:
                made.setChecked(chosen)
            elif chosen and (not self._several or code in self._alone or own in self._alone):
                made.setChecked(False)
        self._say()
        announce(self, self.accessibleDescription())
        self.changed.emit()

    def choose(self, number: int) -> bool:
        """Give the answer of a line, or take it back; whether it is given now."""
        code, made = self.buttons[number]
        given = not made.isChecked()
        self._settle(number, given, code)
        return given

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = self._number_of(event)
        if number is not None:
            if self.choose(number) and not self._several:
                step(self.window(), forward=True)
        elif event.key() in (*_FORWARD, *_BACK) and held(event) == NOTHING:
            self._at = (self._at + (1 if event.key() in _FORWARD else -1)) % len(self.buttons)
            self._mark(True)
        elif event.key() == Qt.Key.Key_Space and held(event) == NOTHING:
            self.choose(self._at)
        else:
            super().keyPressEvent(event)

    def _number_of(self, event: QKeyEvent) -> int | None:
        cap = digit_of(event, unshifted=True) if self._caps is FIGURES else event.text().lower()
        number = (self._caps.find(cap) if len(cap) == 1
                  and held(event) in (NOTHING, Qt.KeyboardModifier.ShiftModifier) else -1)
        return number if 0 <= number < len(self.buttons) else None

    def _mark(self, shown: bool) -> None:
        for number, (_code, made) in enumerate(self.buttons):
            made.set_marked(shown and number == self._at)
        if shown:
            announce(self, self.buttons[self._at][1].title)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._at = next(
            (number for number, (_code, made) in enumerate(self.buttons) if made.isChecked()), 0)
        self._mark(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._mark(False)
        super().focusOutEvent(event)
