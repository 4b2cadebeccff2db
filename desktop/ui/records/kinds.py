"""What each kind of record is called on the screens, and its drawing."""

from desktop.base.i18n import N_, _

NAMES = {
    "action": N_("Action"), "agenda_item": N_("Agenda point"), "attachment": N_("Attached file"),
    "attendance": N_("Expected person"), "axis": N_("Axis"),
    "charter": N_("Charter"), "clause": N_("Clause of the charter"),
    "commitment": N_("Charter commitment"),
    "decision": N_("Decision"), "dispositif": N_("Scheme"), "follow_up": N_("Follow-up"),
    "group": N_("Group"),
    "indicator": N_("Indicator"), "internship_offer": N_("Internship offer"),
    "internship_application": N_("Application for an internship"),
    "internship_request": N_("Internship search"),
    "meeting": N_("Meeting"), "membership": N_("Group member"),
    "note_block": N_("Notes"), "notice": N_("Notice"), "objective": N_("Objective"),
    "observation": N_("Observation"),
    "organisation": N_("Organisation"), "person": N_("Person"), "place": N_("Place"),
    "referral": N_("Referral"),
    "referral_step": N_("Step of a referral"), "reminder": N_("Reminder"),
    "resource": N_("Resource"),
    "resource_loan": N_("Loan of a resource"), "resource_use": N_("Use of a resource"),
    "sheet": N_("Attendance sheet"),
    "erasure_request": N_("Request to erase"), "term": N_("Vocabulary entry"),
    "training": N_("Training programme"), "validation": N_("Validation"), "plan": N_("Plan"),
}

ICONS = {"meeting": "calendar-days", "agenda_item": "calendar-days", "note_block": "pencil",
         "decision": "circle-check",
         "action": "list-checks", "follow_up": "list-checks", "observation": "notebook-pen",
         "referral": "signpost",
         "organisation": "building-2", "person": "users", "group": "users", "axis": "target",
         "objective": "target",
         "internship_offer": "graduation-cap", "resource": "library", "training": "presentation",
         "charter": "scroll-text", "clause": "scroll-text", "commitment": "scroll-text"}


def kind_name(kind: str) -> str:
    """Return the word for a kind, in the reader's language."""
    return _(NAMES[kind]) if kind in NAMES else _("Other record")
