"""A table of dataclasses: columns say what to show; sorting ignores accents, filtering too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.base.text import fold, sort_key
from desktop.ui.theme import tokens
from desktop.ui.widgets.basics import chip_size, paint_chip

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
TONE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its words for a row, what it sorts by (the words if nothing is said), the tone of its chip."""

    title: str
    text: Callable[[Row], str]
    key: Callable[[Row], Any] | None = None
    tone: Callable[[Row], str] | None = None
    width: int = 0
    right: bool = False
    strong: bool = False


class RowsModel(QAbstractTableModel, Generic[Row]):
    """The rows of one query, sorted and filtered in memory.

    Where only the first are given, `more` brings them all: when one scrolls past them, sorts, filters or looks for another.
    """

    def __init__(self, columns: Sequence[Column[Row]]) -> None:
        super().__init__()
        self.columns = list(columns)
        self._all: list[Row] = []
        self._more: Callable[[], Sequence[Row]] | None = None
        self._shown: list[Row] = []
        self._words: list[str] = []
        self._sort: tuple[int, Qt.SortOrder] | None = None

    def set_rows(self, rows: Sequence[Row], more: Callable[[], Sequence[Row]] | None = None) -> None:
        self._all, self._more = list(rows), more
        self._arrange()

    @property
    def is_whole(self) -> bool:
        """Every row is here."""
        return self._more is None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more is not None

    def fetchMore(self, parent: Index) -> None:
        more, self._more = self._more, None
        if more is None:
            return
        rows = list(more())
        if self._shown == rows[:len(self._shown)] and len(rows) > len(self._shown):
            self._all = rows
            self.beginInsertRows(QModelIndex(), len(self._shown), len(rows) - 1)
            self._shown = list(rows)
            self.endInsertRows()
        else:
            self.set_rows(rows)

    def filter_by(self, words: str) -> None:
        """Keep the rows that contain every word, accents and case ignored."""
        self._words = fold(words).split()
        self._arrange()

    def row_at(self, index: Index) -> Row | None:
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def position_of(self, record_id: object) -> int:
        """The row whose `id` is `record_id`, or -1."""
        found = next((n for n, row in enumerate(self._shown) if getattr(row, "id", None) == record_id), -1)
        if found < 0 and self._more is not None:
            self.fetchMore(QModelIndex())
            return self.position_of(record_id)
        return found

    def _arrange(self) -> None:
        if self._more is not None and (self._words or self._sort):
            more, self._more = self._more, None
            self._all = list(more())
        self.beginResetModel()
        rows = self._all
        if self._words:
            rows = [row for row in rows if self._contains(row)]
        if self._sort:
            number, order = self._sort
            column = self.columns[number]
            key = column.key
            rows = sorted(rows, key=lambda row: _ordered(key(row) if key else column.text(row)),
                          reverse=order == Qt.SortOrder.DescendingOrder)
        self._shown = list(rows)
        self.endResetModel()

    def _contains(self, row: Row) -> bool:
        text = fold(" ".join(column.text(row) for column in self.columns))
        return all(word in text for word in self._words)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = (column, order) if 0 <= column < len(self.columns) else None
        self._arrange()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.text(row)
        if role == TONE:
            return column.tone(row) if column.tone else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def _ordered(value: Any) -> tuple[int, Any]:
    if value is None or value == "":
        return 1, ()
    return 0, sort_key(value) if isinstance(value, str) else value


class _Cells(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tone = index.data(TONE)
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(tokens().accent_soft))
        painter.save()
        painter.setPen(QColor(tokens().line))
        if tokens().high and option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(tokens().accent), 2))
            painter.drawLine(option.rect.topLeft() + QPoint(0, 1), option.rect.topRight() + QPoint(0, 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.setFont(option.font)
        if tone and text:
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, option.rect.width() - 32)
            room = chip_size(text, painter.fontMetrics())
            top = option.rect.y() + (option.rect.height() - room.height()) // 2
            paint_chip(painter, option.rect.x() + 6, top, text, tone)
        else:
            model = index.model()
            column = model.columns[index.column()] if isinstance(model, RowsModel) else None
            if column is not None and column.strong:
                font = painter.font()
                font.setWeight(font.Weight.Medium)
                painter.setFont(font)
            painter.setPen(QColor(tokens().text if index.column() == 0 or (column and column.strong)
                                  else tokens().muted))
            inside = option.rect.adjusted(8, 0, -8, 0)
            side = Qt.AlignmentFlag.AlignRight if column is not None and column.right else Qt.AlignmentFlag.AlignLeft
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class Table(QTableView):
    """Rows of dataclasses; `chosen` gives the row that became current, `opened` the one double-clicked or entered."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str, columns: Sequence[Column[Any]], stretch: int = 0) -> None:
        super().__init__()
        self.rows: RowsModel[Any] = RowsModel(columns)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setItemDelegate(_Cells(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(40)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for number, column in enumerate(columns):
            if number == stretch:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
            elif column.width:
                self.setColumnWidth(number, column.width)
        header.setMinimumSectionSize(60)
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.activated.connect(self._on_activated)
        self._quiet = False

    def set_rows(self, rows: Sequence[Any], more: Callable[[], Sequence[Any]] | None = None) -> None:
        """Show other rows; the current one stays current where it is still there. `more` brings them all."""
        kept = getattr(self.current_row(), "id", None)
        self._quiet = True
        self.rows.set_rows(rows, more)
        self._quiet = False
        if kept is not None:
            self.select_id(kept, quiet=True)

    def filter_by(self, words: str) -> None:
        kept = getattr(self.current_row(), "id", None)
        self._quiet = True
        self.rows.filter_by(words)
        self._quiet = False
        if kept is not None:
            self.select_id(kept, quiet=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_End and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.rows.fetchMore(QModelIndex())
        super().keyPressEvent(event)

    def current_row(self) -> Any:
        return self.rows.row_at(self.currentIndex())

    def select_id(self, record_id: object, quiet: bool = False) -> bool:
        """Make the row of a record current; False where it is not shown."""
        position = self.rows.position_of(record_id)
        if position < 0:
            return False
        self._quiet = quiet
        index = self.rows.index(position, 0)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows)
        self.scrollTo(index)
        self._quiet = False
        return True

    def _on_row_changed(self, current: QModelIndex) -> None:
        row = self.rows.row_at(current)
        if row is not None and not self._quiet:
            self.chosen.emit(row)

    def _on_activated(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index)
        if row is not None:
            self.opened.emit(row)
