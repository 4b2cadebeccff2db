"""Who was trained: half-days followed, by person, organisation and programme; who is to be trained,
or trained anew.

One rule for the screen, the paper and the charter: a person is trained by a session of which every
half-day was followed.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.dates.stored import stored_moment
from desktop.base.text import sort_key
from desktop.models.directory import Person
from desktop.models.half_days import half_days
from desktop.models.meetings import Attendance, AttendanceSlot, Meeting
from desktop.models.record import COMMON
from desktop.models.states import is_planned, is_there
from desktop.models.trainings import Training
from desktop.queries.meetings.held import HELD
from desktop.queries.names import organisation_names, person_names
from desktop.queries.person_aliases import alias_map

KIND = "formation"
REFRESHED_AFTER = 36
"""Months after which what was learnt is refreshed, where the programme says nothing: those of the
charter."""
WARNED = 6
"""Months before that, from which a person is listed as to be trained anew."""
HOURS = 3.5
"""Hours of a half-day, on the sheet and on attestations."""
_CHUNK = 500


class Trained(StrEnum):
    """How a person stands."""

    TO_TRAIN = "to train"
    TO_REFRESH = "to refresh"
    TRAINED = "trained"


@dataclass(frozen=True)
class Followed:
    """What one person followed of one session. `whole`: the half-days that the session has; `on`:
    its first day."""

    meeting_id: uuid.UUID
    title: str
    on: date
    half_days: int
    whole: int
    training_id: uuid.UUID | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every half-day was followed."""
        return self.half_days >= self.whole


@dataclass(frozen=True)
class TrainedRow:
    """One person of the directory. `last_on`: the day of the last session that was followed
    whole."""

    id: uuid.UUID
    name: str
    organisation: str
    organisation_id: uuid.UUID | None
    state: Trained
    last_on: date | None
    until: date | None
    """When what was learnt is to be refreshed."""
    followed: tuple[Followed, ...] = ()

    @property
    def hours(self) -> float:
        """Hours followed, a half-day counted as HOURS."""
        return HOURS * sum(one.half_days for one in self.followed)


@dataclass(frozen=True)
class OrganisationTrained:
    """One organisation: so many of its people are trained, of so many."""

    id: uuid.UUID
    name: str
    trained: int
    people: int
    hours: float
    rows: tuple[TrainedRow, ...]


@dataclass(frozen=True)
class SessionRow:
    """One session of a programme."""

    id: uuid.UUID
    title: str
    on: date | None
    place: str
    present: int
    is_past: bool


@dataclass(frozen=True)
class TrainingRow:
    """One programme with its sessions, the last first. `complete`: people who followed each session
    held."""

    id: uuid.UUID
    title: str
    audience: str
    trainer: str
    content: str
    refresh_months: int | None
    sessions: tuple[SessionRow, ...]
    complete: int


def followed_by(session: Session, since: date, until: date) -> dict[uuid.UUID, list[Followed]]:
    """Read what each person followed of the trainings held from `since` to `until`, both included,
    the last first.

    Of confidential groups nothing is counted. A person who stands twice is told once.
    """
    meetings = {row.id: row for row in session.execute(
        select(Meeting.id, Meeting.title, Meeting.starts_at, Meeting.ends_at, Meeting.held_from,
               Meeting.held_until,
               Meeting.training_id)
        .where(Meeting.channel == COMMON, Meeting.deleted.is_not(True), Meeting.kind == KIND,
               since.isoformat() <= HELD,
               (until + timedelta(days=1)).isoformat() > HELD))}
    known = alias_map(session)
    slots: dict[tuple[uuid.UUID, uuid.UUID], int] = defaultdict(int)
    marked: set[tuple[uuid.UUID, uuid.UUID]] = set()
    for ids in _chunks(meetings):
        for meeting, person, state in session.execute(
                select(AttendanceSlot.meeting_id, AttendanceSlot.person_id, AttendanceSlot.state)
                .where(AttendanceSlot.deleted.is_not(True), AttendanceSlot.meeting_id.in_(ids))):
            if meeting is not None and person is not None:
                marked.add((meeting, known.get(person, person)))
                slots[meeting, known.get(person, person)] += is_there(state)
    found: dict[uuid.UUID, list[Followed]] = defaultdict(list)
    for ids in _chunks(meetings):
        for meeting, person, state in session.execute(
                select(Attendance.meeting_id, Attendance.person_id, Attendance.state)
                .where(Attendance.deleted.is_not(True), Attendance.meeting_id.in_(ids))):
            if meeting is None or person is None or not is_there(state):
                continue
            row, who = meetings[meeting], known.get(person, person)
            starts = stored_moment(row.held_from) or stored_moment(row.starts_at)
            if starts is None:
                continue
            # Where nobody marked half-days, who was there followed the whole.
            whole = max(
                len(half_days(starts, stored_moment(row.held_until) or stored_moment(row.ends_at))),
                1)
            count = min(slots[meeting, who], whole) if (meeting, who) in marked else whole
            if count:
                found[who].append(Followed(meeting, row.title or "", starts.date(), count, whole,
                                           row.training_id))
    return {who: sorted(own, key=lambda one: (one.on, str(one.meeting_id)), reverse=True)
            for who, own in found.items()}


def _chunks(meetings: Iterable[uuid.UUID]) -> Iterable[list[uuid.UUID]]:
    ids = list(meetings)
    return (ids[start:start + _CHUNK] for start in range(0, len(ids), _CHUNK))


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month."""
    whole = day.year * 12 + day.month - 1 + months
    first = date(whole // 12, whole % 12 + 1, 1)
    last = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


def trained_rows(session: Session, today: date) -> list[TrainedRow]:
    """Tell of each person of the directory how they stand, by organisation, then name."""
    followed = followed_by(session, date(1900, 1, 1), today)
    refresh = {row.id: row.refresh_months
               for row in session.execute(select(Training.id, Training.refresh_months))}
    known, names, organisations = alias_map(session), person_names(session), organisation_names(
        session)
    rows = []
    for person, organisation in session.execute(
            select(Person.id, Person.organisation_id).where(Person.deleted.is_not(True))):
        if person in known:
            continue
        own = followed.get(person, [])
        ends = [
            (months_after(one.on, (refresh.get(one.training_id) if one.training_id else None)
                          or REFRESHED_AFTER), one.on)
                for one in own if one.is_complete]
        until = max(ends)[0] if ends else None
        state = (Trained.TO_TRAIN if until is None else
                 Trained.TO_REFRESH if months_after(until, -WARNED) <= today else Trained.TRAINED)
        rows.append(TrainedRow(person, names.get(person, ""),
                               organisations.get(organisation, "") if organisation else "",
                               organisation, state, max(on for _until, on in ends) if ends
                               else None, until, tuple(own)))
    return sorted(rows, key=lambda row: (sort_key(row.organisation), sort_key(row.name)))


def organisations_trained(session: Session, today: date) -> list[OrganisationTrained]:
    """Tell how many people of each organisation are trained, by name, without rank; those of none
    are left out."""
    by: dict[uuid.UUID, list[TrainedRow]] = defaultdict(list)
    for row in trained_rows(session, today):
        if row.organisation_id is not None:
            by[row.organisation_id].append(row)
    return [OrganisationTrained(id_, own[0].organisation,
                                sum(row.state is not Trained.TO_TRAIN for row in own), len(own),
                                sum(row.hours for row in own), tuple(own))
            for id_, own in by.items()]


def trainings_of(session: Session, today: date) -> list[TrainingRow]:
    """Read the programmes with their sessions, by title."""
    sessions: dict[uuid.UUID, list[SessionRow]] = defaultdict(list)
    held: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    followed = followed_by(session, date(1900, 1, 1), today)
    present: dict[uuid.UUID, int] = defaultdict(int)
    complete: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    for person, own in followed.items():
        for one in own:
            present[one.meeting_id] += 1
            if one.is_complete:
                complete[person].add(one.meeting_id)
    for row in session.execute(
        select(Meeting.id, Meeting.title, Meeting.starts_at, Meeting.held_from, Meeting.place,
               Meeting.training_id, Meeting.state)
                               .where(Meeting.deleted.is_not(True),
                                      Meeting.training_id.is_not(None))):
        starts = stored_moment(row.held_from) or stored_moment(row.starts_at)
        past = starts is not None and starts.date() <= today and not is_planned(row.state)
        if past:
            held[row.training_id].add(row.id)
        sessions[row.training_id].append(
            SessionRow(row.id, row.title or "", starts.date() if starts else None,
                       row.place or "", present[row.id], past))
    rows = [TrainingRow(one.id, one.title or "", one.audience or "", one.trainer or "",
                        one.content or "", one.refresh_months,
                        tuple(
                            sorted(sessions[one.id], key=lambda s: s.on or date.max, reverse=True)),
                        sum(bool(held[one.id]) and held[one.id] <= own
                            for own in complete.values()))
            for one in session.scalars(select(Training).where(Training.deleted.is_not(True)))]
    return sorted(rows, key=lambda row: sort_key(row.title))
