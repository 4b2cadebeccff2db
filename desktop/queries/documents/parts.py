"""What several documents share: the heading of the page, the people of a meeting, stored days and
moments."""

import uuid
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.text import sort_key
from desktop.models.directory import Group
from desktop.models.meetings import Attendance, Meeting
from desktop.models.plan import Axis
from desktop.models.record import Record, group_of
from desktop.models.states import AttendanceState
from desktop.models.vocabularies import Collective
from desktop.queries.live import alive
from desktop.queries.names import display_name
from desktop.queries.organisation_aliases import organisations_with
from desktop.queries.person_aliases import alias_map, deduplicate, people_with

R = TypeVar("R", bound=Record)

HERE = (AttendanceState.PRESENT, AttendanceState.REMOTE)
"""The states of those who were there, in the room or at a distance."""


@dataclass(frozen=True)
class Heading:
    """What stands at the top of each page. `as_of`: the day on which the data were read."""

    collective: str
    territory: str
    group: str
    axis: str
    as_of: date
    confidential: bool = False
    """It is of a confidential group, and read by it alone."""

    @property
    def group_marked(self) -> str:
        """The group's name, with the mark where it is confidential."""
        return (_("{group} · confidential").format(group=self.group) if self.confidential
                else self.group)


@dataclass(frozen=True)
class Participant:
    """One person of a meeting. `state` is an attendance state; times are "14:20" or empty."""

    id: uuid.UUID
    family: str
    given: str
    organisation: str
    function: str
    college: str
    state: str
    represented_by: str = ""
    arrived_at: str = ""
    left_at: str = ""
    signed_on_paper: bool = False
    organisation_id: uuid.UUID | None = None
    """Two structures may be written alike."""

    @property
    def name(self) -> str:
        """"BENALI Fatima"."""
        return display_name(self.given, self.family)


def meeting_with(session: Session, meeting_id: uuid.UUID) -> Meeting:
    """Return the meeting of this id; AppError where there is none."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise AppError(_("This meeting does not exist."),
                       _("It may have been written on a device not yet synced."))
    return meeting


def heading_of(session: Session, meeting: Meeting, today: date) -> Heading:
    """Return the heading of a document about this meeting."""
    group = session.get(Group, meeting.group_id) if meeting.group_id else None
    axis = session.get(Axis, group.axis_id) if group and group.axis_id else None
    return replace(collective_heading(session, today), group=(group.name if group else None) or "",
                   confidential=group_of(meeting.channel) is not None,
                   axis=_("Axis {code}: {title}")
                   .format(code=axis.code or "", title=axis.title or "") if axis else "")


def collective_heading(session: Session, today: date) -> Heading:
    """Return the heading of a document about no meeting in particular."""
    collective = next(iter(alive(session, Collective)), None)
    name, territory = ((collective.name or "", collective.territory or "") if collective
                       else ("", ""))
    return Heading(name, territory, "", "", today)


def participants_of(session: Session, meeting_id: uuid.UUID) -> list[Participant]:
    """Those expected or seen at a meeting, as a French directory sorts them."""
    rows = deduplicate(alias_map(session),
                     alive(session, Attendance, Attendance.meeting_id == meeting_id),
                     lambda row: row.person_id, lambda row: row.state)
    people = people_with(session,
                         {i for row in rows for i in (row.person_id, row.represented_by_id) if i})
    organisations = organisations_with(session,
                                       {p.organisation_id for p in people.values()
                                        if p.organisation_id})
    found = []
    for row in rows:
        person = people.get(row.person_id) if row.person_id else None
        if person is None:
            continue
        organisation = organisations.get(person.organisation_id) if person.organisation_id else None
        stand_in = people.get(row.represented_by_id) if row.represented_by_id else None
        found.append(Participant(
            person.id, person.family_name or "", person.given_name or "",
            (organisation.short_name or organisation.name or "") if organisation else "",
            person.function or "",
            (organisation.college or "") if organisation else "",
            row.state or AttendanceState.EXPECTED,
            display_name(stand_in.given_name, stand_in.family_name) if stand_in else "",
            row.arrived_at or "", row.left_at or "", bool(row.signed_on_paper),
            organisation.id if organisation else person.organisation_id))
    return sorted(found, key=lambda p: (sort_key(p.family), sort_key(p.given),
                                        sort_key(p.organisation), p.id))


