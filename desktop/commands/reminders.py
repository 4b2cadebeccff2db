"""Reminders that went out: noted when they are sent, printed or said."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.commands.records import add_record, edit_record
from desktop.models.actions import Validation
from desktop.models.changes import author_of
from desktop.models.reminders import Reminder


def remind_accord(session: Session, validation_id: uuid.UUID) -> uuid.UUID:
    """Note that a party was reminded today of the accord that is awaited; once a day is enough. The
    id of the reminder."""
    validation = session.get_one(Validation, validation_id)
    today = author_of(session).today().isoformat()
    known = session.scalars(select(Reminder.id).where(
        Reminder.action_id == validation.action_id, Reminder.party == validation.party,
        Reminder.on == today, Reminder.deleted.is_not(True))).first()
    return known or add_record(session, "reminder", {
        "action_id": str(validation.action_id), "party": validation.party, "on": today})


def note_reminder(session: Session, organisation_id: uuid.UUID, how: str, about: Sequence[str],
                  action_ids: Sequence[uuid.UUID] = ()) -> uuid.UUID:
    """Note that an organisation was reminded today. Sent twice in the same way on one day, it is
    one reminder.

    Args:
        how: a code of `ReminderHow`.
        about: codes of `ReminderAbout`.
        action_ids: the actions that were named.
    """
    today = author_of(session).today().isoformat()
    said = {"about": list(about), "action_ids": [str(one) for one in action_ids]}
    known = session.scalars(select(Reminder.id).where(
        Reminder.organisation_id == organisation_id, Reminder.on == today, Reminder.how == how,
        Reminder.deleted.is_not(True))).first()
    if known is not None:
        edit_record(session, known, said)
        return known
    return add_record(session, "reminder",
                      {"organisation_id": str(organisation_id), "on": today, "how": how} | said)
