"""Observations of discrimination. No field for a name, an address, a date of birth or an exact day exists."""

import uuid

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import OBSERVATORY, Record


class Observation(Record):
    """What was seen or told, without anyone in it."""

    __area__ = "observations"
    __channel__ = OBSERVATORY
    __anonymous__ = True
    __search__ = ("account",)

    month: Mapped[str | None] = field.month("Month of collection", required=True)
    place_kind: Mapped[str | None] = field.code("Kind of place", "place_kind")
    commune: Mapped[str | None] = field.code("Commune", "place:commune")
    zone: Mapped[str | None] = field.code("Zone", "place:zone")
    neighbourhood: Mapped[str | None] = field.code("Neighbourhood (QPV)", "place:neighbourhood")
    domain: Mapped[str | None] = field.code("Domain", "term:domains", required=True)
    principal_criterion: Mapped[str | None] = field.code("Principal criterion", "term:criteria", required=True)
    criteria: Mapped[list[str] | None] = field.codes("Other criteria", "term:criteria")
    form: Mapped[str | None] = field.code("Form", "term:forms")
    setting: Mapped[str | None] = field.code("Kind of person or body responsible", "term:settings")
    source: Mapped[str | None] = field.code("How it is known", "term:sources")
    repetition: Mapped[str | None] = field.code("Repetition", "term:repetitions")
    facts_period: Mapped[str | None] = field.text("Calendar quarter or year of the facts")
    age: Mapped[str | None] = field.code("Age bracket (perceived)", "term:ages")
    gender: Mapped[str | None] = field.code("Gender (perceived)", "term:genders")
    consequences: Mapped[list[str] | None] = field.codes("Consequences", "term:consequences")
    evidence: Mapped[list[str] | None] = field.codes("Evidence", "term:evidence")
    recourse: Mapped[list[str] | None] = field.codes("Recourse", "term:recourses")
    no_recourse_reason: Mapped[str | None] = field.code("Why no recourse", "term:no_recourse_reasons")
    confidence: Mapped[int | None] = field.integer("Confidence (1 to 3)")
    account: Mapped[str | None] = field.text("Account", keep_losers=True)
    agrees: Mapped[bool | None] = field.boolean("The person knows and agrees")
    state: Mapped[str | None] = field.code("State", "observation_state")
    discarded_reason: Mapped[str | None] = field.text("Why it was discarded")
    qualification: Mapped[str | None] = field.code("Qualified by a jurist", "term:qualifications")
    action_id: Mapped[uuid.UUID | None] = field.reference("Linked action", "action")
    organisation_id: Mapped[uuid.UUID | None] = field.reference("Reporting organisation", "organisation")
    feedback_handle: Mapped[str | None] = field.text("Feedback handle")


class Feedback(Record):
    """What became of an observation, told to its author by a random handle, without content."""

    __area__ = "observations"

    handle: Mapped[str | None] = field.text("Handle", required=True)
    state: Mapped[str | None] = field.code("State", "observation_state")
    action_id: Mapped[uuid.UUID | None] = field.reference("Linked action", "action")
