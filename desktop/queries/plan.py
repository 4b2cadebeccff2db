"""What the plan screen shows: axes with their objectives, indicators and the actions that serve them."""

import uuid
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.actions import Action
from desktop.models.plan import Axis, Indicator, IndicatorValue, Objective, Plan
from desktop.models.states import ActionState
from desktop.queries.actions import OPEN


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator and its latest measure."""

    id: uuid.UUID
    label: str
    unit: str
    target: int | None
    value: int | None
    on: str


@dataclass(frozen=True)
class ObjectiveRow:
    """One objective."""

    id: uuid.UUID
    title: str
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


def axes_of(session: Session) -> list[AxisRow]:
    """The axes of every plan in their order."""
    plans = {p.id: p.name or "" for p in session.scalars(select(Plan))}
    latest: dict[uuid.UUID, IndicatorValue] = {}
    for v in session.scalars(select(IndicatorValue).where(IndicatorValue.deleted.is_not(True))
                             .order_by(IndicatorValue.on)):
        if v.indicator_id is not None:
            latest[v.indicator_id] = v
    indicators: dict[uuid.UUID | None, list[IndicatorRow]] = {}
    for i in session.scalars(select(Indicator).where(Indicator.deleted.is_not(True))):
        last = latest.get(i.id)
        indicators.setdefault(i.objective_id, []).append(IndicatorRow(
            i.id, i.label or "", i.unit or "", i.target, last.value if last else None, (last.on or "") if last else ""))
    objectives: dict[uuid.UUID | None, list[ObjectiveRow]] = {}
    for o in sorted(session.scalars(select(Objective).where(Objective.deleted.is_not(True))), key=lambda o: o.order or ""):
        objectives.setdefault(o.axis_id, []).append(ObjectiveRow(o.id, o.title or "", tuple(indicators.get(o.id, ()))))
    states: dict[uuid.UUID | None, Counter[str]] = {}
    for axis_id, state in session.execute(select(Action.axis_id, Action.state).where(Action.deleted.is_not(True))):
        states.setdefault(axis_id, Counter())[state or ""] += 1
    rows = []
    for a in sorted(session.scalars(select(Axis).where(Axis.deleted.is_not(True))), key=lambda a: (a.order or "", a.code or "")):
        counts = states.get(a.id, Counter())
        rows.append(AxisRow(a.id, a.plan_id, plans.get(a.plan_id, "") if a.plan_id else "", a.code or "", a.title or "",
                            a.description or "", tuple(objectives.get(a.id, ())), sum(counts.values()),
                            counts[ActionState.DONE], sum(counts[s] for s in OPEN)))
    return rows
