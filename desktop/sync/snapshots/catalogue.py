"""Snapshots on a store and in the vault: found, fetched file by file, put back where a store lost
one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.log import log
from desktop.models.sync import Snapshot, SnapshotFile
from desktop.sync.merging.sealing import package_hash
from desktop.sync.packages.package import DamagedError, NewerError, RefusedError
from desktop.sync.snapshots.manifest import (
    FOLDER,
    ID,
    MAKER,
    Manifest,
    folder_of,
    is_manifest,
    opened_manifest,
)
from desktop.sync.stores.hints import Heads, ask_for_snapshot
from desktop.sync.stores.storage import Storage
from desktop.sync.trust import state
from desktop.sync.trust.alarms import NEWER, raise_alarm
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault
from desktop.vault.identity import read_value, write_value

_TOLD_NEWER = "sync.newer_snapshots"


@dataclass(frozen=True)
class KnownSnapshot:
    """A snapshot that this device knows of. `judged`: channel -> whether it says what is held
    here."""

    manifest: Manifest
    device: str
    kept_at: int
    judged: dict[str, bool]


def kept(session: Session, roster: Roster) -> list[KnownSnapshot]:
    """Return the snapshots known here whose maker still may make one, the oldest first."""
    return [one for one in _every(session) if _may_make(roster, one.device)]


def orphans(session: Session, roster: Roster) -> list[KnownSnapshot]:
    """Those whose maker may make one no more: nobody believes them."""
    return [one for one in _every(session) if not _may_make(roster, one.device)]


def _every(session: Session) -> list[KnownSnapshot]:
    return [KnownSnapshot(msgspec.json.decode(row.manifest, type=Manifest), row.device, row.kept_at,
                 msgspec.json.decode(row.judged, type=dict[str, bool]))
            for row in session.scalars(select(Snapshot).order_by(Snapshot.kept_at, Snapshot.id))]


def _may_make(roster: Roster, key: str) -> bool:
    device = roster.device(key)
    return device is not None and MAKER in device.roles


def learn(vault: Vault, storage: Storage, roster: Roster, heads: Heads) -> dict[str, list[str]]:
    """Keep the manifests that lie on a store and are not known here yet. Snapshot on the store ->
    the names of its files."""
    there = {name: storage.names(folder_of(name)) for name in storage.names(FOLDER)
             if ID.fullmatch(name)}
    known = vault.ask(_known)
    keys = vault.ask(state.channel_keys)
    for snapshot in sorted(set(there) - known):
        for name in filter(is_manifest, there[snapshot]):
            data = storage.get(f"{folder_of(snapshot)}/{name}")
            if data is None:
                continue
            try:
                manifest, maker = opened_manifest(snapshot, name, data, roster, keys)
            except DamagedError:
                # Whoever holds it puts it back.
                log.warning("the manifest of a snapshot is damaged")
                ask_for_snapshot(storage, heads, snapshot)
                continue
            except NewerError:
                log.warning("a snapshot is of a newer version")
                vault.do(_tell_newer, snapshot)
                continue
            except RefusedError as error:
                log.warning("a snapshot is not believed: %s", error)
                continue
            vault.do(_keep_manifest, manifest, maker, name, data, vault.now())
            crash_point("snapshot.learnt")
            break
    return there


def fetch(vault: Vault, storage: Storage, manifest: Manifest, name: str) -> bytes | None:
    """One part of a snapshot, from the vault or from the store; None where it is not there
    whole."""
    data = vault.ask(_file, manifest.id, name)
    if data is not None:
        return data
    data = storage.get(f"{folder_of(manifest.id)}/{name}")
    if data is None or package_hash(data) not in name:
        return None
    vault.do(_keep_file, manifest.id, name, data)
    crash_point("snapshot.fetched")
    return data


def put_back(vault: Vault, storage: Storage, roster: Roster, heads: Heads,
             there: dict[str, list[str]],
             looked: Callable[[], None]) -> int:
    """Send the files of snapshots that are held here whole and that a store has not got, or spoilt;
    how many.

    Not of one that a later one covers: its maker may have taken it away.
    """
    sent = 0
    whole = [one for one in vault.ask(kept, roster)
             if {part.name for part in one.manifest.parts}
             <= set(vault.ask(_files, one.manifest.id))]
    for one in whole:
        wanted = one.manifest.id in heads.wanted_snapshots
        if not wanted and any(other.manifest.replaces(one.manifest) for other in whole):
            continue
        names = vault.ask(_files, one.manifest.id)
        # The manifest last: where it is, all is.
        for name in sorted(names, key=lambda name: (is_manifest(name), name)):
            if wanted or name not in there.get(one.manifest.id, []):
                looked()
                crash_point("snapshot.before-put")
                storage.put(f"{folder_of(one.manifest.id)}/{name}",
                            vault.ask(_file, one.manifest.id, name) or b"")
                crash_point("snapshot.put")
                sent += 1
        if wanted:
            storage.remove(f"heads/want-snap-{one.manifest.id}")
    return sent


def drop(session: Session, snapshot: str) -> None:
    """Keep the bytes of a snapshot no more: a later one covers all that it does."""
    for table, column in (("snapshot", "id"), ("snapshot_file", "snapshot"),
                          ("snapshot_match", "snapshot")):
        session.connection().exec_driver_sql(f"DELETE FROM {table} WHERE {column} = ?", (snapshot,))


def settle_judgement(session: Session, snapshot: str, judged: dict[str, bool]) -> None:
    """Remember in which channels a snapshot says what is held here."""
    row = session.get(Snapshot, snapshot)
    if row is not None:
        row.judged = msgspec.json.encode(judged).decode()


def _tell_newer(session: Session, snapshot: str) -> None:
    told = msgspec.json.decode(read_value(session, _TOLD_NEWER) or b"[]", type=list[str])
    if snapshot not in told:
        write_value(session, _TOLD_NEWER, msgspec.json.encode([*told, snapshot]))
        raise_alarm(session, NEWER, datetime.now())


def _known(session: Session) -> set[str]:
    return set(session.scalars(select(Snapshot.id)))


def _keep_manifest(session: Session, manifest: Manifest, maker: str, name: str, data: bytes,
                   now: int) -> None:
    session.merge(Snapshot(id=manifest.id, device=maker, kept_at=now,
                           manifest=msgspec.json.encode(manifest), judged="{}"))
    session.merge(SnapshotFile(snapshot=manifest.id, name=name, data=data))


def _keep_file(session: Session, snapshot: str, name: str, data: bytes) -> None:
    session.merge(SnapshotFile(snapshot=snapshot, name=name, data=data))


def _file(session: Session, snapshot: str, name: str) -> bytes | None:
    return session.scalar(select(SnapshotFile.data)
                          .where(SnapshotFile.snapshot == snapshot, SnapshotFile.name == name))


def _files(session: Session, snapshot: str) -> list[str]:
    return list(session.scalars(select(SnapshotFile.name).where(SnapshotFile.snapshot == snapshot)))
