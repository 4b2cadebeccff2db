"""The shared resources: tools, speakers, documents, places, memory of the territory."""

import uuid

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import Record


class Resource(Record):
    """Something a member can borrow, invite, read or visit."""

    __area__ = "resources"
    __search__ = ("title", "description", "access", "place", "sources")

    kind: Mapped[str | None] = field.code("Kind", "resource_kind", required=True)
    title: Mapped[str | None] = field.text("Title", required=True, keep_conflicts=True)
    description: Mapped[str | None] = field.text("Description", keep_conflicts=True)
    organisation_id: Mapped[uuid.UUID | None] = field.reference("Held by", "organisation")
    access: Mapped[str | None] = field.text("How to get it")
    domains: Mapped[list[str] | None] = field.codes("Domains", "term:domains")
    rating: Mapped[int | None] = field.integer("Rating (1 to 5)")
    """What earlier versions wrote, by nobody knows whom: it is read from them, no longer written,
    and never shown."""
    period: Mapped[str | None] = field.text("Period")
    place: Mapped[str | None] = field.text("Place")
    sources: Mapped[str | None] = field.text("Sources", keep_conflicts=True)
    named_people: Mapped[str | None] = field.text("People named")
    authorised_on: Mapped[str | None] = field.day("Written permission received on")


class ResourceLoan(Record):
    """A resource that somebody has for a time; whether it is available is derived, never typed."""

    __area__ = "resources"

    resource_id: Mapped[uuid.UUID | None] = field.reference("Resource", "resource", required=True,
                                                            index=True)
    organisation_id: Mapped[uuid.UUID | None] = field.reference("Lent to", "organisation")
    person_id: Mapped[uuid.UUID | None] = field.reference("Lent to (person)", "person")
    lent_on: Mapped[str | None] = field.day("From", required=True)
    due_on: Mapped[str | None] = field.day("Until", required=True)
    back_on: Mapped[str | None] = field.day("Back on")
    remark: Mapped[str | None] = field.text("Remark")


class ResourceUse(Record):
    """What an organisation thought of a resource after it had used it."""

    __area__ = "resources"

    resource_id: Mapped[uuid.UUID | None] = field.reference("Resource", "resource", required=True,
                                                            index=True)
    organisation_id: Mapped[uuid.UUID
                            | None] = field.reference("Used by", "organisation", required=True)
    used_on: Mapped[str | None] = field.day("Used on", required=True)
    rating: Mapped[int | None] = field.integer("Rating (1 to 5)", required=True)
    remark: Mapped[str | None] = field.text("Remark", keep_conflicts=True)
