"""What a key means, from whatever keyboard it comes: numeric pad, French layouts, AltGr.

The numeric pad sends KeypadModifier with each of its keys: ask `held` which keys are held, never
the event.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

NOTHING = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
_NOT_HELD = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_UNSHIFTED = dict(zip("&é\"'(-è_çà", "1234567890", strict=True)) | {"§": "6", "!": "8"}
"""What the top row of AZERTY sends without Shift; § and ! are those of Belgium."""


def with_alt(figure: int) -> list[QKeySequence]:
    """Return what Alt and the key of a figure give, on keyboards with and without Shift for
    figures."""
    unshifted = [letter for letter, given in _UNSHIFTED.items() if given == str(figure)]
    return [QKeySequence(f"Alt+{letter.upper()}") for letter in (str(figure), *unshifted)]


def is_enter(event: QKeyEvent) -> bool:
    """Whether this is Enter, of the keyboard or of its numeric pad, with whatever is held."""
    return event.key() in _ENTER


def held(event: QKeyEvent) -> Qt.KeyboardModifier:
    """Return the keys that are held with this one: Shift, Ctrl, Alt, Meta."""
    return event.modifiers() & ~_NOT_HELD


def digit_of(event: QKeyEvent, unshifted: bool = False) -> str:
    """Return the figure that is typed, from 0 to 9, or "".

    `unshifted`: nothing but a figure is meant here, so AZERTY gives its figures without Shift too.
    """
    text, keys = event.text(), held(event)
    if len(text) == 1 and text.isdecimal() and keys in (NOTHING, SHIFT):
        return str(int(text))
    # Lower case: under Caps Lock some systems send É, È, Ç and À.
    return _UNSHIFTED.get(text.lower(), "") if unshifted and keys == NOTHING else ""
