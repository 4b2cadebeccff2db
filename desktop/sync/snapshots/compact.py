"""Letting go of packages that a snapshot covers: on the store our own alone, in the vault those of
everybody."""

from datetime import timedelta

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.log import log
from desktop.models.sync import HeldPackage, Outbox, SnapshotFile, SnapshotMatch, Unread
from desktop.sync.merging.sealing import package_name
from desktop.sync.packages.package import Header
from desktop.sync.snapshots.catalogue import KnownSnapshot, drop, kept, orphans
from desktop.sync.snapshots.load import note_unloaded
from desktop.sync.snapshots.manifest import MAKER, Manifest, folder_of, is_manifest
from desktop.sync.stores.storage import Storage
from desktop.sync.trust import state
from desktop.sync.trust.links import own_key
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault

AGE = timedelta(days=30)
"""How long a snapshot is known before anything goes for it: who is away a month needs nothing of
this."""
WITNESSES = 2
"""How many devices besides its maker must hold the same; this one may be of them."""
AT_MOST = 500
"""Packages taken away in one round."""

_DAY_MS = 24 * 3600 * 1000


def compact(vault: Vault, storage: Storage, roster: Roster, there: dict[str, list[str]]) -> int:
    """Let go of what is covered; how many of our packages were taken from the store.

    `there`: the snapshots that lie on the store. Each writer's last package stays: by it a gap is
    seen.
    """
    gone, own = 0, own_key(vault)
    for one in vault.ask(kept, roster):
        _set_back(vault, one)
        channels = vault.ask(stands, one, roster, own, there, vault.now())
        if not channels:
            continue
        for writer, sequence, sha256 in vault.ask(_ours, one.manifest, channels, AT_MOST - gone):
            storage.remove(package_name(writer, sequence, sha256))
            crash_point("compact.removed")
            vault.do(_let_go_of_ours, writer, sequence)
            crash_point("compact.let-go")
            gone += 1
        vault.do(_let_go_of_others, one.manifest, channels)
    _drop_older(vault, storage, roster, there)
    if gone:
        log.info("compaction: %d packages gone", gone)
    return gone


def stands(session: Session, one: KnownSnapshot, roster: Roster, own: str,
           there: dict[str, list[str]],
           now: int) -> set[str]:
    """Return the channels in which packages may go for a snapshot: it lies there whole, long since,
    and enough devices agree."""
    if not _is_whole(one, there) or now - one.kept_at < AGE.days * _DAY_MS:
        return set()
    return _agreed(session, one, roster, own)


def _set_back(vault: Vault, one: KnownSnapshot) -> None:
    # The clock was ahead when the snapshot came: its age counts from now.
    if one.kept_at > vault.now():
        vault.do(_keep_at, one.manifest.id, vault.now())


def _keep_at(session: Session, snapshot: str, now: int) -> None:
    session.connection().exec_driver_sql("UPDATE snapshot SET kept_at = ? WHERE id = ?",
                                         (now, snapshot))


def _is_whole(one: KnownSnapshot, there: dict[str, list[str]]) -> bool:
    names = there.get(one.manifest.id, [])
    return any(map(is_manifest, names)) and {part.name for part in one.manifest.parts} <= set(names)


def _agreed(session: Session, one: KnownSnapshot, roster: Roster, own: str) -> set[str]:
    """Return the channels in which enough devices hold the same, and in which nothing says
    otherwise here."""
    files = set(
        session.scalars(select(SnapshotFile.name).where(SnapshotFile.snapshot == one.manifest.id)))
    if not {part.name for part in one.manifest.parts} <= files:
        return set()
    readable = {channel for channel, _epoch in state.channel_keys(session)}
    witnesses = {channel: {own} - {one.device} for channel, agrees in one.judged.items() if agrees}
    for row in session.scalars(select(SnapshotMatch)
                               .where(SnapshotMatch.snapshot == one.manifest.id)):
        # Who cannot read a channel has nothing to say of it.
        if row.device != one.device and roster.reads(roster.device(row.device), row.channel):
            witnesses.setdefault(row.channel, set()).add(row.device)
    return {channel for channel in roster.channels if len(witnesses.get(channel, ())) >= WITNESSES
            and (one.judged.get(channel) or channel not in readable)}


def _ours(session: Session, manifest: Manifest, channels: set[str],
          most: int) -> list[tuple[bytes, int, str]]:
    last: dict[bytes, int] = {row[0]: row[1] for row in session.execute(
        select(Outbox.writer, func.max(Outbox.sequence)).group_by(Outbox.writer))}
    rows = session.execute(select(Outbox.writer, Outbox.sequence, Outbox.sha256).where(
        Outbox.data.is_not(None), Outbox.pushed_at.is_not(None), Outbox.channel.in_(channels))
        .order_by(Outbox.writer, Outbox.sequence))
    covered = {(writer, *one) for writer, held in manifest.held.items() for one in held}
    return [(row[0], row[1], row[2]) for row in rows
            if row[1] < last[row[0]] and (row[0].hex(), row[1], row[2]) in covered][:most]


def _let_go_of_ours(session: Session, writer: bytes, sequence: int) -> None:
    row = session.get(Outbox, (writer, sequence))
    if row is not None:
        row.data = None


def _let_go_of_others(session: Session, manifest: Manifest, channels: set[str]) -> None:
    readable = {channel for channel, _epoch in state.channel_keys(session)}
    last: dict[bytes, int] = {row[0]: row[1] for row in session.execute(
        select(HeldPackage.writer, func.max(HeldPackage.sequence)).group_by(HeldPackage.writer))}
    covered = {(writer, *one) for writer, held in manifest.held.items() for one in held}
    unread: set[str] = set()
    for writer, sequence, sha256, start in session.execute(
            select(HeldPackage.writer, HeldPackage.sequence, HeldPackage.sha256,
                   func.substr(HeldPackage.data, 1, 4096))
            .where(HeldPackage.data.is_not(None))).all():
        channel = msgspec.json.decode(bytes(start).partition(b"\n")[0], type=Header).channel
        if (channel not in channels or sequence >= last[writer]
            or (writer.hex(), sequence, sha256) not in covered):
            continue
        row = session.get(HeldPackage, (writer, sequence, sha256))
        if row is not None:
            row.data = None
        waiting = session.get(Unread, (writer, sequence))
        if waiting is not None and channel not in readable:
            session.delete(waiting)
            unread.add(channel)
    if unread:
        note_unloaded(session, unread)


def _drop_older(vault: Vault, storage: Storage, roster: Roster,
                there: dict[str, list[str]]) -> None:
    """Let an older snapshot go when a newer one, as old and as well witnessed, covers it: from the
    store by its maker.

    One whose maker left goes by the hand of the coordination: nobody else would take it away, and
    with it what was erased since.
    """
    known, own = vault.ask(kept, roster), own_key(vault)
    here = roster.device(own)
    for one in known + vault.ask(orphans, roster):
        orphan = one not in known
        for other in known:
            if (not other.manifest.replaces(one.manifest)
                or not vault.ask(stands, other, roster, own, there, vault.now())
                    or not vault.ask(_agreed, other, roster, own)
                >= vault.ask(_agreed, one, roster, own)):
                continue
            if one.device == own or (orphan and here is not None and MAKER in here.roles):
                # The manifest first: without it the rest is nothing.
                for name in sorted(there.get(one.manifest.id, []),
                                   key=lambda name: (not is_manifest(name), name)):
                    storage.remove(f"{folder_of(one.manifest.id)}/{name}")
                    crash_point("compact.snapshot-removed")
                vault.do(drop, one.manifest.id)
            elif not there.get(one.manifest.id):
                vault.do(drop, one.manifest.id)
            break
