"""Adding to the journal of this computer: the only way in, one entry after the other, each holding
the hash of the one before."""

from datetime import datetime

from sqlalchemy.orm import Session

from desktop.models.changes import author_of, touched_of
from desktop.models.local import JournalEntry
from desktop.models.record import RECORDS
from desktop.models.states import JournalWhat
from desktop.privacy.chain import ChainHead, Link, read_head
from desktop.queries.journal import HEAD
from desktop.vault.identity import read_value, write_value

AREA = "journal"
"""The word that screens watch."""


def append(session: Session, what: JournalWhat, kind: str, *, how: str = "", count: int = 1,
           parts: int = 0,
           record_id: bytes | None = None, reason: str | None = None) -> None:
    """Write an entry. `kind`: of record, of document or of table; where it names nobody, the month
    alone is told.

    Never a word of a record in `how` nor in `reason`.
    """
    author = author_of(session)
    anonymous = kind in RECORDS and RECORDS[kind].__anonymous__
    today = author.today().isoformat()
    head = read_head(read_value(session, HEAD))
    link = Link(
        number=head.number + 1, on=today[:7] if anonymous else today,
        at=None if anonymous else f"{datetime.fromtimestamp(author.clock.now / 1000):%H:%M}",
        what=str(what), how=how, kind=kind,
        record_id=record_id, count=count, parts=parts, reason=reason,
        by_id=author.person_id.bytes if author.person_id is not None else None,
        writer=author.writer, previous=head.digest)
    session.add(JournalEntry(**vars(link)))
    write_value(session, HEAD, ChainHead(link.number, link.digest()).stored())
    touched_of(session).areas.add(AREA)
