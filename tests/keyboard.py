"""Keys as the system sends them: French and American layouts, numeric pad, AltGr, composed letters.

`type_on` types text as somebody at that keyboard does: what no key gives is composed, and comes by
the input method. Shift is pressed before the key that needs it; a shortcut is asked for first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from unicodedata import normalize

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

NOTHING = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PAD = Qt.KeyboardModifier.KeypadModifier
ALT_GR_LINUX = Qt.KeyboardModifier.GroupSwitchModifier
ALT_GR_WINDOWS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
"""What AltGr holds, which the systems say each in its way."""


@dataclass(frozen=True)
class Stroke:
    """One press of one key: its code, what it types, what is held."""

    key: Qt.Key
    text: str = ""
    held: Qt.KeyboardModifier = NOTHING

    def send(self, widget: QWidget, more: Qt.KeyboardModifier = NOTHING) -> None:
        """Press and release it over a widget, `more` held too."""
        QTest.sendKeyEvent(QTest.KeyAction.Click, widget, self.key, self.text, self.held | more)


ENTER = Stroke(Qt.Key.Key_Return, "\r")
PAD_ENTER = Stroke(Qt.Key.Key_Enter, "\r", PAD)
TAB = Stroke(Qt.Key.Key_Tab, "\t")
BOTH_ENTERS = pytest.mark.parametrize("enter", [
    pytest.param(ENTER, id="Enter"), pytest.param(PAD_ENTER, id="pad")])


def key_of(letter: str) -> Qt.Key:
    """The code of the key that types a letter: that of its capital, where Latin-1 has one."""
    capital = letter.upper()
    return Qt.Key(ord(capital) if len(capital) == 1 and ord(capital) < 0x100 else ord(letter))


@dataclass(frozen=True)
class Layout:
    """What each key types: alone, with Shift, with AltGr, row by row (a space: nothing)."""

    name: str
    alone: str
    shifted: str
    alt_gr: str = ""
    dead: Mapping[str, str] = field(default_factory=dict)
    """Dead keys: the combining accent -> what is shown until the letter comes."""
    alt_gr_held: Qt.KeyboardModifier = ALT_GR_LINUX

    def stroke(self, letter: str) -> Stroke | None:
        """The press that types a letter; None where it must be composed."""
        rows = ((self.alone, NOTHING), (self.shifted, SHIFT), (self.alt_gr, self.alt_gr_held))
        for row, keys in rows:
            if letter in row.replace(" ", ""):
                return Stroke(key_of(letter), letter, keys)
        return {" ": Stroke(Qt.Key.Key_Space, " "), "\n": ENTER, "\t": TAB}.get(letter)

    def unshifted(self, figures: str) -> str:
        """What the keys of these figures type when Shift is forgotten."""
        return "".join(self.alone[self.shifted.index(figure)] for figure in figures)


CIRCUMFLEX_AND_DIAERESIS = {"\u0302": "^", "\u0308": "¨"}
FRENCH = Layout(
    "AZERTY", "²&é\"'(-è_çà)=" "azertyuiop$" "qsdfghjklmù*" "<wxcvbn,;:!",
    " 1234567890°+" "AZERTYUIOP£" "QSDFGHJKLM%µ" ">WXCVBN?./§",
    "  ~#{[|`\\^@]}" "  €", dead=CIRCUMFLEX_AND_DIAERESIS)
FRENCH_ON_WINDOWS = replace(FRENCH, name="AZERTY on Windows", alt_gr_held=ALT_GR_WINDOWS)
BELGIAN = Layout(
    "Belgian AZERTY", "²&é\"'(§è!çà)-" "azertyuiop$" "qsdfghjklmùµ" "<wxcvbn,;:=",
    "³1234567890°_" "AZERTYUIOP*" "QSDFGHJKLM%£" ">WXCVBN?./+",
    dead=CIRCUMFLEX_AND_DIAERESIS)
AMERICAN = Layout(
    "QWERTY", "`1234567890-=" "qwertyuiop[]\\" "asdfghjkl;'" "zxcvbnm,./",
    "~!@#$%^&*()_+" "QWERTYUIOP{}|" "ASDFGHJKL:\"" "ZXCVBNM<>?")


def type_on(layout: Layout, widget: QWidget, text: str) -> None:
    """Type text as somebody at this keyboard does; a line break is Enter."""
    for letter in text:
        stroke = layout.stroke(letter)
        if stroke is not None:
            stroke.send(widget)
        else:
            compose(widget, letter, layout.dead.get(normalize("NFD", letter)[1:], ""))


def type_on_pad(widget: QWidget, text: str) -> None:
    """Type figures, signs and Enter on the numeric pad, under Num Lock."""
    for letter in text:
        stroke = PAD_ENTER if letter == "\n" else Stroke(key_of(letter), letter, PAD)
        assert letter in "0123456789+-*/.\n", f"{letter} is not on a numeric pad"
        stroke.send(widget)


def compose(widget: QWidget, letter: str, shown: str = "") -> None:
    """Give a letter that no key types as the input method does, `shown` while it is awaited."""
    if shown:
        QCoreApplication.sendEvent(widget, QInputMethodEvent(shown, []))
    done = QInputMethodEvent()
    done.setCommitString(letter)
    QCoreApplication.sendEvent(widget, done)
