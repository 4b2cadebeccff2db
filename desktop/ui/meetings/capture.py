"""A line of the notes that is an action or a decision: who, when and what; no widget."""

import calendar
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.base.text import fold

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
           "decembre")
_LEAD = r"(?:(?:pour|avant|d'ici|au plus tard)\s+)?(?:le\s+)?"
_UNITS = {"j": 1, "jour": 1, "jours": 1, "sem": 7, "semaine": 7, "semaines": 7}


@dataclass(frozen=True)
class Someone:
    """A person to whom an action may go; `there` come first."""

    id: uuid.UUID
    given_name: str
    family_name: str
    there: bool


@dataclass(frozen=True)
class Capture:
    """What a line says. kind: action or decision."""

    kind: str
    title: str
    owner: Someone | None = None
    due_on: date | None = None


def capture(line: str, people: Sequence[Someone], today: date) -> Capture | None:
    """The action (`>`) or decision (`!`) that a line is; None for an ordinary line or one without words."""
    line = line.strip()
    if not line or line[0] not in ">!":
        return None
    rest = line[1:].strip()
    if not rest:
        return None
    if line[0] == "!":
        return Capture("decision", _sentence(rest))
    head, colon, tail = _split(rest)
    if colon and tail:
        due, words = date_in(head, today)
        owner = person_in(words, people)
        if owner is not None or not words.strip(" ,"):
            return Capture("action", _sentence(tail), owner, due)
        if due is not None:
            return Capture("action", _sentence(f"{words.strip(' ,')} : {tail}"), None, due)
    due, words = date_in(rest, today, only_end=True)
    return Capture("action", _sentence(words.strip(" ,") or rest), None, due)


def _split(text: str) -> tuple[str, str, str]:
    found = re.search(r"\s*:\s+", text.replace("\u202f", " ").replace("\u00a0", " "))
    return (text[:found.start()], ":", text[found.end():].strip()) if found else (text, "", "")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def person_in(words: str, people: Sequence[Someone]) -> Someone | None:
    """Whom the words name ("Fatima B.", "benali"): all must begin a part of the name; those who are there come first."""
    parts = [fold(part).strip(".,") for part in words.split()]
    parts = [part for part in parts if part]
    if not parts:
        return None
    found = []
    for number, person in enumerate(people):
        tokens = re.split(r"[\s'\-]+", fold(f"{person.given_name} {person.family_name}"))
        if all(any(token.startswith(part) for token in tokens) for part in parts):
            exact = sum(part in tokens for part in parts)
            found.append(((not person.there, -exact, number), person))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def date_in(text: str, today: date, only_end: bool = False) -> tuple[date | None, str]:
    """The French date that the words hold and the words without it; the day is never before `today`.

    With `only_end` the date must close the sentence.
    """
    folded = "".join(fold(letter)[:1] or " " for letter in text.replace("’", "'"))
    end = r"\s*\.?$" if only_end else r"(?=[\s,;.]|$)\.?"
    for pattern, day in _patterns(today):
        match = re.search(rf"(?:^|(?<=[\s,(])){_LEAD}{pattern}{end}", folded)
        if match is None:
            continue
        found = day(match)
        if found is not None:
            return found, (text[:match.start()] + text[match.end():]).strip()
    return None, text


def _patterns(today: date) -> tuple[tuple[str, Callable[[re.Match[str]], date | None]], ...]:
    months = "|".join(_MONTHS)
    days = "|".join(rf"{d}|{d[:4]}\.|{d[:3]}\.|{d[:5]}\." for d in _DAYS)
    return (
        (r"(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>\d{4}|\d{2}))?", lambda m: _numbers(m, today)),
        (rf"(?P<d>\d{{1,2}})(?:er)?\s+(?P<n>{months})(?:\s+(?P<y>\d{{4}}))?", lambda m: _named(m, today)),
        (rf"(?P<part>fin|mi|debut)[\s-]+(?P<n>{months})(?:\s+(?P<y>\d{{4}}))?", lambda m: _part(m, today)),
        (r"fin (?:du|de) mois", lambda m: _last(today.year, today.month)),
        (r"fin (?:de l'|d')annee", lambda m: date(today.year, 12, 31)),
        (r"fin de semaine", lambda m: today + timedelta(days=(4 - today.weekday()) % 7)),
        (r"(?:sous|dans|d'ici)\s+(?P<n>\d{1,3})\s*(?P<u>jours?|j|semaines?|sem)",
         lambda m: today + timedelta(days=int(m["n"]) * _UNITS[m["u"]])),
        (r"(?:sous|dans|d'ici)\s+(?P<n>\d{1,2})\s*mois", lambda m: _months_on(today, int(m["n"]))),
        (r"sous quinzaine", lambda m: today + timedelta(days=15)),
        (r"sous huitaine", lambda m: today + timedelta(days=8)),
        (r"apres[- ]demain", lambda m: today + timedelta(days=2)),
        (r"demain", lambda m: today + timedelta(days=1)),
        (r"aujourd'hui", lambda m: today),
        (rf"(?P<w>{days})(?:\s+prochain)?", lambda m: _weekday(m["w"], today)),
    )


def _weekday(word: str, today: date) -> date:
    number = next(n for n, name in enumerate(_DAYS) if name.startswith(word.rstrip(".")))
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _ahead(year: str | None, month: int, day: int, today: date) -> date | None:
    if year:
        return _valid(int(year) + (2000 if len(year) == 2 else 0), month, day)
    found = _valid(today.year, month, day)
    return _valid(today.year + 1, month, day) if found is not None and found < today else found


def _numbers(match: re.Match[str], today: date) -> date | None:
    return _ahead(match["y"], int(match["m"]), int(match["d"]), today)


def _named(match: re.Match[str], today: date) -> date | None:
    return _ahead(match["y"], _MONTHS.index(match["n"]) + 1, int(match["d"]), today)


def _part(match: re.Match[str], today: date) -> date | None:
    month = _MONTHS.index(match["n"]) + 1
    year = int(match["y"]) if match["y"] else today.year
    day = {"debut": 5, "mi": 15}.get(match["part"]) or calendar.monthrange(year, month)[1]
    found = date(year, month, day)
    if found < today and not match["y"]:
        return _last(year + 1, month) if match["part"] == "fin" else date(year + 1, month, day)
    return found


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _months_on(today: date, months: int) -> date:
    year, month = divmod(today.month - 1 + months, 12)
    year, month = today.year + year, month + 1
    return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
