"""What is easily forgotten: loans that are late, cases about to be erased, places to verify. Part
of the first screen: counts."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.models.authority import READERS, Roles, may
from desktop.models.record import OBSERVATORY
from desktop.models.resources import Resource, ResourceLoan
from desktop.queries.places import territory_state
from desktop.queries.retention import cases_soon


@dataclass(frozen=True)
class Upkeep:
    """How many of each; 0 for nothing, and for what this computer's roles do not look after."""

    late_loans: int = 0
    cases: int = 0
    """Referrals and searches that are erased within thirty days."""
    places: int = 0
    """Places in force that were verified more than twelve months ago."""


def upkeep_of(session: Session, today: date, roles: Roles) -> Upkeep:
    """Count what a computer with these roles should look after on a day. No role: no collective,
    everything."""
    return Upkeep(
        late_loans=_late_loans(session, today),
        cases=len(cases_soon(session, today)) if not roles or roles & READERS[OBSERVATORY] else 0,
        places=territory_state(session, today).old if may(roles, "place") else 0)


def _late_loans(session: Session, today: date) -> int:
    return session.scalar(
        select(func.count()).select_from(ResourceLoan)
        .join(Resource, Resource.id == ResourceLoan.resource_id)
        .where(ResourceLoan.deleted.is_not(True), Resource.deleted.is_not(True),
               ResourceLoan.due_on != "",
               ResourceLoan.due_on < today.isoformat(),
               or_(ResourceLoan.back_on.is_(None), ResourceLoan.back_on == ""))) or 0
