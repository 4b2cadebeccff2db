"""Orientations: a code that nobody types, steps by month, an outcome that closes."""

import uuid
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.commands.records import add_record
from desktop.models.changes import author_of
from desktop.models.internships import InternshipRequest
from desktop.models.referrals import Referral
from desktop.models.states import ReferralState
from desktop.privacy.case_codes import make_case_code


def new_code(session: Session) -> str:
    """Draw a code that no referral and no search of this vault bears, deleted ones included."""
    while True:
        code = make_case_code()
        taken = any(session.scalars(select(column).where(column == code).limit(1)).first()
                    for column in (Referral.case_code, InternshipRequest.code))
        if not taken:
            return code


def open_referral(session: Session, values: dict[str, Any]) -> uuid.UUID:
    """Open a referral this month, under a new code. JSON values; its id."""
    return add_record(session, "referral",
                      {"state": ReferralState.PROPOSED, "urgency": "normale"} | values | {
                          "case_code": new_code(session),
                          "opened_month": author_of(session).today().isoformat()[:7]})


def add_step(session: Session, values: dict[str, Any]) -> uuid.UUID:
    """Note a step of a referral, this month unless the values say otherwise; the referral goes on
    from a first contact.

    JSON values; the id of the step.
    """
    month = author_of(session).today().isoformat()[:7]
    made = add_record(session, "referral_step", {"month": month} | values)
    referral = session.get(Referral, uuid.UUID(str(values["referral_id"])))
    if referral is not None and referral.state in (ReferralState.PROPOSED, ReferralState.ACCEPTED,
                                                   None):
        referral.state = (ReferralState.CONTACT_MADE if values.get("step") == "contact"
                          else ReferralState.UNDER_WAY)
    return made


def close_referral(session: Session, referral_id: uuid.UUID, result: str) -> None:
    """Close a referral this month with what came of it (a code of `referral_result`)."""
    referral = session.get_one(Referral, referral_id)
    referral.state, referral.result = ReferralState.CLOSED, result
    referral.closed_month = author_of(session).today().isoformat()[:7]
