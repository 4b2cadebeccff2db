"""When to exchange: arithmetic on moments, without a clock, a thread or a network of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.sync.stores.storage import StoreProblem

SETTLED = timedelta(seconds=20)
"""After the last edit, so that a burst of them leaves as one package."""
REGULARLY = timedelta(minutes=15)
FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(minutes=30)
NETWORK_SETTLED = timedelta(seconds=5)
"""After the network came back: it says so before it leads anywhere."""
SLEPT = timedelta(seconds=90)
"""Between two looks at the clock, more than this means that the computer slept."""

NEEDS_PERSON = frozenset(
    {StoreProblem.PASSWORD, StoreProblem.FORBIDDEN, StoreProblem.ADDRESS, StoreProblem.OTHERS,
     StoreProblem.HOST_KEY,
     StoreProblem.SPOILT, StoreProblem.MET, StoreProblem.CERTIFICATE, StoreProblem.DIFFERENT,
     StoreProblem.REMOVED, StoreProblem.NEWER})
"""Trying again by itself would change nothing, and might lock an account."""
OF_THE_NETWORK = frozenset(
    {StoreProblem.OFFLINE, StoreProblem.NAME, StoreProblem.TIMEOUT, StoreProblem.PROXY,
     StoreProblem.PORTAL, StoreProblem.ABSENT, StoreProblem.EMPTIED})
"""What another network may put right; a server that is busy or full is not, and keeps its
pauses."""


@dataclass(frozen=True)
class ScheduleFacts:
    """What the time of the next round depends on; `waiting` records have edits that no package
    carries.

    `network_at`: when the computer last said that a network came back. It is a hint: it may say so
    for nothing, or never.
    """

    store: bool
    opened_at: datetime
    waiting: bool = False
    edited_at: datetime | None = None
    tried_at: datetime | None = None
    failures: int = 0
    problem: StoreProblem | None = None
    network_at: datetime | None = None


def next_round(known: ScheduleFacts, jitter: float = 0.0) -> datetime | None:
    """Return the moment of the next round; None where only a person can help. `jitter` in 0..1
    spreads retries by a quarter."""
    if not known.store or known.problem in NEEDS_PERSON:
        return None
    if known.tried_at is None:
        return known.opened_at
    if known.failures:
        pause: timedelta = min(FIRST_RETRY * (1 << min(known.failures, 12) - 1), LAST_RETRY)
        return _sooner_by_the_network(known, known.tried_at + pause * (1 + jitter / 4))
    regular = known.tried_at + REGULARLY
    if known.waiting and known.edited_at is not None:
        regular = min(regular, max(known.edited_at + SETTLED, known.tried_at))
    return _sooner_by_the_network(known, regular)


def _sooner_by_the_network(known: ScheduleFacts, moment: datetime) -> datetime:
    """Soon after a network came back; where it comes and goes, no more often than after a first
    failure."""
    if known.network_at is None or known.tried_at is None or known.network_at < known.tried_at:
        return moment
    if known.problem is not None and known.problem not in OF_THE_NETWORK:
        return moment
    return min(moment, max(known.network_at + NETWORK_SETTLED, known.tried_at + FIRST_RETRY))


def slept(before: datetime, now: datetime) -> bool:
    """Whether the computer slept between two looks, or somebody set its clock."""
    return now - before > SLEPT or now < before - SLEPT
