"""The roll-call of a training, one half-day after the other."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.commands.meetings import mark_attendance
from desktop.models.meetings import AttendanceSlot
from desktop.models.record import beside, derived_id
from desktop.models.states import AttendanceState

_HERE = (AttendanceState.PRESENT, AttendanceState.REMOTE)


def mark_half_day(session: Session, meeting_id: uuid.UUID, person_id: uuid.UUID, slot: str,
                  state: str,
                  signed: bool | None = None) -> None:
    """Set how a person takes part in one half-day; whether they followed the training at all
    follows from it.

    `slot` is the code of a `HalfDay`; `signed`: read on the paper.
    """
    row_id = beside(derived_id("attendance_slot", meeting_id, person_id, slot), meeting_id)
    # One that came from elsewhere may have another id: it is the same half-day.
    row = session.get(AttendanceSlot, row_id) or session.scalars(select(AttendanceSlot).where(
        AttendanceSlot.meeting_id == meeting_id, AttendanceSlot.person_id == person_id,
        AttendanceSlot.slot == slot,
        AttendanceSlot.deleted.is_not(True))).first()
    if row is None:
        row = AttendanceSlot(id=row_id, meeting_id=meeting_id, person_id=person_id, slot=slot)
        session.add(row)
    if row.deleted:
        row.deleted = False
    row.state = state
    if signed is not None:
        row.signed = signed
    session.flush()
    states = set(session.scalars(select(AttendanceSlot.state).where(
        AttendanceSlot.meeting_id == meeting_id, AttendanceSlot.person_id == person_id,
        AttendanceSlot.deleted.is_not(True))))
    whole = next((one for one in (*_HERE, AttendanceState.EXPECTED, AttendanceState.REPRESENTED,
                                  AttendanceState.EXCUSED, AttendanceState.ABSENT)
                  if one in states), state)
    mark_attendance(session, meeting_id, person_id, whole)
