"""What was erased for good since a snapshot was made: it stands in the older one, so that a newer
one is wanted."""

from datetime import timedelta

import msgspec
from sqlalchemy.orm import Session

from desktop.base.clock import ERASED
from desktop.models.erasure import KEYS, contents
from desktop.models.record import RECORDS
from desktop.sync.snapshots.catalogue import kept
from desktop.sync.trust.roster import Roster
from desktop.vault.identity import read_value, write_value

SETTLED = timedelta(days=7)
"""After an erasure, so that a purge which takes its time is in one snapshot."""
APART = timedelta(days=30)
"""Between two of them: what an older one holds cannot leave sooner."""
LOOKED = timedelta(days=1)
_KEY = "sync.erased"
_DAY_MS = 24 * 3600 * 1000


class _Waiting(msgspec.Struct, frozen=True):
    """When this was last counted, and since when something was erased that no snapshot lacks (0:
    nothing), in milliseconds."""

    looked: int
    since: int = 0


def erased_count(session: Session) -> int:
    """How many records are erased for good, or emptied but for their keys."""
    connection = session.connection()
    return sum(int(connection.exec_driver_sql(_counting(kind), (ERASED,)).scalar_one())
               for kind in RECORDS)


def _counting(kind: str) -> str:
    emptied = " AND ".join(f'"{name}" IS NULL' for name in contents(kind)) if kind in KEYS else "0"
    return f'SELECT count(*) FROM "{kind}" WHERE deleted IS 1 AND (deleted_stamp = ? OR ({emptied}))'


def note_erased(session: Session, roster: Roster, now: int) -> None:
    """Count, once a day, what was erased since the last snapshot; `now` in milliseconds."""
    before = _waiting(session)
    if before is not None and 0 <= now - before.looked < LOOKED.days * _DAY_MS:
        return
    counts = [one.manifest.erased for one in kept(session, roster)]
    count = erased_count(session)
    since = before.since if before is not None else 0
    waits = count > max(counts, default=0)
    # The clock was ahead when it was first seen: the days count from now.
    since = (since if 0 < since <= now else max(now, 1)) if waits else 0
    write_value(session, _KEY, msgspec.json.encode(_Waiting(now, since)))


def wants_another(session: Session, roster: Roster, now: int) -> bool:
    """Whether something was erased days ago that every snapshot, or the packages where there is
    none, still holds."""
    waiting = _waiting(session)
    if waiting is None or not waiting.since or now - waiting.since < SETTLED.days * _DAY_MS:
        return False
    last = max((one.kept_at for one in kept(session, roster)), default=0)
    return not last or not 0 <= now - last < APART.days * _DAY_MS


def forget_erased(session: Session) -> None:
    """Count anew from here: a snapshot was made."""
    write_value(session, _KEY, msgspec.json.encode(_Waiting(0)))


def _waiting(session: Session) -> _Waiting | None:
    value = read_value(session, _KEY)
    return None if value is None else msgspec.json.decode(value, type=_Waiting)
