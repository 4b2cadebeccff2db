"""Where a record that was found is shown: an agenda item in its meeting, a follow-up in its
action."""

import uuid

from sqlalchemy.orm import Session

from desktop.models.record import RECORDS

_PARENTS = {
    "agenda_item": ("meeting", "meeting_id"), "note_block": ("meeting", "meeting_id"),
    "decision": ("meeting", "meeting_id"),
    "minutes_version": ("meeting", "meeting_id"), "attendance": ("meeting", "meeting_id"),
    "follow_up": ("action", "action_id"), "validation": ("action", "action_id"),
    "action_funding": ("action", "action_id"), "notice": ("action", "action_id"),
    "referral_step": ("referral", "referral_id"),
    "internship_application": ("internship_request", "request_id"),
    "membership": ("group", "group_id"),
    "commitment": ("organisation", "organisation_id"), "objective": ("axis", "axis_id"),
    "indicator": ("objective", "objective_id"),
}


def owner_of(session: Session, kind: str, record_id: uuid.UUID) -> tuple[str, uuid.UUID]:
    """Return the kind and id of the record on whose page this one is read: itself where it has a
    page of its own."""
    while kind in _PARENTS:
        parent, name = _PARENTS[kind]
        record = session.get(RECORDS[kind], record_id)
        found: uuid.UUID | None = getattr(record, name, None)
        if found is None:
            break
        kind, record_id = parent, found
    return kind, record_id
