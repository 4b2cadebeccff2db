"""Rules of internships: codes instead of names, places that are there, one accepted application for
each search."""

from collections.abc import Iterator
from typing import Any

from desktop.base.i18n import _
from desktop.models.internships import InternshipApplication, InternshipOffer, InternshipRequest
from desktop.models.rules.context import RuleContext, Violation
from desktop.models.rules.observations import SMALLEST_COMMUNE, month_in_reach
from desktop.models.rules.referrals import code_of_a_case
from desktop.models.states import ApplicationAnswer

_WAITS = (None, "", ApplicationAnswer.WAITING)


def check_offer(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one offer."""
    yield from _in_order(record)
    places, taken = record.places if record.places is not None else 1, record.taken or 0
    if places < 1:
        yield Violation("places", _("An offer has one place at least."))
    elif taken < 0:
        yield Violation("taken", _("A number of places is not below zero."))
    elif taken > places:
        yield Violation("taken",
                        _("More places are taken than there are: {taken} of {places}.").format(
                            taken=taken, places=places), with_fields=("places",))
    else:
        accepted = len(_accepted(record.id, context))
        if accepted and taken + accepted > places:
            more = _("{count} accepted applications take more places than are left.")
            yield Violation("places", more.format(count=accepted), with_fields=("taken",))


def check_request(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one search."""
    yield from code_of_a_case("code", record, record.code, InternshipRequest, context)
    yield from month_in_reach("month", record.month, context)
    yield from _in_order(record)
    place = context.places("commune").get(record.commune or "")
    if place is not None and place.population is not None and place.population < SMALLEST_COMMUNE:
        small = _("{name} has fewer than 2,000 inhabitants: it tells too much of who searches.")
        yield Violation("commune", small.format(name=place.name), _("Give its zone instead."))
    elif record.commune and record.zone:
        yield Violation("zone", _("A search has its commune or its zone, not both."),
                        with_fields=("commune",))


def check_application(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one application."""
    yield from month_in_reach("month", record.month, context)
    if record.request_id is not None and context.get(InternshipRequest, record.request_id) is None:
        yield Violation("request_id", _("This search does not exist."),
                        _("Choose one of the list."))
        return
    others = [one for one in context.all(InternshipApplication, request_id=record.request_id)
              if one.id != record.id]
    yield from _twice(record, others)
    if record.offer_id is not None:
        yield from _of_offer(record, context)


def _twice(record: Any, others: list[InternshipApplication]) -> Iterator[Violation]:
    if record.offer_id is not None and any(one.offer_id == record.offer_id for one in others):
        yield Violation("offer_id", _("This search has applied to this offer already."),
                        _("Note the answer at that application."),
                        with_fields=("request_id", "deleted"))
    elif record.offer_id is None and record.organisation_id is not None and any(
            one.offer_id is None and one.organisation_id == record.organisation_id
            and one.month == record.month
            for one in others):
        yield Violation("organisation_id",
                        _("This search has applied to this organisation that month already."),
                        with_fields=("month", "request_id", "deleted"))
    if (record.answer == ApplicationAnswer.ACCEPTED
        and any(one.answer == ApplicationAnswer.ACCEPTED for one in others)):
        yield Violation("answer", _("This search has found its internship already."),
                        _("Change the other accepted application first."),
                        with_fields=("request_id", "deleted"))


def _of_offer(record: Any, context: RuleContext) -> Iterator[Violation]:
    offer = context.get(InternshipOffer, record.offer_id)
    if offer is None:
        yield Violation("offer_id", _("This offer does not exist."), _("Choose one of the list."))
        return
    if record.organisation_id is not None and record.organisation_id != offer.organisation_id:
        yield Violation("organisation_id", _("This offer is of another organisation."),
                        with_fields=("offer_id",))
    if record.answer in _WAITS and offer.closed:
        yield Violation("offer_id", _("This offer is closed."), _("Open it again first."))
    elif record.month and offer.ends_on and record.month > offer.ends_on[:7]:
        yield Violation("offer_id", _("The internship of this offer was over by then."),
                        with_fields=("month",))
    if record.answer == ApplicationAnswer.ACCEPTED:
        others = [one for one in _accepted(offer.id, context) if one.id != record.id]
        if len(others) + (offer.taken or 0) >= (offer.places if offer.places is not None else 1):
            yield Violation("answer", _("No place of this offer is left."),
                            _("Change the number of places first."),
                            with_fields=("offer_id", "deleted"))


def _accepted(offer_id: Any, context: RuleContext) -> list[InternshipApplication]:
    """Return the accepted applications to an offer, of searches that are not in the bin."""
    if offer_id is None:
        return []
    found = context.all(InternshipApplication, offer_id=offer_id,
                        answer=ApplicationAnswer.ACCEPTED.value)
    return [one for one in found if not _is_binned(one, context)]


def _is_binned(one: InternshipApplication, context: RuleContext) -> bool:
    with context.session.no_autoflush:
        search = context.session.get(InternshipRequest, one.request_id)
    return search is not None and bool(search.deleted)


def _in_order(record: Any) -> Iterator[Violation]:
    if record.starts_on and record.ends_on and record.ends_on < record.starts_on:
        yield Violation("ends_on", _("The internship would end before it begins."),
                        with_fields=("starts_on",))
