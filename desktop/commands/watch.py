"""The gestures of the watch group: receive, examine, link to an action, set aside, say that reports
are of one event.

Each writes the observation, which only the team reads, and the feedback of its handle, which its
author finds among all.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.records import add_record, edit_record
from desktop.models.actions import Action
from desktop.models.changes import author_of
from desktop.models.observations import Feedback, Observation
from desktop.models.record import COMMON
from desktop.models.states import ObservationState, is_with_author
from desktop.models.values import id_from_keys
from desktop.queries.feedback import feedback_of
from desktop.queries.watch import is_jurist, situation_of

NOT_SEEN = "NON_EXAMINEE"
LEGAL = frozenset({"qualified_criteria", "qualified_form", "qualified_setting",
                   "qualified_evidence", "qualified_elements",
                   "advised_recourse", "qualification"})
"""The fields of the legal view."""


def receive(session: Session, ids: Iterable[uuid.UUID]) -> int:
    """Take in what was handed in: from then on its author corrects it no more. How many were taken
    in."""
    taken = [record for one in ids if is_with_author((record := _observation(session, one)).state)]
    for record in taken:
        record.state = ObservationState.RECEIVED
        _tell(session, record)
    return len(taken)


def examine(session: Session, observation_id: uuid.UUID, *, sentence: str | None = None,
            question: str | None = None) -> None:
    """Mark an observation examined; without a jurist's word it is qualified as not seen by one."""
    record = _observation(session, observation_id)
    record.qualification = record.qualification or NOT_SEEN
    _move(session, record, ObservationState.QUALIFIED, sentence, question)


def link(session: Session, observation_id: uuid.UUID, action_id: uuid.UUID, *,
         sentence: str | None = None,
         question: str | None = None) -> None:
    """Say which action an observation led to. Its title is told to the author where everybody may
    read that action."""
    record = _observation(session, observation_id)
    record.action_id = action_id
    _move(session, record, ObservationState.LINKED, sentence, question)


def set_aside(session: Session, observation_id: uuid.UUID, reason: str, *,
              sentence: str | None = None,
              question: str | None = None) -> None:
    """Set an observation aside, for a reason that stays with the team."""
    record = _observation(session, observation_id)
    record.discarded_reason = reason.strip() or None
    _move(session, record, ObservationState.SET_ASIDE, sentence, question)


def tell(session: Session, observation_id: uuid.UUID, sentence: str, question: str) -> None:
    """Say another word to the author, or ask another question; empty takes it back. The state
    stays."""
    _tell(session, _observation(session, observation_id), sentence, question)


def set_legal_view(session: Session, observation_id: uuid.UUID, values: dict[str, Any]) -> None:
    """Write the legal view (JSON values of the fields of `LEGAL`). AppError where this person is no
    jurist."""
    if values.keys() - LEGAL:
        raise ValueError(f"not of the legal view: {sorted(values.keys() - LEGAL)}")
    author = author_of(session)
    if author.roles and not is_jurist(session, author.person_id):
        raise AppError(_("The legal view is written by a jurist of the watch group."),
                       _("The function of a person is in the directory, or in the group they are a "
                         "member of."))
    edit_record(session, observation_id, values)


def join_situation(session: Session, observation_id: uuid.UUID, other_id: uuid.UUID) -> None:
    """Say that two observations tell of the same event: they, and those told to be the same as
    either, are one situation."""
    if observation_id == other_id:
        raise AppError(_("An observation tells the same facts as another one, not as itself."))
    whole = situation_of(session, other_id)
    if observation_id in whole:
        return
    # Of each situation one points at no other: it is that one that is written, so that no link is
    # lost.
    own = [_observation(session, one) for one in sorted(situation_of(session, observation_id))]
    root = next((one for one in own if one.same_as_id is None), own[0])
    root.same_as_id = other_id


def leave_situation(session: Session, observation_id: uuid.UUID) -> None:
    """Say that an observation tells of another event than those it was put with."""
    record = _observation(session, observation_id)
    others = [one for other in sorted(situation_of(session, observation_id) - {observation_id})
              if (one := _observation(session, other)).same_as_id == observation_id]
    heir, record.same_as_id = record.same_as_id, None
    # Those that pointed at it stay together, with what it pointed at.
    for one in others:
        one.same_as_id = heir if heir is not None and heir != one.id else None
        heir = heir or one.id


def _observation(session: Session, observation_id: uuid.UUID) -> Observation:
    record = session.get(Observation, observation_id)
    if record is None or record.deleted:
        raise AppError(_("This observation is not there any more."))
    return record


def _move(session: Session, record: Observation, state: ObservationState, sentence: str | None,
          question: str | None) -> None:
    record.state = state
    if state != ObservationState.LINKED:
        record.action_id = None
    if state != ObservationState.SET_ASIDE:
        record.discarded_reason = None
    # Judged before anything is told.
    session.flush()
    _tell(session, record, sentence, question)


def _tell(session: Session, record: Observation, sentence: str | None = None,
          question: str | None = None) -> None:
    """Write the feedback of an observation: state, month, action. None leaves the word and the
    question as they were."""
    handle = record.feedback_handle
    if not handle:
        # Brought from elsewhere: its author holds no handle.
        return
    action = session.get(Action, record.action_id) if record.action_id is not None else None
    told = action is not None and not action.deleted and action.channel == COMMON
    values: dict[str, Any] = {
        "state": record.state, "month": author_of(session).today().isoformat()[:7],
        "action_id": record.action_id if told else None,
        "action_title": action.title if told and action is not None else None}
    if sentence is not None:
        values["sentence"] = sentence.strip() or None
    if question is not None:
        values["question"] = question or None
    known = (feedback_of(session, handle)
             or session.get(Feedback, id_from_keys(Feedback, {"handle": handle})))
    if known is None:
        given = {name: str(value) if isinstance(value, uuid.UUID) else value
                 for name, value in values.items()}
        add_record(session, "feedback", {"handle": handle} | given)
        return
    if known.deleted:
        known.deleted = False
        values = {"sentence": None, "question": None} | values
    for name, value in values.items():
        setattr(known, name, value)
