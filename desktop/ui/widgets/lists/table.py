"""A table of dataclasses: columns say what to show and can be hidden; rows are sorted, filtered and
copied."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.base.i18n import _
from desktop.exchange.tables import for_spreadsheet
from desktop.ui.widgets.accessibility import follow_marks
from desktop.ui.widgets.basics import chip_size, elided_lines, paint_chip
from desktop.ui.widgets.clipboard import lend
from desktop.ui.widgets.keys import CONTROL, SHIFT, held
from desktop.ui.widgets.lists.columns import TONE, Column, Index, RowsModel
from desktop.ui.widgets.lists.pinned import PinnedHeader, paint_pinned
from desktop.ui.widgets.theme import scaled, tokens

LEAST = 130
"""How narrow the column that takes what is left may become."""


class _CellDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tone = index.data(TONE)
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(tokens().accent_soft))
        painter.save()
        painter.setPen(QColor(tokens().line))
        if tokens().high and option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(tokens().accent), 2))
            painter.drawLine(option.rect.topLeft() + QPoint(0, 1),
                             option.rect.topRight() + QPoint(0, 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.setFont(option.font)
        if tone and text:
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight,
                                                    option.rect.width() - 32)
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
            side = (Qt.AlignmentFlag.AlignRight if column is not None and column.right
                    else Qt.AlignmentFlag.AlignLeft)
            # As many as the row is high for: a text under a title that takes two is cut no sooner.
            height = painter.fontMetrics().height()
            lines = max(1, min(2, (option.rect.height() - 8) // height))
            _draw_lines(painter, inside, side,
                        elided_lines(text, painter.fontMetrics(), inside.width(), lines))
        painter.restore()


def _draw_lines(painter: QPainter, inside: QRect, side: Qt.AlignmentFlag, lines: list[str]) -> None:
    height = painter.fontMetrics().height()
    top = inside.y() + (inside.height() - height * len(lines)) // 2
    for number, line in enumerate(lines):
        painter.drawText(QRect(inside.x(), top + number * height, inside.width(), height),
                         side | Qt.AlignmentFlag.AlignVCenter, line)


class Table(QTableView):
    """Rows of dataclasses; `chosen` gives the row that became current, `opened` the one
    double-clicked or entered.

    Several rows can be selected, to be copied. `columns_chosen` gives the positions that the person
    hid.
    """

    chosen = Signal(object)
    opened = Signal(object)
    copied = Signal(int)
    columns_chosen = Signal(list)

    def __init__(self, name: str, columns: Sequence[Column[Any]], stretch: int = 0) -> None:
        super().__init__()
        self.rows: RowsModel[Any] = RowsModel(columns)
        self._stretch = self._wide = stretch
        self._kept: tuple[object, set[object]] = None, set()
        self._quiet = False
        self.guard: Callable[[int], bool] | None = None
        """Asked before so many rows are copied; false holds them back."""
        self.setModel(self.rows)
        follow_marks(self)
        self.setAccessibleName(name)
        self.setItemDelegate(_CellDelegate(self))
        self.setHorizontalHeader(PinnedHeader(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        high = self.fontMetrics().height()
        # A title takes two lines before it is cut.
        self.verticalHeader().setDefaultSectionSize(
            max(40, high + 20, 2 * high + 12 if any(column.strong for column in columns) else 0))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setMinimumSectionSize(60)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda at: self._open_menu(header.mapToGlobal(at), rows_too=False))
        for number, column in enumerate(columns):
            if column.width:
                self.setColumnWidth(number, scaled(column.width))
        self.hide_columns(())
        self.setMinimumHeight(scaled(120))
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.activated.connect(self._on_activated)
        self.rows.modelAboutToBeReset.connect(self._keep_chosen)
        self.rows.modelReset.connect(self._choose_kept)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_pinned(self)

    def scrollContentsBy(self, across: int, down: int) -> None:
        super().scrollContentsBy(across, down)
        if across or self.horizontalHeader().offset() > 0:
            # What is drawn at the left was moved with the rest.
            self.viewport().update()
            self.horizontalHeader().viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Each column as wide as its title at least; one takes what is left, and a table too narrow
        for that scrolls."""
        header = self.horizontalHeader()
        for number in range(header.count()):
            if (not header.isSectionHidden(number)
                and header.sectionSizeHint(number) > header.sectionSize(number)):
                self.setColumnWidth(number, header.sectionSizeHint(number))
        others = sum(header.sectionSize(number) for number in range(header.count())
                     if number != self._wide)
        least = max(scaled(LEAST), header.sectionSizeHint(self._wide))
        self.setColumnWidth(self._wide, max(self.viewport().width() - others, least))

    def set_rows(self, rows: Sequence[Any],
                 more: Callable[[], Sequence[Any]] | None = None) -> None:
        """Show other rows; those that were chosen stay chosen where they are still there. `more`
        brings them all."""
        self.rows.set_rows(rows, more)

    def filter_by(self, words: str) -> None:
        self.rows.filter_by(words)

    def current_row(self) -> Any:
        return self.rows.row_at(self.currentIndex())

    def selected_rows(self) -> list[Any]:
        """Return the rows that are selected, in the order shown; the current one where none is."""
        picked = sorted(index.row()
                        for index in self.selectionModel().selectedRows(self._first_column()))
        rows = ([self.rows.row_at(self.rows.index(number, 0)) for number in picked]
                or [self.current_row()])
        return [row for row in rows if row is not None]

    def select_id(self, record_id: object, quiet: bool = False) -> bool:
        """Make the row of a record current; False where it is not shown."""
        position = self.rows.position_of(record_id)
        if position < 0:
            return False
        self._quiet = quiet
        self.selectRow(position)
        self._quiet = False
        return True

    def selectRow(self, row: int) -> None:
        """Choose one row alone; Qt's own would toggle or extend while Ctrl or Shift is held, as in
        Ctrl+Z."""
        index = self.rows.index(row, self._first_column())
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows)
        self.scrollTo(index)

    def _keep_chosen(self) -> None:
        ids = {getattr(row, "id", None) for row in self.selected_rows()} - {None}
        self._kept = getattr(self.current_row(), "id", None), ids

    def _choose_kept(self) -> None:
        current, ids = self._kept
        if current is not None:
            self.select_id(current, quiet=True)
        if len(ids) < 2:
            return
        flags = QItemSelectionModel.SelectionFlag
        # Neighbours as one range: thousands of single ones would make each stroke of the brush
        # search them all.
        chosen, run = QItemSelection(), list[int]()
        for position in [*self.rows.positions_of(ids), -1]:
            if run and position != run[-1] + 1:
                chosen.select(self.rows.index(run[0], 0),
                              self.rows.index(run[-1], len(self.rows.columns) - 1))
                run = []
            run.append(position)
        self.selectionModel().select(chosen, flags.Select)

    # Columns

    def hidden_columns(self) -> list[int]:
        """Return the positions of the columns that are not shown."""
        return [number for number in range(len(self.rows.columns)) if self.isColumnHidden(number)]

    def hide_columns(self, hidden: Iterable[int]) -> None:
        """Hide these columns and show the others; where that would leave none, all are shown."""
        every = range(len(self.rows.columns))
        shown = [number for number in every if number not in set(hidden)] or list(every)
        wide = self._stretch if self._stretch in shown else shown[0]
        self._wide = wide
        for number, column in enumerate(self.rows.columns):
            was_hidden = self.isColumnHidden(number)
            self.setColumnHidden(number, number not in shown)
            # A width that the person drew stays.
            if column.width and number != wide and was_hidden:
                self.setColumnWidth(number, scaled(column.width))
        self._share()
        # A current cell in a hidden column could not be scrolled to.
        current = self.currentIndex()
        if current.isValid() and self.isColumnHidden(current.column()):
            self.selectionModel().setCurrentIndex(self.rows.index(current.row(), shown[0]),
                                                  QItemSelectionModel.SelectionFlag.NoUpdate)

    def _first_column(self) -> int:
        return next(number for number in range(len(self.rows.columns))
                    if not self.isColumnHidden(number))

    def _on_column_chosen(self, number: int, shown: bool) -> None:
        hidden = set(self.hidden_columns())
        self.hide_columns(hidden - {number} if shown else hidden | {number})
        self.columns_chosen.emit(self.hidden_columns())

    def _open_menu(self, at: QPoint, rows_too: bool = True) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if rows_too:
            copy = menu.addAction(_("Copy the chosen lines") + "\tCtrl+C")
            copy.triggered.connect(self.copy)
            copy.setEnabled(bool(self.selected_rows()))
            menu.addAction(_("Choose all the lines") + "\tCtrl+A").triggered.connect(self.selectAll)
            menu.addSeparator()
        hidden = self.hidden_columns()
        for number, column in enumerate(self.rows.columns):
            action = menu.addAction(column.called())
            action.setCheckable(True)
            action.setChecked(number not in hidden)
            action.setEnabled(number in hidden or len(hidden) < len(self.rows.columns) - 1)
            action.toggled.connect(
                lambda shown, number=number: self._on_column_chosen(number, shown))
        menu.popup(at)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # Not every platform turns the key into this event: keys come by keyPressEvent.
        if event.reason() != QContextMenuEvent.Reason.Keyboard:
            self._open_menu(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        menu = event.key() == Qt.Key.Key_Menu or (
            event.key() == Qt.Key.Key_F10 and held(event) == SHIFT)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif menu:
            beside = (self.visualRect(self.currentIndex()).bottomLeft()
                      if self.currentIndex().isValid() else QPoint(8, 8))
            self._open_menu(self.viewport().mapToGlobal(beside))
        else:
            to_the_end = event.key() == Qt.Key.Key_End and held(event) & CONTROL
            if to_the_end or event.matches(QKeySequence.StandardKey.SelectAll):
                self.rows.fetchMore(QModelIndex())
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows in the clipboard, unless `guard` holds them back."""
        rows = self.selected_rows()
        if rows and (self.guard is None or self.guard(len(rows))):
            self.copy_now()

    def copy_now(self) -> None:
        """Put the selected rows in the clipboard, the shown columns of each; several under their
        titles."""
        rows = self.selected_rows()
        columns = [column for number, column in enumerate(self.rows.columns)
                   if not self.isColumnHidden(number)]
        lend(*for_spreadsheet([[column.text(row) for column in columns] for row in rows],
                              [column.called() for column in columns] if len(rows) > 1 else ()))
        self.copied.emit(len(rows))

    def _on_row_changed(self, current: QModelIndex) -> None:
        row = self.rows.row_at(current)
        if row is not None and not self._quiet:
            self.chosen.emit(row)

    def _on_activated(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index)
        if row is not None:
            self.opened.emit(row)
