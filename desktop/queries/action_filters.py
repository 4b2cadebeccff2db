"""Which actions are shown: one filtered query for the table, the board and the calendar."""

import json
import uuid
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Text, exists, false, func, or_, type_coerce
from sqlalchemy.orm import Session

from desktop.models.actions import Action, ActionFunding, Validation
from desktop.models.states import POLITIQUE_DE_LA_VILLE, ActionState, Party, ValidationAnswer
from desktop.queries.actions import WEEK, ActionRow, actions_of, is_open
from desktop.queries.organisation_aliases import all_of_organisation
from desktop.queries.person_aliases import all_of
from desktop.queries.succession import axes_before

WHICH = ("open", "late", "week", "mine", "all")
FIELDS = ("axis", "state", "owner", "organisation", "place", "funding", "awaited")
"""What can be asked for beside, each one of a list; in the order of the screen."""


@dataclass(frozen=True)
class ActionFilter:
    """What is asked for; an empty text is any. `which`: one of WHICH. `awaited`: a party whose
    accord is lacking.

    Ids are texts, as settings and choices hold them. `today` and `me` say what late and mine are.
    """

    today: date
    me: uuid.UUID | None
    which: str = "open"
    axis: str = ""
    state: str = ""
    owner: str = ""
    organisation: str = ""
    place: str = ""
    funding: str = ""
    awaited: str = ""

    @property
    def kept(self) -> dict[str, str]:
        """What is asked for beside `which`."""
        return {name: getattr(self, name) for name in FIELDS if getattr(self, name)}

    def asking(self, **changes: str) -> "ActionFilter":
        """Return the same with other values of `which` and FIELDS; an empty one leaves it open."""
        given: dict[str, Any] = dict(changes)
        return replace(self, **given)


def conditions_of(session: Session, wanted: ActionFilter) -> list[ColumnElement[bool]]:
    """Return what is asked for as conditions of the table. An axis brings those of earlier plans
    that go on in it."""
    found = _which(session, wanted)
    if wanted.axis:
        found.append(Action.axis_id.in_(axes_before(session, [uuid.UUID(wanted.axis)])))
    if wanted.state:
        found.append(func.coalesce(func.nullif(Action.state, ""), ActionState.PROPOSED)
                     == wanted.state)
    if wanted.owner:
        found.append(Action.owner_id.in_(all_of(session, uuid.UUID(wanted.owner))))
    if wanted.organisation:
        found.append(Action.owner_organisation_id.in_(
            all_of_organisation(session, uuid.UUID(wanted.organisation))))
    if wanted.place:
        code = json.dumps(wanted.place, ensure_ascii=False)
        found.append(or_(*(type_coerce(column, Text).contains(code, autoescape=True)
                           for column in (Action.communes, Action.neighbourhoods))))
    if wanted.funding:
        found.append(_paid_by(wanted.funding))
    if wanted.awaited:
        given = exists().where(Validation.action_id == Action.id, Validation.deleted.is_not(True),
                               Validation.party == wanted.awaited,
                               Validation.answer == ValidationAnswer.GIVEN)
        found += [_paid_by(POLITIQUE_DE_LA_VILLE), ~given]
    return found


def _which(session: Session, wanted: ActionFilter) -> list[ColumnElement[bool]]:
    today = wanted.today.isoformat()
    match wanted.which:
        case "open":
            return [is_open()]
        case "late":
            return [is_open(), Action.due_on != "", Action.due_on < today]
        case "week":
            last = (wanted.today + timedelta(days=WEEK)).isoformat()
            return [is_open(), Action.due_on >= today, Action.due_on <= last]
        case "mine":
            return ([Action.owner_id.in_(all_of(session, wanted.me))] if wanted.me is not None
                    else [false()])
        case _:
            return []


def _paid_by(source: str) -> ColumnElement[bool]:
    """Return the action itself or one of its contributions."""
    return or_(Action.funding == source, exists().where(
        ActionFunding.action_id == Action.id, ActionFunding.deleted.is_not(True),
        ActionFunding.source == source))


def filtered_actions(session: Session, wanted: ActionFilter) -> list[ActionRow]:
    """Return the actions that are asked for; the soonest due first, the undated last."""
    return actions_of(session, where=conditions_of(session, wanted))


def first_actions(session: Session, count: int, wanted: ActionFilter) -> list[ActionRow]:
    """Return the first so many of them."""
    return actions_of(session, where=conditions_of(session, wanted), count=count)


@dataclass(frozen=True)
class FilterChoices:
    """What there is to choose from: only what some action has. Ids and codes as texts."""

    axes: tuple[tuple[str, str], ...]
    owners: tuple[tuple[str, str], ...]
    organisations: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    sources: tuple[str, ...]
    parties: tuple[str, ...]


def filter_choices(session: Session) -> FilterChoices:
    """Read from the actions what can be asked for."""
    rows = actions_of(session)
    lacking = Counter(party for row in rows if row.is_open for party in row.lacking)

    def pairs(found: set[tuple[uuid.UUID | None, str]]) -> tuple[tuple[str, str], ...]:
        return tuple(
            sorted(((str(id_), words) for id_, words in found if id_ is not None and words),
                   key=lambda one: one[1]))

    return FilterChoices(
        pairs({(row.axis_id, row.axis) for row in rows}),
        pairs({(row.owner_id, row.owner) for row in rows}),
        pairs({(row.owner_organisation_id, row.organisation) for row in rows}),
        tuple(sorted({place for row in rows for place in row.places})),
        tuple(sorted({source for row in rows for source in row.sources})),
        tuple(str(party) for party in Party if lacking[party]))
