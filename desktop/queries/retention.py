"""Which accounts of observations are due to be erased: those counted or set aside long enough ago."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from desktop.base.clock import stamp_ms
from desktop.models.observations import Feedback, Observation
from desktop.models.states import ObservationState
from desktop.models.sync import Seen
from desktop.privacy.retention import ACCOUNT_MONTHS, months_between
from desktop.vault.identity import read_identity

COUNTED, SET_ASIDE = "comptee", "ecartee"
RULES: dict[str, str] = {ObservationState.QUALIFIED: COUNTED, ObservationState.LINKED: COUNTED,
                         ObservationState.SET_ASIDE: SET_ASIDE}
"""State -> the rule by which the account goes."""
_TRUSTED = timedelta(days=45)


@dataclass(frozen=True)
class DueAccount:
    """One account that is due, and by which rule."""

    id: uuid.UUID
    rule: str


def due_accounts(session: Session, today: date) -> list[DueAccount]:
    """The observations whose account is due, as this computer knows: of its own by what the watch group told.

    Counted from the month of the last word of the watch group; from the month of collection where there was none.
    """
    month = believed_month(session, today)
    o, f = Observation, Feedback
    query = select(o.id, o.state, o.month, f.state, f.month).outerjoin(
        f, and_(f.handle == o.feedback_handle, f.deleted.is_not(True))).where(
        o.deleted.is_not(True), o.account.is_not(None), o.account != "")
    found = []
    for record_id, state, collected, told, told_in in session.execute(query):
        rule = RULES.get(told or state or "")
        if rule is not None and months_between(told_in or collected or "", month) >= ACCOUNT_MONTHS:
            found.append(DueAccount(record_id, rule))
    return found


def believed_month(session: Session, today: date) -> str:
    """The month that it is, as far as the others bear it out: a clock set years ahead erases nothing."""
    own = read_identity(session).writer
    last = session.scalar(select(func.max(Seen.last_stamp)).where(Seen.writer != own))
    if last is None:
        return today.isoformat()[:7]
    heard = datetime.fromtimestamp(stamp_ms(last) / 1000, UTC).date()
    return min(today, heard + _TRUSTED).isoformat()[:7]
