"""The charter of the collective: its text and its clauses. What each organisation does of it is
derived, never typed."""

import uuid

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import Record


class Charter(Record):
    """One version of the charter. A new version asks every organisation for a new signature."""

    __area__ = "charter"
    __search__ = ("title", "text")

    title: Mapped[str | None] = field.text("Title", required=True)
    version: Mapped[int | None] = field.integer("Version")
    starts_on: Mapped[str | None] = field.day("From")
    text: Mapped[str | None] = field.text("Text", keep_conflicts=True)


class Clause(Record):
    """One promise of the charter.

    `evidence`: by which rule the records of the collective show that it is kept; None: nothing
    shows it.
    """

    __area__ = "charter"
    __search__ = ("text",)

    charter_id: Mapped[uuid.UUID | None] = field.reference("Charter", "charter", required=True,
                                                           index=True)
    order: Mapped[str | None] = field.text("Order")
    label: Mapped[str | None] = field.text("In two words", required=True)
    text: Mapped[str | None] = field.text("Text", required=True, keep_conflicts=True)
    evidence: Mapped[str | None] = field.code("What shows it", "clause_evidence")
