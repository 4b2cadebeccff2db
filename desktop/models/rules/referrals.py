"""Rules of referrals: a code in the place of a person, and nothing that tells who it is."""

from collections.abc import Iterator
from typing import Any

from desktop.base.i18n import _
from desktop.models.referrals import Referral
from desktop.models.rules.context import RuleContext, Violation
from desktop.models.rules.observations import month_in_reach
from desktop.models.rules.texts import no_identity
from desktop.privacy.case_codes import is_case_code


def check(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one referral."""
    yield from code_of_a_case("case_code", record, record.case_code, Referral, context)
    yield from no_identity("outcome", record.outcome)
    yield from month_in_reach("opened_month", record.opened_month, context)
    yield from month_in_reach("closed_month", record.closed_month, context)
    if record.opened_month and record.closed_month and record.closed_month < record.opened_month:
        yield Violation("closed_month", _("The referral would be closed before it was opened."),
                        with_fields=("opened_month",))


def check_step(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one step of a referral."""
    yield from no_identity("text", record.text)
    yield from month_in_reach("month", record.month, context)


def code_of_a_case(name: str, record: Any, code: str | None, cls: Any,
                   context: RuleContext) -> Iterator[Violation]:
    """Refuse a code that Carnet did not draw, or that another record bears."""
    if code and not is_case_code(code):
        yield Violation(name, _("This is no code that Carnet has drawn: it may tell who the person "
                                "is, or be mistyped."),
                        _("Leave the code that the form gives."))
    elif code:
        bearers = context.bearers(cls, name, code)
        if bearers - {record.id}:
            yield Violation(name, _("Another record bears this code already."),
                            _("Leave the code that the form gives."))
        bearers.add(record.id)
