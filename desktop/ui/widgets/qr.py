"""A square that a telephone reads: dark on light in every theme, and with the quiet edge that
readers need."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.widgets.theme import scaled

QUIET = 4
"""Squares of light around it (ISO/IEC 18004, 5.3.8)."""
LEAST = 4
"""Pixels a square: less is too little for the camera of a telephone before a screen."""


class QrPicture(QWidget):
    """The rows of a code, as large as they need; `name` says what it holds to who does not see
    it."""

    def __init__(self, rows: Sequence[Sequence[bool]], name: str) -> None:
        super().__init__()
        self._rows = rows
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = (len(self._rows) + 2 * QUIET) * max(LEAST, scaled(LEAST))
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#ffffff"))
        # Whole pixels: edges that are half of both would be read as neither.
        step = min(self.width(), self.height()) // (len(self._rows) + 2 * QUIET)
        left = (self.width() - step * len(self._rows)) // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#000000"))
        for row, squares in enumerate(self._rows):
            for column, dark in enumerate(squares):
                if dark:
                    painter.drawRect(QRectF(left + column * step, left + row * step, step, step))
        painter.end()
