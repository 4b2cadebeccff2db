"""What the start screen shows: my actions, the meetings to come, what became of my observations, the charter."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.local import Pending
from desktop.queries.actions import ActionRow, actions_of
from desktop.queries.directory import organisations_of
from desktop.queries.meetings import MeetingRow, meetings_of
from desktop.queries.observations import feedback_states


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
    observations: dict[str, int]
    unsigned: tuple[Unsigned, ...]
    organisations: int


def today_of(session: Session, today: date, me: uuid.UUID | None) -> Today:
    """What awaits `me` on `today`."""
    everything = actions_of(session)
    own = [row for row in everything if me is not None and row.owner_id == me]
    structures = organisations_of(session)
    start = datetime.combine(today, datetime.min.time())
    meetings = meetings_of(session)
    coming = [m for m in meetings if m.starts_at is not None and m.starts_at >= start]
    past = [m for m in meetings if m.starts_at is not None and start - timedelta(days=60) <= m.starts_at < start]
    return Today(
        tuple(row for row in own if row.lateness(today) == "late"),
        tuple(row for row in own if row.lateness(today) in ("today", "week")),
        tuple(row for row in own if row.lateness(today) == "later"),
        sum(row.lateness(today) == "late" for row in everything),
        tuple(reversed(coming))[:5], tuple(past[:4]), feedback_states(session, me),
        tuple(Unsigned(o.id, o.name, bool(o.signed_on)) for o in structures
              if not (o.signed_on and o.confidentiality_on)), len(structures))


@dataclass(frozen=True)
class Waiting:
    """How many records hold changes that no package carries yet, by kind."""

    kinds: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(count for _kind, count in self.kinds)


def waiting_of(session: Session) -> Waiting:
    """The records that wait to be sent."""
    rows = session.execute(select(Pending.kind, func.count()).group_by(Pending.kind).order_by(func.count().desc()))
    return Waiting(tuple((kind, count) for kind, count in rows))
