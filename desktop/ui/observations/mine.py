"""One's own observations: what was written, what became of it, and the question that waits for an
answer."""

import uuid
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from desktop.base.dates.french import month_label
from desktop.base.i18n import _, language
from desktop.models.choices import label as choice_label
from desktop.models.states import ENTERED, ObservationState
from desktop.queries.feedback import AuthorFeedback, may_be_corrected, told_about
from desktop.queries.observations import ObservationRow, TermLabels, own_observations, words_of
from desktop.ui.records.questions import question_line
from desktop.ui.records.register import Register, RegisterPlan
from desktop.ui.records.sheet import Extra, Fact, RecordSheet
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, button, empty_layout, label
from desktop.ui.widgets.lists.columns import Column

STATE_TONES: dict[str, str] = {ObservationState.DRAFT: "neutral", ENTERED: "neutral",
                               ObservationState.HANDED_IN: "accent",
               ObservationState.RECEIVED: "accent", ObservationState.QUALIFIED: "warn",
                               ObservationState.LINKED: "ok",
               ObservationState.SET_ASIDE: "neutral"}


class OwnObservations(Register):
    """The list of one's own; `correct` opens the form of one."""

    def __init__(self, desk: Desk, correct: Callable[[uuid.UUID], None]) -> None:
        self._words = desk.vault.ask(words_of, language())
        super().__init__(desk, self._own_plan(desk, correct))
        self.add_button.setParent(self)
        self.add_button.hide()

    def refresh(self) -> None:
        self._words = self.desk.vault.ask(words_of, language())
        super().refresh()

    def _own_plan(self, desk: Desk, correct: Callable[[uuid.UUID], None]) -> RegisterPlan:
        return RegisterPlan(
            kind="observation", name=_("Observations"), icon="notebook-pen",
            columns=(
                Column[ObservationRow](_("Domain"),
                                       lambda row: self._words.term("domains", row.domain,
                                                                    row.month), strong=True),
                Column[ObservationRow](_("Criterion"),
                                       lambda row: self._words.term("criteria",
                                                                    row.principal_criterion),
                                       width=150),
                Column[ObservationRow](_("Place"),
                                       lambda row: self._words.place(row.place, row.month),
                                       width=120),
                Column[ObservationRow](_("Month"), lambda row: month_label(row.month),
                                       key=lambda row: row.month, width=130),
                Column[ObservationRow](_("State"),
                                       lambda row: choice_label("observation_shown", row.state),
                                       tone=lambda row: STATE_TONES.get(row.state, "neutral"),
                                       width=142)),
            rows=own_observations, first=_first, arguments=lambda: (desk.vault.identity.person_id,),
            sheet=lambda row: own_sheet(row, self._words), entries=list,
            extra=lambda row: Became(desk, row.id),
            edit_with=correct, may_edit=lambda row: desk.vault.ask(may_be_corrected, row.id),
            new_label=_("New observation"), empty_title=_("No observation yet"),
            empty_text=_("An observation takes 90 seconds and names nobody. Ctrl+Shift+O opens the "
                         "form from anywhere."))


def _first(session: Any, count: int, me: uuid.UUID | None) -> list[ObservationRow]:
    return own_observations(session, me, count)


def own_sheet(row: ObservationRow, words: TermLabels) -> RecordSheet:
    """Return what is read of one observation."""
    place = words.place(row.place, row.month) if row.place else ""
    return RecordSheet(
        words.term("domains", row.domain, row.month),
        " · ".join(part for part in (month_label(row.month), place) if part),
        [(choice_label("observation_shown", row.state), STATE_TONES.get(row.state, "neutral"))],
        facts_of(row, words),
        is_copied=False)


def facts_of(row: ObservationRow, words: TermLabels) -> tuple[Fact, ...]:
    """Everything that an observation tells, title by title."""
    def several(vocabulary: str, codes: tuple[str, ...]) -> str:
        return ", ".join(words.term(vocabulary, code, row.month) for code in codes)

    def one(vocabulary: str, code: str) -> str:
        return words.term(vocabulary, code, row.month) if code else ""

    return (
        Fact(_("Principal criterion"), one("criteria", row.principal_criterion)),
        Fact(_("Other criteria"), several("criteria", row.criteria)),
        Fact(_("Account"), row.account),
        Fact(_("Period of the facts"), period_label(row.facts_period)),
        Fact(_("Form"), one("forms", row.form)),
        Fact(_("Kind of body responsible"), one("settings", row.setting)),
        Fact(_("How it is known"), one("sources", row.source)),
        Fact(_("Repetition"), one("repetitions", row.repetition)),
        Fact(_("Perceived"),
             ", ".join(part for part in (one("ages", row.age), one("genders", row.gender))
                       if part)),
        Fact(_("Consequences"), several("consequences", row.consequences)),
        Fact(_("Evidence"), several("evidence", row.evidence)),
        Fact(_("Recourse"), several("recourses", row.recourse)),
        Fact(_("Why no recourse"), one("no_recourse_reasons", row.no_recourse_reason)),
        Fact(_("The three elements"),
             ", ".join(choice_label("element", code) for code in row.elements)),
        Fact(_("Reporting organisation"), row.organisation))


def period_label(period: str) -> str:
    """Return a year, a calendar quarter or what was before a year, in words."""
    if period.startswith("avant-"):
        return _("before {year}").format(year=period.removeprefix("avant-"))
    year, _dash, quarter = period.partition("-T")
    return _("quarter {number} of {year}").format(number=quarter, year=year) if quarter else year


class Became(Extra):
    """What the watch group told the author of one observation, and its question."""

    def __init__(self, desk: Desk, record_id: uuid.UUID) -> None:
        super().__init__()
        self.desk, self._record = desk, record_id
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._shown: AuthorFeedback | None = None
        self.refresh()

    def refresh(self) -> None:
        told = self.desk.vault.ask(told_about, self._record)
        if told == self._shown:
            return
        self._shown = told
        empty_layout(self._box)
        if told is not None and told.month:
            self._box.addWidget(became_card(self.desk, told))


def became_card(desk: Desk, told: AuthorFeedback) -> Card:
    """Build what became of one observation: state, month, action, a word, and the question with its
    three answers."""
    card = Card(_("What became of it"), margins=14)
    card.box.addWidget(
        label(", ".join((choice_label("observation_shown", told.state), month_label(told.month)))))
    if told.action_title:
        made = button(told.action_title, lambda: desk.go("actions", told.action_id), style="quiet",
                      icon_name="arrow-right",
                      tip=_("Open “{title}”").format(title=told.action_title))
        card.box.addWidget(made)
    if told.sentence:
        card.box.addWidget(label(told.sentence, wrap=True))
    if told.question:
        card.box.addLayout(question_line(desk, told))
    return card
