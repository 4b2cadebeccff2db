"""The shared resources: tools, speakers, documents, places, memory of the territory."""

import uuid

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import Record


class Resource(Record):
    """Something a member can borrow, invite, read or visit."""

    __area__ = "resources"
    __search__ = ("title", "description", "access")

    kind: Mapped[str | None] = field.code("Kind", "resource_kind", required=True)
    title: Mapped[str | None] = field.text("Title", required=True, keep_losers=True)
    description: Mapped[str | None] = field.text("Description", keep_losers=True)
    organisation_id: Mapped[uuid.UUID | None] = field.reference("Held by", "organisation")
    access: Mapped[str | None] = field.text("How to get it")
    domains: Mapped[list[str] | None] = field.codes("Domains", "term:domains")
    rating: Mapped[int | None] = field.integer("Rating (1 to 5)")
