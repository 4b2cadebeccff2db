"""A published table on the screen: figures, margins in bold, and one look for every protected
cell."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.base.i18n import _
from desktop.queries.documents.publication import REASON, PublishedTable, grid_of
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.theme import scaled, tokens

Index = QModelIndex | QPersistentModelIndex
HIDDEN, SHARE = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
"""Whether a cell is protected; the length of a bar, as a share of the longest."""
BLOCK = 44
"""How wide the mark of a protected cell is, in pixels of 100 %: the same for all, whatever they
hide."""


class _GridDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if index.data(HIDDEN):
            painter.save()
            width, height = scaled(BLOCK), max(12, option.rect.height() - 14)
            block = QRect(option.rect.right() - width - 8,
                          option.rect.y() + (option.rect.height() - height) // 2, width, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().neutral_soft))
            painter.drawRoundedRect(block, 4, 4)
            painter.setBrush(QBrush(QColor(tokens().edge), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(block, 4, 4)
            painter.restore()
        share = index.data(SHARE)
        if share:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().accent))
            room = option.rect.adjusted(6, 7, -12, -7)
            room.setWidth(max(3, round(room.width() * share)))
            painter.drawRoundedRect(room, 3, 3)
            painter.restore()


class PublishedGrid(QWidget):
    """One table, read by arrows; the line under it says why a cell is protected, in the same words
    for all."""

    def __init__(self) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self.title = label("", "subheading", wrap=True)
        box.addWidget(self.title)
        self.table = QTableWidget()
        self.table.setItemDelegate(_GridDelegate(self.table))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.currentCellChanged.connect(self._on_cell)
        box.addWidget(self.table, 1)
        self.strip = label("", "small", wrap=True)
        self.strip.setMinimumHeight(scaled(40))
        box.addWidget(self.strip)

    def show_table(self, table: PublishedTable) -> None:
        """Show a table, its margins last."""
        rows = grid_of(table)
        self.title.setText(table.title)
        self.table.setAccessibleName(table.title)
        self.table.clear()
        self.table.setColumnCount(len(rows[0]))
        self.table.setRowCount(len(rows) - 1)
        if len(rows[0]) == 2:
            rows[0][1] = _("How many")
        for across, head in enumerate(rows[0]):
            title = QTableWidgetItem(str(head))
            title.setTextAlignment(Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignRight if across else Qt.AlignmentFlag.AlignLeft))
            self.table.setHorizontalHeaderItem(across, title)
        for down, row in enumerate(rows[1:]):
            for across, value in enumerate(row):
                self.table.setItem(down, across,
                                   self._item(value, across > 0, down == len(rows) - 2 or (
                                       across == len(row) - 1 and len(row) > 2)))
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if len(rows[0]) == 2:
            self._add_bars(rows)
        header.setSectionResizeMode(0 if len(rows[0]) > 2 else 2, QHeaderView.ResizeMode.Stretch)
        self._about = _("{base} reports. {hidden} protected cells of {all}.").format(
            base=table.base, hidden=table.hidden, all=len(table.cells))
        self.strip.setText(self._about)

    def _add_bars(self, rows: list[list[str | int | None]]) -> None:
        """Draw the figures of a table of one dimension, each beside its figure; a protected one
        has no length."""
        self.table.setColumnCount(3)
        self.table.setHorizontalHeaderItem(2, QTableWidgetItem(""))
        counts = [row[1] if isinstance(row[1], int) else 0 for row in rows[1:-1]]
        for down, count in enumerate([*counts, 0]):
            item = QTableWidgetItem("")
            item.setData(SHARE, count / max(1, *counts) if counts else 0)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.table.setItem(down, 2, item)

    def _item(self, value: str | int | None, figure: bool, margin: bool) -> QTableWidgetItem:
        item = QTableWidgetItem("" if value is None else str(value))
        if value is None:
            item.setData(HIDDEN, True)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _("protected"))
            item.setToolTip(_(REASON))
        if figure:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if margin:
            font = QFont(self.table.font())
            font.setWeight(QFont.Weight.DemiBold)
            item.setFont(font)
        return item

    def _on_cell(self, down: int, across: int, _before_down: int, _before_across: int) -> None:
        item = self.table.item(down, across)
        self.strip.setText(_(REASON) if item is not None and item.data(HIDDEN) else self._about)

    _about = ""
