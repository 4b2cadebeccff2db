"""Access to internships: offers, and requests that name nobody, to compare treatment in figures."""

import uuid

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import OBSERVATORY, Record


class InternshipOffer(Record):
    """Places that an organisation offers."""

    __area__ = "internships"
    __search__ = ("level", "period")

    organisation_id: Mapped[uuid.UUID | None] = field.reference("Organisation", "organisation", required=True)
    domain: Mapped[str | None] = field.text("Domain")
    level: Mapped[str | None] = field.text("Level")
    period: Mapped[str | None] = field.text("Period")
    places: Mapped[int | None] = field.integer("Places")


class InternshipRequest(Record):
    """One search for an internship, by a code."""

    __area__ = "internships"
    __channel__ = OBSERVATORY
    __anonymous__ = True

    code: Mapped[str | None] = field.text("Code", required=True)
    level: Mapped[str | None] = field.text("Level")
    domain: Mapped[str | None] = field.text("Domain")
    neighbourhood: Mapped[str | None] = field.code("Neighbourhood (QPV)", "place:neighbourhood")
    commune: Mapped[str | None] = field.code("Commune", "place:commune")
    gender: Mapped[str | None] = field.code("Gender", "term:genders")
    month: Mapped[str | None] = field.month("Month")
    sent: Mapped[int | None] = field.integer("Requests sent")
    refused: Mapped[int | None] = field.integer("Refusals")
    no_answer: Mapped[int | None] = field.integer("No answer")
    found: Mapped[bool | None] = field.boolean("Found")
