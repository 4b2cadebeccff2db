"""Actions: born in a meeting or elsewhere, moved along, closed."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.records import add_record
from desktop.models.actions import Action
from desktop.models.states import ActionState


def create_action(session: Session, title: str, *, owner_id: uuid.UUID | None = None,
                  due_on: str | None = None,
                  meeting_id: uuid.UUID | None = None, agenda_item_id: uuid.UUID | None = None,
                  state: str = ActionState.PROPOSED, channel: str | None = None,
                  **more: Any) -> uuid.UUID:
    """Return a new action; `due_on` is an ISO date, `more` other fields as JSON values. `channel`:
    that of a restricted line."""
    return add_record(session, "action", {
        "title": title.strip(), "owner_id": owner_id, "due_on": due_on, "meeting_id": meeting_id,
        "agenda_item_id": agenda_item_id, "state": state, **more}, channel)


def move_action(session: Session, action_id: uuid.UUID, state: str, reason: str = "") -> None:
    """Give an action another state; giving it up needs a reason."""
    action = session.get(Action, action_id)
    if action is None:
        raise AppError(_("There is no record with the id {id}.").format(id=action_id))
    action.state = state
    if state == ActionState.GIVEN_UP:
        action.abandoned_reason = reason.strip()
    if state == ActionState.DONE:
        action.progress = 100
