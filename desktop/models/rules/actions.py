"""Rules of actions: dates in order, a reason for giving up, and the two accords where the politique
de la ville pays."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.models.actions import Action, ActionFunding, Validation
from desktop.models.rules.context import RuleContext, Violation
from desktop.models.states import (
    POLITIQUE_DE_LA_VILLE,
    ActionState,
    Party,
    ValidationAnswer,
    needs_accords,
)


def check(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one action."""
    if not (record.title or "").strip():
        yield Violation("title", _("An action has a title."))
    yield from _progress(record)
    if record.starts_on and record.due_on and record.due_on < record.starts_on:
        yield Violation("due_on", _("The action would be due before it starts."),
                        with_fields=("starts_on",))
    if record.state == ActionState.GIVEN_UP and not (record.abandoned_reason or "").strip():
        yield Violation("abandoned_reason", _("Say in a few words why the action is given up."),
                        with_fields=("state",))
    missing = missing_accords(record, context)
    if missing:
        yield Violation("state", " ".join(missing),
                        _("It stays to be validated until both have agreed."),
                        with_fields=("funding",))


def missing_accords(record: Any, context: RuleContext) -> list[str]:
    """Say which accords an action lacks to be in its state; nothing for what needs none."""
    funding = record.funding
    if funding != POLITIQUE_DE_LA_VILLE and record.id is not None and any(
            part.source == POLITIQUE_DE_LA_VILLE
            for part in context.all(ActionFunding, action_id=record.id)):
        funding = POLITIQUE_DE_LA_VILLE
    if not needs_accords(record.state, funding):
        return []
    answers = ({v.party: v for v in context.all(Validation, action_id=record.id)}
               if record.id is not None else {})
    return [_lack(party, answers.get(party)) for party in Party
            if party not in answers or answers[party].answer != ValidationAnswer.GIVEN]


def _lack(party: Party, validation: Validation | None) -> str:
    whose = _("The accord of the State is missing") if party is Party.STATE else _(
        "The accord of the agglomeration is missing")
    if validation is not None and validation.answer == ValidationAnswer.REFUSED:
        return _("{whose}: it was refused.").format(whose=whose)
    if validation is not None and validation.asked_on:
        return _("{whose}: it was asked for on {day}.").format(
            whose=whose, day=long_date(date.fromisoformat(validation.asked_on), weekday=False))
    return _("{whose}: it was not asked for yet.").format(whose=whose)


def _progress(record: Any) -> Iterator[Violation]:
    if record.progress is not None and not 0 <= record.progress <= 100:
        yield Violation("progress", _("The progress goes from 0 to 100."))


def check_funding(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one contribution."""
    if record.cents is not None and record.cents <= 0:
        yield Violation("cents", _("An amount is more than nothing."))
    for name in ("granted_cents", "paid_cents"):
        amount = getattr(record, name)
        if amount is not None and amount < 0:
            yield Violation(name, _("An amount is not less than nothing."))
    if record.year is not None and not 1990 <= record.year <= 2100:
        yield Violation("year", _("A year is written with four figures."))
    yield from _of_an_action(record, context)


def check_validation(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge the answer of a party."""
    if record.answer == ValidationAnswer.REFUSED and not (record.remark or "").strip():
        yield Violation("remark", _("A refusal says why."), with_fields=("answer",))
    if record.asked_on and record.answered_on and record.answered_on < record.asked_on:
        yield Violation("answered_on", _("The answer would come before the question."),
                        with_fields=("asked_on",))
    if record.asked_on and record.until_on and record.until_on < record.asked_on:
        yield Violation("until_on", _("The answer would be hoped for before the question."),
                        with_fields=("asked_on",))
    yield from _of_an_action(record, context)


def check_follow_up(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one line on how an action goes."""
    yield from _progress(record)
    yield from _of_an_action(record, context)


def _of_an_action(record: Any, context: RuleContext) -> Iterator[Violation]:
    if record.action_id is not None and context.get(Action, record.action_id) is None:
        yield Violation("action_id", _("The action does not exist."), _("Choose one of the list."))
