"""When a meeting was held: the day and the hours that somebody gave, else those that were
planned."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlalchemy.orm import Session

from desktop.base.dates.french import long_date
from desktop.base.dates.stored import stored_moment
from desktop.base.i18n import _
from desktop.models.meetings import Meeting
from desktop.models.states import is_frozen

HELD = func.coalesce(Meeting.held_from, Meeting.starts_at)
"""The stored moment from which a meeting was held, in a statement."""
AWAY = timedelta(days=1)
"""Minutes that say another moment than the plan by more than this are asked about."""
SHORTEST = timedelta(minutes=10)


def held_times(meeting: Meeting) -> tuple[datetime | None, datetime | None]:
    """From when to when a meeting was held; a meeting held at another hour than planned lasts as
    long as planned."""
    planned, planned_end = stored_moment(meeting.starts_at), stored_moment(meeting.ends_at)
    start = stored_moment(meeting.held_from) or planned
    end = stored_moment(meeting.held_until)
    if end is None and planned_end is not None:
        end = (planned_end + (start - planned) if start is not None and planned is not None
               else planned_end)
    return start, end


def may_say_when_held(session: Session, meeting_id: uuid.UUID) -> bool:
    """Whether the day and the hours may still be corrected: validated minutes keep theirs."""
    meeting = session.get(Meeting, meeting_id)
    return meeting is not None and not is_frozen(meeting.state)


def held_gaps(meeting: Meeting) -> list[str]:
    """Return what is odd in the day and the hours that the minutes say, each in a sentence."""
    planned, opened = stored_moment(meeting.starts_at), stored_moment(meeting.started_at)
    start, end = held_times(meeting)
    gaps = []
    if planned is not None and start is not None and abs(start - planned) > AWAY:
        gaps.append(_("The minutes say {held}; the meeting was planned for {planned}.").format(
            held=long_date(start.date()), planned=long_date(planned.date())))
    elif (opened is not None and start is not None and meeting.held_from is None
          and abs(opened - start) > AWAY):
        gaps.append(_("The session was opened on {opened}, and the minutes say {held}: its form "
                      "has the day it was held.")
                    .format(opened=long_date(opened.date()), held=long_date(start.date())))
    if start is not None and end is not None and end - start < SHORTEST:
        gaps.append(_("By its hours the meeting lasted less than ten minutes: its form has when it "
                      "was held."))
    return gaps
