"""Internships: searches under a code that nobody types, applications, their answers, and offers
that close."""

import uuid
from typing import Any

from sqlalchemy.orm import Session

from desktop.commands.records import add_record
from desktop.commands.referrals import new_code
from desktop.models.changes import author_of
from desktop.models.internships import InternshipApplication, InternshipOffer
from desktop.models.states import ApplicationAnswer


def open_search(session: Session, values: dict[str, Any]) -> uuid.UUID:
    """Open a search for an internship under a new code, this month unless the values say otherwise.

    JSON values; its id.
    """
    return add_record(session, "internship_request", {
        "month": _this_month(session)} | values | {"code": new_code(session)})


def add_application(session: Session, values: dict[str, Any]) -> uuid.UUID:
    """Note an application of a search, sent this month and waiting unless the values say otherwise.

    JSON values; its id. AppError where the same search has applied there, where the offer is
    closed, or where it has no place left for one that is accepted.
    """
    return add_record(session, "internship_application", {
        "month": _this_month(session), "answer": ApplicationAnswer.WAITING} | values)


def apply_to(session: Session, request_id: uuid.UUID, offer_id: uuid.UUID) -> uuid.UUID:
    """Note that a search applies to an offer this month; the id of the application. AppError as
    `add_application`."""
    return add_application(session, {"request_id": str(request_id), "offer_id": str(offer_id)})


def answer_application(session: Session, application_id: uuid.UUID, answer: str) -> None:
    """Note what came of an application (a code of `application_answer`); an accepted one takes a
    place of its offer.

    AppError where the search has found its internship already, or no place is left.
    """
    session.get_one(InternshipApplication, application_id).answer = answer


def close_offer(session: Session, offer_id: uuid.UUID, closed: bool = True) -> None:
    """Close an offer, so that nobody is matched with it any more, or open it again."""
    session.get_one(InternshipOffer, offer_id).closed = closed


def _this_month(session: Session) -> str:
    return author_of(session).today().isoformat()[:7]
