"""The actions of the first world: money, accords, notice and follow-up agree with the state."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta

from desktop.models.actions import Action, ActionFunding, Dispositif, FollowUp, Notice, Validation
from desktop.sample.actions import SCHEMES
from desktop.sample.world import Row, World
from desktop.sample.written.tables import (
    ME,
    Entry,
    communes,
    day,
    neighbourhood,
    objective,
    organisation,
    person,
    read,
)

FILES = ("actions-training", "actions-support")
_BY = {
    "etat": "Délégation de l’État à la politique de la ville",
    "agglo": "Service Cohésion sociale de l’agglomération",
}


def keep_ids(world: World) -> None:
    """Draw the ids of the actions, so that the notes in which they are born can hold them."""
    for entry in read("action", *FILES):
        world.keyed[entry["key"]] = world.id_at(world.today + timedelta(days=entry["days"]["born"]))
        world.titles[entry["key"]] = entry["title"]


def rows(world: World) -> Iterator[Row]:
    """Yield the existing schemes, then the actions with all that belongs to them."""
    schemes: dict[str, uuid.UUID] = {}
    for name, holder, domain in SCHEMES:
        schemes[name] = world.id_at(world.day(-600, -540))
        yield Dispositif, {"id": schemes[name], "name": name, "holder": holder, "domains": [domain]}
    for entry in read("action", *FILES):
        yield Action, _action(world, entry, schemes)
        yield from _money(world, entry)
        yield from _accords(world, entry)
        yield from _told(world, entry)


def _action(world: World, entry: Entry, schemes: dict[str, uuid.UUID]) -> Entry:
    made, days, large = world.keyed[entry["key"]], entry["days"], communes(world)
    goal, axis = objective(world, entry["plan"])
    meeting, item, decision = world.born.get(entry["key"], (None, None, None))
    return {
        "id": made,
        "title": entry["title"],
        "description": entry["description"],
        "audience": entry["audience"],
        "axis_id": axis,
        "objective_id": goal,
        "domains": entry["domains"],
        "communes": [large[rank % len(large)] for rank in entry.get("communes", ())],
        "neighbourhoods": [neighbourhood(world, rank)[0] for rank in entry.get("qpv", ())],
        "meeting_id": meeting,
        "agenda_item_id": item,
        "decision_id": decision,
        "owner_id": person(world, entry["of"]),
        "owner_organisation_id": organisation(world, entry["of"]) if entry["of"] != ME else None,
        "partner_ids": [str(organisation(world, short)) for short in entry.get("with", ())],
        "starts_on": day(world, days["start"]) if "start" in days else None,
        "due_on": day(world, days["due"]) if "due" in days else None,
        "state": entry["state"],
        "progress": 100 if entry["state"] == "faite" else entry.get("progress"),
        "funding": entry["funding"],
        "abandoned_reason": entry.get("reason"),
        "outcome": entry.get("outcome"),
        "dispositif_ids": [str(schemes[name]) for name in entry.get("schemes", ())],
        "no_dispositif": entry.get("no_scheme"),
    }


def _money(world: World, entry: Entry) -> Iterator[Row]:
    for part in entry.get("money", ()):
        asked = world.id_at(world.today + timedelta(days=entry["days"]["born"]))
        granted, paid = part.get("granted"), part.get("paid")
        yield (
            ActionFunding,
            {
                "id": asked,
                "action_id": world.keyed[entry["key"]],
                "source": part["source"],
                "label": part["label"],
                "cents": part["asked"] * 100,
                "granted_cents": None if granted is None else granted * 100,
                "paid_cents": None if paid is None else paid * 100,
                "year": world.today.year + part["year"],
                "file_number": part.get("file"),
            },
        )


def _accords(world: World, entry: Entry) -> Iterator[Row]:
    for party, told in entry.get("accords", {}).items():
        if "answer" not in told:
            asked = date.fromisoformat(day(world, told["asked"]))
            world.awaited.append((world.keyed[entry["key"]], party, asked))
        yield (
            Validation,
            {
                "action_id": world.keyed[entry["key"]],
                "party": party,
                "asked_on": day(world, told["asked"]),
                "until_on": day(world, told["until"]) if "until" in told else None,
                "committee": told.get("committee"),
                "answer": told.get("answer"),
                "by": _BY[party] if "answer" in told else None,
                "remark": told.get("remark"),
                "answered_on": day(world, told["answered"]) if "answered" in told else None,
            },
        )


def _told(world: World, entry: Entry) -> Iterator[Row]:
    made, notice = world.keyed[entry["key"]], entry.get("notice")
    if notice is not None:
        on = notice["day"]
        yield (
            Notice,
            {
                "id": world.id_at(world.day(on, on)),
                "action_id": made,
                "on": day(world, on),
                "how": notice["how"],
                "text": notice["text"],
            },
        )
    for step in entry.get("steps", ()):
        on = step["day"]
        yield (
            FollowUp,
            {
                "id": world.id_at(world.day(on, on)),
                "action_id": made,
                "on": day(world, on),
                "text": step["text"],
                "progress": step["progress"],
            },
        )
