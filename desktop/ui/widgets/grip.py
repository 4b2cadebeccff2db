"""The handle by which a line is dragged up or down among others."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop.base.i18n import _
from desktop.ui.widgets.icons import pixmap


class Grip(QLabel):
    """Dragged up or down, moves the line beside it. `held` and `dragged` tell where the pointer is,
    in the screen's pixels.

    Escape, or another button, lets go without moving.
    """

    held = Signal(int)
    dragged = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPixmap(pixmap("grip-vertical", 16))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(_("Drag, or Alt+Up and Alt+Down in the title"))
        self._from: int | None = None
        self._hears: QWidget | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            self._let_go()
            return
        self._from = event.globalPosition().toPoint().y()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        # Where the keys go meanwhile; the focus stays, or what was typed there would be kept and
        # this line built anew.
        self._hears = QApplication.focusWidget() or self.window()
        self._hears.installEventFilter(self)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self.held.emit(event.globalPosition().toPoint().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, at = self._from, event.globalPosition().toPoint().y()
        self._let_go()
        if start is not None and abs(at - start) >= QApplication.startDragDistance():
            self.dragged.emit(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
            and isinstance(event, QKeyEvent)
                and event.key() == Qt.Key.Key_Escape and watched is self._hears):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self._let_go()
            return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._let_go()
        super().hideEvent(event)

    def _let_go(self) -> None:
        if self._from is None:
            return
        self._from = None
        if self._hears is not None:
            self._hears.removeEventFilter(self)
            self._hears = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.left.emit()
