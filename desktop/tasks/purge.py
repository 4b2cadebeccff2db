"""The daily purge: what lay thirty days in the bin is erased for good, a few records at a time."""

import uuid
from collections.abc import Callable

from sqlalchemy.orm import Session

from desktop.base.log import log
from desktop.commands.purge import NotInBinError, count_days, erase_record, erase_rows, note
from desktop.commands.retention import erase_due_accounts, erase_due_cases
from desktop.queries.purge import Row, due, late_parts
from desktop.vault import Vault

CHUNK = 100


def purge(vault: Vault, wall: int, stopping: Callable[[], bool] = lambda: False) -> int:
    """Count the days up to `wall` (milliseconds) and erase what is due; how many records of the bin
    were.

    Only of what this computer may erase: from those that may, it arrives at the others. Cut short,
    it goes on the next time. Safe to call again. The accounts and the cases that are due go too.
    """
    roles = vault.identity.roles
    vault.do(count_days, wall)
    erased = late = 0
    for _kind, record_id in vault.ask(due, roles):
        try:
            rest = vault.do(erase_record, uuid.UUID(bytes=record_id), "age", CHUNK)
        except NotInBinError:
            # Brought back since it was counted: that is what the bin is for.
            continue
        erased += 1
        for start in range(0, len(rest), CHUNK):
            vault.do(erase_rows, rest[start:start + CHUNK])
        if stopping():
            return erased
    left = vault.ask(late_parts, roles)
    for start in range(0, len(left), CHUNK):
        if stopping():
            return erased
        chunk = left[start:start + CHUNK]
        vault.do(_erase_late, chunk)
        late += len(chunk)
    accounts, cases = vault.do(erase_due_accounts), vault.do(erase_due_cases)
    if erased or late or accounts or cases:
        vault.clear_log()
        log.info("purge: erased %d, late %d, accounts %d, cases %d", erased, late, accounts, cases)
    return erased


def _erase_late(session: Session, rows: list[Row]) -> None:
    erase_rows(session, rows)
    for kind in sorted({kind for kind, _id in rows}):
        note(session, "late", kind, count=sum(one == kind for one, _id in rows))
