"""Recording an observation: in the channel that only the observatory team reads, without an author that travels."""

import secrets
import uuid
from typing import Any

from sqlalchemy.orm import Session

from desktop.commands.records import add_record
from desktop.models.changes import author_of
from desktop.models.directory import Person
from desktop.models.states import ObservationState


def record_observation(session: Session, values: dict[str, Any]) -> uuid.UUID:
    """A new observation from JSON values; the month, the state and the feedback handle are filled in where absent."""
    author = author_of(session)
    person = session.get(Person, author.person_id) if author.person_id else None
    given = {
        "month": author.today().isoformat()[:7], "state": ObservationState.HANDED_IN, "feedback_handle": secrets.token_hex(8),
        "organisation_id": person.organisation_id if person else None,
    }
    return add_record(session, "observation", given | {k: v for k, v in values.items() if v is not None})
