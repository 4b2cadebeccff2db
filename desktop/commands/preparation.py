"""Preparing a meeting from those before it: what is taken up, the same as last time, an agenda for
its kind."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import N_, _
from desktop.base.text import fold
from desktop.commands.meetings import add_agenda_item, create_meeting, expect_people, order_after
from desktop.models.meetings import AgendaItem, Attendance, Meeting
from desktop.models.record import beside, derived_id
from desktop.queries.carry_over import Proposal
from desktop.queries.documents.minutes import neighbour

USUAL: dict[str, tuple[tuple[str, int, str], ...]] = {
    "": ((N_("Approval of the previous minutes"), 5, "decision"),
         (N_("Follow-up of the actions"), 15, "information"),
         (N_("Other business and next meeting"), 10, "echange")),
    "pleniere": ((N_("Approval of the previous minutes"), 5, "decision"),
                 (N_("News of the members"), 15, "information"),
                 (N_("Follow-up of the plan of actions"), 20, "information"),
                 (N_("Observatory: what the figures say"), 20, "echange"),
                 (N_("Commitments of the charter"), 15, "echange"),
                 (N_("Other business and next meeting"), 10, "echange")),
    "copil": ((N_("Approval of the previous minutes"), 5, "decision"),
              (N_("Results and indicators of the plan"), 25, "information"),
              (N_("Validation of the funded actions"), 25, "decision"),
              (N_("Budget and calendar"), 20, "decision"),
              (N_("Other business and next meeting"), 10, "echange")),
    "formation": ((N_("Welcome and expectations"), 20, "echange"),
                  (N_("Legal landmarks"), 60, "information"),
                  (N_("Practice on situations"), 75, "echange"),
                  (N_("Review and what comes next"), 20, "echange")),
    "atelier": ((N_("Framework and aim"), 10, "information"), (N_("Work in groups"), 60, "echange"),
                (N_("What each group found"), 25, "echange"), (N_("What follows"), 15, "decision")),
}
"""A usual agenda by kind of meeting: title, minutes, kind of point. The empty kind stands for all
others."""


def take_up(session: Session, meeting_id: uuid.UUID, proposal: Proposal) -> uuid.UUID:
    """Put what is proposed at the end of the agenda, with its reason."""
    item_id = _carried_id(meeting_id, proposal)
    item = session.get(AgendaItem, item_id)
    if item is None:
        item = AgendaItem(id=item_id, meeting_id=meeting_id, carried_record_id=proposal.record_id)
        session.add(item)
    item.deleted = None if item.deleted is None else False
    item.title, item.minutes, item.kind = proposal.title, proposal.minutes, "echange"
    item.carried_reason = proposal.reason
    item.carried_from_id = proposal.record_id if proposal.kind == "agenda_item" else None
    item.order = order_after(_last_order(session, meeting_id, item_id))
    return item_id


def leave_out(session: Session, meeting_id: uuid.UUID, proposal: Proposal) -> None:
    """Do not propose this to this meeting again; the next one is asked afresh."""
    item_id = _carried_id(meeting_id, proposal)
    if session.get(AgendaItem, item_id) is None:
        session.add(
            AgendaItem(id=item_id, meeting_id=meeting_id, carried_record_id=proposal.record_id,
                       title=proposal.title, deleted=True))


def _carried_id(meeting_id: uuid.UUID, proposal: Proposal) -> uuid.UUID:
    return beside(derived_id("agenda_item", meeting_id, proposal.record_id), meeting_id)


def _last_order(session: Session, meeting_id: uuid.UUID, besides: uuid.UUID) -> str | None:
    with session.no_autoflush:
        rows = session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == meeting_id,
                                                        AgendaItem.deleted.is_not(True))).all()
    known = [*rows, *(one for one in session.new
                      if isinstance(one, AgendaItem) and one.meeting_id == meeting_id)]
    return max((item.order or "" for item in known if item.id != besides), default=None)


def reorder(session: Session, meeting_id: uuid.UUID, items: Sequence[uuid.UUID]) -> None:
    """Put the points of an agenda in this order; those not named come after, as they stood."""
    rows = {row.id: row for row in session.scalars(select(AgendaItem).where(
        AgendaItem.meeting_id == meeting_id, AgendaItem.deleted.is_not(True)))}
    rest = sorted((row for row in rows.values() if row.id not in items),
                  key=lambda row: (row.order or "", row.id))
    for place, row in enumerate([*(rows[item] for item in items if item in rows), *rest], 1):
        order = f"{place * 10:04d}"
        if row.order != order:
            row.order = order


def like_last_time(session: Session, meeting_id: uuid.UUID) -> int:
    """Take over place, length, people and agenda of the previous meeting of the group; how many
    points came.

    What is already said of this meeting stays.
    """
    meeting = _meeting(session, meeting_id)
    session.flush()
    last = neighbour(session, meeting, later=False)
    if last is None:
        raise AppError(_("This group has held no meeting before."),
                       _("Choose its group, or write the agenda."))
    for name in ("place", "link", "animator_id", "secretary_id", "quorum", "quorum_remote", "kind"):
        if getattr(meeting, name) in (None, ""):
            setattr(meeting, name, getattr(last, name))
    if not meeting.ends_at and last.starts_at and last.ends_at and meeting.starts_at:
        length = datetime.fromisoformat(last.ends_at) - datetime.fromisoformat(last.starts_at)
        meeting.ends_at = (datetime.fromisoformat(meeting.starts_at)
                           + length).isoformat(timespec="minutes")
    expect_people(session, meeting_id,
                  [person for person in session.scalars(select(Attendance.person_id).where(
                      Attendance.meeting_id == last.id, Attendance.deleted.is_not(True)))
                   if person is not None])
    items = session.scalars(select(AgendaItem).where(
        AgendaItem.meeting_id == last.id, AgendaItem.deleted.is_not(True),
        AgendaItem.carried_record_id.is_(None))
        .order_by(AgendaItem.order, AgendaItem.id)).all()
    return _add_points(session, meeting_id,
                       [(item.title or "", item.minutes or 0, item.kind or "information",
                         item.presenter_id) for item in items])


def usual_agenda(session: Session, meeting_id: uuid.UUID) -> int:
    """Write the usual agenda of this kind of meeting; how many points came."""
    kind = _meeting(session, meeting_id).kind or ""
    return _add_points(session, meeting_id, [(_(title), minutes, of, None) for title, minutes, of in
                                             USUAL.get(kind, USUAL[""])])


def _add_points(session: Session, meeting_id: uuid.UUID,
                points: Sequence[tuple[str, int, str, uuid.UUID | None]]) -> int:
    session.flush()
    known = {fold(title or "") for title in session.scalars(select(AgendaItem.title).where(
        AgendaItem.meeting_id == meeting_id, AgendaItem.deleted.is_not(True)))}
    added = [point for point in points if fold(point[0]) not in known]
    for title, minutes, kind, presenter in added:
        add_agenda_item(session, meeting_id, title, minutes=minutes, kind=kind,
                        presenter_id=presenter)
        session.flush()
    return len(added)


def prepare_next(session: Session, meeting_id: uuid.UUID, today: date) -> uuid.UUID:
    """Return the next meeting of the group: at the same hour, after as long as between the last
    two; like this one."""
    meeting = _meeting(session, meeting_id)
    if not meeting.starts_at:
        raise AppError(_("This meeting has no date."))
    start = datetime.fromisoformat(meeting.starts_at)
    before = neighbour(session, meeting, later=False)
    weeks = 4
    if before is not None and before.starts_at:
        weeks = max(1, round((start - datetime.fromisoformat(before.starts_at)).days / 7))
    while start.date() <= max(today, date.fromisoformat(meeting.starts_at[:10])):
        start += timedelta(weeks=min(weeks, 53))
    made = create_meeting(session, group_id=meeting.group_id, title=meeting.title or "",
                          kind=meeting.kind or "autre",
                          starts_at=start.isoformat(timespec="minutes"))
    if meeting.group_id is not None:
        session.flush()
        like_last_time(session, made)
    return made


def _meeting(session: Session, meeting_id: uuid.UUID) -> Meeting:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise AppError(_("There is no record with the id {id}.").format(id=meeting_id))
    return meeting
