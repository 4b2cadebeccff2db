"""What is due to be erased for good, what goes with it, and the journal of what was."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.base.clock import ERASED, stamp_ms
from desktop.models import authority
from desktop.models.authority import Roles
from desktop.models.erasure import KEPT_FOR_GOOD, KEYS, PARTS, contents
from desktop.models.local import Deletion, JournalEntry
from desktop.models.record import RECORDS
from desktop.models.requests import ErasureRequest
from desktop.models.sync import Seen, Snapshot
from desktop.privacy.retention import Count, counted, days_left
from desktop.vault.identity import read_identity, read_value

COUNT = "purge.count"
Row = tuple[str, bytes]
"""(kind, the 16 bytes of the id)."""


@dataclass(frozen=True)
class JournalRow:
    """One line of the journal: on that day (or month), so many of a kind, with so many parts.
    `reason`: why rows left."""

    number: int
    on: str
    how: str
    kind: str
    count: int
    parts: int
    reason: str = ""


@dataclass(frozen=True)
class Left:
    """What the shared folder holds of what was erased, as far as this device knows. Days, empty
    where there is none.

    `since`: the first erasure that no snapshot is without. `without`: the day of the last snapshot,
    where it is without all.
    `older`: how many older ones are still there.
    """

    since: str = ""
    without: str = ""
    older: int = 0


def left_on_folder(session: Session) -> Left:
    """Whether what was erased for good is gone from the shared folder; nothing where nothing was,
    or nothing is shared."""
    if session.scalar(select(Seen.writer).limit(1)) is None:
        return Left()
    erased = sorted(session.scalars(select(JournalEntry.on).where(JournalEntry.what == "erased")))
    days = sorted(json.loads(manifest)["made_on"]
                  for manifest in session.scalars(select(Snapshot.manifest)))
    if not erased:
        return Left()
    # Of a month alone it is not known whether a snapshot of that month came after; nor of one day.
    waiting = [on for on in erased if not days or on >= days[-1][:len(on)]]
    return Left(since=waiting[0]) if waiting else Left(without=days[-1], older=len(days) - 1)


def count_of(session: Session) -> Count | None:
    """Return the count of days, as it was last written."""
    value = read_value(session, COUNT)
    return None if value is None else msgspec.json.decode(value, type=Count)


def count_at(session: Session, wall: int) -> Count:
    """Return the count of days at `wall` (milliseconds)."""
    own = read_identity(session).writer
    last = session.scalar(select(func.max(Seen.last_stamp)).where(Seen.writer != own))
    return counted(count_of(session), wall, stamp_ms(last) if last else 0)


def deleted_of(session: Session) -> dict[Row, bytes]:
    """Every deleted record that still says something, with the stamp of its deletion."""
    found: dict[Row, bytes] = {}
    for kind in filter(lambda kind: kind not in KEPT_FOR_GOOD, RECORDS):
        says = "1"
        if kind in KEYS:
            says = " OR ".join(f'"{name}" IS NOT NULL' for name in contents(kind))
            says += (f" OR NOT EXISTS (SELECT 1 FROM deletion WHERE deletion.kind = '{kind}' AND "
                     f"record_id = \"{kind}\".id "
                     "AND emptied AND stamp = deleted_stamp)")
        for record_id, stamp in session.connection().exec_driver_sql(
                f'SELECT id, deleted_stamp FROM "{kind}" WHERE deleted IS 1 AND deleted_stamp IS '
                f'NOT ? AND ({says})', (ERASED,)):
            found[kind, bytes(record_id)] = bytes(stamp or b"")
    return found


def due(session: Session, roles: Roles = frozenset()) -> list[Row]:
    """Return the deleted records whose thirty days are over by the count as it was last written,
    and which these roles may erase."""
    count = count_of(session)
    lived = count.lived if count is not None else 0
    noticed = session.execute(select(Deletion.kind, Deletion.record_id, Deletion.noticed)
                              .where(Deletion.emptied.is_(False)))
    return erasable(session, [(kind, record_id) for kind, record_id, since in noticed
                              if kind in RECORDS and not days_left(since, lived)], roles)


def erasable(session: Session, rows: list[Row], roles: Roles) -> list[Row]:
    """Those of these records that a computer with these roles may erase for good; all where there
    are no roles."""
    if not roles or roles & authority.COORDINATION:
        return rows
    connection = session.connection()
    return [(kind, record_id) for kind, record_id in rows if any(
        roles & authority.erasers(channel) for (channel,) in connection.exec_driver_sql(
            f'SELECT channel FROM "{kind}" WHERE id = ?', (record_id,)))]


def parts_of(session: Session, kind: str, record_id: bytes) -> list[Row]:
    """Return what goes with a record, the innermost first, without the record itself."""
    return [*_parts(session, kind, [record_id])]


def _parts(session: Session, kind: str, ids: list[bytes]) -> Iterator[Row]:
    connection = session.connection()
    for child, name in (*PARTS.get(kind, ()), ("attachment", "owner_id"),
                        ("erasure_request", "owner_id")):
        found: list[bytes] = []
        for start in range(0, len(ids), 500):
            part = ids[start:start + 500]
            marks = ",".join("?" * len(part))
            found += [bytes(row[0]) for row in connection.exec_driver_sql(
                f'SELECT id FROM "{child}" WHERE "{name}" IN ({marks}) AND deleted_stamp IS NOT ?',
                (*part, ERASED))]
        if found and child != kind:
            yield from _parts(session, child, found)
        yield from ((child, record_id) for record_id in found)


def late_parts(session: Session, roles: Roles = frozenset()) -> list[Row]:
    """Parts that came after what they belong to was erased, from a device that did not know; those
    that these roles may erase."""
    found: list[Row] = []
    for kind in PARTS:
        gone = [bytes(row[0]) for row in session.connection().exec_driver_sql(
            f'SELECT id FROM "{kind}" WHERE deleted IS 1 AND deleted_stamp = ?', (ERASED,))]
        found += _parts(session, kind, gone)
    return erasable(session, list(dict.fromkeys(found)), roles)


def asked_of(session: Session) -> set[uuid.UUID]:
    """Return the records of which somebody asked that they be erased for good."""
    return set(session.scalars(select(ErasureRequest.owner_id).where(
        ErasureRequest.deleted.is_not(True), ErasureRequest.owner_id.is_not(None))))


def journal_of(session: Session, limit: int = 200) -> list[JournalRow]:
    """Return the last lines of the journal, of what was erased and of what left, the newest
    first."""
    rows = session.scalars(select(JournalEntry).where(JournalEntry.what.in_(("erased", "left")))
                           .order_by(JournalEntry.number.desc()).limit(limit))
    return [JournalRow(row.number, row.on, row.how, row.kind, row.count, row.parts,
                       row.reason or "") for row in rows]


def days_of(session: Session, wall: int) -> dict[uuid.UUID, int]:
    """How many days are left to each deleted record that was noticed."""
    lived = count_at(session, wall).lived
    return {uuid.UUID(bytes=row.record_id): days_left(row.noticed, lived)
            for row in session.scalars(select(Deletion).where(Deletion.emptied.is_(False)))}
