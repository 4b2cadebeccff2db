"""Records that are not in the bin, and records by their ids."""

import uuid
from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.record import Record

R = TypeVar("R", bound=Record)


def alive(session: Session, cls: type[R], *where: Any) -> list[R]:
    """Return the records of a kind that are not deleted and that meet the conditions."""
    return list(session.scalars(select(cls).where(cls.deleted.is_not(True), *where)))


def by_id(session: Session, cls: type[R], ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, R]:
    """Return these records by their ids, asked in few statements."""
    wanted = list(ids)
    return {row.id: row for start in range(0, len(wanted), 500)
            for row in session.scalars(select(cls).where(cls.id.in_(wanted[start:start + 500])))}
