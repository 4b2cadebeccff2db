"""What a vault holds, as counts and one figure: two vaults with the same records have the same figure."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.record import RECORDS


@dataclass(frozen=True)
class Digest:
    """How many records, and the SHA-256 over every column of every row in the order of the ids."""

    records: int
    sha256: str


def digest_of(session: Session) -> Digest:
    """The digest of all records, deleted ones and stamps included."""
    whole = hashlib.sha256()
    count = 0
    for kind, cls in sorted(RECORDS.items()):
        columns = sorted(column.name for column in cls.__table__.columns)
        quoted = ", ".join(f'"{name}"' for name in columns)
        for row in session.connection().exec_driver_sql(f'SELECT {quoted} FROM "{kind}" ORDER BY id'):
            whole.update(repr((kind, tuple(row))).encode())
            count += 1
    return Digest(count, whole.hexdigest())


def counts_of(session: Session) -> dict[str, int]:
    """How many records of each kind, deleted ones included; kinds without any are left out."""
    counts = {kind: session.scalar(select(func.count()).select_from(cls)) or 0 for kind, cls in sorted(RECORDS.items())}
    return {kind: count for kind, count in counts.items() if count}
