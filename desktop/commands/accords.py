"""The two accords of an action that the politique de la ville pays: asked for, answered; and its
notice."""

import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.commands.records import add_record, edit_record
from desktop.models.actions import Action, Notice, Validation
from desktop.models.changes import author_of
from desktop.models.states import ActionState, NoticeHow, ValidationAnswer


def ask_accord(session: Session, values: dict[str, Any]) -> uuid.UUID:
    """Ask a party for its accord (JSON values of a validation); the action waits for it from then
    on. Its id.

    Dated today unless the values say otherwise.
    """
    made = add_record(session, "validation",
                      {"asked_on": author_of(session).today().isoformat()} | values)
    session.flush()
    action = session.get(Action, uuid.UUID(str(values["action_id"])))
    if action is not None and action.state in (ActionState.IDEA, ActionState.PROPOSED):
        action.state = ActionState.TO_VALIDATE
    return made


def save_accord(session: Session, validation_id: uuid.UUID, values: dict[str, Any],
                seen: dict[str, Any] | None = None) -> None:
    """Change an accord. A refusal after the start suspends the action."""
    edit_record(session, validation_id, values, seen)
    validation = session.get(Validation, validation_id)
    action = (session.get(Action, validation.action_id)
              if validation is not None and validation.action_id else None)
    if (validation is not None and action is not None
        and validation.answer == ValidationAnswer.REFUSED
            and action.state == ActionState.UNDER_WAY):
        action.state = ActionState.SUSPENDED


def announce(session: Session, action_id: uuid.UUID,
             meeting_id: uuid.UUID | None = None) -> uuid.UUID:
    """Note that the members were told today of an action, in a meeting if one is given. The id of
    the notice; once is enough."""
    known = session.scalars(select(Notice.id).where(
        Notice.action_id == action_id, Notice.deleted.is_not(True),
        Notice.meeting_id == meeting_id)).first()
    if known is not None:
        return known
    return add_record(session, "notice", {
        "action_id": str(action_id), "on": author_of(session).today().isoformat(),
        "how": NoticeHow.MEETING,
        "meeting_id": str(meeting_id) if meeting_id is not None else None})
