"""Observations of discrimination. No field for a name, an address, a date of birth or an exact day
exists."""

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
    principal_criterion: Mapped[str | None] = field.code("Principal criterion", "term:criteria",
                                                         required=True)
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
    no_recourse_reason: Mapped[str | None] = field.code("Why no recourse",
                                                        "term:no_recourse_reasons")
    confidence: Mapped[int | None] = field.integer("Confidence (1 to 3)")
    account: Mapped[str | None] = field.text("Account", keep_conflicts=True)
    agrees: Mapped[bool | None] = field.boolean("The person knows and agrees")
    elements: Mapped[list[str] | None] = field.codes("The three elements, as ticked", "element")
    same_as_id: Mapped[uuid.UUID | None] = field.reference("Same facts as", "observation")
    answered_question: Mapped[str | None] = field.code("Question of the watch group",
                                                       "feedback_question")
    answer: Mapped[str | None] = field.code("Answer to the watch group", "feedback_answer")
    state: Mapped[str | None] = field.code("State", "observation_state")
    discarded_reason: Mapped[str | None] = field.text("Why it was discarded")
    qualification: Mapped[str | None] = field.code("Qualified by a jurist", "term:qualifications")
    qualified_criteria: Mapped[list[str]
                               | None] = field.codes("Criteria (legal view)", "term:criteria")
    qualified_form: Mapped[str | None] = field.code("Form (legal view)", "term:forms")
    qualified_setting: Mapped[str | None] = field.code("Kind of person or body responsible (legal "
                                                       "view)", "term:settings")
    qualified_evidence: Mapped[list[str]
                               | None] = field.codes("Evidence (legal view)", "term:evidence")
    qualified_elements: Mapped[list[str]
                               | None] = field.codes("The three elements (legal view)", "element")
    advised_recourse: Mapped[list[str] | None] = field.codes("Advised recourse", "term:recourses")
    account_erased_in: Mapped[str | None] = field.month("Month in which the account was erased")
    account_erased_by: Mapped[str | None] = field.code("Rule by which the account was erased",
                                                       "retention_rule")
    action_id: Mapped[uuid.UUID | None] = field.reference("Linked action", "action")
    organisation_id: Mapped[uuid.UUID
                            | None] = field.reference("Reporting organisation", "organisation")
    feedback_handle: Mapped[str | None] = field.text("Feedback handle")


class Feedback(Record):
    """What became of an observation, told to its author by a random handle, without content.

    Everybody holds all of them, and only the author knows a handle: who reads one is told to
    nobody.
    """

    __area__ = "observations"

    handle: Mapped[str | None] = field.text("Handle", required=True)
    state: Mapped[str | None] = field.code("State", "observation_state")
    month: Mapped[str | None] = field.month("Month of the change")
    action_title: Mapped[str | None] = field.text("Title of the linked action")
    sentence: Mapped[str | None] = field.text("Word to the author")
    question: Mapped[str | None] = field.code("Question to the author", "feedback_question")
    action_id: Mapped[uuid.UUID | None] = field.reference("Linked action", "action")
