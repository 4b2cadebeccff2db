"""Rules of the charter: its versions are numbered, each number once."""

from collections.abc import Iterator
from typing import Any

from desktop.base.i18n import _
from desktop.models.charter import Charter
from desktop.models.rules.context import RuleContext, Violation


def check(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one version of the charter."""
    if record.version is None or record.version < 1:
        yield Violation("version", _("Versions are numbered from 1 on."))
    elif any(other.id != record.id for other in context.all(Charter, version=record.version)):
        yield Violation("version", _("There is a version with this number already."))


def check_clause(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one clause."""
    if record.charter_id is not None and context.get(Charter, record.charter_id) is None:
        yield Violation("charter_id", _("This charter does not exist."))
