"""The one place where a record is judged by the rules of its area."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.record import Record, fields_of
from desktop.models.rules import (
    actions,
    charter,
    codes,
    directory,
    internships,
    meetings,
    observations,
    places,
    plan,
    referrals,
    reminders,
    resources,
    trainings,
)
from desktop.models.rules.context import RuleContext, Violation

RULES: dict[str, Callable[[Any, RuleContext], Iterator[Violation]]] = {
    "observation": observations.check,
    "feedback": observations.check_feedback,
    "referral": referrals.check,
    "referral_step": referrals.check_step,
    "internship_offer": internships.check_offer,
    "internship_request": internships.check_request,
    "internship_application": internships.check_application,
    "action": actions.check,
    "action_funding": actions.check_funding,
    "validation": actions.check_validation,
    "follow_up": actions.check_follow_up,
    "meeting": meetings.check,
    "agenda_item": meetings.check_agenda_item,
    "decision": meetings.check_decision,
    "membership": directory.check_membership,
    "commitment": directory.check_commitment,
    "charter": charter.check,
    "clause": charter.check_clause,
    "plan": plan.check_plan,
    "axis": plan.check_axis,
    "objective": plan.check_objective,
    "resource": resources.check,
    "resource_loan": resources.check_loan,
    "resource_use": resources.check_use,
    "indicator_value": plan.check_value,
    "reminder": reminders.check,
    "training": trainings.check,
    "place": places.check,
    "term": places.check_term,
}
"""Kind of record -> what judges it, beside the codes that every kind may hold."""


@cache
def is_judged(cls: type[Record]) -> bool:
    """Whether any rule looks at this kind of record."""
    return cls.kind_name() in RULES or any(":" in field.choices for field in fields_of(cls))


@cache
def blank_of(cls: type[Record]) -> dict[str, None]:
    """Every field of a kind, with no value."""
    return dict.fromkeys(field.name for field in fields_of(cls))


def violations(cls: type[Record], record: Any, context: RuleContext) -> list[Violation]:
    """Every rule that a record breaks; `record` gives each field of its kind as an attribute."""
    found = list(codes.check(cls, record, context))
    rule = RULES.get(cls.kind_name())
    return found + list(rule(record, context)) if rule is not None else found


def refuse(cls: type[Record], record: Any, session: Session, today: date,
           changed: frozenset[str] | None = None) -> None:
    """Raise AppError, with the field that is wrong, if a record breaks a rule; None for `changed`
    means a new one."""
    if record.deleted or not is_judged(cls):
        return
    broken = [v for v in violations(cls, record, RuleContext(session, today))
              if v.concerns(changed)]
    if broken:
        first = broken[0]
        raise AppError(
            " ".join(
                dict.fromkeys(_("{field}: {message}")
                              .format(field=_(_label(cls, v.field)), message=v.message)
                              for v in broken)), first.hint,
                       fields=tuple(dict.fromkeys(v.field for v in broken)))


def _label(cls: type[Record], name: str) -> str:
    return str(cls.__table__.columns[name].info["field"].label)
