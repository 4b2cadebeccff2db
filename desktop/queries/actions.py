"""What the action screens show: the table, one action with its validations and its follow-up."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.actions import Action, ActionFunding, FollowUp, Validation
from desktop.models.meetings import Meeting
from desktop.models.plan import Axis
from desktop.queries.directory import organisation_names, person_names

OPEN = ("idee", "proposee", "a_valider", "en_cours")


@dataclass(frozen=True)
class ActionRow:
    """One action of the table."""

    id: uuid.UUID
    title: str
    description: str
    axis: str
    axis_id: uuid.UUID | None
    owner_id: uuid.UUID | None
    owner: str
    owner_organisation_id: uuid.UUID | None
    organisation: str
    due_on: date | None
    starts_on: date | None
    state: str
    progress: int
    funding: str
    meeting: str
    meeting_id: uuid.UUID | None
    validations: tuple[tuple[str, str], ...]
    outcome: str

    @property
    def is_open(self) -> bool:
        """Still to be done."""
        return self.state in OPEN

    def lateness(self, today: date) -> str:
        """late, today, week, later or none, as seen on `today`; a closed action is never late."""
        if not self.is_open or self.due_on is None:
            return "none"
        if self.due_on < today:
            return "late"
        if self.due_on == today:
            return "today"
        return "week" if self.due_on <= today + timedelta(days=7) else "later"


@dataclass(frozen=True)
class FollowUpRow:
    """One dated line of an action."""

    id: uuid.UUID
    on: str
    text: str
    progress: int | None


@dataclass(frozen=True)
class FundingRow:
    """One contribution, in cents."""

    id: uuid.UUID
    source: str
    label: str
    cents: int


@dataclass(frozen=True)
class ValidationRow:
    """What the State or the agglomeration answered."""

    id: uuid.UUID
    party: str
    asked_on: str
    answer: str
    answered_on: str
    by: str
    remark: str


@dataclass(frozen=True)
class ActionDetail:
    """One action in full."""

    row: ActionRow
    follow_ups: tuple[FollowUpRow, ...]
    fundings: tuple[FundingRow, ...]
    validations: tuple[ValidationRow, ...]


def day_of(text: str | None) -> date | None:
    """The day that a stored text says; None where there is none or it is not one."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def actions_of(session: Session, owner_id: uuid.UUID | None = None, meeting_id: uuid.UUID | None = None) -> list[ActionRow]:
    """Every action, or those of one owner or one meeting; the soonest due first, the undated last."""
    people, organisations = person_names(session), organisation_names(session)
    axes = {row.id: (row.code or row.order or "", row.title or "")
            for row in session.execute(select(Axis.id, Axis.code, Axis.order, Axis.title))}
    meetings = {row.id: row.title or "" for row in session.execute(select(Meeting.id, Meeting.title))}
    answers: dict[uuid.UUID, list[tuple[str, str]]] = {}
    for v in session.scalars(select(Validation).where(Validation.deleted.is_not(True))):
        if v.action_id is not None:
            answers.setdefault(v.action_id, []).append((v.party or "", v.answer or ""))
    query = select(Action).where(Action.deleted.is_not(True))
    if owner_id is not None:
        query = query.where(Action.owner_id == owner_id)
    if meeting_id is not None:
        query = query.where(Action.meeting_id == meeting_id)
    rows = []
    for a in session.scalars(query):
        axis = axes.get(a.axis_id) if a.axis_id else None
        rows.append(ActionRow(
            a.id, a.title or "", a.description or "", axis[1] if axis else "", a.axis_id, a.owner_id,
            people.get(a.owner_id, "") if a.owner_id else "", a.owner_organisation_id,
            organisations.get(a.owner_organisation_id, "") if a.owner_organisation_id else "", day_of(a.due_on),
            day_of(a.starts_on), a.state or "proposee", a.progress or 0, a.funding or "",
            meetings.get(a.meeting_id, "") if a.meeting_id else "", a.meeting_id,
            tuple(sorted(answers.get(a.id, ()))), a.outcome or ""))
    return sorted(rows, key=lambda row: (not row.is_open, row.due_on or date.max, row.title))


def action_detail(session: Session, action_id: uuid.UUID) -> ActionDetail | None:
    """One action with its money, validations and follow-up; None where there is none."""
    row = next((row for row in actions_of(session) if row.id == action_id), None)
    if row is None:
        return None
    follow = session.scalars(select(FollowUp).where(FollowUp.action_id == action_id, FollowUp.deleted.is_not(True)))
    money = session.scalars(select(ActionFunding).where(ActionFunding.action_id == action_id,
                                                        ActionFunding.deleted.is_not(True)))
    asked = session.scalars(select(Validation).where(Validation.action_id == action_id, Validation.deleted.is_not(True)))
    return ActionDetail(
        row,
        tuple(sorted((FollowUpRow(f.id, f.on or "", f.text or "", f.progress) for f in follow),
                     key=lambda f: f.on, reverse=True)),
        tuple(FundingRow(m.id, m.source or "", m.label or "", m.cents or 0) for m in money),
        tuple(sorted((ValidationRow(v.id, v.party or "", v.asked_on or "", v.answer or "", v.answered_on or "",
                                    v.by or "", v.remark or "") for v in asked), key=lambda v: v.party)))
