"""Rules of meetings: they end after they begin, and what is counted is not below nothing."""

from collections.abc import Iterator
from typing import Any

from desktop.base.i18n import _
from desktop.models.rules.context import RuleContext, Violation


def check(record: Any, _context: RuleContext) -> Iterator[Violation]:
    """Judge one meeting."""
    if record.starts_at and record.ends_at and record.ends_at < record.starts_at:
        yield Violation("ends_at", _("The meeting ends before it starts. Check its times."),
                        with_fields=("starts_at",))
    began = record.held_from or record.starts_at
    if record.held_until and began and record.held_until < began:
        yield Violation("held_until",
                        _("The meeting was over before it began. Check when it was held."),
                        with_fields=("held_from", "starts_at"))
    if record.quorum is not None and record.quorum < 0:
        yield Violation("quorum", _("A quorum is not below zero."))


def check_agenda_item(record: Any, _context: RuleContext) -> Iterator[Violation]:
    """Judge one point of an agenda."""
    if record.minutes is not None and not 0 <= record.minutes <= 24 * 60:
        yield Violation("minutes", _("A point takes from 0 minutes to a day."))


def check_decision(record: Any, _context: RuleContext) -> Iterator[Violation]:
    """Judge one decision."""
    for name in ("votes_for", "votes_against", "votes_abstained"):
        if (getattr(record, name) or 0) < 0:
            yield Violation(name, _("A number of votes is not below zero."))
