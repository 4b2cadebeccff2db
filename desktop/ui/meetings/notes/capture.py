"""A line of the notes that is an action or a decision: who, when and what; no widget."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.base.dates.said import date_in
from desktop.base.text import fold


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
    undated: str = ""
    """The title with the date that was taken out of its words; empty where none was."""

    @property
    def without_date(self) -> "Capture":
        """The same where its words keep their date, and nothing is due; itself where no date was
        taken out of them."""
        return replace(self, title=self.undated, due_on=None, undated="") if self.undated else self


def capture(line: str, people: Sequence[Someone], today: date) -> Capture | None:
    """Return the action (`>`) or decision (`!`) that a line is; None for an ordinary line or one
    without words."""
    mark, sign, rest = _parts(line)
    if not sign or not rest:
        return None
    restricted = bool(mark)
    if sign == "!":
        return Capture("decision", _sentence(rest), restricted=restricted)
    head, colon, tail = _split(rest)
    if colon and tail:
        due, words = date_in(head, today)
        found, undated = people_in(words, people), ""
        if due is None and (len(found) == 1 or not words.strip(" ,")):
            # "dupont : relancer la CPAM avant le 15/12"
            due, rest = date_in(tail, today, only_end=True)
            undated = _sentence(tail) if due is not None else ""
            tail = rest.strip(" ,") or tail
        if len(found) == 1 or not words.strip(" ,"):
            return Capture("action", _sentence(tail), found[0] if found else None, due,
                           restricted=restricted, undated=undated)
        if due is not None or found:
            return Capture("action", _sentence(f"{words.strip(' ,')} : {tail}"), None, due, found,
                           restricted)
    due, words = date_in(rest, today, only_end=True)
    undated = _sentence(rest) if due is not None else ""
    return Capture("action", _sentence(words.strip(" ,") or rest), None, due, restricted=restricted,
                   undated=undated)


_LINE = re.compile(r"\s*(~{0,2})\s*([>!]?)\s*(.*?)\s*", re.DOTALL)
DATES = ("vend.", "sous 8 j", "sous 15 j", "fin du mois")


def _parts(line: str) -> tuple[str, str, str]:
    found = _LINE.fullmatch(line)
    return (found[1], found[2], found[3]) if found else ("", "", line)


def completions(line: str, people: Sequence[Someone], today: date) -> list[str]:
    """Return what the beginning of an action's line may become: the people whom it may mean or,
    after a name, usual dates."""
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
    return [f"{lead}{who.name}"
            + (f" {who.organisation}".rstrip() if names.count(who.name) > 1 else "")
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
    """Those of whom each word begins a part of the name, or of the structure; at least one of the
    name."""
    if not parts:
        return []
    found = []
    for person in people:
        name, whole = _tokens(f"{person.given_name} {person.family_name}"), fold(person.name)
        about = name + _tokens(person.organisation)
        begins = [any(token.startswith(part) for token in name) or whole.startswith(part)
                  for part in parts]
        if any(begins) and all(b or any(token.startswith(part) for token in about)
                               for b, part in zip(begins, parts, strict=True)):
            found.append(person)
    return sorted(found, key=lambda who: _rank(parts, who))
