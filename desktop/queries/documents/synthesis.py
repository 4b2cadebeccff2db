"""The synthesis of the plan: one line an axis, what waits for an accord, what is late or stopped,
the indicators."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from desktop.models.actions import ActionFunding, Validation
from desktop.models.states import ActionState, Party, ValidationAnswer, is_funded
from desktop.queries.actions import ActionRow, actions_of, day_of
from desktop.queries.plan import axes_of
from desktop.queries.succession import PlanSuccession, successions_of

STAGES: tuple[tuple[str, frozenset[str]], ...] = (
    ("coming", frozenset({ActionState.IDEA, ActionState.PROPOSED})),
    ("to validate", frozenset({ActionState.TO_VALIDATE})),
    ("under way", frozenset({ActionState.UNDER_WAY})), ("done", frozenset({ActionState.DONE})),
    ("stopped", frozenset({ActionState.SUSPENDED, ActionState.GIVEN_UP})))
"""Under which word of the synthesis each state is counted."""
_OVER = frozenset({ActionState.DONE, ActionState.GIVEN_UP})


@dataclass(frozen=True)
class Accords:
    """How many accords of one party are given, awaited, refused, of the actions that need one."""

    given: int
    awaited: int
    refused: int
    needed: int


@dataclass(frozen=True)
class AxisLine:
    """One axis in figures. `stages`: by the words of STAGES; money in cents, of the year of the
    synthesis."""

    code: str
    title: str
    actions: int
    stages: tuple[int, ...]
    accords: tuple[Accords, ...]
    requested: int
    granted: int
    paid: int


@dataclass(frozen=True)
class AwaitedAccord:
    """One action that lacks an accord: of which parties, since when the first was asked; None where
    none was."""

    title: str
    axis: str
    parties: tuple[str, ...]
    since: date | None


@dataclass(frozen=True)
class Behind:
    """One action that is late (`due_on`), suspended or given up (`reason`)."""

    title: str
    axis: str
    state: str
    due_on: date | None
    reason: str


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator: what is reached, what is aimed at."""

    axis: str
    label: str
    value: int | None
    target: int | None


@dataclass(frozen=True)
class Synthesis:
    """One page on the plan. `axes` end with what belongs to none, where there is such an action."""

    on: date
    axes: tuple[AxisLine, ...]
    whole: AxisLine
    funded: int
    waiting: tuple[AwaitedAccord, ...]
    behind: tuple[Behind, ...]
    indicators: tuple[IndicatorLine, ...]
    successions: tuple[PlanSuccession, ...] = ()


def synthesis_of(session: Session, plan_id: uuid.UUID, today: date) -> Synthesis:
    """Read the synthesis of a plan on a day. What confidential groups do is not in it."""
    every = axes_of(session, today)
    axes = [axis for axis in every if axis.plan_id == plan_id]
    codes: dict[uuid.UUID | None, str] = {axis.id: axis.code for axis in axes}
    # What another plan counts is not outside the axes of this one.
    others = {axis.id for axis in every} - set(codes)
    rows = [row for row in actions_of(session)
            if not row.confidential and row.axis_id not in others]
    money = _money(session, today.year)
    groups = [(axis.code, axis.title, [row for row in rows if row.axis_id == axis.id])
              for axis in axes]
    groups.append(("", "", [row for row in rows if row.axis_id not in codes]))
    lines = tuple(_line(code, title, own, money) for code, title, own in groups if own or title)
    asked = {(action, party): day_of(on) for action, party, on in session.execute(
        select(Validation.action_id, Validation.party, Validation.asked_on)
        .where(Validation.deleted.is_not(True)))}
    waiting = [AwaitedAccord(row.title, codes.get(row.axis_id, ""), tuple(map(str, row.lacking)),
                       min((day for party in row.lacking
                            if (day := asked.get((row.id, party))) is not None), default=None))
               for row in rows if row.is_open and row.lacking]
    behind = [Behind(row.title, codes.get(row.axis_id, ""), row.state, row.due_on, row.reason)
              for row in rows
              if row.lateness(today) == "late"
              or row.state in (ActionState.SUSPENDED, ActionState.GIVEN_UP)]
    return Synthesis(
        today, lines, _line("", "", rows, money), sum(map(_is_funded, rows)),
        tuple(sorted(waiting, key=lambda one: (one.since or date.max, one.title))),
        tuple(
            sorted(behind, key=lambda one: (one.state in STAGES[-1][1], one.due_on or date.max,
                                            one.title))),
        tuple(IndicatorLine(axis.code, one.label, one.value, one.target) for axis in axes
              for objective in axis.objectives
              for one in objective.indicators if one.value is not None or one.target is not None),
        successions_of(session, plan_id))


def _money(session: Session, year: int) -> dict[uuid.UUID, tuple[int, int, int]]:
    """By action: cents requested, granted and paid of a year; an amount without a year is of this
    one."""
    sums = session.execute(
        select(ActionFunding.action_id, func.sum(func.coalesce(ActionFunding.cents, 0)),
               func.sum(func.coalesce(ActionFunding.granted_cents, 0)),
               func.sum(func.coalesce(ActionFunding.paid_cents, 0)))
        .where(ActionFunding.deleted.is_not(True),
               or_(ActionFunding.year == year, ActionFunding.year.is_(None)))
        .group_by(ActionFunding.action_id))
    return {action: (int(asked), int(granted), int(paid)) for action, asked, granted, paid in sums
            if action is not None}


def _is_funded(row: ActionRow) -> bool:
    return any(map(is_funded, row.sources))


def _line(code: str, title: str, rows: list[ActionRow],
          money: dict[uuid.UUID, tuple[int, int, int]]) -> AxisLine:
    states = Counter(row.state for row in rows)
    funded = [row for row in rows if _is_funded(row) and row.state != ActionState.GIVEN_UP]
    accords = []
    for party in Party:
        answers = Counter(dict(row.validations).get(party) for row in funded)
        given, refused = answers[ValidationAnswer.GIVEN], answers[ValidationAnswer.REFUSED]
        accords.append(Accords(given, len(funded) - given - refused, refused, len(funded)))
    amounts = [money[row.id] for row in rows if row.id in money]
    return AxisLine(code, title, len(rows),
                    tuple(sum(states[state] for state in wanted) for _word, wanted in STAGES),
                    tuple(accords), *(sum(one[place] for one in amounts) for place in range(3)))
