"""Rules of trainings: a session belongs to a programme that is there, and is refreshed within ten
years."""

from collections.abc import Iterator
from typing import Any

from desktop.base.i18n import _
from desktop.models.rules.context import RuleContext, Violation

LONGEST = 120
"""Months after which what was learnt is refreshed at the latest."""


def check(record: Any, _context: RuleContext) -> Iterator[Violation]:
    """Judge one programme."""
    if not (record.title or "").strip():
        yield Violation("title", _("A programme has a title."))
    if record.refresh_months is not None and not 1 <= record.refresh_months <= LONGEST:
        yield Violation("refresh_months", _("Give from 1 to {most} months.").format(most=LONGEST))
