"""Plans that follow one another: which axis and objective goes on in which, so that both are read
across."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.actions import Action
from desktop.models.channels import may_be_told
from desktop.models.plan import Axis, Indicator, IndicatorValue, Objective, Plan
from desktop.models.states import ActionState, is_open


@dataclass(frozen=True)
class Reached:
    """What an indicator of an ended plan came to: its last measure, None where there is none."""

    label: str
    unit: str
    value: int | None
    target: int | None


@dataclass(frozen=True)
class FollowedObjective:
    """One objective, the one of the next plan that takes it up (None: none yet), and what it came
    to."""

    id: uuid.UUID
    title: str
    next_id: uuid.UUID | None
    next_title: str
    indicators: tuple[Reached, ...] = ()


@dataclass(frozen=True)
class FollowedAxis:
    """One axis of a plan with the one of the next plan that takes it up, and how its actions
    stand."""

    id: uuid.UUID
    title: str
    next_id: uuid.UUID | None
    next_title: str
    actions: int
    done: int
    open: int
    objectives: tuple[FollowedObjective, ...]


@dataclass(frozen=True)
class PlanSuccession:
    """A plan, the one that follows it, and its axes in their order."""

    plan_id: uuid.UUID
    plan: str
    next_id: uuid.UUID
    next_plan: str
    axes: tuple[FollowedAxis, ...]


def axis_title(code: str | None, title: str | None) -> str:
    """Return an axis as lists write it: its code, then its title."""
    return f"{code}. {title or ''}" if code else title or ""


def successions_of(session: Session, plan_id: uuid.UUID) -> tuple[PlanSuccession, ...]:
    """How the plans before this one go on in it, the earliest first, then how this one goes on in
    the next.

    What confidential groups do is not counted.
    """
    plans = {plan.id: plan for plan in session.scalars(
        select(Plan).where(Plan.deleted.is_not(True)).order_by(Plan.starts_on, Plan.id))}
    pairs = [(plan, plans[plan.successor_id]) for plan in plans.values()
             if plan.successor_id in plans and plan_id in (plan.id, plan.successor_id)]
    pairs.sort(key=lambda pair: pair[0].id == plan_id)
    return tuple(_succession(session, before, after) for before, after in pairs)


def axes_before(session: Session, axis_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Return these axes with all that lead to them from earlier plans."""
    led: dict[uuid.UUID, set[uuid.UUID]] = {}
    for id_, successor in session.execute(select(Axis.id, Axis.successor_id).where(
            Axis.deleted.is_not(True), Axis.successor_id.is_not(None))):
        if successor is not None:
            led.setdefault(successor, set()).add(id_)
    found: set[uuid.UUID] = set()
    waiting = set(axis_ids)
    while waiting:
        found |= waiting
        waiting = {one for axis in waiting for one in led.get(axis, ())} - found
    return found


def _succession(session: Session, before: Plan, after: Plan) -> PlanSuccession:
    axes = session.scalars(select(Axis).where(
        Axis.deleted.is_not(True), Axis.plan_id.in_((before.id, after.id)))).all()
    own = sorted((axis for axis in axes if axis.plan_id == before.id),
                 key=lambda axis: (axis.order or "", axis.code or "", axis.id))
    titles = {axis.id: axis_title(axis.code, axis.title) for axis in axes
              if axis.plan_id == after.id}
    objectives = session.scalars(select(Objective).where(
        Objective.deleted.is_not(True), Objective.axis_id.in_([axis.id for axis in axes]))).all()
    named = {one.id: one.title or "" for one in objectives if one.axis_id in titles}
    states: dict[uuid.UUID | None, Counter[str]] = {}
    for axis_id, state, channel in session.execute(
            select(Action.axis_id, Action.state, Action.channel).where(
                Action.deleted.is_not(True), Action.axis_id.in_([axis.id for axis in own]))):
        if may_be_told(channel):
            states.setdefault(axis_id, Counter())[state or ""] += 1
    reached = _reached(session, [one.id for one in objectives if one.axis_id not in titles])
    rows = []
    for axis in own:
        counts = states.get(axis.id, Counter())
        rows.append(FollowedAxis(
            id=axis.id, title=axis_title(axis.code, axis.title),
            next_id=axis.successor_id if axis.successor_id in titles else None,
            next_title=titles.get(axis.successor_id, "") if axis.successor_id else "",
            actions=counts.total(), done=counts[ActionState.DONE],
            open=sum(count for state, count in counts.items() if is_open(state)),
            objectives=tuple(
                FollowedObjective(one.id, one.title or "",
                                  one.successor_id if one.successor_id in named else None,
                                  named.get(one.successor_id, "") if one.successor_id else "",
                                  reached.get(one.id, ()))
                for one in sorted(objectives, key=lambda one: (one.order or "", one.id))
                if one.axis_id == axis.id)))
    return PlanSuccession(before.id, before.name or "", after.id, after.name or "", tuple(rows))


def _reached(session: Session,
             objective_ids: list[uuid.UUID]) -> dict[uuid.UUID, tuple[Reached, ...]]:
    indicators = session.scalars(select(Indicator).where(
        Indicator.deleted.is_not(True), Indicator.objective_id.in_(objective_ids))
                                 .order_by(Indicator.id)).all()
    last: dict[uuid.UUID, int] = {}
    for indicator_id, value in session.execute(
            select(IndicatorValue.indicator_id, IndicatorValue.value)
            .where(IndicatorValue.deleted.is_not(True), IndicatorValue.value.is_not(None),
                   IndicatorValue.indicator_id.in_([one.id for one in indicators]))
            .order_by(IndicatorValue.on, IndicatorValue.id)):
        if indicator_id is not None and value is not None:
            last[indicator_id] = value
    found: dict[uuid.UUID, list[Reached]] = {}
    for one in indicators:
        if one.objective_id is not None:
            found.setdefault(one.objective_id, []).append(
                Reached(one.label or "", one.unit or "", last.get(one.id), one.target))
    return {id_: tuple(rows) for id_, rows in found.items()}
