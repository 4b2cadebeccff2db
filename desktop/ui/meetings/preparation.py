"""Preparing a meeting: when and where, the agenda with its minutes, and who is expected."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.base.i18n import _, ngettext
from desktop.commands.meetings import add_agenda_item, expect_people
from desktop.commands.records import delete_record, edit_record
from desktop.models.choices import CHOICES
from desktop.models.choices import label as choice_label
from desktop.queries.directory import groups_of, members_of, people_of
from desktop.queries.meetings import AgendaRow, MeetingDetail
from desktop.ui.theme import scaled
from desktop.ui.widgets.basics import Card, Elided, Empty, button, empty_layout, label, rule, scrolled
from desktop.ui.widgets.flow import Panes
from desktop.ui.widgets.form import Choice, Entry, Form, Picking, Spin
from desktop.ui.workspace import Desk


def choice_options(name: str) -> list[tuple[str, str]]:
    """The codes and words of a fixed list."""
    return [(choice.code, choice_label(name, choice.code)) for choice in CHOICES[name]]


def meeting_entries(desk: Desk) -> list[Entry]:
    """The fields of a meeting."""
    def people() -> list[tuple[str, str]]:
        return [(str(p.id), ", ".join(part for part in (p.name, p.organisation) if part))
                for p in desk.vault.ask(people_of)]

    def groups() -> list[tuple[str, str]]:
        return [(str(g.id), g.name) for g in desk.vault.ask(groups_of)]

    return [
        Entry("title", _("Title"), required=True, wide=True),
        Entry("group_id", _("Group"), "choice", groups),
        Entry("kind", _("Kind"), "choice", lambda: choice_options("meeting_kind"), required=True),
        Entry("starts_at", _("Start"), "moment"),
        Entry("ends_at", _("End"), "moment"),
        Entry("place", _("Place")),
        Entry("link", _("Link for remote participants")),
        Entry("animator_id", _("Animator"), "choice", people),
        Entry("secretary_id", _("Secretary"), "choice", people),
        Entry("quorum", _("Quorum (0: none)"), "number"),
    ]


class PreparationView(QWidget):
    """The agenda and the expected people of one meeting."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.meeting: MeetingDetail | None = None
        self.chooser: Picking | None = None
        self.agenda = Card()
        self.agenda.head.addWidget(label(_("Agenda"), "subheading"))
        self.agenda.head.addStretch(1)
        self.total = label("", "muted")
        self.agenda.head.addWidget(self.total)
        self.agenda.box.addLayout(self.agenda.head)
        inside = QWidget()
        self._items = QVBoxLayout(inside)
        self._items.setContentsMargins(0, 0, 8, 0)
        self._items.setSpacing(8)
        self.agenda.box.addWidget(scrolled(inside), 1)
        self.agenda.box.addWidget(rule())
        line = QHBoxLayout()
        self.new_item = QLineEdit()
        self.new_item.setPlaceholderText(_("New point, then Enter"))
        self.new_item.setAccessibleName(_("Title of the new point"))
        self.new_minutes = Spin()
        self.new_minutes.setRange(0, 240)
        self.new_minutes.setValue(15)
        self.new_minutes.setSuffix(_(" min"))
        self.new_minutes.setFixedWidth(scaled(58) + 44)
        self.new_minutes.setAccessibleName(_("Minutes of the new point"))
        self.new_kind = Choice(_("Kind of the new point"), choice_options("agenda_kind"), required=True)
        self.new_kind.setMinimumContentsLength(8)
        line.addWidget(self.new_item, 1)
        line.addWidget(self.new_minutes)
        line.addWidget(self.new_kind)
        self.agenda.box.addLayout(line)
        self.people = Card()
        self.people.head.addWidget(label(_("Expected people"), "subheading"))
        self.people.head.addStretch(1)
        self.expected = label("", "muted")
        self.people.head.addWidget(self.expected)
        self.people.box.addLayout(self.people.head)
        around = QWidget()
        self._people = QVBoxLayout(around)
        self._people.setContentsMargins(0, 0, 8, 0)
        self._people.setSpacing(2)
        self.people.box.addWidget(scrolled(around), 1)
        self.people.box.addWidget(rule())
        self.add_line = QVBoxLayout()
        self.add_line.setSpacing(8)
        self.people.box.addLayout(self.add_line)
        split = Panes()
        split.addWidget(self.agenda)
        split.addWidget(self.people)
        split.setSizes([520, 280])
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)
        self.new_item.returnPressed.connect(self._on_item_entered)

    def show_meeting(self, meeting: MeetingDetail) -> None:
        """Show what is planned."""
        self.meeting = meeting
        empty_layout(self._items)
        for number, item in enumerate(meeting.agenda, 1):
            self._items.addLayout(self._item_line(number, item))
        if not meeting.agenda:
            self._items.addWidget(Empty("list-checks", _("No agenda yet"),
                                        _("Write the points below, one a line, with the minutes each should take.")))
        self._items.addStretch(1)
        minutes = sum(item.minutes for item in meeting.agenda)
        self.total.setText(_("{minutes} min planned").format(minutes=minutes) if minutes else "")
        empty_layout(self._people)
        for row in meeting.attendance:
            line = QHBoxLayout()
            line.addWidget(Elided(row.name), 3)
            line.addWidget(Elided(row.organisation, "muted"), 2)
            line.addWidget(button("", partial(self._remove, row.id), style="quiet", icon_name="x",
                                  tip=_("Take {name} off the list").format(name=row.name)))
            self._people.addLayout(line)
        if not meeting.attendance:
            self._people.addWidget(Empty("users", _("Nobody is expected yet"),
                                         _("Expect the whole group, or choose people one by one.")))
        self._people.addStretch(1)
        count = len(meeting.attendance)
        self.expected.setText(ngettext("{count} person", "{count} people", count).format(count=count))
        adding = self.chooser is not None and self.chooser.hasFocus()
        empty_layout(self.add_line)
        known = {row.person_id for row in meeting.attendance}
        people = [(p.id, ", ".join(part for part in (p.name, p.organisation) if part))
                  for p in self.desk.vault.ask(people_of) if p.id not in known]
        chooser = Picking(_("Person to expect"), people)
        chooser.setItemText(0, _("Add someone…"))
        chooser.picked.connect(lambda person: self._expect([person]))
        self.add_line.addWidget(chooser)
        self.chooser = chooser
        if adding:
            chooser.setFocus()
        if meeting.group_id is not None:
            self.add_line.addWidget(button(_("The whole group"), self._expect_group, icon_name="users"))

    def _item_line(self, number: int, item: AgendaRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        title = QLineEdit(item.title)
        title.setAccessibleName(_("Point {number}").format(number=number))
        title.setToolTip(item.title)
        title.setCursorPosition(0)
        title.editingFinished.connect(lambda: self._edit(item.id, "title", title.text().strip(), item.title))
        minutes = Spin()
        minutes.setRange(0, 240)
        minutes.setValue(item.minutes)
        minutes.setSuffix(_(" min"))
        minutes.setFixedWidth(scaled(58) + 44)
        minutes.setAccessibleName(_("Minutes of point {number}").format(number=number))
        minutes.editingFinished.connect(lambda: self._edit(item.id, "minutes", minutes.value(), item.minutes))
        line.addWidget(label(f"{number}.", "muted"))
        line.addWidget(title, 1)
        line.addWidget(minutes)
        line.addWidget(button("", lambda: self._swap(number - 1), style="quiet", icon_name="chevron-up",
                              tip=_("Move point {number} up").format(number=number)))
        line.addWidget(button("", lambda: self._remove(item.id), style="quiet", icon_name="x",
                              tip=_("Remove point {number}").format(number=number)))
        return line

    def _edit(self, item_id: uuid.UUID, name: str, value: Any, before: Any) -> None:
        if value != before and value not in ("", None):
            self.desk.vault.do(edit_record, item_id, {name: value})

    def _swap(self, position: int) -> None:
        if self.meeting is None or position < 1:
            return
        upper, lower = self.meeting.agenda[position - 1], self.meeting.agenda[position]

        def command(session: Any) -> None:
            edit_record(session, upper.id, {"order": lower.order})
            edit_record(session, lower.id, {"order": upper.order})

        self.desk.vault.do(command)

    def _remove(self, record_id: uuid.UUID) -> None:
        self.desk.vault.do(delete_record, record_id)
        self.desk.done(_("Removed."))

    def _on_item_entered(self) -> None:
        title = self.new_item.text().strip()
        if self.meeting is not None and title:
            self.new_item.clear()
            self.desk.vault.do(add_agenda_item, self.meeting.id, title, minutes=self.new_minutes.value(),
                               kind=self.new_kind.value())

    def _expect(self, people: list[uuid.UUID]) -> None:
        if self.meeting is not None:
            self.desk.vault.do(expect_people, self.meeting.id, people)

    def _expect_group(self) -> None:
        if self.meeting is not None and self.meeting.group_id is not None:
            rows = self.desk.vault.ask(members_of, self.meeting.group_id)
            self._expect([row.person_id for row in rows if row.person_id is not None])


class MeetingForm(Card):
    """The fields of a meeting, new or known."""

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self.form = Form(meeting_entries(desk))
        self.box.addWidget(label(title, "heading"))
        self.box.addWidget(scrolled(self.form), 1)
        self.box.addWidget(rule())
        self.line = QHBoxLayout()
        self.box.addLayout(self.line)
