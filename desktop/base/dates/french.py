"""Dates and times as French writes them (and English, where the screens speak it)."""

import re
from datetime import date, datetime, timedelta

from desktop.base.i18n import language
from desktop.base.text import fold

MONTHS_FR = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
             "octobre",
             "novembre", "décembre")
MONTHS_SHORT_FR = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.",
                   "oct.", "nov.", "déc.")
DAYS_FR = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS_EN = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
             "october", "november",
             "december")
DAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SPANS_FR, SPANS_EN = ("aujourd’hui", "hier", "semaine", "mois",
                      "année"), ("today", "yesterday", "week", "month", "year")


def day_month(day: date) -> str:
    """"1er mars", "12 mars"."""
    if language() == "en":
        return f"{day.day} {day:%B}"
    return f"{'1er' if day.day == 1 else day.day} {MONTHS_FR[day.month - 1]}"


def long_date(day: date, weekday: bool = True) -> str:
    """"jeudi 12 mars 2026"."""
    name = f"{day:%A}" if language() == "en" else DAYS_FR[day.weekday()]
    return f"{name} {day_month(day)} {day.year}" if weekday else f"{day_month(day)} {day.year}"


def short_date(day: date) -> str:
    """"12/03/2026"."""
    return f"{day:%d/%m/%Y}"


def short_day_month(day: date) -> tuple[str, str]:
    """Return the day and the abbreviated month, as calendars show them: ("12", "mars")."""
    return str(day.day), f"{day:%b}" if language() == "en" else MONTHS_SHORT_FR[day.month - 1]


def time_of(moment: datetime) -> str:
    """"14 h 30", with no-break spaces."""
    if language() == "en":
        return f"{moment:%H:%M}"
    return f"{moment.hour}\u00a0h\u00a0{moment.minute:02d}"


def month_label(month: str) -> str:
    """Write "mars 2026" for "2026-03"; nothing for no month."""
    if not month:
        return ""
    day = date.fromisoformat(f"{month}-01")
    return (f"{day:%B} {day.year}" if language() == "en"
            else f"{MONTHS_FR[day.month - 1]} {day.year}")


def of_month(month: str) -> str:
    """Write "de mars 2026", "d’août 2026" or "of March 2026" for a month that is known."""
    words = month_label(month)
    if language() == "en":
        return f"of {words}"
    return f"d’{words}" if words[:1] in ("a", "o") else f"de {words}"


def day_words() -> tuple[str, ...]:
    """Return the single words by which `first_day` knows a day, in the reader's language."""
    return ((*SPANS_EN, *MONTHS_EN, *DAYS_EN) if language() == "en"
            else (*SPANS_FR, *MONTHS_FR, *DAYS_FR))


def first_day(words: str, today: date) -> date | None:
    """Return the first day of what French or English words mean, the last one that is not to come:
    "mars", "12/01", "lundi".

    Without a year a day is never after `today`. None for what is no date.
    """
    folded = re.sub(r"[\s.]+", " ", fold(words)).strip(" -")
    for form, order in ((r"(\d{4})-(\d{1,2})-(\d{1,2})", "ymd"), (r"(\d{4})-(\d{1,2})", "ym"),
                        (r"(\d{4})", "y"),
                        (r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})", "dmy"),
                        (r"(\d{1,2})[/-](\d{4})", "my"),
                        (r"(\d{1,2})[/-](\d{1,2})", "dm")):
        match = re.fullmatch(form, folded)
        if match is not None:
            parts = dict(zip(order, map(int, match.groups()), strict=True))
            return _past(parts.get("y"), parts.get("m", 1), parts.get("d", 1), today)
    named = re.fullmatch(r"(?:(\d{1,2})(?:er|st|nd|rd|th)?[ -])?([a-z']+)(?:[ -](\d{4}))?", folded)
    if named is None:
        return None
    day, word, year = named.groups()
    months = _numbers_of(word, MONTHS_FR, MONTHS_EN)
    if len(months) == 1:
        return _past(int(year) if year else None, months.pop() + 1, int(day or 1), today)
    return None if day or year else _recent(word, today)


def _recent(word: str, today: date) -> date | None:
    """Return the day that a single word means: a day of the week, or the beginning of the span that
    we are in."""
    days = _numbers_of(word, DAYS_FR, DAYS_EN)
    if len(days) == 1:
        return today - timedelta(days=(today.weekday() - days.pop()) % 7)
    firsts = (today, today - timedelta(days=1), today - timedelta(days=today.weekday()),
              today.replace(day=1),
              today.replace(month=1, day=1))
    for number, first in enumerate(firsts):
        if word.replace("'", "") in {fold(names[number]).replace("'", "")
                                     for names in (SPANS_FR, SPANS_EN)}:
            return first
    return None


def _numbers_of(word: str, *lists: tuple[str, ...]) -> set[int]:
    """Which of the names begin so; three letters at least."""
    if len(word) < 3:
        return set()
    return {number for names in lists for number, name in enumerate(names)
            if fold(name).startswith(word)}


def _past(year: int | None, month: int, day: int, today: date) -> date | None:
    try:
        if year is not None:
            return date(year if year > 99 else 2000 + year, month, day)
        # The 29th of February is in a leap year.
        return next(found for y in range(today.year, today.year - 8, -1)
                    if (found := _date(y, month, day)) and found <= today)
    except (ValueError, StopIteration):
        return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
