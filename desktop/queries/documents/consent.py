"""The empty form by which a person asks for help with health or rights and agrees to be called:
where it goes, no code."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.directory import Organisation
from desktop.models.referrals import Referral
from desktop.queries.documents.parts import Heading, collective_heading
from desktop.queries.organisation_aliases import canonical_organisation_id


@dataclass(frozen=True)
class ConsentForm:
    """An empty form. `to`: the organisation that receives it, "" where none is chosen: it is then
    written by hand."""

    heading: Heading
    to: str


def consent_form_of(session: Session, referral_id: uuid.UUID, today: date) -> ConsentForm:
    """Read where the form of a referral goes; AppError where there is no such referral.

    Nothing else of it: a paper that holds a name, by hand, never holds the code of the case.
    """
    referral = session.get(Referral, referral_id)
    if referral is None or referral.deleted:
        raise AppError(_("This referral does not exist."))
    where = (canonical_organisation_id(session, referral.organisation_id)
             if referral.organisation_id
             else None)
    place = session.get(Organisation, where) if where is not None else None
    return ConsentForm(collective_heading(session, today),
                       (place.name or "") if place is not None else "")
