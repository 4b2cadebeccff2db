"""How the entries of the palette are listed and drawn."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.widgets.icons import pixmap
from desktop.ui.widgets.lists.rows import ROW, RowsList
from desktop.ui.widgets.theme import outline, scaled, tokens
from desktop.ui.window.palette.entries import MARKS, PaletteEntry, plain

Index = QModelIndex | QPersistentModelIndex


class EntryRows(RowsList[PaletteEntry]):
    def words(self, row: PaletteEntry) -> str:
        return ", ".join(part for part in (row.title, row.about, plain(row.snippet)) if part)


class PaletteDelegate(QStyledItemDelegate):
    """The title with what it is at the right; where words were found, the line that holds them
    below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, option.fontMetrics.height() * 2 + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: PaletteEntry | None = index.data(ROW)
        if entry is None:
            return
        t = tokens()
        box = option.rect.adjusted(6, 1, -6, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(outline(t.accent))
            painter.setBrush(QColor(t.accent_soft))
            painter.drawRoundedRect(box, 8, 8)
        painter.drawPixmap(QPoint(box.x() + 10, box.center().y() - scaled(9)),
                           pixmap(entry.icon, scaled(18), t.muted))
        metrics = option.fontMetrics
        height = metrics.height()
        top = box.y() + (box.height() - (2 * height + 1 if entry.snippet else height)) // 2
        left, right = box.x() + 22 + scaled(18), box.right() - 12
        small = option.font
        small.setPixelSize(max(11, small.pixelSize() - 1))
        painter.setFont(small)
        room = painter.fontMetrics().horizontalAdvance(entry.about)
        painter.setPen(QColor(t.muted))
        painter.drawText(QRect(right - room, top, room + 1, height), Qt.AlignmentFlag.AlignVCenter,
                         entry.about)
        font = option.font
        font.setPixelSize(small.pixelSize() + 1)
        painter.setFont(font)
        painter.setPen(QColor(t.text))
        width = right - room - 16 - left
        painter.drawText(QRect(left, top, width, height), Qt.AlignmentFlag.AlignVCenter,
                         metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, width))
        if entry.snippet:
            painter.setFont(small)
            self._draw_snippet(painter, QRect(left, top + height + 1, right - left, height),
                               entry.snippet)
        painter.restore()

    def _draw_snippet(self, painter: QPainter, room: QRect, snippet: str) -> None:
        """Draw the words found in the accent's colour and in bold, the rest muted."""
        t = tokens()
        x = room.x()
        normal = painter.font()
        bold = painter.font()
        bold.setWeight(bold.Weight.DemiBold)
        marked = False
        for part in snippet.replace("\n", " ").replace(MARKS[1], MARKS[0]).split(MARKS[0]):
            painter.setFont(bold if marked else normal)
            painter.setPen(QColor(t.accent if marked else t.muted))
            text = painter.fontMetrics().elidedText(part, Qt.TextElideMode.ElideRight,
                                                    max(0, room.right() - x))
            painter.drawText(QRect(x, room.y(), max(0, room.right() - x), room.height()),
                             Qt.AlignmentFlag.AlignVCenter, text)
            x += painter.fontMetrics().horizontalAdvance(text)
            marked = not marked
