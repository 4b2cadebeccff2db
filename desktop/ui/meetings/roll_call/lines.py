"""How a person of the roll-call is drawn: a box that says by its shape how they take part, then who
they are."""

from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from desktop.base.dates.french import time_of
from desktop.base.i18n import _
from desktop.models.choices import label as choice_label
from desktop.models.states import AttendanceState
from desktop.queries.meetings.rows import COUNTED, AttendanceRow
from desktop.ui.widgets.lists.rows import ROW
from desktop.ui.widgets.theme import outline, tokens

Index = QModelIndex | QPersistentModelIndex


def state_words(row: AttendanceRow) -> str:
    """Return what is said beside a name that is neither simply expected nor simply present."""
    if row.state == AttendanceState.REPRESENTED:
        return (_("represented by {name}").format(name=row.represented_by) if row.represented_by
                else _("represented"))
    if row.state in (AttendanceState.REMOTE, AttendanceState.EXCUSED, AttendanceState.ABSENT):
        return choice_label("attendance_state", row.state)
    if row.state == AttendanceState.PRESENT and row.arrived_at:
        moment = datetime.fromisoformat(f"2000-01-01T{row.arrived_at[-5:]}")
        return _("from {time}").format(time=time_of(moment))
    return ""


TONES: dict[str, str] = {AttendanceState.PRESENT: "ok", AttendanceState.REMOTE: "accent",
                         AttendanceState.REPRESENTED: "accent",
         AttendanceState.EXCUSED: "warn", AttendanceState.ABSENT: "bad"}


class RollCallLines(QStyledItemDelegate):
    """Two lines a person; `numbered` shows the number of the paper and who signed it."""

    numbered = False

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, option.fontMetrics.height() * 2 + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW)
        if row is None:
            return
        t = tokens()
        rect = option.rect.adjusted(4, 1, -4, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index == self._view.currentIndex():
            painter.setPen(outline(t.accent))
            painter.setBrush(QColor(t.accent_soft))
            painter.drawRoundedRect(rect, 7, 7)
        draw_state(painter, rect.x() + 8, rect.y() + (rect.height() - 20) // 2, row.state)
        left = rect.x() + 38
        width = rect.right() - left - 8
        metrics = option.fontMetrics
        if self.numbered:
            painter.setPen(QColor(t.muted))
            room = metrics.horizontalAdvance("000")
            painter.drawText(QRect(left, rect.y(), room, rect.height()),
                             Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                             str(row.number))
            left, width = left + room + 10, width - room - 10
        words = state_words(row)
        if self.numbered and row.signed:
            words = f"{words} · {_('signed on paper')}" if words else _("signed on paper")
        font = option.font
        painter.setFont(font)
        painter.setPen(QColor(t.text))
        about = row.organisation or row.function
        # Alone, the name stands beside the middle of its box.
        above = 4 if words or about else (rect.height() - metrics.height()) // 2
        line = QRect(left, rect.y() + above, width, metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter,
                         metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, width))
        small = painter.font()
        small.setPixelSize(max(11, small.pixelSize() - 1))
        painter.setFont(small)
        lower = QRect(left, line.bottom() + 2, width, metrics.height())
        taken = 0
        if words:
            colour, _ground = t.tone(TONES.get(row.state, "neutral"))
            painter.setPen(QColor(colour))
            text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width)
            painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, text)
            taken = painter.fontMetrics().horizontalAdvance(text + "  ")
        if about and width - taken > 60:
            painter.setPen(QColor(t.muted))
            rest = lower.adjusted(taken, 0, 0, 0)
            text = ("· " if taken else "") + about
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter,
                             painter.fontMetrics()
                             .elidedText(text, Qt.TextElideMode.ElideRight, rest.width()))
        painter.restore()


def draw_state(painter: QPainter, x: int, y: int, state: str, size: int = 20) -> None:
    """Draw a box that says by its shape how someone takes part: tick, ring, arrow, letter, cross,
    or empty."""
    t = tokens()
    box = QRect(x, y, size, size)
    filled = state in COUNTED
    painter.setPen(QPen(QColor(t.accent if filled else t.edge), 1.4))
    painter.setBrush(QColor(t.accent if filled else t.surface))
    painter.drawRoundedRect(box, 5, 5)
    pen = QPen(QColor(t.on_accent if filled else t.muted), 2.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state == AttendanceState.PRESENT:
        painter.drawPolyline(
            QPolygon([QPoint(x + 5, y + 10), QPoint(x + 9, y + 14), QPoint(x + 15, y + 6)]))
    elif state == AttendanceState.REMOTE:
        painter.drawEllipse(box.center() + QPoint(1, 1), 4, 4)
    elif state == AttendanceState.REPRESENTED:
        painter.drawPolyline(QPolygon([QPoint(x + 5, y + 10), QPoint(x + 15, y + 10)]))
        painter.drawPolyline(
            QPolygon([QPoint(x + 11, y + 6), QPoint(x + 15, y + 10), QPoint(x + 11, y + 14)]))
    elif state == AttendanceState.EXCUSED:
        painter.drawLine(x + 6, y + 10, x + 14, y + 10)
    elif state == AttendanceState.ABSENT:
        painter.drawLine(x + 6, y + 6, x + 14, y + 14)
        painter.drawLine(x + 14, y + 6, x + 6, y + 14)
