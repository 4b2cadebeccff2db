"""Merging packages in one transaction: their records, many small ones as one, and what is
remembered of each package."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.commands.purge import note
from desktop.models.changes import author_of, touched_of
from desktop.models.meetings import NoteUpdate
from desktop.models.record import RECORDS
from desktop.models.sync import Unread
from desktop.sync.merging import rules as merge
from desktop.sync.merging.certificates import NOBODY, Certificate
from desktop.sync.merging.matches import keep_matches
from desktop.sync.merging.unknown import note_unknown
from desktop.sync.packages.package import Header, Opening, RefusedError, Rows
from desktop.sync.stores import receipts
from desktop.sync.trust import state
from desktop.sync.trust.roster import Device

_SEEN = """
INSERT INTO seen (writer, device, sequence, sha256, last_stamp) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (writer) DO UPDATE SET device = excluded.device,
sha256 = CASE WHEN excluded.sequence > sequence THEN excluded.sha256 ELSE sha256 END,
sequence = max(sequence, excluded.sequence), last_stamp = max(last_stamp, excluded.last_stamp)"""


@dataclass(frozen=True)
class Package:
    """A package that may be merged: who made it, what it holds."""

    name: str
    data: bytes
    header: Header
    signer: str
    sha256: str
    device: Device
    rest: bytes
    identity: str | None
    """The key that opens it; None for a channel of other readers."""
    certificate: Certificate = NOBODY
    """The rights by which it was made, which are known once it is opened."""

    @property
    def writer(self) -> bytes:
        return bytes.fromhex(self.header.writer)


@dataclass(frozen=True)
class Arrived:
    """A package with what is inside; no opening where this device may not read it.

    `unknown`: how many of its values this version does not know. `ahead`: it was made by a list of
    computers that has not come yet.
    """

    package: Package
    opening: Opening | None
    batches: list[Rows]
    unknown: int = 0
    ahead: bool = False


@dataclass(frozen=True)
class PackagePart:
    """A batch of a package. `vector`: what its author had of each writer (hexadecimal -> last
    stamp).

    `ahead`: see `Arrived`.
    """

    package: Package
    vector: dict[str, bytes]
    batch: Rows
    ahead: bool = False


class Taken(NamedTuple):
    """How many records were taken, and how many rows kept out: not their author's to write, or none
    of their channel."""

    applied: int
    kept_out: int


def vector_of(opening: Opening) -> dict[str, bytes]:
    """Return what the author of a package had of each writer; RefusedError where it is
    malformed."""
    try:
        vector = {writer: bytes.fromhex(last) for writer, (_s, _h, last) in opening.seen.items()}
        if len(bytes.fromhex(opening.clock)) != 16:
            raise RefusedError("content is not readable")
    except ValueError as error:
        raise RefusedError("content is not readable") from error
    return vector


def merge_all(session: Session, store: str, waiting: Sequence[Arrived]) -> Taken:
    """Merge these packages and move the cursors; what they brought."""
    parts: list[PackagePart] = []
    for arrived in waiting:
        header = arrived.package.header
        if arrived.opening is None:
            # A writer that was copied may have two under one number.
            session.merge(Unread(writer=arrived.package.writer, sequence=header.sequence,
                                 channel=header.channel))
        else:
            vector = vector_of(arrived.opening)
            parts += [PackagePart(arrived.package, vector, batch, arrived.ahead)
                      for batch in arrived.batches]
    applied = kept_out = 0
    for part in _joined(session.connection(), parts):
        taken = apply(session, part)
        applied, kept_out = applied + taken.applied, kept_out + taken.kept_out
        crash_point("apply.batch")
    crash_point("apply.before-cursor")
    advance(session, store, waiting)
    if parts:
        state.note_unsaid(session, author_of(session).clock.now)
    crash_point("apply.cursor")
    return Taken(applied, kept_out)


def _joined(connection: Connection, parts: Iterable[PackagePart]) -> Iterator[PackagePart]:
    tables: dict[str, list[PackagePart]] = {}
    for part in parts:
        tables.setdefault(part.batch.table, []).append(part)
    for table, some in tables.items():
        if len(some) > 1 and table in RECORDS:
            yield from _of_one_table(connection, table, some)
        else:
            yield from some


def _of_one_table(connection: Connection, table: str,
                  parts: list[PackagePart]) -> Iterator[PackagePart]:
    """Yield the records that nobody had before as few parts: whoever saw what, there is nothing
    that they could go over.

    What a record here, or two of the packages, have in common is judged package by package, in
    their order.
    """
    try:
        ids = [[bytes.fromhex(row[0]) for row in part.batch.rows] for part in parts]
    except (ValueError, TypeError, IndexError):
        yield from parts
        return
    every = {record_id for own in ids for record_id in own}
    if len(every) < sum(map(len, ids)):
        yield from parts
        return
    here = merge.known_of(connection, table, every)
    alike: dict[tuple[str, tuple[str, ...], Certificate, bool], list[PackagePart]] = {}
    for part, own in zip(parts, ids, strict=True):
        if here.isdisjoint(own):
            package = part.package
            key = package.header.channel, tuple(part.batch.fields), package.certificate, part.ahead
            alike.setdefault(key, []).append(part)
        else:
            yield part
    for (_channel, fields, _certificate, ahead), some in alike.items():
        # In the order of their ids, as in a package: neighbours lie on one page of the file.
        rows = sorted((row for part in some for row in part.batch.rows),
                      key=lambda row: str(row[0]))
        yield PackagePart(some[0].package, {}, Rows(table, list(fields), rows),
                   ahead) if len(some) > 1 else some[0]


def apply(session: Session, part: PackagePart) -> Taken:
    """Merge a batch."""
    touched = touched_of(session)
    package, batch = part.package, part.batch
    result = merge.apply_rows(session.connection(), batch, package.header.channel, part.vector,
                              package.certificate)
    if result.refused and part.ahead:
        # That list may give its author the right: then everybody is to take the same.
        raise RefusedError("it was made by a list of devices that has not come yet")
    touched.areas |= result.areas
    touched.rows |= result.rows
    touched.erased |= result.erased
    if result.erased and batch.table != NoteUpdate.kind_name():
        note(session, "exchange", batch.table, count=len(result.erased))
    return Taken(result.records - result.refused, result.refused)


def advance(session: Session, store: str, waiting: Sequence[Arrived]) -> None:
    """Remember that these were read: how far each writer is, their bytes, that the store has them,
    what they had read."""
    connection = session.connection()
    packages = [arrived.package for arrived in waiting]
    # What was refused under a number is settled: the right bytes have come.
    if connection.exec_driver_sql("SELECT 1 FROM refusal LIMIT 1").first() is not None:
        connection.exec_driver_sql("DELETE FROM refusal WHERE name LIKE ?", [
            (f"w/{package.header.writer}/%/{package.header.sequence:010d}-%",)
            for package in packages])
    # Not by the mapper, which would cost more than a small package does.
    connection.exec_driver_sql(_SEEN, [
        (arrived.package.writer, arrived.package.signer, arrived.package.header.sequence,
         arrived.package.sha256,
         bytes.fromhex(arrived.opening.clock) if arrived.opening is not None else b"\0" * 16)
        for arrived in waiting])
    connection.exec_driver_sql("INSERT INTO held_package (writer, sequence, sha256, data) VALUES "
                               "(?, ?, ?, ?)", [
                                   (package.writer, package.header.sequence, package.sha256,
                                    package.data) for package in packages])
    receipts.keep_receipts(session, store,
                           [(package.writer, package.header.sequence) for package in packages])
    for arrived in waiting:
        if arrived.unknown:
            note_unknown(session, arrived.package.signer, arrived.unknown)
    read = [(arrived.package, arrived.opening) for arrived in waiting
            if arrived.opening is not None]
    for package, opening in read:
        author_of(session).clock.follow(bytes.fromhex(opening.clock))
        keep_matches(session, package.signer, opening.matched)
    receipts.keep_peers(session, [
        (package.writer, package.header.sequence,
         {writer: number for writer, (number, _h, _s) in opening.seen.items()})
        for package, opening in read])
