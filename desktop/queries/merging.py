"""What would be joined if two entries of the directory were one: their fields side by side, and
what hangs on each."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Text, func, literal, or_, select
from sqlalchemy.orm import Session

from desktop.models.choices import label
from desktop.models.directory import Organisation, Person
from desktop.models.record import RECORDS, Field, Record, fields_of
from desktop.queries.directory import terms_of
from desktop.queries.names import organisation_names
from desktop.queries.organisation_aliases import all_of_organisation
from desktop.queries.person_aliases import all_of

_APART = frozenset({"alias_of_id", "deleted", "created_by_id"})
FILLED = {"person": frozenset({"function", "organisation_id", "email", "phone"}),
          "organisation": frozenset(
              {"short_name", "college", "domains", "territory", "contact", "web", "notes"})}
"""Kind -> the fields in which what only the other entry says is kept."""


@dataclass(frozen=True)
class FieldPair:
    """One field of both, in words. `label`: not translated. `after`: what would be read of the one
    that stands for both."""

    label: str
    kept: str
    other: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.kept and self.other) and self.kept != self.other


@dataclass(frozen=True)
class Hanging:
    """How many records of a kind name each of both, through any of their fields."""

    kind: str
    kept: int
    other: int


@dataclass(frozen=True)
class MergePreview:
    """What would be joined. `hanging`: without what names nobody, of which numbers would tell who
    reports."""

    kind: str
    kept_id: uuid.UUID
    other_id: uuid.UUID
    fields: tuple[FieldPair, ...]
    hanging: tuple[Hanging, ...]


def merge_preview(session: Session, kept: uuid.UUID, other: uuid.UUID,
                  language: str) -> MergePreview | None:
    """Return what would be joined if `kept` stood for `other` too; None where one of both is not
    there (any more)."""
    cls: type[Person] | type[Organisation] = (Person if session.get(Person, kept) is not None
                                              else Organisation)
    one, two = session.get(cls, kept), session.get(cls, other)
    if one is None or two is None or one.deleted or two.deleted:
        return None
    kind = cls.kind_name()
    say = _FieldWords(session, language)
    pairs = []
    for field in fields_of(cls):
        if field.name in _APART:
            continue
        first, second = say.value(field,
                                  getattr(one, field.name)), say.value(field,
                                                                       getattr(two, field.name))
        if first or second:
            after = first or (second if field.name in FILLED[kind] else "")
            pairs.append(FieldPair(field.label, first, second, after))
    entries = all_of if cls is Person else all_of_organisation
    return MergePreview(kind, kept, other, tuple(pairs),
                        _hanging(session, kind, entries(session, kept), entries(session, other)))


class _FieldWords:
    """Says the values of fields as screens do."""

    def __init__(self, session: Session, language: str) -> None:
        self.session, self.language = session, language
        self._organisations: dict[uuid.UUID, str] | None = None

    def value(self, field: Field, value: Any) -> str:
        if value in (None, "", []):
            return ""
        if field.references == "organisation":
            if self._organisations is None:
                self._organisations = organisation_names(self.session)
            return self._organisations.get(value, "")
        if field.choices.startswith("term:"):
            names = {term.code: term.label(self.language)
                     for term in terms_of(self.session, field.choices.removeprefix("term:"))}
            codes = value if isinstance(value, list) else [value]
            return ", ".join(names.get(code) or str(code) for code in codes)
        return label(field.choices, value) if field.choices else str(value)


def _hanging(session: Session, kind: str, kept: set[uuid.UUID],
             other: set[uuid.UUID]) -> tuple[Hanging, ...]:
    rows = []
    for name, cls in sorted(RECORDS.items()):
        # Of observations and referrals no number by organisation is told, here neither.
        if cls.__anonymous__:
            continue
        fields = [field for field in fields_of(cls)
                  if field.references == kind and field.name not in _APART]
        if fields and any(
            counts := (_naming(session, cls, fields, kept), _naming(session, cls, fields, other))):
            rows.append(Hanging(name, *counts))
    return tuple(rows)


def _naming(session: Session, cls: type[Record], fields: list[Field], ids: set[uuid.UUID]) -> int:
    """How many live records of a kind name one of these in one of these fields."""
    columns = cls.__table__.c
    said: list[ColumnElement[bool]] = []
    for field in fields:
        column = columns[field.name]
        if field.kind == "reference":
            said.append(column.in_(ids))
        else:
            # JSON text of a fixed form.
            said += [func.instr(column, literal(f'"{one}"', Text)) > 0 for one in ids]
    return session.scalar(select(func.count()).select_from(cls)
                          .where(cls.deleted.is_not(True), or_(*said))) or 0
