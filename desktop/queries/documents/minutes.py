"""The minutes of a meeting for one audience, as plain data that a report can draw."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.dates.stored import stored_day, stored_moment
from desktop.base.i18n import _
from desktop.models.actions import Action
from desktop.models.channels import audience_in, audience_of, may_be_told
from desktop.models.choices import label
from desktop.models.directory import Organisation
from desktop.models.meetings import AgendaItem, Attachment, Decision, Meeting, NoteBlock, NoteUpdate
from desktop.models.note_lines import BLOCK, lines_of, sign_of, without_sign
from desktop.models.notes import Segment, segments_of
from desktop.models.states import ActionState, MinutesState, is_frozen
from desktop.queries.documents.frozen import (
    correction_of,
    frozen_minutes,
    last_number,
    reason_without,
)
from desktop.queries.documents.minutes_data import (
    AUDIENCES,
    SHOWN,
    Audience,
    Minutes,
    MinutesLine,
    Point,
)
from desktop.queries.documents.parts import heading_of, meeting_with, participants_of
from desktop.queries.live import alive
from desktop.queries.meetings.held import held_times
from desktop.queries.meetings.numbers import shown_numbers
from desktop.queries.names import person_name
from desktop.queries.organisation_aliases import canonical_organisation_id


def minutes_of(session: Session, meeting_id: uuid.UUID, audience: Audience,
               today: date) -> Minutes:
    """Return the minutes in force: as they were frozen once they are validated, as the notes stand
    before."""
    meeting = meeting_with(session, meeting_id)
    frozen = frozen_minutes(session, meeting_id, audience) if is_frozen(meeting.state) else None
    if frozen is not None:
        return frozen
    live = live_minutes(session, meeting_id, audience, today)
    if live.reason and audience == "diffusion":
        before = frozen_minutes(session, meeting_id, audience)
        if before is not None:
            live = replace(live, reason=reason_without(live.reason, before, live))
    return live


def live_minutes(session: Session, meeting_id: uuid.UUID, audience: Audience,
                 today: date) -> Minutes:
    """Return the minutes as the notes stand; in `diffusion` nothing from a restricted block, nor
    what stands only there."""
    meeting = meeting_with(session, meeting_id)
    items = sorted(alive(session, AgendaItem, AgendaItem.meeting_id == meeting_id),
                   key=lambda item: (item.order or "", item.id))
    notes = _Notes(session, meeting, audience)
    known = {item.id for item in items}
    version = last_number(session, meeting_id) + 1
    following = neighbour(session, meeting, later=True)
    starts_at, ends_at = held_times(meeting)
    return Minutes(
        heading=heading_of(session, meeting, today), audience=audience, title=meeting.title or "",
        kind=label("meeting_kind", meeting.kind), state=MinutesState.DRAFT, version=version,
        validated_on=None,
        starts_at=starts_at, ends_at=ends_at,
        place=meeting.place or meeting.link or "",
        animator=person_name(session, meeting.animator_id),
        secretary=person_name(session, meeting.secretary_id), quorum=meeting.quorum,
        quorum_remote=meeting.quorum_remote is not False,
        people=tuple(participants_of(session, meeting_id)),
        previous_on=_previous_day(session, meeting),
        earlier=_earlier_actions(session, meeting, audience),
        points=tuple(Point(item.title or "", person_name(session, item.presenter_id), item.minutes,
                           label("agenda_kind", item.kind), notes.lines_of(item.id))
                     for item in items),
        other=tuple(line for key in notes.keys_without(known) for line in notes.lines_of(key)),
        decisions=tuple(notes.decisions), actions=tuple(notes.actions),
        next_meeting=stored_moment(following.starts_at) if following else None,
        next_place=(following.place or "") if following else "",
        remarks_until=stored_day(meeting.remarks_until),
        annexes=tuple(sorted(a.name or "" for a
                             in alive(session, Attachment, Attachment.owner_id == meeting_id))),
        withheld=notes.withheld, reason=correction_of(session, meeting_id))


__all__ = [
    "AUDIENCES",
    "SHOWN",
    "Audience",
    "Minutes",
    "MinutesLine",
    "Point",
    "live_minutes",
    "minutes_of",
    "neighbour",
    "only_hidden",
]


class _Notes:
    """The notes of one meeting sorted by agenda item, cut to one audience."""

    def __init__(self, session: Session, meeting: Meeting, audience: Audience) -> None:
        self._session = session
        self.withheld = 0
        self.decisions: list[MinutesLine] = []
        self.actions: list[MinutesLine] = []
        self._records: dict[uuid.UUID, MinutesLine] = {}
        self._kinds: dict[uuid.UUID, tuple[str, uuid.UUID | None]] = {}
        self._lines: dict[uuid.UUID | None, list[MinutesLine]] = {}
        self._load_records(meeting.id)
        self._placed: set[uuid.UUID] = set()
        self._hidden: set[uuid.UUID] = set()
        self._by_item: dict[uuid.UUID | None, list[tuple[NoteBlock, list[Segment]]]] = {}
        for block, segments in _blocks_of(session, [meeting.id]):
            self._by_item.setdefault(block.agenda_item_id, []).append((block, segments))
        for item_id, blocks in self._by_item.items():
            self._lines[item_id] = self._item_lines(blocks, SHOWN[audience])
        placed, hidden = self._placed, self._hidden
        for record_id, line in self._records.items():
            kind, item_id = self._kinds[record_id]
            if (line.audience not in SHOWN[audience]
                or (record_id in hidden and record_id not in placed)):
                self.withheld += record_id not in hidden
                continue
            (self.decisions if kind == "decision" else self.actions).append(line)
            if record_id not in placed:
                self._lines.setdefault(item_id, []).append(line)

    def keys_without(self, known: set[uuid.UUID]) -> list[uuid.UUID | None]:
        """Return what is noted under no agenda item, or under one that is not known: the keys of
        those lines."""
        return [key for key in self._lines if key not in known]

    def lines_of(self, item_id: uuid.UUID | None) -> tuple[MinutesLine, ...]:
        """Return what is noted under one agenda item."""
        return tuple(self._lines.get(item_id, ()))

    def _load_records(self, meeting_id: uuid.UUID) -> None:
        decisions = alive(self._session, Decision, Decision.meeting_id == meeting_id)
        numbers = shown_numbers(decisions)
        for decision in sorted(decisions, key=lambda d: (d.order is None, d.order or 0, d.id)):
            self._records[decision.id] = MinutesLine("decision", decision.text or "",
                                              audience_of(decision.channel),
                                              number=numbers[decision.id], how=_how(decision))
            self._kinds[decision.id] = ("decision", decision.agenda_item_id)
        for action in sorted(alive(self._session, Action, Action.meeting_id == meeting_id),
                             key=lambda a: a.id):
            self._records[action.id] = _action_line(self._session, action)
            self._kinds[action.id] = ("action", action.agenda_item_id)

    def _item_lines(self, blocks: list[tuple[NoteBlock, list[Segment]]],
                    shown: frozenset[str]) -> list[MinutesLine]:
        """Return the lines of one agenda item: those kept apart stand at their place, those that
        have none at the end."""
        apart = {block.id: (block, segments) for block, segments in blocks}
        embedded = {part.id for _block, segments in blocks for part in segments
                    if not isinstance(part, str) and part.kind == BLOCK and part.id in apart}
        lines: list[MinutesLine] = []
        done: set[uuid.UUID] = set()

        def write(block: NoteBlock, segments: list[Segment], nested: bool = False) -> None:
            done.add(block.id)
            for line in lines_of(segments):
                for part in line:
                    if isinstance(part, str) or part.kind != BLOCK:
                        self._write(lines, part, sign_of(line), block, shown)
                    elif part.id in apart and part.id not in done and not nested:
                        write(*apart[part.id], nested=True)
                    elif part.id not in apart:
                        # Restricted, and its words are not on this device.
                        self.withheld += 1

        for block, segments in blocks:
            if block.id not in embedded:
                write(block, segments)
        for block, segments in blocks:
            if block.id not in done:
                write(block, segments)
        return lines

    def _write(self, lines: list[MinutesLine], part: Segment, sign: tuple[str, str],
               block: NoteBlock,
               shown: frozenset[str]) -> None:
        seen = audience_in(block.channel, block.audience)
        # A line restricted by its sign alone comes from a device that did not keep it apart.
        seen = seen if seen != "commun" else sign[0]
        if not isinstance(part, str):
            (self._placed if seen in shown else self._hidden).add(part.id)
            record = self._records.get(part.id)
            if record is not None:
                self._add(lines, replace(record, audience=seen if seen != "commun"
                                         else record.audience), shown)
        elif words := without_sign(part):
            self._add(lines,
                      MinutesLine("question" if "question" in (sign[1], block.kind) else "text",
                           words, seen), shown)

    def _add(self, lines: list[MinutesLine], line: MinutesLine, shown: frozenset[str]) -> None:
        if line.audience in shown:
            lines.append(line)
        else:
            self.withheld += 1


def _rank(block: NoteBlock) -> int:
    audience = audience_in(block.channel, block.audience)
    return AUDIENCES.index(audience) if audience in AUDIENCES else len(AUDIENCES)


def _blocks_of(session: Session,
               meeting_ids: Iterable[uuid.UUID]) -> list[tuple[NoteBlock, list[Segment]]]:
    """Return the note blocks of these meetings, in their order, each with its text: the last
    generation of its updates."""
    blocks = sorted(alive(session, NoteBlock, NoteBlock.meeting_id.in_(list(meeting_ids))),
                    key=lambda block: (block.order or "", _rank(block), block.id))
    updates: dict[uuid.UUID, list[tuple[int, bytes]]] = {}
    for update in alive(session, NoteUpdate,
                        NoteUpdate.block_id.in_([block.id for block in blocks])):
        if update.data is not None and update.block_id is not None:
            updates.setdefault(update.block_id, []).append((update.generation or 0, update.data))
    found = []
    for block in blocks:
        mine = updates.get(block.id, [])
        last = max((generation for generation, _data in mine), default=0)
        found.append(
            (block, segments_of([data for generation, data in mine if generation == last])))
    return found


def only_hidden(session: Session, meeting_ids: Iterable[uuid.UUID],
                audience: Audience) -> set[uuid.UUID]:
    """Return the records that stand only in notes that this audience does not get."""
    shown: set[uuid.UUID] = set()
    hidden: set[uuid.UUID] = set()
    for block, segments in _blocks_of(session, meeting_ids):
        where = shown if audience_in(block.channel, block.audience) in SHOWN[audience] else hidden
        where.update(segment.id for segment in segments if not isinstance(segment, str))
    return hidden - shown


def _how(decision: Decision) -> str:
    if decision.how == "vote" and decision.votes_for is not None:
        return _("vote: {yes} for, {no} against, {abstained} abstaining").format(
            yes=decision.votes_for, no=decision.votes_against or 0,
            abstained=decision.votes_abstained or 0)
    return label("decision_how", decision.how).lower()


def _action_line(session: Session, action: Action) -> MinutesLine:
    own = (canonical_organisation_id(session, action.owner_organisation_id)
           if action.owner_organisation_id else None)
    organisation = session.get(Organisation, own) if own is not None else None
    who = person_name(session, action.owner_id) or (
        (organisation.short_name or organisation.name or "") if organisation else "")
    return MinutesLine("action", action.title or "", audience_of(action.channel), who=who,
                due=stored_day(action.due_on),
                state=label("action_state", action.state))


def neighbour(session: Session, meeting: Meeting, *, later: bool) -> Meeting | None:
    """Return the next or the previous meeting of the same group."""
    if meeting.group_id is None or meeting.starts_at is None:
        return None
    query = select(Meeting).where(Meeting.group_id == meeting.group_id, Meeting.id != meeting.id,
                                  Meeting.deleted.is_not(True))
    query = (query.where(Meeting.starts_at > meeting.starts_at).order_by(Meeting.starts_at) if later
             else
             query.where(Meeting.starts_at < meeting.starts_at).order_by(Meeting.starts_at.desc()))
    return session.scalars(query.limit(1)).first()


def _previous_day(session: Session, meeting: Meeting) -> date | None:
    previous = neighbour(session, meeting, later=False)
    return stored_day(previous.held_from or previous.starts_at) if previous else None


def _earlier_actions(session: Session, meeting: Meeting,
                     audience: Audience) -> tuple[MinutesLine, ...]:
    """Actions still open that were born in earlier meetings of the group, the earliest due
    first."""
    if meeting.group_id is None or meeting.starts_at is None:
        return ()
    found = session.scalars(
        select(Action).join(Meeting, Meeting.id == Action.meeting_id)
        .where(Meeting.group_id == meeting.group_id, Meeting.starts_at < meeting.starts_at,
               Action.deleted.is_not(True),
               Action.state.not_in((ActionState.DONE, ActionState.GIVEN_UP)))
        .order_by(Action.due_on.is_(None), Action.due_on, Action.id)).all()
    hidden = only_hidden(session, {action.meeting_id for action in found if action.meeting_id},
                         audience)
    return tuple(_action_line(session, action) for action in found
                 if action.id not in hidden
                 and may_be_told(action.channel, meeting.channel, SHOWN[audience]))
