"""What a rule may know: the record as it would be kept, who writes, and what the vault holds around
it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.record import Record
from desktop.models.vocabularies import Place, Term

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Violation:
    """One rule that a record breaks.

    `field`: the field to be mended. `message`: one translated sentence. `hint`: what to do.
    `with_fields`: the other fields that the rule looks at. A record that is only edited is judged
    by the rules whose fields were changed: what it broke before is for its list of corrections, not
    for the next edit.
    """

    field: str
    message: str
    hint: str = ""
    with_fields: tuple[str, ...] = ()

    def concerns(self, changed: frozenset[str] | None) -> bool:
        """Whether an edit of these fields is judged by it; None stands for a new record."""
        return changed is None or self.field in changed or not changed.isdisjoint(self.with_fields)


class RuleContext:
    """The vault as a rule sees it, with what the same transaction is about to write."""

    def __init__(self, session: Session, today: date) -> None:
        self.session, self.today = session, today
        # The vocabularies are read once a transaction: an import of thousands asks for them at each
        # line.
        self._terms: dict[str, dict[str, Term]] = session.info.setdefault("rules-terms", {})
        self._places: dict[str, dict[str, Place]] = session.info.setdefault("rules-places", {})

    def take_term(self, term: Any) -> None:
        """Have a term that is being written among those of its list, where they were read
        already."""
        if term.vocabulary in self._terms:
            self._terms[term.vocabulary][str(term.code)] = term

    def take_place(self, place: Any) -> None:
        """Have a place that is being written among those of its kind, where they were read
        already."""
        if place.kind in self._places:
            self._places[place.kind][str(place.code)] = place

    def terms(self, vocabulary: str) -> dict[str, Term]:
        """Return the terms of a vocabulary, by their code."""
        if vocabulary not in self._terms:
            self._terms[vocabulary] = {str(term.code): term
                                       for term in self.all(Term, vocabulary=vocabulary)}
        return self._terms[vocabulary]

    def places(self, kind: str) -> dict[str, Place]:
        """Return the places of a kind (commune, zone, neighbourhood), by their code."""
        if kind not in self._places:
            self._places[kind] = {str(place.code): place for place in self.all(Place, kind=kind)}
        return self._places[kind]

    def all(self, cls: type[R], **values: Any) -> Iterator[R]:
        """Yield the live records of a kind with these values: those that are kept, and those that
        are about to be."""
        with self.session.no_autoflush:
            found = list(
                self.session.scalars(select(cls).filter_by(**values)
                                     .where(cls.deleted.is_not(True))))
        yield from found
        for new in self.session.new:
            if isinstance(new, cls) and not new.deleted and new not in found and all(
                    getattr(new, name) == value for name, value in values.items()):
                yield new

    def bearers(self, cls: type[R], name: str, value: str) -> set[uuid.UUID]:
        """Return the live records of a kind whose field says this, of those kept and those judged
        before in this transaction.

        Read once a transaction: to look for each of thousands of codes by itself would take the
        square of their number.
        """
        key = f"rules-bearers {cls.kind_name()}.{name}"
        known: dict[str, set[uuid.UUID]] | None = self.session.info.get(key)
        if known is None:
            known = self.session.info[key] = {}
            column = cls.__table__.c[name]
            with self.session.no_autoflush:
                for record_id, said in self.session.execute(
                        select(cls.__table__.c.id, column)
                        .where(cls.deleted.is_not(True), column.is_not(None))):
                    known.setdefault(said, set()).add(record_id)
        return known.setdefault(value, set())

    def get(self, cls: type[R], record_id: Any) -> R | None:
        """Return the live record of an id; None if there is none."""
        if record_id is None:
            return None
        for new in self.session.new:
            if isinstance(new, cls) and new.id == record_id:
                return new
        with self.session.no_autoflush:
            found = self.session.get(cls, record_id)
        return found if found is not None and not found.deleted else None
