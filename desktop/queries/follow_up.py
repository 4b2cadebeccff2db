"""What a meeting leaves: what is missing before its minutes are closed, what is withheld, open
points, absentees."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.dates.stored import stored_day
from desktop.models.meetings import Meeting, NoteBlock
from desktop.models.note_lines import without_sign
from desktop.models.states import AttendanceState, is_frozen
from desktop.queries.documents.frozen import KeptMinutes, correction_of, frozen_minutes, versions_of
from desktop.queries.documents.minutes import live_minutes, neighbour
from desktop.queries.documents.minutes_data import Minutes, MinutesLine
from desktop.queries.gaps import Gap, gaps_of
from desktop.queries.meetings.notes import blocks_of


@dataclass(frozen=True)
class OpenPoint:
    """A line of the notes that began with `?`."""

    id: uuid.UUID
    text: str
    settled_on: date | None


@dataclass(frozen=True)
class MeetingFollowUp:
    """What a meeting leaves."""

    gaps: tuple[Gap, ...]
    withheld: tuple[MinutesLine, ...]
    points: tuple[OpenPoint, ...]
    absent: tuple[str, ...]
    versions: tuple[KeptMinutes, ...]
    correction: str
    remarks_until: date | None
    changed_since: bool
    next_id: uuid.UUID | None


def follow_up_of(session: Session, meeting_id: uuid.UUID, today: date) -> MeetingFollowUp | None:
    """Return what a meeting leaves; None where it is not here."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        return None
    shown = live_minutes(session, meeting_id, "diffusion", today)
    whole = live_minutes(session, meeting_id, "interne", today)
    following = neighbour(session, meeting, later=True)
    return MeetingFollowUp(
        tuple(gaps_of(session, meeting, shown)),
        tuple(line for line in _lines(whole) if line.audience != "commun"),
        tuple(open_points(session,
                          [meeting_id])),
        tuple(p.name for p in whole.people if p.state in (AttendanceState.ABSENT,
                                                          AttendanceState.EXCUSED)),
        tuple(versions_of(session, meeting_id)), correction_of(session, meeting_id),
        stored_day(meeting.remarks_until),
        is_frozen(meeting.state) and _moved_on(session, meeting_id, shown),
        following.id if following is not None else None)


def _lines(minutes: Minutes) -> list[MinutesLine]:
    return [line for point in minutes.points for line in point.lines] + list(minutes.other)


def _moved_on(session: Session, meeting_id: uuid.UUID, live: Minutes) -> bool:
    """Whether another device wrote notes of a meeting that was validated here meanwhile."""
    frozen = frozen_minutes(session, meeting_id, "diffusion")
    if frozen is None:
        return False
    before = [(line.kind, line.text) for line in _lines(frozen) if line.change != "removed"]
    return before != [(line.kind, line.text) for line in _lines(live)]


def open_points(session: Session, meeting_ids: list[uuid.UUID]) -> list[OpenPoint]:
    """Return the open points of these meetings that may be circulated, settled or not."""
    found = []
    for meeting_id in meeting_ids:
        settled = dict(session.execute(select(NoteBlock.id, NoteBlock.settled_on).where(
            NoteBlock.meeting_id == meeting_id, NoteBlock.kind == "question")).all())
        for block in blocks_of(session, meeting_id):
            words = without_sign("".join(part for part in block.segments if isinstance(part, str)))
            if block.kind == "question" and block.audience == "commun" and words:
                found.append(OpenPoint(block.id, words, stored_day(settled.get(block.id))))
    return found
