"""The keys of a sheet: a figure chooses one of what is offered, a letter answers, from the list and
the sheet alike."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

from desktop.ui.records.parts import Parts
from desktop.ui.records.register import Register
from desktop.ui.widgets.keys import NOTHING, SHIFT, digit_of, held


class SheetKeys(QObject):
    """Watches the keys of one register, whose sheets have `Parts`.

    No shortcut: AZERTY types its figures with Shift, and means them without too. `figure(parts,
    number)`: what a figure from 1 on does. `letters`: what each capital does.
    """

    def __init__(self, register: Register, figure: Callable[[Parts, int], None],
                 letters: Mapping[str, Callable[[Parts], None]] | None = None) -> None:
        super().__init__(register)
        self._register, self._figure, self._letters = register, figure, letters or {}
        for watched in (register, register.table):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return (event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
                and self._act(event))

    def _act(self, event: QKeyEvent) -> bool:
        parts = self._register.extra
        if not isinstance(parts, Parts) or not self._register.writes or parts.is_typed_in:
            return False
        digit, letter = digit_of(event, unshifted=True), event.text().upper()
        if digit:
            self._figure(parts, int(digit))
        elif letter in self._letters and held(event) in (NOTHING, SHIFT):
            self._letters[letter](parts)
        else:
            return False
        return True


def of_kind(kind: type[Parts], gesture: Callable[..., None]) -> Callable[..., None]:
    """Do a gesture on parts of this kind alone."""
    return partial(_do, kind, gesture)


def _do(kind: type[Parts], gesture: Callable[..., None], parts: Parts, *given: int) -> None:
    if isinstance(parts, kind):
        gesture(parts, *given)
