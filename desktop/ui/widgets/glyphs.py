"""The small drawings of states, always beside their word: rings, discs and a triangle, told apart
without a colour."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.widgets.theme import scaled, tokens

SIZE = 14
WAITED, BEGUN, HALF, DONE, CROSSED = "waited", "begun", "half", "done", "crossed"
DOTTED, PAUSED, TICKED, LATE = "dotted", "paused", "ticked", "late"


def paint_glyph(painter: QPainter, x: float, y: float, glyph: str, colour: str,
                size: int = 0) -> None:
    """Draw one with its left top corner at x, y; `size` in pixels, that of the text for 0."""
    side = size or scaled(SIZE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(x, y)
    painter.scale(side / SIZE, side / SIZE)
    ink, ring = QColor(colour), QRectF(1.5, 1.5, 11, 11)
    pen = QPen(ink, 1.5)
    if glyph == WAITED:
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([1.6, 1.5])
    painter.setPen(pen)
    if glyph == LATE:
        painter.setPen(QPen(ink, 1.5, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPolygon([QPointF(7, 1.8), QPointF(13, 12.4), QPointF(1, 12.4)])
        painter.drawLine(QPointF(7, 5.6), QPointF(7, 8.6))
        painter.drawPoint(QPointF(7, 10.6))
        painter.restore()
        return
    painter.setBrush(ink if glyph in (DONE, TICKED) else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if glyph == HALF:
        half = QPainterPath(QPointF(7, 1.5))
        half.arcTo(ring, 90, 180)
        painter.fillPath(half, ink)
    elif glyph == DONE:
        painter.setPen(QPen(QColor(tokens().surface), 1.6))
        painter.drawPolyline([QPointF(4, 7), QPointF(9.6, 7)])
        painter.drawPolyline([QPointF(7.4, 4.6), QPointF(9.8, 7), QPointF(7.4, 9.4)])
    elif glyph == DOTTED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(7, 7), 2.6, 2.6)
    elif glyph == PAUSED:
        painter.drawLine(QPointF(5.6, 4.8), QPointF(5.6, 9.2))
        painter.drawLine(QPointF(8.4, 4.8), QPointF(8.4, 9.2))
    elif glyph == TICKED:
        painter.setPen(QPen(QColor(tokens().surface), 1.6))
        painter.drawPolyline([QPointF(4.2, 7.2), QPointF(6.3, 9.2), QPointF(9.9, 5)])
    elif glyph == CROSSED:
        painter.drawLine(QPointF(4.8, 4.8), QPointF(9.2, 9.2))
        painter.drawLine(QPointF(9.2, 4.8), QPointF(4.8, 9.2))
    painter.restore()


class GlyphLabel(QWidget):
    """A drawing and its word, in one colour of the theme (a tone: ok, warn, bad, accent,
    neutral)."""

    def __init__(self, glyph: str, words: str, tone: str = "neutral") -> None:
        super().__init__()
        self._glyph, self._words, self._tone = glyph, words, tone
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(scaled(SIZE) + 7 + metrics.horizontalAdvance(self._words),
                     max(metrics.height(), scaled(SIZE)) + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colour = QPainter(self), tokens().tone(self._tone)[0]
        side = scaled(SIZE)
        paint_glyph(painter, 0, (self.height() - side) / 2, self._glyph, colour)
        painter.setPen(QColor(colour))
        painter.drawText(QRectF(side + 7, 0, self.width() - side - 7, self.height()),
                         Qt.AlignmentFlag.AlignVCenter, self._words)
        painter.end()
