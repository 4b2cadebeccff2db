"""What the papers on decisions and actions say: the relevé de décisions, one person's actions, the
plan of actions."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.dates.stored import stored_day, stored_moment
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.actions import Action, Dispositif, FollowUp, Validation
from desktop.models.channels import may_be_told
from desktop.models.choices import codes_of, label
from desktop.models.directory import Organisation, Person
from desktop.models.meetings import AgendaItem, Decision, Meeting
from desktop.models.plan import Axis, Objective, Plan
from desktop.models.record import COMMON
from desktop.models.states import ActionState
from desktop.queries.commitments import Commitments, commitments_of
from desktop.queries.documents.minutes import neighbour, only_hidden
from desktop.queries.documents.parts import Heading, collective_heading, heading_of, meeting_with
from desktop.queries.documents.synthesis import Synthesis, synthesis_of
from desktop.queries.live import alive, by_id
from desktop.queries.meetings.held import held_times
from desktop.queries.meetings.numbers import shown_numbers
from desktop.queries.names import display_name
from desktop.queries.organisation_aliases import organisations_with
from desktop.queries.person_aliases import all_of, people_with
from desktop.queries.places import dated_places, day_of_action
from desktop.queries.today import Today, today_of

OPEN = (ActionState.IDEA, ActionState.PROPOSED, ActionState.TO_VALIDATE, ActionState.UNDER_WAY)


@dataclass(frozen=True)
class PrintedDecision:
    """One decision and one action that follows from it; the action's fields are empty where none
    follows."""

    number: str
    point: str
    text: str
    action: str = ""
    who: str = ""
    due: date | None = None
    deliverable: str = ""
    state: str = ""


@dataclass(frozen=True)
class Decisions:
    """The relevé de décisions of one meeting: no debate, no speaker."""

    heading: Heading
    title: str
    starts_at: datetime | None
    decisions: tuple[PrintedDecision, ...]
    earlier: tuple[PrintedDecision, ...]
    next_meeting: datetime | None


@dataclass(frozen=True)
class ActionLine:
    """One action, as the papers print it."""

    title: str
    objective: str
    who: str
    organisation: str
    partners: str
    audience: str
    places: str
    starts: date | None
    due: date | None
    funding: str
    state_code: str
    state: str
    progress: int | None
    state_answer: str
    agglomeration_answer: str
    next_step: str
    origin: str
    dispositifs: str = ""
    """The existing schemes to which it is held up, or why there is none."""


@dataclass(frozen=True)
class PersonActions:
    """What one person has to do."""

    heading: Heading
    name: str
    organisation: str
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True)
class AxisActions:
    """One axis of the plan with its actions."""

    title: str
    actions: tuple[ActionLine, ...]

    def count(self, state: str) -> int:
        """How many actions are in this state."""
        return sum(action.state_code == state for action in self.actions)


@dataclass(frozen=True)
class ActionPlan:
    """The plan of actions; the last axis gathers what belongs to none."""

    heading: Heading
    synthesis: Synthesis
    name: str
    axes: tuple[AxisActions, ...]


def decisions_of(session: Session, meeting_id: uuid.UUID, today: date) -> Decisions:
    """Return the decisions of a meeting that may be circulated, and those of earlier meetings that
    still have open actions."""
    meeting = meeting_with(session, meeting_id)
    following = neighbour(session, meeting, later=True)
    before = session.scalars(select(Meeting.id).where(
        Meeting.group_id == meeting.group_id, Meeting.starts_at < (meeting.starts_at or ""),
        Meeting.deleted.is_not(True))).all() if meeting.group_id else []
    earlier = [row for row in circulated_rows(session, list(before), meeting.channel)
               if row[1] in OPEN]
    return Decisions(heading_of(session, meeting, today), meeting.title or "",
                     held_times(meeting)[0],
                     tuple(row for row, _state
                           in circulated_rows(session, [meeting_id], meeting.channel)),
                     tuple(row for row, _state in earlier),
                     stored_moment(following.starts_at) if following else None)


def circulated_rows(session: Session, meeting_ids: list[uuid.UUID],
                    told_in: str = COMMON) -> list[tuple[PrintedDecision, str]]:
    """Return a line for each decision that may be circulated and each action that follows from it,
    with the state of the latter.

    `told_in`: the channel of the meeting whose paper says it.
    """
    decisions = sorted(alive(session, Decision, Decision.meeting_id.in_(meeting_ids)),
                       key=lambda d: (d.number or "", d.order or 0, d.id))
    hidden = only_hidden(session, meeting_ids, "diffusion") if decisions else set()
    numbers = shown_numbers(decisions)
    items = by_id(session, AgendaItem, {d.agenda_item_id for d in decisions if d.agenda_item_id})
    actions: dict[uuid.UUID, list[Action]] = {}
    for action in sorted(alive(session, Action, Action.decision_id.in_([d.id for d in decisions])),
                         key=lambda a: a.id):
        if action.decision_id and action.id not in hidden and may_be_told(action.channel, told_in):
            actions.setdefault(action.decision_id, []).append(action)
    rows = []
    for decision in decisions:
        if decision.id in hidden or not may_be_told(decision.channel, told_in):
            continue
        item = items.get(decision.agenda_item_id) if decision.agenda_item_id else None
        first = PrintedDecision(numbers[decision.id], (item.title or "") if item else "",
                                decision.text or "")
        following = actions.get(decision.id, [])
        if not following:
            rows.append((first, ""))
        for line, action in zip(action_lines(session, following), following, strict=True):
            who = ", ".join(filter(None, [line.who, line.organisation]))
            rows.append(
                (PrintedDecision(first.number, first.point, first.text, line.title, who, line.due,
                             action.outcome or "", line.state), action.state or ""))
    return rows


def person_actions(session: Session, person_id: uuid.UUID,
                   today: date) -> PersonActions:
    """Return the open actions of a person, the earliest due first."""
    person = session.get(Person, person_id)
    if person is None:
        raise AppError(_("This person does not exist."))
    organisation = (session.get(Organisation, person.organisation_id) if person.organisation_id
                    else None)
    found = alive(session, Action, Action.owner_id.in_(all_of(session, person_id)),
                  Action.state.in_(OPEN))
    found.sort(key=lambda a: (a.due_on is None, a.due_on or "", a.id))
    return PersonActions(collective_heading(session, today),
                         display_name(person.given_name, person.family_name),
                         (organisation.name or "") if organisation else "",
                         tuple(action_lines(session, found)))


@dataclass(frozen=True)
class MyDay:
    """One person's start screen, for paper."""

    heading: Heading
    name: str
    today: Today
    commitments: Commitments | None


def my_day(session: Session, person_id: uuid.UUID, today: date) -> MyDay:
    """Return what awaits a person, as the start screen shows it."""
    person = session.get(Person, person_id)
    if person is None:
        raise AppError(_("This person does not exist."))
    on = today
    return MyDay(collective_heading(session, on),
                 display_name(person.given_name, person.family_name),
                 today_of(session, on, person_id), commitments_of(session, person_id, on))


def action_plan(session: Session, plan_id: uuid.UUID, today: date) -> ActionPlan:
    """Every action of the plan, axis by axis, in the order of objectives and due dates."""
    plan = session.get(Plan, plan_id)
    if plan is None:
        raise AppError(_("This plan does not exist."))
    axes = sorted(alive(session, Axis, Axis.plan_id == plan_id),
                  key=lambda a: (a.order or "", a.id))
    objectives = alive(session, Objective, Objective.axis_id.in_([axis.id for axis in axes]))
    rank = {o.id: n for n, o in enumerate(sorted(objectives, key=lambda o: (o.order or "", o.id)))}
    actions = [action for action in alive(session, Action) if may_be_told(action.channel)]
    actions.sort(key=lambda a: (rank.get(a.objective_id, 999) if a.objective_id else 999,
                                a.due_on or "9", a.id))
    known = {axis.id for axis in axes}
    groups: list[tuple[str, list[Action]]] = [
        (_("Axis {code}: {title}").format(code=axis.code or "", title=axis.title or ""),
         [a for a in actions if a.axis_id == axis.id]) for axis in axes]
    elsewhere = set(session.scalars(select(Axis.id).where(
        Axis.deleted.is_not(True), Axis.plan_id.is_not(None), Axis.plan_id != plan_id)))
    others = [a for a in actions if a.axis_id not in known and a.axis_id not in elsewhere]
    if others:
        groups.append((_("Outside the axes"), others))
    heading = collective_heading(session, today)
    return ActionPlan(heading, synthesis_of(session, plan_id, heading.as_of), plan.name or "",
                      tuple(AxisActions(title, tuple(action_lines(session, found)))
                            for title, found in groups))


def action_lines(session: Session, actions: list[Action]) -> list[ActionLine]:
    """Return the actions with what they refer to, asked kind by kind."""
    ids = [action.id for action in actions]
    people = people_with(session, {a.owner_id for a in actions if a.owner_id})
    partners = {uuid.UUID(i) for a in actions for i in a.partner_ids or []}
    organisations = organisations_with(session,
                          partners | {a.owner_organisation_id for a in actions
                                      if a.owner_organisation_id})
    objectives = by_id(session, Objective, {a.objective_id for a in actions if a.objective_id})
    meetings = by_id(session, Meeting, {a.meeting_id for a in actions if a.meeting_id})
    names = {organisation_id: o.short_name or o.name or ""
             for organisation_id, o in organisations.items()}
    place = dated_places(session)
    answers = {(v.action_id, v.party): v for start in range(0, len(ids), 500)
               for v in alive(session, Validation,
                              Validation.action_id.in_(ids[start:start + 500]))}
    schemes = {str(id_): scheme.name or "" for id_, scheme in by_id(session, Dispositif, {
        uuid.UUID(i) for a in actions for i in a.dispositif_ids or []}).items()}
    steps: dict[uuid.UUID, FollowUp] = {}
    for start in range(0, len(ids), 500):
        for step in alive(session, FollowUp, FollowUp.action_id.in_(ids[start:start + 500])):
            if step.action_id and (step.action_id not in steps
                                   or (steps[step.action_id].on or "") < (step.on or "")):
                steps[step.action_id] = step

    def line(action: Action) -> ActionLine:
        owner = people.get(action.owner_id) if action.owner_id else None
        objective = objectives.get(action.objective_id) if action.objective_id else None
        meeting = meetings.get(action.meeting_id) if action.meeting_id else None
        latest = steps.get(action.id)
        day = day_of_action(action.starts_on, action.due_on)
        codes = [*(action.communes or []), *(action.neighbourhoods or [])]
        return ActionLine(
            title=action.title or "", objective=(objective.title or "") if objective else "",
            who=display_name(owner.given_name, owner.family_name) if owner else "",
            organisation=names.get(action.owner_organisation_id, "") if action.owner_organisation_id
            else "",
            partners=", ".join(
                filter(None, (names.get(uuid.UUID(i)) for i in action.partner_ids or []))),
            audience=action.audience or "", places=", ".join(place(code, day) for code in codes),
            starts=stored_day(action.starts_on), due=stored_day(action.due_on),
            funding=label("funding", action.funding),
            state_code=action.state or "", state=label("action_state", action.state),
            progress=action.progress,
            state_answer=_answer(answers.get((action.id, "etat"))),
            agglomeration_answer=_answer(answers.get((action.id, "agglo"))),
            next_step=(latest.text or "") if latest else "",
            origin=(meeting.starts_at or "")[:10] if meeting else "",
            dispositifs=", ".join(
                filter(None, (schemes.get(i) for i in action.dispositif_ids or ())))
            or (_("none: {why}").format(why=action.no_dispositif) if action.no_dispositif else ""))

    return [line(action) for action in actions]


def _answer(validation: Validation | None) -> str:
    if validation is None:
        return ""
    return (label("validation_answer", validation.answer).lower() if validation.answer
            else _("awaited"))


STATES = codes_of("action_state")
"""The states of an action in their order."""
