"""Observations: the list of what this device may read, and the fast form."""

import uuid
from typing import Any

from desktop.base.dates.french import month_label
from desktop.base.i18n import N_, _, language
from desktop.models.choices import label as choice_label
from desktop.models.states import ObservationState
from desktop.queries.observations import ObservationRow, observations_of, words_of
from desktop.ui.observations.form import ObservationForm
from desktop.ui.records import options
from desktop.ui.records.register import REGISTER_KEYS, Register, RegisterPlan
from desktop.ui.records.sheet import Fact, Sheet
from desktop.ui.screen.workspace import Desk, Workspace
from desktop.ui.widgets.basics import button
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.lists.columns import Column

STATE_TONES: dict[str, str] = {ObservationState.DRAFT: "neutral", ObservationState.HANDED_IN: "accent",
               ObservationState.RECEIVED: "accent", ObservationState.QUALIFIED: "warn", ObservationState.LINKED: "ok",
               ObservationState.SET_ASIDE: "neutral"}


class ObservationsWorkspace(Workspace):
    """The screen of observations."""

    name = "observations"
    icon = "notebook-pen"
    areas = frozenset({"observations", "vocabularies"})
    keys = (
        ("", N_("In the form")),
        (N_("Enter"), N_("choose the first answer that holds the letters typed, and go on")),
        (N_("Ctrl+Enter"), N_("save, and begin another in the same place")),
        (N_("Escape"), N_("leave the form; what is typed stays there")),
        ("", N_("In the list")),
        *REGISTER_KEYS,
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Observations"))
        self.words = desk.vault.ask(words_of, language())
        self.form: ObservationForm | None = None
        self.register = Register(desk, self._plan())
        self.register.add_button.setParent(self.register)
        self.register.add_button.hide()
        self.header.addWidget(self.register.search)
        self.header.addWidget(button(_("New observation"), self.new, style="primary", icon_name="plus",
                                     tip="Ctrl+Shift+O"))
        self.page.addWidget(self.register, 1)

    def _plan(self) -> RegisterPlan:
        desk = self.desk

        def terms(vocabulary: str) -> Any:
            return lambda: options.terms(desk, vocabulary)

        return RegisterPlan(
            kind="observation", name=_("Observations"), icon="notebook-pen",
            columns=(
                Column[ObservationRow](_("Domain"), lambda row: self.words.term("domains", row.domain), strong=True),
                Column[ObservationRow](_("Criterion"), lambda row: self.words.term("criteria", row.principal_criterion),
                                       width=150),
                Column[ObservationRow](_("Place"), lambda row: self.words.place(row.place), width=120),
                Column[ObservationRow](_("Month"), lambda row: month_label(row.month) if row.month else "",
                                       key=lambda row: row.month, width=130),
                Column[ObservationRow](_("State"), lambda row: choice_label("observation_state", row.state),
                                       tone=lambda row: STATE_TONES.get(row.state, "neutral"), width=142)),
            rows=observations_of, first=_first, arguments=lambda: (desk.vault.identity.person_id,), sheet=self._sheet,
            entries=lambda: [
                Entry("domain", _("Domain"), "choice", terms("domains"), required=True),
                Entry("principal_criterion", _("Principal criterion"), "choice", terms("criteria"), required=True),
                Entry("form", _("Form"), "choice", terms("forms")),
                Entry("setting", _("Kind of person or body responsible"), "choice", terms("settings")),
                Entry("source", _("How it is known"), "choice", terms("sources")),
                Entry("repetition", _("Repetition"), "choice", terms("repetitions")),
                Entry("consequences", _("Consequences"), "choices", terms("consequences")),
                Entry("recourse", _("Recourse"), "choices", terms("recourses")),
                Entry("evidence", _("Evidence"), "choices", terms("evidence")),
                Entry("account", _("Account"), "lines"),
                Entry("state", _("State"), "choice", lambda: options.fixed("observation_state"), required=True),
                Entry("qualification", _("Qualified by a jurist"), "choice", terms("qualifications"))],
            new_label=_("New observation"), empty_title=_("No observation yet"),
            empty_text=_("An observation takes 90 seconds and names nobody. Ctrl+Shift+O opens the form from anywhere."))

    def _sheet(self, row: ObservationRow) -> Sheet:
        words = self.words

        def several(vocabulary: str, codes: tuple[str, ...]) -> str:
            return ", ".join(words.term(vocabulary, code) for code in codes)

        def one(vocabulary: str, code: str) -> str:
            return words.term(vocabulary, code) if code else ""

        place = words.place(row.place) if row.place else ""
        chips = [(choice_label("observation_state", row.state), STATE_TONES.get(row.state, "neutral"))]
        if row.mine:
            chips.append((_("written here"), "neutral"))
        return Sheet(
            words.term("domains", row.domain),
            " · ".join(part for part in (month_label(row.month) if row.month else "", place) if part), chips,
            (Fact(_("Principal criterion"), one("criteria", row.principal_criterion)),
             Fact(_("Other criteria"), several("criteria", row.criteria)), Fact(_("Account"), row.account),
             Fact(_("Form"), one("forms", row.form)), Fact(_("Responsible"), one("settings", row.setting)),
             Fact(_("How it is known"), one("sources", row.source)),
             Fact(_("Repetition"), one("repetitions", row.repetition)),
             Fact(_("Perceived"), ", ".join(part for part in (one("ages", row.age), one("genders", row.gender)) if part)),
             Fact(_("Consequences"), several("consequences", row.consequences)),
             Fact(_("Evidence"), several("evidence", row.evidence)),
             Fact(_("Recourse"), several("recourses", row.recourse)),
             Fact(_("Reporting organisation"), row.organisation)))

    def new(self) -> None:
        if self.form is None:
            self.form = ObservationForm(self.desk, self._on_done)
            self.page.addWidget(self.form, 1)
        self.register.hide()
        self.form.show()
        self.form.begin()

    def _on_done(self, made: uuid.UUID | None) -> None:
        if self.form is not None:
            if made is None:
                self.form.hide()
            else:
                self.page.removeWidget(self.form)
                self.form.deleteLater()
                self.form = None
        self.register.show()
        if made is not None:
            self.register.open_record(made)
        else:
            self.register.refresh()
        self.register.table.setFocus()

    def draft(self) -> dict[str, Any] | None:
        if self.form is not None and not self.form.isHidden():
            answers = self.form.answers()
            return {"new": answers} if answers else None
        return self.register.draft()

    def take_draft(self, draft: dict[str, Any]) -> None:
        if "new" in draft:
            self.new()
            if self.form is not None:
                self.form.set_answers(draft["new"])
        else:
            self.register.take_draft(draft)

    def refresh(self) -> None:
        self.words = self.desk.vault.ask(words_of, language())
        self.register.refresh()

    def open_record(self, record_id: uuid.UUID) -> None:
        if self.form is not None and not self.form.isHidden():
            self._on_done(None)
        self.stale = False
        self.register.open_record(record_id)

    def start_search(self) -> None:
        self.register.search.setFocus()

    def place(self) -> dict[str, Any]:
        return {"record": self.register.place()}


def _first(session: Any, count: int, me: uuid.UUID | None) -> list[ObservationRow]:
    return observations_of(session, me, count)
