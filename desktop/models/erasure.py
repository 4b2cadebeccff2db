"""Erasing for good: the fields of a record are emptied under a mark that no edit passes, and
nothing else remembers them.

The mark is the last of all stamps (`base.clock.ERASED`), with an empty value: whatever comes late
from another device loses to it, in any order, and two devices that erase the same record write the
same bytes. The tombstone stays.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection

from desktop.base.clock import ERASED
from desktop.models.record import RECORDS, STAMP, fields_of

KEPT_FOR_GOOD = frozenset({"release"})
"""Kinds that no purge empties: what was published cannot be taken back, and later figures stand on
it."""

KEYS = {
    "attendance": ("meeting_id", "person_id"),
    "attendance_slot": ("meeting_id", "person_id", "slot"),
    "membership": ("group_id", "person_id", "organisation_id"),
    "validation": ("action_id", "party"),
    "term": ("vocabulary", "code"), "place": ("kind", "code"),
    "note_block": ("meeting_id", "agenda_item_id", "audience"),
    "feedback": ("handle",),
}
"""Kinds whose id is made of these fields: the same record may be wanted again (a person comes back
to a group), so that by itself it is emptied but for its keys, by ordinary stamps. It is erased only
with what it belongs to."""

PARTS = {
    "meeting": (("agenda_item", "meeting_id"), ("note_block", "meeting_id"),
                ("decision", "meeting_id"),
                ("minutes_version", "meeting_id"), ("attendance", "meeting_id"),
                ("attendance_slot", "meeting_id"),
                ("sheet", "meeting_id"), ("attachment", "owner_id")),
    "note_block": (("note_update", "block_id"),),
    "action": (("follow_up", "action_id"), ("validation", "action_id"),
               ("action_funding", "action_id"), ("notice", "action_id"),
               ("reminder", "action_id")),
    "referral": (("referral_step", "referral_id"),),
    "internship_request": (("internship_application", "request_id"),),
    "group": (("membership", "group_id"),),
    "resource": (("resource_loan", "resource_id"), ("resource_use", "resource_id"),
                 ("attachment", "owner_id")),
    "organisation": (("commitment", "organisation_id"), ("reminder", "organisation_id")),
    "plan": (("axis", "plan_id"),), 
    "charter": (("clause", "charter_id"),), "axis": (("objective", "axis_id"),),
    "objective": (("indicator", "objective_id"),),
    "indicator": (("indicator_value", "indicator_id"),),
}
"""What is nothing without its record, and goes with it: kind -> (kind of the part, the field that
names the record)."""


def contents(kind: str) -> list[str]:
    """Return the fields that say something: all but the tombstone, and the keys of what may be made
    again."""
    return [f.name for f in fields_of(RECORDS[kind])
            if f.name != "deleted" and f.name not in KEYS.get(kind, ())]


def erase(connection: Connection, kind: str, ids: Collection[bytes]) -> None:
    """Empty these records under the mark, the fields that do not travel too."""
    if not ids:
        return
    sets = ", ".join(f'"{f.name}" = {1 if f.name == "deleted" else "NULL"}, "{f.name}{STAMP}" = ?'
                     for f in fields_of(RECORDS[kind]))
    marks = [ERASED] * len(fields_of(RECORDS[kind]))
    connection.exec_driver_sql(f'UPDATE "{kind}" SET {sets} WHERE id = ?',
                               [(*marks, record_id) for record_id in ids])
    forget(connection, kind, ids)


def forget(connection: Connection, kind: str, ids: Iterable[bytes]) -> None:
    """Drop what else the vault holds of these records: values that lost to others, fields of newer
    versions, files."""
    if kind == "attachment":
        ids = list(ids)
        connection.exec_driver_sql("UPDATE enclosure SET data = NULL WHERE record_id = ?",
                                   [(one,) for one in ids])
    rows = [(kind, record_id) for record_id in ids]
    for table in ("version", "unknown") if rows else ():
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE kind = ? AND record_id = ?", rows)
