"""Neighbourhoods from a table: first what would be done, line by line, then all of it in one
transaction.

A neighbourhood that reaches into several communes has a line for each, as the national list gives
it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.text import fold
from desktop.commands.places import add_place, rename_place
from desktop.commands.records import edit_record
from desktop.exchange.tables import rows_of
from desktop.models.changes import author_of
from desktop.models.rules.places import LONGEST_CODE, LONGEST_NAME
from desktop.models.vocabularies import Place

NEW, RENAMED, COMPLETED, CONFIRMED, SAME, REFUSED = "new", "renamed", "completed", "confirmed", "same", "refused"
HEADERS = {
    "code": ("code", "code_qp", "code qp", "code qpv", "code_qpv", "code quartier"),
    "name": ("nom", "lib_qp", "libelle", "quartier", "nom du quartier", "nom_qp", "name"),
    "commune": ("commune", "insee_com", "code commune", "code_commune", "code insee", "lib_com",
                "communes"),
    "population": ("population", "pop", "habitants", "pop_qp"),
    "generation": ("generation", "annee"),
    "source": ("source",),
    "verified_on": ("verifie le", "verified_on", "verifie"),
}
"""What the columns are called, folded; the first of two columns of communes is taken: its code
before its name."""


@dataclass(frozen=True)
class PlaceLine:
    """One neighbourhood of the table. `state`: new, renamed, completed, confirmed, same or refused,
    `reason` saying why."""

    number: int
    code: str
    name: str
    communes: tuple[str, ...]
    state: str
    reason: str = ""
    values: dict[str, str | int] = field(default_factory=dict)
    other: Place | None = None
    """The place to be confirmed that this line names with its official code."""


@dataclass(frozen=True)
class PlacesPlan:
    """All lines, and the columns of which nothing is made."""

    lines: tuple[PlaceLine, ...]
    told: tuple[str, ...] = ()

    def count(self, state: str) -> int:
        """How many lines are in a state."""
        return sum(line.state == state for line in self.lines)


@dataclass(frozen=True)
class PlacesDone:
    """What an import made."""

    added: int
    changed: int


def plan_places(session: Session, text: str) -> PlacesPlan:
    """Return what importing neighbourhoods would do; nothing is written. AppError where the table
    names no neighbourhood."""
    rows = rows_of(text)
    if not rows:
        raise AppError(_("There is nothing to import."),
                       _("Copy the lines in the spreadsheet, then paste them here."))
    titles = [fold(cell) for cell in rows[0][1]]
    columns = {name: titles.index(word) for name, words in HEADERS.items()
               for word in reversed(words) if word in titles}
    if not {"code", "name", "commune"} <= columns.keys():
        raise AppError(_("The first line is to name the columns: code, nom, commune; others: "
                         "population, génération, source, vérifié le."),
                       _("Each line below it is one neighbourhood."))
    places = session.scalars(select(Place).where(Place.deleted.is_not(True))).all()
    communes = {key: p.code or "" for p in places if p.kind == "commune"
                for key in (p.code or "", fold(p.name or ""))}
    known = {p.code or "": p for p in places if p.kind == "neighbourhood"}
    lines: dict[str, PlaceLine] = {}
    for number, cells in rows[1:]:
        said = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        line = _line(number, said, communes)
        first = lines.get(line.code)
        if (first is not None and first.name == line.name
            and REFUSED not in (first.state, line.state)):
            lines[line.code] = replace(first,
                                       communes=tuple(
                                           dict.fromkeys((*first.communes, *line.communes))))
        elif first is not None and line.code:
            lines[f"{line.code} {number}"] = replace(
                line, state=REFUSED, reason=_("Line {number} has this code too.").format(
                    number=first.number))
        else:
            lines[line.code or f" {number}"] = line
    if not lines:
        raise AppError(_("The table names no neighbourhood."))
    left = [title for at, title in enumerate(rows[0][1]) if title and at not in columns.values()]
    told = ((_("Columns left out: {columns}.").format(columns=", ".join(left)[:200]),) if left
            else ())
    return PlacesPlan(tuple(_held(line, known) for line in lines.values()), told)


def _line(number: int, said: dict[str, str], communes: dict[str, str]) -> PlaceLine:
    code, name = said["code"].upper(), said["name"].replace("'", "’")
    asked = [part.strip() for part in re.split(r"[,;/]", said["commune"]) if part.strip()]
    found = tuple(communes.get(part) or communes.get(part.zfill(5)) or communes.get(fold(part))
                  or "" for part in asked)
    figures = re.sub(r"\s", "", said.get("population", ""))
    values: dict[str, str | int] = {key: said[key] for key in ("generation", "source")
                                    if said.get(key)}
    wrong = ""
    if not code or len(code) > LONGEST_CODE or not name or len(name) > LONGEST_NAME:
        wrong = _("A neighbourhood has a code and a name.")
    elif not asked or "" in found:
        unknown = next((part for part, there in zip(asked, found, strict=True) if not there), "")
        wrong = _("“{name}” is no commune of the territory.").format(name=unknown[:60])
    elif figures and not (figures.isascii() and figures.isdigit() and len(figures) < 9):
        wrong = _("The population is not a number.")
    elif values.get("generation") and not re.fullmatch(r"[0-9]{4}", said["generation"]):
        wrong = _("The generation is the year of the list, as 2024.")
    elif said.get("verified_on") and not _day(said["verified_on"]):
        wrong = (_("“{text}” is no day: 2026-03-12 or 12/03/2026.")
                 .format(text=said["verified_on"][:40]))
    if wrong:
        return PlaceLine(number, code, name, found, REFUSED, wrong)
    if figures:
        values["population"] = int(figures)
    if said.get("verified_on"):
        values["verified_on"] = _day(said["verified_on"])
    return PlaceLine(number, code, name, found, NEW, values=values)


def _day(text: str) -> str:
    french = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        return (date(int(french[3]), int(french[2]), int(french[1])) if french
                else date.fromisoformat(text)).isoformat()
    except ValueError:
        return ""


def _held(line: PlaceLine, known: dict[str, Place]) -> PlaceLine:
    """Hold a line up to the places that there are."""
    if line.state == REFUSED:
        return line
    there = known.get(line.code)
    if there is None:
        # The same neighbourhood, known until now by its name alone.
        other = next((p for p in known.values()
                      if p.to_confirm and not p.valid_to and fold(p.name or "") == fold(line.name)
                      and {p.parent_code, *(p.other_communes or ())} & set(line.communes)), None)
        if other is not None:
            return replace(line, state=CONFIRMED, other=other,
                           reason=_("in the place of {code}").format(code=other.code))
        return line
    changed = _changes(line, there)
    if there.name != line.name:
        return replace(line, state=RENAMED, reason=_("until now {name}").format(name=there.name))
    return replace(line, state=COMPLETED if changed else SAME)


def _changes(line: PlaceLine, there: Place) -> dict[str, str | int | list[str] | bool | None]:
    wanted: dict[str, str | int | list[str] | bool | None] = {
        **line.values, "parent_code": line.communes[0],
        "other_communes": list(line.communes[1:]) or None}
    if there.to_confirm:
        wanted["to_confirm"] = False
    if set(line.communes) == {there.parent_code, *(there.other_communes or ())}:
        # The order of the communes says nothing.
        del wanted["parent_code"], wanted["other_communes"]
    return {name: value for name, value in wanted.items() if getattr(there, name) != value}


def import_places(session: Session, text: str) -> PlacesDone:
    """Plan and apply in one transaction: whole or not at all, one gesture to be undone.

    A name that differs is a renaming: old records show the old one. A place of the table is
    verified today, where it says no day.
    """
    plan = plan_places(session, text)
    today = author_of(session).today().isoformat()
    # Additions first: what a rule looks at is read once a transaction.
    added = [line for line in plan.lines if line.state in (NEW, CONFIRMED)]
    for line in added:
        if line.other is not None:
            edit_record(session, line.other.id, {"valid_to": _before(today), "to_confirm": False})
    session.flush()
    for line in added:
        add_place(session, {"kind": "neighbourhood", "code": line.code, "name": line.name,
                            "parent_code": line.communes[0],
                            "other_communes": list(line.communes[1:]) or None, "verified_on": today,
                            **line.values})
    changed = [line for line in plan.lines if line.state in (RENAMED, COMPLETED, SAME)]
    known = _by_code(session, [line.code for line in changed])
    for line in changed:
        there = known[line.code]
        if line.state == RENAMED:
            rename_place(session, {"place_id": there.id, "name": line.name})
        values = {**_changes(line, there), "verified_on": line.values.get("verified_on", today)}
        edit_record(session, there.id, values)
    return PlacesDone(len(added), sum(line.state != SAME for line in changed))


def _by_code(session: Session, codes: Sequence[str]) -> dict[str, Place]:
    return {p.code or "": p for p in session.scalars(select(Place).where(
        Place.kind == "neighbourhood", Place.deleted.is_not(True), Place.code.in_(codes)))}


def _before(day: str) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()
