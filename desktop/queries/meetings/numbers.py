"""The numbers of decisions as they are shown: two decisions never bear one, whoever wrote them and
when.

A number is provisional until the minutes are validated: two laptops may give the same one to two
decisions. The one that was written first keeps it; the others take the next free number of their
meeting.
"""

import uuid
from collections.abc import Iterable
from typing import Protocol

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.orm import Session

from desktop.models.meetings import Meeting
from desktop.queries.meetings.held import HELD


def number_of(year: str, rank: int, order: int) -> str:
    """Write RD-year-meeting-order: RD-2026-08-02."""
    return f"RD-{year}-{rank:02d}-{order:02d}"


def rank_in_year(session: Session, meeting: Meeting) -> tuple[str, int]:
    """Return the year in which a meeting was held and its rank among those of that year, from 1; no
    two share a rank."""
    held = meeting.held_from or meeting.starts_at or ""
    moment = literal(held)
    before = session.scalar(select(func.count()).select_from(Meeting).where(
        Meeting.deleted.is_not(True), literal(held[:4]) <= HELD,
        or_(moment > HELD, and_(moment == HELD, Meeting.id < meeting.id))))
    return held[:4], (before or 0) + 1


class Numbered(Protocol):
    """What of a decision its number hangs on."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def meeting_id(self) -> uuid.UUID | None: ...
    @property
    def order(self) -> int | None: ...
    @property
    def number(self) -> str | None: ...


def shown_numbers(decisions: Iterable[Numbered]) -> dict[uuid.UUID, str]:
    """Return the number of each decision, by its id; every decision of a meeting has to be among
    them.

    Who may not give numbers writes a decision without: it takes the next one of those beside it;
    empty where none of its meeting has one yet.
    """
    shown: dict[uuid.UUID, str] = {}
    stems: dict[uuid.UUID | None, str] = {}
    taken: set[tuple[uuid.UUID | None, str]] = set()
    waiting = []
    for decision in sorted(decisions, key=lambda d: (d.order or 0, d.id)):
        number = decision.number or ""
        if not number or (decision.meeting_id, number) in taken:
            waiting.append(decision)
            continue
        stems.setdefault(decision.meeting_id, number.rpartition("-")[0])
        taken.add((decision.meeting_id, number))
        shown[decision.id] = number
    for decision in waiting:
        stem, _dash, order = (decision.number or "").rpartition("-")
        stem = stem or stems.get(decision.meeting_id, "")
        if not stem:
            shown[decision.id] = ""
            continue
        following = int(order) + 1 if order.isdecimal() else 1
        while (decision.meeting_id, f"{stem}-{following:02d}") in taken:
            following += 1
        shown[decision.id] = f"{stem}-{following:02d}"
        taken.add((decision.meeting_id, shown[decision.id]))
    return shown
