"""Verbs on territories: preset list, preset check, preset new."""

import json
from datetime import date
from pathlib import Path

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.i18n import _, ngettext
from desktop.cli.context import Context, read_bytes
from desktop.commands.collective import preset_names, read_preset
from desktop.exchange.tables import text_of
from desktop.exchange.territory.checking import check_bytes, check_file
from desktop.exchange.territory.proposing import communes_in, proposed_preset


def list_presets(context: Context) -> None:
    """carnet preset list"""
    found = {name: read_preset(name)["territory"] for name in preset_names()}
    context.answer(found, [f"{name}  {territory}" for name, territory in found.items()])


def check_preset(context: Context) -> None:
    """carnet preset check FILE"""
    path = Path(context.arguments.file)
    data, faults = check_file(path)
    if faults:
        # Every fault is the answer; the last line, on standard error, tells their number and gives
        # the exit code.
        context.answer(
            {"file": str(path),
             "faults": [{"line": fault.line, "message": fault.message} for fault in faults]},
                       [f"{path}: {fault}" for fault in faults])
        raise AppError(ngettext("{count} fault in this file.", "{count} faults in this file.",
                                len(faults)).format(
                                    count=len(faults)))
    counts = {name: len(data.get(name, ()))
              for name in ("communes", "zones", "neighbourhoods", "axes", "groups")}
    context.answer({"file": str(path), "faults": [], **counts}, [
        _("This file is sound. Communes: {communes}; zones: {zones}; neighbourhoods: "
          "{neighbourhoods}.").format(**counts)])


def new_preset(context: Context) -> None:
    """carnet preset new TABLE --out FILE --territory T --name N --population-year Y [--source S]"""
    given = context.arguments
    table, out = Path(given.table), Path(given.out)
    made = proposed_preset(
        communes_in(text_of(read_bytes(table))), territory=given.territory.strip(),
        name=given.name.strip(),
        population_year=given.population_year, today=date.today(),
        source=given.source
        or _("Communes: {file}, to be told by the territory.").format(file=table.name))
    data = (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()
    _sound, faults = check_bytes(data)
    if faults:
        raise AppError(faults[0].message)
    try:
        with out.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise AppError(_("There is already a file {path}.").format(path=out),
                       _("Choose another name.")) from error
    except OSError as error:
        raise disk_error(error, out) from error
    zones = [{"name": zone["name"],
              "communes": [c["name"] for c in made["communes"] if c["zone"] == zone["code"]]}
             for zone in made["zones"]]
    context.answer({"file": str(out), "code": made["code"], "communes": len(made["communes"]),
                    "zones": zones}, [
                        _("Written: {path}").format(path=out),
                        *(_("Zone proposed: {name} ({communes})")
                          .format(name=zone["name"], communes=", ".join(zone["communes"]))
                          for zone in zones),
                        _("Read the zones again, add axes, groups and neighbourhoods, then: carnet "
                          "preset check {path}").format(path=out)])
