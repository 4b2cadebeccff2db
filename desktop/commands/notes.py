"""Writing notes: the text as it should be, kept as the smallest update."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.local import Pending
from desktop.models.meetings import NoteBlock, NoteUpdate
from desktop.models.notes import Segment, edit
from desktop.models.record import COMMON, derived_id


def ensure_block(session: Session, meeting_id: uuid.UUID, agenda_item_id: uuid.UUID | None = None,
                 audience: str = COMMON) -> uuid.UUID:
    """The block of notes of an agenda item (or of the whole meeting) for an audience; made where there is none.

    Its id is derived, so that two secretaries who begin at once write in the same block.
    """
    block_id = derived_id("note_block", meeting_id, agenda_item_id or "", audience)
    block = session.get(NoteBlock, block_id)
    if block is None:
        session.add(NoteBlock(id=block_id, channel=audience, meeting_id=meeting_id, agenda_item_id=agenda_item_id,
                              audience=audience, kind="texte", order="m"))
    elif block.deleted:
        block.deleted = False
    return block_id


def write_note(session: Session, block_id: uuid.UUID, segments: list[Segment]) -> bool:
    """Make a block say `segments`; whether anything changed. AppError where the block is not there."""
    block = session.get(NoteBlock, block_id)
    if block is None:
        raise AppError(_("There is no record with the id {id}.").format(id=block_id))
    session.flush()
    rows = session.scalars(select(NoteUpdate).where(
        NoteUpdate.block_id == block_id, NoteUpdate.data.is_not(None)).order_by(NoteUpdate.id)).all()
    waiting = set(session.scalars(select(Pending.record_id).where(
        Pending.kind == NoteUpdate.kind_name(), Pending.record_id.in_([row.id.bytes for row in rows]))))
    unsealed = [row for row in rows if row.id.bytes in waiting]
    data = edit([row.data for row in rows if row.id.bytes not in waiting and row.data is not None],
                [row.data for row in unsealed if row.data is not None], segments)
    if data is None:
        return False
    if not unsealed:
        session.add(NoteUpdate(block_id=block_id, channel=block.channel, generation=0, data=data))
        return True
    # One update stands for everything typed since the last package: what was removed meanwhile never leaves.
    unsealed[0].data = data
    for row in unsealed[1:]:
        row.data = None
    return True
