"""What a server or a copy did that somebody should know of: it warns, and never bars the way.

A store that shows less than it had; packages that others have read and it does not show; a profile of which two copies wrote;
two computers that held the root key; a list of devices that is not for this one, or that nobody signed; what a newer version
made.
"""

from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from desktop.base.log import log
from desktop.vault.identity import read_value, write_value

ROLLBACK, OMISSION, FORK = "rollback", "omission", "fork"
HOLDERS, OUTSIDE, FORGED, NEWER = "holders", "outside", "forged", "newer"
_KEY = "sync.alarms"
PATIENCE = 3
"""Thorough rounds in which the store hides what others have read, before it is told: a listing may be late."""
_HIDDEN = "sync.hidden"


class Alarm(msgspec.Struct, frozen=True):
    """What happened, when it was first and last seen (ISO 8601, local), how often since somebody said to have seen it."""

    kind: str
    first: str
    last: str
    times: int = 1


def alarms(session: Session) -> list[Alarm]:
    """Those that nobody has acknowledged, the newest first."""
    found = msgspec.json.decode(read_value(session, _KEY) or b"[]", type=list[Alarm])
    return sorted(found, key=lambda alarm: alarm.last, reverse=True)


def raise_alarm(session: Session, kind: str, now: datetime) -> None:
    """Remember that this happened; once for all the times until it is acknowledged."""
    known = {alarm.kind: alarm for alarm in alarms(session)}
    at = now.isoformat(timespec="minutes")
    before = known.get(kind)
    known[kind] = Alarm(kind, before.first if before else at, at, before.times + 1 if before else 1)
    write_value(session, _KEY, msgspec.json.encode(list(known.values())))
    log.warning("alarm: %s", kind)


def acknowledge(session: Session, kind: str) -> None:
    """Somebody has seen it."""
    write_value(session, _KEY, msgspec.json.encode([alarm for alarm in alarms(session) if alarm.kind != kind]))


def note_hidden(session: Session, hidden: bool, now: datetime) -> None:
    """Whether a thorough round found that others have read what the store does not show; an alarm when it stays so."""
    before = int(read_value(session, _HIDDEN) or b"0")
    after = before + 1 if hidden else 0
    if after != before:
        write_value(session, _HIDDEN, str(after).encode())
    if after == PATIENCE:
        raise_alarm(session, OMISSION, now)
