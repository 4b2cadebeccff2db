"""What one organisation does of what its charter asks: derived from meetings and actions, never
typed."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.actions import Action
from desktop.models.directory import Commitment, Organisation, Person
from desktop.models.meetings import Attendance, Meeting
from desktop.models.record import COMMON
from desktop.queries.actions import day_of
from desktop.queries.meetings.rows import COUNTED
from desktop.queries.organisation_aliases import all_of_organisation, canonical_organisation_id
from desktop.queries.person_aliases import alias_map

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Commitments:
    """One organisation; meetings and trainings count over the last twelve months, people who came
    at least once."""

    organisation_id: uuid.UUID
    organisation: str
    signed_on: date | None
    confidentiality_on: date | None
    meetings_expected: int
    meetings_attended: int
    trained: int
    actions: int


def commitments_of(session: Session, person_id: uuid.UUID | None,
                   today: date) -> Commitments | None:
    """Return the commitments of the organisation of a person; None where the person has none."""
    person = session.get(Person, person_id) if person_id is not None else None
    own = (canonical_organisation_id(session, person.organisation_id)
           if person and person.organisation_id else None)
    organisation = session.get(Organisation, own) if own is not None else None
    if organisation is None or organisation.deleted:
        return None
    every = all_of_organisation(session, organisation.id)
    signed = session.execute(select(Commitment.signed_on, Commitment.confidentiality_on).where(
        Commitment.organisation_id.in_(every), Commitment.deleted.is_not(True)).limit(1)).first()
    since, until = (today - YEAR).isoformat(), (today + timedelta(days=1)).isoformat()
    held = (select(Attendance.meeting_id, Attendance.person_id, Attendance.state, Meeting.kind)
            .join(Meeting, Meeting.id == Attendance.meeting_id)
            .join(Person, Person.id == Attendance.person_id)
            .where(Person.organisation_id.in_(every), Attendance.deleted.is_not(True),
                   # What a confidential group does is counted nowhere: the figures are the same on
                   # every computer.
                   Meeting.channel == COMMON, Meeting.deleted.is_not(True),
                   Meeting.starts_at >= since,
                   Meeting.starts_at < until))
    known = alias_map(session)
    rows = [(meeting, known.get(who, who) if who else None, state, kind)
            for meeting, who, state, kind in session.execute(held)]
    actions = session.scalar(select(func.count()).where(
        Action.owner_organisation_id.in_(every), Action.channel == COMMON,
        Action.deleted.is_not(True))) or 0
    return Commitments(
        organisation.id, organisation.short_name or organisation.name or "",
        day_of(signed[0]) if signed else None,
        day_of(signed[1]) if signed else None, len({row[0] for row in rows}),
        len({row[0] for row in rows if row[2] in COUNTED}),
        len({row[1] for row in rows if row[2] in COUNTED and row[3] == "formation"}), actions)
