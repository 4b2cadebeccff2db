"""How long a deleted record has lain in the bin: a count of days that a clock gone wrong cannot
rush.

Why not simply now minus the stamp: a laptop whose clock is set ten years ahead would empty the bin
of everybody at its next opening, and a deletion stamped by a laptop whose clock is ten years behind
would be purged the moment it arrives. Erasing cannot be taken back, so the doubt goes to keeping.
Each device counts for itself, from when it first noticed a deletion: the time between two openings
counts as it is while it is plausible; a longer one, which may be a summer in a drawer or a clock
that jumped, counts for a week, or for as much as the stamps of the other devices bear out; a clock
set back counts for nothing. A jump can thus shorten the thirty days by a fortnight, never skip
them, and nothing waits for ever.
"""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

DAY_MS = 86_400_000
KEPT_DAYS = 30
LONGEST_MS, CREDIT_MS = 14 * DAY_MS, 7 * DAY_MS


class Count(Struct, frozen=True):
    """`wall`: the computer's clock when last counted; `lived`: the time counted. Both in
    milliseconds."""

    wall: int
    lived: int = 0


def counted(before: Count | None, wall: int, others: int = 0) -> Count:
    """Return the count at `wall`; `others` is the latest stamp known of another device
    (milliseconds, 0 where there is none)."""
    if before is None:
        return Count(wall)
    passed = max(0, wall - before.wall)
    if passed > LONGEST_MS:
        passed = max(CREDIT_MS, min(passed, others - before.wall))
    return Count(wall, before.lived + passed)


def days_left(noticed: int, lived: int) -> int:
    """Whole days, begun ones included, until what was noticed at `noticed` is due; 0 where it
    is."""
    return max(0, -((lived - noticed - KEPT_DAYS * DAY_MS) // DAY_MS))


# Of what names nobody, and may be recognised all the same

ACCOUNT_MONTHS = 12
"""Months after which the account of an observation is erased, from when it was counted or set
aside."""
CASE_MONTHS = 24
"""Months after which a referral or an internship search is erased, from its last step."""
TOLD_DAYS = 30
"""Days before that during which it is told."""


def months_between(first: str, last: str) -> int:
    """Whole months from one month (2026-03) to another; 0 where either is not said, or the first is
    later."""
    if len(first) != 7 or len(last) != 7:
        return 0
    return max(0, (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]))


def erased_from(months: Iterable[str]) -> date | None:
    """Return the day from which a case is due to be erased, by the months that it tells (2026-03);
    None where it tells none."""
    last = max((month for month in months if len(month) == 7), default="")
    if not last:
        return None
    at = int(last[:4]) * 12 + int(last[5:]) - 1 + CASE_MONTHS
    return date(at // 12, at % 12 + 1, 1)
