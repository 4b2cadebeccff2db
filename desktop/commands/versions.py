"""To choose between two texts that were written at the same time."""

import uuid

from sqlalchemy.orm import Session

from desktop.commands.records import edit_record
from desktop.models.changes import author_of, new_stamp, note_pending, touched_of
from desktop.models.record import STAMP
from desktop.models.values import record_class
from desktop.queries.records import find_record


def choose_version(session: Session, kind: str, record_id: uuid.UUID, name: str, text: str) -> None:
    """Let `text` be in force from now on, on every computer; the other texts stay kept.

    The choice is an edit of somebody who saw them all: it has a stamp of its own even where the
    text is in force already.
    """
    record = find_record(session, record_id)
    if getattr(record, name) != text:
        edit_record(session, record_id, {name: text})
        return
    cls = record_class(kind)
    stamp = new_stamp(cls, author_of(session).clock, getattr(record, name + STAMP))
    setattr(record, name + STAMP, stamp)
    note_pending(session, kind, record_id, stamp)
    touched = touched_of(session)
    touched.areas.add(cls.__area__)
