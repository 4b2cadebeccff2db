"""What is typed in the roll-call field, as what it means; no widget, so that every rule can be
tested by itself."""

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.base.text import fold
from desktop.models.states import AttendanceState

SUFFIXES = {"e": AttendanceState.EXCUSED, "r": AttendanceState.REPRESENTED,
            "v": AttendanceState.REMOTE,
            "x": AttendanceState.ABSENT, "a": AttendanceState.ABSENT}
MOST = 2_000
_TIME = re.compile(r"^(\d{1,2})\s*[h:]\s*(\d{2})?$")
_PAPER = re.compile(r"^\d+(-\d+)?[ervx]?([ ,;]+\d+(-\d+)?[ervx]?)*$")


class Listed(Protocol):
    """A person of the roll-call, as far as finding them goes."""

    @property
    def person_id(self) -> uuid.UUID: ...
    @property
    def given_name(self) -> str: ...
    @property
    def family_name(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def number(self) -> int: ...


@dataclass(frozen=True)
class Tick:
    """Some words of a name and the state to give; `by` are words of who represents them."""

    words: tuple[str, ...]
    state: str = AttendanceState.PRESENT
    arrived_at: str = ""
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Everyone:
    """All who are still expected."""


@dataclass(frozen=True)
class WalkIn:
    """Someone whom nobody expected."""

    family: str
    given: str
    organisation: str


@dataclass(frozen=True)
class Paper:
    """Numbers read from the signed sheet, each with its state."""

    marks: tuple[tuple[int, str], ...]


Typed = Tick | Everyone | WalkIn | Paper | None


def understand(text: str) -> Typed:
    """Return what the field says; None where it says nothing yet."""
    text = text.strip()
    if not text:
        return None
    if text == "*":
        return Everyone()
    if text.startswith("+"):
        return _walk_in(text[1:].strip())
    if _PAPER.match(text.casefold()):
        return _paper(text.casefold())
    return _tick(text)


def _walk_in(text: str) -> WalkIn | None:
    names, _comma, organisation = text.partition(",")
    words = names.split()
    if not words:
        return None
    family = [word for word in words if len(word) > 1 and word.isupper()]
    if family and len(family) < len(words):
        given = [word for word in words if word not in family]
        return WalkIn(" ".join(family), " ".join(given), organisation.strip())
    return WalkIn(words[0], " ".join(words[1:]), organisation.strip())


def _paper(text: str) -> Paper:
    marks: list[tuple[int, str]] = []
    for part in re.split(r"[ ,;]+", text):
        state = SUFFIXES.get(part[-1], AttendanceState.PRESENT)
        first, _dash, last = part.rstrip("ervx").partition("-")
        # No sheet has so many lines: a slip of the keys must not fill the memory.
        start, stop = min(int(first), MOST), min(int(last or first), MOST)
        marks.extend((number, state) for number in range(start, stop + 1))
    return Paper(tuple(marks))


def _tick(text: str) -> Tick:
    words = fold(text).split()
    # A lone letter may begin a name ("e" for Emma): a suffix comes after at least one word.
    if len(words) >= 3 and words[-2] == "h" and words[-3].isdigit():
        words[-3:] = ["".join(words[-3:])]
    arrived = ""
    if len(words) > 1:
        time = _TIME.match(words[-1])
        if time and int(time[1]) < 24 and int(time[2] or 0) < 60:
            arrived = f"{int(time[1]):02d}:{int(time[2] or 0):02d}"
            words = words[:-1]
    if "r" in words[1:]:
        at = words.index("r", 1)
        return Tick(tuple(words[:at]), AttendanceState.REPRESENTED, arrived, tuple(words[at + 1:]))
    if len(words) > 1 and words[-1] in SUFFIXES:
        return Tick(tuple(words[:-1]), SUFFIXES[words[-1]], arrived)
    return Tick(tuple(words), AttendanceState.PRESENT, arrived)


def matching(words: Sequence[str], rows: Iterable[Listed]) -> list[Listed]:
    """Return the people that the words may mean: those still expected first, family names before
    given names and structures."""
    found = []
    for row in rows:
        rank = _rank(words, row)
        if rank is not None:
            found.append(((row.state != AttendanceState.EXPECTED, rank, row.number), row))
    return [row for _key, row in sorted(found, key=lambda pair: pair[0])]


def _rank(words: Sequence[str], row: Listed) -> int | None:
    family = (*_tokens(row.family_name), fold(row.family_name))
    worst = 0
    for word in words:
        if any(token.startswith(word) for token in family):
            continue
        if any(token.startswith(word) for token in _tokens(row.given_name)):
            worst = max(worst, 1)
        elif len(word) > 1 and any(token.startswith(word) for token in _tokens(row.organisation)):
            worst = max(worst, 2)
        else:
            return None
    return worst


def _tokens(text: str) -> list[str]:
    return [token for token in re.split(r"[\s'\-]+", fold(text)) if token]
