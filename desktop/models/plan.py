"""The territory's plan: axes, objectives, indicators and what was measured."""

import uuid

from sqlalchemy.orm import Mapped

from desktop.models import record as field
from desktop.models.record import Record


class Plan(Record):
    """The plan of one territory over one period."""

    __area__ = "plan"
    __search__ = ("name",)

    name: Mapped[str | None] = field.text("Name", required=True)
    territory: Mapped[str | None] = field.text("Territory")
    starts_on: Mapped[str | None] = field.day("From")
    ends_on: Mapped[str | None] = field.day("Until")
    successor_id: Mapped[uuid.UUID | None] = field.reference("Followed by", "plan")


class Axis(Record):
    """One axis of the plan."""

    __area__ = "plan"
    __search__ = ("title", "description")

    plan_id: Mapped[uuid.UUID | None] = field.reference("Plan", "plan", required=True)
    order: Mapped[str | None] = field.text("Order")
    code: Mapped[str | None] = field.text("Code")
    title: Mapped[str | None] = field.text("Title", required=True, keep_conflicts=True)
    description: Mapped[str | None] = field.text("Description", keep_conflicts=True)
    successor_id: Mapped[uuid.UUID | None] = field.reference("Followed by", "axis", index=True)


class Objective(Record):
    """What an axis aims at."""

    __area__ = "plan"
    __search__ = ("title",)

    axis_id: Mapped[uuid.UUID | None] = field.reference("Axis", "axis", required=True, index=True)
    order: Mapped[str | None] = field.text("Order")
    title: Mapped[str | None] = field.text("Title", required=True, keep_conflicts=True)
    successor_id: Mapped[uuid.UUID | None] = field.reference(
        "Followed by", "objective", index=True)


class Indicator(Record):
    """How an objective is measured."""

    __area__ = "plan"
    __search__ = ("label",)

    objective_id: Mapped[uuid.UUID | None] = field.reference("Objective", "objective",
                                                             required=True, index=True)
    label: Mapped[str | None] = field.text("Label", required=True)
    unit: Mapped[str | None] = field.text("Unit")
    baseline: Mapped[int | None] = field.integer("At the start")
    target: Mapped[int | None] = field.integer("Target")
    target_on: Mapped[str | None] = field.day("Target day")
    source: Mapped[str | None] = field.text("Source")
    derived: Mapped[str | None] = field.code("Counted by Carnet", "indicator_count")


class IndicatorValue(Record):
    """One measure."""

    __area__ = "plan"

    indicator_id: Mapped[uuid.UUID | None] = field.reference("Indicator", "indicator",
                                                             required=True, index=True)
    on: Mapped[str | None] = field.day("Measured on", required=True)
    value: Mapped[int | None] = field.integer("Value")
    source: Mapped[str | None] = field.text("Source")
