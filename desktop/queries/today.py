"""What the start screen shows: my actions, the meetings to come, what became of my observations,
the charter."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from desktop.base.text import sort_key
from desktop.models.directory import Commitment, Organisation
from desktop.models.local import Pending
from desktop.models.vocabularies import Term
from desktop.queries.actions import ActionRow, actions_of, late_count
from desktop.queries.feedback import AuthorFeedback, told_to
from desktop.queries.meetings.rows import MeetingRow, meetings_between, meetings_from
from desktop.queries.organisation_aliases import organisation_aliases

LIST_GOOD_FOR = 365
"""Days after which the criteria of the law have to be compared with the texts again."""


@dataclass(frozen=True)
class Unsigned:
    """An organisation that has not signed the charter, or not yet accepted confidentiality."""

    id: uuid.UUID
    name: str
    signed: bool


@dataclass(frozen=True)
class Today:
    """The Monday morning of one person."""

    late: tuple[ActionRow, ...]
    soon: tuple[ActionRow, ...]
    later: tuple[ActionRow, ...]
    all_late: int
    next_meetings: tuple[MeetingRow, ...]
    last_meetings: tuple[MeetingRow, ...]
    observations: tuple[AuthorFeedback, ...]
    unsigned: tuple[Unsigned, ...]
    organisations: int
    list_checked_on: str
    """The day of the last check of the legal list, if it is more than a year ago; else nothing."""


def today_of(session: Session, today: date, me: uuid.UUID | None) -> Today:
    """Return what awaits `me` on `today`."""
    own = actions_of(session, owner_id=me, open_only=True) if me is not None else []
    start = datetime.combine(today, datetime.min.time())
    unsigned, organisations = _unsigned(session)
    return Today(
        tuple(row for row in own if row.lateness(today) == "late"),
        tuple(row for row in own if row.lateness(today) in ("today", "week")),
        tuple(row for row in own if row.lateness(today) == "later"), late_count(session, today),
        tuple(meetings_from(session, start, 5)),
        tuple(meetings_between(session, start - timedelta(days=60), start, 4)),
        tuple(told_to(session, me)), unsigned, organisations, _old_check(session, today))


def _old_check(session: Session, today: date) -> str:
    checked = session.scalar(select(func.min(Term.verified_on)).where(
        Term.vocabulary == "criteria", Term.deleted.is_not(True),
        Term.verified_on.is_not(None))) or ""
    return (checked if checked and checked < (today - timedelta(days=LIST_GOOD_FOR)).isoformat()
            else "")


def _unsigned(session: Session) -> tuple[tuple[Unsigned, ...], int]:
    charter = session.execute(
        select(Organisation.id, Organisation.name, Commitment.signed_on,
               Commitment.confidentiality_on)
        .outerjoin(Commitment, and_(Commitment.organisation_id == Organisation.id,
                                    Commitment.deleted.is_not(True)))
        .where(Organisation.deleted.is_not(True)))
    known = organisation_aliases(session)
    names: dict[uuid.UUID, str] = {}
    said: dict[uuid.UUID, list[bool]] = {}
    for id_, name, signed_on, confidentiality_on in charter:
        if id_ not in known:
            names[id_] = name or ""
        signed = said.setdefault(known.get(id_, id_), [False, False])
        signed[0] |= bool(signed_on)
        signed[1] |= bool(confidentiality_on)
    found = [Unsigned(id_, name, said[id_][0]) for id_, name in names.items() if not all(said[id_])]
    return tuple(sorted(found, key=lambda row: sort_key(row.name))), len(names)


@dataclass(frozen=True)
class UnsentChanges:
    """How many records hold changes that no package carries yet, by kind."""

    kinds: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(count for _kind, count in self.kinds)


def waiting_of(session: Session) -> UnsentChanges:
    """Return the records that wait to be sent."""
    rows = session.execute(select(Pending.kind, func.count()).group_by(Pending.kind)
                           .order_by(func.count().desc()))
    return UnsentChanges(tuple((kind, count) for kind, count in rows))
