"""What the resource screen shows: the shared tools, speakers, documents, places, with whom they are
and what they are worth."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Text, func, literal, or_, select
from sqlalchemy.orm import Session

from desktop.base.text import sort_key
from desktop.models.resources import Resource, ResourceLoan, ResourceUse
from desktop.models.rules.resources import end_of, overlap
from desktop.queries.names import names_with, organisation_names


@dataclass(frozen=True)
class LoanRow:
    """One loan. Days are ISO 8601; `back_on` is empty while the resource is out. `is_late`: out
    after its last day."""

    id: uuid.UUID
    borrower: str
    lent_on: str
    due_on: str
    back_on: str
    remark: str
    is_late: bool
    is_now: bool
    """Begun, and not back."""
    clashes: bool = False
    """Another loan has the resource on the same day: two computers promised it without knowing of
    each other."""


@dataclass(frozen=True)
class UseRow:
    """What one organisation thought after one use: 1 to 5."""

    id: uuid.UUID
    organisation: str
    used_on: str
    rating: int
    remark: str


@dataclass(frozen=True)
class ResourceRow:
    """One resource, who holds it, and with whom it is today (None: it is available).

    `mean`: of `uses` ratings, 1 to 5; 0 where there is none.
    """

    id: uuid.UUID
    kind: str
    title: str
    description: str
    organisation_id: uuid.UUID | None
    organisation: str
    access: str
    domains: tuple[str, ...]
    period: str
    place: str
    sources: str
    named_people: str
    authorised_on: str
    loan: LoanRow | None
    mean: float
    uses: int


@dataclass(frozen=True)
class ResourceDetail:
    """What belongs to one resource: its loans and its uses, the newest first."""

    loans: tuple[LoanRow, ...]
    uses: tuple[UseRow, ...]


def resources_of(session: Session, today: date, kind: str = "", domain: str = "",
                 available: bool = False) -> list[ResourceRow]:
    """Return the resources in alphabetical order: of one kind, of one domain, or those that nobody
    has today."""
    names = organisation_names(session)
    out = _out(session, today)
    means = {row[0]: (float(row[1]), int(row[2])) for row in session.execute(
        select(ResourceUse.resource_id, func.avg(ResourceUse.rating), func.count())
        .where(ResourceUse.deleted.is_not(True), ResourceUse.rating.is_not(None))
        .group_by(ResourceUse.resource_id))}
    r = Resource
    chosen: list[ColumnElement[bool]] = [r.deleted.is_not(True)]
    if kind:
        chosen.append(r.kind == kind)
    if domain:
        # The column is JSON text of a fixed form.
        chosen.append(func.instr(r.domains, literal(f'"{domain}"', Text)) > 0)
    rows = []
    for (id_, said, title, description, holder, access, domains, period, place, sources, named,
         authorised) in session.execute(select(
            r.id, r.kind, r.title, r.description, r.organisation_id, r.access, r.domains, r.period,
            r.place, r.sources,
            r.named_people, r.authorised_on).where(*chosen)):
        if available and id_ in out:
            continue
        mean, uses = means.get(id_, (0.0, 0))
        rows.append(ResourceRow(
            id=id_, kind=said or "", title=title or "", description=description or "",
            organisation_id=holder,
            organisation=names.get(holder, "") if holder else "", access=access or "",
            domains=tuple(domains or ()),
            period=period or "", place=place or "", sources=sources or "", named_people=named or "",
            authorised_on=authorised or "", loan=out.get(id_), mean=mean, uses=uses))
    return sorted(rows, key=lambda row: sort_key(row.title))


def resource_detail(session: Session, resource_id: uuid.UUID, today: date) -> ResourceDetail:
    """Return the loans and the uses of one resource."""
    kept = session.scalars(select(ResourceLoan).where(
        ResourceLoan.resource_id == resource_id, ResourceLoan.deleted.is_not(True))).all()
    clashing = _clashing(kept, today.isoformat())
    loans = [(about, replace(row, clashes=row.id in clashing))
             for about, row in _loan_rows(session, kept, today)]
    names = organisation_names(session)
    uses = [UseRow(use.id, names.get(use.organisation_id, "") if use.organisation_id else "",
                   use.used_on or "",
                   use.rating or 0, use.remark or "")
            for use in session.scalars(select(ResourceUse).where(
                ResourceUse.resource_id == resource_id, ResourceUse.deleted.is_not(True)))]
    return ResourceDetail(
        tuple(row for _resource, row
              in sorted(loans, key=lambda pair: pair[1].lent_on, reverse=True)),
        tuple(sorted(uses, key=lambda use: use.used_on, reverse=True)))


def _clashing(loans: Sequence[ResourceLoan], today: str) -> set[uuid.UUID]:
    """Return the loans of one resource that have it on a day on which another has it too."""
    spans = [(loan.id, (loan.lent_on, end_of(loan, today))) for loan in loans
             if loan.lent_on and (loan.due_on or loan.back_on)]
    return {one for one, span in spans for other, another in spans
            if one != other and overlap(span, another)}


def _out(session: Session, today: date) -> dict[uuid.UUID, LoanRow]:
    """Resource -> the loan by which it is out today; of two that contradict each other, the one
    that ends last."""
    day = today.isoformat()
    begun = session.scalars(select(ResourceLoan).where(
        ResourceLoan.deleted.is_not(True), ResourceLoan.lent_on <= day,
        or_(ResourceLoan.back_on.is_(None), ResourceLoan.back_on == "")))
    found: dict[uuid.UUID, LoanRow] = {}
    for resource_id, row in sorted(_loan_rows(session, begun, today),
                                   key=lambda pair: pair[1].due_on):
        found[resource_id] = row
    return found


def _loan_rows(session: Session, loans: Iterable[ResourceLoan],
               today: date) -> list[tuple[uuid.UUID, LoanRow]]:
    kept = list(loans)
    organisations = organisation_names(session) if kept else {}
    people = names_with(session, (loan.person_id for loan in kept))
    day = today.isoformat()
    rows = []
    for loan in kept:
        if loan.resource_id is None:
            continue
        who = [organisations.get(loan.organisation_id, "") if loan.organisation_id else "",
               people.get(loan.person_id, "") if loan.person_id else ""]
        begun, back, due = loan.lent_on or "", loan.back_on or "", loan.due_on or ""
        rows.append((loan.resource_id, LoanRow(
            loan.id, " · ".join(part for part in who if part), begun, due, back, loan.remark or "",
            is_late=not back and bool(due) and due < day,
            is_now=not back and bool(begun) and begun <= day)))
    return rows

