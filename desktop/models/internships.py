"""Access to internships: offers, searches that name nobody, and the applications of each search,
one by one."""

import uuid

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import OBSERVATORY, Record


class InternshipOffer(Record):
    """Places that an organisation offers.

    `taken`: those that somebody took without a search here. Those that accepted applications take
    are counted from them, and typed nowhere.
    """

    __area__ = "internships"
    __search__ = ("description", "contact")

    organisation_id: Mapped[uuid.UUID
                            | None] = field.reference("Organisation", "organisation", required=True)
    domain: Mapped[str | None] = field.code("Sector", "internship_sector")
    level: Mapped[str | None] = field.code("Level", "internship_level")
    starts_on: Mapped[str | None] = field.day("From")
    ends_on: Mapped[str | None] = field.day("Until")
    places: Mapped[int | None] = field.integer("Places")
    taken: Mapped[int | None] = field.integer("Taken by others")
    accessible: Mapped[bool | None] = field.boolean("Accessible with a disability")
    contact: Mapped[str | None] = field.text("Contact")
    commune: Mapped[str | None] = field.code("Commune", "place:commune")
    zone: Mapped[str | None] = field.code("Zone", "place:zone")
    description: Mapped[str | None] = field.text("What is done there", keep_conflicts=True)
    closed: Mapped[bool | None] = field.boolean("Closed")


class InternshipRequest(Record):
    """One search for an internship, by a code. `month`: when it began; the days are those of the
    internship wanted."""

    __area__ = "internships"
    __channel__ = OBSERVATORY
    __anonymous__ = True

    code: Mapped[str | None] = field.text("Code", required=True)
    level: Mapped[str | None] = field.code("Level", "internship_level")
    domain: Mapped[str | None] = field.code("Sector", "internship_sector")
    starts_on: Mapped[str | None] = field.day("From")
    ends_on: Mapped[str | None] = field.day("Until")
    commune: Mapped[str | None] = field.code("Commune", "place:commune")
    zone: Mapped[str | None] = field.code("Zone", "place:zone")
    lives_in_qpv: Mapped[str | None] = field.code("Lives in a QPV", "qpv_answer")
    gender: Mapped[str | None] = field.code("Gender", "term:genders")
    school_type: Mapped[str | None] = field.code("School", "school_type")
    month: Mapped[str | None] = field.month("Month")


class InternshipApplication(Record):
    """One application of a search: to an offer, to an organisation, or, with neither, to an
    employer elsewhere."""

    __area__ = "internships"
    __channel__ = OBSERVATORY
    __anonymous__ = True

    request_id: Mapped[uuid.UUID | None] = field.reference("Search", "internship_request",
                                                           required=True, index=True)
    offer_id: Mapped[uuid.UUID | None] = field.reference("Offer", "internship_offer", index=True)
    organisation_id: Mapped[uuid.UUID | None] = field.reference("Organisation", "organisation")
    month: Mapped[str | None] = field.month("Sent in", required=True)
    answer: Mapped[str | None] = field.code("Answer", "application_answer")
