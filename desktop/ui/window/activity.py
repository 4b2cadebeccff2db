"""Whether somebody is there: each key, click and turn of the wheel puts the lock off."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from desktop.ui.widgets.running import running

HEARD = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
                   QEvent.Type.ShortcutOverride})


class Activity(QObject):
    """Hears every event of the application while it is begun. `minutes` gives how long nobody may
    be there; 0: for ever.

    `seen` tells that somebody did something, `gone` that nobody has for so long.
    """

    seen = Signal()
    gone = Signal()

    def __init__(self, parent: QObject, minutes: Callable[[], int]) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.gone)

    def begin(self) -> None:
        """Listen, and count from now."""
        running().installEventFilter(self)
        self._again()

    def end(self) -> None:
        """Listen no more."""
        running().removeEventFilter(self)
        self._timer.stop()

    def _again(self) -> None:
        if self._minutes() > 0:
            self._timer.start(self._minutes() * 60_000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Every event of every widget comes by here: one question that costs next to nothing, and
        # most are let go.
        if not isinstance(event, QInputEvent):
            return False
        kind = event.type()
        if kind not in HEARD:
            return False
        if kind != QEvent.Type.ShortcutOverride:
            self._again()
            self.seen.emit()
        # A field with nothing to undo leaves Ctrl+Z to the last gesture, and Ctrl+Y with nothing to
        # do again.
        if (kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
            and isinstance(watched, QLineEdit)):
            keys = QKeySequence.StandardKey
            if ((event.matches(keys.Undo) and not watched.isUndoAvailable())
                    or (event.matches(keys.Redo) and not watched.isRedoAvailable())):
                event.ignore()
                return True
        return False
