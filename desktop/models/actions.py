"""Actions of the plan, their money, the two validations, and how they fare."""

import uuid

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import Record


class Action(Record):
    """Something the collective or a member does."""

    __area__ = "actions"
    __parent__ = "meeting_id"
    __search__ = ("title", "description", "outcome")

    title: Mapped[str | None] = field.text("Title", required=True, keep_conflicts=True)
    description: Mapped[str | None] = field.text("Description", keep_conflicts=True)
    axis_id: Mapped[uuid.UUID | None] = field.reference("Axis", "axis")
    objective_id: Mapped[uuid.UUID | None] = field.reference("Objective", "objective")
    domains: Mapped[list[str] | None] = field.codes("Domains", "term:domains")
    communes: Mapped[list[str] | None] = field.codes("Communes", "place:commune")
    neighbourhoods: Mapped[list[str] | None] = field.codes("Neighbourhoods (QPV)",
                                                           "place:neighbourhood")
    audience: Mapped[str | None] = field.text("Audience")
    meeting_id: Mapped[uuid.UUID | None] = field.reference("Born in the meeting", "meeting",
                                                           index=True)
    agenda_item_id: Mapped[uuid.UUID | None] = field.reference("Agenda item", "agenda_item")
    decision_id: Mapped[uuid.UUID | None] = field.reference("Decision", "decision")
    owner_id: Mapped[uuid.UUID | None] = field.reference("Owner", "person", index=True)
    owner_organisation_id: Mapped[uuid.UUID
                                  | None] = field.reference("Owner (organisation)", "organisation")
    partner_ids: Mapped[list[str] | None] = field.references("Partners", "organisation")
    starts_on: Mapped[str | None] = field.day("Starts on")
    due_on: Mapped[str | None] = field.day("Due on", index=True)
    state: Mapped[str | None] = field.code("State", "action_state")
    abandoned_reason: Mapped[str | None] = field.text("Why it was given up")
    progress: Mapped[int | None] = field.integer("Progress (%)")
    funding: Mapped[str | None] = field.code("Funding", "funding")
    dispositif_ids: Mapped[list[str] | None] = field.references("Existing schemes", "dispositif")
    no_dispositif: Mapped[str | None] = field.text("Why no existing scheme")
    outcome: Mapped[str | None] = field.text("Outcome", keep_conflicts=True)


class ActionFunding(Record):
    """One contribution, requested, granted and paid in cents; totals are derived."""

    __area__ = "actions"
    __parent__ = "action_id"
    __follows__ = True

    action_id: Mapped[uuid.UUID | None] = field.reference("Action", "action", required=True,
                                                          index=True)
    source: Mapped[str | None] = field.code("Source", "funding")
    label: Mapped[str | None] = field.text("Label")
    cents: Mapped[int | None] = field.integer("Amount in cents")
    granted_cents: Mapped[int | None] = field.integer("Granted, in cents")
    paid_cents: Mapped[int | None] = field.integer("Paid, in cents")
    year: Mapped[int | None] = field.integer("Year")
    file_number: Mapped[str | None] = field.text("File number")


class Validation(Record):
    """The answer of the State or of the agglomeration; written only by devices that hold the
    role."""

    __area__ = "actions"
    __parent__ = "action_id"
    __follows__ = True

    action_id: Mapped[uuid.UUID | None] = field.reference("Action", "action", required=True,
                                                          index=True)
    party: Mapped[str | None] = field.code("Party", "validation_party", required=True)
    asked_on: Mapped[str | None] = field.day("Asked on")
    until_on: Mapped[str | None] = field.day("Answer hoped for by")
    committee: Mapped[str | None] = field.text("Committee")
    answer: Mapped[str | None] = field.code("Answer", "validation_answer")
    answered_on: Mapped[str | None] = field.day("Answered on")
    by: Mapped[str | None] = field.text("By whom")
    remark: Mapped[str | None] = field.text("Remark", keep_conflicts=True)


class Notice(Record):
    """The members were told of an action outside the politique de la ville."""

    __area__ = "actions"
    __parent__ = "action_id"
    __follows__ = True

    action_id: Mapped[uuid.UUID | None] = field.reference("Action", "action", required=True,
                                                          index=True)
    on: Mapped[str | None] = field.day("On", required=True)
    how: Mapped[str | None] = field.code("How", "notice_how")
    meeting_id: Mapped[uuid.UUID | None] = field.reference("Meeting", "meeting")
    text: Mapped[str | None] = field.text("Text")


class Dispositif(Record):
    """An existing scheme to which actions are held up."""

    __area__ = "actions"
    __search__ = ("name", "holder")

    name: Mapped[str | None] = field.text("Name", required=True)
    holder: Mapped[str | None] = field.text("Holder")
    domains: Mapped[list[str] | None] = field.codes("Domains", "term:domains")
    territory: Mapped[str | None] = field.text("Territory")


class FollowUp(Record):
    """One dated line on how an action goes."""

    __area__ = "actions"
    __parent__ = "action_id"
    __follows__ = True
    __search__ = ("text",)

    action_id: Mapped[uuid.UUID | None] = field.reference("Action", "action", required=True,
                                                          index=True)
    on: Mapped[str | None] = field.day("On", required=True)
    text: Mapped[str | None] = field.text("Text", keep_conflicts=True)
    progress: Mapped[int | None] = field.integer("Progress (%)")
