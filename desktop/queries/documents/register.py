"""The printed register: the decisions of every year that may be circulated."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.meetings import Decision, Meeting
from desktop.queries.documents.papers import PrintedDecision, circulated_rows
from desktop.queries.documents.parts import Heading, collective_heading
from desktop.queries.meetings.held import HELD


@dataclass(frozen=True)
class DecisionRegister:
    """What is printed of it: the decisions that may be circulated, by year, the last year first."""

    heading: Heading
    years: tuple[tuple[str, tuple[PrintedDecision, ...]], ...]


def printed_register(session: Session, _collective_id: uuid.UUID,
                     today: date) -> DecisionRegister:
    """Return the register as it may be circulated."""
    years: dict[str, list[uuid.UUID]] = {}
    for id_, start in session.execute(select(Meeting.id, HELD).where(
            Meeting.deleted.is_not(True),
            Meeting.id.in_(select(Decision.meeting_id).where(Decision.deleted.is_not(True))))
            .order_by(HELD.desc())):
        years.setdefault((start or "")[:4], []).append(id_)
    found = ((year, tuple(row for row, _state in circulated_rows(session, ids)))
             for year, ids in years.items())
    return DecisionRegister(collective_heading(session, today),
                            tuple((year, rows) for year, rows in found if rows))
