"""Which actions are shown: one filtered query for the table, the board and the calendar."""

import uuid
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from desktop.models.states import Party
from desktop.queries.actions import ActionRow, actions_of

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

    def holds(self, row: ActionRow) -> bool:
        """Whether it is one of them."""
        return (self._passes(row)
                and self.axis in ("", str(row.axis_id)) and self.state in ("", row.state)
                and self.owner in ("", str(row.owner_id))
                and self.organisation in ("", str(row.owner_organisation_id))
                and (not self.place or self.place in row.places)
                and (not self.funding or self.funding in row.sources)
                and (not self.awaited or self.awaited in row.lacking))

    def _passes(self, row: ActionRow) -> bool:
        match self.which:
            case "open":
                return row.is_open
            case "late":
                return row.lateness(self.today) == "late"
            case "week":
                return row.lateness(self.today) in ("today", "week")
            case "mine":
                return self.me is not None and row.owner_id == self.me
            case _:
                return True


def filtered_actions(session: Session, wanted: ActionFilter) -> list[ActionRow]:
    """The actions that are asked for; the soonest due first, the undated last."""
    return [row for row in actions_of(session) if wanted.holds(row)]


def first_actions(session: Session, count: int, wanted: ActionFilter) -> list[ActionRow] | None:
    """The first so many of them; None where only all of them can be asked for."""
    if wanted.which != "open" or wanted.kept:
        return None
    return actions_of(session, open_only=True, count=count)


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
