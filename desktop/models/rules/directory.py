"""Rules of the directory: what has an end ends after it began, and nobody promises the same thing
twice."""

from collections.abc import Iterator
from typing import Any

from desktop.base.i18n import _
from desktop.models.directory import Commitment
from desktop.models.rules.context import RuleContext, Violation


def check_membership(record: Any, _context: RuleContext) -> Iterator[Violation]:
    """Judge one membership of a group."""
    if record.since and record.until and record.until < record.since:
        yield Violation("until", _("The membership would end before it begins."),
                        with_fields=("since",))


def check_commitment(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one commitment to the charter."""
    if record.organisation_id is not None and any(
            other.id != record.id and other.charter_id == record.charter_id
            for other in context.all(Commitment, organisation_id=record.organisation_id)):
        yield Violation("organisation_id", _("This organisation has signed this version already."),
                        _("Change that signature instead."), with_fields=("charter_id",))
