"""Referrals of a person towards help, by a random case code; never a name."""

import uuid

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import OBSERVATORY, Record


class Referral(Record):
    """One orientation."""

    __area__ = "referrals"
    __channel__ = OBSERVATORY
    __anonymous__ = True
    __search__ = ("case_code", "outcome")

    case_code: Mapped[str | None] = field.text("Case code", required=True)
    observation_id: Mapped[uuid.UUID | None] = field.reference("Observation", "observation")
    organisation_id: Mapped[uuid.UUID | None] = field.reference("Referred to", "organisation")
    kind: Mapped[str | None] = field.code("Kind", "referral_kind", required=True)
    urgency: Mapped[str | None] = field.code("Urgency", "urgency")
    state: Mapped[str | None] = field.code("State", "referral_state")
    result: Mapped[str | None] = field.code("What came of it", "referral_result")
    outcome: Mapped[str | None] = field.text("How it ended", keep_conflicts=True)
    consents: Mapped[bool | None] = field.boolean("Consent to be contacted was given on paper")
    opened_month: Mapped[str | None] = field.month("Opened in")
    closed_month: Mapped[str | None] = field.month("Closed in")


class ReferralStep(Record):
    """One step of its follow-up."""

    __area__ = "referrals"
    __channel__ = OBSERVATORY
    __anonymous__ = True

    referral_id: Mapped[uuid.UUID | None] = field.reference("Referral", "referral", required=True,
                                                            index=True)
    month: Mapped[str | None] = field.month("Month", required=True)
    step: Mapped[str | None] = field.code("Step", "referral_step")
    text: Mapped[str | None] = field.text("Text", keep_conflicts=True)
