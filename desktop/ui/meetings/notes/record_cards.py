"""What the cards of the actions and decisions of a meeting say in its notes."""

import uuid

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.models.states import ActionState
from desktop.queries.actions import actions_of
from desktop.queries.meetings.rows import decisions_of
from desktop.ui.meetings.notes.cards import CardWords
from desktop.vault import Vault


def cards_of(vault: Vault, meeting_id: uuid.UUID) -> dict[tuple[str, uuid.UUID], CardWords]:
    """Return the words of each card of a meeting, by its kind and its record."""
    found = {}
    for action in vault.ask(actions_of, None, meeting_id):
        owner = action.owner or action.organisation or _("without owner")
        due = long_date(action.due_on, weekday=False) if action.due_on else _("without date")
        tone = "ok" if action.state == ActionState.DONE else "accent"
        found["action", action.id] = CardWords(_("ACTION"), action.title, f"{owner} · {due}", tone)
    for decision in vault.ask(decisions_of, meeting_id):
        found["decision", decision.id] = CardWords(_("DECISION"), decision.text, decision.number,
                                                   "ok")
    return found
