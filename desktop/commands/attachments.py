"""Files joined to a record: the bytes are kept in the vault, the record that names them travels
like any other."""

import hashlib
import mimetypes
import uuid

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.text import safe_name
from desktop.commands.records import add_record
from desktop.models.local import Enclosure
from desktop.models.meetings import Attachment

LARGEST = 20 * 1024 * 1024
"""Bytes of one file."""


def attach(session: Session, owner_kind: str, owner_id: uuid.UUID, name: str,
           data: bytes) -> uuid.UUID:
    """Join a file to a record; AppError where it is empty or too large."""
    if not data:
        raise AppError(_("The file “{name}” is empty.").format(name=name[:80]))
    if len(data) > LARGEST:
        raise AppError(_("The file “{name}” is larger than 20 MB.").format(name=name[:80]),
                       _("Scan it in grey and at 150 dots an inch, or in several files."))
    name = safe_name(name)
    made = add_record(session, "attachment", {
        "owner_kind": owner_kind, "owner_id": str(owner_id), "name": name, "size": len(data),
        "media_type": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "sha256": hashlib.sha256(data).hexdigest()})
    session.add(Enclosure(record_id=made.bytes, data=data, sent=False))
    return made


def keep_bytes(session: Session, attachment_id: uuid.UUID, data: bytes) -> None:
    """Keep the bytes of a file that came from the shared folder; AppError where they are not those
    that its record names."""
    record = session.get(Attachment, attachment_id)
    if record is None or record.deleted or hashlib.sha256(data).hexdigest() != record.sha256:
        raise AppError(_("What the shared folder holds is not the file that was joined."),
                       _("Ask the person who joined it to do so again."))
    session.merge(Enclosure(record_id=attachment_id.bytes, data=data, sent=True))
