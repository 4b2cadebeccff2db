"""What a vault holds, as counts and one figure: two vaults with the same records have the same
figure."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.record import RECORDS, STAMP, fields_of


@dataclass(frozen=True)
class Digest:
    """How many records, and the SHA-256 over every column of every row in the order of the ids."""

    records: int
    sha256: str


def digest_of(session: Session) -> Digest:
    """Return the digest of all records, deleted ones and stamps included."""
    whole = hashlib.sha256()
    count = 0
    for kind, cls in sorted(RECORDS.items()):
        columns = sorted(column.name for column in cls.__table__.columns)
        quoted = ", ".join(f'"{name}"' for name in columns)
        for row in session.connection().exec_driver_sql(
            f'SELECT {quoted} FROM "{kind}" ORDER BY id'):
            whole.update(repr((kind, tuple(row))).encode())
            count += 1
    return Digest(count, whole.hexdigest())


def counts_of(session: Session) -> dict[str, int]:
    """How many records of each kind, deleted ones included; kinds without any are left out."""
    counts = {kind: session.scalar(select(func.count()).select_from(cls)) or 0
              for kind, cls in sorted(RECORDS.items())}
    return {kind: count for kind, count in counts.items() if count}


def channel_digests(session: Session) -> dict[str, Digest]:
    """Channel -> the registers of its records and one figure that knows no order: the sum of the
    SHA-256 of each.

    Devices that read the same channel and have exchanged everything have the same; what does not
    travel is left out.
    """
    counts: dict[str, int] = {}
    sums: dict[str, int] = {}
    for kind, cls in RECORDS.items():
        names = [f.name for f in fields_of(cls) if f.travels]
        columns = ", ".join(f'"{name}", "{name}{STAMP}"' for name in names)
        for record_id, channel, *row in session.connection().exec_driver_sql(
            f'SELECT id, channel, {columns} FROM "{kind}"'):
            for name, value, stamp in zip(names, row[::2], row[1::2], strict=True):
                if stamp is not None:
                    one = (hashlib.sha256(repr((kind, record_id, name, stamp, value)).encode())
                           .digest())
                    sums[channel] = (sums.get(channel, 0) + int.from_bytes(one, "big")) % (1 << 256)
                    counts[channel] = counts.get(channel, 0) + 1
    return {channel: Digest(counts[channel], f"{sums[channel]:064x}") for channel in sorted(sums)}
