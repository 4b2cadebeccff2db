"""The list of the roll-call, and the field in which names are typed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListView

from desktop.base.i18n import _
from desktop.base.text import fold
from desktop.models.choices import label as choice_label
from desktop.models.states import AttendanceState
from desktop.queries.meetings.rows import AttendanceRow
from desktop.ui.meetings.roll_call.lines import state_words
from desktop.ui.widgets.keys import NOTHING, digit_of, held, is_enter
from desktop.ui.widgets.lists.rows import ROW, RowsList

if TYPE_CHECKING:
    from desktop.ui.meetings.roll_call.attendance import AttendancePanel

Index = QModelIndex | QPersistentModelIndex
ONE_NUMBER_MS = 1000
KEYS = {Qt.Key.Key_E: AttendanceState.EXCUSED, Qt.Key.Key_V: AttendanceState.REMOTE,
        Qt.Key.Key_X: AttendanceState.ABSENT, Qt.Key.Key_P: AttendanceState.PRESENT}


class PeopleRows(RowsList[AttendanceRow]):
    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole:
            row = super().data(index, ROW)
            return (Qt.CheckState.Checked
                    if row is not None and row.state == AttendanceState.PRESENT
                    else Qt.CheckState.Unchecked)
        return super().data(index, role)

    def set_rows(self, rows: Sequence[AttendanceRow]) -> None:
        if [row.person_id for row in rows] != [row.person_id for row in self.rows]:
            super().set_rows(rows)
            return
        # The same people: only the lines that differ are drawn again.
        for position, (old, new) in enumerate(zip(tuple(self.rows), rows, strict=True)):
            if old != new:
                self.replace_at(position, new)

    def words(self, row: AttendanceRow) -> str:
        parts = (row.name, row.organisation, row.function,
                 state_words(row) or choice_label("attendance_state", row.state),
                 _("signed on paper") if row.signed else "")
        return ", ".join(part for part in parts if part)


def namesakes(row: AttendanceRow, rows: Sequence[AttendanceRow]) -> int:
    return sum(fold(one.name) == fold(row.name) for one in rows)


class PeopleList(QListView):
    def __init__(self, panel: "AttendancePanel") -> None:
        super().__init__()
        self._panel = panel
        self._typed, self._since = "", QElapsedTimer()
        self.setObjectName("list")
        self.setAccessibleName(_("People of the meeting"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().data(ROW)
        digit = digit_of(event, unshifted=self._panel.copies_paper)
        if row is not None and digit:
            self._go_to(digit)
            return
        if row is not None and held(event) == NOTHING:
            toggled = event.key() == Qt.Key.Key_Space or is_enter(event)
            state = KEYS.get(Qt.Key(event.key()))
            if toggled:
                self._panel.toggle(row)
            elif state is not None:
                self._panel.mark([(row, state, None, None)])
            if toggled or state is not None:
                if self._panel.copies_paper:
                    self._panel.move_choice(1)
                return
        super().keyPressEvent(event)

    def _go_to(self, digit: str) -> None:
        """Go to the line with the number that is typed, as printed on the sheet; figures typed at
        once are one number."""
        if not self._since.isValid() or self._since.elapsed() > ONE_NUMBER_MS:
            self._typed = ""
        self._since.start()
        self._typed += digit
        for position, row in enumerate(self._panel.people.rows):
            if str(row.number) == self._typed:
                self.setCurrentIndex(self._panel.people.index(position, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        row = self.indexAt(event.position().toPoint()).data(ROW)
        if row is None:
            return
        if event.button() == Qt.MouseButton.RightButton:
            self._panel.offer_states(row, event.globalPosition().toPoint())
        elif event.button() == Qt.MouseButton.LeftButton and event.position().x() < 40:
            self._panel.toggle(row)


class CallField(QLineEdit):
    def __init__(self, panel: "AttendancePanel") -> None:
        super().__init__()
        self._panel = panel
        self.setObjectName("rollcall")
        self.setPlaceholderText(_("Two letters, Enter = present"))
        self.setAccessibleName(_("Roll-call: letters of a name, then Enter"))
        self.setToolTip(_("e excused · r represented · v remote · x absent · 14:20 late · * "
                          "everyone expected · + NAME Given, Organisation · 1-7 9 12x numbers of "
                          "the signed sheet"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._panel.move_choice(1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Ctrl+Z undoes ticks while nothing is typed; the field's own undo is for letters.
        if (event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
                and event.key() == Qt.Key.Key_Z and not self.text()):
            event.ignore()
            return False
        return super().event(event)
