"""The roll-call at the right of a session: one field, the list below it, the counter above."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QMenu,
)

from desktop.base.i18n import _, ngettext
from desktop.commands.half_days import mark_half_day
from desktop.commands.meetings import add_walk_in, mark_attendance
from desktop.models.choices import label as choice_label
from desktop.models.states import AttendanceState
from desktop.queries.meetings.half_days import half_day_of
from desktop.queries.meetings.rows import COUNTED, THERE, AttendanceRow, MeetingDetail
from desktop.ui.meetings.roll_call.half_days import HalfDays
from desktop.ui.meetings.roll_call.lines import RollCallLines
from desktop.ui.meetings.roll_call.panel import Everyone, Paper, Tick, WalkIn, matching, understand
from desktop.ui.meetings.roll_call.people import CallField, PeopleList, PeopleRows, namesakes
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.accessibility import announce, say_line, tick_by_marks
from desktop.ui.widgets.basics import Card, Chip, button, label
from desktop.ui.widgets.keys import CONTROL, held
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.lists.rows import ROW
from desktop.ui.widgets.theme import scaled


class AttendancePanel(Card):
    """Who is there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(margins=14)
        self.desk = desk
        self.meeting: MeetingDetail | None = None
        self._all: list[AttendanceRow] = []
        self._chosen: uuid.UUID | None = None
        """Who was chosen with the arrows among those found."""
        self.spoken = ""
        self.head.addWidget(label(_("Roll-call"), "subheading"))
        self.head.addStretch(1)
        self.quorum = Chip()
        self.counter = Chip()
        self.head.addWidget(self.counter)
        self.paper = button(_("Copy the sheet"), style="segment",
                            tip=_("The list in the order of the signed sheet: Space ticks a "
                                  "signature and goes on"))
        self.paper.setCheckable(True)
        self.paper.toggled.connect(self._on_paper)
        self.box.addLayout(self.head)
        self.half_days = HalfDays()
        self.half_days.changed.connect(self._on_half_day)
        self.box.addWidget(self.half_days)
        self.field = CallField(self)
        self.box.addWidget(self.field)
        self.hint = label("", "small", wrap=True)
        self.box.addWidget(self.hint)
        below = Flow(8)
        below.add(self.quorum)
        below.addStretch()
        below.add(self.paper)
        self.box.addLayout(below)
        self.people = PeopleRows()
        self.list = PeopleList(self)
        self.list.setModel(self.people)
        self.lines = RollCallLines(self.list)
        self.list.setItemDelegate(self.lines)
        tick_by_marks(self.list).ticked.connect(lambda index: self.toggle(index.data(ROW)))
        self.people.dataChanged.connect(lambda first: say_line(self.list, first.row(), ticked=True))
        self.box.addWidget(self.list, 1)
        self.field.textChanged.connect(self._on_field_changed)
        self.field.returnPressed.connect(self.enter)
        self.setMinimumWidth(min(scaled(290), 500))

    def show_meeting(self, meeting: MeetingDetail) -> None:
        """Show the people of a meeting."""
        if self.meeting is None or self.meeting.id != meeting.id:
            self.field.clear()
            self.paper.setChecked(False)
        self.meeting = meeting
        self.half_days.show_all(meeting.half_days, self.desk.now())
        self._read()
        expected, counted = len(self._all), meeting.counted
        if self.half_days.chosen is not None:
            counted = sum(row.state in THERE for row in self._all)
        said = _("{count} of {expected}").format(count=counted, expected=expected)
        self.counter.set_chip(said, "neutral")
        if meeting.quorum:
            reached = counted >= meeting.quorum
            words = (_("quorum reached") if reached
                     else ngettext("quorum: {count} missing", "quorum: {count} missing",
                     meeting.quorum - counted).format(count=meeting.quorum - counted))
            self.quorum.set_chip(words, "ok" if reached else "warn")
            said = f"{said}, {words}"
        else:
            self.quorum.set_chip("")
        if self.isVisible() and said != self.spoken:
            announce(self.list, said)
        self.spoken = said
        self._show_list()

    def _read(self) -> None:
        """Show the people of the half-day that is called, or of the whole meeting, in the order of
        their names or of the paper."""
        assert self.meeting is not None
        self._all = list(self.meeting.attendance)
        if self.half_days.chosen is not None:
            self._all = self.desk.vault.ask(half_day_of, self.meeting.id,
                                            self.half_days.chosen.code, self._all)
        if self.copies_paper:
            self._all.sort(key=lambda row: row.number)

    @property
    def copies_paper(self) -> bool:
        """Whether the list stands in the order of the signed sheet, to be copied line by line."""
        return self.paper.isChecked()

    def _on_paper(self, on: bool) -> None:
        self.lines.numbered = on
        if self.meeting is None:
            return
        self._read()
        self._show_list()
        if on:
            self.list.setCurrentIndex(self.people.index(0, 0))
            self.list.setFocus()

    def _on_half_day(self) -> None:
        if self.meeting is not None:
            self.show_meeting(self.meeting)

    def _show_list(self, typing: bool = False) -> None:
        kept = self.list.currentIndex().data(ROW)
        typed = understand(self.field.text())
        rows = self._all
        hint = ""
        if isinstance(typed, Tick):
            rows = [row for row in matching(typed.words, self._all)
                    if isinstance(row, AttendanceRow)]
            count = namesakes(rows[0], rows) if rows else 0
            if count > 1 and self._chosen is None:
                hint = _("{count} people bear this name: choose with the arrows, or add letters of "
                         "the organisation.").format(count=count)
            elif not rows:
                hint = _("Nobody on the list. + adds someone: + NAME Given, Organisation")
            elif typed.state == AttendanceState.REPRESENTED:
                by = self._found(typed.by)
                hint = (_("Enter: represented by {name}").format(name=by.name) if by else
                        _("Enter: represented; add letters of who represents: fat r kar"))
            else:
                words = (_("Enter: {state}")
                         .format(state=choice_label("attendance_state", typed.state).lower()))
                hint = words + (f" · {typed.arrived_at.replace(':', ' h ')}" if typed.arrived_at
                                else "")
        elif isinstance(typed, Everyone):
            waiting = sum(row.state == AttendanceState.EXPECTED for row in self._all)
            hint = ngettext("Enter: {count} expected person is present",
                            "Enter: {count} expected people are present",
                            waiting).format(count=waiting)
        elif isinstance(typed, WalkIn):
            parts = (f"{typed.family.upper()} {typed.given}".strip(), typed.organisation)
            hint = (_("Enter adds and marks present: {who}")
                    .format(who=", ".join(p for p in parts if p)))
        elif isinstance(typed, Paper):
            hint = ngettext("Enter: {count} line of the signed sheet",
                            "Enter: {count} lines of the signed sheet",
                            len(typed.marks)).format(count=len(typed.marks))
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.people.set_rows(rows)
        if kept is None or (isinstance(typed, Tick) and typing):
            if rows and isinstance(typed, Tick):
                self.list.setCurrentIndex(self.people.index(0, 0))
            return
        # The choice is a person: it goes where that line goes, and is nobody's where the line has
        # gone.
        position = next((n for n, row in enumerate(rows) if row.person_id == kept.person_id), -1)
        if position < 0 and not isinstance(typed, Tick):
            position = 0
        self.list.setCurrentIndex(self.people.index(position, 0) if position >= 0 and rows
                                  else QModelIndex())

    def _found(self, words: Sequence[str]) -> AttendanceRow | None:
        if not words:
            return None
        there = sorted(self._all, key=lambda row: row.state not in COUNTED)
        found = [row for row in matching(words, there) if isinstance(row, AttendanceRow)]
        return min(found, key=lambda row: row.state not in COUNTED) if found else None

    def _on_field_changed(self) -> None:
        self._chosen = None
        self._show_list(typing=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turn = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if turn is not None and held(event) == CONTROL:
            self.half_days.turn(turn)
            return
        super().keyPressEvent(event)

    def move_choice(self, step: int) -> None:
        """Choose the next or previous of the people found, the field keeping the focus."""
        count = self.people.rowCount()
        if count:
            at = min(max(self.list.currentIndex().row() + step, 0), count - 1)
            self.list.setCurrentIndex(self.people.index(at, 0))
            self._chosen = self.people.rows[at].person_id

    def enter(self) -> None:
        """Do what the field says; it is empty again afterwards."""
        meeting, typed = self.meeting, understand(self.field.text())
        if meeting is None or typed is None:
            return
        if isinstance(typed, Everyone):
            self.field.clear()
            self.mark([(row, AttendanceState.PRESENT, None, None) for row in self._all
                       if row.state == AttendanceState.EXPECTED])
        elif isinstance(typed, WalkIn):
            def come(session: Any) -> None:
                person = add_walk_in(session, meeting.id, typed.given, typed.family,
                                     typed.organisation)
                self._keep(session, person, AttendanceState.PRESENT)

            self.desk.vault.do(come)
            self.field.clear()
        elif isinstance(typed, Paper):
            numbers = {row.number: row for row in self._all}
            unknown = [str(number) for number, _state in typed.marks if number not in numbers]
            read = [(numbers[n], state) for n, state in typed.marks if n in numbers]

            def command(session: Any) -> None:
                for row, state in read:
                    self._keep(session, row.person_id, state,
                               signed=state == AttendanceState.PRESENT)

            self.desk.vault.do(command)
            self.field.clear()
            if unknown:
                self.desk.messages.say(_("No such number on the sheet: {numbers}")
                                       .format(numbers=", ".join(unknown)))
        else:
            row = self.list.currentIndex().data(ROW)
            if row is None:
                return
            if namesakes(row, self.people.rows) > 1 and not self._chosen:
                return
            by = self._found(typed.by) if typed.state == AttendanceState.REPRESENTED else None
            self.field.clear()
            self.mark([(row, typed.state, typed.arrived_at or None, by.person_id if by else None)])

    def toggle(self, row: AttendanceRow) -> None:
        """Present, or expected again; on the copy of the sheet, signed or not."""
        here = row.state == AttendanceState.PRESENT and (row.signed or not self.copies_paper)
        self.mark(
            [(row, AttendanceState.EXPECTED if here else AttendanceState.PRESENT, None, None)],
                  signed=not here if self.copies_paper else None)

    def mark(self, changes: Sequence[tuple[AttendanceRow, str, str | None, uuid.UUID | None]],
             signed: bool | None = None) -> None:
        """Give people a state, an arrival, someone who represents them."""
        if self.meeting is None or not changes:
            return

        def command(session: Any) -> None:
            for row, state, arrived, by in changes:
                self._keep(session, row.person_id, state, arrived, by, signed)

        self.desk.vault.do(command)

    def _keep(self, session: Any, person_id: uuid.UUID, state: str, arrived: str | None = None,
              by: uuid.UUID | None = None,
              signed: bool | None = None) -> None:
        assert self.meeting is not None
        if self.half_days.chosen is None:
            mark_attendance(session, self.meeting.id, person_id, state, arrived_at=arrived,
                            represented_by_id=by,
                            signed=signed)
        else:
            mark_half_day(session, self.meeting.id, person_id, self.half_days.chosen.code, state,
                          signed)

    def _give(self, row: AttendanceRow, state: str, *_checked: bool) -> None:
        self.mark([(row, state, None, None)])

    def offer_states(self, row: AttendanceRow, where: QPoint) -> None:
        """Open the states as a menu, for the mouse."""
        menu = QMenu(self)
        for state in (AttendanceState.PRESENT, AttendanceState.REMOTE, AttendanceState.REPRESENTED,
                      AttendanceState.EXCUSED, AttendanceState.ABSENT, AttendanceState.EXPECTED):
            menu.addAction(choice_label("attendance_state", state)).triggered.connect(
                partial(self._give, row, state))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)
