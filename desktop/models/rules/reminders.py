"""Rules of reminders: one is of an accord or to an organisation, and lies in no future."""

from collections.abc import Iterator
from typing import Any

from desktop.base.i18n import _
from desktop.models.actions import Action
from desktop.models.directory import Organisation
from desktop.models.rules.context import RuleContext, Violation


def check(record: Any, context: RuleContext) -> Iterator[Violation]:
    """Judge one reminder."""
    if record.organisation_id is None and (record.action_id is None or not record.party):
        yield Violation("organisation_id", _("Say who was reminded: an organisation, or a party."),
                        _("A party is reminded of the accord of one action."),
                        with_fields=("action_id", "party"))
    if record.action_id is not None and context.get(Action, record.action_id) is None:
        yield Violation("action_id", _("The action does not exist."), _("Choose one of the list."))
    if (record.organisation_id is not None
            and context.get(Organisation, record.organisation_id) is None):
        yield Violation("organisation_id", _("The organisation does not exist."),
                        _("Choose one of the list."))
    if record.on and record.on > context.today.isoformat():
        yield Violation("on", _("A reminder is noted on the day it went out, or later."))
