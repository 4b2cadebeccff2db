"""Rules of the plan: what is measured belongs to an objective, what Carnet counts is not typed."""

from collections.abc import Iterator
from typing import Any

from desktop.base.i18n import _
from desktop.models.plan import Indicator
from desktop.models.rules.context import RuleContext, Violation


def check_plan(record: Any, _context: RuleContext) -> Iterator[Violation]:
    """Judge one plan."""
    if record.starts_on and record.ends_on and record.ends_on < record.starts_on:
        yield Violation("ends_on", _("The plan would end before it begins."),
                        with_fields=("starts_on",))
    if record.successor_id is not None and record.successor_id == record.id:
        yield Violation("successor_id", _("A plan does not follow itself."))


def check_value(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one measure."""
    if record.value is None:
        yield Violation("value", _("A measure has a value."))
    indicator = context.get(Indicator, record.indicator_id)
    if indicator is not None and indicator.derived:
        yield Violation("indicator_id", _("Carnet counts this one by itself: it is not typed."))
