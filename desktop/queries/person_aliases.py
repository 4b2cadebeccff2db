"""People who stand twice in the directory: the register that says so, who stands for whom, who may
be the same.

Two computers that are offline may each add the same colleague. Nothing is rewritten when they are
found to be one: whatever names either of them is read as naming the one who stands for both, also
what comes in later.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.text import fold, name_key
from desktop.models.directory import Organisation, Person
from desktop.models.states import AttendanceState


def alias_map(session: Session) -> dict[uuid.UUID, uuid.UUID]:
    """Person -> who stands for them, for those for whom another one does.

    Of people who were each said to be the other, by two computers at once, the one with the lesser
    id stands for all.
    """
    return aliases(session, Person)


def aliases(session: Session, cls: type[Person] | type[Organisation]) -> dict[uuid.UUID, uuid.UUID]:
    """Return the same of people or of organisations."""
    said: dict[uuid.UUID, uuid.UUID] = {one: other for one, other in session.execute(
        select(cls.id, cls.alias_of_id)
        .where(cls.alias_of_id.is_not(None), cls.deleted.is_not(True)))
        if other is not None}
    if not said:
        return {}
    there = set(
        session.scalars(select(cls.id)
                        .where(cls.id.in_(set(said.values())), cls.deleted.is_not(True))))
    said = {one: other for one, other in said.items() if other in there and other != one}
    return {one: found for one in said if (found := _end(said, one)) != one}


def _end(said: dict[uuid.UUID, uuid.UUID], person_id: uuid.UUID) -> uuid.UUID:
    way = [person_id]
    while (following := said.get(way[-1])) is not None:
        if following in way:
            return min(way[way.index(following):])
        way.append(following)
    return way[-1]


def canonical_id(session: Session, person_id: uuid.UUID) -> uuid.UUID:
    """Who stands for a person: nearly always themselves."""
    return alias_map(session).get(person_id, person_id)


def all_of(session: Session, person_id: uuid.UUID) -> set[uuid.UUID]:
    """Every entry of the directory that is this person."""
    known = alias_map(session)
    wanted = known.get(person_id, person_id)
    return {wanted, *(one for one, other in known.items() if other == wanted)}


def possible_doubles(session: Session) -> dict[uuid.UUID, tuple[uuid.UUID, ...]]:
    """Person -> those who may be the same: of one name, in either order, and nothing that tells
    them apart.

    Namesakes of two structures are two people, unless they share an address of mail or a telephone.
    """
    known = alias_map(session)
    rows = session.execute(select(
        Person.id, Person.given_name, Person.family_name, Person.organisation_id, Person.email,
        Person.phone)
        .where(Person.deleted.is_not(True))).all()
    alike: dict[tuple[str, ...],
                list[tuple[uuid.UUID, uuid.UUID | None, set[str]]]] = defaultdict(list)
    for id_, given, family, where, email, phone in rows:
        name = name_key(given, family)
        if id_ not in known and len(name) > 1:
            alike[name].append(
                (id_, where, {fold(email or ""), "".join(filter(str.isdigit, phone or ""))} - {""}))
    found: dict[uuid.UUID, tuple[uuid.UUID, ...]] = {}
    for people in alike.values():
        for id_, where, reached in people:
            same = tuple(other for other, there, by in people
                         if other != id_
                         and (where is None or there is None or where == there or reached & by))
            if same:
                found[id_] = same
    return found


def as_standing(known: dict[uuid.UUID, uuid.UUID], ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return these people, by who stands for each."""
    return {known.get(one, one) for one in ids}


TELLING = (AttendanceState.PRESENT, AttendanceState.REMOTE, AttendanceState.REPRESENTED,
           AttendanceState.EXCUSED,
           AttendanceState.ABSENT, AttendanceState.EXPECTED)
"""Where both entries of one person are at a meeting, the state that says most comes first."""

Row = TypeVar("Row")


def deduplicate(known: dict[uuid.UUID, uuid.UUID], rows: Iterable[Row],
              person: Callable[[Row], uuid.UUID | None],
              state: Callable[[Row], str | None]) -> list[Row]:
    """Of several rows of one person at a meeting, the one whose state says most; the others as they
    are."""
    best: dict[uuid.UUID, Row] = {}
    others: list[Row] = []
    for row in rows:
        one = person(row)
        if one is None:
            others.append(row)
            continue
        who = known.get(one, one)
        if who not in best or _telling(state(row)) < _telling(state(best[who])):
            best[who] = row
    return [*best.values(), *others]


def _telling(state: str | None) -> int:
    return TELLING.index(state) if state in TELLING else len(TELLING)


def people_with(session: Session, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Person]:
    """Return the people of these ids, each as who stands for them."""
    wanted, known = set(ids), alias_map(session)
    asked = list(as_standing(known, wanted))
    found = {person.id: person for start in range(0, len(asked), 500)
             for person
             in session.scalars(select(Person).where(Person.id.in_(asked[start:start + 500])))}
    return {one: found[known.get(one, one)] for one in wanted if known.get(one, one) in found}
