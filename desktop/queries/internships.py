"""What the internship screen shows: places offered, and searches by code."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.internships import InternshipOffer, InternshipRequest
from desktop.queries.names import organisation_names


@dataclass(frozen=True)
class OfferRow:
    """Places that an organisation offers."""

    id: uuid.UUID
    organisation_id: uuid.UUID | None
    organisation: str
    domain: str
    level: str
    period: str
    places: int


@dataclass(frozen=True)
class RequestRow:
    """One search for an internship; nobody is named in it."""

    id: uuid.UUID
    code: str
    level: str
    domain: str
    commune: str
    neighbourhood: str
    gender: str
    month: str
    sent: int
    refused: int
    no_answer: int
    found: bool


def offers_of(session: Session) -> list[OfferRow]:
    """Every offer, by organisation."""
    names = organisation_names(session)
    rows = [OfferRow(o.id, o.organisation_id, names.get(o.organisation_id, "") if o.organisation_id else "",
                     o.domain or "", o.level or "", o.period or "", o.places or 0)
            for o in session.scalars(select(InternshipOffer).where(InternshipOffer.deleted.is_not(True)))]
    return sorted(rows, key=lambda row: (row.organisation, row.level))


def requests_of(session: Session) -> list[RequestRow]:
    """Every search that this device holds, the latest first."""
    rows = [RequestRow(r.id, r.code or "", r.level or "", r.domain or "", r.commune or "", r.neighbourhood or "",
                       r.gender or "", r.month or "", r.sent or 0, r.refused or 0, r.no_answer or 0, bool(r.found))
            for r in session.scalars(select(InternshipRequest).where(InternshipRequest.deleted.is_not(True)))]
    return sorted(rows, key=lambda row: (row.month, row.code), reverse=True)
