"""What several documents share: the heading of the page, the people of a meeting, stored days and moments."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.text import sort_key
from desktop.models.directory import Group, Organisation, Person
from desktop.models.meetings import Attendance, Meeting
from desktop.models.plan import Axis
from desktop.models.record import Record, group_of
from desktop.models.vocabularies import Collective
from desktop.queries.same_person import once_each, people_with, stand_ins, standing

R = TypeVar("R", bound=Record)

HERE = ("present", "distance")
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
        return _("{group} · confidential").format(group=self.group) if self.confidential else self.group


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

    @property
    def name(self) -> str:
        """"BENALI Fatima"."""
        return full_name(self.family, self.given)


def full_name(family: str, given: str) -> str:
    """"BENALI Fatima": the family name in capitals, first."""
    return f"{family.upper()} {given}".strip()


def moment(text: str | None) -> datetime | None:
    """A stored moment, or None where it is missing or unreadable."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def day(text: str | None) -> date | None:
    """A stored day, or None where it is missing or unreadable."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def alive(session: Session, cls: type[R], *where: Any) -> list[R]:
    """The records of a kind that are not deleted and that meet the conditions."""
    return list(session.scalars(select(cls).where(cls.deleted.is_not(True), *where)))


def meeting_with(session: Session, meeting_id: uuid.UUID) -> Meeting:
    """The meeting of this id; AppError where there is none."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise AppError(_("This meeting does not exist."), _("It may have been written on a device not yet synced."))
    return meeting


def heading_of(session: Session, meeting: Meeting, today: date | None) -> Heading:
    """The heading of a document about this meeting."""
    group = session.get(Group, meeting.group_id) if meeting.group_id else None
    axis = session.get(Axis, group.axis_id) if group and group.axis_id else None
    return replace(collective_heading(session, today), group=(group.name if group else None) or "",
                   confidential=group_of(meeting.channel) is not None,
                   axis=_("Axis {code}: {title}").format(code=axis.code or "", title=axis.title or "") if axis else "")


def collective_heading(session: Session, today: date | None) -> Heading:
    """The heading of a document about no meeting in particular."""
    collective = next(iter(alive(session, Collective)), None)
    name, territory = (collective.name or "", collective.territory or "") if collective else ("", "")
    return Heading(name, territory, "", "", today or date.today())


def participants_of(session: Session, meeting_id: uuid.UUID) -> list[Participant]:
    """Those expected or seen at a meeting, as a French directory sorts them."""
    rows = once_each(stand_ins(session), alive(session, Attendance, Attendance.meeting_id == meeting_id),
                     lambda row: row.person_id, lambda row: row.state)
    people = people_with(session, {i for row in rows for i in (row.person_id, row.represented_by_id) if i})
    organisations = by_id(session, Organisation, {p.organisation_id for p in people.values() if p.organisation_id})
    found = []
    for row in rows:
        person = people.get(row.person_id) if row.person_id else None
        if person is None:
            continue
        organisation = organisations.get(person.organisation_id) if person.organisation_id else None
        stand_in = people.get(row.represented_by_id) if row.represented_by_id else None
        found.append(Participant(
            person.id, person.family_name or "", person.given_name or "",
            (organisation.short_name or organisation.name or "") if organisation else "", person.function or "",
            (organisation.college or "") if organisation else "", row.state or "attendu",
            full_name(stand_in.family_name or "", stand_in.given_name or "") if stand_in else "",
            row.arrived_at or "", row.left_at or "", bool(row.signed_on_paper)))
    return sorted(found, key=lambda p: (sort_key(p.family), sort_key(p.given), sort_key(p.organisation), p.id))


def by_id(session: Session, cls: type[R], ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, R]:
    """These records by their ids, asked in few statements."""
    wanted = list(ids)
    return {row.id: row for start in range(0, len(wanted), 500)
            for row in session.scalars(select(cls).where(cls.id.in_(wanted[start:start + 500])))}


def person_name(session: Session, person_id: uuid.UUID | None) -> str:
    """"BENALI Fatima", or nothing."""
    person = session.get(Person, standing(session, person_id)) if person_id else None
    return full_name(person.family_name or "", person.given_name or "") if person else ""
