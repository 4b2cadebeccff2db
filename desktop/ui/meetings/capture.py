"""A line of the notes that is an action or a decision: who, when and what; no widget."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.base.dates_said import date_in
from desktop.base.text import fold


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
