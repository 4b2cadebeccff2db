"""What follows an offer or a search, in its sheet: applications, and what fits; one key answers,
one key applies."""

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from desktop.base.dates.french import month_label
from desktop.base.i18n import _
from desktop.commands.internships import add_application, answer_application, apply_to
from desktop.models.choices import label as choice_label
from desktop.models.states import ApplicationAnswer
from desktop.privacy.case_codes import shown_case_code
from desktop.queries.internships.lists import (
    ApplicationRow,
    OfferDetail,
    OfferRow,
    RequestRow,
    SearchDetail,
    offer_detail,
    search_detail,
)
from desktop.queries.internships.words import offer_words, reason_words, search_words
from desktop.ui.records import options
from desktop.ui.records.parts import Part, Parts, PartsPlan, PartsSection
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.fields.form import Entry

ANSWER_KEYS: dict[str, ApplicationAnswer] = {
    "A": ApplicationAnswer.ACCEPTED, "R": ApplicationAnswer.REFUSED,
    "S": ApplicationAnswer.NO_ANSWER}
"""What each key notes of the application that waits longest."""
ANSWER_TONES: dict[str, str] = {
    ApplicationAnswer.WAITING: "accent", ApplicationAnswer.ACCEPTED: "ok",
    ApplicationAnswer.REFUSED: "bad",
    ApplicationAnswer.NO_ANSWER: "warn"}
APPLICATION, FITS = "internship_application", "fits"


class InternshipParts(Parts):
    """The applications of one offer or search, and what fits it."""

    def __init__(self, desk: Desk, owner: uuid.UUID, ask: Callable[[], Any],
                 plans: Sequence[PartsPlan]) -> None:
        self.desk, self.owner = desk, owner
        super().__init__(desk, owner, ask, plans)

    def answer(self, answer: ApplicationAnswer) -> None:
        """Note the answer to the application that waits longest; nothing where none waits."""
        detail = self._ask()
        waiting = waiting_first(detail.applications) if detail is not None else []
        if waiting and waiting[0].said == ApplicationAnswer.WAITING:
            self.note(waiting[0].id, answer)

    def note(self, application_id: uuid.UUID, answer: str) -> None:
        """Note the answer to one application."""
        self.sections[APPLICATION].run(
            lambda: self.desk.vault.do(answer_application, application_id, answer),
            _("Noted: {answer}").format(answer=choice_label("application_answer", answer).lower()))

    def choose(self, number: int) -> None:
        """Apply with the offer or search of this number, from 1."""
        detail = self._ask()
        if detail is not None and 1 <= number <= len(detail.fitting):
            self.apply(detail.fitting[number - 1][0].id)

    def apply(self, other: uuid.UUID) -> None:
        """Note the application between this record and another."""
        raise NotImplementedError

    def _apply(self, request_id: uuid.UUID, offer_id: uuid.UUID) -> None:
        self.sections[APPLICATION].run(lambda: self.desk.vault.do(apply_to, request_id, offer_id),
                                       _("Application noted this month."))

    def _gesture(self, _section: PartsSection, part: Part, name: str) -> None:
        if part.id is not None:
            self.note(part.id, name)

    def _fitting(self, _section: PartsSection, part: Part, _name: str) -> None:
        self.apply(uuid.UUID(part.key))


class SearchParts(InternshipParts):
    """The applications of one search, and the offers that fit it."""

    def __init__(self, desk: Desk, row: RequestRow) -> None:
        super().__init__(desk, row.id, lambda: desk.vault.ask(search_detail, row.id, desk.today()),
                         (
                             PartsPlan(APPLICATION, _("Applications"), "request_id", _of_search,
                                       partial(_application_entries, desk),
                                       _("Applied elsewhere"), _("No application yet."),
                                       add=add_application, on_gesture=self._gesture),
                             PartsPlan(FITS, _("Offers that fit"), "",
                                       partial(_fitting_offers, desk), list, "",
                                       _("No open offer fits this search."),
                                       on_gesture=self._fitting, adds=False)))

    def apply(self, other: uuid.UUID) -> None:
        self._apply(self.owner, other)


class OfferParts(InternshipParts):
    """The applications to one offer, and the searches that fit it."""

    def __init__(self, desk: Desk, row: OfferRow) -> None:
        super().__init__(desk, row.id, lambda: desk.vault.ask(offer_detail, row.id, desk.today()), (
            PartsPlan(APPLICATION, _("Applications"), "", _to_offer, list, "",
                      _("No application yet."),
                      on_gesture=self._gesture, adds=False),
            PartsPlan(FITS, _("Searches that fit"), "", partial(_fitting_searches, desk), list, "",
                      _("No open search that this computer reads fits this offer."),
                      on_gesture=self._fitting,
                      adds=False)))

    def apply(self, other: uuid.UUID) -> None:
        self._apply(other, self.owner)


def waiting_first(applications: Sequence[ApplicationRow]) -> list[ApplicationRow]:
    """Those that wait for an answer, the first sent first; then the others, the last sent first."""
    waiting = [one for one in applications if one.said == ApplicationAnswer.WAITING]
    return (sorted(waiting, key=lambda one: one.month)
            + [one for one in applications if one not in waiting])


def _of_search(detail: SearchDetail) -> Sequence[Part]:
    told = detail.row.domain
    return [_part(one, one.organisation or _("Another employer"),
                  "" if one.domain == told else one.domain, place == 0)
            for place, one in enumerate(waiting_first(detail.applications))]


def _to_offer(detail: OfferDetail) -> Sequence[Part]:
    return [_part(one, shown_case_code(one.code), "", place == 0)
            for place, one in enumerate(waiting_first(detail.applications))]


def _part(one: ApplicationRow, title: str, domain: str, has_keys: bool) -> Part:
    """Return the line of an application. `domain`: its sector, where the sheet does not tell it
    already."""
    gestures: list[tuple[str, str]] = []
    if one.said == ApplicationAnswer.WAITING:
        for key, answer in ANSWER_KEYS.items():
            said = choice_label("application_answer", answer)
            gestures.append((answer, f"{key}\u2002{said}" if has_keys else said))
    said = choice_label("application_answer", one.answer)
    words = (choice_label("internship_sector", domain), month_label(one.month),
             said.lower() if gestures else "")
    return Part(str(one.id), one.id, title, " · ".join(part for part in words if part),
                ("", "neutral") if gestures else (said, ANSWER_TONES[one.answer]), tuple(gestures))


def _fitting_offers(desk: Desk, detail: SearchDetail) -> Sequence[Part]:
    return [Part(str(row.id), None, offer_words(row, desk.today()), reason_words(match),
                 gestures=(_apply_gesture(number),))
            for number, (row, match) in enumerate(detail.fitting, 1)]


def _fitting_searches(desk: Desk, detail: OfferDetail) -> Sequence[Part]:
    return [
        Part(str(row.id), None, f"{shown_case_code(row.code)} · {search_words(row, desk.today())}",
             reason_words(match), gestures=(_apply_gesture(number),))
            for number, (row, match) in enumerate(detail.fitting, 1)]


def _apply_gesture(number: int) -> tuple[str, str]:
    return "apply", f"{number}\u2002{_('Apply')}"


def _application_entries(desk: Desk) -> list[Entry]:
    return [
        Entry("organisation_id", _("Organisation"), "choice", lambda: options.organisations(desk),
              hint=_("Empty: an employer that is not in the directory.")),
            Entry("month", _("Sent in"), "month", required=True,
                  initial=desk.today().isoformat()[:7]),
            Entry("answer", _("Answer"), "choice", lambda: options.fixed("application_answer"),
                  required=True,
                  initial=ApplicationAnswer.WAITING.value)]

