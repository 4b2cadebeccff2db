"""Turning unsealed edits into packages: read what is pending, seal it once, forget that it was
pending."""

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.models.authority import DECIDING
from desktop.models.changes import author_of
from desktop.models.record import COMMON, RECORDS, STAMP, Field, fields_of
from desktop.sync.merging.matches import matched_here
from desktop.sync.merging.rules import CHUNK
from desktop.sync.packages.bounds import ENOUGH
from desktop.sync.packages.package import Rows, seal
from desktop.sync.packages.wire import to_wire
from desktop.sync.trust import state
from desktop.sync.trust.roster import Roster
from desktop.vault import sql
from desktop.vault.identity import Identity
from desktop.vault.search.facets import rank

MAX_RECORDS = 20_000
"""Records in one package, so that a first sealing of a large vault stays within memory."""


def pending_count(session: Session) -> int:
    """How many records hold edits that no package has."""
    return int(session.connection().exec_driver_sql("SELECT count(*) FROM pending").scalar_one())


def seal_pending(session: Session, identity: Identity, roster: Roster, device: str) -> int:
    """Seal up to MAX_RECORDS pending records, or ENOUGH bytes, into one package a channel; how many
    went in.

    One transaction.
    """
    rows = _first_pending(session)
    if not rows:
        return 0
    crash_point("seal.before-rows")
    by_channel: dict[str, dict[tuple[str, tuple[str, ...]], list[list[object]]]] = {}
    left: set[tuple[str, bytes]] = set()
    size = 0
    for kind, batch in _grouped(rows):
        for channel, names, row in _states(session, kind, batch):
            if channel in roster.channels and size < ENOUGH:
                by_channel.setdefault(channel, {}).setdefault((kind, names), []).append(row)
                size += size_of(row)
            else:
                # Of a group whose key the list in force does not announce: it waits for the list
                # that does. Or the package is large enough: it goes into the next one.
                left.add((kind, bytes.fromhex(str(row[0]))))
    sealed = [(kind, record_id) for kind, record_id, _low in rows if (kind, record_id) not in left]
    if not sealed:
        return 0
    session.connection().exec_driver_sql("DELETE FROM pending WHERE kind = ? AND record_id = ?",
                                         sealed)
    later = _lowest_pending(session)
    # The channel of all comes last: who reads it has read the others of this moment, or may never
    # read them.
    packages = sorted(by_channel.items())
    while packages:
        channel, tables = packages.pop()
        lows = [_lowest(row) for _channel, others in packages for batch in others.values()
                for row in batch]
        _add_package(session, identity, roster, device, channel, tables,
                     min(lows + later, default=None))
        crash_point("seal.package")
    crash_point("seal.before-commit")
    return len(sealed)


def _first_pending(session: Session) -> list[tuple[str, bytes, bytes]]:
    connection = session.connection()
    rows: list[tuple[str, bytes, bytes]] = []
    for kind in sorted(
        (row[0] for row in connection.exec_driver_sql("SELECT DISTINCT kind FROM pending")),
        key=rank):
        rows += [(kind, bytes(row[0]), bytes(row[1])) for row in connection.exec_driver_sql(
            "SELECT record_id, low FROM pending WHERE kind = ? ORDER BY record_id LIMIT ?",
            (kind, MAX_RECORDS - len(rows)))]
    return rows


def _lowest_pending(session: Session) -> list[bytes]:
    low = session.connection().exec_driver_sql("SELECT min(low) FROM pending").scalar_one()
    return [] if low is None else [bytes(low)]


def _lowest(row: list[object]) -> bytes:
    stamps = row[1] if isinstance(row[1], list) else [row[1]]
    return bytes.fromhex(min(map(str, stamps)))


def seal_word(session: Session, identity: Identity, roster: Roster, device: str) -> None:
    """Seal a package without records: it tells all devices what this one had read. One
    transaction."""
    _add_package(session, identity, roster, device, COMMON, {},
                 min(_lowest_pending(session), default=None))


def _grouped(rows: list[tuple[str, bytes, bytes]]) -> Iterator[tuple[str, dict[bytes, bytes]]]:
    kinds: dict[str, dict[bytes, bytes]] = {}
    for kind, record_id, low in rows:
        kinds.setdefault(kind, {})[record_id] = low
    yield from kinds.items()


def _states(session: Session, kind: str, batch: dict[bytes, bytes]) -> Iterator[
        tuple[str, tuple[str, ...], list[object]]]:
    """(channel, names, wire row) of each pending record: the fields stamped since its first
    unsealed edit."""
    fields = [f for f in fields_of(RECORDS[kind]) if f.travels]
    columns = ", ".join([f'"{f.name}"' for f in fields] + [f'"{f.name}{STAMP}"' for f in fields])
    deciding = DECIDING.get(kind, ())
    ids = list(batch)
    for start in range(0, len(ids), 500):
        part = ids[start:start + 500]
        marks = ",".join("?" * len(part))
        found = session.connection().exec_driver_sql(
            f'SELECT id, channel, {columns} FROM "{kind}" WHERE id IN ({marks}) ORDER BY id',
            tuple(part))
        for row in found:
            state = wire_state(fields, row, batch[bytes(row[0])], deciding)
            if state is not None:
                yield row[1], *state


def wire_state(fields: list[Field], row: Row[Any], low: bytes,
               deciding: tuple[str, ...] = ()) -> tuple[tuple[str, ...], list[object]] | None:
    """(names, wire row) of a stored row (id, channel, values, stamps): its fields stamped since
    `low`; None without any.

    `deciding`: fields that go with it whenever they were stamped: who may write the others hangs on
    them.
    """
    values, stamps = row[2:2 + len(fields)], row[2 + len(fields):]
    chosen = [i for i, stamp in enumerate(stamps) if stamp is not None and stamp >= low]
    if not chosen:
        return None
    chosen += [i for i, f in enumerate(fields)
               if f.name in deciding and i not in chosen and stamps[i] is not None]
    own = [bytes(stamps[i]) for i in chosen]
    wire: list[object] = [bytes(row[0]).hex(),
                          own[0].hex() if len(set(own)) == 1 else [s.hex() for s in own]]
    wire += [to_wire(fields[i].kind, values[i]) for i in chosen]
    return tuple(fields[i].name for i in chosen), wire


def size_of(row: list[object]) -> int:
    """About how many bytes a row takes on the wire."""
    return sum(len(value) if isinstance(value, str) else 8 for value in row)


def _add_package(session: Session, identity: Identity, roster: Roster, device: str, channel: str,
                 tables: dict[tuple[str, tuple[str, ...]], list[list[object]]],
                 later: bytes | None) -> None:
    seen = {writer: read for writer, *read
            in sql.fetch(session, "SELECT writer, sequence, sha256, last_stamp FROM seen")}
    before, previous, own_last = seen.pop(identity.writer, (0, "", b"\0" * 16))
    # Every stamp of ours until now is at or before the clock, every later one after it; who reads
    # this package has not seen those from `later` on, which go into the next ones.
    last = author_of(session).clock.last
    if later is not None and later <= last:
        last = max(own_last, (int.from_bytes(later, "big") - 1).to_bytes(16, "big"))
    sequence, key = before + 1, roster.channels[channel]
    ordered = sorted(tables.items(), key=lambda table: (rank(table[0][0]), table[0]))
    body = [Rows(kind, list(names), batch[start:start + CHUNK])
            for (kind, names), batch in ordered for start in range(0, len(batch), CHUNK)]
    data = seal(
        collective=roster.collective, channel=channel, nonce=identity.nonce, sequence=sequence,
        previous=previous, epoch=key.epoch, recipient=key.recipient,
        signing_key=identity.signing_key, roster=roster.number, clock=last,
        seen={writer.hex(): (number, sha256, stamp.hex())
              for writer, (number, sha256, stamp) in seen.items()},
        body=body, matched=matched_here(session))
    sha256 = package_hash(data)
    sql.run(session, "INSERT INTO outbox (writer, sequence, channel, sha256, data, last_stamp, "
            "records) VALUES (?, ?, ?, ?, ?, ?, ?)", identity.writer, sequence, channel, sha256,
            data, last,
            sum(len(batch) for batch in tables.values()))
    sql.run(session, "INSERT INTO seen (writer, device, sequence, sha256, last_stamp) VALUES (?, "
            "?, ?, ?, ?) ON CONFLICT DO UPDATE SET sequence = excluded.sequence, sha256 = "
            "excluded.sha256, last_stamp = excluded.last_stamp",
            identity.writer, device, sequence, sha256, last)
    if seen:
        sql.run(session, "DELETE FROM local_value WHERE key = ?", state.UNSAID)
        sql.run(session, "INSERT OR IGNORE INTO local_value (key, value) VALUES (?, x'31')",
                state.SAID)


def package_hash(data: bytes) -> str:
    """SHA-256 of a whole package, as its name and the next header carry it."""
    return hashlib.sha256(data).hexdigest()


def package_name(writer: bytes, sequence: int, sha256: str) -> str:
    """Where a package lies; 256 to a folder."""
    return f"w/{writer.hex()}/{sequence // 256:06x}/{sequence:010d}-{sha256}.pkg"

