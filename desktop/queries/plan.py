"""What the plan screen shows: axes with their objectives, indicators and the actions that serve
them."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.models.actions import Action, Validation
from desktop.models.meetings import Meeting
from desktop.models.observations import Observation
from desktop.models.plan import Axis, Indicator, IndicatorValue, Objective, Plan
from desktop.models.record import COMMON
from desktop.models.states import (
    ActionState,
    MeetingState,
    ObservationState,
    Party,
    ValidationAnswer,
)
from desktop.queries.actions import OPEN
from desktop.queries.trainings import followed_by


@dataclass(frozen=True)
class Measure:
    """One value of an indicator."""

    id: uuid.UUID
    on: str
    value: int
    source: str


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator, its latest measure, and all of them, the first first."""

    id: uuid.UUID
    label: str
    unit: str
    target: int | None
    value: int | None
    on: str
    baseline: int | None = None
    target_on: str = ""
    source: str = ""
    derived: str = ""
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class ObjectiveRow:
    """One objective."""

    id: uuid.UUID
    title: str
    order: str
    indicators: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class AxisRow:
    """One axis with how its actions stand."""

    id: uuid.UUID
    plan_id: uuid.UUID | None
    plan: str
    code: str
    title: str
    description: str
    objectives: tuple[ObjectiveRow, ...]
    actions: int
    done: int
    open: int


def year_counts(session: Session, today: date) -> dict[str, int]:
    """Count what Carnet knows by itself, by the code of `indicator_count`, over the year that ends
    today.

    Observations are counted where this computer reads them; what confidential groups do is counted
    nowhere.
    """
    since, until = ((today - timedelta(days=365)).isoformat(), (today + timedelta(days=1))
                    .isoformat())
    held = select(func.count()).select_from(Meeting).where(
        Meeting.deleted.is_not(True), Meeting.channel == COMMON, Meeting.starts_at >= since,
        Meeting.starts_at < until,
        Meeting.state.not_in([MeetingState.DRAFT, MeetingState.CONVENED]))
    meetings = session.scalar(held) or 0
    trained = sum(any(one.is_complete for one in own)
                  for own in followed_by(session, today - timedelta(days=365), today).values())
    given = session.execute(select(Validation.action_id, func.count()).where(
        Validation.answer == ValidationAnswer.GIVEN, Validation.deleted.is_not(True),
        Validation.answered_on >= since)
        .group_by(Validation.action_id)).all()
    received = session.scalar(select(func.count()).select_from(Observation).where(
        Observation.deleted.is_not(True), Observation.month >= since[:7],
        Observation.state.in_(
            [ObservationState.RECEIVED, ObservationState.QUALIFIED, ObservationState.LINKED]))) or 0
    return {"seances": meetings, "formees": trained,
            "validees": sum(count >= len(Party) for _id, count in given),
            "observations": received}


@dataclass(frozen=True)
class PlanRow:
    """One plan of the territory."""

    id: uuid.UUID
    name: str
    territory: str
    starts_on: str
    ends_on: str
    successor: str
    axes: int


def plans_of(session: Session) -> list[PlanRow]:
    """Return the plans, the last begun first."""
    found = {plan.id: plan for plan
             in session.scalars(select(Plan).where(Plan.deleted.is_not(True)))}
    axes = Counter(session.scalars(select(Axis.plan_id).where(Axis.deleted.is_not(True))))
    rows = [PlanRow(plan.id, plan.name or "", plan.territory or "", plan.starts_on or "",
                    plan.ends_on or "",
                    (found[plan.successor_id].name or "")
                    if plan.successor_id in found and plan.successor_id else "",
                    axes[plan.id]) for plan in found.values()]
    return sorted(rows, key=lambda row: (row.starts_on, row.name), reverse=True)


def axes_of(session: Session, today: date | None = None) -> list[AxisRow]:
    """Return the axes of every plan in their order. `today`: for what Carnet counts by itself; None
    leaves it out."""
    plans = {p.id: p.name or "" for p in session.scalars(select(Plan))}
    measures: dict[uuid.UUID | None, list[Measure]] = {}
    for v in session.scalars(select(IndicatorValue).where(IndicatorValue.deleted.is_not(True))
                             .order_by(IndicatorValue.on, IndicatorValue.id)):
        if v.value is not None:
            measures.setdefault(v.indicator_id,
                                []).append(Measure(v.id, v.on or "", v.value, v.source or ""))
    counted = year_counts(session, today) if today is not None else {}
    indicators: dict[uuid.UUID | None, list[IndicatorRow]] = {}
    for i in session.scalars(select(Indicator).where(Indicator.deleted.is_not(True))
                             .order_by(Indicator.id)):
        own = tuple(measures.get(i.id, ()))
        value, on = (own[-1].value, own[-1].on) if own else (None, "")
        if i.derived and today is not None:
            value, on = counted.get(i.derived), today.isoformat()
        indicators.setdefault(i.objective_id, []).append(IndicatorRow(
            i.id, i.label or "", i.unit or "", i.target, value, on, i.baseline, i.target_on or "",
            i.source or "",
            i.derived or "", own))
    objectives: dict[uuid.UUID | None, list[ObjectiveRow]] = {}
    for o in sorted(session.scalars(select(Objective).where(Objective.deleted.is_not(True))),
                    key=lambda o: (o.order or "", str(o.id))):
        objectives.setdefault(o.axis_id, []).append(ObjectiveRow(
            o.id, o.title or "", o.order or "", tuple(indicators.get(o.id, ()))))
    states: dict[uuid.UUID | None, Counter[str]] = {}
    for axis_id, state in session.execute(select(Action.axis_id, Action.state)
                                          .where(Action.deleted.is_not(True))):
        states.setdefault(axis_id, Counter())[state or ""] += 1
    rows = []
    # The axes of a plan stand together, as plans_of lists the plans.
    rank = {plan.id: number for number, plan in enumerate(plans_of(session))}
    for a in sorted(session.scalars(select(Axis).where(Axis.deleted.is_not(True))), key=lambda a: (
            rank.get(a.plan_id, len(rank)) if a.plan_id else len(rank), a.order or "",
            a.code or "")):
        counts = states.get(a.id, Counter())
        rows.append(AxisRow(a.id, a.plan_id, plans.get(a.plan_id, "") if a.plan_id else "",
                            a.code or "", a.title or "",
                            a.description or "", tuple(objectives.get(a.id, ())),
                            sum(counts.values()),
                            counts[ActionState.DONE], sum(counts[s] for s in OPEN)))
    return rows
