"""Reading a snapshot in place of the packages behind it: a new computer, or one that was away while
they went."""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.clock import ERASED
from desktop.base.crash import crash_point
from desktop.base.log import log
from desktop.models.changes import author_of, touched_of
from desktop.models.record import RECORDS
from desktop.models.sync import HeldPackage, Outbox, Refusal, Seen
from desktop.sync.merging import rules as merge
from desktop.sync.merging.authors import hash_in
from desktop.sync.merging.reading import Pace, Reading
from desktop.sync.packages.package import RefusedError, Rows
from desktop.sync.packages.wire import UnknownValues, checked
from desktop.sync.snapshots.catalogue import KnownSnapshot, fetch, kept
from desktop.sync.snapshots.manifest import VERSIONS, Manifest, SnapshotPart, opened_part
from desktop.sync.stores import receipts
from desktop.sync.stores.hints import Heads, ask_for_snapshot
from desktop.sync.stores.storage import Storage, number_in
from desktop.sync.trust import state
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault
from desktop.vault.identity import read_value, write_value

UNLOADED = "sync.unloaded"
"""The channels of which a snapshot was taken over, or packages let go, without being read here."""


class Loader:
    """Loads snapshots from a store. `pace`: how much may be merged before others have their turn at
    the vault."""

    def __init__(self, vault: Vault, storage: Storage, store: str, roster: Roster, pace: Pace,
                 looked: Callable[[], None], heads: Heads) -> None:
        self.heads = heads
        self.vault, self.storage, self.store, self.roster = vault, storage, store, roster
        self.pace, self.looked = pace, looked
        self._reading = Reading(vault, roster)
        self.applied = 0

    def catch_up(self, missing: Iterable[tuple[str, int, str]] | None) -> bool:
        """Load what covers the packages that are missing (writer, number, SHA-256 where one that
        covers the number will not do), or all there is (None); whether any was."""
        wanted = None if missing is None else list(missing)
        loaded = False
        for one in reversed(self.vault.ask(kept, self.roster)):
            own = self.vault.identity.writer
            named = [gap for gap in wanted or () if gap[2] and one.manifest.covers(*gap)]
            numbered = wanted is None or any(
                not sha256 and (read := one.manifest.vector.get(writer)) is not None
                and read.sequence >= number
                for writer, number, sha256 in wanted)
            if ((named or (numbered and self.vault.ask(_goes_farther, one.manifest, own)))
                and self._load(one)):
                loaded = True
                wanted = wanted and [gap for gap in wanted if gap not in named]
                if wanted is None:
                    break
        return loaded

    def read_channels(self) -> None:
        """Load what could not be read when it was taken over, now that the key has come."""
        waiting = self.vault.ask(unloaded)
        keys = self.vault.ask(state.channel_keys)
        readable = [channel for channel in waiting if self._reads(channel, keys)]
        for channel in readable:
            try:
                whole = all(self._apply_channels(one, [channel], keys)
                            for one in self.vault.ask(kept, self.roster))
            except RefusedError as error:
                # The rest of the exchange does not depend on it.
                log.warning("a snapshot is refused: %s", error)
                continue
            if whole:
                self.vault.do(_settle_channel, channel)

    def _load(self, one: KnownSnapshot) -> bool:
        """Whether the snapshot was there whole, and is merged."""
        keys = self.vault.ask(state.channel_keys)
        readable = [channel for channel in self.roster.channels if self._reads(channel, keys)]
        try:
            if not self._apply_channels(one, readable, keys):
                ask_for_snapshot(self.storage, self.heads, one.manifest.id)
                return False
        except RefusedError as error:
            log.warning("a snapshot is refused: %s", error)
            return False
        self._reading.do(_take_over, one.manifest, one.device, self.store,
                         self.vault.identity.writer,
                      [channel for channel in self.roster.channels if channel not in readable])
        crash_point("snapshot.taken-over")
        log.info("a snapshot was read in place of %d writers' packages", len(one.manifest.vector))
        return True

    def _apply_channels(self, one: KnownSnapshot, channels: list[str],
                        keys: dict[tuple[str, int], str]) -> bool:
        """Whether every part of these channels was to be had; all of it is merged then, the judged
        whole first."""
        parts = [part for part in one.manifest.parts if part.channel in channels]
        files: list[tuple[SnapshotPart, bytes]] = []
        for part in one.manifest.parts:
            self.looked()
            data = fetch(self.vault, self.storage, one.manifest, part.name)
            if part in parts:
                if data is None or (part.channel, part.epoch) not in keys:
                    return False
                files.append((part, data))
        for part, data in files:
            for batch in UnknownValues(besides=VERSIONS).over(self._body(one, part, data, keys)):
                _versions(batch) if batch.table == VERSIONS else checked(batch, part.channel)
        known = self.vault.ask(_last_stamps)
        vector = {writer: bytes.fromhex(read.last) for writer, read in one.manifest.vector.items()}
        for part, data in files:
            for batch in self._body(one, part, data, keys):
                for some in self.pace.steps(batch):
                    self.looked()
                    self.applied += self._reading.do(_apply, some, part.channel, vector, known)
                    crash_point("snapshot.step")
        return True

    def _reads(self, channel: str, keys: dict[tuple[str, int], str]) -> bool:
        # Who was a reader keeps the keys of that time: they do not open what came after.
        return ((channel, self.roster.channels[channel].epoch) in keys
                if channel in self.roster.channels else False)

    def _body(self, one: KnownSnapshot, part: SnapshotPart, data: bytes,
              keys: dict[tuple[str, int], str]) -> Iterable[Rows]:
        return opened_part(one.manifest, part, data, self.roster, one.device,
                           keys[part.channel, part.epoch])


def unloaded(session: Session) -> list[str]:
    """Return the channels of which something was let go unread."""
    return msgspec.json.decode(read_value(session, UNLOADED) or b"[]", type=list[str])


def note_unloaded(session: Session, channels: Iterable[str]) -> None:
    """Remember that something of these channels is to be read from a snapshot, once their key
    comes."""
    write_value(session, UNLOADED, msgspec.json.encode(sorted({*unloaded(session), *channels})))


def _settle_channel(session: Session, channel: str) -> None:
    write_value(session, UNLOADED,
                msgspec.json.encode([one for one in unloaded(session) if one != channel]))


def _goes_farther(session: Session, manifest: Manifest, own: bytes) -> bool:
    read = {row.writer.hex(): row.sequence for row in session.scalars(select(Seen))}
    return any(covered.sequence > read.get(writer, 0) for writer, covered in manifest.vector.items()
               if writer != own.hex())


def _last_stamps(session: Session) -> dict[str, bytes]:
    return {row.writer.hex(): row.last_stamp for row in session.scalars(select(Seen))}


def _apply(session: Session, batch: Rows, channel: str, vector: dict[str, bytes],
           known: dict[str, bytes]) -> int:
    if batch.table == VERSIONS:
        _keep_versions(session, batch)
        return 0
    touched = touched_of(session)
    # Its maker may appoint anybody: what stands there was judged when it came to it.
    result = merge.apply_rows(session.connection(), batch, channel, vector, None, known)
    touched.areas |= result.areas
    touched.rows |= result.rows
    touched.erased |= result.erased
    return result.records - result.refused


def _versions(batch: Rows) -> list[tuple[Any, ...]]:
    """(kind, id, field, stamp, value) of each; RefusedError where one is malformed."""
    if batch.fields != ["kind", "field", "value"]:
        raise RefusedError("content is not readable")
    rows: list[tuple[Any, ...]] = []
    try:
        for record_id, stamp, kind, field, value in batch.rows:
            row = kind, bytes.fromhex(record_id), field, bytes.fromhex(stamp), value
            if kind not in RECORDS or len(row[1]) != 16 or len(row[3]) != 16 or not isinstance(
                field, str) \
                    or not isinstance(value, str | None):
                raise RefusedError("content is not readable")
            rows.append(row)
    except (TypeError, ValueError) as error:
        raise RefusedError("content is not readable") from error
    return rows


def _keep_versions(session: Session, batch: Rows) -> None:
    rows = _versions(batch)
    for kind in {row[0] for row in rows}:
        session.connection().exec_driver_sql(
            f"INSERT OR IGNORE INTO version (kind, record_id, field, stamp, value) SELECT ?1, ?2, "
            f"?3, ?4, ?5 WHERE NOT EXISTS "
            f'(SELECT 1 FROM "{kind}" WHERE id = ?2 AND deleted_stamp = ?6)',
            [(*row, ERASED) for row in rows if row[0] == kind])


def _take_over(session: Session, manifest: Manifest, maker: str, store: str, own: bytes,
               unread: list[str]) -> None:
    """Count what the snapshot covers as read; the cursors move with the last of it."""
    for text, covered in manifest.vector.items():
        writer = bytes.fromhex(text)
        if writer == own:
            continue
        row = session.get(Seen, writer)
        if row is None:
            session.add(Seen(writer=writer, device=covered.device, sequence=covered.sequence,
                             sha256=covered.sha256,
                             last_stamp=bytes.fromhex(covered.last)))
        elif covered.sequence > row.sequence:
            row.sequence, row.sha256 = covered.sequence, covered.sha256
            row.last_stamp = max(row.last_stamp, bytes.fromhex(covered.last))
        receipts.keep_receipt(session, store, writer, covered.sequence)
        ours = {(row[0], row[1]) for row in session.execute(
            select(Outbox.sequence, Outbox.sha256).where(Outbox.writer == writer))}
        for sequence, sha256 in manifest.held.get(text, []):
            if ((sequence, sha256) not in ours
                and session.get(HeldPackage, (writer, sequence, sha256)) is None):
                session.add(HeldPackage(writer=writer, sequence=sequence, sha256=sha256, data=None))
    for name in session.scalars(select(Refusal.name)).all():
        _folder, writer_text, _shard, file = name.split("/")
        if manifest.covers(writer_text, number_in(file.partition("-")[0]) or 0, hash_in(name)):
            session.delete(session.get_one(Refusal, name))
    for text, (sequence, read) in manifest.peers.items():
        receipts.keep_peer(session, bytes.fromhex(text), sequence, read)
    if unread:
        note_unloaded(session, unread)
    state.note_unsaid(session, author_of(session).clock.now)
    session.flush()


__all__ = ["Loader", "note_unloaded", "unloaded"]
