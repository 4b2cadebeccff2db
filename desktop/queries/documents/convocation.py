"""What goes out before a meeting, and what those who came take away: data for the convocation,
extracts, attestations."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from desktop.base.dates.stored import stored_moment
from desktop.base.text import sort_key
from desktop.models.actions import Action
from desktop.models.channels import may_be_told
from desktop.models.choices import label
from desktop.models.directory import Organisation, Person
from desktop.models.meetings import AgendaItem, Attachment
from desktop.models.states import AttendanceState
from desktop.queries.documents.minutes import only_hidden
from desktop.queries.documents.papers import ActionLine, action_lines
from desktop.queries.documents.parts import (
    HERE,
    Heading,
    Participant,
    heading_of,
    meeting_with,
    participants_of,
)
from desktop.queries.live import alive, by_id
from desktop.queries.meetings.held import held_times
from desktop.queries.names import person_name
from desktop.queries.organisation_aliases import organisation_aliases
from desktop.queries.person_aliases import people_with


@dataclass(frozen=True)
class AgendaPoint:
    """One point as the convocation announces it."""

    title: str
    presenter: str
    minutes: int
    kind: str
    reason: str


@dataclass(frozen=True)
class Convocation:
    """What those who are expected receive. `addresses`: their e-mail addresses, for the message;
    never printed."""

    id: uuid.UUID
    heading: Heading
    title: str
    kind: str
    starts_at: datetime | None
    ends_at: datetime | None
    place: str
    link: str
    animator: str
    reply_to: str
    reply_address: str
    points: tuple[AgendaPoint, ...]
    documents: tuple[str, ...]
    people: tuple[Participant, ...]
    addresses: tuple[str, ...]


def convocation_of(session: Session, meeting_id: uuid.UUID,
                   today: date) -> Convocation:
    """Return the convocation to a meeting; AppError where it is not here."""
    meeting = meeting_with(session, meeting_id)
    items = sorted(alive(session, AgendaItem, AgendaItem.meeting_id == meeting_id),
                   key=lambda i: (i.order or "", i.id))
    people = participants_of(session, meeting_id)
    known = by_id(session, Person, [person.id for person in people])
    writer_id = meeting.secretary_id or meeting.animator_id
    writer = session.get(Person, writer_id) if writer_id else None
    return Convocation(
        meeting.id, heading_of(session, meeting, today), meeting.title or "",
        label("meeting_kind", meeting.kind),
        stored_moment(meeting.starts_at), stored_moment(meeting.ends_at), meeting.place or "",
        meeting.link or "",
        person_name(session, meeting.animator_id), person_name(session, writer_id),
        (writer.email or "") if writer else "",
        tuple(AgendaPoint(i.title or "", person_name(session, i.presenter_id), i.minutes or 0,
                          label("agenda_kind", i.kind),
                          i.carried_reason or "") for i in items),
        tuple(sorted(a.name or ""
                     for a in alive(session, Attachment, Attachment.owner_id == meeting_id))),
        tuple(p for p in people if p.state != AttendanceState.ABSENT),
        tuple(known[p.id].email or "" for p in people
              if known[p.id].email and p.state not in (AttendanceState.ABSENT,
                                                       AttendanceState.EXCUSED)))


@dataclass(frozen=True)
class Extract:
    """What one organisation has to do after a meeting, and who spoke for it there."""

    organisation: str
    people: tuple[Participant, ...]
    actions: tuple[ActionLine, ...]


@dataclass(frozen=True)
class Extracts:
    """The minutes cut by organisation: one page each."""

    heading: Heading
    title: str
    starts_at: datetime | None
    extracts: tuple[Extract, ...]


def extracts_of(session: Session, meeting_id: uuid.UUID, today: date) -> Extracts:
    """Return the extracts of a meeting, by organisation that has something to do; nothing from a
    restricted line."""
    meeting = meeting_with(session, meeting_id)
    hidden = only_hidden(session, [meeting_id], "diffusion")
    found = [a for a in alive(session, Action, Action.meeting_id == meeting_id)
             if a.id not in hidden and may_be_told(a.channel, meeting.channel)]
    found.sort(key=lambda a: (a.due_on is None, a.due_on or "", a.id))
    owners = people_with(session, {a.owner_id for a in found if a.owner_id})
    of: dict[uuid.UUID, uuid.UUID] = {}
    known = organisation_aliases(session)
    for action in found:
        owner = owners.get(action.owner_id) if action.owner_id else None
        organisation_id = action.owner_organisation_id or (owner.organisation_id if owner else None)
        if organisation_id is not None:
            of[action.id] = known.get(organisation_id, organisation_id)
    organisations = by_id(session, Organisation, set(of.values()))
    lines = dict(zip([a.id for a in found], action_lines(session, found), strict=True))
    people = participants_of(session, meeting_id)
    extracts = []
    for organisation_id, organisation in organisations.items():
        extracts.append(Extract(
            organisation.name or organisation.short_name or "",
            tuple(p for p in people if p.organisation_id == organisation_id),
            tuple(lines[a.id] for a in found if of.get(a.id) == organisation_id)))
    extracts.sort(key=lambda extract: sort_key(extract.organisation))
    return Extracts(heading_of(session, meeting, today), meeting.title or "",
                    held_times(meeting)[0], tuple(extracts))


__all__ = ["HERE", "AgendaPoint", "Convocation", "Extract", "Extracts", "convocation_of",
           "extracts_of"]
