"""The first column of a table that scrolls sideways: drawn where it would have gone, so that each row
keeps its name."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem, QTableView

from desktop.ui.widgets.theme import tokens


class PinnedHeader(QHeaderView):
    """A header whose first section stays at the left."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setSectionsClickable(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        first = self.logicalIndex(0)
        if self.offset() <= 0 or self.isSectionHidden(first):
            return
        painter = QPainter(self.viewport())
        room = QRect(0, 0, self.sectionSize(first), self.height())
        painter.fillRect(room, QColor(tokens().surface))
        self.paintSection(painter, room, first)
        painter.end()


def paint_pinned(table: QTableView) -> None:
    """Draw the first column of a table over what has been scrolled under it."""
    header = table.horizontalHeader()
    first = header.logicalIndex(0)
    if header.offset() <= 0 or table.isColumnHidden(first):
        return
    painter = QPainter(table.viewport())
    width, rows = header.sectionSize(first), table.model().rowCount()
    painter.fillRect(QRect(0, 0, width, table.viewport().height()), QColor(tokens().surface))
    row = max(0, table.rowAt(0))
    while row < rows and (top := table.rowViewportPosition(row)) < table.viewport().height():
        option = QStyleOptionViewItem()
        table.initViewItemOption(option)
        option.rect = QRect(0, top, width, table.rowHeight(row))
        index = table.model().index(row, first)
        if table.selectionModel().isSelected(index):
            option.state |= QStyle.StateFlag.State_Selected
        table.itemDelegate().paint(painter, option, index)
        row += 1
    painter.setPen(QColor(tokens().line))
    painter.drawLine(width - 1, 0, width - 1, table.viewport().height())
    painter.end()
