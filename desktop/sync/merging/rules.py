"""Merging: ours and theirs to one, by rules that hold in any order; the pure rules, and the SQL
made from them.

Each field is a register with a stamp; the greater stamp wins. `merged` is the rule for one field;
`upsert_sql` is the same rule for a whole batch, and a property test holds them equal.
"""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from typing import Any

import msgspec
from sqlalchemy import Connection

from desktop.base.clock import ERASED, stamp_writer
from desktop.base.crash import crash_point
from desktop.base.log import log
from desktop.models.changes import floor_to_month
from desktop.models.erasure import erase, forget
from desktop.models.meetings import NoteUpdate
from desktop.models.record import RECORDS, STAMP, Record, beside, derived_id, fields_of
from desktop.sync.merging.belonging import out_of_place
from desktop.sync.merging.certificates import Certificate, permitted
from desktop.sync.packages.package import Rows
from desktop.sync.packages.wire import CheckedRows, checked
from desktop.vault.search.index import concerns

CHUNK = 5_000

Register = tuple[bytes, Any]
"""(stamp, value)."""


@dataclass
class Applied:
    """What a batch did."""

    records: int = 0
    refused: int = 0
    areas: set[str] = field(default_factory=set)
    rows: set[tuple[str, bytes]] = field(default_factory=set)
    erased: set[bytes] = field(default_factory=set)
    """Records that this batch erased here for good."""


def merged(ours: Register | None, theirs: Register) -> Register:
    """Return the register that stands: the greater stamp; idempotent, commutative, associative.

    Of two values under one stamp, which somebody made up, the greater one as SQLite orders them:
    all agree on it.
    """
    if ours is None or theirs[0] > ours[0]:
        return theirs
    return theirs if theirs[0] == ours[0] and _is_greater(theirs[1], ours[1]) else ours


def _is_greater(theirs: Any, ours: Any) -> bool:
    if ours is None or theirs is None:
        return ours is None and theirs is not None
    kinds = [isinstance(value, bytes) * 2 + isinstance(value, str) for value in (theirs, ours)]
    if kinds[0] != kinds[1]:
        return kinds[0] > kinds[1]
    # Texts compare as the bytes of their UTF-8.
    return bool(theirs.encode() > ours.encode() if isinstance(theirs, str) else theirs > ours)


def is_concurrent(loser: bytes, winner: bytes, winner_saw: bytes | None) -> bool:
    """Whether the winner's author had not seen the loser; `winner_saw`: the last stamp it had from
    that writer."""
    if stamp_writer(loser) == stamp_writer(winner):
        return False
    return winner_saw is None or loser > winner_saw


@lru_cache(maxsize=2_000)
def upsert_sql(kind: str, names: tuple[str, ...]) -> str:
    """One statement that merges a row of (id, channel, values..., stamps...) into its table."""
    columns = ["id", "channel", *names, *(name + STAMP for name in names)]
    sets = []
    for name in names:
        theirs, ours = (f'{table}."{name}' for table in ("excluded", f'"{kind}"'))
        newer = (f'excluded."{name}{STAMP}" > coalesce("{kind}"."{name}{STAMP}", x\'\') '
                 f'OR (excluded."{name}{STAMP}" = "{kind}"."{name}{STAMP}" AND '
                 f'({theirs}" > {ours}" OR ({ours}" IS NULL AND {theirs}" IS NOT NULL)))')
        sets.append(f'"{name}" = CASE WHEN {newer} THEN excluded."{name}" ELSE "{kind}"."{name}" '
                    f'END')
        sets.append(f'"{name}{STAMP}" = CASE WHEN {newer} THEN excluded."{name}{STAMP}" '
                    f'ELSE "{kind}"."{name}{STAMP}" END')
    quoted = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    return (f'INSERT INTO "{kind}" ({quoted}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET '
            f'{", ".join(sets)} WHERE "{kind}".channel = excluded.channel')


# Applying

def apply_rows(connection: Connection, batch: Rows, channel: str, seen: dict[str, bytes],
               who: Certificate | None, known_here: dict[str, bytes] | None = None) -> Applied:
    """Merge one batch of a package. `seen`: what its author had of each writer (hexadecimal -> last
    stamp).

    `who`: the rights of its author; None where each row was judged before, when it came to who
    hands it on.
    `known_here`: the same of this device, where what comes is for the most part no news (a
    snapshot).

    RefusedError where the batch is malformed; rows that may not be written are counted as refused.
    """
    done = Applied()
    if not batch.rows:
        return done
    given = checked(batch, channel)
    strangers = out_of_place(batch, given, channel)
    done.records, done.refused = len(given.ids), len(strangers)
    if strangers:
        log.warning("%d rows of %s are kept out: of another channel, or spoilt", len(strangers),
                    batch.table)
        batch = Rows(batch.table, batch.fields,
                     [row for i, row in enumerate(batch.rows) if i not in strangers])
        given = checked(batch, channel)
        if not batch.rows:
            return done
    parts = permitted(batch, given, channel, who) if who is not None else None
    if parts is None:
        _apply(connection, batch, given, channel, seen, who, known_here or {}, done)
        return done
    log.warning("rows of %s are kept out: not their author's to write", batch.table)
    # A row of which a field is left out counts as kept out too.
    done.refused += len(batch.rows) - sum(
        len(part.rows) for part in parts if len(part.fields) == len(batch.fields))
    for part in parts:
        _apply(connection, part, checked(part, channel), channel, seen, who, known_here or {}, done)
    return done


def _apply(connection: Connection, batch: Rows, given: CheckedRows, channel: str,
           seen: dict[str, bytes],
           who: Certificate | None, known_here: dict[str, bytes], done: Applied) -> None:
    ids, stamps, positions, columns = given.ids, given.stamps, given.positions, given.columns
    cls = RECORDS.get(batch.table)
    known = {f.name for f in fields_of(cls)} if cls is not None else set()
    for position, name in enumerate(batch.fields):
        if name not in known:
            _keep_unknown(connection, batch.table, channel, who, [
                (i, name, stamp, row[position + 2])
                for i, stamp, row in zip(ids, stamps[position], batch.rows, strict=True)])
    if cls is None or not positions:
        if cls is not None:
            forget(connection, batch.table, _erased(connection, batch.table, ids))
        return
    names = tuple(batch.fields[i] for i in positions)
    # Without strict, which the repeated channel would not pass: `checked` made all of one length.
    allowed = list(zip(ids, repeat(channel), *columns, *(stamps[p] for p in positions)))
    held: set[bytes] = set()
    if _is_known_of(connection, batch.table, ids):
        held = _erased(connection, batch.table, given.marked)
        _keep_losers(connection, cls, names, allowed, seen, known_here)
        if batch.table == NoteUpdate.kind_name() and "data" in names:
            done.rows.update((batch.table, one)
                             for one in _keep_updates(connection, channel, names, allowed))
    crash_point("apply.losers-kept")
    for start in range(0, len(allowed), CHUNK):
        connection.exec_driver_sql(upsert_sql(batch.table, names), allowed[start:start + CHUNK])
    # The mark on the tombstone is one on every field, those too that its author did not know.
    now = _erased(connection, batch.table, given.marked)
    erase(connection, batch.table, now)
    done.erased |= now - held
    if len(positions) < len(batch.fields):
        forget(connection, batch.table, _erased(connection, batch.table, ids))
    done.areas.add(cls.__area__)
    if concerns(batch.table):
        done.rows.update(zip(repeat(batch.table), [row[0] for row in allowed]))


def _is_known_of(connection: Connection, kind: str, ids: list[bytes]) -> bool:
    """Whether any of these records may be here already: most of what a new device reads comes after
    what it has."""
    return connection.exec_driver_sql(f'SELECT 1 FROM "{kind}" WHERE id BETWEEN ? AND ? LIMIT 1',
                                      (min(ids), max(ids))).first() is not None


def known_of(connection: Connection, kind: str, ids: set[bytes]) -> set[bytes]:
    """Those of these records that are here."""
    if not ids or not _is_known_of(connection, kind, list(ids)):
        return set()
    found: set[bytes] = set()
    wanted = sorted(ids)
    for start in range(0, len(wanted), 500):
        part = tuple(wanted[start:start + 500])
        found.update(bytes(row[0]) for row in connection.exec_driver_sql(
            f'SELECT id FROM "{kind}" WHERE id IN ({",".join("?" * len(part))})', part))
    return found


def _keep_updates(connection: Connection, channel: str, names: tuple[str, ...],
                  rows: list[tuple[Any, ...]]) -> list[bytes]:
    """Keep updates of notes that lose to others under the same id, as rows of their own: the set
    only grows; their ids.

    A vault that was copied, or put back to an older day, went on writing in each copy what was
    still to be sealed.
    """
    position = names.index("data")
    theirs = {row[0]: (row[2 + len(names) + position], row[2 + position]) for row in rows}
    kept: list[tuple[Any, ...]] = []
    for start in range(0, len(rows), 500):
        part = [row[0] for row in rows[start:start + 500]]
        found = connection.exec_driver_sql(
            f'SELECT id, block_id, data_stamp, data FROM note_update WHERE data_stamp IS NOT NULL '
            f'AND id IN ({",".join("?" * len(part))})', tuple(part))
        for record_id, block_id, stamp, data in found:
            ours = bytes(stamp), data
            kept += [
                (_id_of_update(record_id, value), channel, block_id, 0, value, stamp, stamp, stamp)
                     for stamp, value in _losing_updates(ours, theirs[bytes(record_id)])
                if block_id is not None]
    if kept:
        connection.exec_driver_sql(upsert_sql("note_update", ("block_id", "generation", "data")),
                                   kept)
    return [row[0] for row in kept]


def _losing_updates(ours: Register, theirs: Register) -> list[Register]:
    if ours[1] == theirs[1] or merged(ours, theirs)[0] == ERASED:
        return []
    losers = ([ours, theirs] if ours[0] == theirs[0]
              else [min(ours, theirs, key=lambda register: register[0])])
    return [loser for loser in losers if loser[1] is not None]


def _id_of_update(record_id: bytes, data: bytes) -> bytes:
    # Made of the update: every device that knows both makes the same row.
    made = derived_id("note_update", bytes(record_id).hex(), hashlib.sha256(data).hexdigest())
    return beside(made, uuid.UUID(bytes=bytes(record_id))).bytes


def _erased(connection: Connection, kind: str, ids: list[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for start in range(0, len(ids), 500):
        part = ids[start:start + 500]
        marks = ",".join("?" * len(part))
        found.update(bytes(row[0]) for row in connection.exec_driver_sql(
            f'SELECT id FROM "{kind}" WHERE id IN ({marks}) AND deleted_stamp = ?',
            (*part, ERASED)))
    return found


def _keep_unknown(connection: Connection, table: str, channel: str, who: Certificate | None,
                  values: list[tuple[bytes, str, bytes, Any]]) -> None:
    if not values:
        return
    roles = " ".join(sorted(who.roles)) if who is not None else None
    # As for the known ones: what came by one channel is not changed by another.
    connection.exec_driver_sql(
        "INSERT INTO unknown (kind, channel, record_id, field, stamp, value, roles) VALUES (?, ?, "
        "?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET stamp = excluded.stamp, value = excluded.value, "
        "channel = excluded.channel, roles = excluded.roles WHERE excluded.stamp > unknown.stamp "
        "AND coalesce(unknown.channel, excluded.channel) = excluded.channel",
        [(table, channel, i, name, stamp, msgspec.json.encode(v).decode(), roles)
         for i, name, stamp, v in values])


def _keep_losers(connection: Connection, cls: type[Record], names: tuple[str, ...],
                 rows: list[tuple[Any, ...]],
                 seen: dict[str, bytes], known: dict[str, bytes]) -> None:
    kept = [f.name for f in fields_of(cls) if f.keep_conflicts and f.name in names]
    if not kept or not rows:
        return
    kind = cls.kind_name()
    losers: list[tuple[str, bytes, str, bytes, Any]] = []
    columns = ", ".join(f'"{name}", "{name}{STAMP}"' for name in kept)
    for start in range(0, len(rows), 500):
        part = {row[0]: row for row in rows[start:start + 500]}
        marks = ",".join("?" * len(part))
        found = connection.exec_driver_sql(f'SELECT id, {columns} FROM "{kind}" WHERE id IN '
                                           f'({marks})', tuple(part))
        for ours in found:
            theirs = part[bytes(ours[0])]
            for rank, name in enumerate(kept):
                position = names.index(name)
                losers += _loser(cls, theirs[0], name, (ours[2 * rank + 2], ours[2 * rank + 1]),
                                 (theirs[2 + len(names) + position], theirs[2 + position]), seen,
                                 known)
    if losers:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO version (kind, record_id, field, stamp, value) VALUES (?, ?, ?, "
            "?, ?)", losers)


def _loser(cls: type[Record], record_id: bytes, name: str, ours: Register, theirs: Register,
           seen: dict[str, bytes],
           known: dict[str, bytes]) -> Iterable[tuple[str, bytes, str, bytes, Any]]:
    if ours[0] is None or ours[0] == theirs[0] or ours[1] == theirs[1]:
        return
    winner = merged(ours, theirs)
    if winner[0] == ERASED:
        return
    loser = theirs if winner is ours else ours
    # What our winner had seen of a late comer is not known any more: keep it, a copy too many loses
    # nothing. But where it is no late comer, it was judged when it came.
    saw = (seen if winner is theirs else known).get(stamp_writer(loser[0]).hex())
    if saw is not None and cls.__anonymous__:
        # The stamps tell the month alone: what was written in the same one counts as not seen.
        saw = (int.from_bytes(floor_to_month(saw, None)[:8], "big")
               - 1).to_bytes(8, "big", signed=True) + b"\xff" * 8
    if loser[1] is not None and is_concurrent(loser[0], winner[0], saw):
        yield cls.kind_name(), record_id, name, loser[0], loser[1]
        # The winner too: as long as its stamp is the one in force, nobody has chosen between the
        # two.
        yield cls.kind_name(), record_id, name, winner[0], winner[1]
