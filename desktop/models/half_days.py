"""The half-days of a training: what is signed and attested one by one."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

NOON, BACK = time(12), time(13)
MOST = 20


@dataclass(frozen=True)
class HalfDay:
    """A morning or an afternoon."""

    day: date
    afternoon: bool

    @property
    def code(self) -> str:
        """As it is kept: "2026-03-12 am", "2026-03-12 pm"."""
        return f"{self.day} {'pm' if self.afternoon else 'am'}"


NIGHT = timedelta(hours=12)
"""A meeting shorter than this is of one day, though it may end after midnight."""


def days_of(starts_at: datetime | None, ends_at: datetime | None) -> list[date]:
    """Return the days on which a meeting is held, one or several; none where its times are not
    known."""
    if starts_at is None:
        return []
    first = starts_at.date()
    if ends_at is None or ends_at - starts_at < NIGHT:
        return [first]
    return [first + timedelta(days=count) for count in range((ends_at.date() - first).days + 1)]


def half_days(starts_at: datetime | None, ends_at: datetime | None) -> list[HalfDay]:
    """Return the half-days that a training covers, at most 20; none where its times are not known.
    A day in between runs 9 to 17."""
    if starts_at is None:
        return []
    ends_at = ends_at or starts_at
    found: list[HalfDay] = []
    day = starts_at.date()
    while day <= ends_at.date() and len(found) < MOST:
        first = starts_at.time() if day == starts_at.date() else time(9)
        last = ends_at.time() if day == ends_at.date() else time(17)
        if first < NOON:
            found.append(HalfDay(day, False))
        if last > BACK or first >= NOON:
            found.append(HalfDay(day, True))
        day += timedelta(days=1)
    return found
