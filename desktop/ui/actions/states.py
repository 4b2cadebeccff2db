"""How the states of actions look: their order on the board, their glyphs and tones."""

from datetime import date

from desktop.base.i18n import _
from desktop.models.states import ActionState, Party
from desktop.queries.actions import ActionRow
from desktop.ui.widgets.glyphs import BEGUN, CROSSED, DOTTED, HALF, PAUSED, TICKED, WAITED

STATE_TONES: dict[str, str] = {
    ActionState.IDEA: "neutral", ActionState.PROPOSED: "neutral", ActionState.TO_VALIDATE: "warn",
    ActionState.UNDER_WAY: "accent", ActionState.SUSPENDED: "neutral", ActionState.DONE: "ok",
    ActionState.GIVEN_UP: "neutral"}
GLYPHS: dict[str, str] = {
    ActionState.IDEA: WAITED, ActionState.PROPOSED: BEGUN, ActionState.TO_VALIDATE: HALF,
    ActionState.UNDER_WAY: DOTTED,
    ActionState.SUSPENDED: PAUSED, ActionState.DONE: TICKED, ActionState.GIVEN_UP: CROSSED}
LATE_TONES = {"late": "bad", "today": "warn", "week": "warn"}
"""How the day stands of what is late, or due soon; the sheet says it in words."""


def lateness_words(row: ActionRow, today: date) -> str:
    """Say late or due soon in a word; empty otherwise."""
    return {"late": _("late"), "today": _("today"),
            "week": _("this week")}.get(row.lateness(today), "")


def missing_words(row: ActionRow) -> str:
    """Say in a few words which accord an open action lacks; empty where it lacks none."""
    lacking = row.lacking if row.is_open else ()
    if len(lacking) > 1:
        return _("both accords are missing")
    if not lacking:
        return ""
    return (_("lacks the State’s accord") if lacking[0] is Party.STATE
            else _("lacks the agglomeration’s accord"))
