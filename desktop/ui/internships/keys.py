"""The keys of a sheet of the internships: a figure applies, a letter answers, from the list and the sheet alike."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

from desktop.ui.internships.parts import ANSWER_KEYS, InternshipParts
from desktop.ui.records.register import Register
from desktop.ui.widgets.keys import NOTHING, SHIFT, digit_of, held


class SheetKeys(QObject):
    """Watches the keys of one register.

    No shortcut: AZERTY types its figures with Shift, and means them without too.
    """

    def __init__(self, register: Register) -> None:
        super().__init__(register)
        self._register = register
        for watched in (register, register.table):
            watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._act(event)

    def _act(self, event: QKeyEvent) -> bool:
        extra = self._register.extra
        if not isinstance(extra, InternshipParts) or not self._register.writes or extra.is_typed_in:
            return False
        digit, letter = digit_of(event, unshifted=True), event.text().upper()
        if digit:
            extra.choose(int(digit))
        elif letter in ANSWER_KEYS and held(event) in (NOTHING, SHIFT):
            extra.answer(ANSWER_KEYS[letter])
        else:
            return False
        return True
