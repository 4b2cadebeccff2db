"""What the slip of a referral says: where to go and what to bring, by a code alone; nothing of why,
and no day.

The time limits are those of the Code civil (2224) and Code du travail (L. 1134-5), of the Code de
procédure pénale (8) and of the Code de justice administrative (R. 421-1); a jurist of the territory
is to confirm them once a year.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import N_, _
from desktop.models.directory import Organisation
from desktop.models.referrals import Referral
from desktop.queries.documents.parts import Heading, collective_heading
from desktop.queries.organisation_aliases import canonical_organisation_id

LIMITS = (
    (N_("5 years"),
     N_("at the civil court or the labour court, from the day on which one learns of it")),
    (N_("6 years"), N_("for a complaint, from the facts")),
    (N_("2 months"), N_("against a public decision, from the day it was received")))
LINE = 90
"""Characters of a line of an address that the slip takes."""


@dataclass(frozen=True)
class Slip:
    """One referral on paper. `months`: of its opening, as 2026-11."""

    heading: Heading
    code: str
    month: str
    to: str
    contact: str
    kind: str
    consent_form: bool


def slip_of(session: Session, referral_id: uuid.UUID, today: date) -> Slip:
    """Return the slip of a referral; AppError where there is none, or it goes nowhere yet."""
    referral = session.get(Referral, referral_id)
    if referral is None or referral.deleted:
        raise AppError(_("This referral does not exist."))
    where = (canonical_organisation_id(session, referral.organisation_id)
             if referral.organisation_id
             else None)
    place = session.get(Organisation, where) if where is not None else None
    if place is None:
        raise AppError(_("The slip says where to go: choose where the person is referred to."))
    return Slip(collective_heading(session, today), referral.case_code or "",
                referral.opened_month or "", place.name or "",
                (place.contact or "")[:2 * LINE], referral.kind or "",
                referral.kind == "acces_aux_droits")
