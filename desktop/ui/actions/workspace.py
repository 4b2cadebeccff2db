"""Actions: the table with its filters, one action beside it, to read and to change."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from desktop.base.dates.french import long_date, short_date
from desktop.base.i18n import N_, _, language
from desktop.commands.actions import create_action, move_action
from desktop.models.choices import label as choice_label
from desktop.models.states import ActionState
from desktop.queries.action_filters import filtered_actions, first_actions
from desktop.queries.actions import ActionDetail, ActionRow, action_detail
from desktop.queries.observations import words_of
from desktop.queries.places import day_of_action
from desktop.ui.actions.board import Board
from desktop.ui.actions.calendar import ActionCalendar
from desktop.ui.actions.filters import ActionFilters
from desktop.ui.actions.parts import ActionParts, lacking_words
from desktop.ui.actions.similar import SimilarSource, SimilarStrip
from desktop.ui.actions.states import LATE_TONES, STATE_TONES, lateness_words
from desktop.ui.records import options
from desktop.ui.records.parts import PARTS_KEYS
from desktop.ui.records.register import REGISTER_KEYS, Register, RegisterPlan
from desktop.ui.records.sheet import Fact, RecordSheet
from desktop.ui.screen.workspace import Desk, Workspace
from desktop.ui.widgets.basics import reword
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.icons import icon
from desktop.ui.widgets.keys import with_alt
from desktop.ui.widgets.layout.tab import TabGroup
from desktop.ui.widgets.lists.columns import Column
from desktop.ui.widgets.theme import scaled, tokens

VIEWS = (("list", N_("List"), "list-checks"), ("board", N_("Columns"), "columns-3"),
         ("calendar", N_("Calendar"), "calendar-days"))
"""How the same actions are shown: name, words, icon."""
BOARD_KEYS = ((N_("Left, Right"), N_("go to the column beside")),
              (N_("Ctrl+Left, Ctrl+Right"), N_("move the action to the state beside")),
              (N_("Enter"), N_("read the action in full")))
CALENDAR_KEYS = ((N_("Arrows"), N_("go to another day")),
                 (N_("Page up, Page down"), N_("go to the month before or after")),
                 (N_("Home"), N_("go to today")),
                 (N_("Enter"), N_("go to the actions of the day, then read one")))


def _schemes(detail: ActionDetail | None) -> str:
    if detail is None:
        return ""
    return (", ".join(detail.dispositifs)
            or (_("None: {why}").format(why=detail.no_dispositif) if detail.no_dispositif else ""))


class ActionsWorkspace(Workspace):
    """The screen of actions."""

    name = "actions"
    icon = "list-checks"
    areas = frozenset({"actions", "meetings", "directory", "plan", "reminders"})
    keys = (("Alt+1, Alt+2, Alt+3", N_("show the list, the columns, the calendar")),
            (N_("Ctrl+Shift+F"), N_("filter by axis, owner, territory, accord…")), *REGISTER_KEYS,
            *PARTS_KEYS,
            ("V", N_("ask for an accord, or note the answer")),
            ("N", N_("add a line to the follow-up")),
            ("P", N_("note that the members were told today")))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Actions"))
        self.filters = ActionFilters(desk)
        self.alike = SimilarSource(desk)
        self.register = Register(desk, self._plan())
        self.board = Board(desk, self.refresh)
        self.calendar = ActionCalendar(desk)
        self.views = TabGroup(self, [_(words) for _name, words, _icon in VIEWS])
        for number, (tab, (_name, _words, icon_name)) in enumerate(
            zip(self.views.tabs, VIEWS, strict=True)):
            reword(tab, tab.text())
            tab.setIcon(icon(icon_name, tokens().text, size=scaled(16)))
            tab.setToolTip(f"Alt+{number + 1}")
            self.header.addWidget(tab)
            for keys in with_alt(number + 1):
                QShortcut(keys, self, partial(self.show_view, number))
        self.views.choose(0)
        # A form stands beside the list, wherever it was begun.
        self.register.forms.opened.connect(self._show_form)
        self.header.addWidget(self.register.search)
        self.header.addWidget(self.register.add_button)
        self.stack = QStackedWidget()
        for view in (self.register, self.board, self.calendar):
            self.stack.addWidget(view)
        self.page.addWidget(self.filters)
        self.page.addWidget(self.stack, 1)
        self.views.idClicked.connect(self.show_view)
        self.filters.changed.connect(self._show_rows)
        self.board.opened.connect(self.open_record)
        self.calendar.opened.connect(self.open_record)
        for key, gesture in (("V", "answer"), ("N", "follow"), ("P", "tell")):
            shortcut = QShortcut(QKeySequence(key), self.register,
                                 partial(self._part_gesture, gesture))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        QShortcut(QKeySequence("Ctrl+Shift+F"), self, self.filters.opener.toggle)

    def show_view(self, number: int) -> None:
        """Show the list, the board or the calendar of the same actions."""
        self.views.choose(number)
        row = self.register.table.current_row()
        self.stack.setCurrentIndex(number)
        self.register.search.setVisible(number == 0)
        self.filters.hide_all(number == 1)
        self._show_rows()
        if number == 1:
            self.board.take_focus()
        elif number == 2:
            if row is not None:
                self.calendar.show_day_of(row.id, row.due_on)
            self.calendar.take_focus()
        else:
            self.register.table.setFocus()

    @property
    def view(self) -> str:
        """Which of the VIEWS is shown."""
        return VIEWS[self.stack.currentIndex()][0]

    def keys_here(self) -> tuple[tuple[str, str], ...]:
        return {"board": (*self.keys[:2], *BOARD_KEYS),
                "calendar": (*self.keys[:2], *CALENDAR_KEYS)}.get(self.view, self.keys)

    def _plan(self) -> RegisterPlan:
        desk = self.desk
        return RegisterPlan(
            kind="action", name=_("Actions"), icon="list-checks",
            columns=(
                Column[ActionRow](_("Action"), lambda row: row.title, strong=True),
                Column[ActionRow](_("Owner"), lambda row: row.owner or row.organisation, width=130),
                Column[ActionRow](_("Due"),
                                  lambda row: short_date(row.due_on) if row.due_on else "",
                                  key=lambda row: row.due_on, width=112,
                                  tone=lambda row: LATE_TONES.get(row.lateness(desk.today()), "")),
                Column[ActionRow](_("State"), lambda row: choice_label("action_state", row.state),
                                  tone=lambda row: STATE_TONES.get(row.state, "neutral"),
                                  width=110),
            ),
            rows=filtered_actions, first=first_actions, arguments=lambda: (self.filters.wanted,),
            sheet=self._sheet,
            entries=lambda: [
                Entry("title", _("Title"), required=True, wide=True, names="members",
                      under=partial(SimilarStrip.under, desk, self.alike)),
                Entry("description", _("Description"), "lines", names="members"),
                Entry("owner_id", _("Owner"), "person", people=options.directory(desk)),
                Entry("owner_organisation_id", _("Owner (organisation)"), "choice",
                      lambda: options.organisations(desk)),
                Entry("axis_id", _("Axis"), "choice", lambda: options.axes(desk)),
                Entry("state", _("State"), "choice", lambda: options.fixed("action_state"),
                      required=True,
                      initial=ActionState.PROPOSED),
                Entry("starts_on", _("Starts on"), "date"),
                Entry("due_on", _("Due on"), "date"),
                Entry("progress", _("Progress (%)"), "number"),
                Entry("funding", _("Funding"), "choice", lambda: options.fixed("funding")),
                Entry("neighbourhoods", _("Neighbourhoods (QPV)"), "choices",
                      lambda: options.places(desk, "neighbourhood")),
                Entry("communes", _("Communes"), "choices",
                      lambda: options.places(desk, "commune")),
                Entry("audience", _("Audience"), wide=True),
                Entry("partner_ids", _("Partners"), "choices", lambda: options.organisations(desk)),
                Entry("dispositif_ids", _("Existing schemes"), "choices",
                      lambda: options.dispositifs(desk)),
                Entry("no_dispositif", _("Why no existing scheme"), wide=True, names="members"),
                Entry("outcome", _("Outcome"), "lines", names="members"),
                Entry("abandoned_reason", _("Why it was given up"), wide=True, names="members"),
            ],
            new_label=_("New action"), empty_title=_("No action here"),
            empty_text=_("Actions come from the notes of a meeting (a line that begins with >) or "
                         "from this screen."),
            add=self._add, buttons=((_("Done"), "check", self._on_done),),
            extra=lambda row: ActionParts(desk, row, self.alike), shares=(1, 1))

    def _sheet(self, row: ActionRow) -> RecordSheet:
        detail = self.desk.vault.ask(action_detail, row.id)
        today = self.desk.today()
        late = lateness_words(row, today)
        chips = [(choice_label("action_state", row.state), STATE_TONES.get(row.state, "neutral")),
                 (late, "bad" if row.lateness(today) == "late" else "warn")]
        if row.confidential:
            chips.append((_("confidential"), "warn"))
        alert = lacking_words(detail) if detail is not None and row.is_open else ("", "")
        return RecordSheet(
            row.title, row.axis, chips,
            (Fact(_("Owner"), ", ".join(part for part in (row.owner, row.organisation) if part)),
             Fact(_("Due on"), long_date(row.due_on) if row.due_on else _("without date")),
             Fact(_("Progress"), f"{row.progress}\u00a0%" if row.progress else ""),
             Fact(_("Decided in"), row.meeting), Fact(_("Description"), row.description),
             Fact(_("Existing schemes"), _schemes(detail)),
             Fact(_("Territory"), ", ".join(self._places(row))),
             Fact(_("Partners"), ", ".join(detail.partners) if detail is not None else ""),
             Fact(_("Outcome"), row.outcome), Fact(_("Why it was given up"), row.reason)),
            alert=alert)

    def _places(self, row: ActionRow) -> list[str]:
        if not row.places:
            return []
        words = self.desk.vault.ask(words_of, language())
        on = day_of_action(row.starts_on.isoformat() if row.starts_on else "",
                           row.due_on.isoformat() if row.due_on else "")
        return [words.place(code, on) for code in row.places]

    def _part_gesture(self, name: str) -> None:
        """Do a gesture of one key about the action that is read."""
        if isinstance(self.register.extra, ActionParts):
            getattr(self.register.extra, name)()

    def _add(self, values: dict[str, Any]) -> uuid.UUID:
        kept = {name: value for name, value in values.items() if value not in (None, [])}
        owner = kept.pop("owner_id", None)

        def command(session: Any) -> uuid.UUID:
            return create_action(session, kept.pop("title"),
                                 owner_id=uuid.UUID(owner) if owner else None,
                                 due_on=kept.pop("due_on", None), state=kept.pop("state"), **kept)

        return self.desk.vault.do(command)

    def _on_done(self, row: ActionRow) -> None:
        self.desk.vault.do(move_action, row.id, ActionState.DONE)
        self.desk.done(_("Marked as done."))

    def refresh(self) -> None:
        self.alike.forget()
        self.filters.refresh()
        self._show_rows()

    def _show_rows(self) -> None:
        if self.view == "list":
            self.register.refresh()
        else:
            shown = self.board if self.view == "board" else self.calendar
            shown.show_rows(self.desk.vault.ask(filtered_actions, self.filters.wanted))

    def open_record(self, record_id: uuid.UUID) -> None:
        self.filters.clear()
        self.stale = False
        if self.view != "list":
            self.show_view(0)
        self.register.open_record(record_id)
        self.register.table.setFocus()

    def show_filter(self, name: str) -> None:
        """Show one of the filters: open, late, week, mine, all."""
        self.filters.ask(name)

    def new(self) -> None:
        self.register.new()

    def _show_form(self) -> None:
        if self.view != "list":
            self.show_view(0)

    def start_search(self) -> None:
        if self.view != "list":
            self.show_view(0)
        self.register.search.setFocus()

    def draft(self) -> dict[str, Any] | None:
        return self.register.draft()

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.register.take_draft(draft)

    def place(self) -> dict[str, Any]:
        return {"record": self.register.place(), "view": self.stack.currentIndex()}

    def return_to(self, place: dict[str, Any]) -> None:
        super().return_to(place)
        if place.get("view"):
            self.show_view(int(place["view"]))
