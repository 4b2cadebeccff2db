"""What the clipboard is only lent: a secret for a minute, lines of a list and texts until the lock
or quit."""

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

LENT_MS = 60_000
_SECRET = "secret"
_MARK = "application/x-carnet-lent"


def keep_secret(widget: QWidget) -> None:
    """Watch what is copied out of this widget: the lock takes it back."""
    widget.setProperty(_SECRET, True)
    if isinstance(widget, QLabel):
        widget.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse
                                       | Qt.TextInteractionFlag.TextSelectableByKeyboard)


def lend(text: str, html: str) -> None:
    """Fill the clipboard until the lock."""
    data = QMimeData()
    data.setText(text)
    data.setHtml(html)
    data.setData(_MARK, b"1")
    QGuiApplication.clipboard().setMimeData(data)


def _chosen_in(focus: QWidget | None) -> str | None:
    """Return what is selected in the text where one is: notes, an account."""
    return (focus.textCursor().selection().toPlainText()
            if isinstance(focus, QPlainTextEdit | QTextEdit) else None)


class ClipboardGuard(QObject):
    """Watches the clipboard, and what the mouse selects where the desktop keeps that too."""

    def __init__(self, parent: QObject, after_ms: int = LENT_MS) -> None:
        super().__init__(parent)
        self._lent: dict[QClipboard.Mode, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(after_ms)
        self._timer.timeout.connect(self.take_back)
        QGuiApplication.clipboard().changed.connect(self._on_changed)

    def _on_changed(self, mode: QClipboard.Mode) -> None:
        clipboard, focus = QGuiApplication.clipboard(), QApplication.focusWidget()
        text = clipboard.text(mode)
        if self._lent.pop(mode, None) is not None and not self._lent:
            self._timer.stop()
        # Not every platform says who filled the clipboard: it was lent here if the secret with the
        # focus holds these words.
        if (text and isinstance(focus, QLabel | QLineEdit) and focus.property(_SECRET)
            and text in focus.text()):
            self._lent[mode] = text
            self._timer.start()
        elif text and (clipboard.mimeData(mode).hasFormat(_MARK) or text == _chosen_in(focus)):
            self._lent[mode] = text

    def take_back(self) -> None:
        """Empty the clipboard where it still holds what was lent; what somebody copied since is
        theirs."""
        self._timer.stop()
        clipboard = QGuiApplication.clipboard()
        for mode, text in list(self._lent.items()):
            if clipboard.text(mode) == text:
                clipboard.clear(mode)
        self._lent.clear()
