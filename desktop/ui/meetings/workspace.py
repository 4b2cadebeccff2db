"""Réunions: the list on the left, the chosen meeting on the right, before, during and after it is
held."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.base.dates.french import long_date, time_of
from desktop.base.i18n import N_, _
from desktop.base.text import fold
from desktop.commands.records import delete_record
from desktop.models.choices import label as choice_label
from desktop.models.states import is_planned
from desktop.queries.meetings.held import may_say_when_held
from desktop.queries.meetings.rows import (
    MeetingDetail,
    MeetingRow,
    meeting_detail,
    meetings_of,
    roll_call_of,
)
from desktop.queries.records import record_for_form
from desktop.ui.meetings.follow_up import FollowUpView
from desktop.ui.meetings.form import add_meeting, held_entries, meeting_entries
from desktop.ui.meetings.gaps import go_to_gap
from desktop.ui.meetings.keys import KEYS
from desktop.ui.meetings.listing import TONES, MeetingLines, MeetingsModel, first_shown, papers_of
from desktop.ui.meetings.panes import go_to_other_pane
from desktop.ui.meetings.preparation import PreparationView
from desktop.ui.meetings.session import SessionView
from desktop.ui.records.whereabouts import Where
from desktop.ui.screen.forms import FormPlan, Forms, OpenForm
from desktop.ui.screen.keyed import drop_quietly
from desktop.ui.screen.workspace import NEW_TRAINING, Desk, Printable, Workspace
from desktop.ui.widgets.accessibility import follow_marks
from desktop.ui.widgets.basics import Card, Chip, Elided, Empty, SearchBox, button
from desktop.ui.widgets.fields.form import Form
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.tab import TabGroup
from desktop.ui.widgets.lists.rows import ROW
from desktop.ui.widgets.tab_order import first_stop
from desktop.ui.widgets.theme import scaled


class MeetingsWorkspace(Workspace):
    """The screen of meetings."""

    name = "meetings"
    icon = "calendar-days"
    areas = frozenset({"meetings", "attendance", "notes", "directory", "actions", "attachments"})
    keys = KEYS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Meetings"))
        self._shown: MeetingDetail | None = None
        self._form_page: Card | None = None
        self.forms = self._make_forms()
        self.search = SearchBox(_("Search for a meeting"))
        self.header.addWidget(self.search)
        self.header.addWidget(
            button(_("Decisions"), lambda: desk.go("decisions"), icon_name="circle-check",
                   tip=_("The register of decisions, across the years")))
        self.header.addWidget(
            button(_("New meeting"), self.new, style="primary", icon_name="plus", tip="Ctrl+N"))
        self.model = MeetingsModel()
        self.list = QListView()
        self.list.setObjectName("list")
        self.list.setAccessibleName(_("Meetings"))
        self.list.setModel(self.model)
        follow_marks(self.list)
        self.list.setItemDelegate(MeetingLines(desk.today, self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.left = left = Card(margins=4)
        left.box.setContentsMargins(2, 2, 2, 2)
        left.box.addWidget(self.list)
        left.setFixedWidth(min(scaled(300), 340))
        self.right = QStackedWidget()
        self.right.addWidget(self._empty_page())
        self.right.addWidget(self._meeting_page())
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(left)
        row.addWidget(self.right, 1)
        self.page.addWidget(self.forms.bar)
        self.page.addLayout(row, 1)
        self.search.textChanged.connect(lambda: self._show_list())
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self._rows: list[MeetingRow] = []

    def _empty_page(self) -> QWidget:
        card = Card()
        card.box.addWidget(Empty(
            "calendar-days", _("No meeting is open"),
            _("Prepare one: its group is expected, its agenda is written, its sheet is printed."),
            button(_("New meeting"), self.new, icon_name="plus")))
        return card

    def _meeting_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        head = Card(margins=16)
        line = Flow(10)
        self.title = Elided("", "heading")
        self.state = Chip()
        line.add(self.title, 1)
        self.where = Where(self.desk, brief=True)
        line.addWidget(self.where)
        self.secret = Chip()
        line.addWidget(self.secret)
        line.addWidget(self.state)
        line.addWidget(
            button("", self.edit, style="quiet", icon_name="pencil", tip=_("Edit the meeting")))
        line.addWidget(button("", self._on_delete, style="quiet", icon_name="trash-2",
                              tip=_("Delete the meeting")))
        line.addWidget(button(_("Documents"), lambda: self.desk.print(self.printables()),
                              icon_name="printer", tip="F9"))
        head.box.addLayout(line)
        low = Flow(6)
        self.about = Elided("", "muted")
        low.add(self.about, 1)
        self.tabs = TabGroup(self, (_("Preparation"), _("Session"), _("Follow-up")))
        for tab in self.tabs.tabs:
            low.addWidget(tab)
        head.box.addLayout(low)
        box.addWidget(head)
        self.preparation, self.session = PreparationView(self.desk), SessionView(self.desk)
        self.follow_up = FollowUpView(self.desk)
        self.follow_up.next_asked.connect(self.open_record)
        self.follow_up.minutes.gap_asked.connect(partial(go_to_gap, self))
        self.session.decision_asked.connect(lambda _decision: self.show_tab(2))
        self.session.ended.connect(self._on_ended)
        self.pages = QStackedWidget()
        for view in (self.preparation, self.session, self.follow_up):
            self.pages.addWidget(view)
        box.addWidget(self.pages, 1)
        self.tabs.idClicked.connect(self.show_tab)
        for keys, gesture in (("F6", lambda: go_to_other_pane(self.pages.currentWidget())),
                              ("Ctrl+G", self.preparation.expect_group)):
            shortcut = QShortcut(QKeySequence(keys), page, gesture)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return page

    def show_tab(self, number: int) -> None:
        """0 preparation, 1 session, 2 follow-up."""
        self.session.flush()
        self.tabs.choose(number)
        self.pages.setCurrentIndex(number)
        self._show_view()

    def _on_ended(self) -> None:
        """Show what follows a session that was closed, its next gesture under the hand."""
        self.show_tab(2)
        wanted = first_stop(self.follow_up)
        if wanted is not None:
            wanted.setFocus()

    def refresh(self) -> None:
        self._rows = self.desk.vault.ask(meetings_of)
        self.left.setVisible(bool(self._rows))
        self.show_parts(self._show_list, self._show_one)

    def _show_one(self) -> None:
        if self.forms.form is None and (self._shown is not None or self._rows):
            self._show_meeting((self._shown or first_shown(self._rows, self.desk.today())).id)

    def news(self, areas: frozenset[str]) -> None:
        # A tick or a note changes the open meeting alone: the list and the agenda need not be asked
        # again.
        alone = areas <= {"attendance", "notes"} and not self.desk.jobs.is_remote_update
        if self._shown is None or self.forms.form is not None or not self.isVisible() or not alone:
            super().news(areas)
            return
        self.where.refresh_soon()
        if "attendance" in areas:
            self._show_roll_call(self._shown)
        view = self.pages.currentWidget()
        if "notes" in areas and view is self.session:
            self.session.show_notes()
        elif "notes" in areas and view is self.follow_up and "attendance" not in areas:
            self.follow_up.show_meeting(self._shown)

    def keys_here(self) -> tuple[tuple[str, str], ...]:
        parts = [number for number, (key, _words) in enumerate(self.keys) if not key]
        notes, roll_call = parts[1], parts[2]
        if self.right.currentIndex() != 1 or self.pages.currentWidget() is self.preparation:
            return self.keys[:notes]
        if self.session.roll_call.isAncestorOf(QApplication.focusWidget() or self):
            return self.keys[roll_call:]
        return (*self.keys[notes:roll_call], ("", N_("Roll-call")),
                ("F1", N_("in the field of the roll-call: its own keys")))

    def _show_roll_call(self, meeting: MeetingDetail) -> None:
        rows = tuple(self.desk.vault.ask(roll_call_of, meeting.id))
        self._shown = meeting = replace(meeting, attendance=rows)
        self._rows = [replace(row, there=meeting.counted, expected=len(rows))
                      if row.id == meeting.id else row
                      for row in self._rows]
        for row in self._rows:
            if row.id == meeting.id:
                self.model.replace_row(row)
        view = self.pages.currentWidget()
        if view is self.session:
            self.session.show_roll_call(meeting)
        elif isinstance(view, (PreparationView, FollowUpView)):
            view.show_meeting(meeting)

    def _show_list(self) -> None:
        words = fold(self.search.text()).split()
        rows = [row for row in self._rows
                if all(word in fold(f"{row.title} {row.place} {row.group}") for word in words)]
        self.model.set_rows(rows)
        self._select(self._shown.id if self._shown else None)

    def _select(self, meeting_id: uuid.UUID | None) -> None:
        shown: MeetingRow | None = self.list.currentIndex().data(ROW)
        if shown is not None and shown.id == meeting_id:
            return
        for position, row in enumerate(self.model.rows):
            if row.id == meeting_id:
                blocked = self.list.selectionModel().blockSignals(True)
                self.list.setCurrentIndex(self.model.index(position, 0))
                self.list.selectionModel().blockSignals(blocked)
                self.list.viewport().update()
                self.list.scrollTo(self.model.index(position, 0))
                return

    def _on_chosen(self, current: QModelIndex) -> None:
        row: MeetingRow | None = current.data(ROW)
        if row is not None and (self._shown is None or row.id != self._shown.id
                                or self.forms.form is not None):
            self.forms.leave()
            self._show_meeting(row.id, fresh=True)

    def open_record(self, record_id: uuid.UUID) -> None:
        self.forms.leave()
        self.search.clear()
        if self.stale or not any(row.id == record_id for row in self._rows):
            self.stale = False
            self._rows = self.desk.vault.ask(meetings_of)
            self.left.setVisible(bool(self._rows))
            self._show_list()
        self._show_meeting(record_id, fresh=True)

    def _show_meeting(self, meeting_id: uuid.UUID, fresh: bool = False) -> None:
        meeting = self.desk.vault.ask(meeting_detail, meeting_id)
        if meeting is None:
            self._shown = None
            self.right.setCurrentIndex(0)
            return
        first = fresh or self._shown is None
        if self._shown is not None and self._shown.id != meeting.id:
            self.session.flush()
        self._shown = meeting
        self.title.set_whole(meeting.title)
        self.secret.set_chip(_("confidential") if meeting.confidential else "", "warn")
        self.state.set_chip(choice_label("meeting_state", meeting.state),
                            TONES.get(meeting.state, "neutral"))
        when = ""
        if meeting.held_from is not None:
            when = f"{long_date(meeting.held_from.date())} · {time_of(meeting.held_from)}"
            if meeting.held_until is not None:
                last = meeting.held_until.date()
                when += f" – {time_of(meeting.held_until)}" if last == meeting.held_from.date() else (
                    f" – {long_date(last)} · {time_of(meeting.held_until)}")
        self.about.set_whole(
            " · ".join(part for part in (when, meeting.place, meeting.group) if part))
        self.where.show_record("meeting", meeting.id)
        self._select(meeting.id)
        self.right.setCurrentIndex(1)
        if first:
            self.show_tab(0 if is_planned(meeting.state) and self._ahead(meeting) else 1)
        else:
            self._show_view()

    def _ahead(self, meeting: MeetingDetail) -> bool:
        return meeting.starts_at is not None and meeting.starts_at.date() > self.desk.today()

    def _show_view(self) -> None:
        view = self.pages.currentWidget()
        if (self._shown is not None
            and isinstance(view, (PreparationView, SessionView, FollowUpView))):
            view.show_meeting(self._shown)

    def _make_forms(self) -> Forms:
        forms = Forms(self.desk, FormPlan(
            self._make_form,
            lambda meeting_id: _("Edit the meeting") if meeting_id else _("New meeting"),
            partial(add_meeting, self.desk)), self)
        forms.opened.connect(self._show_form)
        forms.closed.connect(self._on_left)
        forms.saved.connect(self._on_saved)
        return forms

    def _make_form(self, meeting_id: uuid.UUID | None) -> Form:
        held = meeting_id is not None and self.desk.vault.ask(may_say_when_held, meeting_id)
        return Form([*meeting_entries(self.desk), *(held_entries() if held else ())],
                    today=self.desk.today)

    def show_part(self, name: str) -> None:
        if name == NEW_TRAINING:
            self.new("formation")

    def new(self, kind: str = "groupe_de_travail") -> None:
        """Begin a meeting, of a week from now."""
        day = self.desk.today() + timedelta(days=7)
        start = datetime(day.year, day.month, day.day, 14, 0)
        self.session.flush()
        self.forms.begin(None, {"starts_at": start, "ends_at": start + timedelta(hours=2),
                                "kind": kind})

    def edit(self) -> None:
        """Open the form of the meeting that is shown."""
        if self._shown is not None:
            self.session.flush()
            self.forms.begin(self._shown.id, self.desk.vault.ask(record_for_form, self._shown.id))

    def _show_form(self, opened: OpenForm) -> None:
        self._drop_form()
        self._form_page = Card()
        self._form_page.box.addWidget(opened)
        self.right.addWidget(self._form_page)
        self.right.setCurrentWidget(self._form_page)

    def _drop_form(self) -> None:
        if self._form_page is not None:
            self.right.removeWidget(self._form_page)
            drop_quietly(self._form_page)
            self._form_page = None

    def _on_left(self) -> None:
        self._drop_form()
        self.right.setCurrentIndex(1 if self._shown is not None else 0)
        self.list.setFocus()

    def _on_saved(self, meeting_id: uuid.UUID) -> None:
        self._drop_form()
        self.open_record(meeting_id)
        if self.preparation.isVisible() and not self.preparation.agenda.lines:
            self.preparation.new_item.setFocus()
        else:
            self.list.setFocus()
        self.desk.done(_("Saved on this computer."))

    def _on_delete(self) -> None:
        if self._shown is None:
            return
        meeting_id = self._shown.id
        self.session.flush()
        self._shown = None
        self.right.setCurrentIndex(0)
        self.desk.vault.do(delete_record, meeting_id)
        self.desk.done(_("Moved to the bin for 30 days."))

    def start_search(self) -> None:
        self.search.setFocus()

    def flush(self) -> None:
        self.session.flush()

    def printables(self) -> list[Printable]:
        return papers_of(self._shown) if self._shown is not None else []

    def draft(self) -> dict[str, Any] | None:
        return self.forms.draft()

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.forms.take_draft(draft)

    def place(self) -> dict[str, Any]:
        return {"record": self._shown.id if self._shown else None, "tab": self.pages.currentIndex(),
                "note": self.session.place()}

    def return_to(self, place: dict[str, Any]) -> None:
        super().return_to(place)
        if self._shown is not None:
            self.show_tab(place.get("tab", 1))
            self.session.return_to(place.get("note", {}))
