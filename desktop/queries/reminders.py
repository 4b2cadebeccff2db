"""The reminders that went out: to whom, by whom, on which day, of what."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Text, or_, select, type_coerce
from sqlalchemy.orm import Session

from desktop.models.actions import Action
from desktop.models.reminders import Reminder
from desktop.queries.names import names_with, organisation_names
from desktop.queries.organisation_aliases import all_of_organisation


@dataclass(frozen=True)
class ReminderRow:
    """One reminder. `by`: who noted it, empty where that is not known. `on`: ISO 8601, empty for no
    day.

    `action_id` and `party` for that of an accord; `organisation` and `about` for that of an
    organisation.
    `titles`: the actions that it named.
    """

    id: uuid.UUID
    on: str
    by: str
    how: str
    organisation_id: uuid.UUID | None
    organisation: str
    action_id: uuid.UUID | None
    party: str
    about: tuple[str, ...]
    titles: tuple[str, ...]
    remark: str

    @property
    def day(self) -> date | None:
        """The day on which it went out."""
        try:
            return date.fromisoformat(self.on) if self.on else None
        except ValueError:
            return None


def reminders_of(session: Session) -> list[ReminderRow]:
    """Every reminder, the last first."""
    return _rows(session)


def first_reminders(session: Session, count: int) -> list[ReminderRow]:
    """Return the last reminders, so many."""
    return _rows(session, limit=count)


def reminders_to(session: Session, organisation_id: uuid.UUID) -> list[ReminderRow]:
    """Return what an organisation was reminded of, under any of its names, the last first."""
    return _rows(session,
                 Reminder.organisation_id.in_(all_of_organisation(session, organisation_id)))


def reminders_about(session: Session, action_id: uuid.UUID) -> list[ReminderRow]:
    """Return the reminders in which an action was named, those of its accords among them, the last
    first."""
    named = type_coerce(Reminder.action_ids, Text).contains(str(action_id), autoescape=True)
    return _rows(session, or_(Reminder.action_id == action_id, named))


def last_reminders(session: Session,
                   action_ids: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, str], str]:
    """Return the day of the last reminder of each accord, by action and party."""
    found = session.execute(
        select(Reminder.action_id, Reminder.party, Reminder.on).where(
            Reminder.deleted.is_not(True), Reminder.party.is_not(None), Reminder.on.is_not(None))
        .order_by(Reminder.on))
    return {(action, party or ""): on or "" for action, party, on in found
            if action is not None and action in action_ids}


def _rows(session: Session, *conditions: ColumnElement[bool],
          limit: int | None = None) -> list[ReminderRow]:
    # Columns, not entities: the list may hold those of years.
    found = session.execute(
        select(Reminder.id, Reminder.on, Reminder.created_by_id, Reminder.how,
               Reminder.organisation_id,
               Reminder.action_id, Reminder.party, Reminder.about, Reminder.action_ids,
               Reminder.remark)
        .where(Reminder.deleted.is_not(True), *conditions)
        .order_by(Reminder.on.desc(), Reminder.id.desc()).limit(limit)).all()
    people = names_with(session, {row.created_by_id for row in found})
    organisations = organisation_names(session) if any(row.organisation_id for row in found) else {}
    titles = _titles(session, [_actions_of(row.action_id, row.action_ids) for row in found])
    return [ReminderRow(
        id=row.id, on=row.on or "",
        by=people.get(row.created_by_id, "") if row.created_by_id else "",
        how=row.how or "", organisation_id=row.organisation_id,
        organisation=organisations.get(row.organisation_id, "") if row.organisation_id else "",
        action_id=row.action_id, party=row.party or "", about=tuple(row.about or ()),
        titles=tuple(titles[one] for one in _actions_of(row.action_id, row.action_ids)
                     if one in titles),
        remark=row.remark or "") for row in found]


def _actions_of(action_id: uuid.UUID | None, named: list[str] | None) -> list[str]:
    return ([str(action_id)] if action_id is not None else []) + list(named or ())


def _titles(session: Session, named: list[list[str]]) -> dict[str, str]:
    ids = [uuid.UUID(one) for one in {one for each in named for one in each}]
    found: dict[str, str] = {}
    for start in range(0, len(ids), 500):
        found |= {str(id_): title or "" for id_, title in session.execute(
            select(Action.id, Action.title).where(
                Action.deleted.is_not(True), Action.id.in_(ids[start:start + 500])))}
    return found
