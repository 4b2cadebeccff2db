"""Actions and schemes that look like a title, while it is typed: by what they are about, not by
their letters."""

import math
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.stems import stems, words_of_text
from desktop.models.actions import Action, Dispositif
from desktop.models.directory import Organisation
from desktop.models.record import group_of
from desktop.models.states import ActionState
from desktop.models.vocabularies import Place

LETTERS = 4
"""Letters that are typed before anything is looked for."""
SHOWN = 3
ALIKE = 0.4
"""From where on two titles are alike: 1 is the same words, 0 none in common. Measured on 60 pairs
(tests/queries)."""
NEARBY = 0.08
"""What a place that both name adds: it orders what is alike, and makes nothing alike that is
not."""


@dataclass(frozen=True)
class Candidate:
    """Something that exists: an action, or an existing scheme (`state` is empty then). `year`: 0
    where it has no day."""

    kind: str
    id: uuid.UUID
    title: str
    state: str = ""
    year: int = 0
    organisation: str = ""


@dataclass(frozen=True)
class _StemmedTitle:
    about: frozenset[str]
    near: frozenset[str]
    candidate: Candidate


class SimilarIndex:
    """What exists, by what it is about. Immutable once made: any thread may ask it.

    `places`: the names of the territory's places, which tell where an action is and not what it is.
    """

    def __init__(self, candidates: Iterable[Candidate], places: Iterable[str] = ()) -> None:
        self._places = frozenset(word for name in places for word in words_of_text(name))
        self._entries = [_StemmedTitle(*self._parted(one.title), one) for one in candidates]
        self._by_stem: dict[str, list[int]] = {}
        for number, entry in enumerate(self._entries):
            for stem in entry.about:
                self._by_stem.setdefault(stem, []).append(number)
        self._count = max(len(self._entries), 1)
        self._sizes = [self._weight_of(entry.about) for entry in self._entries]

    def _parted(self, title: str) -> tuple[frozenset[str], frozenset[str]]:
        words = words_of_text(title)
        near = frozenset(word for word in words if word in self._places)
        return stems(" ".join(word for word in words if word not in near)), near

    def _weight(self, stem: str) -> float:
        # A word that is everywhere tells little; one that nothing has tells as much as one that a
        # single title has.
        return math.log(1 + self._count / (1 + len(self._by_stem.get(stem, ())))) + 0.5

    def _weight_of(self, about: Iterable[str]) -> float:
        return sum(self._weight(stem) for stem in about)

    def like(self, title: str, leaving_out: uuid.UUID | None = None,
             most: int = SHOWN) -> list[Candidate]:
        """Give what is alike, the closest first; nothing under LETTERS letters."""
        if len(title.strip()) < LETTERS:
            return []
        about, near = self._parted(title)
        shared: dict[int, float] = {}
        for stem in about:
            weight = self._weight(stem)
            for number in self._by_stem.get(stem, ()):
                shared[number] = shared.get(number, 0.0) + weight
        size = self._weight_of(about)
        scored = []
        for number, common in shared.items():
            entry = self._entries[number]
            if entry.candidate.id == leaving_out:
                continue
            score = common / math.sqrt(size * self._sizes[number])
            if score >= ALIKE:
                scored.append((score + NEARBY * bool(near & entry.near), entry.candidate))
        scored.sort(key=lambda one: (-one[0], one[1].title, one[1].id))
        return [candidate for _score, candidate in scored[:most]]


def similar_index(session: Session) -> SimilarIndex:
    """Read what exists: actions that everybody of the collective reads or this computer does, and
    existing schemes."""
    actions = session.execute(
        select(Action.id, Action.title, Action.state, Action.due_on, Action.starts_on,
               Organisation.short_name,
               Organisation.name, Action.channel)
        .outerjoin(Organisation, Organisation.id == Action.owner_organisation_id)
        .where(Action.deleted.is_not(True)))
    found = [Candidate("action", id_, title or "", state or ActionState.PROPOSED,
                       _year(due, starts), short or name or "")
             for id_, title, state, due, starts, short, name, channel in actions
             if group_of(channel) is None]
    schemes = session.execute(select(Dispositif.id, Dispositif.name, Dispositif.holder)
                              .where(Dispositif.deleted.is_not(True)))
    found += [Candidate("dispositif", id_, name or "", organisation=holder or "")
              for id_, name, holder in schemes]
    places: Sequence[str | None] = session.scalars(select(Place.name)).all()
    return SimilarIndex(found, [name for name in places if name])


def _year(*days: str | None) -> int:
    return next((int(day[:4]) for day in days if day and day[:4].isdecimal()), 0)
