"""Python's garbage, collected when nobody waits: a collection of everything stops all threads for a
tenth of a second."""

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

QUIET_MS = 5_000
"""Without a key nor a click: whoever reads does not see it."""
SELDOM = 1_000
"""Middling collections before one of everything comes by itself, where somebody types on and on; of
itself it would be ten. The young and the middling ones find nearly all."""


class IdleCollector(QObject):
    """Collects everything once in each quiet moment; `is_busy` says that the window is looked at
    all the same."""

    def __init__(self, parent: QObject, is_busy: Callable[[], bool],
                 quiet_ms: int = QUIET_MS) -> None:
        super().__init__(parent)
        self.times = 0
        self._is_busy = is_busy
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(quiet_ms)
        self._timer.timeout.connect(self.collect)

    @staticmethod
    def begin() -> None:
        """Once, when the program is there: what it consists of stays to the end, and is not gone
        through any more."""
        if gc.get_threshold()[2] != SELDOM:
            # Going through all modules each time that rows are read took half of that reading.
            gc.freeze()
            gc.set_threshold(*gc.get_threshold()[:2], SELDOM)

    @property
    def is_waiting(self) -> bool:
        """A quiet moment is waited for."""
        return self._timer.isActive()

    def heard(self) -> None:
        """Somebody does something: wait anew."""
        self._timer.start()

    def collect(self) -> None:
        """Everything, now; later where something is under way."""
        if self._is_busy():
            self._timer.start()
            return
        self.times += 1
        gc.collect()
