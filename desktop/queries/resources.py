"""What the resource screen shows: the shared tools, speakers, documents, places."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.text import sort_key
from desktop.models.resources import Resource
from desktop.queries.names import organisation_names


@dataclass(frozen=True)
class ResourceRow:
    """One resource and who owns it."""

    id: uuid.UUID
    kind: str
    title: str
    description: str
    organisation_id: uuid.UUID | None
    organisation: str
    access: str
    domains: tuple[str, ...]
    rating: int


def resources_of(session: Session) -> list[ResourceRow]:
    """Every resource in alphabetical order."""
    names = organisation_names(session)
    rows = [ResourceRow(r.id, r.kind or "", r.title or "", r.description or "", r.organisation_id,
                        names.get(r.organisation_id, "") if r.organisation_id else "", r.access or "",
                        tuple(r.domains or ()), r.rating or 0)
            for r in session.scalars(select(Resource).where(Resource.deleted.is_not(True)))]
    return sorted(rows, key=lambda row: sort_key(row.title))
