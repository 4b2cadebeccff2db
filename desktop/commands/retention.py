"""Erasing in time the accounts of observations, and cases, with a line that says what, when and by
which rule."""

from sqlalchemy.orm import Session

from desktop.commands.purge import erase_rows, note
from desktop.models import authority
from desktop.models.authority import TEAM
from desktop.models.changes import author_of, touched_of
from desktop.models.erasure import erase, forget
from desktop.models.observations import Observation
from desktop.models.record import OBSERVATORY, RECORDS
from desktop.queries.purge import Row, parts_of
from desktop.queries.retention import due_accounts, due_cases


def erase_due_accounts(session: Session) -> int:
    """Erase the accounts that are due; how many. The rest of each observation stays: it is counted.

    On a computer of the team the observation says when and by which rule; on that of its author the
    account goes, and what the team writes is the team's. Both note it in their journal; nothing can
    bring a text back.
    """
    author = author_of(session)
    due = due_accounts(session, author.today())
    team = not author.roles or bool(author.roles & TEAM)
    for one in due:
        record = session.get_one(Observation, one.id)
        record.account = None
        if team:
            record.account_erased_in, record.account_erased_by = author.today().isoformat()[
                :7], one.rule
    if not due:
        return 0
    session.flush()
    touched = touched_of(session)
    ids = [one.id.bytes for one in due]
    # Neither what lost to another version nor what undo remembers may hold the text.
    forget(session.connection(), "observation", ids)
    touched.erased |= set(ids)
    note(session, "account", "observation", count=len(due))
    return len(due)


def erase_due_cases(session: Session) -> int:
    """Erase the referrals and the searches that are due, whole, with their steps; how many. The
    journal tells of what kind.

    Where this computer may erase them for everybody, the others hear of it; elsewhere its own
    copies go.
    """
    author = author_of(session)
    due = due_cases(session, author.today())
    for kind in sorted({case.kind for case in due}):
        ids = [case.id.bytes for case in due if case.kind == kind]
        parts = [part for record_id in ids for part in parts_of(session, kind, record_id)]
        rows = [*((kind, record_id) for record_id in ids), *parts]
        if author.roles and not author.roles & authority.erasers(OBSERVATORY):
            _erase_own(session, rows)
        else:
            erase_rows(session, rows)
        note(session, "months", kind, count=len(ids), parts=len(parts))
        touched_of(session).areas.add(RECORDS[kind].__area__)
    return len(due)


def _erase_own(session: Session, rows: list[Row]) -> None:
    """Erase what this computer alone keeps of its cases: nobody else would take an erasure from
    it."""
    session.flush()
    touched = touched_of(session)
    for kind, record_id in rows:
        erase(session.connection(), kind, [record_id])
        touched.rows.add((kind, record_id))
        touched.erased.add(record_id)
    session.expire_all()
