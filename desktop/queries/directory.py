"""What the directory shows: organisations, people, groups and their members, as plain rows."""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.base.text import sort_key
from desktop.models.directory import Commitment, Group, Membership, Organisation, Person
from desktop.models.vocabularies import Collective, Place, Term
from desktop.queries.names import display_name, organisation_names
from desktop.queries.organisation_aliases import (
    all_of_organisation,
    organisation_aliases,
    possible_double_organisations,
)
from desktop.queries.person_aliases import alias_map, all_of, people_with, possible_doubles


@dataclass(frozen=True)
class OrganisationRow:
    """One structure; `people` counts those known in it."""

    id: uuid.UUID
    name: str
    short_name: str
    college: str
    domains: tuple[str, ...]
    territory: str
    contact: str
    web: str
    notes: str
    people: int
    signed_on: str
    confidentiality_on: str
    double: bool = False
    """Perhaps the same as another one."""


@dataclass(frozen=True)
class PersonRow:
    """One professional, elected person or volunteer."""

    id: uuid.UUID
    given_name: str
    family_name: str
    function: str
    organisation_id: uuid.UUID | None
    organisation: str
    email: str
    phone: str
    double: bool = False
    """Perhaps the same as another one."""

    @property
    def name(self) -> str:
        """NOM Prénom."""
        return display_name(self.given_name, self.family_name)


@dataclass(frozen=True)
class GroupRow:
    """One group and how many belong to it."""

    id: uuid.UUID
    name: str
    kind: str
    axis_id: uuid.UUID | None
    confidential: bool
    description: str
    members: int


@dataclass(frozen=True)
class MemberRow:
    """One membership, with the words to show for it."""

    id: uuid.UUID
    group_id: uuid.UUID | None
    group: str
    person_id: uuid.UUID | None
    organisation_id: uuid.UUID | None
    name: str
    organisation: str
    role: str
    function: str
    since: str
    until: str


@dataclass(frozen=True)
class TermRow:
    """One entry of a vocabulary, with the label in both languages."""

    code: str
    label_fr: str
    label_en: str
    family: str
    valid_to: str
    also: tuple[str, ...] = ()
    """Everyday words of the coordination, beside those that ship."""

    def label(self, language: str) -> str:
        """Return the label in a language, French where there is no other."""
        return self.label_en if language == "en" and self.label_en else self.label_fr


@dataclass(frozen=True)
class PlaceRow:
    """One commune, zone or neighbourhood."""

    code: str
    kind: str
    name: str
    parent_code: str
    population: int
    valid_to: str = ""
    others: tuple[str, ...] = ()
    """The codes of the other communes that it reaches into."""

    def is_over(self, on: str) -> bool:
        """Whether it is no longer in force on a day."""
        return bool(self.valid_to) and self.valid_to < on


def organisations_of(session: Session) -> list[OrganisationRow]:
    """Every organisation once, in alphabetical order; it tells which may stand there twice."""
    known = organisation_aliases(session)
    return [row for row in _organisations(session, known, Organisation.deleted.is_not(True))
            if row.id not in known]


def organisation_rows(session: Session, ids: set[uuid.UUID]) -> list[OrganisationRow]:
    """Return these organisations, each by itself."""
    return (_organisations(session, organisation_aliases(session), Organisation.id.in_(ids)) if ids
            else [])


def _organisations(session: Session, known: dict[uuid.UUID, uuid.UUID],
                   chosen: ColumnElement[bool]) -> list[OrganisationRow]:
    counting = (select(Person.organisation_id, func.count())
                .where(Person.deleted.is_not(True), Person.id.not_in(set(alias_map(session))))
                .group_by(Person.organisation_id))
    doubles = possible_double_organisations(session)
    counts: Counter[uuid.UUID] = Counter()
    for where, count in session.execute(counting):
        if where is not None:
            counts[known.get(where, where)] += count
    charter = {known.get(row[0], row[0]) if row[0] is not None else None: row
               for row in session.execute(
                   select(Commitment.organisation_id, Commitment.signed_on,
                          Commitment.confidentiality_on)
                   .where(Commitment.deleted.is_not(True)))}
    o = Organisation
    rows = []
    for r in session.execute(select(o.id, o.name, o.short_name, o.college, o.domains, o.territory,
                                    o.contact, o.web, o.notes)
                             .where(chosen)):
        signed = charter.get(r[0])
        rows.append(OrganisationRow(
            r[0], r[1] or "", r[2] or "", r[3] or "", tuple(r[4] or ()), r[5] or "", r[6] or "",
            r[7] or "", r[8] or "",
            counts.get(r[0], 0), (signed[1] or "") if signed else "",
            (signed[2] or "") if signed else "", r[0] in doubles))
    return sorted(rows, key=lambda row: sort_key(row.name))


def people_of(session: Session, organisation_id: uuid.UUID | None = None) -> list[PersonRow]:
    """Every person once, or those of one organisation, in alphabetical order."""
    known = alias_map(session)
    chosen: list[ColumnElement[bool]] = [Person.deleted.is_not(True)]
    if organisation_id is not None:
        chosen.append(Person.organisation_id.in_(all_of_organisation(session, organisation_id)))
    return [row for row in _people(session, *chosen) if row.id not in known]


def listed_people(session: Session) -> list[PersonRow]:
    """Return the same as the directory lists them: it tells who may stand there twice."""
    doubles = possible_doubles(session)
    return [replace(row, double=True) if row.id in doubles else row for row in people_of(session)]


def person_rows(session: Session, ids: set[uuid.UUID]) -> list[PersonRow]:
    """Return these people, each by itself."""
    return _people(session, Person.id.in_(ids)) if ids else []


def _people(session: Session, *chosen: ColumnElement[bool]) -> list[PersonRow]:
    p = Person
    query = (select(p.id, p.given_name, p.family_name, p.function, p.organisation_id,
                    Organisation.short_name,
                    Organisation.name, p.email, p.phone)
             .outerjoin(Organisation, Organisation.id == p.organisation_id).where(*chosen))
    known = organisation_aliases(session)
    names = organisation_names(session) if known else {}
    rows = [PersonRow(id_, given or "", family or "", function or "",
                      known.get(where, where) if where else None,
                      names[where] if where in known else short or name or "", email or "",
                      phone or "")
            for id_, given, family, function, where, short, name, email, phone
            in session.execute(query)]
    return sorted(rows, key=lambda row: sort_key(row.name))


def groups_of(session: Session) -> list[GroupRow]:
    """Every group in alphabetical order."""
    known, members = alias_map(session), defaultdict[uuid.UUID, set[uuid.UUID]](set)
    for where, one, person_id in session.execute(
            select(Membership.group_id, Membership.id, Membership.person_id)
            .where(Membership.deleted.is_not(True))):
        if where is not None:
            members[where].add(known.get(person_id, person_id) if person_id else one)
    rows = [GroupRow(g.id, g.name or "", g.kind or "", g.axis_id, bool(g.confidential),
                     g.description or "",
                     len(members[g.id]))
            for g in session.scalars(select(Group).where(Group.deleted.is_not(True)))]
    return sorted(rows, key=lambda row: sort_key(row.name))


def members_of(session: Session, group_id: uuid.UUID | None = None,
               person_id: uuid.UUID | None = None) -> list[MemberRow]:
    """Return the members of one group, the memberships of one person, or all of them."""
    query = select(Membership).where(Membership.deleted.is_not(True))
    if group_id is not None:
        query = query.where(Membership.group_id == group_id)
    if person_id is not None:
        query = query.where(Membership.person_id.in_(all_of(session, person_id)))
    people = people_with(session,
                         session.scalars(query.with_only_columns(Membership.person_id).where(
                             Membership.person_id.is_not(None))))
    organisations = organisation_names(session)
    groups = {row.id: row.name or "" for row in session.execute(select(Group.id, Group.name))}
    rows, there = [], set[tuple[uuid.UUID | None, uuid.UUID]]()
    for m in session.scalars(query):
        person = people.get(m.person_id) if m.person_id else None
        if person is not None and (m.group_id, person.id) in there:
            # Both entries of one person belong to the group.
            continue
        if person is not None:
            there.add((m.group_id, person.id))
        where = m.organisation_id or (person.organisation_id if person else None)
        name = display_name(person.given_name, person.family_name) if person else ""
        rows.append(MemberRow(
            m.id, m.group_id, groups.get(m.group_id, "") if m.group_id else "",
            person.id if person else m.person_id,
            m.organisation_id,
            name or (organisations.get(where, "") if where else ""),
            organisations.get(where, "") if where else "",
            m.role or "", m.function or "", m.since or "", m.until or ""))
    return sorted(rows, key=lambda row: sort_key(row.name))


def terms_of(session: Session, vocabulary: str) -> list[TermRow]:
    """Return the entries of one vocabulary in their order."""
    query = select(Term).where(Term.deleted.is_not(True), Term.vocabulary == vocabulary)
    rows = sorted(session.scalars(query),
                  key=lambda t: (t.order if t.order is not None else 10_000, t.code or ""))
    return [
        TermRow(t.code or "", t.label_fr or "", t.label_en or "", t.family or "", t.valid_to or "",
                tuple(word.strip() for word in (t.also or "").split(",") if word.strip()))
        for t in rows]


def places_of(session: Session, kind: str | None = None) -> list[PlaceRow]:
    """Return the places of the territory, or those of one kind, in alphabetical order."""
    query = select(Place).where(Place.deleted.is_not(True))
    if kind:
        query = query.where(Place.kind == kind)
    rows = [PlaceRow(p.code or "", p.kind or "", p.name or "", p.parent_code or "",
                     p.population or 0, p.valid_to or "",
                     tuple(p.other_communes or ()))
            for p in session.scalars(query)]
    return sorted(rows, key=lambda row: sort_key(row.name))


def collective_name(session: Session) -> str:
    """Return the name of the collective; empty before it is known."""
    return (session.scalar(select(Collective.name).where(Collective.deleted.is_not(True)).limit(1))
            or "")
