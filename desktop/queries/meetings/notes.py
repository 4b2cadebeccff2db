"""The notes of a meeting, as segments of text and embedded records."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.models.channels import audience_in
from desktop.models.meetings import NoteBlock, NoteUpdate
from desktop.models.note_lines import Apart, put_together
from desktop.models.notes import Embed, Segment, mark, read
from desktop.models.record import COMMON, beside, derived_id

__all__ = ["Block", "Embed", "Written", "apart_of", "blocks_of", "common_id", "marks", "note_of",
           "notes_of"]


@dataclass(frozen=True)
class Block:
    """One run of notes."""

    id: uuid.UUID
    agenda_item_id: uuid.UUID | None
    audience: str
    segments: tuple[Segment, ...]
    unreadable: int = 0
    """How many of its updates say nothing that can be read."""
    kind: str = "texte"
    updates: frozenset[uuid.UUID] = frozenset()
    """The updates that make it: their ids, and the marks of their content."""


@dataclass(frozen=True)
class Written:
    """The notes of an agenda item as one writes them, and what they stand on: by block, its
    updates."""

    segments: tuple[Segment, ...] = ()
    known: Mapping[uuid.UUID, frozenset[uuid.UUID]] | None = None
    unreadable: int = 0


def common_id(meeting_id: uuid.UUID, agenda_item_id: uuid.UUID | None) -> uuid.UUID:
    """Return the id of the block that holds the common text of an agenda item, or of the meeting as
    a whole."""
    return beside(derived_id("note_block", meeting_id, agenda_item_id or "", COMMON), meeting_id)


def note_of(session: Session, block_id: uuid.UUID) -> list[Segment]:
    """Return what a block of notes says."""
    return read([data for _id, data in _updates_of(session, [block_id]).get(block_id, [])])[0]


def _updates_of(session: Session,
                blocks: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[tuple[uuid.UUID, bytes]]]:
    found: dict[uuid.UUID, list[tuple[uuid.UUID, bytes]]] = {}
    rows = session.execute(select(NoteUpdate.block_id, NoteUpdate.id, NoteUpdate.data).where(
        NoteUpdate.block_id.in_(list(blocks)), NoteUpdate.data.is_not(None),
        NoteUpdate.deleted.is_not(True))
        .order_by(NoteUpdate.id))
    for block_id, row_id, data in rows:
        if block_id is not None and data is not None:
            found.setdefault(block_id, []).append((row_id, data))
    return found


def blocks_of(session: Session, meeting_id: uuid.UUID) -> list[Block]:
    """All notes of a meeting that this device may read, in their order."""
    return _read(session, select(NoteBlock).where(NoteBlock.meeting_id == meeting_id))


def marks(updates: Iterable[tuple[uuid.UUID, bytes]]) -> frozenset[uuid.UUID]:
    """Return the ids of updates, and the marks of their content."""
    return frozenset(one for row_id, data in updates for one in (row_id, mark(data)))


def _read(session: Session, wanted: Select[NoteBlock]) -> list[Block]:
    blocks = session.scalars(wanted.where(NoteBlock.deleted.is_not(True))
                             .order_by(NoteBlock.order, NoteBlock.id)).all()
    updates = _updates_of(session, [block.id for block in blocks])
    found = []
    for block in blocks:
        mine = updates.get(block.id, [])
        segments, unreadable = read([data for _id, data in mine])
        found.append(Block(block.id, block.agenda_item_id,
                           audience_in(block.channel, block.audience), tuple(segments),
                           unreadable, block.kind or "texte",
                           marks((row_id, data) for row_id, data in mine)))
    return found


def _is_common(block: Block, meeting_id: uuid.UUID) -> bool:
    return block.id == common_id(meeting_id, block.agenda_item_id)


def apart_of(session: Session, meeting_id: uuid.UUID,
             agenda_item_id: uuid.UUID | None) -> list[Apart]:
    """Return the lines of an agenda item that are kept apart from its common text, in their order
    there."""
    return _in_order(_read(session, select(NoteBlock).where(
        NoteBlock.meeting_id == meeting_id, NoteBlock.agenda_item_id == agenda_item_id)),
                     meeting_id)[1]


def _in_order(blocks: list[Block],
              meeting_id: uuid.UUID) -> tuple[tuple[Segment, ...], list[Apart]]:
    common: tuple[Segment, ...] = next((b.segments for b in blocks if _is_common(b, meeting_id)),
                                       ())
    places = {part.id: number for number, part in enumerate(common) if isinstance(part, Embed)}
    apart = [Apart(b.id, b.audience, b.kind, b.segments) for b in blocks
             if not _is_common(b, meeting_id)]
    return common, sorted(apart, key=lambda one: places.get(one.id, len(common)))


def notes_of(session: Session, meeting_id: uuid.UUID) -> dict[uuid.UUID | None, Written]:
    """Return the notes of a meeting as one writes them, by agenda item (None: the meeting as a
    whole)."""
    by_item: dict[uuid.UUID | None, list[Block]] = {}
    for block in blocks_of(session, meeting_id):
        by_item.setdefault(block.agenda_item_id, []).append(block)
    found = {}
    for item_id, blocks in by_item.items():
        common, apart = _in_order(blocks, meeting_id)
        found[item_id] = Written(tuple(put_together(common, {one.id: one for one in apart})),
                                 {block.id: block.updates for block in blocks},
                                 sum(b.unreadable for b in blocks))
    return found
