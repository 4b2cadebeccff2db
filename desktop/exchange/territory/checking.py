"""Every fault of a preset file, with its line: what a preset must not break is in
`docs/formats/preset.md`."""

import codecs
import json
from collections.abc import Iterator
from pathlib import Path as File
from typing import Any

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.i18n import _
from desktop.base.paths import resource
from desktop.commands.collective import preset_names, read_preset
from desktop.exchange.territory.lines import BrokenError, Fault, Located, located
from desktop.exchange.territory.shapes import faults_of_shape
from desktop.models.rules.observations import SMALLEST_COMMUNE

LARGEST = 2_000_000
"""Bytes: the preset of 5,000 communes has 600,000."""


def read_territory(given: str) -> dict[str, Any]:
    """Return the data of a preset: the code of one that ships, or the path of a file.

    AppError: no such preset, a file that cannot be read, or the first fault of the file with its
    line.
    """
    if given in preset_names():
        return read_preset(given)
    if not _is_path(given):
        raise AppError(_("There is no territory preset called {preset}.").format(preset=given),
                       _("Choose one of: {presets}; or give a file.")
                       .format(presets=", ".join(preset_names())))
    data, faults = check_file(File(given).expanduser())
    if faults:
        raise AppError(str(faults[0]), _("`carnet preset check FILE` lists every fault."))
    return data


def _is_path(given: str) -> bool:
    return given.endswith(".json") or "/" in given or "\\" in given or File(given).exists()


def check_file(path: File) -> tuple[dict[str, Any], list[Fault]]:
    """Return the data of a preset file and its faults in the order of their lines; without a fault
    the data are sound.

    AppError where the file cannot be read, or is far too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise disk_error(error, path) from error
    return check_bytes(data)


def check_bytes(data: bytes) -> tuple[dict[str, Any], list[Fault]]:
    """Return the same of the bytes of a file."""
    if len(data) > LARGEST:
        raise AppError(_("This file is too large for a preset: {count} MB at most.")
                       .format(count=LARGEST // 1_000_000),
                       _("A preset is a small JSON file; `carnet preset new` writes one."))
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return {}, [Fault(line, _("these letters are not in UTF-8: save the file as UTF-8."))]
    try:
        found = located(text)
    except BrokenError as error:
        return {}, [error.fault]
    faults = [*found.faults, *faults_of_shape(found)]
    if not faults:
        # What hangs together is looked at once each part is what it should be.
        faults = list(_faults_of_sense(found))
    return found.value if not faults else {}, sorted(faults, key=lambda fault: fault.line)


def _faults_of_sense(found: Located) -> Iterator[Fault]:
    data = found.value
    for name in ("axes", "groups", "zones", "communes", "neighbourhoods"):
        yield from _twice(found, name, "code")
    for name in ("organisations", "schemes"):
        yield from _twice(found, name, "name")
    yield from _plan(found)
    axes = {axis["code"] for axis in data["axes"]}
    for number, group in enumerate(data.get("groups", ())):
        if group.get("axis") and group["axis"] not in axes:
            yield Fault(found.line(("groups", number, "axis")),
                        _("there is no axis “{code}”.").format(code=group["axis"]))
    yield from _zones(found)
    communes = {commune["code"] for commune in data["communes"]}
    for number, area in enumerate(data.get("neighbourhoods", ())):
        for key, codes in (("commune", [area["commune"]]),
                           ("other_communes", area.get("other_communes", []))):
            yield from (Fault(found.line(("neighbourhoods", number, key)),
                              _("there is no commune “{code}”.").format(code=code))
                        for code in codes if code not in communes)
        if not (area["generation"].isascii() and area["generation"].isdigit()
                and len(area["generation"]) == 4):
            yield Fault(found.line(("neighbourhoods", number, "generation")),
                        _("the generation is to be a year, as 2024 in quotation marks."))
    yield from _domains(found)


def _domains(found: Located) -> Iterator[Fault]:
    known = {term["code"] for term
             in json.loads(resource("vocabularies", "domains.json").read_text(encoding="utf-8"))[
                 "terms"]}
    for name in ("organisations", "schemes"):
        for number, row in enumerate(found.value.get(name, ())):
            yield from (Fault(found.line((name, number, "domains", place)), _(
                "there is no domain “{code}”; known: {codes}.")
                              .format(code=code, codes=", ".join(sorted(known))))
                for place, code in enumerate(row.get("domains", ())) if code not in known)


def _twice(found: Located, name: str, key: str) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for number, row in enumerate(found.value.get(name, ())):
        line = found.line((name, number, key))
        if row[key] in seen:
            yield Fault(line, _("“{code}” stands twice in “{name}”: on line {other} too.").format(
                code=row[key], name=name, other=seen[row[key]]))
        seen.setdefault(row[key], line)


def _plan(found: Located) -> Iterator[Fault]:
    plan = found.value["plan"]
    for path, one in ((("plan",), plan), (("plan", "successor"), plan.get("successor", {}))):
        starts, ends = one.get("starts_on"), one.get("ends_on")
        if starts and ends and ends < starts:
            yield Fault(found.line((*path, "ends_on")), _("the plan would end before it begins."))


def _zones(found: Located) -> Iterator[Fault]:
    data = found.value
    people = dict.fromkeys((zone["code"] for zone in data.get("zones", ())), 0)
    for number, commune in enumerate(data["communes"]):
        zone, small = commune.get("zone") or "", commune["population"] < SMALLEST_COMMUNE
        line = found.line(("communes", number, "zone" if "zone" in commune else "code"))
        if zone and zone not in people:
            yield Fault(line, _("there is no zone “{code}”.").format(code=zone))
        elif small and not zone:
            yield Fault(line, _("{name} has fewer than {count} inhabitants and no zone: an "
                                "observation there would tell too much.")
                        .format(name=commune["name"], count=SMALLEST_COMMUNE))
        elif zone and not small:
            yield Fault(line, _("{name} has {count} inhabitants or more: it stands by itself, "
                                "without a zone.").format(
                                    name=commune["name"], count=SMALLEST_COMMUNE))
        elif zone:
            people[zone] += commune["population"]
    for number, row in enumerate(data.get("zones", ())):
        if people[row["code"]] < SMALLEST_COMMUNE:
            yield Fault(found.line(("zones", number, "code")), _(
                "the zone “{name}” has {people} inhabitants: fewer than {count} tell too much.")
                        .format(
                        name=row["name"], people=people[row["code"]], count=SMALLEST_COMMUNE))
