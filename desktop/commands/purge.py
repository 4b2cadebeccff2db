"""Erasing for good: by hand, or because thirty days in the bin are over; the journal says that it
was done, not what it held."""

import uuid
from collections.abc import Iterable

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.clock import ERASED
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.journal import append
from desktop.models import authority
from desktop.models.authority import Verb
from desktop.models.changes import author_of, note_pending, touched_of
from desktop.models.erasure import KEYS, contents, erase, forget
from desktop.models.local import Deletion
from desktop.models.record import RECORDS, STAMP
from desktop.models.requests import ErasureRequest
from desktop.models.states import JournalWhat
from desktop.queries.purge import COUNT, Row, asked_of, count_at, deleted_of, erasable, parts_of
from desktop.queries.records import find_record
from desktop.vault.identity import write_value


def count_days(session: Session, wall: int) -> None:
    """Go on counting, and notice what was deleted or brought back since."""
    count = count_at(session, wall)
    write_value(session, COUNT, msgspec.json.encode(count))
    deleted = deleted_of(session)
    known = {(row.kind, row.record_id): row for row in session.scalars(select(Deletion))}
    for key, row in known.items():
        if key not in deleted and not row.emptied:
            session.delete(row)
    for (kind, record_id), stamp in deleted.items():
        row_of = known.get((kind, record_id))
        if row_of is None:
            session.add(Deletion(kind=kind, record_id=record_id, stamp=stamp, noticed=count.lived,
                                 emptied=False))
        elif row_of.stamp != stamp or row_of.emptied:
            row_of.stamp, row_of.noticed, row_of.emptied = stamp, count.lived, False


def erase_rows(session: Session, rows: Iterable[Row]) -> None:
    """Erase these under the mark, out of the search and out of what undo remembers, and have it
    told to the others."""
    by_kind: dict[str, set[bytes]] = {}
    for kind, record_id in rows:
        by_kind.setdefault(kind, set()).add(record_id)
    session.flush()
    touched = touched_of(session)
    for kind, ids in by_kind.items():
        erase(session.connection(), kind, ids)
        for record_id in ids:
            note_pending(session, kind, uuid.UUID(bytes=record_id), ERASED)
        touched.rows |= {(kind, record_id) for record_id in ids}
        touched.erased |= ids
    session.expire_all()


class NotInBinError(AppError):
    """The record was brought back meanwhile."""


def erase_record(session: Session, record_id: uuid.UUID, how: str = "hand",
                 most: int | None = None) -> list[Row]:
    """Erase a deleted record and what goes with it, at most so many parts; those that are left, for
    `erase_rows`.

    NotInBinError where the record is not deleted; AppError where this computer may not erase it.
    """
    record = find_record(session, record_id)
    kind, key = record.kind_name(), record_id.bytes
    roles = author_of(session).roles
    authority.refuse(kind, Verb.ERASE, {"": None}, None, record.channel, roles)
    if not record.deleted:
        raise NotInBinError(_("This record is not in the bin any more: nothing was erased."))
    noticed = session.get(Deletion, (kind, key))
    parts = erasable(session, parts_of(session, kind, key), roles)
    if kind in KEYS:
        # Nothing would tell later that its parts are to go: they go with it.
        most = None
        session.merge(Deletion(kind=kind, record_id=key, stamp=record.deleted_stamp or b"",
                               noticed=0, emptied=True))
    elif noticed is not None:
        session.delete(noticed)
    # The record first: what is left is known by it, and it cannot be brought back half empty.
    erase_rows(session, [*([] if kind in KEYS else [(kind, key)]), *parts[:most]])
    if kind in KEYS:
        _empty(session, kind, key)
    note(session, how, kind, key, parts=len(parts))
    touched_of(session).areas.add(RECORDS[kind].__area__)
    return [] if most is None else parts[most:]


def ask_to_erase(session: Session, record_id: uuid.UUID) -> None:
    """Ask the coordination to erase a deleted record for good, where this computer may not; once is
    enough.

    NotInBinError where the record is not deleted.
    """
    record = find_record(session, record_id)
    if not record.deleted:
        raise NotInBinError(_("This record is not in the bin any more: nothing was erased."))
    if record_id not in asked_of(session):
        session.add(ErasureRequest(owner_kind=record.kind_name(), owner_id=record_id,
                                   channel=record.channel))


def _empty(session: Session, kind: str, record_id: bytes) -> None:
    names = contents(kind)
    connection = session.connection()
    quoted = ", ".join(f'"{name}{STAMP}"' for name in names)
    held = connection.exec_driver_sql(f'SELECT {quoted} FROM "{kind}" WHERE id = ?',
                                      (record_id,)).one()
    stamp = (author_of(session)
             .clock.tick(max((bytes(s) for s in held if s is not None), default=None)))
    sets = ", ".join(f'"{name}" = NULL, "{name}{STAMP}" = ?' for name in names)
    connection.exec_driver_sql(f'UPDATE "{kind}" SET {sets} WHERE id = ?',
                               (*[stamp] * len(names), record_id))
    forget(connection, kind, [record_id])
    note_pending(session, kind, uuid.UUID(bytes=record_id), stamp)
    touched = touched_of(session)
    touched.rows.add((kind, record_id))
    touched.erased.add(record_id)
    session.expire_all()


def note(session: Session, how: str, kind: str, record_id: bytes | None = None, *, count: int = 1,
         parts: int = 0) -> None:
    """Write into the journal that records were erased."""
    append(session, JournalWhat.ERASED, kind, how=how, count=count, parts=parts,
           record_id=record_id)
