"""Actions: the table with its filters, one action beside it, to read and to change."""

import uuid
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup

from desktop.base.dates.french import long_date, short_date
from desktop.base.i18n import N_, _
from desktop.commands.actions import create_action, move_action
from desktop.models.choices import label as choice_label
from desktop.models.states import ActionState
from desktop.queries.actions import ActionDetail, ActionRow, action_detail, actions_of
from desktop.ui.actions.parts import ActionParts, lacking_words
from desktop.ui.records import options
from desktop.ui.records.parts import PARTS_KEYS
from desktop.ui.records.register import REGISTER_KEYS, Register, RegisterPlan
from desktop.ui.records.sheet import Fact, Sheet
from desktop.ui.screen.workspace import Desk, Workspace
from desktop.ui.widgets.basics import button
from desktop.ui.widgets.fields.choices import Choice
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.lists.columns import Column

STATE_TONES: dict[str, str] = {ActionState.IDEA: "neutral", ActionState.PROPOSED: "accent", ActionState.TO_VALIDATE: "warn",
               ActionState.UNDER_WAY: "accent", ActionState.SUSPENDED: "warn", ActionState.DONE: "ok",
               ActionState.GIVEN_UP: "neutral"}
LATE_TONES = {"late": "bad", "today": "warn", "week": "warn"}
"""How the day stands of what is late, or due soon; the sheet says it in words."""
FILTERS = ("open", "late", "week", "mine", "all")


def lateness_words(row: ActionRow, today: date) -> str:
    """Late or due soon, in a word; empty otherwise."""
    return {"late": _("late"), "today": _("today"), "week": _("this week")}.get(row.lateness(today), "")


def _schemes(detail: ActionDetail | None) -> str:
    if detail is None:
        return ""
    return ", ".join(detail.dispositifs) or (_("None: {why}").format(why=detail.no_dispositif) if detail.no_dispositif else "")


@dataclass(frozen=True)
class Wanted:
    """Which actions are listed; an empty state or axis is any."""

    filter: str
    state: str
    axis: str
    today: date
    me: uuid.UUID | None

    def holds(self, row: ActionRow) -> bool:
        """Whether it is one of them."""
        return self._passes(row) and self.state in ("", row.state) and self.axis in ("", str(row.axis_id))

    def _passes(self, row: ActionRow) -> bool:
        match self.filter:
            case "open":
                return row.is_open
            case "late":
                return row.lateness(self.today) == "late"
            case "week":
                return row.lateness(self.today) in ("today", "week")
            case "mine":
                return row.owner_id == self.me
            case _:
                return True


def _rows(session: Any, wanted: Wanted) -> list[ActionRow]:
    return [row for row in actions_of(session) if wanted.holds(row)]


def _first(session: Any, count: int, wanted: Wanted) -> list[ActionRow] | None:
    if wanted.filter != "open" or wanted.state or wanted.axis:
        return None
    return actions_of(session, open_only=True, count=count)


class ActionsWorkspace(Workspace):
    """The screen of actions."""

    name = "actions"
    icon = "list-checks"
    areas = frozenset({"actions", "meetings", "directory", "plan"})
    keys = (*REGISTER_KEYS, *PARTS_KEYS, ("V", N_("ask for an accord, or note the answer")),
            ("N", N_("add a line to the follow-up")),
            ("P", N_("note that the members were told today")))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Actions"))
        self._filter = "open"
        self._axis: str | None = None
        self.register = Register(desk, self._plan())
        self.header.addWidget(self.register.search)
        self.header.addWidget(self.register.add_button)
        line = Flow(6)
        self.filters = QButtonGroup(self)
        for number, words in enumerate((_("Open"), _("Late"), _("This week"), _("Mine"), _("All"))):
            tab = button(words, style="segment")
            tab.setCheckable(True)
            tab.setChecked(number == 0)
            self.filters.addButton(tab, number)
            line.addWidget(tab)
        line.addStretch(1)
        self.state = Choice(_("State"), options.fixed("action_state"))
        self.state.setItemText(0, _("Every state"))
        self.axis = Choice(_("Axis"), options.axes(desk))
        self.axis.setItemText(0, _("Every axis"))
        self.axis.setMinimumContentsLength(18)
        line.addWidget(self.axis)
        line.addWidget(self.state)
        self.page.addLayout(line)
        self.page.addWidget(self.register, 1)
        self.filters.idClicked.connect(self._on_filter)
        for key, gesture in (("V", "answer"), ("N", "follow"), ("P", "tell")):
            shortcut = QShortcut(QKeySequence(key), self.register, partial(self._part_gesture, gesture))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.state.currentIndexChanged.connect(lambda: self.register.refresh())
        self.axis.currentIndexChanged.connect(lambda: self.register.refresh())

    def _plan(self) -> RegisterPlan:
        desk, today = self.desk, self.desk.today()
        return RegisterPlan(
            kind="action", name=_("Actions"), icon="list-checks",
            columns=(
                Column[ActionRow](_("Action"), lambda row: row.title, strong=True),
                Column[ActionRow](_("Owner"), lambda row: row.owner or row.organisation, width=130),
                Column[ActionRow](_("Due"), lambda row: short_date(row.due_on) if row.due_on else "",
                                  key=lambda row: row.due_on, width=112,
                                  tone=lambda row: LATE_TONES.get(row.lateness(today), "")),
                Column[ActionRow](_("State"), lambda row: choice_label("action_state", row.state),
                                  tone=lambda row: STATE_TONES.get(row.state, "neutral"), width=110),
            ),
            rows=_rows, first=_first, arguments=lambda: (self._wanted(),), sheet=self._sheet,
            entries=lambda: [
                Entry("title", _("Title"), required=True, wide=True),
                Entry("description", _("Description"), "lines"),
                Entry("owner_id", _("Owner"), "person", people=options.directory(desk)),
                Entry("owner_organisation_id", _("Owner (organisation)"), "choice", lambda: options.organisations(desk)),
                Entry("axis_id", _("Axis"), "choice", lambda: options.axes(desk)),
                Entry("state", _("State"), "choice", lambda: options.fixed("action_state"), required=True,
                      initial=ActionState.PROPOSED),
                Entry("starts_on", _("Starts on"), "date"),
                Entry("due_on", _("Due on"), "date"),
                Entry("progress", _("Progress (%)"), "number"),
                Entry("funding", _("Funding"), "choice", lambda: options.fixed("funding")),
                Entry("audience", _("Audience"), wide=True),
                Entry("partner_ids", _("Partners"), "choices", lambda: options.organisations(desk)),
                Entry("dispositif_ids", _("Existing schemes"), "choices", lambda: options.dispositifs(desk)),
                Entry("no_dispositif", _("Why no existing scheme"), wide=True),
                Entry("outcome", _("Outcome"), "lines"),
                Entry("abandoned_reason", _("Why it was given up"), wide=True),
            ],
            new_label=_("New action"), empty_title=_("No action here"),
            empty_text=_("Actions come from the notes of a meeting (a line that begins with >) or from this screen."),
            add=self._add, buttons=((_("Done"), "check", self._on_done),),
            extra=lambda row: ActionParts(desk, row.id), shares=(1, 1))

    def _wanted(self) -> Wanted:
        return Wanted(self._filter, self.state.value() or "", self.axis.value() or "", self.desk.today(),
                      self.desk.vault.identity.person_id)

    def _sheet(self, row: ActionRow) -> Sheet:
        detail = self.desk.vault.ask(action_detail, row.id)
        today = self.desk.today()
        late = lateness_words(row, today)
        chips = [(choice_label("action_state", row.state), STATE_TONES.get(row.state, "neutral")),
                 (late, "bad" if row.lateness(today) == "late" else "warn")]
        if row.confidential:
            chips.append((_("confidential"), "warn"))
        alert = lacking_words(detail) if detail is not None and row.is_open else ("", "")
        return Sheet(
            row.title, row.axis, chips,
            (Fact(_("Owner"), ", ".join(part for part in (row.owner, row.organisation) if part)),
             Fact(_("Due on"), long_date(row.due_on) if row.due_on else _("without date")),
             Fact(_("Progress"), f"{row.progress}\u00a0%" if row.progress else ""),
             Fact(_("Decided in"), row.meeting), Fact(_("Description"), row.description),
             Fact(_("Existing schemes"), _schemes(detail)),
             Fact(_("Partners"), ", ".join(detail.partners) if detail is not None else ""),
             Fact(_("Outcome"), row.outcome), Fact(_("Why it was given up"), row.reason)), alert=alert)

    def _part_gesture(self, name: str) -> None:
        """Do a gesture of one key about the action that is read."""
        if isinstance(self.register.extra, ActionParts):
            getattr(self.register.extra, name)()

    def _add(self, values: dict[str, Any]) -> uuid.UUID:
        kept = {name: value for name, value in values.items() if value not in (None, [])}
        owner = kept.pop("owner_id", None)

        def command(session: Any) -> uuid.UUID:
            return create_action(session, kept.pop("title"), owner_id=uuid.UUID(owner) if owner else None,
                                 due_on=kept.pop("due_on", None), state=kept.pop("state"), **kept)

        return self.desk.vault.do(command)

    def _on_done(self, row: ActionRow) -> None:
        self.desk.vault.do(move_action, row.id, ActionState.DONE)
        self.desk.done(_("Marked as done."))

    def _on_filter(self, number: int) -> None:
        self._filter = FILTERS[number]
        self.register.refresh()

    def refresh(self) -> None:
        self.register.refresh()

    def open_record(self, record_id: uuid.UUID) -> None:
        tab = self.filters.button(len(FILTERS) - 1)
        if tab is not None:
            tab.setChecked(True)
        self._filter = "all"
        self.state.setCurrentIndex(0)
        self.axis.setCurrentIndex(0)
        self.stale = False
        self.register.open_record(record_id)

    def show_filter(self, name: str) -> None:
        """Show one of the filters: open, late, week, mine, all."""
        tab = self.filters.button(FILTERS.index(name))
        if tab is not None:
            tab.setChecked(True)
        self._on_filter(FILTERS.index(name))

    def new(self) -> None:
        self.register.new()

    def start_search(self) -> None:
        self.register.search.setFocus()

    def draft(self) -> dict[str, Any] | None:
        return self.register.draft()

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.register.take_draft(draft)

    def place(self) -> dict[str, Any]:
        return {"record": self.register.place()}
