"""Stages: the places offered, the searches by code with their applications, and figures that
compare treatment."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from desktop.base.dates.french import month_label
from desktop.base.i18n import N_, _, language
from desktop.commands.internships import close_offer, open_search
from desktop.models.choices import label as choice_label
from desktop.models.states import ApplicationAnswer, QpvAnswer
from desktop.privacy.case_codes import shown_case_code
from desktop.queries.directory import places_of
from desktop.queries.internships.lists import (
    OfferRow,
    RequestRow,
    first_offers,
    first_requests,
    offers_of,
    requests_of,
)
from desktop.queries.internships.words import period_words, short_period, short_state, state_words
from desktop.queries.observations import words_of
from desktop.ui.internships.figures import FigureTable, figures_plan, reads_every_search
from desktop.ui.internships.parts import ANSWER_KEYS, InternshipParts, OfferParts, SearchParts
from desktop.ui.records import options
from desktop.ui.records.parts import PARTS_KEYS
from desktop.ui.records.register import REGISTER_KEYS, RegisterPlan
from desktop.ui.records.sheet import Fact, RecordSheet
from desktop.ui.records.sheet_keys import SheetKeys, of_kind
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.layout.wrapped import WrappedCheckBox
from desktop.ui.widgets.lists.columns import Column


def offers_plan(desk: Desk, open_only: Callable[[], bool]) -> RegisterPlan:
    """Places that organisations offer. `open_only`: whether only those that somebody may still get
    are listed."""
    def sheet(row: OfferRow) -> RecordSheet:
        words = desk.vault.ask(words_of, language())
        where = (words.place(row.commune or row.zone, row.starts_on) if row.commune or row.zone
                 else "")
        return RecordSheet(row.organisation, _joined(
            choice_label("internship_sector", row.domain),
            choice_label("internship_level", row.level),
            period_words(row.starts_on, row.ends_on), where), (state_words(row, desk.today()),), (
            Fact("", row.description), Fact(_("Places"), _places_words(row)),
            Fact("", "" if reads_every_search(desk)
                 else _("Places that applications noted elsewhere take do not show here.")),
            Fact(_("Contact"), row.contact)))

    def close(row: OfferRow) -> None:
        desk.vault.do(close_offer, row.id, not row.closed)
        desk.done(_("Offer opened again.") if row.closed else _("Offer closed."))

    return RegisterPlan(
        kind="internship_offer", name=_("Offers"), icon="graduation-cap",
        columns=(Column[OfferRow](_("Organisation"), lambda row: row.organisation, strong=True),
                 Column[OfferRow](_("Sector"),
                                  lambda row: choice_label("internship_sector", row.domain),
                                  width=112),
                 Column[OfferRow](_("Places"), lambda row: short_state(row, desk.today())[0],
                                  key=lambda row: row.free,
                                  tone=lambda row: short_state(row, desk.today())[1], width=104),
                 Column[OfferRow](_("Level"),
                                  lambda row: choice_label("internship_level", row.level),
                                  width=80),
                 Column[OfferRow](_("Period"),
                                  lambda row: short_period(row.starts_on, row.ends_on,
                                                           desk.today()),
                                  key=lambda row: row.starts_on, width=124)),
        rows=offers_of, first=first_offers, arguments=lambda: (desk.today(), open_only()),
        sheet=sheet,
        entries=lambda: [
            Entry("organisation_id", _("Organisation"), "choice",
                  lambda: options.organisations(desk), required=True),
            Entry("domain", _("Sector"), "choice", lambda: options.fixed("internship_sector")),
            Entry("level", _("Level"), "choice", lambda: options.fixed("internship_level")),
            Entry("starts_on", _("From"), "date"), Entry("ends_on", _("Until"), "date"),
            Entry("places", _("Places"), "number", initial=1),
            Entry("taken", _("Taken by others"), "number",
                  hint=_("Without the applications noted here: Carnet counts those that were "
                         "accepted.")),
            Entry("commune", _("Commune"), "choice", lambda: options.places(desk, "commune")),
            Entry("accessible", _("Accessible with a disability"), "yes"),
            Entry("contact", _("Contact")),
            Entry("description", _("What is done there"), "lines"),
            Entry("closed", _("Closed"), "yes")],
        new_label=_("New offer"), empty_title=_("No offer yet"),
        empty_text=_("The internships that the members of the collective offer. “Open ones only” "
                     "hides what cannot be given any more."),
        buttons=((_("Close or open again"), "lock", close),),
        extra=lambda row: OfferParts(desk, row), shares=(6, 5))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _places_words(row: OfferRow) -> str:
    said = [_("{count} in all").format(count=row.places)]
    if row.accepted:
        said.append(_("{count} taken by an accepted application").format(count=row.accepted))
    if row.taken:
        said.append(_("{count} taken by others").format(count=row.taken))
    if row.accessible:
        said.append(_("accessible with a disability"))
    return _joined(*said)


def searches_plan(desk: Desk, open_only: Callable[[], bool]) -> RegisterPlan:
    """Show searches by code. `open_only`: whether only those that have found nothing yet are
    listed."""
    def sheet(row: RequestRow) -> RecordSheet:
        words = desk.vault.ask(words_of, language())
        where = words.place(row.commune or row.zone, row.month) if row.commune or row.zone else ""
        qpv = {"": "", QpvAnswer.YES.value: _("lives in a QPV")}.get(row.lives_in_qpv,
                                                                     _("lives outside the QPV"))
        return RecordSheet(shown_case_code(row.code), _joined(
            choice_label("internship_sector", row.domain),
            choice_label("internship_level", row.level),
            period_words(row.starts_on, row.ends_on)), (_result(row),), (
            Fact(_("Who searches"),
                 _joined(where, qpv, words.term("genders", row.gender, row.month),
                         choice_label("school_type", row.school_type), month_label(row.month))),))

    return RegisterPlan(
        kind="internship_request", name=_("Searches"), icon="graduation-cap",
        columns=(Column[RequestRow](_("Code"), lambda row: shown_case_code(row.code), strong=True),
                 Column[RequestRow](_("Sector"),
                                    lambda row: choice_label("internship_sector", row.domain),
                                    width=120),
                 Column[RequestRow](_("Result"), lambda row: _result(row)[0],
                                    tone=lambda row: _result(row)[1],
                                    width=104),
                 Column[RequestRow](_("Sent"), lambda row: str(row.sent), key=lambda row: row.sent,
                                    width=88,
                                    right=True)),
        rows=requests_of, first=first_requests, arguments=lambda: (open_only(),), sheet=sheet,
        entries=lambda: [
            Entry("level", _("Level"), "choice", lambda: options.fixed("internship_level")),
            Entry("domain", _("Sector"), "choice", lambda: options.fixed("internship_sector")),
            Entry("starts_on", _("From"), "date"), Entry("ends_on", _("Until"), "date"),
            Entry("commune", _("Commune"), "choice", lambda: _large_communes(desk),
                  hint=_("Under 2,000 inhabitants: give the zone.")),
            Entry("zone", _("Zone"), "choice", lambda: options.places(desk, "zone")),
            Entry("lives_in_qpv", _("Lives in a QPV"), "choice",
                  lambda: options.fixed("qpv_answer")),
            Entry("gender", _("Gender"), "choice", lambda: options.terms(desk, "genders")),
            Entry("school_type", _("School"), "choice", lambda: options.fixed("school_type")),
            Entry("month", _("Search begun in"), "month", initial=desk.today().isoformat()[:7])],
        new_label=_("New search"), empty_title=_("No search yet"),
        empty_text=_("The search of a young person, by a random code: never a name. “Open ones "
                     "only” hides those that have found."),
        add=lambda values: desk.vault.do(open_search,
                                         {k: v for k, v in values.items() if v not in (None, [])}),
        extra=lambda row: SearchParts(desk, row), shares=(6, 5))


def _result(row: RequestRow) -> tuple[str, str]:
    return (_("found"), "ok") if row.found else (_("searching"), "warn")


def _large_communes(desk: Desk) -> list[tuple[str, str]]:
    communes = desk.vault.ask(places_of, "commune")
    return [(place.code, place.name) for place in communes if place.population >= options.SMALL]


class InternshipsWorkspace(RegistersWorkspace):
    """The screen of internships."""

    name = "internships"
    icon = "graduation-cap"
    areas = frozenset({"internships", "directory"})
    keys = (*REGISTER_KEYS, *PARTS_KEYS,
            (N_("1 to 6"),
             N_("apply to an offer that fits the search, or with a search that fits")),
            (N_("A R S"),
             N_("accepted, refused, no answer: of the application that waits longest")))

    def __init__(self, desk: Desk) -> None:
        self.open_only = WrappedCheckBox(_("Open ones only"))
        super().__init__(desk, _("Internships"), (
            offers_plan(desk, self.open_only.isChecked),
            searches_plan(desk, self.open_only.isChecked),
            figures_plan(desk, self._open_table)))
        self.header.insertWidget(1, self.open_only)
        self.open_only.toggled.connect(self.refresh)
        for register in self.registers:
            # A tab that is hidden at first would give its list what its empty sheet does not ask
            # for.
            register.split.setSizes([100 * share for share in register.plan.shares])
        for register in self.registers[:2]:
            SheetKeys(register, of_kind(InternshipParts, InternshipParts.choose), {
                letter: of_kind(InternshipParts, partial(_answer, answer))
                for letter, answer in ANSWER_KEYS.items()})

    def _show_header(self) -> None:
        super()._show_header()
        if self.open_only.parentWidget() is not None:
            self.open_only.setVisible(self.stack.currentIndex() < 2)

    def open_record(self, record_id: uuid.UUID) -> None:
        # What one is led to is shown, open or not.
        self.open_only.setChecked(False)
        super().open_record(record_id)

    def _open_table(self, _row: Any) -> None:
        extra = self.register.extra
        if isinstance(extra, FigureTable):
            extra.take_focus()


def _answer(answer: ApplicationAnswer, parts: InternshipParts) -> None:
    parts.answer(answer)
