"""A panel that opens over the screens, and gives the focus back when it closes."""

from PySide6.QtWidgets import QApplication, QFrame, QWidget


class Panel(QFrame):
    """Hidden until it is shown; whoever shows it calls `take_over` before it takes the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._before: QWidget | None = None

    def take_over(self) -> None:
        """Remember what has the focus."""
        self._before = QApplication.focusWidget()

    def close_it(self) -> None:
        """Hide, and give the focus back to what had it."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()
        self._before = None
