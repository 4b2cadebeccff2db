"""Who may be named in what is circulated: the people and structures of the directory, and those
whom a meeting awaits.
"""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.directory import Organisation, Person
from desktop.models.meetings import Attendance
from desktop.privacy.detect.known import (
    CollectiveNames,
    contact_of,
    known_organisations,
    known_person,
)


def known_names(session: Session, meeting_id: uuid.UUID | None = None) -> CollectiveNames:
    """Read who may be named in the texts of a meeting; in other texts that are circulated for None.
    """
    awaited: set[uuid.UUID | None] = set()
    if meeting_id is not None:
        awaited = set(
            session.scalars(
                select(Attendance.person_id).where(
                    Attendance.meeting_id == meeting_id, Attendance.deleted.is_not(True)
                )
            )
        )
    # Columns, not entities: a directory may hold thousands.
    people = session.execute(
        select(Person.id, Person.given_name, Person.family_name, Person.email, Person.phone).where(
            Person.deleted.is_not(True)
        )
    ).all()
    structures = session.execute(
        select(Organisation.name, Organisation.short_name, Organisation.contact).where(
            Organisation.deleted.is_not(True)
        )
    ).all()
    contacts = [part for row in people for part in (row.email, row.phone)] + [
        row.contact for row in structures
    ]
    return CollectiveNames(
        people=tuple(
            known_person(row.given_name, row.family_name, there=row.id in awaited) for row in people
        ),
        organisations=known_organisations(
            name for row in structures for name in (row.name, row.short_name)
        ),
        contacts=frozenset(
            contact_of(part)
            for contact in contacts
            for part in (contact or "").split(",")
            if part.strip()
        ),
    )
