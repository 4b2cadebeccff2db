"""A new preset from a table of communes: no commune under 2,000 inhabitants is left to stand
alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.text import fold
from desktop.exchange.tables import rows_of
from desktop.models.rules.observations import SMALLEST_COMMUNE

HEADERS = {"code": ("code", "insee", "code insee", "code_insee", "codgeo", "code commune",
                    "code_commune", "com"),
           "name": ("nom", "commune", "nom commune", "nom de la commune", "libelle", "libgeo",
                    "name"),
           "population": ("population", "population municipale", "pop", "pop_municipale", "pmun",
                          "habitants"),
           "zone": ("zone", "zones", "secteur")}
"""What the columns of the table are called, folded."""


@dataclass(frozen=True)
class Commune:
    """One line of the table. `zone`: the name of its zone, "" where the table says none."""

    line: int
    code: str
    name: str
    population: int
    zone: str


def communes_in(text: str) -> list[Commune]:
    """Read the communes of a table; AppError with the line of the first that is wrong."""
    rows = rows_of(text)
    header = {} if not rows else {name: place for name, words in HEADERS.items()
                                  for place, cell in reversed(list(enumerate(rows[0][1])))
                                  if fold(cell) in words}
    if not {"code", "name", "population"} <= header.keys():
        raise AppError(_("The first line of the table is to name its columns: code, nom, "
                         "population, and zone if there are any."),
                       _("Each line below it is one commune."))
    found: list[Commune] = []
    for line, cells in rows[1:]:
        said = {name: cells[place].strip() if place < len(cells) else ""
                for name, place in header.items()}
        # Spreadsheets write thousands with spaces of several kinds, and take the first nought of a
        # code away.
        figures, code = re.sub(r"\s|\.0+$", "", said["population"]), said["code"].zfill(5)
        wrong = "" if re.fullmatch(r"(\d\d|2[AB])\d{3}", code) else (
            _("“{text}” is no INSEE code.").format(text=said["code"][:40]))
        wrong = wrong or ("" if said["name"] else _("the commune has no name."))
        wrong = wrong or ("" if figures.isascii() and figures.isdigit() and len(figures) < 9 else
                          _("the population of {name} is not a number.")
                          .format(name=said["name"][:60]))
        wrong = wrong or (_("the code {code} stands twice.").format(code=code)
                          if any(c.code == code for c in found) else "")
        if wrong:
            raise AppError(_("Line {number}: ").format(number=line) + wrong)
        found.append(Commune(line, code, said["name"], int(figures), said.get("zone", "")))
    if not found:
        raise AppError(_("The table names no commune."))
    return found


def proposed_preset(communes: Sequence[Commune], *, territory: str, name: str, population_year: int,
                    source: str,
                    today: date) -> dict[str, Any]:
    """Return the data of a new preset: the communes, zones for the small ones, an empty plan and
    one group."""
    zones: dict[str, str] = {}
    placed: dict[str, str] = {}
    for number, (title, inside) in enumerate(_zones(communes), 1):
        code = f"Z-{number}"
        zones[code] = title
        placed |= {commune.code: code for commune in inside}
    return {
        "code": _word(territory)[:60].strip("-") or "territoire", "name": name,
        "territory": territory,
        "plan": {"name": _("Plan against discrimination, {territory}").format(territory=territory),
                 "starts_on": None,
                 "ends_on": None},
        "axes": [],
        "groups": [{"code": "PLENIERE", "name": _("Plenary of the collective"), "kind": "pleniere",
                    "axis": ""}],
        "zones": [{"code": code, "name": title} for code, title in zones.items()],
        "population_year": population_year,
        "communes": [{"code": c.code, "name": c.name, "population": c.population,
                      "zone": placed.get(c.code, "")}
                     for c in sorted(communes, key=lambda c: (-c.population, c.code))],
        "neighbourhoods": [], "neighbourhoods_complete": False, "source": source,
        "verified_on": today.isoformat()}


def _zones(communes: Sequence[Commune]) -> list[tuple[str, list[Commune]]]:
    """Return the zones that the table names, and of the other small communes zones of 2,000
    inhabitants, in the table's order."""
    small = [commune for commune in communes if commune.population < SMALLEST_COMMUNE]
    told: dict[str, list[Commune]] = {}
    for commune in small:
        if commune.zone:
            told.setdefault(commune.zone, []).append(commune)
    made: list[list[Commune]] = []
    for commune in (commune for commune in small if not commune.zone):
        if not made or _people(made[-1]) >= SMALLEST_COMMUNE:
            made.append([])
        made[-1].append(commune)
    if len(made) > 1 and _people(made[-1]) < SMALLEST_COMMUNE:
        made[-2:] = [made[-2] + made[-1]]
    for inside in (*told.values(), *made):
        if _people(inside) < SMALLEST_COMMUNE:
            raise AppError(_("{names} have {people} inhabitants together: fewer than {count} tell "
                             "too much.").format(
                                 names=_title(inside), people=_people(inside),
                                 count=SMALLEST_COMMUNE),
                _("Put them into a larger zone, in the column “zone” of the table."))
    return [*told.items(), *((_title(inside), inside) for inside in made)]


def _people(communes: Sequence[Commune]) -> int:
    return sum(commune.population for commune in communes)


def _title(communes: Sequence[Commune]) -> str:
    names = [commune.name for commune in sorted(communes, key=lambda c: -c.population)]
    if len(names) > 3:
        return _("{names} and {count} others").format(names=", ".join(names[:2]),
                                                      count=len(names) - 2)
    return (_("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1]) if names[1:]
            else names[0])


def _word(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
