"""The secretary's gestures: prepare a meeting, tick people, decide."""

import secrets
import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.directory import person_named
from desktop.commands.numbering import next_number
from desktop.commands.records import add_record
from desktop.models.authority import Verb, may
from desktop.models.changes import author_of
from desktop.models.directory import Membership
from desktop.models.meetings import AgendaItem, Attendance, Meeting
from desktop.models.record import beside, derived_id
from desktop.models.states import AttendanceState, MeetingState
from desktop.queries.person_aliases import alias_map, all_of, canonical_id

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def create_meeting(session: Session, *, group_id: uuid.UUID | None, title: str, kind: str,
                   starts_at: str,
                   ends_at: str | None = None, place: str = "",
                   animator_id: uuid.UUID | None = None,
                   secretary_id: uuid.UUID | None = None, quorum: int | None = None,
                   quorum_remote: bool | None = None, link: str = "",
                   training_id: uuid.UUID | None = None,
                   expect_members: bool = True) -> uuid.UUID:
    """Make a meeting (times are local, ISO 8601 to the minute), with the members of the group
    expected."""
    if ends_at and datetime.fromisoformat(ends_at) < datetime.fromisoformat(starts_at):
        raise AppError(_("The meeting ends before it starts."), _("Check its times."))
    meeting_id = add_record(session, "meeting", {
        "group_id": group_id, "title": title.strip(), "kind": kind, "starts_at": starts_at,
        "ends_at": ends_at,
        "place": place, "state": MeetingState.DRAFT, "animator_id": animator_id, "quorum": quorum,
        "quorum_remote": quorum_remote, "link": link, "training_id": training_id,
        "secretary_id": secretary_id or author_of(session).person_id,
        "code": "".join(secrets.choice(_LETTERS) for _unused in range(4)),
    })
    if expect_members and group_id is not None:
        expect_people(session, meeting_id, members_of(session, group_id, starts_at[:10]))
    return meeting_id


def members_of(session: Session, group_id: uuid.UUID, on: str) -> list[uuid.UUID]:
    """Return the people who are members of a group on a day."""
    rows = session.scalars(select(Membership).where(
        Membership.group_id == group_id, Membership.deleted.is_not(True),
        Membership.person_id.is_not(None)))
    known = alias_map(session)
    return list(dict.fromkeys(
        known.get(m.person_id, m.person_id) for m in rows
        if m.person_id and (not m.since or m.since <= on) and (not m.until or m.until >= on)))


def _attendance_id(meeting_id: uuid.UUID, person_id: uuid.UUID) -> uuid.UUID:
    return beside(derived_id("attendance", meeting_id, person_id), meeting_id)


def expect_people(session: Session, meeting_id: uuid.UUID, people: list[uuid.UUID]) -> None:
    """Expect these people at a meeting; those on its list stay as they are, those taken off it are
    expected again."""
    for person_id in people:
        row_id = _attendance_id(meeting_id, person_id)
        known = session.get(Attendance, row_id)
        if known is not None and known.deleted:
            known.deleted, known.state = False, AttendanceState.EXPECTED
        elif known is None:
            session.add(Attendance(id=row_id, meeting_id=meeting_id, person_id=person_id,
                                   state=AttendanceState.EXPECTED))


def expect_group(session: Session, meeting_id: uuid.UUID) -> int:
    """Expect all who belong to the group of a meeting on its day; return how many were not expected
    yet, 0 where it has no group."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.group_id is None:
        return 0
    there = set(session.scalars(select(Attendance.person_id).where(
        Attendance.meeting_id == meeting_id, Attendance.deleted.is_not(True))))
    wanted = [person for person in members_of(session, meeting.group_id,
                                              (meeting.starts_at or "")[:10])
              if person not in there]
    expect_people(session, meeting_id, wanted)
    return len(wanted)


def mark_attendance(session: Session, meeting_id: uuid.UUID, person_id: uuid.UUID, state: str, *,
                    represented_by_id: uuid.UUID | None = None, arrived_at: str | None = None,
                    left_at: str | None = None, signed: bool | None = None) -> None:
    """Set how a person takes part; whoever was not expected is added to the list. `signed`: read on
    the paper."""
    entries, person_id = all_of(session, person_id), canonical_id(session, person_id)
    for double in entries - {person_id}:
        other = session.get(Attendance, _attendance_id(meeting_id, double))
        if other is not None and not other.deleted:
            # One person, ticked once.
            other.deleted = True
    row_id = _attendance_id(meeting_id, person_id)
    row = session.get(Attendance, row_id)
    if row is None:
        row = Attendance(id=row_id, meeting_id=meeting_id, person_id=person_id)
        session.add(row)
    if row.deleted:
        row.deleted = False
    row.state = state
    row.represented_by_id = represented_by_id
    row.arrived_at = arrived_at
    row.left_at = left_at
    if signed is not None:
        row.signed_on_paper = signed


def add_walk_in(session: Session, meeting_id: uuid.UUID, given_name: str, family_name: str,
                organisation_name: str = "") -> uuid.UUID:
    """Someone who came unannounced: person and organisation made where they are not known, and
    marked present."""
    person = person_named(session, given_name, family_name, organisation_name)
    mark_attendance(session, meeting_id, person, AttendanceState.PRESENT)
    return person


def add_agenda_item(session: Session, meeting_id: uuid.UUID, title: str, *,
                    minutes: int | None = None,
                    kind: str = "information", presenter_id: uuid.UUID | None = None) -> uuid.UUID:
    """Return a point at the end of the agenda; `minutes` is how long it should take."""
    session.flush()
    last = session.scalar(select(func.max(AgendaItem.order))
                          .where(AgendaItem.meeting_id == meeting_id))
    return add_record(session, "agenda_item", {
        "meeting_id": meeting_id, "title": title.strip(), "minutes": minutes, "kind": kind,
        "presenter_id": presenter_id, "order": order_after(last)})


def order_after(last: str | None) -> str:
    """Return a fractional index after `last`: four figures, so that there is room between any
    two."""
    return f"{int((last or '0')[:4]) + 10:04d}"


def convene(session: Session, meeting_id: uuid.UUID, today: date) -> None:
    """Note that the convocation went out: once, on the day of the first."""
    meeting = _meeting(session, meeting_id)
    if meeting.state == MeetingState.DRAFT:
        meeting.state = MeetingState.CONVENED
    if not meeting.convened_on:
        meeting.convened_on = today.isoformat()


def start_meeting(session: Session, meeting_id: uuid.UUID, now: datetime, *,
                  today: bool | None = None) -> None:
    """Begin the séance. `today`: it is held from now, or else as planned, where somebody was
    asked."""
    meeting = _meeting(session, meeting_id)
    meeting.state = MeetingState.IN_SESSION
    meeting.started_at = meeting.started_at or now.isoformat(timespec="minutes")
    if today is not None:
        meeting.held_from = now.isoformat(timespec="minutes") if today else meeting.starts_at
        meeting.held_until = None if today else meeting.ends_at


def end_meeting(session: Session, meeting_id: uuid.UUID, now: datetime) -> None:
    """End the séance; the minutes are a draft from now on."""
    meeting = _meeting(session, meeting_id)
    meeting.state = MeetingState.MINUTES_DRAFT
    meeting.ended_at = now.isoformat(timespec="minutes")


def _meeting(session: Session, meeting_id: uuid.UUID) -> Meeting:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise AppError(_("There is no record with the id {id}.").format(id=meeting_id))
    return meeting


def add_decision(session: Session, meeting_id: uuid.UUID, text: str,
                 agenda_item_id: uuid.UUID | None = None,
                 how: str = "consensus", channel: str | None = None,
                 record_id: uuid.UUID | None = None) -> uuid.UUID:
    """Return a decision of this meeting, with a number that stays provisional until the minutes are
    validated.

    Without a number where this computer may give none.
    """
    meeting = _meeting(session, meeting_id)
    order, number = next_number(session, meeting)
    given: dict[str, Any] = {"id": str(record_id)} if record_id is not None else {}
    if may(author_of(session).roles, "decision", Verb.CREATE, ["number"]):
        given["number"] = number
    return add_record(session, "decision", given | {
        "meeting_id": meeting_id, "agenda_item_id": agenda_item_id, "text": text.strip(),
        "how": how,
        "order": order}, channel)
