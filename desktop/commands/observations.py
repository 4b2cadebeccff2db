"""Recording an observation: in the channel that only the observatory team reads, without an author
that travels."""

import secrets
import uuid
from typing import Any

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.records import add_record, edit_record
from desktop.models.changes import author_of
from desktop.models.directory import Person
from desktop.models.observations import Observation
from desktop.models.states import ObservationState
from desktop.queries.feedback import may_be_corrected


def record_observation(session: Session, values: dict[str, Any]) -> uuid.UUID:
    """Return a new observation from JSON values; the month, the state and the feedback handle are
    filled in where absent."""
    author = author_of(session)
    person = session.get(Person, author.person_id) if author.person_id else None
    given = {
        "month": author.today().isoformat()[:7], "state": ObservationState.HANDED_IN,
        "feedback_handle": secrets.token_hex(8),
        "organisation_id": person.organisation_id if person else None,
    }
    return add_record(session, "observation",
                      given | {k: v for k, v in values.items() if v is not None})


def correct_observation(session: Session, observation_id: uuid.UUID,
                        values: dict[str, Any]) -> None:
    """Change one's own observation; AppError once the watch group has taken it in: what it examines
    stays what it was."""
    record = session.get(Observation, observation_id)
    if record is None or record.deleted:
        raise AppError(_("This observation is not there any more."))
    if not may_be_corrected(session, observation_id):
        raise AppError(
            _("The watch group has received this observation: it is not changed any more."),
                       _("Write another one, and say that it tells the same facts."))
    edit_record(session, observation_id, values)


def answer_question(session: Session, observation_id: uuid.UUID, question: str,
                    answer: str) -> None:
    """Answer the question that the watch group asks about one's own observation, by a choice."""
    edit_record(session, observation_id, {"answered_question": question, "answer": answer})
