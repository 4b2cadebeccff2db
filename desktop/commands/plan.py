"""What a plan that ends hands on to the next one: its axes and objectives, by their titles or as
they are."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.stems import stems
from desktop.commands.records import add_record, edit_record
from desktop.models.plan import Axis, Objective, Plan

ALIKE = 0.5
"""Share of the words of two titles that they have in common, from which one is taken for the
other's."""


def match_by_titles(session: Session, plan_id: uuid.UUID) -> int:
    """Have each axis and objective that nothing follows yet go on in that of the next plan with the
    nearest title.

    How many were matched. Objectives are matched within the axes that follow one another. AppError
    where no plan follows.
    """
    axes = _axes(session, plan_id)
    matched = _match(session, [axis for axis in axes if axis.successor_id is None],
                     _axes(session, _next_of(session, plan_id)))
    for axis in axes:
        if axis.successor_id is not None:
            own = _objectives(session, axis.id)
            matched += _match(session, [one for one in own if one.successor_id is None],
                              _objectives(session, axis.successor_id))
    return matched


def take_up(session: Session, plan_id: uuid.UUID) -> int:
    """Have the next plan take up, as they are, the axes and objectives that nothing follows yet.

    How many were made there. AppError where no plan follows.
    """
    following = _next_of(session, plan_id)
    count = 0
    for axis in _axes(session, plan_id):
        if axis.successor_id is None:
            made = add_record(session, "axis", {
                "plan_id": str(following), "order": axis.order, "code": axis.code,
                "title": axis.title,
                "description": axis.description})
            session.flush()
            edit_record(session, axis.id, {"successor_id": str(made)})
            count += 1
        for one in _objectives(session, axis.id):
            if one.successor_id is None:
                made = add_record(session, "objective", {
                    "axis_id": str(axis.successor_id), "order": one.order, "title": one.title})
                session.flush()
                edit_record(session, one.id, {"successor_id": str(made)})
                count += 1
    return count


def _next_of(session: Session, plan_id: uuid.UUID) -> uuid.UUID:
    plan = session.get_one(Plan, plan_id)
    if plan.successor_id is None:
        raise AppError(_("No plan follows this one."), _("Choose the plan that follows it first."))
    return plan.successor_id


def _match(session: Session, waiting: list[Axis] | list[Objective],
           others: list[Axis] | list[Objective]) -> int:
    titles = {other.id: stems(other.title or "") for other in others}
    count = 0
    for one in waiting:
        words = stems(one.title or "")
        best = max(titles, key=lambda id_: _likeness(words, titles[id_]), default=None)
        if best is not None and _likeness(words, titles[best]) >= ALIKE:
            edit_record(session, one.id, {"successor_id": str(best)})
            count += 1
    return count


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _axes(session: Session, plan_id: uuid.UUID) -> list[Axis]:
    return list(session.scalars(select(Axis).where(
        Axis.plan_id == plan_id, Axis.deleted.is_not(True)).order_by(Axis.order, Axis.id)))


def _objectives(session: Session, axis_id: uuid.UUID) -> list[Objective]:
    return list(session.scalars(select(Objective).where(
        Objective.axis_id == axis_id, Objective.deleted.is_not(True))
                                .order_by(Objective.order, Objective.id)))
