"""Windows of time: a calendar quarter, a half-year, a year, two years; they nest and never
overlap."""

import re
from datetime import date, timedelta

CUT_OFF = timedelta(days=30)
"""How long after its end a period stays open, for what comes late."""
_FORM = re.compile(r"(\d{4})(?:-(?:T([1-4])|S([12])|(\d{4})))?")


def quarters_of(window: str) -> tuple[str, ...]:
    """Return the quarters (« 2026-T1 ») that make a window, in order; ValueError for no window.

    « 2026 », « 2026-S1 », « 2026-T3 », « 2025-2026 ».
    """
    match = _FORM.fullmatch(window)
    if match is None:
        raise ValueError(window)
    first, quarter, half, last = match.groups()
    if quarter:
        return (window,)
    if half:
        return tuple(f"{first}-T{n}" for n in ((1, 2) if half == "1" else (3, 4)))
    if last and int(last) != int(first) + 1:
        raise ValueError(window)
    return tuple(
        f"{year}-T{n}" for year in range(int(first), int(last or first) + 1) for n in range(1, 5)
    )


def quarter_of_month(month: str) -> str:
    """Return the quarter of a month (« 2026-03 »)."""
    return f"{month[:4]}-T{(int(month[5:7]) - 1) // 3 + 1}"


def first_day(window: str) -> date:
    """Return the day on which a window begins."""
    year, quarter = quarters_of(window)[0].split("-T")
    return date(int(year), 3 * int(quarter) - 2, 1)


def last_day(window: str) -> date:
    """Return the day on which a window ends."""
    year, quarter = quarters_of(window)[-1].split("-T")
    month = 3 * int(quarter) + 1
    return date(int(year) + month // 13, (month - 1) % 12 + 1, 1) - timedelta(days=1)


def closes_on(window: str) -> date:
    """Return the first day on which a window may be published."""
    return last_day(window) + CUT_OFF


def parts_of(window: str) -> tuple[str, ...]:
    """Return the windows of the next smaller size that make this one; none for a quarter."""
    quarters = quarters_of(window)
    year = quarters[0][:4]
    if len(quarters) == 8:
        return year, quarters[4][:4]
    if len(quarters) == 4:
        return f"{year}-S1", f"{year}-S2"
    return quarters if len(quarters) == 2 else ()


def overlaps(one: str, other: str) -> bool:
    """Whether two windows share quarters though neither lies in the other."""
    first, second = set(quarters_of(one)), set(quarters_of(other))
    return bool(first & second) and not (first <= second or second <= first)


def windows_over(quarters: frozenset[str]) -> list[str]:
    """Every window within these quarters, the shortest first; of pairs of years, none."""
    years = sorted({quarter[:4] for quarter in quarters})
    every = [f"{year}-T{n}" for year in years for n in range(1, 5)]
    every += [f"{year}-S{n}" for year in years for n in (1, 2)] + years
    return [window for window in every if quarters.issuperset(quarters_of(window))]
