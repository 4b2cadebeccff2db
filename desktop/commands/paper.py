"""The paper of a meeting: the numbers of a sheet that went to the printer are kept, so that it can
be read back."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.commands.records import add_record
from desktop.models.meetings import Meeting, Sheet


def freeze_sheet(session: Session, meeting_id: uuid.UUID, people: Sequence[uuid.UUID]) -> None:
    """Remember who stood under which number, from 1; the same list printed again adds nothing."""
    numbers = [str(person_id) for person_id in people]
    last = session.scalars(select(Sheet)
                           .where(Sheet.meeting_id == meeting_id, Sheet.deleted.is_not(True))
                           .order_by(Sheet.id.desc()).limit(1)).first()
    if not numbers or (last is not None and last.numbers == numbers):
        return
    meeting = session.get(Meeting, meeting_id)
    add_record(session, "sheet",
               {"meeting_id": meeting_id, "code": meeting.code if meeting else None,
                "numbers": numbers})
