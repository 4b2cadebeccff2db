"""The roll-call at the right of a session: one field, the list below it, the counter above."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.base.dates_fr import time_of
from desktop.base.i18n import _, ngettext
from desktop.base.text import fold
from desktop.commands.meetings import add_walk_in, mark_attendance
from desktop.models.choices import label as choice_label
from desktop.queries.meetings import COUNTED, AttendanceRow, MeetingDetail
from desktop.ui.meetings.roll_call import Everyone, Paper, Tick, WalkIn, matching, understand
from desktop.ui.theme import outline, scaled, tokens
from desktop.ui.widgets.basics import Card, Chip, label
from desktop.ui.widgets.reach import say_line, tick_by_marks
from desktop.ui.widgets.rows import ROW, RowsList
from desktop.ui.workspace import Desk

Index = QModelIndex | QPersistentModelIndex
KEYS = {Qt.Key.Key_E: "excuse", Qt.Key.Key_V: "distance", Qt.Key.Key_X: "absent", Qt.Key.Key_P: "present"}


class _People(RowsList[AttendanceRow]):
    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole:
            row = super().data(index, ROW)
            return Qt.CheckState.Checked if row is not None and row.state == "present" else Qt.CheckState.Unchecked
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
        parts = (row.name, row.organisation, row.function, state_words(row) or choice_label("attendance_state", row.state))
        return ", ".join(part for part in parts if part)


def _namesakes(row: AttendanceRow, rows: Sequence[AttendanceRow]) -> int:
    return sum(fold(one.name) == fold(row.name) for one in rows)


def state_words(row: AttendanceRow) -> str:
    """What is said beside a name that is neither simply expected nor simply present."""
    if row.state == "represente":
        return _("represented by {name}").format(name=row.represented_by) if row.represented_by else _("represented")
    if row.state in ("distance", "excuse", "absent"):
        return choice_label("attendance_state", row.state)
    if row.state == "present" and row.arrived_at:
        moment = datetime.fromisoformat(f"2000-01-01T{row.arrived_at[-5:]}")
        return _("from {time}").format(time=time_of(moment))
    return ""


TONES = {"present": "ok", "distance": "accent", "represente": "accent", "excuse": "warn", "absent": "bad"}


class _Lines(QStyledItemDelegate):
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
        words = state_words(row)
        font = option.font
        painter.setFont(font)
        painter.setPen(QColor(t.text))
        line = QRect(left, rect.y() + 4, width, metrics.height())
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
        about = row.organisation or row.function
        if about and width - taken > 60:
            painter.setPen(QColor(t.muted))
            rest = lower.adjusted(taken, 0, 0, 0)
            text = ("· " if taken else "") + about
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter,
                             painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rest.width()))
        painter.restore()


def draw_state(painter: QPainter, x: int, y: int, state: str, size: int = 20) -> None:
    """A box that says by its shape how someone takes part: tick, ring, arrow, letter, cross, or empty."""
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
    if state == "present":
        painter.drawPolyline(QPolygon([QPoint(x + 5, y + 10), QPoint(x + 9, y + 14), QPoint(x + 15, y + 6)]))
    elif state == "distance":
        painter.drawEllipse(box.center() + QPoint(1, 1), 4, 4)
    elif state == "represente":
        painter.drawPolyline(QPolygon([QPoint(x + 5, y + 10), QPoint(x + 15, y + 10)]))
        painter.drawPolyline(QPolygon([QPoint(x + 11, y + 6), QPoint(x + 15, y + 10), QPoint(x + 11, y + 14)]))
    elif state == "excuse":
        painter.drawLine(x + 6, y + 10, x + 14, y + 10)
    elif state == "absent":
        painter.drawLine(x + 6, y + 6, x + 14, y + 14)
        painter.drawLine(x + 14, y + 6, x + 6, y + 14)


class _List(QListView):
    def __init__(self, panel: "AttendancePanel") -> None:
        super().__init__()
        self._panel = panel
        self.setObjectName("list")
        self.setAccessibleName(_("People of the meeting"))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().data(ROW)
        if row is not None and not event.modifiers():
            if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._panel.toggle(row)
                return
            state = KEYS.get(Qt.Key(event.key()))
            if state is not None:
                self._panel.mark([(row, state, None, None)])
                return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        row = self.indexAt(event.position().toPoint()).data(ROW)
        if row is None:
            return
        if event.button() == Qt.MouseButton.RightButton:
            self._panel.offer_states(row, event.globalPosition().toPoint())
        elif event.button() == Qt.MouseButton.LeftButton and event.position().x() < 40:
            self._panel.toggle(row)


class _Field(QLineEdit):
    def __init__(self, panel: "AttendancePanel") -> None:
        super().__init__()
        self._panel = panel
        self.setObjectName("rollcall")
        self.setPlaceholderText(_("Two letters, Enter = present"))
        self.setAccessibleName(_("Roll-call: letters of a name, then Enter"))
        self.setToolTip(_("e excused · r represented · v remote · x absent · 14:20 late · * everyone expected · "
                          "+ NAME Given, Organisation · 1-7 9 12x numbers of the signed sheet"))

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


class AttendancePanel(Card):
    """Who is there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(margins=14)
        self.desk = desk
        self.meeting: MeetingDetail | None = None
        self._all: list[AttendanceRow] = []
        self._chosen = False
        self.head.addWidget(label(_("Roll-call"), "subheading"))
        self.head.addStretch(1)
        self.quorum = Chip()
        self.counter = Chip()
        self.head.addWidget(self.counter)
        self.box.addLayout(self.head)
        self.field = _Field(self)
        self.box.addWidget(self.field)
        self.hint = label("", "small", wrap=True)
        self.box.addWidget(self.hint)
        self.box.addWidget(self.quorum)
        self.people = _People()
        self.list = _List(self)
        self.list.setModel(self.people)
        tick_by_marks(self.list).ticked.connect(lambda index: self.toggle(index.data(ROW)))
        self.people.dataChanged.connect(lambda first: say_line(self.list, first.row(), ticked=True))
        self.list.setItemDelegate(_Lines(self.list))
        self.box.addWidget(self.list, 1)
        self.field.textChanged.connect(self._on_field_changed)
        self.field.returnPressed.connect(self.enter)
        self.setMinimumWidth(min(scaled(290), 500))

    def show_meeting(self, meeting: MeetingDetail) -> None:
        """Show the people of a meeting."""
        if self.meeting is None or self.meeting.id != meeting.id:
            self.field.clear()
        self.meeting = meeting
        self._all = list(meeting.attendance)
        expected, counted = len(self._all), meeting.counted
        self.counter.set_chip(_("{count} of {expected}").format(count=counted, expected=expected), "neutral")
        if meeting.quorum:
            reached = counted >= meeting.quorum
            words = (_("quorum reached") if reached else ngettext("quorum: {count} missing", "quorum: {count} missing",
                     meeting.quorum - counted).format(count=meeting.quorum - counted))
            self.quorum.set_chip(words, "ok" if reached else "warn")
        else:
            self.quorum.set_chip("")
        self._show_list()

    def _show_list(self) -> None:
        kept = self.list.currentIndex().data(ROW)
        typed = understand(self.field.text())
        rows = self._all
        hint = ""
        if isinstance(typed, Tick):
            rows = [row for row in matching(typed.words, self._all) if isinstance(row, AttendanceRow)]
            count = _namesakes(rows[0], rows) if rows else 0
            if count > 1 and not self._chosen:
                hint = _("{count} people bear this name: choose with the arrows, or add letters of the "
                         "organisation.").format(count=count)
            elif not rows:
                hint = _("Nobody on the list. + adds someone: + NAME Given, Organisation")
            elif typed.state == "represente":
                by = self._found(typed.by)
                hint = (_("Enter: represented by {name}").format(name=by.name) if by else
                        _("Enter: represented; add letters of who represents: fat r kar"))
            else:
                words = _("Enter: {state}").format(state=choice_label("attendance_state", typed.state).lower())
                hint = words + (f" · {typed.arrived_at.replace(':', ' h ')}" if typed.arrived_at else "")
        elif isinstance(typed, Everyone):
            waiting = sum(row.state == "attendu" for row in self._all)
            hint = ngettext("Enter: {count} expected person is present", "Enter: {count} expected people are present",
                            waiting).format(count=waiting)
        elif isinstance(typed, WalkIn):
            parts = (f"{typed.family.upper()} {typed.given}".strip(), typed.organisation)
            hint = _("Enter adds and marks present: {who}").format(who=", ".join(p for p in parts if p))
        elif isinstance(typed, Paper):
            hint = ngettext("Enter: {count} line of the signed sheet", "Enter: {count} lines of the signed sheet",
                            len(typed.marks)).format(count=len(typed.marks))
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.people.set_rows(rows)
        position = 0
        if not isinstance(typed, Tick) and kept is not None:
            position = next((n for n, row in enumerate(rows) if row.person_id == kept.person_id), -1)
        if rows and (isinstance(typed, Tick) or kept is not None):
            self.list.setCurrentIndex(self.people.index(max(position, 0), 0))

    def _found(self, words: Sequence[str]) -> AttendanceRow | None:
        if not words:
            return None
        there = sorted(self._all, key=lambda row: row.state not in COUNTED)
        found = [row for row in matching(words, there) if isinstance(row, AttendanceRow)]
        return min(found, key=lambda row: row.state not in COUNTED) if found else None

    def _on_field_changed(self) -> None:
        self._chosen = False
        self._show_list()

    def move_choice(self, step: int) -> None:
        """Choose the next or previous of the people found, the field keeping the focus."""
        count = self.people.rowCount()
        if count:
            self._chosen = True
            at = self.list.currentIndex().row() + step
            self.list.setCurrentIndex(self.people.index(min(max(at, 0), count - 1), 0))

    def enter(self) -> None:
        """Do what the field says; it is empty again afterwards."""
        meeting, typed = self.meeting, understand(self.field.text())
        if meeting is None or typed is None:
            return
        if isinstance(typed, Everyone):
            self.field.clear()
            self.mark([(row, "present", None, None) for row in self._all if row.state == "attendu"])
        elif isinstance(typed, WalkIn):
            self.desk.vault.do(add_walk_in, meeting.id, typed.given, typed.family, typed.organisation)
            self.field.clear()
        elif isinstance(typed, Paper):
            numbers = {row.number: row for row in self._all}
            unknown = [str(number) for number, _state in typed.marks if number not in numbers]
            read = [(numbers[n], state) for n, state in typed.marks if n in numbers]

            def command(session: Any) -> None:
                for row, state in read:
                    mark_attendance(session, meeting.id, row.person_id, state, signed=state == "present")

            self.desk.vault.do(command)
            self.field.clear()
            if unknown:
                self.desk.messages.say(_("No such number on the sheet: {numbers}").format(numbers=", ".join(unknown)))
        else:
            row = self.list.currentIndex().data(ROW)
            if row is None:
                return
            if _namesakes(row, self.people.rows) > 1 and not self._chosen:
                return
            by = self._found(typed.by) if typed.state == "represente" else None
            self.field.clear()
            self.mark([(row, typed.state, typed.arrived_at or None, by.person_id if by else None)])

    def toggle(self, row: AttendanceRow) -> None:
        """Present, or expected again."""
        self.mark([(row, "attendu" if row.state == "present" else "present", None, None)])

    def mark(self, changes: Sequence[tuple[AttendanceRow, str, str | None, uuid.UUID | None]]) -> None:
        """Give people a state, an arrival, someone who represents them."""
        meeting = self.meeting
        if meeting is None or not changes:
            return

        def command(session: Any) -> None:
            for row, state, arrived, by in changes:
                mark_attendance(session, meeting.id, row.person_id, state, arrived_at=arrived, represented_by_id=by)

        self.desk.vault.do(command)

    def _give(self, row: AttendanceRow, state: str, *_checked: bool) -> None:
        self.mark([(row, state, None, None)])

    def offer_states(self, row: AttendanceRow, where: QPoint) -> None:
        """The states as a menu, for the mouse."""
        menu = QMenu(self)
        for state in ("present", "distance", "represente", "excuse", "absent", "attendu"):
            menu.addAction(choice_label("attendance_state", state)).triggered.connect(
                partial(self._give, row, state))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)
