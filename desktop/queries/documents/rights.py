"""Papers about rights: the sheet that is left with a person, the notice to members, the impact
assessment and the register."""

import json
import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.base.paths import resource
from desktop.models.directory import Organisation, Person
from desktop.models.observations import Observation
from desktop.models.record import Record
from desktop.privacy.retention import ACCOUNT_MONTHS, CASE_MONTHS, KEPT_DAYS
from desktop.queries.documents.parts import Heading, collective_heading


@dataclass(frozen=True)
class LeaveBehind:
    """The sheet left with a person: no name, no code. `verified`: the month in which the law was
    last checked (2026-11)."""

    territory: str
    verified: str


@dataclass(frozen=True)
class Processing:
    """What the collective keeps of people, for the papers of data protection. Counts of what this
    computer holds."""

    heading: Heading
    people: int
    organisations: int
    observations: int
    account_months: int
    case_months: int
    bin_days: int


def leave_behind_of(session: Session, _record_id: uuid.UUID, today: date) -> LeaveBehind:
    """Return what the sheet says of the place and of the law."""
    law = json.loads(resource("vocabularies", "criteria.json").read_text(encoding="utf-8"))
    heading = collective_heading(session, today)
    return LeaveBehind(heading.territory or heading.collective, str(law["verified_on"])[:7])


def processing_of(session: Session, _record_id: uuid.UUID, today: date) -> Processing:
    """Return what the collective keeps, and for how long."""
    def count(cls: type[Record]) -> int:
        return (
            session.scalar(select(func.count()).select_from(cls).where(cls.deleted.is_not(True)))
                or 0)

    return Processing(
        heading=collective_heading(session, today), people=count(Person),
        organisations=count(Organisation),
        observations=count(Observation), account_months=ACCOUNT_MONTHS, case_months=CASE_MONTHS,
        bin_days=KEPT_DAYS)
