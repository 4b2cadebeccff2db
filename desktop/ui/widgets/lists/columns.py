"""The rows of a table: columns over dataclasses, sorted and filtered in memory, all of them asked
for when needed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.base.text import fold, sort_key

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
TONE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its words for a row, what it sorts by (the words if nothing is said), the tone of
    its chip.

    `name`: how a column whose title is blank is called where columns are chosen.
    """

    title: str
    text: Callable[[Row], str]
    key: Callable[[Row], Any] | None = None
    tone: Callable[[Row], str] | None = None
    width: int = 0
    right: bool = False
    strong: bool = False
    name: str = ""

    def called(self) -> str:
        """Its title, or its name where the header is blank."""
        return self.title or self.name


class RowsModel(QAbstractTableModel, Generic[Row]):
    """The rows of one query, sorted and filtered in memory.

    Where only the first are given, `more` brings them all: when one scrolls past them, sorts,
    filters or looks for another.
    """

    def __init__(self, columns: Sequence[Column[Row]]) -> None:
        super().__init__()
        self.columns = list(columns)
        self._all: list[Row] = []
        self._more: Callable[[], Sequence[Row]] | None = None
        self._shown: list[Row] = []
        self._words: list[str] = []
        self._sort: tuple[int, Qt.SortOrder] | None = None
        self._texts: dict[int, str] = {}
        """What a row of these says, folded, by its place in memory; each key that is typed looks
        through all of them."""

    def set_rows(self, rows: Sequence[Row],
                 more: Callable[[], Sequence[Row]] | None = None) -> None:
        self._all, self._more = list(rows), more
        self._texts.clear()
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
            self._texts.clear()
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
        return (self._shown[index.row()] if index.isValid() and index.row() < len(self._shown)
                else None)

    def position_of(self, record_id: object) -> int:
        """Return the row whose `id` is `record_id`, or -1."""
        return next(iter(self.positions_of({record_id})), -1)

    def positions_of(self, ids: set[object]) -> list[int]:
        """Return the rows that have one of these ids, in the order shown; the rest is asked for
        where some are not there yet."""
        found = [n for n, row in enumerate(self._shown) if getattr(row, "id", None) in ids]
        if len(found) < len(ids) and self._more is not None:
            self.fetchMore(QModelIndex())
            return self.positions_of(ids)
        return found

    def _arrange(self) -> None:
        if self._more is not None and (self._words or self._sort):
            more, self._more = self._more, None
            self._all = list(more())
            self._texts.clear()
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
        text = self._texts.get(id(row))
        if text is None:
            # The rows live as long as what is remembered of them: no other has the place of one
            # meanwhile.
            text = self._texts[id(row)] = fold(
                " ".join(column.text(row) for column in self.columns))
        return all(word in text for word in self._words)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = (column, order) if 0 <= column < len(self.columns) else None
        self._arrange()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation,
                   role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                side = (Qt.AlignmentFlag.AlignRight if self.columns[section].right
                        else Qt.AlignmentFlag.AlignLeft)
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
