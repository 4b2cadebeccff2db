"""Judging a snapshot by what this device read itself: it must say the same, neither more nor
less."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from desktop.base.log import log
from desktop.models.record import RECORDS, STAMP, Field, fields_of
from desktop.models.sync import Seen
from desktop.sync.packages.package import RefusedError, Rows
from desktop.sync.packages.wire import checked, to_wire
from desktop.sync.snapshots.catalogue import KnownSnapshot, fetch, kept, settle_judgement
from desktop.sync.snapshots.manifest import VERSIONS, Manifest, covering, opened_part
from desktop.sync.stores.storage import Storage
from desktop.sync.trust import state
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault

Covered = Callable[[str, bytes], bool]


def judge_all(vault: Vault, storage: Storage, roster: Roster, looked: Callable[[], None]) -> bool:
    """Judge each snapshot that can be by now, once a channel; whether any was found to be what is
    held here."""
    keys = vault.ask(state.channel_keys)
    agreed = False
    for one in vault.ask(kept, roster):
        if not vault.ask(_has_read, one.manifest):
            continue
        judged = dict(one.judged)
        for channel in roster.channels:
            needed = {(part.channel, part.epoch) for part in one.manifest.parts
                      if part.channel == channel}
            if (channel in judged or not needed <= keys.keys()
                or not any(held == channel for held, _epoch in keys)):
                continue
            verdict = _judge(vault, storage, roster, one, channel, keys, looked)
            if verdict is not None:
                judged[channel] = verdict
                agreed |= verdict
        if judged != one.judged:
            vault.do(settle_judgement, one.manifest.id, judged)
    return agreed


def _has_read(session: Session, manifest: Manifest) -> bool:
    """Whether all that a snapshot covers was read here: only then do the two say the same."""
    read = {row.writer.hex(): row.sequence for row in session.scalars(select(Seen))}
    return all(read.get(writer, 0) >= covered.sequence
               for writer, covered in manifest.vector.items())


def _judge(vault: Vault, storage: Storage, roster: Roster, one: KnownSnapshot, channel: str,
           keys: dict[tuple[str, int], str],
           looked: Callable[[], None]) -> bool | None:
    """Whether it says what is held here; None where a part of it is not to be had."""
    files: list[tuple[Any, bytes]] = []
    for part in one.manifest.parts:
        # The parts of the other channels too: whoever holds all of them can put them back.
        looked()
        data = fetch(vault, storage, one.manifest, part.name)
        if data is None:
            return None
        if part.channel == channel:
            files.append((part, data))
    try:
        return vault.ask(_same, one.manifest, roster, one.device, channel, keys, files, looked)
    except RefusedError as error:
        log.warning("a part of a snapshot is refused: %s", error)
        return False


def _same(session: Session, manifest: Manifest, roster: Roster, maker: str, channel: str,
          keys: dict[tuple[str, int], str],
          files: list[tuple[Any, bytes]], looked: Callable[[], None]) -> bool:
    connection = session.connection()
    covered = covering(
        {writer: bytes.fromhex(read.last) for writer, read in manifest.vector.items()})
    there: dict[str, set[bytes]] = {}
    for part, data in files:
        looked()
        body = opened_part(manifest, part, data, roster, maker, keys[part.channel, part.epoch])
        for batch in body:
            if batch.table != VERSIONS:
                checked(batch, part.channel)
            if batch.table in RECORDS and not _batch_agrees(connection, batch, covered,
                                                            there.setdefault(batch.table, set())):
                log.warning("a snapshot says something else of %s than what is held here",
                            batch.table)
                return False
    for kind in RECORDS:
        looked()
        if not _nothing_missing(connection, kind, channel, covered, there.get(kind, set())):
            log.warning("a snapshot lacks something of %s", kind)
            return False
    return True


def _batch_agrees(connection: Connection, batch: Rows, covered: Covered, there: set[bytes]) -> bool:
    known = {f.name: f for f in fields_of(RECORDS[batch.table]) if f.travels}
    fields = [(position, known[name]) for position, name in enumerate(batch.fields)
              if name in known]
    names = [f.name for f in known.values()]
    columns = ", ".join(f'"{name}", "{name}{STAMP}"' for name in names)
    for start in range(0, len(batch.rows), 500):
        part = {bytes.fromhex(row[0]): row for row in batch.rows[start:start + 500]}
        found = {bytes(row[0]): row[1:] for row in connection.exec_driver_sql(
            f'SELECT id, {columns} FROM "{batch.table}" WHERE id IN ({",".join("?" * len(part))})',
            tuple(part))}
        for record_id, theirs in part.items():
            there.add(record_id)
            ours = found.get(record_id)
            if ours is None or not _row_agrees(batch.table, len(batch.fields), fields, names, ours,
                                               theirs, covered):
                return False
    return True


def _row_agrees(kind: str, width: int, fields: list[tuple[int, Field]], names: list[str], ours: Any,
                theirs: list[Any],
                covered: Covered) -> bool:
    stamps = [theirs[1]] * width if isinstance(theirs[1], str) else theirs[1]
    said: set[str] = set()
    for position, field in fields:
        value, stamp = ours[2 * names.index(field.name)], ours[2 * names.index(field.name) + 1]
        said.add(field.name)
        if stamp is None:
            return False
        held, given = bytes(stamp), bytes.fromhex(stamps[position])
        if held == given:
            if to_wire(field.kind, value) != theirs[position + 2]:
                return False
        elif given > held or covered(kind, held):
            # A word that nobody gave, or an older one than what stood when the snapshot was made.
            return False
    return not any(ours[2 * rank + 1] is not None and name not in said
                   and covered(kind, bytes(ours[2 * rank + 1]))
                   for rank, name in enumerate(names))


def _nothing_missing(connection: Connection, kind: str, channel: str, covered: Covered,
                     there: set[bytes]) -> bool:
    stamps = ", ".join(f'"{f.name}{STAMP}"' for f in fields_of(RECORDS[kind]) if f.travels)
    return not any(
        bytes(record_id) not in there
        and any(stamp is not None and covered(kind, bytes(stamp)) for stamp in row)
        for record_id, *row in connection.exec_driver_sql(f'SELECT id, {stamps} FROM "{kind}" '
                                                          f'WHERE channel = ?', (channel,)))
