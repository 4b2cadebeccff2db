"""What each organisation does of what the charter asks: found in meetings, actions and resources,
never typed."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.text import sort_key
from desktop.models.charter import Charter, Clause
from desktop.models.directory import Commitment, Organisation, Person
from desktop.models.states import (
    Evidence,
)
from desktop.queries.actions import day_of
from desktop.queries.charter_evidence import (
    Cells,
    EvidenceCell,
    EvidenceQuery,
    Standing,
    _adequacy,
    _informs,
    _observatory,
    _resources,
    _shares,
    _takes_part,
    _trained,
    _validated,
)
from desktop.queries.organisation_aliases import organisation_aliases
from desktop.queries.person_aliases import alias_map


@dataclass(frozen=True)
class Signature:
    """One signature of an organisation."""

    id: uuid.UUID
    charter_id: uuid.UUID | None
    version: int | None
    signed_on: date | None
    signed_by: str
    function: str
    confidentiality_on: date | None


@dataclass(frozen=True)
class CharterRow:
    """One organisation: what it signed, how it stands with each kind of evidence. `signed`: the
    version in force."""

    id: uuid.UUID
    name: str
    signed: Signature | None
    signatures: tuple[Signature, ...]
    cells: dict[str, EvidenceCell] = field(hash=False)


@dataclass(frozen=True)
class ClauseRow:
    """One clause."""

    id: uuid.UUID
    order: str
    label: str
    text: str
    evidence: str


@dataclass(frozen=True)
class CharterText:
    """One version of the charter with its clauses in their order."""

    id: uuid.UUID
    title: str
    version: int
    starts_on: date | None
    text: str
    clauses: tuple[ClauseRow, ...]


def charters_of(session: Session) -> list[CharterText]:
    """Return the versions of the charter, the last first."""
    clauses: dict[uuid.UUID | None, list[ClauseRow]] = defaultdict(list)
    for clause in session.scalars(select(Clause).where(Clause.deleted.is_not(True))):
        clauses[clause.charter_id].append(ClauseRow(
            clause.id, clause.order or "", clause.label or "", clause.text or "",
            clause.evidence or ""))
    found = [CharterText(one.id, one.title or "", one.version or 0, day_of(one.starts_on),
                         one.text or "",
                         tuple(sorted(clauses[one.id],
                                      key=lambda clause: (clause.order, clause.label))))
             for one in session.scalars(select(Charter).where(Charter.deleted.is_not(True)))]
    return sorted(found, key=lambda one: (-one.version, one.title))


def charter_in_force(session: Session, today: date) -> CharterText | None:
    """Return the last version that has begun; None where there is no charter."""
    return next((one for one in charters_of(session)
                 if one.starts_on is None or one.starts_on <= today), None)


def charter_rows(session: Session, today: date, observatory: bool) -> list[CharterRow]:
    """Return the organisations that take part, by their names, with how they stand.

    `observatory`: whether this computer reads the observations; where it does not, they are not
    measured.
    """
    charter = charter_in_force(session, today)
    signatures = _signatures(session)
    organisations = {row.id: row.short_name or row.name or "" for row in session.execute(
        select(Organisation.id, Organisation.name, Organisation.short_name)
        .where(Organisation.deleted.is_not(True)))}
    people = _people(session)
    members = set(people.values()) | set(signatures)
    known = organisation_aliases(session)
    asked = EvidenceQuery(session, today, people, observatory, known)
    cells = {str(kind): find(asked) for kind, find in _FINDERS.items()}
    rows = []
    for organisation, name in organisations.items():
        if organisation not in members or organisation in known:
            continue
        own = signatures.get(organisation, ())
        signed = next((one for one in own if charter is not None and one.charter_id == charter.id),
                      None)
        found = {kind: by.get(organisation, _NOTHING[kind]) for kind, by in cells.items()}
        if not observatory:
            found[Evidence.OBSERVATORY] = EvidenceCell(Standing.UNMEASURED)
        dated = next((one.confidentiality_on for one in own if one.confidentiality_on), None)
        found[Evidence.CONFIDENTIALITY] = (EvidenceCell(Standing.KEPT, 1, 1, dated) if dated
                                           else EvidenceCell(Standing.NOT_YET, 0, 1))
        rows.append(CharterRow(organisation, name, signed, tuple(own), found))
    return sorted(rows, key=lambda row: sort_key(row.name))


def _signatures(session: Session) -> dict[uuid.UUID, list[Signature]]:
    versions = {one.id: one.version for one in session.scalars(select(Charter))}
    found: dict[uuid.UUID, list[Signature]] = defaultdict(list)
    known = organisation_aliases(session)
    for row in session.scalars(select(Commitment).where(Commitment.deleted.is_not(True))):
        if row.organisation_id is not None:
            found[known.get(row.organisation_id, row.organisation_id)].append(Signature(
                row.id, row.charter_id, versions.get(row.charter_id) if row.charter_id else None,
                day_of(row.signed_on),
                row.signed_by or "", row.function or "", day_of(row.confidentiality_on)))
    return {key: sorted(own, key=lambda one: one.signed_on or date.min, reverse=True)
            for key, own in found.items()}


def _people(session: Session) -> dict[uuid.UUID, uuid.UUID]:
    """Person -> organisation, each person once."""
    known, same = alias_map(session), organisation_aliases(session)
    return {known.get(person, person): same.get(organisation, organisation)
            for person, organisation in session.execute(
                select(Person.id, Person.organisation_id).where(Person.deleted.is_not(True)))
        if organisation is not None and person not in known}


_FINDERS: dict[Evidence, Callable[[EvidenceQuery], Cells]] = {
    Evidence.TRAINED: _trained, Evidence.TAKES_PART: _takes_part, Evidence.SHARES: _shares,
    Evidence.HAS_VALIDATED: _validated, Evidence.INFORMS: _informs, Evidence.ADEQUACY: _adequacy,
    Evidence.OBSERVATORY: _observatory, Evidence.RESOURCES: _resources,
}
_NOTHING: dict[str, EvidenceCell] = {
    Evidence.TRAINED: EvidenceCell(Standing.NOT_CONCERNED),
    Evidence.TAKES_PART: EvidenceCell(Standing.UNMEASURED),
    Evidence.SHARES: EvidenceCell(Standing.NOT_CONCERNED),
    Evidence.HAS_VALIDATED: EvidenceCell(Standing.NOT_CONCERNED),
    Evidence.INFORMS: EvidenceCell(Standing.NOT_CONCERNED),
    Evidence.ADEQUACY: EvidenceCell(Standing.NOT_CONCERNED),
    Evidence.OBSERVATORY: EvidenceCell(Standing.NOT_YET, 0, 1),
    Evidence.RESOURCES: EvidenceCell(Standing.NOT_YET, 0, 0),
}
