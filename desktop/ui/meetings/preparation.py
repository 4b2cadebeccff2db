"""Preparing a meeting: when and where, the agenda with its minutes, and who is expected."""

import uuid
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.i18n import _, ngettext
from desktop.commands.meetings import expect_people
from desktop.commands.records import delete_record
from desktop.queries.directory import groups_of, members_of, people_of
from desktop.queries.meetings import MeetingDetail
from desktop.ui.meetings.agenda import AgendaCard
from desktop.ui.records import options
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, Elided, Empty, button, empty_layout, label, rule, scrolled
from desktop.ui.widgets.fields.form import Entry, Form, Picking
from desktop.ui.widgets.layout.flow import Panes


def meeting_entries(desk: Desk) -> list[Entry]:
    """The fields of a meeting."""
    def groups() -> list[tuple[str, str]]:
        return [(str(g.id), g.name) for g in desk.vault.ask(groups_of)]

    return [
        Entry("title", _("Title"), required=True, wide=True),
        Entry("group_id", _("Group"), "choice", groups),
        Entry("kind", _("Kind"), "choice", lambda: options.fixed("meeting_kind"), required=True),
        Entry("starts_at", _("Start"), "moment", required=True),
        Entry("ends_at", _("End"), "moment"),
        Entry("place", _("Place")),
        Entry("link", _("Link for remote participants")),
        Entry("animator_id", _("Animator"), "person", people=options.directory(desk)),
        Entry("secretary_id", _("Secretary"), "person", people=options.directory(desk)),
        Entry("quorum", _("Quorum (0: none)"), "number"),
        Entry("quorum_remote", _("Remote participants count for the quorum"), "yes", initial=True),
    ]


def held_entries() -> list[Entry]:
    """When a meeting was held: what its minutes say, until they are validated."""
    return [Entry("held_from", _("Held from (empty: as planned)"), "moment", past=True),
            Entry("held_until", _("Held until (empty: as planned)"), "moment", past=True)]


class PreparationView(QWidget):
    """The agenda and the expected people of one meeting."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.meeting: MeetingDetail | None = None
        self.chooser: Picking | None = None
        self.agenda = AgendaCard(desk)
        self.new_item = self.agenda.new_item
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

    def show_meeting(self, meeting: MeetingDetail) -> None:
        """Show what is planned."""
        self.meeting = meeting
        self.agenda.show_meeting(meeting)
        empty_layout(self._people)
        members = ({row.person_id for row in self.desk.vault.ask(members_of, meeting.group_id)}
                   if meeting.group_id is not None else None)
        for row in meeting.attendance:
            line = QHBoxLayout()
            line.addWidget(Elided(row.name), 3)
            guest = members is not None and row.person_id not in members
            about = " · ".join(part for part in (_("guest") if guest else "", row.organisation) if part)
            line.addWidget(Elided(about, "muted"), 2)
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

    def _remove(self, record_id: uuid.UUID) -> None:
        self.desk.vault.do(delete_record, record_id)
        self.desk.done(_("Removed."))

    def _expect(self, people: list[uuid.UUID]) -> None:
        if self.meeting is not None:
            self.desk.vault.do(expect_people, self.meeting.id, people)

    def _expect_group(self) -> None:
        if self.meeting is not None and self.meeting.group_id is not None:
            rows = self.desk.vault.ask(members_of, self.meeting.group_id)
            self._expect([row.person_id for row in rows if row.person_id is not None])


class MeetingForm(Card):
    """The fields of a meeting, new or known. `held`: with the day and the hours that its minutes say."""

    def __init__(self, desk: Desk, title: str, held: bool) -> None:
        super().__init__()
        self.form = Form([*meeting_entries(desk), *(held_entries() if held else ())], today=desk.today)
        self.box.addWidget(label(title, "heading"))
        self.box.addWidget(scrolled(self.form), 1)
        self.box.addWidget(rule())
        self.line = QHBoxLayout()
        self.box.addLayout(self.line)

    def trouble(self) -> str:
        """What is to be mended before it can be saved, in a sentence; the field that is wrong gets the focus."""
        trouble = self.form.trouble()
        if trouble:
            return trouble
        values = self.form.values()
        if values["ends_at"] and values["starts_at"] and values["ends_at"] < values["starts_at"]:
            self.form.fields["ends_at"].setFocus()
            return _("The meeting ends before it starts. Check its times.")
        began = values.get("held_from") or values["starts_at"]
        if values.get("held_until") and began and values["held_until"] < began:
            self.form.fields["held_until"].setFocus()
            return _("The meeting was over before it began. Check when it was held.")
        return ""
