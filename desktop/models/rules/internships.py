"""Rules of internship offers and searches: figures that do not contradict each other, codes instead of names."""

from collections.abc import Iterator
from typing import Any

from desktop.base.i18n import _
from desktop.models.internships import InternshipRequest
from desktop.models.rules.context import RuleContext, Violation
from desktop.models.rules.observations import month_in_reach
from desktop.models.rules.referrals import code_of_a_case

_COUNTS = ("sent", "refused", "no_answer")


def check_offer(record: Any, _context: RuleContext) -> Iterator[Violation]:
    """Judge one offer."""
    if record.places is not None and record.places < 1:
        yield Violation("places", _("An offer has one place at least."))


def check_request(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one search."""
    yield from code_of_a_case("code", record, record.code, InternshipRequest, context)
    yield from month_in_reach("month", record.month, context)
    for name in _COUNTS:
        if (getattr(record, name) or 0) < 0:
            yield Violation(name, _("A number of requests is not below zero."))
    answered = (record.refused or 0) + (record.no_answer or 0)
    if answered > (record.sent or 0):
        wrong = "refused" if (record.refused or 0) > (record.sent or 0) or not record.no_answer else "no_answer"
        yield Violation(wrong, _("More refusals and silences than requests were sent: {answered} for {sent}.").format(
            answered=answered, sent=record.sent or 0), with_fields=_COUNTS)
