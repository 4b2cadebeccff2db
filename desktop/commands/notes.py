"""Writing notes: the text as it should be, kept as the smallest update; restricted lines in blocks
of their own."""

import uuid
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from desktop.base.clock import stamp_writer
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.ids import new_id
from desktop.commands.actions import create_action
from desktop.commands.meetings import add_decision
from desktop.models.actions import Action, FollowUp
from desktop.models.changes import author_of
from desktop.models.channels import audience_in
from desktop.models.local import Pending
from desktop.models.meetings import Decision, Meeting, NoteBlock, NoteUpdate
from desktop.models.note_lines import lines_of, sign_of, taken_apart
from desktop.models.notes import Embed, Segment, edit, mark
from desktop.models.record import COMMON, STAMP, beside, derived_id, fields_of, group_of, in_channel
from desktop.models.states import ActionState, MeetingState
from desktop.queries.meetings.notes import apart_of, common_id, marks
from desktop.queries.records import find_record

Known = Mapping[uuid.UUID, frozenset[uuid.UUID]]
"""By block, the updates on which what was typed stands."""

FROZEN = (MeetingState.VALIDATED, MeetingState.ARCHIVED)
"""The states of a meeting whose notes stay as they are."""


def ensure_block(session: Session, meeting_id: uuid.UUID, agenda_item_id: uuid.UUID | None = None,
                 audience: str = COMMON) -> uuid.UUID:
    """Return the block of notes of an agenda item (or of the whole meeting) for an audience; made
    where there is none.

    Its id is derived, so that two secretaries who begin at once write in the same block.
    """
    channel = _channel_for(session.get(Meeting, meeting_id), audience)
    block_id = (common_id(meeting_id, agenda_item_id) if audience == COMMON else
                in_channel(derived_id("note_block", meeting_id, agenda_item_id or "", audience),
                           channel))
    block = session.get(NoteBlock, block_id)
    if block is None:
        session.add(NoteBlock(id=block_id, channel=audience, meeting_id=meeting_id,
                              agenda_item_id=agenda_item_id,
                              audience=audience, kind="texte", order="m"))
    elif block.deleted:
        block.deleted = False
    return block_id


def write_notes(session: Session, meeting_id: uuid.UUID, agenda_item_id: uuid.UUID | None,
                whole: Sequence[Segment],
                known: Known | None = None) -> Known:
    """Make the notes of an agenda item say `whole`, where a line that begins with `~` or `?` is
    kept apart.

    `known` tells what the writer saw, block by block: what came meanwhile from another device stays
    and is merged. Returns the same for the next edit. AppError where the minutes are validated.
    """
    meeting = session.get(Meeting, meeting_id)
    if meeting is not None and meeting.state in FROZEN:
        raise AppError(_("These minutes are validated: their notes no longer change."),
                       _("Begin a correction in the follow-up of the meeting."))
    common = ensure_block(session, meeting_id, agenda_item_id)
    session.flush()
    before = [one for one in apart_of(session, meeting_id, agenda_item_id)
              if known is None or one.id in known]
    text, placed = taken_apart(whole, before,
                               lambda audience: in_channel(new_id(),
                                                           _channel_for(meeting, audience)))
    text = _in_channel(session, text, meeting, COMMON)
    after: dict[uuid.UUID, frozenset[uuid.UUID]] = {}
    untouched = {one.id: one.segments for one in before}
    for one in placed:
        if known is not None and one.id in known and untouched.get(one.id) == one.segments:
            after[one.id] = known[one.id]
            continue
        block = session.get(NoteBlock, one.id)
        if block is None:
            session.add(NoteBlock(id=one.id, channel=one.audience, meeting_id=meeting_id, order="m",
                                  agenda_item_id=agenda_item_id, audience=one.audience,
                                  kind=one.kind))
            session.flush()
        segments = _in_channel(session, one.segments, meeting, one.audience)
        after[one.id] = _write(session, one.id, segments, (known or {}).get(one.id))[1]
    kept = {one.id for one in placed}
    for gone in before:
        block = session.get(NoteBlock, gone.id)
        if gone.id not in kept and block is not None:
            block.deleted = True
    after[common] = _write(session, common, text,
                           known.get(common, frozenset()) if known is not None else None)[1]
    return after


def _in_channel(session: Session, segments: Sequence[Segment], meeting: Meeting | None,
                audience: str) -> list[Segment]:
    """Return the same text; an action or a decision that stood in a line for others moves to the
    channel of its line now.

    A channel is fixed for life: it is written anew there, and what it said is erased where it was.
    """
    found: list[Segment] = []
    channel = _channel_for(meeting, audience)
    for part in segments:
        cls = ({"action": Action, "decision": Decision}.get(part.kind) if isinstance(part, Embed)
               else None)
        record = session.get(cls, part.id) if cls is not None and isinstance(part, Embed) else None
        if record is None or record.channel == channel or not isinstance(part, Embed):
            found.append(part)
            continue
        made = in_channel(derived_id(part.kind, record.id, channel), channel)
        values = {f.name: getattr(record, f.name) for f in fields_of(type(record))
                  if f.name not in ("deleted", "created_by_id")}
        known = session.get(type(record), made)
        if known is None:
            session.add(type(record)(id=made, channel=channel, **values))
        else:
            for name, value in (values | {"deleted": False}).items():
                setattr(known, name, value)
        for name in values:
            setattr(record, name, None)
        record.deleted = True
        session.flush()
        for step in session.scalars(select(FollowUp).where(FollowUp.action_id == record.id)).all():
            _move_step(session, step, made)
        found.append(Embed(part.kind, made))
    return found


def _channel_for(meeting: Meeting | None, audience: str) -> str:
    """Where a line of this audience travels: in a confidential group nothing leaves the group,
    whatever its sign."""
    return (meeting.channel if meeting is not None and group_of(meeting.channel) is not None
            else audience)


def _move_step(session: Session, step: FollowUp, action_id: uuid.UUID) -> None:
    """Move a follow-up as its action: it is written anew with the one that took its place, and
    emptied where it was."""
    session.add(FollowUp(id=beside(derived_id("follow_up", step.id, action_id), action_id),
                         action_id=action_id, on=step.on,
                         text=step.text, progress=step.progress, deleted=step.deleted))
    step.on = step.text = step.progress = None
    step.deleted = True


def write_note(session: Session, block_id: uuid.UUID, segments: Sequence[Segment]) -> bool:
    """Make one block say `segments`; whether anything changed. AppError where the block is not
    there."""
    return _write(session, block_id, segments, None)[0]


def _write(session: Session, block_id: uuid.UUID, segments: Sequence[Segment],
           known: frozenset[uuid.UUID] | None) -> tuple[bool, frozenset[uuid.UUID]]:
    block = session.get(NoteBlock, block_id)
    if block is None:
        raise AppError(_("There is no record with the id {id}.").format(id=block_id))
    fitting = (COMMON, audience_in(block.channel, block.audience))
    if any(sign_of(line)[0] not in fitting for line in lines_of(segments)):
        # The last door before the channel of all.
        raise AppError(_("A restricted line does not belong in the notes that everyone receives."))
    session.flush()
    stamp = getattr(NoteUpdate, "data" + STAMP)
    rows = session.scalars(select(NoteUpdate).options(undefer(stamp)).where(
        NoteUpdate.block_id == block_id, NoteUpdate.data.is_not(None))
                           .order_by(NoteUpdate.id)).all()
    if known is not None:
        # Under a known id, another writer may have put what was not seen here: after a copy, or a
        # restored backup.
        own = author_of(session).writer
        rows = [row for row in rows if mark(row.data or b"") in known
                or (row.id in known and stamp_writer(getattr(row, stamp.key)) == own)]
    waiting = set(session.scalars(select(Pending.record_id).where(
        Pending.kind == NoteUpdate.kind_name(),
        Pending.record_id.in_([row.id.bytes for row in rows]))))
    unsealed = [row for row in rows if row.id.bytes in waiting]
    left = {row.id for row in unsealed}
    data = edit([row.data for row in rows if row.id not in left and row.data is not None],
                [row.data for row in unsealed if row.data is not None], list(segments))
    if data is None:
        return False, _marks(rows)
    if not unsealed:
        row = NoteUpdate(block_id=block_id, channel=block.channel, generation=0, data=data)
        session.add(row)
        session.flush()
        return True, _marks([*rows, row])
    # One update stands for everything typed since the last package: what was removed meanwhile
    # never leaves.
    unsealed[0].data = data
    for row in unsealed[1:]:
        row.data = None
    return True, _marks(rows)


def _marks(rows: Iterable[NoteUpdate]) -> frozenset[uuid.UUID]:
    return marks((row.id, row.data) for row in rows if row.data is not None)


def record_from_line(session: Session, meeting_id: uuid.UUID, agenda_item_id: uuid.UUID | None,
                     kind: str, title: str,
                     channel: str, owner_id: uuid.UUID | None = None,
                     due_on: str | None = None) -> uuid.UUID:
    """Return the action or decision that a line of the notes is; what was text again for a while
    takes its history back.

    `channel`: that of the line's audience.
    """
    session.flush()
    channel = _channel_for(session.get(Meeting, meeting_id), channel)
    if kind == "action":
        action = session.scalars(select(Action).where(
            Action.meeting_id == meeting_id, Action.deleted.is_(True), Action.channel == channel,
            Action.title == title.strip())).first()
        if action is not None:
            action.deleted = False
            action.owner_id, action.due_on = owner_id or action.owner_id, due_on or action.due_on
            return action.id
    else:
        decision = session.scalars(select(Decision).where(
            Decision.meeting_id == meeting_id, Decision.deleted.is_(True),
            Decision.channel == channel,
            Decision.text == title.strip())).first()
        if decision is not None:
            decision.deleted = False
            return decision.id
        return add_decision(session, meeting_id, title, agenda_item_id, channel=channel)
    return create_action(session, title, owner_id=owner_id, due_on=due_on, meeting_id=meeting_id,
                         agenda_item_id=agenda_item_id, channel=channel)


def turn_record(session: Session, record_id: uuid.UUID, into: str) -> tuple[uuid.UUID | None, str]:
    """Make an action a decision, a decision an action, or either plain text: the id of what it is
    now, and its words.

    What it was goes to the bin with its history, and comes back from there when it is turned again.
    """
    record = find_record(session, record_id)
    if not isinstance(record, Action | Decision):
        raise AppError(_("Only an action or a decision can be turned into something else."))
    words = (record.title if isinstance(record, Action) else record.text) or ""
    record.deleted = True
    if into == "text" or record.meeting_id is None:
        return None, words
    back = session.scalars(select(Action if into == "action" else Decision).where(
        (Action if into == "action" else Decision).meeting_id == record.meeting_id,
        (Action if into == "action" else Decision).deleted.is_(True)))
    before = next((one for one in back
                   if beside(derived_id(record.kind_name(), one.id), one.id) == record.id), None)
    made = before.id if before is not None else beside(derived_id(into, record.id), record.id)
    known = session.get(Action if into == "action" else Decision, made)
    if known is not None:
        known.deleted = False
        if isinstance(known, Action):
            known.title = words
        elif isinstance(known, Decision):
            known.text = words
    elif into == "action":
        session.add(Action(id=made, channel=record.channel, meeting_id=record.meeting_id,
                           title=words, state=ActionState.PROPOSED,
                           agenda_item_id=record.agenda_item_id))
    else:
        add_decision(session, record.meeting_id, words, record.agenda_item_id,
                     channel=record.channel, record_id=made)
    return made, words
