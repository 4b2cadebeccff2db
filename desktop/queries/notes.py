"""The notes of a meeting, as segments of text and embedded records."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.meetings import NoteBlock, NoteUpdate
from desktop.models.notes import Embed, Segment, read, segments_of

__all__ = ["Block", "Embed", "blocks_of", "note_of"]


@dataclass(frozen=True)
class Block:
    """One run of notes."""

    id: uuid.UUID
    agenda_item_id: uuid.UUID | None
    audience: str
    segments: tuple[Segment, ...]
    unreadable: int = 0
    """How many of its updates say nothing that can be read."""


def note_of(session: Session, block_id: uuid.UUID) -> list[Segment]:
    """What a block of notes says."""
    return segments_of(_updates_of(session, block_id))


def _updates_of(session: Session, block_id: uuid.UUID) -> list[bytes]:
    updates = session.scalars(select(NoteUpdate.data).where(
        NoteUpdate.block_id == block_id, NoteUpdate.data.is_not(None), NoteUpdate.deleted.is_not(True))
        .order_by(NoteUpdate.id))
    return [update for update in updates if update is not None]


def blocks_of(session: Session, meeting_id: uuid.UUID) -> list[Block]:
    """All notes of a meeting that this device may read, in their order."""
    blocks = session.scalars(select(NoteBlock).where(
        NoteBlock.meeting_id == meeting_id, NoteBlock.deleted.is_not(True)).order_by(NoteBlock.order, NoteBlock.id))
    found = []
    for block in blocks:
        segments, unreadable = read(_updates_of(session, block.id))
        found.append(Block(block.id, block.agenda_item_id, block.audience or block.channel, tuple(segments), unreadable))
    return found
