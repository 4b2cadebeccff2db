"""Reminders that went out: who was reminded, by whom, on which day, of what."""

import uuid

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import Record


class Reminder(Record):
    """One reminder: of an accord that a party owes, or of all that an organisation still has to
    do."""

    __area__ = "reminders"
    __parent__ = "action_id"
    __follows__ = True

    action_id: Mapped[uuid.UUID | None] = field.reference("Action", "action", index=True)
    party: Mapped[str | None] = field.code("Party", "validation_party")
    organisation_id: Mapped[uuid.UUID | None] = field.reference(
        "Organisation", "organisation", index=True)
    on: Mapped[str | None] = field.day("On", required=True)
    how: Mapped[str | None] = field.code("How", "reminder_how")
    about: Mapped[list[str] | None] = field.codes("About", "reminder_about")
    action_ids: Mapped[list[str] | None] = field.references("Actions", "action")
    remark: Mapped[str | None] = field.text("Remark", keep_conflicts=True)
