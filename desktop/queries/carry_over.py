"""What the next meeting of a group may take up from those before it, each with its reason."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.base.dates.french import long_date
from desktop.base.dates.stored import stored_day
from desktop.base.i18n import _
from desktop.models.actions import Action
from desktop.models.meetings import AgendaItem, Decision, Meeting, NoteBlock
from desktop.models.record import COMMON
from desktop.models.states import ActionState, MeetingState
from desktop.queries.documents.minutes import neighbour
from desktop.queries.follow_up import open_points
from desktop.queries.meetings.notes import blocks_of
from desktop.queries.names import person_name

_MONTHS_BACK = timedelta(days=400)
_HELD = (MeetingState.IN_SESSION, MeetingState.MINUTES_DRAFT, MeetingState.VALIDATED,
         MeetingState.ARCHIVED,
         MeetingState.CORRECTION)


@dataclass(frozen=True)
class Proposal:
    """Something to take up: an open point, what was postponed or not reached, an open action."""

    record_id: uuid.UUID
    kind: str
    title: str
    reason: str
    minutes: int = 10


def proposals_for(session: Session, meeting_id: uuid.UUID) -> list[Proposal]:
    """Return what a meeting may take up and has neither taken up nor left out; nothing without a
    group or a date."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.group_id is None or not meeting.starts_at:
        return []
    decided = set(session.scalars(select(AgendaItem.carried_record_id).where(
        AgendaItem.meeting_id == meeting_id, AgendaItem.carried_record_id.is_not(None))))
    found = [*_points(session, meeting), *_postponed(session, meeting), *_actions(session, meeting)]
    return [one for one in found if one.record_id not in decided]


def _points(session: Session, meeting: Meeting) -> list[Proposal]:
    start = stored_day(meeting.starts_at)
    since = (start - _MONTHS_BACK).isoformat() if start else ""
    rows = session.execute(
        select(Meeting.id, Meeting.starts_at).join(NoteBlock, NoteBlock.meeting_id == Meeting.id)
        .where(Meeting.group_id == meeting.group_id, Meeting.starts_at < meeting.starts_at,
               Meeting.starts_at >= since,
               Meeting.deleted.is_not(True), NoteBlock.kind == "question",
               NoteBlock.deleted.is_not(True))
        .distinct().order_by(Meeting.starts_at.desc()))
    return [Proposal(point.id, "note_block", point.text,
                     _("Open point of {date}").format(date=_day_words(starts)))
            for earlier, starts in rows for point in open_points(session, [earlier])
            if point.settled_on is None]


def _postponed(session: Session, meeting: Meeting) -> list[Proposal]:
    previous = neighbour(session, meeting, later=False)
    if previous is None or previous.state not in _HELD:
        return []
    on = _day_words(previous.starts_at)
    put_off = set(session.scalars(select(Decision.agenda_item_id).where(
        Decision.meeting_id == previous.id, Decision.how == "report",
        Decision.deleted.is_not(True))))
    reached = {block.agenda_item_id for block in blocks_of(session, previous.id) if block.segments}
    reached |= set(session.scalars(select(Decision.agenda_item_id).where(
        Decision.meeting_id == previous.id, Decision.deleted.is_not(True))))
    items = session.scalars(select(AgendaItem).where(
        AgendaItem.meeting_id == previous.id, AgendaItem.deleted.is_not(True))
                            .order_by(AgendaItem.order, AgendaItem.id))
    found = []
    for item in items:
        reason = (_("Postponed on {date}") if item.id in put_off else
                  "" if item.id in reached else _("Not reached on {date}"))
        if reason:
            found.append(Proposal(item.id, "agenda_item", item.title or "", reason.format(date=on),
                                  item.minutes or 10))
    return found


def _actions(session: Session, meeting: Meeting) -> list[Proposal]:
    rows = session.scalars(
        select(Action).join(Meeting, Meeting.id == Action.meeting_id)
        .where(Meeting.group_id == meeting.group_id, Meeting.starts_at < meeting.starts_at,
               Action.deleted.is_not(True),
               Action.channel.in_((COMMON, meeting.channel)),
               Action.state.not_in((ActionState.DONE, ActionState.GIVEN_UP)),
               or_(Action.due_on.is_(None), Action.due_on <= (meeting.starts_at or "")[:10]))
        .order_by(Action.due_on.is_(None), Action.due_on, Action.id).limit(40))
    found = []
    for action in rows:
        due = stored_day(action.due_on)
        who = person_name(session, action.owner_id) or _("without owner")
        reason = (_("Open action: {who}, due on {date}")
                  .format(who=who, date=long_date(due, weekday=False)) if due else
                  _("Open action: {who}, without date").format(who=who))
        found.append(Proposal(action.id, "action", action.title or "", reason, 5))
    return found


def _day_words(starts_at: str | None) -> str:
    on: date | None = stored_day(starts_at)
    return long_date(on, weekday=False) if on else ""
