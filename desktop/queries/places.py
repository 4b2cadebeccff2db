"""What the screen of places shows: neighbourhoods, communes and zones, words of the lists, and what
is to be completed."""

import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.text import sort_key
from desktop.models.vocabularies import Collective, Place, Term, name_on

FRESH = timedelta(days=365)
"""What was verified longer ago than this is to be verified again."""
KEPT = frozenset({"criterion_families", "domain_families", "confidences"})
"""Vocabularies that rules of the program hang on: no screen changes them."""


@dataclass(frozen=True)
class PlaceDetail:
    """One place as its screen shows it. `inside`: communes of a zone, inhabitants together."""

    id: uuid.UUID
    kind: str
    code: str
    name: str
    parent_code: str
    parent: str
    others: tuple[str, ...]
    population: int | None
    generation: str
    to_confirm: bool
    source: str
    verified_on: str
    valid_from: str
    valid_to: str
    earlier: tuple[tuple[str, str], ...]
    """(last day, name) of each earlier name, the latest first."""
    inside: tuple[str, ...] = ()
    people: int = 0

    def is_over(self, today: date) -> bool:
        """Whether new records no longer use it."""
        return bool(self.valid_to) and self.valid_to < today.isoformat()

    def is_old(self, today: date) -> bool:
        """Whether it was verified more than twelve months ago; never verified counts where there is
        a code to verify."""
        return not self.verified_on or self.verified_on < (today - FRESH).isoformat()


@dataclass(frozen=True)
class TermDetail:
    """One word of a list as its screen shows it."""

    id: uuid.UUID
    vocabulary: str
    code: str
    label_fr: str
    label_en: str
    family: str
    also: str
    source: str
    verified_on: str
    valid_from: str
    valid_to: str
    earlier: tuple[tuple[str, str], ...]
    order: int

    def is_over(self, today: date) -> bool:
        """Whether new records no longer use it."""
        return bool(self.valid_to) and self.valid_to < today.isoformat()


@dataclass(frozen=True)
class TerritoryState:
    """What the coordination should know of its places.

    `unsure`: neighbourhoods whose code is to be confirmed. `old`: places in force verified more
    than twelve months ago.
    `oldest`: the day of the oldest verification among them, "" for none.
    """

    name: str
    population_year: int | None
    source: str
    is_complete: bool
    neighbourhoods: int
    unsure: int
    old: int
    oldest: str


def neighbourhoods_of(session: Session) -> list[PlaceDetail]:
    """Return the neighbourhoods in alphabetical order."""
    return [row for row in _places(session) if row.kind == "neighbourhood"]


def communes_and_zones(session: Session) -> list[PlaceDetail]:
    """Return the communes and the zones in alphabetical order."""
    return [row for row in _places(session) if row.kind in ("commune", "zone")]


def _places(session: Session) -> list[PlaceDetail]:
    found = session.scalars(select(Place).where(Place.deleted.is_not(True))).all()
    names = {(p.kind, p.code): p.name or "" for p in found}
    inside: dict[str, list[str]] = {}
    people: Counter[str] = Counter()
    for p in found:
        if p.kind == "commune" and p.parent_code:
            inside.setdefault(p.parent_code, []).append(p.name or "")
            people[p.parent_code] += p.population or 0
    above = {"commune": "zone", "neighbourhood": "commune"}
    rows = [PlaceDetail(
        id=p.id, kind=p.kind or "", code=p.code or "", name=p.name or "",
        parent_code=p.parent_code or "",
        parent=names.get((above.get(p.kind or ""), p.parent_code), p.parent_code or ""),
        others=tuple(names.get(("commune", code), code) for code in p.other_communes or ()),
        population=p.population,
        generation=p.generation or "", to_confirm=bool(p.to_confirm), source=p.source or "",
        verified_on=p.verified_on or "",
        valid_from=p.valid_from or "", valid_to=p.valid_to or "", earlier=_earlier(p.earlier),
        inside=tuple(sorted(inside.get(p.code or "", ()), key=sort_key)) if p.kind == "zone"
        else (),
        people=people[p.code or ""] if p.kind == "zone" else 0) for p in found]
    return sorted(rows, key=lambda row: sort_key(row.name))


def _earlier(text: str | None) -> tuple[tuple[str, str], ...]:
    lines = [line.partition(" ") for line in (text or "").splitlines()]
    return tuple((until, name) for until, _space, name in lines if name)


def terms_in(session: Session, vocabulary: str = "") -> list[TermDetail]:
    """Return the words of one list, or of all that the coordination keeps, list by list in their
    order."""
    query = select(Term).where(Term.deleted.is_not(True), Term.vocabulary.not_in(KEPT))
    if vocabulary:
        query = query.where(Term.vocabulary == vocabulary)
    rows = [TermDetail(
        id=t.id, vocabulary=t.vocabulary or "", code=t.code or "", label_fr=t.label_fr or "",
        label_en=t.label_en or "",
        family=t.family or "", also=t.also or "", source=t.source or "",
        verified_on=t.verified_on or "",
        valid_from=t.valid_from or "", valid_to=t.valid_to or "", earlier=_earlier(t.earlier),
        order=10_000 if t.order is None else t.order) for t in session.scalars(query)]
    return sorted(rows, key=lambda row: (row.vocabulary, row.order, row.code))


def vocabularies(session: Session) -> list[str]:
    """Return the names of the lists that the coordination keeps."""
    return sorted(
        {name for name
         in session.scalars(select(Term.vocabulary).where(Term.deleted.is_not(True)).distinct())
         if name and name not in KEPT})


def territory_state(session: Session, today: date) -> TerritoryState:
    """How complete and how fresh the places are."""
    collective = (
        session.scalars(select(Collective).where(Collective.deleted.is_not(True)).limit(1))
                  .first())
    rows = [row for row in _places(session) if not row.is_over(today)]
    old = [row for row in rows if row.is_old(today) and not row.to_confirm]
    return TerritoryState(
        name=(collective.territory or "") if collective is not None else "",
        population_year=collective.population_year if collective is not None else None,
        source=(collective.places_source or "") if collective is not None else "",
        is_complete=bool(collective is not None and collective.neighbourhoods_complete),
        neighbourhoods=sum(row.kind == "neighbourhood" for row in rows),
        unsure=sum(row.to_confirm for row in rows),
        old=len(old), oldest=min((row.verified_on for row in old if row.verified_on), default=""))


def dated_places(session: Session) -> Callable[[str, str], str]:
    """Return what names a place of a code on a day: the name that it bore then; on "" that of
    today; the code of no place."""
    known = {code: (name or "", earlier) for code, name, earlier in session.execute(
        select(Place.code, Place.name, Place.earlier).where(Place.deleted.is_not(True)))}

    def name(code: str, on: str) -> str:
        return name_on(*known[code], on) if code in known else code

    return name


def day_of_action(starts_on: str | None, due_on: str | None) -> str:
    """Return the day whose names of places the papers of an action bear: it starts, or else is due;
    "" where neither is said."""
    return starts_on or due_on or ""
