"""Rules of observations: nobody can be recognised, and a state has what it needs."""

import re
from collections.abc import Iterator
from typing import Any

from desktop.base.i18n import _
from desktop.models.actions import Action
from desktop.models.rules.context import RuleContext, Violation
from desktop.models.rules.texts import no_identity, not_longer
from desktop.models.states import ObservationState

ACCOUNT_LIMIT = 600
"""Characters of an account."""
SMALLEST_COMMUNE = 2_000
"""Inhabitants under which a commune tells too much: its zone is kept instead."""
MOST_CRITERIA = 2
"""Criteria beside the principal one."""
FIRST_MONTH = "2000-01"
SENTENCE_LIMIT = 140
"""Characters of what the watch group says to an author."""
_PERIOD = re.compile(r"\d{4}(-T[1-4])?|avant-\d{4}")


def check(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one observation."""
    yield from month_in_reach("month", record.month, context)
    yield from _criteria(record)
    yield from _commune(record, context)
    yield from _facts(record)
    yield from _state(record, context)
    yield from _answer(record)
    yield from not_longer("account", record.account, ACCOUNT_LIMIT)
    for name in ("account", "discarded_reason"):
        yield from no_identity(name, getattr(record, name))


def month_in_reach(name: str, month: str | None, context: RuleContext) -> Iterator[Violation]:
    """Refuse a month that is to come, or before 2000."""
    if month and month > context.today.isoformat()[:7]:
        yield Violation(name, _("{month} is to come.").format(month=month),
                        _("Give the month of this year or an earlier one."))
    elif month and month < FIRST_MONTH:
        yield Violation(name, _("{month} is before 2000.").format(month=month))


def _criteria(record: Any) -> Iterator[Violation]:
    criteria = record.criteria or []
    if len(criteria) > MOST_CRITERIA:
        yield Violation("criteria",
                        _("An observation has at most three criteria: the principal one and two "
                          "others."))
    if record.principal_criterion in criteria or len(set(criteria)) < len(criteria):
        yield Violation("criteria",
                        _("A criterion stands twice; the principal one is not repeated among the "
                          "others."),
                        with_fields=("principal_criterion",))


def _commune(record: Any, context: RuleContext) -> Iterator[Violation]:
    place = context.places("commune").get(record.commune or "")
    if place is not None and place.population is not None and place.population < SMALLEST_COMMUNE:
        zone = context.places("zone").get(place.parent_code or "")
        where = f"{zone.name} ({zone.code})" if zone is not None else _("its zone")
        yield Violation("commune",
                        _("{name} has fewer than 2,000 inhabitants: an observation there tells too "
                          "much.").format(
                              name=place.name),
                        _("Give its zone instead: {zone}.").format(zone=where))


def _facts(record: Any) -> Iterator[Violation]:
    if record.facts_period and not _PERIOD.fullmatch(record.facts_period):
        yield Violation("facts_period",
                        _("The period of the facts is a year or a calendar quarter, without a "
                          "day."),
                        _("Write 2026, 2026-T1, or avant-2026 for an earlier year."))
    if record.same_as_id is not None and record.same_as_id == record.id:
        yield Violation("same_as_id",
                        _("An observation tells the same facts as another one, not as itself."))
    if record.confidence is not None and record.confidence not in (1, 2, 3):
        yield Violation("confidence", _("The confidence goes from 1 to 3."))


def _state(record: Any, context: RuleContext) -> Iterator[Violation]:
    if record.state == ObservationState.SET_ASIDE and not (record.discarded_reason or "").strip():
        yield Violation("discarded_reason",
                        _("Say in a few words why the observation is set aside."),
                        with_fields=("state",))
    if record.action_id is not None and context.get(Action, record.action_id) is None:
        yield Violation("action_id", _("The action to which it is linked does not exist."),
                        _("Choose one of the list."))
    elif record.state == ObservationState.LINKED and record.action_id is None:
        yield Violation("action_id", _("Say to which action the observation is linked."),
                        with_fields=("state",))
    if record.state == ObservationState.QUALIFIED and not record.qualification:
        yield Violation("qualification", _("Say how the jurist qualifies the observation."),
                        with_fields=("state",))


def _answer(record: Any) -> Iterator[Violation]:
    if record.answer and not record.answered_question:
        yield Violation("answered_question", _("Say which question is answered."),
                        with_fields=("answer",))


def check_feedback(record: Any, _context: RuleContext) -> Iterator[Violation]:
    """Judge what is told to an author: few words, and nobody in them."""
    yield from not_longer("sentence", record.sentence, SENTENCE_LIMIT)
    yield from no_identity("sentence", record.sentence)
