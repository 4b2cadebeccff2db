"""All that gives decisions their numbers: a provisional one when they are written, the final one
with the minutes."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.meetings import Decision, Meeting, MinutesVersion
from desktop.queries.meetings.numbers import number_of, rank_in_year


def next_number(session: Session, meeting: Meeting) -> tuple[int, str]:
    """Return the order and the provisional number of the next decision of a meeting."""
    session.flush()
    order = (
        session.scalar(select(func.max(Decision.order)).where(Decision.meeting_id == meeting.id))
        or 0) + 1
    return order, number_of(*rank_in_year(session, meeting), order)


def number_decisions(session: Session, meeting: Meeting) -> None:
    """Give the decisions of a meeting their final numbers: its rank, or the next that no validated
    meeting has taken."""
    decisions = session.scalars(select(Decision).where(
        Decision.meeting_id == meeting.id, Decision.deleted.is_not(True))
                                .order_by(Decision.order, Decision.id)).all()
    if not decisions:
        return
    year, rank = rank_in_year(session, meeting)
    taken = _taken(session, meeting.id, year)
    while number_of(year, rank, 1).rpartition("-")[0] in taken:
        rank += 1
    for order, decision in enumerate(decisions, 1):
        decision.order, decision.number = order, number_of(year, rank, order)


def _taken(session: Session, meeting_id: uuid.UUID, year: str) -> set[str]:
    """Return the beginnings of the numbers that other validated meetings of a year bear."""
    validated = select(MinutesVersion.meeting_id).where(MinutesVersion.number == 1)
    return {(number or "").rpartition("-")[0]
            for number in session.scalars(select(Decision.number).where(
                Decision.number.like(f"RD-{year}-%"), Decision.meeting_id != meeting_id,
                Decision.meeting_id.in_(validated)))}
