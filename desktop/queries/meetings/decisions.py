"""The register: every decision of every year, what follows from it, and whether its number is
final."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.dates.stored import stored_moment
from desktop.base.i18n import _
from desktop.models.actions import Action
from desktop.models.choices import label
from desktop.models.directory import Group
from desktop.models.meetings import Decision, Meeting
from desktop.models.states import MeetingState
from desktop.models.vocabularies import Collective
from desktop.queries.meetings.held import HELD
from desktop.queries.meetings.numbers import shown_numbers

FINAL = (MeetingState.VALIDATED, MeetingState.ARCHIVED)


@dataclass(frozen=True)
class Registered:
    """One decision of the register; `following`: the titles and states of the actions that follow
    from it."""

    id: uuid.UUID
    number: str
    text: str
    on: datetime | None
    meeting_id: uuid.UUID | None
    meeting: str
    group: str
    how: str
    votes: str
    final: bool
    following: tuple[tuple[uuid.UUID, str, str], ...]


def register_of(session: Session) -> list[Registered]:
    """All decisions, the last taken first."""
    following: dict[uuid.UUID, list[tuple[uuid.UUID, str, str]]] = {}
    for id_, decision_id, title, state in session.execute(
            select(Action.id, Action.decision_id, Action.title, Action.state).where(
                Action.decision_id.is_not(None), Action.deleted.is_not(True)).order_by(Action.id)):
        if decision_id is not None:
            following.setdefault(decision_id, []).append((id_, title or "", state or ""))
    query = (select(Decision, Meeting.title, HELD, Meeting.state, Group.name)
             .join(Meeting, Meeting.id == Decision.meeting_id)
             .outerjoin(Group, Group.id == Meeting.group_id)
             .where(Decision.deleted.is_not(True), Meeting.deleted.is_not(True)))
    rows = sorted(session.execute(query),
                  key=lambda row: (row[2] or "", row[0].number or "", row[0].order or 0),
                  reverse=True)
    numbers = shown_numbers(row[0] for row in rows)
    return [Registered(d.id, numbers[d.id], d.text or "", stored_moment(start), d.meeting_id,
                       title or "", group or "",
                       label("decision_how", d.how or ""), votes_of(d), state in FINAL,
                       tuple(following.get(d.id, ())))
            for d, title, start, state, group in rows]


def votes_of(decision: Decision) -> str:
    """Return the figures of a vote, in words; nothing where there was none."""
    if decision.how != "vote":
        return ""
    return _("{votes_for} for, {against} against, {abstained} abstaining").format(
        votes_for=decision.votes_for or 0, against=decision.votes_against or 0,
        abstained=decision.votes_abstained or 0)


def collective_id(session: Session) -> uuid.UUID | None:
    """Return the record of the collective itself, that the printed register is about."""
    return session.scalar(select(Collective.id).where(Collective.deleted.is_not(True)).limit(1))
