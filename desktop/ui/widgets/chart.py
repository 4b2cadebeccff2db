"""Bars drawn by hand: a label, a bar, its figure; readable without colour."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.widgets.theme import scaled, tokens

Bars = Sequence[tuple[str, int]]


def figure_words(count: int, floor: int) -> str:
    """Return a count as it is written: one under the floor says only that it is."""
    return f"<\u00a0{floor}" if 0 < count < floor else str(count)


class RowBars(QWidget):
    """One horizontal bar a line; counts under `floor` are all drawn alike. `apart`: the last bar is
    what is left over, not one among the others."""

    def __init__(self, name: str, bars: Bars, floor: int = 0, *, apart: bool = False) -> None:
        super().__init__()
        self.floor, self.apart = floor, apart
        self.bars = list(bars)
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            ", ".join(f"{words} {figure_words(count, floor)}" for words, count in bars))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(320, max(1, len(self.bars)) * (self.fontMetrics().height() + 12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = tokens()
        metrics = self.fontMetrics()
        height = metrics.height() + 12
        widest = min(int(self.width() * 0.46),
                     max((metrics.horizontalAdvance(w) for w, _n in self.bars), default=0) + 4)
        figure = max((metrics.horizontalAdvance(figure_words(n, self.floor))
                      for _w, n in self.bars), default=0) + 10
        room = max(20, self.width() - widest - figure - 14)
        most = max((n for _w, n in self.bars), default=1) or 1
        for number, (words, count) in enumerate(self.bars):
            top = number * height
            painter.setPen(QColor(t.text))
            painter.drawText(QRectF(0, top, widest, height), Qt.AlignmentFlag.AlignVCenter,
                             metrics.elidedText(words, Qt.TextElideMode.ElideRight, widest))
            drawn = self.floor / 2 if 0 < count < self.floor else count
            length = max(3.0, room * drawn / most) if count else 0.0
            painter.setPen(Qt.PenStyle.NoPen)
            left_over = self.apart and number == len(self.bars) - 1
            painter.setBrush(QColor(t.edge if left_over else t.accent))
            painter.drawRoundedRect(QRectF(widest + 12, top + 6, length, height - 12), 4, 4)
            painter.setPen(QColor(t.muted))
            painter.drawText(QRectF(widest + 12 + length + 6, top, figure, height),
                             Qt.AlignmentFlag.AlignVCenter,
                             figure_words(count, self.floor))
        painter.end()


class ColumnBars(QWidget):
    """One vertical bar a period, the figure above it; counts under `floor` are all drawn alike."""

    def __init__(self, name: str, bars: Bars, floor: int = 0) -> None:
        super().__init__()
        self.floor = floor
        self.bars = list(bars)
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            ", ".join(f"{words} {figure_words(count, self.floor)}" for words, count in bars))
        self.setFixedHeight(scaled(190))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = tokens()
        line = self.fontMetrics().height()
        font = painter.font()
        font.setPixelSize(max(11, font.pixelSize() - 2))
        painter.setFont(font)
        base = self.height() - line - 6
        most = max((n for _w, n in self.bars), default=1) or 1
        step = self.width() / max(1, len(self.bars))
        painter.setPen(QColor(t.line))
        painter.drawLine(0, base, self.width(), base)
        for number, (words, count) in enumerate(self.bars):
            left = number * step
            drawn = self.floor / 2 if 0 < count < self.floor else count
            height = (base - line - 6) * drawn / most
            width = min(36.0, step * 0.62)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.accent))
            painter.drawRoundedRect(QRectF(left + (step - width) / 2, base - height, width, height),
                                    3, 3)
            painter.setPen(QColor(t.text))
            painter.drawText(QRectF(left, base - height - line - 2, step, line),
                             Qt.AlignmentFlag.AlignCenter,
                             figure_words(count, self.floor))
            painter.setPen(QColor(t.muted))
            painter.drawText(QRectF(left, base + 4, step, line), Qt.AlignmentFlag.AlignCenter,
                             words)
        painter.end()
