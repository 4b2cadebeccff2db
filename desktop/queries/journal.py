"""The journal of this computer, read: its entries, the newest first, and whether the chain of them
holds."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.local import JournalEntry
from desktop.privacy.chain import Break, ChainHead, Link, breaks_of, read_head
from desktop.queries.names import names_with
from desktop.vault.identity import read_value

HEAD = "journal.head"
"""Where the number and the hash of the last entry are kept."""


@dataclass(frozen=True)
class JournalLine:
    """One entry. `on`: a day or a month; `at`: the hour, empty where it is not told. `by`: whose
    computer it was."""

    number: int
    on: str
    at: str
    what: str
    how: str
    kind: str
    count: int
    parts: int
    reason: str
    by: str
    digest: str


@dataclass(frozen=True)
class Verified:
    """Whether the journal is as it was written: how many entries, the last hash, and where it does
    not hold."""

    count: int
    digest: str
    breaks: tuple[Break, ...]


def journal_entries(session: Session, limit: int | None = None) -> list[JournalLine]:
    """Return the entries, the newest first; all of them, or the last so many."""
    rows = (session.scalars(select(JournalEntry).order_by(JournalEntry.number.desc()).limit(limit))
            .all())
    people = names_with(session, {uuid.UUID(bytes=row.by_id) for row in rows if row.by_id})
    return [JournalLine(row.number, row.on, row.at or "", row.what, row.how, row.kind, row.count,
                  row.parts, row.reason or "",
                  people.get(uuid.UUID(bytes=row.by_id), "") if row.by_id else "",
                  _link(row).digest().hex()) for row in rows]


def verified_journal(session: Session) -> Verified:
    """Go through the whole chain."""
    head: ChainHead = read_head(read_value(session, HEAD))
    links = [_link(row) for row
             in session.scalars(select(JournalEntry).order_by(JournalEntry.number))]
    return Verified(len(links), head.digest.hex(), breaks_of(links, head))


def _link(row: JournalEntry) -> Link:
    return Link(number=row.number, on=row.on, at=row.at, what=row.what, how=row.how, kind=row.kind,
                record_id=row.record_id,
                count=row.count, parts=row.parts, reason=row.reason, by_id=row.by_id,
                writer=row.writer,
                previous=row.previous)
