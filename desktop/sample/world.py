"""One world of the sample collective: the places, people and dates that the records of a world
refer to."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from desktop.models.record import Record
from desktop.sample.grammar import write
from desktop.sample.phrases import WORDS

Row = tuple[type[Record], dict[str, Any]]
T = TypeVar("T")

MONTHS = 18
"""How far back the life of the collective goes."""


@dataclass(frozen=True)
class Frame:
    """What the founded collective offers: groups, axes, objectives and places, by id or code."""

    groups: tuple[tuple[uuid.UUID, str, str, uuid.UUID | None], ...]
    """(id, name, kind, axis)"""
    axes: tuple[uuid.UUID, ...]
    objectives: tuple[tuple[uuid.UUID, uuid.UUID], ...]
    """(objective, axis)"""
    communes: tuple[tuple[str, str, str], ...]
    """(code, name, zone or "")"""
    neighbourhoods: tuple[tuple[str, str], ...]
    """(code, commune)"""
    charter: uuid.UUID | None = None
    """The charter in force."""


@dataclass
class World:
    """One generated world; `number` 0 is the one whose people are members of the groups."""

    rng: Random
    frame: Frame
    today: date
    number: int
    me: uuid.UUID | None = None
    organisations: list[uuid.UUID] = field(default_factory=list)
    colleges: dict[uuid.UUID, str] = field(default_factory=dict)
    seats: dict[uuid.UUID, str] = field(default_factory=dict)
    """Organisation -> the name of its commune."""
    people: list[uuid.UUID] = field(default_factory=list)
    employer: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    members: dict[uuid.UUID, list[uuid.UUID]] = field(default_factory=dict)
    actions: list[uuid.UUID] = field(default_factory=list)
    told: dict[uuid.UUID, dict[str, Any]] = field(default_factory=dict)
    """What was said of each action: what follows from one agrees with it."""
    origins: list[tuple[uuid.UUID, uuid.UUID, date]] = field(default_factory=list)
    """Points of past meetings from which actions may be born: meeting, agenda item, day."""

    awaited: list[tuple[uuid.UUID, str, date]] = field(default_factory=list)
    """Accords that nobody has given yet: action, party, day on which it was asked for."""
    programmes: list[tuple[uuid.UUID, str]] = field(default_factory=list)
    """Training programmes with their titles."""
    keyed: dict[str, uuid.UUID] = field(default_factory=dict)
    """The actions that were written by hand, by their key."""
    titles: dict[str, str] = field(default_factory=dict)
    """What they are called, by their key."""
    born: dict[str, tuple[uuid.UUID, uuid.UUID, uuid.UUID | None]] = field(default_factory=dict)
    """Where they were born, by their key: meeting, agenda item, decision."""

    def id_at(self, moment: datetime | date) -> uuid.UUID:
        """Return a version 7 identifier of that moment, from the seed."""
        if not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day, 9)
        milliseconds = int(moment.timestamp() * 1000) & (2**48 - 1)
        bits = self.rng.getrandbits(74)
        return uuid.UUID(int=milliseconds << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | bits
                         & (2**62 - 1))

    def random_id(self) -> uuid.UUID:
        """Return a version 4 identifier, from the seed."""
        return uuid.UUID(int=self.rng.getrandbits(128), version=4)

    def text(self, symbol: str) -> str:
        """One text of the grammar, about the territory's communes.

        The first world is read by people: its texts make sense. Those after it are there for their
        size: more of their words are drawn one by one, which is nearer to what real notes weigh
        once compressed.
        """
        dense = f"{symbol} dense"
        return write(self.rng, dense if self.number and dense in WORDS else symbol, self.towns)

    @property
    def towns(self) -> tuple[str, ...]:
        """Names of the larger communes."""
        return tuple(name for _code, name, zone in self.frame.communes if not zone)

    def day(self, earliest: int, latest: int) -> date:
        """Return a day between `earliest` and `latest` days from today (negative: in the past)."""
        return self.today + timedelta(days=self.rng.randint(earliest, latest))

    def month(self, back: int = MONTHS) -> str:
        """Return a month of the last `back`, the recent ones somewhat more often."""
        ago = int(self.rng.triangular(0, back, 2))
        months = self.today.year * 12 + self.today.month - 1 - ago
        return f"{months // 12}-{months % 12 + 1:02d}"

    def pick(self, options: Iterable[T], weights: Iterable[float] | None = None) -> T:
        """One of the options."""
        listed = list(options)
        return (self.rng.choices(listed, list(weights))[0] if weights is not None
                else self.rng.choice(listed))

    def some(self, options: Iterable[T], least: int, most: int) -> list[T]:
        """Between `least` and `most` of the options, none twice."""
        listed = list(options)
        return self.rng.sample(listed, min(len(listed), self.rng.randint(least, most)))

    def chance(self, share: float) -> bool:
        """Tell yes in that share of cases."""
        return self.rng.random() < share
