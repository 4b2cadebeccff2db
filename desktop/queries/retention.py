"""What is due to be erased: accounts counted or set aside long enough ago, cases whose last step is
long past."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from desktop.base.clock import stamp_ms
from desktop.models.erasure import PARTS
from desktop.models.observations import Feedback, Observation
from desktop.models.record import RECORDS, fields_of
from desktop.models.states import ObservationState
from desktop.models.sync import Seen
from desktop.privacy.retention import ACCOUNT_MONTHS, TOLD_DAYS, erased_from, months_between
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
    """Return the observations whose account is due, as this computer knows: of its own by what the
    watch group told.

    Counted from the month of the last word of the watch group; from the month of collection where
    there was none.
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
    """Return the month that it is, as far as the others bear it out: a clock set years ahead erases
    nothing."""
    own = read_identity(session).writer
    last = session.scalar(select(func.max(Seen.last_stamp)).where(Seen.writer != own))
    if last is None:
        return today.isoformat()[:7]
    heard = datetime.fromtimestamp(stamp_ms(last) / 1000, UTC).date()
    return min(today, heard + _TRUSTED).isoformat()[:7]


CASES = ("referral", "internship_request")
"""The kinds that go whole, with what belongs to them."""


@dataclass(frozen=True)
class Case:
    """One referral or search: the day from which it is due."""

    kind: str
    id: uuid.UUID
    due_on: date


def cases_of(session: Session, until: date | None = None) -> list[Case]:
    """Every referral and search, by the last month that it or a part of it tells, the first due
    first.

    `until`: those alone that are due by then; what belongs to the others is not read.
    """
    found = []
    for kind in CASES:
        months = _months(session, kind, "id")
        living = set(
            session.scalars(select(RECORDS[kind].id).where(RECORDS[kind].deleted.is_not(True))))
        if until is not None:
            # Its own months are due no later than those of its parts.
            living = {one for one in living
                      if (due_on := erased_from(months.get(one, ()))) is None or due_on <= until}
        for child, parent in PARTS.get(kind, ()) if living else ():
            for record_id, told in _months(session, child, parent).items():
                months[record_id] = [*months.get(record_id, ()), *told]
        found += [Case(kind, record_id, due_on) for record_id in living
                  if (due_on := erased_from(months.get(record_id, ()))) is not None]
    return sorted(found, key=lambda case: (case.due_on, case.id))


def _months(session: Session, kind: str, owner: str) -> dict[uuid.UUID, list[str]]:
    """Record -> the months that the live records of a kind tell, by the field that names it."""
    cls = RECORDS[kind]
    columns = [cls.__table__.c[f.name] for f in fields_of(cls) if f.kind == "month"]
    found: dict[uuid.UUID, list[str]] = {}
    for record_id, *months in session.execute(
        select(cls.__table__.c[owner], *columns).where(cls.deleted.is_not(True))):
        if record_id is not None:
            found.setdefault(record_id, []).extend(month for month in months if month)
    return found


def due_cases(session: Session, today: date) -> list[Case]:
    """Return the cases that are due, as far as the others bear out what day it is."""
    month = believed_month(session, today)
    return [case for case in cases_of(session, today + timedelta(days=TOLD_DAYS))
            if case.due_on.isoformat()[:7] <= month]


def cases_soon(session: Session, today: date) -> list[Case]:
    """Return the cases that are erased within thirty days, those due already too."""
    return [case for case in cases_of(session, today + timedelta(days=TOLD_DAYS))
            if (case.due_on - today).days <= TOLD_DAYS]
