"""The files joined to a record, and their bytes where this device has them."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.local import Enclosure
from desktop.models.meetings import Attachment


@dataclass(frozen=True)
class AttachmentRow:
    """One file: its size in bytes, whether it is on this device, whether the shared folder has
    it."""

    id: uuid.UUID
    name: str
    media_type: str
    size: int
    here: bool
    sent: bool


def attachments_of(session: Session, owner_id: uuid.UUID) -> list[AttachmentRow]:
    """Return the files joined to a record, the first joined first."""
    rows = session.execute(
        select(Attachment.id, Attachment.name, Attachment.media_type, Attachment.size,
               Enclosure.data.is_not(None),
               Enclosure.sent)
        .outerjoin(Enclosure, Enclosure.record_id == Attachment.id)
        .where(Attachment.owner_id == owner_id, Attachment.deleted.is_not(True))
        .order_by(Attachment.id))
    return [AttachmentRow(id_, name or "", kind or "", size or 0, bool(here), bool(sent))
            for id_, name, kind, size, here, sent in rows]


def bytes_of(session: Session, attachment_id: uuid.UUID) -> bytes | None:
    """Return the bytes of a file; None where this device has not got them."""
    return session.scalar(select(Enclosure.data).where(Enclosure.record_id == attachment_id.bytes))
