"""The roll-call of one half-day of a training."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.meetings import AttendanceSlot
from desktop.models.states import AttendanceState
from desktop.queries.meetings.rows import THERE, AttendanceRow


def half_day_of(session: Session, meeting_id: uuid.UUID, slot: str,
                everyone: Sequence[AttendanceRow]) -> list[AttendanceRow]:
    """`everyone` as they take part in the half-day with this code; `followed` counts all of those
    that they followed."""
    found = session.execute(select(AttendanceSlot.person_id, AttendanceSlot.slot,
                                   AttendanceSlot.state, AttendanceSlot.signed)
                            .where(AttendanceSlot.meeting_id == meeting_id,
                                   AttendanceSlot.deleted.is_not(True))).all()
    states = {row[0]: (row[2] or AttendanceState.EXPECTED, bool(row[3])) for row in found
              if row[1] == slot}
    followed: dict[uuid.UUID | None, int] = {}
    for person, _slot, state, _signed in found:
        followed[person] = followed.get(person, 0) + (state in THERE)
    return [replace(row, state=states[row.person_id][0] if row.person_id in states
                    else _before(row.state),
                    signed=states.get(row.person_id, ("", False))[1], arrived_at="",
                    represented_by="",
                    followed=followed.get(row.person_id, 0)) for row in everyone]


def _before(state: str) -> str:
    """Return what is known of a half-day that nobody called yet: who excused themselves did so for
    the whole training."""
    return (state if state in (AttendanceState.EXCUSED, AttendanceState.ABSENT)
            else AttendanceState.EXPECTED)
