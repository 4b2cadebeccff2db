"""Who takes part: organisations, professionals and elected people, groups, charter commitments.
Never a beneficiary."""

import uuid

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import Record


class Organisation(Record):
    """A structure that takes part in the collective or helps people."""

    __area__ = "directory"
    __search__ = ("name", "short_name", "contact", "notes")

    name: Mapped[str | None] = field.text("Name", required=True, keep_conflicts=True)
    short_name: Mapped[str | None] = field.text("Short name")
    college: Mapped[str | None] = field.code("College", "college")
    domains: Mapped[list[str] | None] = field.codes("Domains of intervention", "term:domains")
    territory: Mapped[str | None] = field.text("Territory")
    contact: Mapped[str | None] = field.text("Contact point")
    web: Mapped[str | None] = field.text("Web site")
    notes: Mapped[str | None] = field.text("Notes", keep_conflicts=True)
    alias_of_id: Mapped[uuid.UUID | None] = field.reference("Same organisation as", "organisation",
                                                            index=True)


class Person(Record):
    """A professional, an elected person or a volunteer; never a victim or a witness."""

    __area__ = "directory"
    __search__ = ("family_name", "given_name", "function", "email")

    given_name: Mapped[str | None] = field.text("Given name")
    family_name: Mapped[str | None] = field.text("Family name", required=True)
    function: Mapped[str | None] = field.text("Function")
    organisation_id: Mapped[uuid.UUID
                            | None] = field.reference("Organisation", "organisation", index=True)
    email: Mapped[str | None] = field.text("Professional e-mail")
    phone: Mapped[str | None] = field.text("Professional phone")
    alias_of_id: Mapped[uuid.UUID | None] = field.reference("Same person as", "person", index=True)


class Group(Record):
    """The collective itself, a working group, a steering or a technical committee."""

    __area__ = "directory"
    __search__ = ("name", "description")

    name: Mapped[str | None] = field.text("Name", required=True)
    kind: Mapped[str | None] = field.code("Kind", "group_kind")
    axis_id: Mapped[uuid.UUID | None] = field.reference("Axis", "axis")
    confidential: Mapped[bool | None] = field.boolean("Confidential")
    description: Mapped[str | None] = field.text("Description", keep_conflicts=True)


class Membership(Record):
    """A person or an organisation in a group; id derived from the group and the member."""

    __area__ = "directory"

    group_id: Mapped[uuid.UUID | None] = field.reference("Group", "group", required=True,
                                                         index=True)
    person_id: Mapped[uuid.UUID | None] = field.reference("Person", "person", index=True)
    organisation_id: Mapped[uuid.UUID | None] = field.reference("Organisation", "organisation")
    role: Mapped[str | None] = field.code("Role", "membership_role")
    function: Mapped[str | None] = field.text("Function")
    since: Mapped[str | None] = field.day("Since")
    until: Mapped[str | None] = field.day("Until")


class Commitment(Record):
    """An organisation's signature of the charter; what follows from it is derived, never typed."""

    __area__ = "directory"

    organisation_id: Mapped[uuid.UUID
                            | None] = field.reference("Organisation", "organisation", required=True,
                                                      index=True)
    signed_on: Mapped[str | None] = field.day("Signed on")
    signed_by: Mapped[str | None] = field.text("Signed by")
    function: Mapped[str | None] = field.text("Function of who signed")
    charter_id: Mapped[uuid.UUID | None] = field.reference("Version of the charter", "charter")
    confidentiality_on: Mapped[str | None] = field.day("Confidentiality accepted on")
