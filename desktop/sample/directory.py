"""Organisations, people, members of the groups, signatures of the charter, shared resources."""

from collections.abc import Iterator
from datetime import timedelta

from desktop.base.text import fold
from desktop.models.directory import Commitment, Membership, Organisation, Person
from desktop.sample import resources
from desktop.sample.people import (
    FAMILY_NAMES,
    FUNCTIONS,
    GIVEN_NAMES,
    HOMONYMS,
    MASCULINE,
    ORGANISATIONS,
    TOLD,
)
from desktop.sample.world import Row, World

PEOPLE = 70
PLENARY = 60
"""Members of the plenary: enough for a long roll-call."""


def rows(world: World) -> Iterator[Row]:
    """Yield the directory of a world; fills in its organisations, people and members."""
    yield from _organisations(world)
    yield from _people(world)
    if world.number == 0:
        yield from _members(world)
    yield from resources.rows(world,
                              dict(zip((short for _name, short, *_rest in ORGANISATIONS),
                                       world.organisations,
                                      strict=True)))


def _organisations(world: World) -> Iterator[Row]:
    for name, short, college, domains in ORGANISATIONS:
        commune = world.pick(world.towns)
        made = world.id_at(world.day(-620, -540))
        world.organisations.append(made)
        world.colleges[made] = college
        world.seats[made] = commune
        yield Organisation, {
            "id": made, "name": name.format(commune=commune)
            + (f" ({world.number + 1})" if world.number else ""),
            "short_name": short.format(commune=commune), "college": college,
            "domains": list(domains),
            "territory": commune, **_said_of(world, short)}
        if world.chance(0.85):
            signed = world.day(-520, -60)
            yield Commitment, {"id": world.id_at(signed), "organisation_id": made,
                               "signed_on": signed.isoformat(),
                               "charter_id": world.frame.charter,
                               "signed_by": world.pick(
                                   ("Direction", "Présidence", "Maire", "Secrétariat général")),
                               "confidentiality_on": signed.isoformat() if world.chance(0.9)
                               else None}


def _said_of(world: World, short: str) -> dict[str, str | None]:
    """Where to ask, and what to know of an organisation: written for the first world, drawn for
    those after it."""
    if world.number == 0:
        contact, notes = TOLD.get(short, (None, None))
        return {"contact": contact, "notes": notes}
    return {"contact": world.text("access") if world.chance(0.3) else None,
            "notes": world.text("note") if world.chance(0.4) else None}


def _people(world: World) -> Iterator[Row]:
    given = world.rng.sample(GIVEN_NAMES,
                             len(GIVEN_NAMES)) + world.rng.sample(GIVEN_NAMES, len(GIVEN_NAMES))
    pairs = [*HOMONYMS, *HOMONYMS]
    others = (name for name in [*world.rng.sample(FAMILY_NAMES, len(FAMILY_NAMES))] * 2)
    taken = set(pairs)
    for first in given:
        if len(pairs) == PEOPLE:
            break
        pair = (next(others), first)
        if pair not in taken:
            taken.add(pair)
            pairs.append(pair)
    for index, (family, first) in enumerate(pairs):
        made = world.id_at(world.day(-600, -520))
        organisation = world.organisations[index % len(world.organisations)]
        world.people.append(made)
        world.employer[made] = organisation
        address = "-".join(fold(family).replace("'", "").split())
        yield Person, {
            "id": made, "given_name": first, "family_name": family,
            "function": world.pick(FUNCTIONS[world.colleges[organisation]])[first in MASCULINE],
            "organisation_id": organisation,
            "email": f"{address}.{index}@exemple.test" if world.chance(0.8) else None,
            "phone": f"03 27 00 {world.rng.randint(10, 99)} {world.rng.randint(10, 99)}"
            if world.chance(0.6) else None}


def _members(world: World) -> Iterator[Row]:
    for group_id, _name, kind, _axis in world.frame.groups:
        count = PLENARY if kind == "pleniere" else world.rng.randint(12, 25)
        chosen = world.rng.sample(world.people, count)
        if world.me is not None:
            chosen.append(world.me)
        world.members[group_id] = chosen
        for rank, person in enumerate(chosen):
            since = world.day(-560, -400)
            left = kind != "pleniere" and rank > 3 and world.chance(0.06)
            yield Membership, {
                "group_id": group_id, "person_id": person, "since": since.isoformat(),
                "organisation_id": world.employer.get(person),
                "role": ("pilote", "coordination", "secretaire")[rank] if rank < 3 else "membre",
                "until": (since + timedelta(days=300)).isoformat() if left else None}


