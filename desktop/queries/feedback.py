"""What became of one's own observations, as the watch group told it by their handles. Reading it
leaves no trace."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from desktop.models.observations import Feedback, Observation
from desktop.models.states import ObservationState, is_with_author, shown_state
from desktop.queries.observations import not_left


@dataclass(frozen=True)
class AuthorFeedback:
    """What the author of one observation is told.

    `state`: as it is known here, entered until it has left. `question`: one that waits for an
    answer.
    """

    id: uuid.UUID
    domain: str
    criterion: str
    written: str
    state: str
    month: str
    action_id: uuid.UUID | None
    action_title: str
    sentence: str
    question: str
    answer: str


def told_to(session: Session, me: uuid.UUID | None) -> list[AuthorFeedback]:
    """Return what became of the observations that `me` wrote on this computer, the last change
    first.

    None: of those that were written without an author, in a vault of nobody yet.
    """
    o, f = Observation, Feedback
    query = select(o, f).outerjoin(f,
                                   and_(f.handle == o.feedback_handle,
                                        f.deleted.is_not(True))).where(
                                            o.deleted.is_not(True), o.created_by_id == me)
    waiting = not_left(session)
    found = {row.id: _told(row, feedback, has_left=row.id not in waiting)
             for row, feedback in session.execute(query)}
    return sorted(found.values(), key=lambda one: (one.month or one.written, str(one.id)),
                  reverse=True)


def told_about(session: Session, observation_id: uuid.UUID) -> AuthorFeedback | None:
    """Return what the author of this observation is told; None for no such observation."""
    row = session.get(Observation, observation_id)
    if row is None:
        return None
    return _told(row, feedback_of(session, row.feedback_handle),
                 has_left=row.id not in not_left(session))


def _told(row: Observation, feedback: Feedback | None, *, has_left: bool) -> AuthorFeedback:
    state = ((feedback.state if feedback is not None else None) or row.state
             or ObservationState.DRAFT)
    asked = (feedback.question if feedback is not None else None) or ""
    answered = row.answer if row.answered_question == asked and asked else None
    return AuthorFeedback(
        id=row.id, domain=row.domain or "", criterion=row.principal_criterion or "",
        written=row.month or "",
        state=shown_state(str(state), has_left=has_left),
        month=(feedback.month if feedback is not None else None) or "",
        action_id=feedback.action_id if feedback is not None else None,
        action_title=(feedback.action_title if feedback is not None else None) or "",
        sentence=(feedback.sentence if feedback is not None else None) or "", question=asked,
        answer=answered or "")


def feedback_of(session: Session, handle: str | None) -> Feedback | None:
    """Return the feedback of a handle."""
    if not handle:
        return None
    return session.scalar(select(Feedback)
                          .where(Feedback.handle == handle, Feedback.deleted.is_not(True)).limit(1))


def may_be_corrected(session: Session, observation_id: uuid.UUID) -> bool:
    """Whether an observation is still its author's: neither the row nor the feedback says that it
    was received."""
    row = session.get(Observation, observation_id)
    if row is None or not is_with_author(row.state):
        return False
    feedback = feedback_of(session, row.feedback_handle)
    return feedback is None or is_with_author(feedback.state)


def states_of(told: Iterable[AuthorFeedback]) -> dict[str, int]:
    """How many of one's own stand in each state."""
    return dict(Counter(one.state for one in told))
