"""Any record, as JSON values: for the command line, and for whatever does not need a screen's own
query."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.record import RECORDS, Field, Record, fields_of
from desktop.models.values import record_class, to_json
from desktop.queries.organisation_aliases import organisation_aliases
from desktop.queries.person_aliases import alias_map


@dataclass(frozen=True)
class Kind:
    """A kind of record and its fields."""

    name: str
    area: str
    fields: tuple[Field, ...]


def kinds() -> tuple[Kind, ...]:
    """Every kind, by name."""
    return tuple(Kind(name, cls.__area__, fields_of(cls)) for name, cls in sorted(RECORDS.items()))


def find_record(session: Session, record_id: uuid.UUID) -> Record:
    """Return the record with this id, deleted or not, whatever its kind; AppError when there is
    none."""
    for cls in RECORDS.values():
        found = session.get(cls, record_id)
        if found is not None:
            return found
    raise AppError(_("There is no record with the id {id}.").format(id=record_id))


def get_record(session: Session, record_id: uuid.UUID) -> dict[str, Any]:
    """Return the record with this id, as JSON values."""
    return to_json(find_record(session, record_id))


def record_for_form(session: Session, record_id: uuid.UUID) -> dict[str, Any]:
    """Return the same, where each person and each organisation is the entry that stands for it:
    those alone can be chosen."""
    record = find_record(session, record_id)
    values = to_json(record)
    known = {str(one): str(other)
             for one, other in (alias_map(session) | organisation_aliases(session)).items()}
    for field in fields_of(type(record)) if known else ():
        said = values[field.name]
        if (field.references not in ("person", "organisation") or field.name == "alias_of_id"
            or not said):
            continue
        if field.kind == "reference":
            values[field.name] = known.get(said, said)
        elif field.kind == "references":
            values[field.name] = list(dict.fromkeys(known.get(one, one) for one in said))
    return values


def list_records(session: Session, kind: str,
                 include_deleted: bool = False) -> list[dict[str, Any]]:
    """Return the records of a kind, in the order of their ids."""
    cls = record_class(kind)
    query = select(cls).order_by(cls.id)
    if not include_deleted:
        query = query.where(cls.deleted.is_not(True))
    return [to_json(record) for record in session.scalars(query)]
