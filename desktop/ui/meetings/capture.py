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
    organisation: str = ""

    @property
    def name(self) -> str:
        """Prénom NOM."""
        return f"{self.given_name} {self.family_name.upper()}".strip()


@dataclass(frozen=True)
class Capture:
    """What a line says. kind: action or decision."""

    kind: str
    title: str
    owner: Someone | None = None
    due_on: date | None = None
    between: tuple[Someone, ...] = ()
    """Whom the words may mean alike: nobody is chosen."""
    restricted: bool = False


def capture(line: str, people: Sequence[Someone], today: date) -> Capture | None:
    """The action (`>`) or decision (`!`) that a line is; None for an ordinary line or one without words."""
    mark, sign, rest = _parts(line)
    if not sign or not rest:
        return None
    restricted = bool(mark)
    if sign == "!":
        return Capture("decision", _sentence(rest), restricted=restricted)
    head, colon, tail = _split(rest)
    if colon and tail:
        due, words = date_in(head, today)
        found = people_in(words, people)
        if len(found) == 1 or not words.strip(" ,"):
            return Capture("action", _sentence(tail), found[0] if found else None, due, restricted=restricted)
        if due is not None or found:
            return Capture("action", _sentence(f"{words.strip(' ,')} : {tail}"), None, due, found, restricted)
    due, words = date_in(rest, today, only_end=True)
    return Capture("action", _sentence(words.strip(" ,") or rest), None, due, restricted=restricted)


_LINE = re.compile(r"\s*(~{0,2})\s*([>!]?)\s*(.*?)\s*", re.DOTALL)
DATES = ("vend.", "sous 8 j", "sous 15 j", "fin du mois")


def _parts(line: str) -> tuple[str, str, str]:
    found = _LINE.fullmatch(line)
    return (found[1], found[2], found[3]) if found else ("", "", line)


def completions(line: str, people: Sequence[Someone], today: date) -> list[str]:
    """What the beginning of an action's line may become: the people whom it may mean or, after a name, usual dates."""
    mark, sign, rest = _parts(line)
    if sign != ">" or _split(rest)[1]:
        return []
    lead = f"{mark}> " if mark else "> "
    due, words = date_in(rest, today)
    words = words.strip(" ,")
    named = [who for who in people if words in (who.name, f"{who.name} {who.organisation}".strip())]
    if named and (due is not None or line.endswith(" ")):
        return [f"{lead}{words} {day}" for day in DATES]
    # The letters of a name alone find those who bear it, not the colleagues of their structure.
    names = [who.name for who in people]
    found = _matching([fold(words)] if named else _folded(words), people)
    return [f"{lead}{who.name}" + (f" {who.organisation}".rstrip() if names.count(who.name) > 1 else "")
            for who in found[:12]]


def _split(text: str) -> tuple[str, str, str]:
    found = re.search(r"\s*:\s+", text.replace("\u202f", " ").replace("\u00a0", " "))
    return (text[:found.start()], ":", text[found.end():].strip()) if found else (text, "", "")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def people_in(words: str, people: Sequence[Someone]) -> tuple[Someone, ...]:
    """Whom the words name ("Fatima B.", "benali ccas"): those who are there come before the others.

    More than one where nothing tells them apart: a guess would give the work to the wrong person.
    """
    parts = _folded(words)
    found = _matching(parts, people)
    if not found:
        return ()
    ranks = [_rank(parts, who) for who in found]
    return tuple(who for who, rank in zip(found, ranks, strict=True) if rank == ranks[0])


def _folded(words: str) -> list[str]:
    return [part for part in (fold(part).strip(".,()") for part in words.split()) if part]


def _tokens(text: str) -> list[str]:
    return [token for token in re.split(r"[\s'\-]+", fold(text)) if token]


def _rank(parts: Sequence[str], person: Someone) -> tuple[bool, int]:
    tokens = _tokens(f"{person.given_name} {person.family_name} {person.organisation}")
    return not person.there, -sum(part in tokens for part in parts)


def _matching(parts: Sequence[str], people: Sequence[Someone]) -> list[Someone]:
    """Those of whom each word begins a part of the name, or of the structure; at least one of the name."""
    if not parts:
        return []
    found = []
    for person in people:
        name, whole = _tokens(f"{person.given_name} {person.family_name}"), fold(person.name)
        about = name + _tokens(person.organisation)
        begins = [any(token.startswith(part) for token in name) or whole.startswith(part) for part in parts]
        if any(begins) and all(b or any(token.startswith(part) for token in about)
                               for b, part in zip(begins, parts, strict=True)):
            found.append(person)
    return sorted(found, key=lambda who: _rank(parts, who))


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
