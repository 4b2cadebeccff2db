"""Rules of the plan: what is measured belongs to an objective, what Carnet counts is not typed."""

from collections.abc import Iterator
from typing import Any

from desktop.base.i18n import _
from desktop.models.plan import Axis, Indicator, Objective, Plan
from desktop.models.rules.context import RuleContext, Violation


def check_plan(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one plan."""
    if record.starts_on and record.ends_on and record.ends_on < record.starts_on:
        yield Violation("ends_on", _("The plan would end before it begins."),
                        with_fields=("starts_on",))
    if record.successor_id is not None and record.successor_id == record.id:
        yield Violation("successor_id", _("A plan does not follow itself."))
    elif _leads_to(record.successor_id, record.id, context):
        yield Violation("successor_id", _("The plans would follow one another in a circle."),
                        _("A plan is followed by one that begins after it."))


def _leads_to(plan_id: Any, wanted: Any, context: RuleContext) -> bool:
    seen = set()
    while plan_id is not None and plan_id not in seen:
        seen.add(plan_id)
        plan = context.get(Plan, plan_id)
        plan_id = plan.successor_id if plan is not None else None
        if plan_id is not None and plan_id == wanted:
            return True
    return False


def check_axis(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one axis."""
    if record.successor_id is not None:
        yield from _of_the_next(record.plan_id, context.get(Axis, record.successor_id), "plan_id",
                                context)


def check_objective(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one objective."""
    if record.successor_id is not None:
        own, other = context.get(Axis, record.axis_id), context.get(Objective, record.successor_id)
        following = context.get(Axis, other.axis_id) if other is not None else None
        yield from _of_the_next(own.plan_id if own is not None else None, following, "axis_id",
                                context)


def _of_the_next(plan_id: Any, following: Axis | None, owner: str,
                 context: RuleContext) -> Iterator[Violation]:
    plan = context.get(Plan, plan_id)
    if (following is None or plan is None or plan.successor_id is None
        or following.plan_id != plan.successor_id):
        yield Violation("successor_id", _("What follows belongs to the plan that follows."),
                        _("Say first by which plan this one is followed, then choose among its "
                          "axes and objectives."),
                        with_fields=(owner,))


def check_value(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one measure."""
    if record.value is None:
        yield Violation("value", _("A measure has a value."))
    indicator = context.get(Indicator, record.indicator_id)
    if indicator is not None and indicator.derived:
        yield Violation("indicator_id", _("Carnet counts this one by itself: it is not typed."))
