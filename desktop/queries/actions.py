"""What the action screens show: the table, one action with its validations and its follow-up."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Executable, case, func, or_, select
from sqlalchemy.orm import Session

from desktop.base.text import sort_key
from desktop.models.actions import Action, ActionFunding, Dispositif, FollowUp, Notice, Validation
from desktop.models.directory import Organisation, Person
from desktop.models.meetings import Meeting
from desktop.models.plan import Axis
from desktop.models.record import group_of
from desktop.models.states import ActionState, Party, ValidationAnswer, is_funded
from desktop.queries.names import display_name, organisation_names, person_names
from desktop.queries.organisation_aliases import organisation_aliases
from desktop.queries.person_aliases import alias_map, all_of
from desktop.queries.reminders import ReminderRow, reminders_about

OPEN = (ActionState.IDEA, ActionState.PROPOSED, ActionState.TO_VALIDATE, ActionState.UNDER_WAY,
        ActionState.SUSPENDED)
WEEK = 7
"""Days ahead in which an action is due this week."""


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
    reason: str = ""
    confidential: bool = False
    """Read by its group alone."""
    places: tuple[str, ...] = ()
    """Codes of its neighbourhoods and communes, as records hold them."""
    sources: tuple[str, ...] = ()
    """Where its money comes from: of the action itself and of each contribution."""

    @property
    def is_open(self) -> bool:
        """Still to be done."""
        return self.state in OPEN

    @property
    def lacking(self) -> tuple[Party, ...]:
        """The parties whose accord it lacks; none where none is needed."""
        if not any(is_funded(source) for source in self.sources):
            return ()
        answers = dict(self.validations)
        return tuple(party for party in Party if answers.get(party) != ValidationAnswer.GIVEN)

    def lateness(self, today: date) -> str:
        """late, today, week, later or none, as seen on `today`; a closed action is never late."""
        if not self.is_open or self.due_on is None:
            return "none"
        if self.due_on < today:
            return "late"
        if self.due_on == today:
            return "today"
        return "week" if self.due_on <= today + timedelta(days=WEEK) else "later"


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
    granted: int | None = None
    paid: int | None = None
    year: int | None = None
    file_number: str = ""


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
    until_on: str = ""
    committee: str = ""


@dataclass(frozen=True)
class NoticeRow:
    """The members were told of the action."""

    id: uuid.UUID
    on: str
    how: str
    meeting: str
    text: str


@dataclass(frozen=True)
class ActionDetail:
    """One action in full."""

    row: ActionRow
    follow_ups: tuple[FollowUpRow, ...]
    fundings: tuple[FundingRow, ...]
    validations: tuple[ValidationRow, ...]
    notices: tuple[NoticeRow, ...] = ()
    partners: tuple[str, ...] = ()
    dispositifs: tuple[str, ...] = ()
    no_dispositif: str = ""
    reminders: tuple[ReminderRow, ...] = ()

    @property
    def is_funded(self) -> bool:
        """Whether the politique de la ville pays any part of it."""
        return any(is_funded(source) for source in self.row.sources)

    @property
    def lacking(self) -> list[ValidationRow | Party]:
        """The accords that it lacks: those asked for, and the parties that were not asked; none
        where none is needed."""
        if not self.is_funded:
            return []
        asked = {v.party: v for v in self.validations}
        return [asked.get(party, party) for party in Party
                if party not in asked or asked[party].answer != ValidationAnswer.GIVEN]


def day_of(text: str | None) -> date | None:
    """Return the day that a stored text says; None where there is none or it is not one."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def actions_of(session: Session, owner_id: uuid.UUID | None = None,
               meeting_id: uuid.UUID | None = None, *,
               action_id: uuid.UUID | None = None, open_only: bool = False,
               count: int | None = None,
               where: Sequence[ColumnElement[bool]] = ()) -> list[ActionRow]:
    """Every action, or those of one owner or one meeting, or one; the soonest due first, the
    undated last; or the first so many of these. `where`: further conditions of the table."""
    chosen: list[ColumnElement[bool]] = [Action.deleted.is_not(True), *where]
    if owner_id is not None:
        chosen.append(Action.owner_id.in_(all_of(session, owner_id)))
    if meeting_id is not None:
        chosen.append(Action.meeting_id == meeting_id)
    if action_id is not None:
        chosen.append(Action.id == action_id)
    if open_only:
        chosen.append(is_open())
    ordered = (case((is_open(), 0), else_=1),
               func.coalesce(func.nullif(Action.due_on, ""), date.max.isoformat()),
               func.coalesce(Action.title, ""))
    answers: dict[uuid.UUID, list[tuple[str, str]]] = {}
    asked = select(Validation.action_id, Validation.party,
                   Validation.answer).where(Validation.deleted.is_not(True))
    paid = select(ActionFunding.action_id,
                  ActionFunding.source).where(ActionFunding.deleted.is_not(True)).distinct()
    if len(chosen) > 1:
        these = select(Action.id).where(*chosen)
        if count is not None:
            these = these.order_by(*ordered).limit(count)
        asked, paid = asked.where(Validation.action_id.in_(these)), paid.where(
            ActionFunding.action_id.in_(these))
    for about, party, answer in session.execute(asked):
        if about is not None:
            answers.setdefault(about, []).append((party or "", answer or ""))
    sources: dict[uuid.UUID, set[str]] = {}
    for about, source in session.execute(paid):
        if about is not None and source:
            sources.setdefault(about, set()).add(source)
    # Columns, not entities: a table of thousands of lines is read for each change of it.
    query = (select(Action.id, Action.title, Action.description, Action.axis_id, Axis.title,
                    Action.owner_id,
                    Person.given_name, Person.family_name, Action.owner_organisation_id,
                    Organisation.short_name,
                    Organisation.name, Action.due_on, Action.starts_on, Action.state,
                    Action.progress, Action.funding,
                    Action.meeting_id, Meeting.title, Action.outcome, Action.abandoned_reason,
                    Action.channel, Action.communes, Action.neighbourhoods)
             .outerjoin(Axis, Axis.id == Action.axis_id)
             .outerjoin(Person, Person.id == Action.owner_id)
             .outerjoin(Organisation, Organisation.id == Action.owner_organisation_id)
             .outerjoin(Meeting, Meeting.id == Action.meeting_id).where(*chosen).order_by(*ordered)
             .limit(count))
    doubles = alias_map(session)
    names = person_names(session) if doubles else {}
    twice = organisation_aliases(session)
    whose = organisation_names(session) if twice else {}
    rows = [ActionRow(id_, title or "", description or "", axis or "", axis_id,
                      doubles.get(owner, owner) if owner else None,
                      names[owner] if owner in doubles else display_name(given, family),
                      twice.get(structure, structure) if structure else None,
                      whose[structure] if structure in twice else short or name or "", day_of(due),
                      day_of(starts),
                      state or ActionState.PROPOSED, progress or 0,
                      funding or "", met or "", met_id, tuple(sorted(answers.get(id_, ()))),
                      outcome or "",
                      reason or "", group_of(channel) is not None,
                      (*(neighbourhoods or ()), *(communes or ())),
                      tuple(sorted(sources.get(id_, set()) | ({funding} if funding else set()))))
            for id_, title, description, axis_id, axis, owner, given, family, structure, short,
            name, due, starts, state, progress, funding, met_id, met, outcome, reason, channel, communes, neighbourhoods
            in _lines(session, query)]
    if any(row.due_on is None for row in rows):
        # A day that is none was ordered as a text.
        rows.sort(key=lambda row: (row.state not in OPEN, row.due_on or date.max, row.title))
    return rows


def _lines(session: Session, query: Executable) -> Iterable[Any]:
    """Return the rows of a query of columns: straight from the connection, a fifth sooner than
    through the session."""
    session.flush()
    return session.connection().execute(query)


@dataclass(frozen=True)
class DispositifRow:
    """An existing scheme."""

    id: uuid.UUID
    name: str
    holder: str
    territory: str


def dispositifs_of(session: Session) -> list[DispositifRow]:
    """Return the existing schemes, by their names."""
    found = session.execute(
        select(Dispositif.id, Dispositif.name, Dispositif.holder, Dispositif.territory)
                            .where(Dispositif.deleted.is_not(True)))
    return sorted((DispositifRow(id_, name or "", holder or "", territory or "")
                   for id_, name, holder, territory in found),
                  key=lambda row: sort_key(row.name))


def is_open() -> ColumnElement[bool]:
    """Return the condition of an action still to be done; one without a state is proposed."""
    return or_(Action.state.in_(OPEN), Action.state.is_(None))


def late_count(session: Session, today: date) -> int:
    """How many open actions are past their day."""
    return session.scalar(select(func.count()).where(
        Action.deleted.is_not(True), Action.due_on != "", Action.due_on < today.isoformat(),
        is_open())) or 0


def action_detail(session: Session, action_id: uuid.UUID) -> ActionDetail | None:
    """One action with its money, validations and follow-up; None where there is none."""
    found = actions_of(session, action_id=action_id)
    if not found:
        return None
    (row,) = found
    follow = session.scalars(select(FollowUp)
                             .where(FollowUp.action_id == action_id, FollowUp.deleted.is_not(True)))
    money = session.scalars(select(ActionFunding).where(ActionFunding.action_id == action_id,
                                                        ActionFunding.deleted.is_not(True)))
    asked = session.scalars(select(Validation).where(Validation.action_id == action_id,
                                                     Validation.deleted.is_not(True)))
    return ActionDetail(
        row,
        tuple(sorted((FollowUpRow(f.id, f.on or "", f.text or "", f.progress) for f in follow),
                     key=lambda f: f.on, reverse=True)),
        tuple(FundingRow(m.id, m.source or "", m.label or "", m.cents or 0, m.granted_cents,
                         m.paid_cents, m.year,
                         m.file_number or "") for m in money),
        tuple(
            sorted(
                (ValidationRow(v.id, v.party or "", v.asked_on or "", v.answer or "",
                               v.answered_on or "",
                               v.by or "", v.remark or "", v.until_on or "", v.committee or "")
                 for v in asked), key=lambda v: v.party)),
        _notices(session, action_id), *_around(session, action_id),
        reminders=tuple(reminders_about(session, action_id)))


def _notices(session: Session, action_id: uuid.UUID) -> tuple[NoticeRow, ...]:
    found = session.execute(
        select(Notice.id, Notice.on, Notice.how, Meeting.title, Notice.text)
        .outerjoin(Meeting, Meeting.id == Notice.meeting_id)
        .where(Notice.action_id == action_id, Notice.deleted.is_not(True))
        .order_by(Notice.on.desc(), Notice.id))
    return tuple(NoticeRow(id_, on or "", how or "", met or "", text or "")
                 for id_, on, how, met, text in found)


def _around(session: Session, action_id: uuid.UUID) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """(names of its partners, names of the existing schemes, why there is none)."""
    action = session.get_one(Action, action_id)

    def names(cls: type[Organisation] | type[Dispositif], ids: list[str] | None) -> tuple[str, ...]:
        wanted = [uuid.UUID(one) for one in ids or ()]
        return tuple(sorted(name or "" for name in session.scalars(
            select(cls.name).where(cls.id.in_(wanted), cls.deleted.is_not(True)))))

    return (names(Organisation, action.partner_ids), names(Dispositif, action.dispositif_ids),
            action.no_dispositif or "")
