"""Erasing the accounts of observations in time, with a line that says what, when and by which rule."""

from sqlalchemy.orm import Session

from desktop.commands.purge import note
from desktop.models.authority import TEAM
from desktop.models.changes import author_of, touched_of
from desktop.models.erasure import forget
from desktop.models.observations import Observation
from desktop.queries.retention import due_accounts


def erase_due_accounts(session: Session) -> int:
    """Erase the accounts that are due; how many. The rest of each observation stays: it is counted.

    On a computer of the team the observation says when and by which rule; on that of its author the account goes, and
    what the team writes is the team's. Both note it in their journal; nothing can bring a text back.
    """
    author = author_of(session)
    due = due_accounts(session, author.today())
    team = not author.roles or bool(author.roles & TEAM)
    for one in due:
        record = session.get_one(Observation, one.id)
        record.account = None
        if team:
            record.account_erased_in, record.account_erased_by = author.today().isoformat()[:7], one.rule
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
