"""When to exchange: arithmetic on moments, without a clock, a thread or a network of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.sync.storage import Trouble

SETTLED = timedelta(seconds=20)
"""After the last edit, so that a burst of them leaves as one package."""
REGULARLY = timedelta(minutes=15)
FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(minutes=30)
SLEPT = timedelta(seconds=90)
"""Between two looks at the clock, more than this means that the computer slept."""

NEEDS_PERSON = frozenset({Trouble.PASSWORD, Trouble.FORBIDDEN, Trouble.ADDRESS, Trouble.OTHERS, Trouble.HOST_KEY,
                          Trouble.CERTIFICATE, Trouble.DIFFERENT, Trouble.REMOVED, Trouble.NEWER})
"""Trying again by itself would change nothing, and might lock an account."""


@dataclass(frozen=True)
class Known:
    """What the time of the next round depends on; `waiting` records have edits that no package carries."""

    store: bool
    opened_at: datetime
    waiting: bool = False
    edited_at: datetime | None = None
    tried_at: datetime | None = None
    failures: int = 0
    trouble: Trouble | None = None


def next_round(known: Known, jitter: float = 0.0) -> datetime | None:
    """The moment of the next round; None where only a person can help. `jitter` in 0..1 spreads retries by a quarter."""
    if not known.store or known.trouble in NEEDS_PERSON:
        return None
    if known.tried_at is None:
        return known.opened_at
    if known.failures:
        pause: timedelta = min(FIRST_RETRY * (1 << min(known.failures, 12) - 1), LAST_RETRY)
        return known.tried_at + pause * (1 + jitter / 4)
    regular = known.tried_at + REGULARLY
    if known.waiting and known.edited_at is not None:
        return min(regular, max(known.edited_at + SETTLED, known.tried_at))
    return regular


def slept(before: datetime, now: datetime) -> bool:
    """Whether the computer slept between two looks, or somebody set its clock."""
    return now - before > SLEPT or now < before - SLEPT
