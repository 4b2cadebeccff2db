"""Reads the texts of the sample, and finds the days, places and organisations they speak of."""

import re
import tomllib
import uuid
from datetime import date, timedelta
from typing import Any

from desktop.base.dates.french import MONTHS_FR
from desktop.base.paths import resource
from desktop.sample.people import ORGANISATIONS
from desktop.sample.world import World

Entry = dict[str, Any]
ME = "moi"
"""Stands for whoever tries the sample, in the place of an organisation."""

_SHORT = {short.split(" {")[0]: place for place, (_name, short, *_rest) in enumerate(ORGANISATIONS)}
_BEFORE_MARK, _AFTER_QUOTE = re.compile(r" ([;:?!%»])"), re.compile("« ")


def read(kind: str, *files: str) -> list[Entry]:
    """Return the entries of a kind in these files of `resources/sample`, in their order."""
    entries: list[Entry] = []
    for name in files:
        text = resource("sample", f"{name}.toml").read_text(encoding="utf-8")
        entries += _spaced(tomllib.loads(text)[kind])
    return entries


def organisation(world: World, short: str) -> uuid.UUID:
    """Return the organisation of that short name, written without its commune."""
    return world.organisations[_SHORT[short]]


def person(world: World, short: str) -> uuid.UUID | None:
    """Return who speaks for an organisation: the first of its people; for `ME`, who tries it."""
    if short == ME:
        return world.me
    wanted = organisation(world, short)
    return next(one for one in world.people if world.employer[one] == wanted)


def day(world: World, days: int) -> str:
    """Return the day that is so many days from today."""
    return (world.today + timedelta(days=days)).isoformat()


def month(world: World, ago: int) -> str:
    """Return the month that lies so many months before this one."""
    months = world.today.year * 12 + world.today.month - 1 - ago
    return f"{months // 12}-{months % 12 + 1:02d}"


def of_month(on: date) -> str:
    """Write « de mars » or « d’avril »."""
    name = MONTHS_FR[on.month - 1]
    return f"d’{name}" if name[0] in "ao" else f"de {name}"


def communes(world: World) -> list[str]:
    """Return the codes of the communes of 2,000 inhabitants and more, the largest first."""
    return [code for code, _name, zone in world.frame.communes if not zone]


def place(world: World, where: str) -> Entry:
    """Return the fields of a place: « commune 0 » (the largest), « zone 2 », « qpv 1 », unknown."""
    kind, _space, rank = where.partition(" ")
    if kind == "commune":
        codes = communes(world)
        return {"place_kind": kind, "commune": codes[int(rank) % len(codes)]}
    if kind == "zone":
        zones = sorted({zone for _code, _name, zone in world.frame.communes if zone})
        return {"place_kind": kind, "zone": zones[int(rank) % len(zones)]}
    if kind == "qpv":
        code, commune = neighbourhood(world, int(rank))
        return {"place_kind": "neighbourhood", "neighbourhood": code, "commune": commune}
    return {"place_kind": kind}


def neighbourhood(world: World, rank: int) -> tuple[str, str]:
    """Return the code and the commune of a neighbourhood (QPV) by its place among them."""
    return world.frame.neighbourhoods[rank % len(world.frame.neighbourhoods)]


def objective(world: World, plan: str) -> tuple[uuid.UUID | None, uuid.UUID]:
    """Return the objective, if one is named, and the axis of « 2.1 » or « 2 », by their order."""
    first, _dot, second = plan.partition(".")
    axis = world.frame.axes[(int(first) - 1) % len(world.frame.axes)]
    if not second:
        return None, axis
    of_axis = [made for made, owner in world.frame.objectives if owner == axis]
    return of_axis[(int(second) - 1) % len(of_axis)], axis


def _spaced(value: Any) -> Any:
    """Return the same with the narrow spaces that French sets before and within its marks."""
    if isinstance(value, dict):
        return {name: _spaced(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_spaced(part) for part in value]
    if isinstance(value, str):
        return _AFTER_QUOTE.sub(
            "«\N{NARROW NO-BREAK SPACE}", _BEFORE_MARK.sub("\N{NARROW NO-BREAK SPACE}\\1", value)
        )
    return value
