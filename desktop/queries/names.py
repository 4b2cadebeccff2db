"""Names of people and of organisations, as lists and papers write them."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.directory import Organisation, Person
from desktop.queries.organisation_aliases import organisation_aliases
from desktop.queries.person_aliases import alias_map, canonical_id, people_with


def display_name(given: str | None, family: str | None) -> str:
    """NOM Prénom, as lists and sheets write it."""
    return f"{(family or '').upper()} {given or ''}".strip()


def organisation_names(session: Session) -> dict[uuid.UUID, str]:
    """Return the name (the short one where there is one) of every organisation, hidden ones too; of
    the one that stands for it."""
    rows = session.execute(select(Organisation.id, Organisation.short_name, Organisation.name))
    names = {row.id: row.short_name or row.name or "" for row in rows}
    return names | {one: names[other] for one, other in organisation_aliases(session).items()}


def person_names(session: Session) -> dict[uuid.UUID, str]:
    """NOM Prénom of every person, hidden ones too; of who stands for them, where another entry
    does."""
    rows = session.execute(select(Person.id, Person.given_name, Person.family_name))
    names = {row.id: display_name(row.given_name, row.family_name) for row in rows}
    return names | {one: names[other] for one, other in alias_map(session).items()}


def names_with(session: Session, ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    """NOM Prénom of these people, of who stands for them; those who are not known are left out."""
    people = people_with(session, {one for one in ids if one is not None})
    return {one: display_name(person.given_name, person.family_name)
            for one, person in people.items()}


def person_name(session: Session, person_id: uuid.UUID | None) -> str:
    """NOM Prénom of one person; empty for nobody, and where nobody is known by this id."""
    if person_id is None:
        return ""
    row = session.execute(select(Person.given_name, Person.family_name)
                          .where(Person.id == canonical_id(session, person_id))).first()
    return display_name(row.given_name, row.family_name) if row is not None else ""
