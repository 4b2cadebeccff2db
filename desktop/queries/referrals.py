"""What the referral screen shows: cases by their code, and the steps of each."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.referrals import Referral, ReferralStep
from desktop.queries.directory import organisation_names


@dataclass(frozen=True)
class StepRow:
    """One step of a follow-up, by month."""

    month: str
    text: str


@dataclass(frozen=True)
class ReferralRow:
    """One referral; nobody is named in it."""

    id: uuid.UUID
    case_code: str
    kind: str
    organisation_id: uuid.UUID | None
    organisation: str
    urgency: str
    state: str
    outcome: str
    opened_month: str
    closed_month: str
    steps: tuple[StepRow, ...]


def referrals_of(session: Session) -> list[ReferralRow]:
    """Every referral that this device holds, the latest first."""
    organisations = organisation_names(session)
    steps: dict[uuid.UUID | None, list[StepRow]] = {}
    for s in session.scalars(select(ReferralStep).where(ReferralStep.deleted.is_not(True)).order_by(ReferralStep.month)):
        steps.setdefault(s.referral_id, []).append(StepRow(s.month or "", s.text or ""))
    rows = [ReferralRow(r.id, r.case_code or "", r.kind or "", r.organisation_id,
                        organisations.get(r.organisation_id, "") if r.organisation_id else "", r.urgency or "normale",
                        r.state or "proposee", r.outcome or "", r.opened_month or "", r.closed_month or "",
                        tuple(steps.get(r.id, ())))
            for r in session.scalars(select(Referral).where(Referral.deleted.is_not(True)))]
    return sorted(rows, key=lambda row: (row.opened_month, row.case_code), reverse=True)
