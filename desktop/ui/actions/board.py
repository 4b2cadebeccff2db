"""The board: a column for each open state; arrows go about, Ctrl with an arrow moves an action, the
mouse drags it."""

import uuid
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.actions import move_action
from desktop.models.authority import may
from desktop.models.choices import label as choice_label
from desktop.queries.actions import OPEN, ActionRow
from desktop.ui.actions.cards import CardList
from desktop.ui.actions.states import GLYPHS, STATE_TONES
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.accessibility import announce
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.glyphs import GlyphLabel
from desktop.ui.widgets.keys import CONTROL, NOTHING, held
from desktop.ui.widgets.theme import scaled

CARD = "application/x-carnet-action"
NARROWEST = 190
"""Pixels that a column takes at least; a window too narrow for five scrolls."""


class BoardColumn(QFrame):
    """One state: its glyph and word, how many there are, and their cards."""

    def __init__(self, board: "Board", state: str) -> None:
        super().__init__()
        self.state = state
        self.setObjectName("column")
        self.setMinimumWidth(scaled(NARROWEST))
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 4)
        box.setSpacing(6)
        head = QHBoxLayout()
        head.setContentsMargins(4, 0, 4, 0)
        head.setSpacing(8)
        head.addWidget(
            GlyphLabel(GLYPHS[state], choice_label("action_state", state), STATE_TONES[state]))
        self.count: QLabel = label("", "muted")
        head.addWidget(self.count)
        head.addStretch(1)
        box.addLayout(head)
        self.list = _ColumnList(board, state)
        box.addWidget(self.list, 1)

    def show_rows(self, rows: Sequence[ActionRow]) -> None:
        """Show the actions of this state."""
        self.count.setText(str(len(rows)))
        self.list.setAccessibleName(f"{choice_label('action_state', self.state)}, {len(rows)}")
        self.list.show_rows(rows)


class _ColumnList(CardList):
    """The cards of one column."""

    def __init__(self, board: "Board", state: str) -> None:
        super().__init__(choice_label("action_state", state), board.desk.today())
        self.board, self._of = board, state
        self._pressed: QPoint | None = None
        self.setAcceptDrops(board.writes)
        self.viewport().setAcceptDrops(board.writes)
        self.activated.connect(lambda _index: board.open_chosen())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        modifiers = held(event)
        if step and modifiers in (NOTHING, CONTROL):
            (self.board.move_chosen if modifiers == CONTROL else self.board.go_beside)(step)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        inside = (self.indexAt(event.position().toPoint()).isValid()
                  and event.button() == Qt.MouseButton.LeftButton)
        self._pressed = event.position().toPoint() if inside and self.board.writes else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row, start = self.current_row(), self._pressed
        if start is None or row is None:
            return
        if (event.position().toPoint()
            - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            drag, carried = QDrag(self), QMimeData()
            carried.setData(CARD, row.id.bytes)
            drag.setMimeData(carried)
            drag.exec(Qt.DropAction.MoveAction)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        super().mouseReleaseEvent(event)

    def _take(self, event: QDragEnterEvent | QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(CARD):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._take(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._take(event)

    def dropEvent(self, event: QDropEvent) -> None:
        carried = event.mimeData().data(CARD).data()
        if len(carried) != 16:
            event.ignore()
            return
        event.acceptProposedAction()
        self.board.move_to(uuid.UUID(bytes=bytes(carried)), self._of)


class Board(QWidget):
    """The open actions by state. `opened` gives the action that Enter or a double click asks
    for."""

    opened = Signal(object)

    def __init__(self, desk: Desk, refresh: Callable[[], None]) -> None:
        super().__init__()
        self.desk, self._refresh = desk, refresh
        self.writes = may(desk.vault.identity.roles, "action")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        inside = QWidget()
        inside.setObjectName("clear")
        line = QHBoxLayout(inside)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        self.columns = [BoardColumn(self, state) for state in OPEN]
        for column in self.columns:
            line.addWidget(column, 1)
            column.list.selectionModel().currentChanged.connect(partial(self._on_chosen, column))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._area = area
        box.addWidget(area, 1)
        keys = _("← → column · ↑ ↓ action · Ctrl+→ to the next state · Enter opens it")
        box.addWidget(label(keys if self.writes else _("← → column · ↑ ↓ action · Enter opens it"),
                            "muted", wrap=True))

    def show_rows(self, rows: Sequence[ActionRow]) -> None:
        """Show these actions, each in the column of its state; the closed ones have none."""
        for column in self.columns:
            column.show_rows([row for row in rows if row.state == column.state])

    @property
    def column(self) -> BoardColumn:
        """The column in which one is: that of the focus, else of the chosen card, else the first
        that holds something."""
        return next((column for column in self.columns if column.list.hasFocus()),
                    next((column for column in self.columns
                          if column.list.current_row() is not None),
                         next((column for column in self.columns if column.list.cards.rows),
                              self.columns[0])))

    def chosen(self) -> ActionRow | None:
        """Give the action that is chosen; None where none is."""
        return self.column.list.current_row()

    def take_focus(self) -> None:
        """Put the focus on the chosen card, or on the first."""
        self._enter(self.column)

    def _enter(self, column: BoardColumn, record_id: uuid.UUID | None = None) -> None:
        if record_id is not None:
            column.list.choose(record_id)
        elif column.list.current_row() is None and column.list.cards.rows:
            column.list.setCurrentIndex(column.list.cards.index(0, 0))
        column.list.setFocus()
        self._area.ensureWidgetVisible(column, 0, 0)

    def _on_chosen(self, column: BoardColumn, *_indexes: object) -> None:
        """Of all columns, one card is chosen."""
        if column.list.current_row() is not None:
            for other in self.columns:
                if other is not column:
                    other.list.setCurrentIndex(other.list.cards.index(-1, 0))

    def go_beside(self, step: int) -> None:
        """Go to the nearest column on that side that holds an action."""
        at = self.columns.index(self.column) + step
        while 0 <= at < len(self.columns):
            if self.columns[at].list.cards.rows:
                self._enter(self.columns[at])
                return
            at += step

    def move_chosen(self, step: int) -> None:
        """Move the chosen action to the state beside its own."""
        row, at = self.chosen(), self.columns.index(self.column) + step
        if row is not None and self.writes and 0 <= at < len(self.columns):
            self.move_to(row.id, self.columns[at].state)

    def move_to(self, action_id: uuid.UUID, state: str) -> None:
        """Give an action another state; what bars it is said in its card, which stays where it
        was."""
        for column in self.columns:
            column.list.refuse(None, "")
        home = next((column for column in self.columns
                     if any(row.id == action_id for row in column.list.cards.rows)), None)
        if home is None or home.state == state:
            return
        try:
            self.desk.vault.do(move_action, action_id, state)
        except AppError as error:
            home.list.refuse(action_id, error.message)
            self._enter(home, action_id)
            announce(home.list, error.message)
            return
        self._refresh()
        target = next(column for column in self.columns if column.state == state)
        self._enter(target, action_id)
        self.desk.done(_("Moved to: {state}").format(state=choice_label("action_state", state)))

    def open_chosen(self) -> None:
        """Read the chosen action in full."""
        row = self.chosen()
        if row is not None:
            self.opened.emit(row.id)
