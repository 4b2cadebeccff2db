"""Dates as people say them: "vend.", "sous 15 j", "fin mars", "le 12/01"; English too where the
screens speak it."""

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from desktop.base.dates.french import DAYS_FR, MONTHS_FR
from desktop.base.i18n import language
from desktop.base.text import fold

Pattern = tuple[str, Callable[[re.Match[str]], date | None]]

_DAYS = tuple(map(fold, DAYS_FR))
_MONTHS = tuple(map(fold, MONTHS_FR))
_DAYS_EN = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS_EN = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
              "october", "november",
              "december")
_PARTS_EN = {"end": "fin", "mid": "mi", "middle": "mi"}
_LEAD = r"(?:(?:pour|avant|d'ici|au plus tard|depuis)\s+)?(?:le\s+)?"
_LEAD_EN = r"(?:(?:on|by|before|since|from|until)\s+)?(?:the\s+)?"
_UNITS = {"d": 1, "j": 1, "s": 7, "w": 7}
_YEARS = range(1900, 2200)
_NUMBERS = {word: number for number, words in enumerate((
    (), ("un", "une"), ("deux",), ("trois",), ("quatre",), ("cinq",), ("six",), ("sept",),
    ("huit",), ("neuf",), ("dix",)))
    for word in words} | {"douze": 12, "quinze": 15, "vingt": 20, "trente": 30}
_COUNT = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_ON_DAY = rf"(?:(?P<on>{'|'.join(_DAYS)})\s+)?"
"""A date may begin by its day of the week, which must be that of the date."""
_NO_DEADLINE = re.compile(r"(?:^|[\s('])(?:d[ue]|des|de "
                          r"la|d'|aux?|en|et|ou|entre|depuis|la|les|ce|cette|chaque)\s*(?:le\s+)?$")
"""What stands before a date that tells of something, "la loi du 27 mai", and not by when."""


def date_in(text: str, today: date, only_end: bool = False) -> tuple[date | None, str]:
    """Return the French deadline that the words hold and the words without it; the day is never
    before
    `today`.

    A date that belongs to a noun is none: "la loi du 27 mai 2008", "la réunion du 8 mars", "depuis
    lundi". With `only_end` the date must close the sentence.
    """
    folded = _folded(text)
    end = r"\s*\.?$" if only_end else r"(?=[\s,;.]|$)\.?"
    for pattern, day in (*_figures(today, False, "/"), *_in_notes(today), *_spans(today, False)):
        for match in re.finditer(rf"(?:^|(?<=[\s,(])){_LEAD}{pattern}{end}", folded):
            found = day(match)
            told = _NO_DEADLINE.search(folded[:match.start()]) or match[0].startswith("depuis")
            if found is not None and found >= today and not told:
                return found, (text[:match.start()] + text[match.end():]).strip()
    return None, text


def date_of(text: str, today: date, past: bool = False) -> date | None:
    """Return the day that the whole text says; None where it says none.

    What could be any year or week is the next one, the last one with `past`.
    """
    folded = " ".join(_folded(text).split()).rstrip(" .")
    figures = (*_iso(), *_figures(today, past, "[/.-]"), *_apart(today, past))
    tongues = [(_LEAD, (*figures, *_spans(today, past), *_in_field(today, past)))]
    if language() == "en":
        tongues.insert(0, (_LEAD_EN, (*figures, *_english(today, past))))
    for lead, pattern, day in ((lead, *one) for lead, patterns in tongues for one in patterns):
        match = re.fullmatch(lead + pattern, folded)
        found = day(match) if match is not None else None
        if found is not None:
            return found if found.year in _YEARS else None
    return None


def _folded(text: str) -> str:
    """Letter for letter, so that what is found lies at the same place in `text`."""
    return "".join(fold(letter)[:1] or " " for letter in text.replace("’", "'"))


def _iso() -> tuple[Pattern, ...]:
    return ((r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
             lambda m: _valid(int(m["y"]), int(m["m"]), int(m["d"]))),)


def _figures(today: date, past: bool, between: str) -> tuple[Pattern, ...]:
    return (
        (rf"{_ON_DAY}(?P<d>\d{{1,2}}){between}(?P<m>\d{{1,2}})(?:{between}(?P<y>\d{{4}}|\d{{2}}))?",
         lambda m: _agreeing(m, _day(m["y"], int(m["m"]), int(m["d"]), today, past))),)


def _apart(today: date, past: bool) -> tuple[Pattern, ...]:
    """Figures apart by spaces: the year must be there."""
    return ((r"(?P<d>\d{1,2}) (?P<m>\d{1,2}) (?P<y>\d{4}|\d{2})",
             lambda m: _day(m["y"], int(m["m"]), int(m["d"]), today, past)),)


def _agreeing(match: re.Match[str], found: date | None) -> date | None:
    """Return the date, unless it is not on the day of the week that is said of it."""
    said = match["on"]
    return None if found is not None and said and _DAYS[found.weekday()] != said else found


def _in_notes(today: date) -> tuple[Pattern, ...]:
    """Whole names, or abbreviated with a full stop: any word of a sentence may begin as a day
    does."""
    months = "|".join(_MONTHS)
    days = "|".join(rf"{d}|{d[:4]}\.|{d[:3]}\.|{d[:5]}\." for d in _DAYS)
    return (
        (rf"{_ON_DAY}(?P<d>\d{{1,2}})(?:er)?\s+(?P<n>{months})(?:\s+(?P<y>\d{{4}}))?",
         lambda m: _agreeing(m,
                             _day(m["y"], _MONTHS.index(m["n"]) + 1, int(m["d"]), today, False))),
        (rf"(?P<w>{days})(?:\s+prochain)?",
         lambda m: _weekday(_begun(m["w"].rstrip("."), _DAYS), today, False)),
    )


def _in_field(today: date, past: bool) -> tuple[Pattern, ...]:
    """Names by their first letters, and days that are over."""
    return (
        (rf"{_ON_DAY}(?P<d>\d{{1,2}})(?:er)? (?P<n>[a-z]{{3,}})\.?(?: (?P<y>\d{{4}}))?",
         lambda m: _agreeing(m, _named(m["y"], m["n"], m["d"], _MONTHS, today, past))),
        (rf"{_ON_DAY}(?P<d>\d{{1,2}})(?:er)?",
         lambda m: _agreeing(m, _of_month(int(m["d"]), today, past))),
        (r"(?:la )?semaine derniere", lambda m: today - timedelta(days=today.weekday() + 7)),
        (r"mois dernier", lambda m: _months_on(today.replace(day=1), -1)),
        (r"(?P<w>[a-z]{3,})\.?(?P<which> prochain| dernier)?",
         lambda m: _weekday(_begun(m["w"], _DAYS), today,
                            {" prochain": False, " dernier": True}.get(m["which"], past))),
        (r"(?P<part>fin|mi|debut)[ -](?P<n>[a-z]{3,})\.?(?: (?P<y>\d{4}))?",
         lambda m: _part_named(m, m["part"], _MONTHS, today, past)),
        (r"avant[- ]hier", lambda m: today - timedelta(days=2)),
        (r"hier", lambda m: today - timedelta(days=1)),
        (rf"il y a {_COUNT} ?(?P<u>j(?:ours?)?|sem(?:aines?)?)", lambda m: _days_on(m, today, -1)),
        (rf"il y a {_COUNT} ?mois", lambda m: _months_on(today, -_count(m))),
    )


def _spans(today: date, past: bool) -> tuple[Pattern, ...]:
    months = "|".join(_MONTHS)
    return (
        (rf"(?P<part>fin|mi|debut)[\s-]+(?P<n>{months})(?:\s+(?P<y>\d{{4}}))?",
         lambda m: _part(m["part"], _MONTHS.index(m["n"]) + 1, m["y"], today, past)),
        (r"fin (?:du|de) mois", lambda m: _last(today.year, today.month)),
        (r"fin (?:de l'|d')annee", lambda m: date(today.year, 12, 31)),
        (r"fin de semaine", lambda m: today + timedelta(days=(4 - today.weekday()) % 7)),
        (rf"(?:sous|dans|d'ici)\s+{_COUNT}\s*(?P<u>j(?:ours?)?|sem(?:aines?)?)",
         lambda m: _days_on(m, today, 1)),
        (rf"(?:sous|dans|d'ici)\s+{_COUNT}\s*mois", lambda m: _months_on(today, _count(m))),
        (r"(?:la )?semaine prochaine", lambda m: today + timedelta(days=7 - today.weekday())),
        (r"mois prochain", lambda m: _months_on(today.replace(day=1), 1)),
        (r"sous quinzaine", lambda m: today + timedelta(days=15)),
        (r"sous huitaine", lambda m: today + timedelta(days=8)),
        (r"apres[- ]demain", lambda m: today + timedelta(days=2)),
        (r"demain", lambda m: today + timedelta(days=1)),
        (r"aujourd'hui", lambda m: today),
    )


def _english(today: date, past: bool) -> tuple[Pattern, ...]:
    units = r"(?P<u>d(?:ays?)?|w(?:eeks?)?)"
    return (
        (r"(?P<part>end|mid|middle|early|beginning)(?:[ -]of)?[ -](?P<n>[a-z]{3,})(?: "
         r"(?P<y>\d{4}))?",
         lambda m: _part_named(m, _PARTS_EN.get(m["part"], "debut"), _MONTHS_EN, today, past)),
        (r"end of (?:the )?month", lambda m: _last(today.year, today.month)),
        (r"end of (?:the )?year", lambda m: date(today.year, 12, 31)),
        (r"end of (?:the )?week", lambda m: today + timedelta(days=(4 - today.weekday()) % 7)),
        (rf"(?:in|within) (?P<n>\d{{1,3}}) ?{units}", lambda m: _days_on(m, today, 1)),
        (r"(?:in|within) (?P<n>\d{1,2}) ?months?", lambda m: _months_on(today, int(m["n"]))),
        (rf"(?P<n>\d{{1,3}}) ?{units} ago", lambda m: _days_on(m, today, -1)),
        (r"(?P<n>\d{1,2}) ?months? ago", lambda m: _months_on(today, -int(m["n"]))),
        (r"day after tomorrow", lambda m: today + timedelta(days=2)),
        (r"tomorrow", lambda m: today + timedelta(days=1)),
        (r"yesterday", lambda m: today - timedelta(days=1)),
        (r"today", lambda m: today),
        (r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<n>[a-z]{3,})\.?,?(?: (?P<y>\d{4}))?",
         lambda m: _named(m["y"], m["n"], m["d"], _MONTHS_EN, today, past)),
        (r"(?P<n>[a-z]{3,})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,?(?: (?P<y>\d{4}))?",
         lambda m: _named(m["y"], m["n"], m["d"], _MONTHS_EN, today, past)),
        (r"(?P<d>\d{1,2})(?:st|nd|rd|th)", lambda m: _of_month(int(m["d"]), today, past)),
        (r"(?P<which>next |last )?(?P<w>[a-z]{3,})\.?",
         lambda m: _weekday(_begun(m["w"], _DAYS_EN), today,
                            {"next ": False, "last ": True}.get(m["which"], past))),
    )


def _part_named(match: re.Match[str], part: str, names: Sequence[str], today: date,
                past: bool) -> date | None:
    month = _begun(match["n"], names)
    return _part(part, month + 1, match["y"], today, past) if month is not None else None


def _begun(word: str, names: Sequence[str]) -> int | None:
    """Which of the names begins so, where it is one alone."""
    found = [number for number, name in enumerate(names) if name.startswith(word)]
    return found[0] if len(found) == 1 else None


def _weekday(number: int | None, today: date, past: bool) -> date | None:
    if number is None:
        return None
    days = (-((today.weekday() - number - 1) % 7 + 1) if past
            else (number - today.weekday() - 1) % 7 + 1)
    return today + timedelta(days=days)


def _named(year: str | None, name: str, day: str, names: Sequence[str], today: date,
           past: bool) -> date | None:
    month = _begun(name, names)
    return _day(year, month + 1, int(day), today, past) if month is not None else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(year: str | None, month: int, day: int, today: date, past: bool) -> date | None:
    """Return the day of that year; without a year the nearest on the right side of today (a 29
    February may be years away)."""
    if year:
        return _valid(int(year) + (2000 if len(year) == 2 else 0), month, day)
    step = -1 if past else 1
    days = (_valid(today.year + step * away, month, day) for away in range(9))
    return next((found for found in days
                 if found is not None and (found <= today if past else found >= today)), None)


def _of_month(day: int, today: date, past: bool) -> date | None:
    """Return the nearest month that has such a day on the right side of today."""
    step = -1 if past else 1
    firsts = (_months_on(today.replace(day=1), step * away) for away in range(3))
    days = (_valid(first.year, first.month, day) for first in firsts)
    return next((found for found in days
                 if found is not None and (found <= today if past else found >= today)), None)


def _part(part: str, month: int, year: str | None, today: date, past: bool) -> date | None:
    def of(number: int) -> date:
        day = {"debut": 5, "mi": 15}.get(part)
        return date(number, month, day) if day else _last(number, month)

    if year:
        return of(int(year)) if int(year) in _YEARS else None
    found = of(today.year)
    return (of(found.year + (-1 if past else 1)) if (found > today if past else found < today)
            else found)


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _days_on(match: re.Match[str], today: date, step: int) -> date:
    return today + timedelta(days=step * _count(match) * _UNITS[match["u"][0]])


def _count(match: re.Match[str]) -> int:
    return _NUMBERS.get(match["n"]) or int(match["n"])


def _months_on(today: date, months: int) -> date:
    year, month = divmod(today.month - 1 + months, 12)
    year, month = today.year + year, month + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
