"""The accords that are awaited: which action, since when, for which committee, for how much."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.base.text import sort_key
from desktop.models.actions import Action, ActionFunding, Validation
from desktop.models.channels import may_be_told
from desktop.models.directory import Organisation
from desktop.models.states import is_funded
from desktop.queries.actions import day_of, is_open
from desktop.queries.reminders import last_reminders


@dataclass(frozen=True)
class Awaited:
    """An accord that was asked for and not answered. `cents`: what is asked of the politique de la
    ville."""

    action_id: uuid.UUID
    title: str
    party: str
    organisation: str
    asked_on: date | None
    until_on: date | None
    committee: str
    cents: int
    confidential: bool
    reminded_on: date | None = None


def awaited_accords(session: Session, parties: Collection[str]) -> tuple[Awaited, ...]:
    """Return what these parties are awaited for, of actions still open; the soonest hoped for
    first, then the longest asked for."""
    if not parties:
        return ()
    amounts: dict[uuid.UUID, int] = {}
    for about, source, cents in session.execute(
            select(ActionFunding.action_id, ActionFunding.source, func.sum(ActionFunding.cents))
            .where(ActionFunding.deleted.is_not(True))
            .group_by(ActionFunding.action_id, ActionFunding.source)):
        if about is not None and is_funded(source):
            amounts[about] = amounts.get(about, 0) + (cents or 0)
    found = session.execute(
        select(Action.id, Action.title, Action.channel, Organisation.short_name, Organisation.name,
               Validation.party,
               Validation.asked_on, Validation.until_on, Validation.committee)
        .join(Action, Action.id == Validation.action_id)
        .outerjoin(Organisation, Organisation.id == Action.owner_organisation_id)
        .where(Validation.deleted.is_not(True), Action.deleted.is_not(True), is_open(),
               Validation.party.in_(parties),
               or_(Validation.answer.is_(None), Validation.answer == "")))
    lines = found.all()
    reminded = last_reminders(session, {line.id for line in lines})
    rows = [Awaited(id_, title or "", party or "", short or name or "", day_of(asked),
                    day_of(until), committee or "",
                    amounts.get(id_, 0), not may_be_told(channel),
                    day_of(reminded.get((id_, party or ""))))
            for id_, title, channel, short, name, party, asked, until, committee in lines]
    return tuple(
        sorted(rows, key=lambda row: (row.until_on or date.max, row.asked_on or date.max,
                                      sort_key(row.title))))
