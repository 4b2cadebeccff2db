"""Making a snapshot: one consistent reading of the vault, sealed channel by channel."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.log import log
from desktop.models.record import COMMON, RECORDS, STAMP, fields_of
from desktop.models.sync import HeldPackage, Outbox, Peer, Seen, Snapshot, SnapshotFile, Unread
from desktop.sync.merging.rules import CHUNK
from desktop.sync.merging.sealing import (
    MAX_RECORDS,
    package_hash,
    pending_count,
    size_of,
    wire_state,
)
from desktop.sync.packages.bounds import ENOUGH as ENOUGH_BYTES
from desktop.sync.packages.package import Rows, seal
from desktop.sync.snapshots.erased import erased_count, forget_erased, note_erased, wants_another
from desktop.sync.snapshots.manifest import (
    MAKER,
    MANIFEST,
    PART,
    VERSIONS,
    Manifest,
    Read,
    SnapshotPart,
    folder_of,
)
from desktop.sync.trust import state
from desktop.sync.trust.links import own_key
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault
from desktop.vault.identity import Identity
from desktop.vault.search.facets import rank

ENOUGH = 1_000
"""Packages that no snapshot covers, after which another one is worth its place."""


@dataclass(frozen=True)
class _SealedSnapshot:
    manifest: Manifest
    files: dict[str, bytes]


def is_due(vault: Vault, roster: Roster) -> bool:
    """Whether this device should make a snapshot: it may, and there is enough behind which no
    snapshot stands, or something was erased that the last one holds."""
    own = roster.device(own_key(vault))
    if own is None or MAKER not in own.roles:
        return False
    vault.do(note_erased, roster, vault.now())
    return vault.ask(_is_due, roster) or vault.ask(wants_another, roster, vault.now())


def make(vault: Vault, roster: Roster, looked: Callable[[], None] = lambda: None) -> str | None:
    """Make a snapshot and keep it here, to be sent; its id. None where something is not read, or
    not sealed yet.

    `looked` is called now and then, and may end it all by an exception.
    """
    own = own_key(vault)
    made = vault.ask(_made, vault.identity, roster, own, vault.now(), looked)
    if made is None:
        return None
    crash_point("snapshot.made")
    vault.do(_keep, made, own, vault.now(), list(roster.channels))
    crash_point("snapshot.kept")
    log.info("snapshot: %d files, %d writers", len(made.files), len(made.manifest.vector))
    return made.manifest.id


def _is_due(session: Session, roster: Roster) -> bool:
    kept = [(msgspec.json.decode(row.manifest, type=Manifest), row.device)
            for row in session.scalars(select(Snapshot))]
    standing = [manifest for manifest, device in kept
                if (found := roster.device(device)) is not None and MAKER in found.roles]
    left = max((removal.number for removal in roster.removed), default=0)
    covered = {
        writer: max((m.vector[writer].sequence for m in standing if writer in m.vector), default=0)
               for writer in (row.writer.hex() for row in session.scalars(select(Seen)))}
    beyond = sum(max(row.sequence - covered[row.writer.hex()], 0)
                 for row in session.scalars(select(Seen)))
    # After somebody left, who comes next must not need what the one who left had made.
    orphan = bool(kept) and all(manifest.roster < left for manifest in standing)
    return beyond >= ENOUGH or (orphan and beyond > 0)


def _made(session: Session, identity: Identity, roster: Roster, own: str, now: int,
          looked: Callable[[], None]) -> _SealedSnapshot | None:
    keys = state.channel_keys(session)
    if (pending_count(session) or session.scalar(select(func.count()).select_from(Unread))
            or any((channel, roster.channels[channel].epoch) not in keys
                   for channel in roster.channels)
            or session.connection()
        .exec_driver_sql("SELECT 1 FROM unknown WHERE channel IS NULL LIMIT 1").first()):
        return None
    snapshot = secrets.token_hex(8)
    files: dict[str, bytes] = {}
    parts: list[SnapshotPart] = []

    def sealed(kind: str, number: int, channel: str, body: list[Rows]) -> bytes:
        last = session.get(Seen, identity.writer)
        return seal(collective=roster.collective, channel=channel, nonce=identity.nonce,
                    sequence=number, previous=snapshot,
                    epoch=roster.channels[channel].epoch,
                    recipient=roster.channels[channel].recipient,
                    signing_key=identity.signing_key, roster=roster.number,
                    clock=last.last_stamp if last is not None else b"\0" * 16, seen={}, body=body,
                    kind=kind)

    for channel in roster.channels:
        for body in _bodies(session, channel):
            looked()
            data = sealed(PART, len(parts) + 1, channel, body)
            name = f"{len(parts) + 1:04d}-{package_hash(data)}.pkg"
            files[name] = data
            parts.append(SnapshotPart(name, channel, roster.channels[channel].epoch,
                              sum(len(rows.rows) for rows in body)))
    manifest = Manifest(
        snapshot, datetime.fromtimestamp(now / 1000, UTC).date().isoformat() if 0 <= now < 2**47
        else "1970-01-01",
        roster.number,
        {row.writer.hex(): Read(row.sequence, row.sha256, row.last_stamp.hex(), row.device)
         for row in session.scalars(select(Seen))},
        _held(session),
        {row.writer.hex(): (row.sequence, msgspec.json.decode(row.vector, type=dict[str, int]))
         for row in session.scalars(select(Peer))},
        parts, erased_count(session))
    data = sealed(MANIFEST, len(parts) + 1, COMMON, [Rows(MANIFEST, [], [[manifest]])])
    files[f"{MANIFEST}-{package_hash(data)}.pkg"] = data
    return _SealedSnapshot(manifest, files)


def _held(session: Session) -> dict[str, list[tuple[int, str]]]:
    read = {row.writer: row.sequence for row in session.scalars(select(Seen))}
    held: dict[str, list[tuple[int, str]]] = {}
    for table in (Outbox, HeldPackage):
        for writer, sequence, sha256 in session.execute(
                select(table.writer, table.sequence, table.sha256)
                .order_by(table.writer, table.sequence)):
            if sequence <= read.get(writer, 0):
                held.setdefault(writer.hex(), []).append((sequence, sha256))
    return held


def _bodies(session: Session, channel: str) -> Iterator[list[Rows]]:
    """Yield the states of all records of a channel, in bodies of at most MAX_RECORDS, and about
    ENOUGH_BYTES."""
    alike: dict[tuple[str, tuple[str, ...]], list[list[object]]] = {}
    count = size = 0
    for kind, names, row in _states(session, channel):
        alike.setdefault((kind, names), []).append(row)
        count, size = count + 1, size + size_of(row)
        if count == MAX_RECORDS or size > ENOUGH_BYTES:
            yield _body(alike)
            alike, count, size = {}, 0, 0
    if alike:
        yield _body(alike)


def _body(alike: dict[tuple[str, tuple[str, ...]], list[list[object]]]) -> list[Rows]:
    return [Rows(kind, list(names), rows[start:start + CHUNK])
            for (kind, names), rows in alike.items() for start in range(0, len(rows), CHUNK)]


def _states(session: Session, channel: str) -> Iterator[tuple[str, tuple[str, ...], list[object]]]:
    connection = session.connection()
    for kind in sorted(RECORDS, key=rank):
        fields = [f for f in fields_of(RECORDS[kind]) if f.travels]
        columns = ", ".join([f'"{f.name}"' for f in fields]
                            + [f'"{f.name}{STAMP}"' for f in fields])
        for row in connection.exec_driver_sql(f'SELECT id, channel, {columns} FROM "{kind}" WHERE '
                                              f'channel = ? ORDER BY id',
                                              (channel,)):
            state = wire_state(fields, row, b"")
            if state is not None:
                yield kind, *state
        for row in connection.exec_driver_sql(
                f'SELECT record_id, field, stamp, value FROM version WHERE kind = ? AND record_id '
                f'IN (SELECT id FROM "{kind}" WHERE channel = ?) ORDER BY record_id, field, stamp',
                (kind, channel)):
            yield VERSIONS, ("kind", "field", "value"), [bytes(row[0]).hex(), bytes(row[2]).hex(),
                                                         kind, row[1], row[3]]
    for row in connection.exec_driver_sql(
            "SELECT kind, record_id, field, stamp, value FROM unknown WHERE channel = ? ORDER BY "
            "kind, record_id, field",
            (channel,)):
        yield row[0], (row[2],), [bytes(row[1]).hex(), bytes(row[3]).hex(),
                                  msgspec.json.decode(row[4])]


def _keep(session: Session, made: _SealedSnapshot, device: str, now: int,
          channels: list[str]) -> None:
    session.add(Snapshot(id=made.manifest.id, device=device, kept_at=now,
                         manifest=msgspec.json.encode(made.manifest),
                         judged=msgspec.json.encode(dict.fromkeys(channels, True)).decode()))
    forget_erased(session)
    for name, data in made.files.items():
        session.add(SnapshotFile(snapshot=made.manifest.id, name=name, data=data))


__all__ = ["ENOUGH", "folder_of", "is_due", "make"]
