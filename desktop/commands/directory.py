"""People and structures by their names: found where they are known, made where they are not."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.text import fold
from desktop.commands.records import add_record
from desktop.models.changes import author_of
from desktop.models.directory import Membership, Organisation, Person
from desktop.queries.organisation_aliases import canonical_organisation_id
from desktop.queries.person_aliases import canonical_id

Entry = Person | Organisation


def person_named(session: Session, given_name: str, family_name: str,
                 organisation_name: str = "") -> uuid.UUID:
    """Return the person of that name in that organisation; both are made where they are not
    known."""
    if not family_name.strip():
        raise AppError(_("A person needs a family name."))
    organisation_id = (_organisation_named(session, organisation_name) if organisation_name.strip()
                       else None)
    wanted = fold(given_name.strip()), fold(family_name.strip())
    for found in session.scalars(select(Person).where(Person.deleted.is_not(True))):
        same_name = (fold(found.given_name or ""), fold(found.family_name or "")) == wanted
        # Homonyms are told apart by their organisation: never guess between two people.
        if same_name and found.organisation_id == organisation_id:
            return canonical_id(session, found.id)
    return add_record(session, "person",
                      {"given_name": given_name.strip(), "family_name": family_name.strip(),
                       "organisation_id": organisation_id})


def merge_people(session: Session, kept: uuid.UUID, other: uuid.UUID) -> None:
    """Make two entries of the directory one person: `kept` stands for both, completed by what only
    the other says.

    Nothing that names either is rewritten; `part_people` undoes it at any time.
    """
    person, double = (session.get(Person, canonical_id(session, one)) for one in (kept, other))
    if person is None or double is None or person.deleted or double.deleted:
        raise AppError(_("There is no such person in the directory."))
    _make_one(person, double, ("function", "organisation_id", "email", "phone"))


def part_people(session: Session, double: uuid.UUID) -> None:
    """Make two people again of two entries that were said to be one."""
    _make_two(session.get(Person, double))


def merge_organisations(session: Session, kept: uuid.UUID, other: uuid.UUID) -> None:
    """Make two entries of the directory one organisation: `kept` stands for both, completed by what
    only the other says.

    Nothing that names either is rewritten; `part_organisations` undoes it at any time.
    """
    organisation, double = (session.get(Organisation, canonical_organisation_id(session, one))
                            for one in (kept, other))
    if organisation is None or double is None or organisation.deleted or double.deleted:
        raise AppError(_("There is no such organisation in the directory."))
    _make_one(organisation, double,
              ("short_name", "college", "domains", "territory", "contact", "web", "notes"))


def part_organisations(session: Session, double: uuid.UUID) -> None:
    """Make two organisations again of two entries that were said to be one."""
    _make_two(session.get(Organisation, double))


def _make_one(kept: Entry, double: Entry, completed: Sequence[str]) -> None:
    if kept.id == double.id:
        return
    double.alias_of_id = kept.id
    # Whichever of the two stood for the other before, it is so no more.
    if kept.alias_of_id is not None:
        kept.alias_of_id = None
    for name in completed:
        if not getattr(kept, name) and getattr(double, name):
            setattr(kept, name, getattr(double, name))


def _make_two(double: Entry | None) -> None:
    if double is not None and double.alias_of_id is not None:
        double.alias_of_id = None


def end_membership(session: Session, membership_id: uuid.UUID) -> None:
    """End a membership today; AppError where the membership is not there, or has
    not begun."""
    membership = session.get(Membership, membership_id)
    if membership is None or membership.deleted:
        raise AppError(_("This member does not belong to the group any more."))
    today = author_of(session).today().isoformat()
    if membership.since and membership.since > today:
        raise AppError(_("This membership has not begun yet."),
                       _("Take it away if it is not wanted any more."))
    membership.until = today


def _organisation_named(session: Session, name: str) -> uuid.UUID:
    wanted = fold(name.strip())
    for found in session.scalars(select(Organisation).where(Organisation.deleted.is_not(True))):
        if wanted in (fold(found.name or ""), fold(found.short_name or "")):
            return canonical_organisation_id(session, found.id)
    return add_record(session, "organisation", {"name": name.strip()})
