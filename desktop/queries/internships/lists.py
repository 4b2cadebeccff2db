"""The lists of offers and searches, and the sheet of one: its applications, and what fits it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from desktop.models.directory import Organisation
from desktop.models.internships import InternshipApplication, InternshipOffer, InternshipRequest
from desktop.models.states import ApplicationAnswer, answer_by
from desktop.models.vocabularies import Place
from desktop.queries.internships.matching import Match, Side, best_offers, best_searches
from desktop.queries.names import organisation_names

FITTING = 6
"""Offers or searches shown beside one: each has a figure for its key."""

_o, _r, _a = InternshipOffer, InternshipRequest, InternshipApplication


@dataclass(frozen=True)
class OfferRow:
    """Places that an organisation offers. `accepted`: places taken by applications that this
    computer reads."""

    id: uuid.UUID
    organisation_id: uuid.UUID | None
    organisation: str
    domain: str
    level: str
    starts_on: str
    ends_on: str
    places: int
    taken: int
    accepted: int
    accessible: bool
    contact: str
    commune: str
    zone: str
    description: str
    closed: bool

    @property
    def free(self) -> int:
        """Places that nobody has yet."""
        return max(0, self.places - self.taken - self.accepted)

    def is_over(self, today: date) -> bool:
        """Whether the internship has ended."""
        return bool(self.ends_on) and self.ends_on < today.isoformat()


@dataclass(frozen=True)
class RequestRow:
    """One search for an internship; nobody is named in it. `sent`, `refused`: of its
    applications."""

    id: uuid.UUID
    code: str
    level: str
    domain: str
    starts_on: str
    ends_on: str
    commune: str
    zone: str
    lives_in_qpv: str
    gender: str
    school_type: str
    month: str
    sent: int
    refused: int
    found: bool


@dataclass(frozen=True)
class ApplicationRow:
    """One application, with the search it is of and where it went. `answer`: what it came to by the
    day asked for."""

    id: uuid.UUID
    request_id: uuid.UUID | None
    code: str
    offer_id: uuid.UUID | None
    organisation: str
    domain: str
    month: str
    answer: ApplicationAnswer
    said: str
    """The answer that somebody noted."""


@dataclass(frozen=True)
class SearchDetail:
    """One search with its applications, the last sent first, and the offers that fit it and had
    none of them."""

    row: RequestRow
    applications: tuple[ApplicationRow, ...]
    fitting: tuple[tuple[OfferRow, Match], ...]


@dataclass(frozen=True)
class OfferDetail:
    """One offer with the applications to it, and the searches that fit it, are still open and have
    not applied."""

    row: OfferRow
    applications: tuple[ApplicationRow, ...]
    fitting: tuple[tuple[RequestRow, Match], ...]


def accepted_by_offer() -> Subquery:
    """How many places accepted applications take, by offer; those of searches in the bin take
    none."""
    return (select(_a.offer_id.label("offer_id"), func.count().label("accepted"))
            .outerjoin(_r, _r.id == _a.request_id)
            .where(_a.deleted.is_not(True), _r.deleted.is_not(True), _a.offer_id.is_not(None),
                   _a.answer == ApplicationAnswer.ACCEPTED)
            .group_by(_a.offer_id).subquery())


def _free(taken: Subquery) -> Any:
    return func.coalesce(_o.places,
                         1) - func.coalesce(_o.taken, 0) - func.coalesce(taken.c.accepted, 0)


def _is_open(taken: Subquery, today: date) -> list[Any]:
    """Return the conditions of an offer that somebody may still get."""
    return [_o.closed.is_not(True), _free(taken) > 0,
            or_(_o.ends_on.is_(None), _o.ends_on >= today.isoformat())]


def _offers(today: date, open_only: bool = False) -> Any:
    taken = accepted_by_offer()
    # What is still to come first, the nearest first; then what is over, the last one first.
    is_over = case((_o.ends_on < today.isoformat(), 1), else_=0)
    return (select(_o.id, _o.organisation_id, Organisation.short_name, Organisation.name, _o.domain,
                   _o.level,
                   _o.starts_on, _o.ends_on, _o.places, _o.taken, taken.c.accepted, _o.accessible,
                   _o.contact,
                   _o.commune, _o.zone, _o.description, _o.closed)
            .outerjoin(Organisation, Organisation.id == _o.organisation_id)
            .outerjoin(taken, taken.c.offer_id == _o.id)
            .where(_o.deleted.is_not(True), *(_is_open(taken, today) if open_only else ()))
            .order_by(is_over, case((is_over == 0, func.coalesce(_o.starts_on, "")), else_=""),
                      _o.starts_on.desc(),
                      _o.id))


def _offer_row(r: Any) -> OfferRow:
    return OfferRow(r[0], r[1], r[2] or r[3] or "", r[4] or "", r[5] or "", r[6] or "", r[7] or "",
                    r[8] if r[8] is not None else 1, r[9] or 0, r[10] or 0, bool(r[11]),
                    r[12] or "", r[13] or "",
                    r[14] or "", r[15] or "", bool(r[16]))


def offers_of(session: Session, today: date, open_only: bool = False) -> list[OfferRow]:
    """Every offer, or those that somebody may still get: those to come by their first day, then
    those that are over."""
    return first_offers(session, None, today, open_only)


def first_offers(session: Session, count: int | None, today: date,
                 open_only: bool = False) -> list[OfferRow]:
    """So many of them."""
    query = _offers(today, open_only).limit(count)
    return [_offer_row(r) for r in session.execute(query)]


def _requests() -> Any:
    # Counted for the rows that are shown, by their index; counted for all and joined, 200 rows cost
    # as much as 5,000.
    def count(*where: Any) -> Any:
        return select(func.count()).where(_a.request_id == _r.id, _a.deleted.is_not(True),
                                          *where).scalar_subquery()

    return (
        select(_r.id, _r.code, _r.level, _r.domain, _r.starts_on, _r.ends_on, _r.commune, _r.zone,
               _r.lives_in_qpv, _r.gender, _r.school_type, _r.month, count(),
               count(_a.answer == ApplicationAnswer.REFUSED),
               count(_a.answer == ApplicationAnswer.ACCEPTED))
            .where(_r.deleted.is_not(True))
            .order_by(func.coalesce(_r.month, "").desc(), func.coalesce(_r.code, "").desc()))


def _request_row(r: Any) -> RequestRow:
    return RequestRow(r[0], r[1] or "", r[2] or "", r[3] or "", r[4] or "", r[5] or "", r[6] or "",
                      r[7] or "",
                      r[8] or "", r[9] or "", r[10] or "", r[11] or "", r[12] or 0, r[13] or 0,
                      bool(r[14]))


def requests_of(session: Session, open_only: bool = False) -> list[RequestRow]:
    """Every search that this device holds, or those that have found nothing yet, the latest
    first."""
    return first_requests(session, None, open_only)


def first_requests(session: Session, count: int | None,
                   open_only: bool = False) -> list[RequestRow]:
    """So many of them."""
    query = _requests().where(~_has_found()) if open_only else _requests()
    return [_request_row(r) for r in session.execute(query.limit(count))]


def _has_found() -> Any:
    return select(_a.id).where(and_(_a.request_id == _r.id, _a.deleted.is_not(True),
                                    _a.answer == ApplicationAnswer.ACCEPTED)).exists()


def _applications(session: Session, today: date, *where: Any) -> tuple[ApplicationRow, ...]:
    query = (select(_a.id, _a.request_id, _r.code, _a.offer_id,
                    func.coalesce(_o.organisation_id, _a.organisation_id),
                    func.coalesce(_o.domain, _r.domain), _a.month, _a.answer)
             .outerjoin(_r, _r.id == _a.request_id).outerjoin(_o, _o.id == _a.offer_id)
             .where(_a.deleted.is_not(True), _r.deleted.is_not(True), *where)
             .order_by(func.coalesce(_a.month, "").desc(), _a.id))
    names = organisation_names(session)
    return tuple(
        ApplicationRow(r[0], r[1], r[2] or "", r[3], names.get(r[4], ""), r[5] or "", r[6] or "",
                       answer_by(r[7], r[6], today), r[7] or ApplicationAnswer.WAITING)
                 for r in session.execute(query))


def search_detail(session: Session, request_id: uuid.UUID, today: date) -> SearchDetail | None:
    """One search with its applications and the offers that fit it, none once it has found. None if
    it is gone."""
    found = session.execute(_requests().where(_r.id == request_id)).first()
    if found is None:
        return None
    row = _request_row(found)
    applications = _applications(session, today, _a.request_id == request_id)
    fitting: tuple[tuple[OfferRow, Match], ...] = ()
    if not row.found:
        fitting = fitting_offers(session, row, today,
                                 frozenset(one.offer_id for one in applications if one.offer_id))
    return SearchDetail(row, applications, fitting)


def offer_detail(session: Session, offer_id: uuid.UUID, today: date) -> OfferDetail | None:
    """One offer with the applications to it and the searches that fit it. None if it is gone."""
    found = session.execute(_offers(today).where(_o.id == offer_id)).first()
    if found is None:
        return None
    row = _offer_row(found)
    applications = _applications(session, today, _a.offer_id == offer_id)
    fitting: tuple[tuple[RequestRow, Match], ...] = ()
    if row.free and not row.closed and not row.is_over(today):
        fitting = fitting_searches(session, row,
                                   frozenset(one.request_id for one in applications
                                             if one.request_id))
    return OfferDetail(row, applications, fitting)


def fitting_offers(session: Session, search: RequestRow, today: date,
                   without: frozenset[uuid.UUID] = frozenset()) -> tuple[tuple[OfferRow, Match],
                                                                         ...]:
    """Return the offers that fit a search, the best first; `without` those to which it has
    applied."""
    zones = _zones(session)
    matches = best_offers(_side(search, zones), _open_offers(session, zones, today, without),
                          FITTING)
    rows = {r[0]: _offer_row(r)
            for r in session.execute(_offers(today).where(_o.id.in_([one.id for one in matches])))}
    return tuple((rows[match.id], match) for match in matches)


def _open_offers(session: Session, zones: dict[str, str], today: date,
                 without: frozenset[uuid.UUID]) -> Iterator[tuple[Side, int]]:
    taken = accepted_by_offer()
    # Columns, not entities, and none of the full ones: 5,000 offers in the time of a key.
    query = (select(_o.id, _o.domain, _o.level, _o.starts_on, _o.ends_on, _o.commune, _o.zone,
                    _free(taken))
             .outerjoin(taken, taken.c.offer_id == _o.id)
             .where(_o.deleted.is_not(True), *_is_open(taken, today)))
    for r in session.execute(query):
        if r[0] not in without:
            yield _side_of(r, zones), r[7]


def fitting_searches(session: Session, offer: OfferRow,
                     without: frozenset[uuid.UUID] = frozenset()) -> tuple[tuple[RequestRow, Match],
                                                                           ...]:
    """Return the searches that have found nothing yet and fit an offer, the best first; `without`
    those that have applied."""
    zones = _zones(session)
    query = select(_r.id, _r.domain, _r.level, _r.starts_on, _r.ends_on, _r.commune, _r.zone).where(
        _r.deleted.is_not(True), ~_has_found())
    sides = (_side_of(r, zones) for r in session.execute(query) if r[0] not in without)
    matches = best_searches(_side(offer, zones), offer.free, sides, FITTING)
    rows = {r[0]: _request_row(r)
            for r in session.execute(_requests().where(_r.id.in_([one.id for one in matches])))}
    return tuple((rows[match.id], match) for match in matches)


def _side(row: OfferRow | RequestRow, zones: dict[str, str]) -> Side:
    return Side(row.id, row.domain, row.level, row.starts_on, row.ends_on, row.commune,
                row.zone or zones.get(row.commune, ""))


def _side_of(r: Any, zones: dict[str, str]) -> Side:
    commune = r[5] or ""
    return Side(r[0], r[1] or "", r[2] or "", r[3] or "", r[4] or "", commune,
                r[6] or zones.get(commune, ""))


def _zones(session: Session) -> dict[str, str]:
    """Commune -> its zone, for those that have one."""
    return {code or "": zone for code, zone in session.execute(
        select(Place.code, Place.parent_code)
        .where(Place.kind == "commune", Place.deleted.is_not(True))) if zone}
