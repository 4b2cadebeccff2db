"""The minutes of a meeting as plain data: what a report draws, and what is frozen when they are
validated."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from desktop.queries.documents.parts import Heading, Participant

Audience = Literal["interne", "diffusion"]

AUDIENCES = ("commun", "interne", "observatoire")

SHOWN: dict[str, frozenset[str]] = {
    "diffusion": frozenset({"commun"}),
    "interne": frozenset({"commun", "interne"}),
}
"""Which audiences of note blocks each variant of the minutes shows. What is the observatory team's
alone is on no minutes: internal ones are read by secretaries, and paper goes further than a
screen."""


@dataclass(frozen=True)
class MinutesLine:
    """One line of the minutes. `kind`: text, question, decision, action. `audience`: that of its
    block."""

    kind: str
    text: str
    audience: str = "commun"
    number: str = ""
    how: str = ""
    who: str = ""
    due: date | None = None
    state: str = ""
    change: str = ""
    """In a correction: added, removed, or nothing."""


@dataclass(frozen=True)
class Point:
    """One point of the ordre du jour with what was noted under it."""

    title: str
    presenter: str
    minutes: int | None
    kind: str
    lines: tuple[MinutesLine, ...]


@dataclass(frozen=True)
class Minutes:
    """Minutes of one meeting for one audience; `withheld` counts the lines that this audience does
    not get."""

    heading: Heading
    audience: Audience
    title: str
    kind: str
    state: str
    version: int
    validated_on: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    animator: str
    secretary: str
    quorum: int | None
    people: tuple[Participant, ...]
    previous_on: date | None
    earlier: tuple[MinutesLine, ...]
    points: tuple[Point, ...]
    other: tuple[MinutesLine, ...]
    decisions: tuple[MinutesLine, ...]
    actions: tuple[MinutesLine, ...]
    next_meeting: datetime | None
    next_place: str
    remarks_until: date | None
    annexes: tuple[str, ...]
    withheld: int
    reason: str = ""
    """Why these minutes correct others."""
    quorum_remote: bool = True
    changes: tuple[str, ...] = ()
    """What a correction changed in the attendance, each in a sentence."""
