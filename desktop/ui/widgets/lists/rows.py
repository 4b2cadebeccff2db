"""A list of dataclasses for QListView: the whole row for the delegate, its words for screen
readers."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class RowsList(QAbstractListModel, Generic[Row]):
    """Rows of one kind; a subclass says by `words` how one is read aloud, by `tip` what its tool
    tip is."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def words(self, row: Row) -> str:
        """How a row is read aloud."""
        raise NotImplementedError

    def tip(self, row: Row) -> str:
        """Return the tool tip of a row."""
        return self.words(row)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def replace_at(self, position: int, row: Row) -> None:
        """Show one row anew, where it stands."""
        self.rows[position] = row
        index = self.index(position, 0)
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(row)
        return self.tip(row) if role == Qt.ItemDataRole.ToolTipRole else None
