"""What the papers of a meeting say: the attendance sheet here, the minutes beside, as data that a
report can draw."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from desktop.models.meetings import AttendanceSlot, Sheet
from desktop.queries.documents.minutes import (
    SHOWN,
    Audience,
    Minutes,
    MinutesLine,
    Point,
    minutes_of,
)
from desktop.queries.documents.parts import (
    HERE,
    Heading,
    Participant,
    heading_of,
    meeting_with,
    participants_of,
)
from desktop.queries.live import alive
from desktop.queries.meetings.held import held_times
from desktop.queries.names import person_name


@dataclass(frozen=True)
class AttendanceSheet:
    """A sheet to be signed; the place of a person in `people` is the number printed."""

    heading: Heading
    title: str
    kind: str
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    animator: str
    code: str
    people: tuple[Participant, ...]
    filled: bool
    half_days: Mapping[tuple[uuid.UUID, str], str]
    """Attendance states of a training by person and half-day ("2026-03-12 am", "2026-03-12 pm")."""


def sheet_of(session: Session, meeting_id: uuid.UUID, today: date) -> AttendanceSheet:
    """Return the attendance sheet; people already numbered by a printed sheet keep their numbers,
    newcomers follow."""
    meeting = meeting_with(session, meeting_id)
    people = participants_of(session, meeting_id)
    printed = sorted(alive(session, Sheet, Sheet.meeting_id == meeting_id),
                     key=lambda sheet: sheet.id)
    if printed and printed[-1].numbers:
        place = {number: index for index, number in enumerate(printed[-1].numbers)}
        people.sort(key=lambda p: place.get(str(p.id), len(place)))
    starts_at, ends_at = held_times(meeting)
    return AttendanceSheet(
        heading=heading_of(session, meeting, today), title=meeting.title or "",
        kind=meeting.kind or "",
        starts_at=starts_at, ends_at=ends_at,
        place=meeting.place or meeting.link or "",
        animator=person_name(session, meeting.animator_id),
        code=meeting.code or "", people=tuple(people), filled=any(p.state in HERE for p in people),
        half_days={(row.person_id, row.slot): row.state or "" for row in alive(
            session, AttendanceSlot, AttendanceSlot.meeting_id == meeting_id)
                   if row.person_id and row.slot})


__all__ = [
    "HERE",
    "SHOWN",
    "AttendanceSheet",
    "Audience",
    "Heading",
    "Minutes",
    "MinutesLine",
    "Participant",
    "Point",
    "minutes_of",
    "sheet_of",
]
