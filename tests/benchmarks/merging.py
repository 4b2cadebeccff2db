"""The merge of large packages, against the limit: the same rows put into the same table by
SQLCipher alone."""

import statistics
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyrage
from sqlalchemy.orm import Session

from desktop.base.clock import stamp_bytes
from desktop.base.paths import Home
from desktop.models.changes import touched_of
from desktop.models.record import COMMON, STAMP
from desktop.sync.merging.certificates import Certificate
from desktop.sync.merging.rules import CHUNK, apply_rows
from desktop.sync.merging.sealing import MAX_RECORDS, package_hash
from desktop.sync.packages.package import Rows, open_rest, read_header, seal
from desktop.vault import Cost, Vault
from tests.benchmarks.measure import RUNS, peak_mib, say, seconds

FIELDS = ("title", "description", "state", "due_on", "progress", "owner_id")
WRITER = b"measured"
CERTIFICATE = Certificate(frozenset({"membre"}))


def _wire(count: int) -> list[list[object]]:
    return [[uuid.UUID(int=(1 << 120) + n).hex, stamp_bytes(1_800_000_000_000 + n, 0, WRITER).hex(),
             f"Atelier numéro {n} avec les habitants",
             f"Une rencontre au quartier, préparée en groupe, rang {n}",
             "en_cours", "2027-03-12", n % 100, uuid.UUID(int=(1 << 100) + n % 500).hex]
            for n in range(count)]


def _stored(wire: list[list[object]]) -> list[tuple[object, ...]]:
    rows = []
    for row in wire:
        stamp = bytes.fromhex(str(row[1]))
        rows.append((bytes.fromhex(str(row[0])), COMMON, *row[2:7], bytes.fromhex(str(row[7])),
                     *[stamp] * len(FIELDS)))
    return rows


def _insert(session: Session, rows: list[tuple[object, ...]]) -> None:
    columns = ["id", "channel", *FIELDS, *(name + STAMP for name in FIELDS)]
    quoted = ", ".join(f'"{column}"' for column in columns)
    session.connection().exec_driver_sql(
        f'INSERT INTO action ({quoted}) VALUES ({", ".join("?" * len(columns))})', rows)


def _merge(session: Session, packages: list[bytes], identity: str, indexed: bool) -> None:
    for data in packages:
        header, _signer, rest = read_header(data, package_hash(data))
        _opening, body = open_rest(header, rest, identity)
        for batch in body:
            done = apply_rows(session.connection(), batch, header.channel, {}, CERTIFICATE)
            if indexed:
                touched_of(session).rows |= done.rows


def _vaults(folder: Path, name: str) -> list[Vault]:
    return [Vault.create(Home(folder / f"{name}{number}"), "essai", cost=Cost.TEST)[0]
            for number in range(RUNS)]


def _timed(folder: Path, name: str, works: list[Callable[[Session], object]]) -> list[float]:
    """The median of each work, done in turn: what else the computer does slows them alike."""
    vaults = [(_vaults(folder, f"{name}{number}"), work) for number, work in enumerate(works)]
    times: list[list[float]] = [[] for _work in works]
    for run in range(RUNS):
        for taken, (empty, work) in zip(times, vaults, strict=True):
            taken.append(seconds(partial(empty[run].do, work)))
            empty[run].close()
    return [statistics.median(taken) for taken in times]


def measure(folder: Path, count: int) -> None:
    """Says the limit, and the merge with and without the search index as shares of it."""
    wire = _wire(count)
    stored = _stored(wire)
    key = pyrage.x25519.Identity.generate()
    packages = [
        seal(collective="essai", channel=COMMON, nonce=WRITER * 2, sequence=1, previous="", epoch=1,
             recipient=str(key.to_public()), signing_key=b"\x01" * 32, roster=1,
             clock=stamp_bytes(1_900_000_000_000, 0, WRITER), seen={},
             body=[Rows("action", list(FIELDS), wire[i:i + CHUNK])
                   for i in range(start, min(start + MAX_RECORDS, count), CHUNK)])
                for start in range(0, count, MAX_RECORDS)]
    raw, plain, indexed = _timed(folder, "merging", [
        lambda session: _insert(session, stored),
        lambda session: _merge(session, packages, str(key), False),
        lambda session: _merge(session, packages, str(key), True)])
    say("raw_insert", count / raw, "rows/s", rows=count)
    for name, taken in (("merge", plain), ("merge_indexed", indexed)):
        say(name, count / taken, "rows/s", rows=count, share_of_raw_insert=round(raw / taken, 3),
            package_bytes=sum(map(len, packages)), peak_mib=round(peak_mib()))
