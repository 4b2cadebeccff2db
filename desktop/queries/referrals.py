"""What the referral screen shows: cases by their code, and the steps of each."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.referrals import Referral, ReferralStep
from desktop.models.states import ReferralState
from desktop.queries.names import organisation_names


@dataclass(frozen=True)
class StepRow:
    """One step of a follow-up, by month."""

    id: uuid.UUID
    month: str
    step: str
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
    result: str
    consents: bool
    steps: tuple[StepRow, ...]


def referrals_of(session: Session, count: int | None = None) -> list[ReferralRow]:
    """Return the referrals that this device holds, the latest first, or so many of them."""
    organisations = organisation_names(session)
    found = session.scalars(select(Referral).where(Referral.deleted.is_not(True)).order_by(
        func.coalesce(Referral.opened_month, "").desc(),
        func.coalesce(Referral.case_code, "").desc()).limit(count)).all()
    followed = select(
        ReferralStep.referral_id, ReferralStep.id, ReferralStep.month, ReferralStep.step,
        ReferralStep.text).where(
        ReferralStep.deleted.is_not(True))
    if count is not None:
        followed = followed.where(ReferralStep.referral_id.in_([r.id for r in found]))
    steps: dict[uuid.UUID | None, list[StepRow]] = {}
    for about, id_, month, step, text in session.execute(followed.order_by(ReferralStep.month)):
        steps.setdefault(about, []).append(StepRow(id_, month or "", step or "", text or ""))
    return [ReferralRow(r.id, r.case_code or "", r.kind or "", r.organisation_id,
                        organisations.get(r.organisation_id, "") if r.organisation_id else "",
                        r.urgency or "normale",
                        r.state or ReferralState.PROPOSED, r.outcome or "", r.opened_month or "",
                        r.closed_month or "",
                        r.result or "", bool(r.consents),
                        tuple(steps.get(r.id, ())))
            for r in found]
