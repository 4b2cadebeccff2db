"""Preparing a meeting: when and where, the agenda with its minutes, and who is expected."""

import uuid
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.i18n import _, ngettext
from desktop.commands.meetings import expect_group, expect_people
from desktop.commands.records import delete_record
from desktop.queries.directory import members_of, people_of
from desktop.queries.meetings.rows import AttendanceRow, MeetingDetail
from desktop.ui.meetings.agenda import AgendaCard
from desktop.ui.screen.keyed import KeyedColumn, KeyedPart
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, Elided, Empty, button, label, rule, scrolled
from desktop.ui.widgets.fields.choices import Picking
from desktop.ui.widgets.layout.stacking import StackingSplitter


class PreparationView(QWidget):
    """The agenda and the expected people of one meeting."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.meeting: MeetingDetail | None = None
        self.agenda = AgendaCard(desk)
        self.new_item = self.agenda.new_item
        self.people = Card()
        self.people.head.addWidget(label(_("Expected people"), "subheading"))
        self.people.head.addStretch(1)
        self.expected = label("", "muted")
        self.people.head.addWidget(self.expected)
        self.people.box.addLayout(self.people.head)
        around = QWidget()
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 8, 0)
        self._people = KeyedColumn(6)
        column.addLayout(self._people)
        column.addStretch(1)
        self.people.box.addWidget(scrolled(around), 1)
        self.people.box.addWidget(rule())
        self.chooser = Picking(_("Person to expect"), (), _("Add someone…"))
        self.chooser.picked.connect(lambda person: self._expect([person]))
        self.people.box.addWidget(self.chooser)
        self.group_button = button(_("The whole group"), self.expect_group, icon_name="users",
                                   tip="Ctrl+G")
        self.people.box.addWidget(self.group_button)
        split = StackingSplitter()
        split.addWidget(self.agenda)
        split.addWidget(self.people)
        split.setSizes([560, 240])
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)

    def show_meeting(self, meeting: MeetingDetail) -> None:
        """Show what is planned."""
        self.meeting = meeting
        self.agenda.show_meeting(meeting)
        members = ({row.person_id for row in self.desk.vault.ask(members_of, meeting.group_id)}
                   if meeting.group_id is not None else None)
        parts = []
        for row in meeting.attendance:
            guest = members is not None and row.person_id not in members
            about = " · ".join(part for part in (_("guest") if guest else "", row.organisation)
                               if part)
            parts.append(KeyedPart(row.id, (row.name, about), partial(self._expected, row, about)))
        if not parts:
            parts.append(
                KeyedPart("empty", None, lambda: Empty("users", _("Nobody is expected yet"), _(
                    "Expect the whole group, or choose people one by one."))))
        self._people.show_parts(parts)
        count = len(meeting.attendance)
        self.expected.setText(ngettext("{count} person", "{count} people", count)
                              .format(count=count))
        known = {row.person_id for row in meeting.attendance}
        self.chooser.set_options(
            [(p.id, ", ".join(part for part in (p.name, p.organisation) if part))
             for p in self.desk.vault.ask(people_of) if p.id not in known])
        self.group_button.setVisible(meeting.group_id is not None)

    def _expected(self, row: AttendanceRow, about: str) -> QWidget:
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Elided(row.name, lines=4))
        if about:
            words.addWidget(Elided(about, "small", lines=2))
        line.addLayout(words, 1)
        line.addWidget(button("", partial(self._remove, row.id), style="quiet", icon_name="x",
                              tip=_("Take {name} off the list").format(name=row.name)))
        return whole

    def _remove(self, record_id: uuid.UUID) -> None:
        self.desk.vault.do(delete_record, record_id)
        self.desk.done(_("Removed."))

    def _expect(self, people: list[uuid.UUID]) -> None:
        if self.meeting is not None:
            self.desk.vault.do(expect_people, self.meeting.id, people)

    def expect_group(self) -> None:
        """Expect all of the group who are not expected yet, and say how many they are."""
        if self.meeting is None:
            return
        if self.meeting.group_id is None:
            self.desk.messages.say(_("This meeting has no group: its form names one."))
            return
        count = self.desk.vault.do(expect_group, self.meeting.id)
        if not count:
            self.desk.messages.say(_("Everybody of the group is expected already."))
            return
        self.desk.done(ngettext("{count} person more is expected.",
                                "{count} people more are expected.", count).format(count=count))
