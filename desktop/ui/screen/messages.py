"""The one place that tells the person something: a short message at the bottom of the window, never
a question."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.ui.widgets.basics import button, empty_layout, label
from desktop.ui.widgets.theme import scaled

BESIDE = 180


class Messages(QFrame):
    """A toast over `window`; the last message is kept as `text` for tests and screen readers."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self.text = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 4, 6, 4)
        self._row.setSpacing(12)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        window.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show `text` for a few seconds, with "Undo" where `undo` is given."""
        self.text = text
        # Measured while it is shown, it would not count what is put into it now: the button would
        # have no room.
        self.hide()
        empty_layout(self._row)
        words = label(text, wrap=True)
        words.ensurePolished()
        words.setMinimumWidth(
            min(self._widest() - 240, words.fontMetrics().horizontalAdvance(text) + 4))
        self._row.addWidget(words)
        if undo is not None:
            self._row.addWidget(button(_("Undo"), lambda: self._undo(undo)))
        else:
            self._row.addSpacing(6)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(8000 if undo is not None else max(4000, 60 * len(text)))

    def _on_time(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            # Who stands on its button has the time to press it.
            self._timer.start()
        else:
            self.hide()

    def _undo(self, undo: Callable[[], None]) -> None:
        self.hide()
        undo()

    def error(self, error: AppError) -> None:
        """Show what the person can act on."""
        self.say(f"{error.message} {error.hint}".strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _widest(self) -> int:
        window = self.parentWidget()
        return min(scaled(880), max(320, window.width() - 80)) if window is not None else 320

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setMaximumWidth(self._widest())
        self.adjustSize()
        # Over the strip alone, beside its button: a field of the page must never lie under a
        # message.
        self.move(max(8, window.width() - self.width() - BESIDE),
                  window.height() - self.height() - 3)
