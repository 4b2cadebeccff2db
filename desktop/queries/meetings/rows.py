"""What the meeting screens show: the list, one meeting with its agenda, its roll-call, its
decisions."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.base.dates.stored import stored_moment
from desktop.base.text import sort_key
from desktop.models.directory import Group, Organisation, Person
from desktop.models.half_days import HalfDay, half_days
from desktop.models.meetings import AgendaItem, Attendance, Decision, Meeting, Sheet
from desktop.models.record import group_of
from desktop.models.states import AttendanceState, MeetingState, counts_for_quorum
from desktop.queries.meetings.held import HELD, held_times
from desktop.queries.meetings.numbers import shown_numbers
from desktop.queries.names import display_name, names_with, organisation_names
from desktop.queries.person_aliases import alias_map, deduplicate, people_with

THERE = (AttendanceState.PRESENT, AttendanceState.REMOTE)
COUNTED = (AttendanceState.PRESENT, AttendanceState.REMOTE, AttendanceState.REPRESENTED)


@dataclass(frozen=True)
class MeetingRow:
    """One line of the list of meetings."""

    id: uuid.UUID
    title: str
    kind: str
    group: str
    starts_at: datetime | None
    place: str
    state: str
    there: int
    expected: int
    confidential: bool = False
    """Read by its group alone."""


@dataclass(frozen=True)
class AgendaRow:
    """One point of the agenda."""

    id: uuid.UUID
    order: str
    title: str
    minutes: int
    kind: str
    presenter_id: uuid.UUID | None
    presenter: str
    carried_reason: str


@dataclass(frozen=True)
class AttendanceRow:
    """One person of the roll-call; `number` is that of the paper, from 1."""

    id: uuid.UUID
    number: int
    person_id: uuid.UUID
    given_name: str
    family_name: str
    organisation: str
    function: str
    state: str
    represented_by_id: uuid.UUID | None
    represented_by: str
    arrived_at: str
    left_at: str
    signed: bool = False
    followed: int = 0
    """The half-days followed, in a training that has several."""

    @property
    def name(self) -> str:
        """NOM Prénom."""
        return display_name(self.given_name, self.family_name)


@dataclass(frozen=True)
class DecisionRow:
    """One decision with its number and where it was taken."""

    id: uuid.UUID
    number: str
    text: str
    how: str
    agenda_item_id: uuid.UUID | None
    meeting: str
    meeting_id: uuid.UUID | None = None
    on: datetime | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstained: int | None = None


@dataclass(frozen=True)
class MeetingDetail:
    """One meeting as its screen shows it."""

    id: uuid.UUID
    title: str
    kind: str
    group_id: uuid.UUID | None
    group: str
    starts_at: datetime | None
    ends_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    place: str
    link: str
    animator_id: uuid.UUID | None
    animator: str
    secretary_id: uuid.UUID | None
    secretary: str
    quorum: int
    quorum_remote: bool
    state: str
    agenda: tuple[AgendaRow, ...]
    attendance: tuple[AttendanceRow, ...]
    confidential: bool = False
    """Read by its group alone."""
    held_from: datetime | None = None
    held_until: datetime | None = None
    """When it was held, as its minutes say: as planned where nobody gave anything else."""

    @property
    def half_days(self) -> tuple[HalfDay, ...]:
        """The half-days of a training that has several: each has its own roll-call."""
        found = half_days(self.held_from, self.held_until) if self.kind == "formation" else []
        return tuple(found) if len(found) > 1 else ()

    @property
    def counted(self) -> int:
        """How many count for the quorum: present, represented, and remote where the rule allows."""
        return sum(counts_for_quorum(row.state, self.quorum_remote) for row in self.attendance)


def meetings_of(session: Session) -> list[MeetingRow]:
    """Every meeting, the latest first."""
    return _listed(session, select(Meeting.id).order_by(HELD.desc()))


def meetings_from(session: Session, start: datetime, count: int) -> list[MeetingRow]:
    """Return the next meetings that begin at `start` or after, the soonest first; one of several
    days until its last."""
    return _listed(session, select(Meeting.id).where(_not_over(start)).order_by(Meeting.starts_at)
                   .limit(count))


def meetings_between(session: Session, start: datetime, end: datetime,
                     count: int) -> list[MeetingRow]:
    """Return the last meetings that began at `start` or after and were over before `end`, the
    latest first."""
    return _listed(session, select(Meeting.id)
                   .where(Meeting.starts_at >= _text_of(start), not_(_not_over(end)))
                   .order_by(Meeting.starts_at.desc()).limit(count))


def _not_over(start: datetime) -> ColumnElement[bool]:
    return or_(Meeting.starts_at >= _text_of(start),
               func.coalesce(Meeting.ends_at, "") >= _text_of(start))


def _text_of(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _listed(session: Session, wanted: Select[Any]) -> list[MeetingRow]:
    ids = list(session.scalars(wanted.where(Meeting.deleted.is_not(True))))
    counts: dict[uuid.UUID, dict[str, int]] = {}
    counting = (select(Attendance.meeting_id, Attendance.state, func.count())
                .where(Attendance.deleted.is_not(True))
                .group_by(Attendance.meeting_id, Attendance.state))
    reading = (select(Meeting.id, Meeting.title, Meeting.kind, Group.name, HELD, Meeting.place,
                      Meeting.state,
                      Meeting.channel)
               .outerjoin(Group, Group.id == Meeting.group_id))
    if len(ids) < 100:
        counting, reading = counting.where(Attendance.meeting_id.in_(ids)), reading.where(
            Meeting.id.in_(ids))
    for meeting_id, state, count in session.execute(counting):
        if meeting_id is not None:
            states = counts.setdefault(meeting_id, {})
            states[state or AttendanceState.EXPECTED] = states.get(
                state or AttendanceState.EXPECTED, 0) + count
    for meeting_id, state in _told_twice(session):
        if meeting_id in counts:
            counts[meeting_id][state] -= 1
    rows = {}
    for id_, title, kind, group, starts, place, state, channel in session.execute(reading):
        states = counts.get(id_, {})
        rows[id_] = MeetingRow(id_, title or "", kind or "", group or "", stored_moment(starts),
                               place or "",
                               state or MeetingState.DRAFT, sum(states.get(s, 0) for s in COUNTED),
                               sum(states.values()),
                               group_of(channel) is not None)
    return [rows[id_] for id_ in ids]


def _told_twice(session: Session) -> Iterator[tuple[uuid.UUID, str]]:
    """(meeting, state) of the attendances that say of a person what another one, of their other
    entry, says better."""
    known = alias_map(session)
    who, by_meeting = [*{*known, *known.values()}], defaultdict[
        uuid.UUID, list[tuple[uuid.UUID | None, str | None]]](list)
    for start in range(0, len(who), 500):
        for meeting_id, person_id, state in session.execute(
                select(Attendance.meeting_id, Attendance.person_id, Attendance.state).where(
                    Attendance.person_id.in_(who[start:start + 500]),
                    Attendance.deleted.is_not(True))):
            if meeting_id is not None:
                by_meeting[meeting_id].append((person_id, state))
    for meeting, rows in by_meeting.items():
        kept = deduplicate(known, rows, lambda row: row[0], lambda row: row[1])
        for _person, state in (Counter(rows) - Counter(kept)).elements():
            yield meeting, state or AttendanceState.EXPECTED


def agenda_of(session: Session, meeting_id: uuid.UUID) -> list[AgendaRow]:
    """Return the agenda in its order."""
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id,
                                     AgendaItem.deleted.is_not(True))
    items = sorted(session.scalars(query), key=lambda item: (item.order or "", str(item.id)))
    people = names_with(session, (item.presenter_id for item in items))
    return [
        AgendaRow(i.id, i.order or "", i.title or "", i.minutes or 0, i.kind or "", i.presenter_id,
                  people.get(i.presenter_id, "") if i.presenter_id else "", i.carried_reason or "")
            for i in items]


_BY = aliased(Person)
# Asked again at each tick: putting the statement together would take longer than answering it.
_ROLL_CALL = (
    select(Attendance.id, Person.id, Person.given_name, Person.family_name, Organisation.short_name,
           Organisation.name, Person.function, Attendance.state, Attendance.represented_by_id,
           _BY.given_name,
           _BY.family_name, Attendance.arrived_at, Attendance.left_at, Attendance.signed_on_paper)
              .join(Person, Person.id == Attendance.person_id)
              .outerjoin(Organisation, Organisation.id == Person.organisation_id)
              .outerjoin(_BY, _BY.id == Attendance.represented_by_id)
              .where(Attendance.meeting_id == bindparam("meeting"),
                     Attendance.deleted.is_not(True)))
_PRINTED = (select(Sheet.numbers)
            .where(Sheet.meeting_id == bindparam("meeting"), Sheet.deleted.is_not(True))
            .order_by(Sheet.id.desc()).limit(1))


def roll_call_of(session: Session, meeting_id: uuid.UUID) -> list[AttendanceRow]:
    """Everyone expected or come, in alphabetical order."""
    rows = sorted(_roll_call(session, meeting_id),
                  key=lambda row: sort_key(display_name(row[2], row[3])))
    numbers = _numbers_of(session, meeting_id, [row[1] for row in rows])
    return [AttendanceRow(id_, numbers[person_id], person_id, given or "", family or "",
                          short or name or "", function or "",
                          state or AttendanceState.EXPECTED, by_id,
                          display_name(by_given, by_family),
                          arrived or "", left or "", bool(signed))
            for id_, person_id, given, family, short, name, function, state, by_id, by_given,
            by_family, arrived, left, signed in rows]


def _roll_call(session: Session, meeting_id: uuid.UUID) -> list[tuple[Any, ...]]:
    found = [tuple(row) for row in session.execute(_ROLL_CALL, {"meeting": meeting_id})]
    doubles = alias_map(session)
    if not doubles:
        return found
    people = people_with(session, {one for row in found for one in (row[1], row[8]) if one})
    names = organisation_names(session)
    rows = []
    for row in deduplicate(doubles, found, lambda row: row[1], lambda row: row[7]):
        who, by = people[row[1]], people.get(row[8])
        where = names.get(who.organisation_id, "") if who.organisation_id else ""
        rows.append((row[0], who.id, who.given_name, who.family_name, where, "", who.function,
                     row[7], row[8],
                     by.given_name if by else None, by.family_name if by else None, *row[11:]))
    return rows


def _numbers_of(session: Session, meeting_id: uuid.UUID,
                people: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Return the number of each person on the paper: that of the last sheet printed, then those who
    came since, in order."""
    printed = session.scalars(_PRINTED, {"meeting": meeting_id}).first()
    doubles, numbers = alias_map(session) if printed else {}, dict[uuid.UUID, int]()
    for number, person_id in enumerate(map(uuid.UUID, printed or ()), 1):
        numbers.setdefault(doubles.get(person_id, person_id), number)
    after = len(printed or ())
    for person_id in people:
        if person_id not in numbers:
            after += 1
            numbers[person_id] = after
    return numbers


def meeting_detail(session: Session, meeting_id: uuid.UUID) -> MeetingDetail | None:
    """One meeting with its agenda and roll-call; None where it does not exist or is in the bin."""
    m = session.get(Meeting, meeting_id)
    if m is None or m.deleted:
        return None
    names = names_with(session, (m.animator_id, m.secretary_id))
    group = session.get(Group, m.group_id) if m.group_id else None
    return MeetingDetail(
        m.id, m.title or "", m.kind or "", m.group_id, (group.name or "") if group else "",
        stored_moment(m.starts_at),
        stored_moment(m.ends_at), stored_moment(m.started_at), stored_moment(m.ended_at),
        m.place or "", m.link or "",
        m.animator_id, names.get(m.animator_id, "") if m.animator_id else "", m.secretary_id,
        names.get(m.secretary_id, "") if m.secretary_id else "", m.quorum or 0,
        m.quorum_remote is not False,
        m.state or MeetingState.DRAFT,
        tuple(agenda_of(session, meeting_id)), tuple(roll_call_of(session, meeting_id)),
        group_of(m.channel) is not None, *held_times(m))


def decisions_of(session: Session, meeting_id: uuid.UUID | None = None) -> list[DecisionRow]:
    """Return the decisions of one meeting, or all, the latest first."""
    query = select(Decision, Meeting.title,
                   HELD).join(Meeting, Meeting.id == Decision.meeting_id, isouter=True)
    query = query.where(Decision.deleted.is_not(True))
    if meeting_id is not None:
        query = query.where(Decision.meeting_id == meeting_id)
    rows = sorted(session.execute(query), key=lambda row: (row[2] or "", -(row[0].order or 0)),
                  reverse=True)
    numbers = shown_numbers(row[0] for row in rows)
    return [DecisionRow(d.id, numbers[d.id], d.text or "", d.how or "", d.agenda_item_id,
                        title or "", d.meeting_id,
                        stored_moment(start), d.votes_for, d.votes_against, d.votes_abstained)
            for d, title, start in rows]
