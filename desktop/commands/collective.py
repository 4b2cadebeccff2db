"""Founding a collective: the territory's plan, groups, places and vocabularies become records that
sync."""

import json
import uuid
from typing import Any

from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.paths import resource
from desktop.commands.records import add_record, add_records
from desktop.models.actions import Dispositif
from desktop.models.charter import Charter, Clause
from desktop.models.directory import Group, Organisation
from desktop.models.plan import Axis, Indicator, Objective, Plan
from desktop.models.record import Record, derived_id
from desktop.models.vocabularies import Place, Term

_Row = tuple[type[Record], dict[str, Any]]


def preset_names() -> list[str]:
    """Return the territory presets that ship."""
    return sorted(file.stem for file in resource("presets").glob("*.json"))


def read_preset(preset: str) -> dict[str, Any]:
    """Return the data of a preset; AppError for an unknown one."""
    if preset not in preset_names():
        raise AppError(_("There is no territory preset called {preset}.").format(preset=preset),
                       _("Choose one of: {presets}.").format(presets=", ".join(preset_names())))
    read: dict[str,
               Any] = json.loads(resource("presets", f"{preset}.json").read_text(encoding="utf-8"))
    return read


def found_records(session: Session, preset: str | dict[str, Any], name: str) -> uuid.UUID:
    """Fill an empty vault from a preset: collective, plan, charter, groups, places, vocabularies.
    The collective's id.

    `preset`: the code of one that ships, or the data of a file that was judged
    (`exchange.territory.checking`).
    """
    if not name.strip():
        raise AppError(_("The collective needs a name."))
    data = read_preset(preset) if isinstance(preset, str) else preset
    collective_id = add_record(session, "collective", {
        "name": name.strip(), "territory": data["territory"], "preset": data["code"],
        "population_year": data["population_year"], "places_source": data["source"],
        "neighbourhoods_complete": bool(data.get("neighbourhoods_complete"))})
    session.flush()
    add_records(session, [*_plan(data), *_partners(data), *_charter(data), *_places(data),
                          *vocabulary_rows()])
    return collective_id


def _plan(data: dict[str, Any]) -> list[_Row]:
    code, plan = data["code"], data["plan"]
    plan_id, successor = derived_id("plan", code), plan.get("successor")
    rows = [_plan_row(plan_id, plan, data["territory"])]
    if successor is not None:
        rows.append(_plan_row(derived_id("plan", code, "successor"), successor, data["territory"]))
        rows[0][1]["successor_id"] = rows[1][1]["id"]
    axes = {axis["code"]: derived_id("axis", code, axis["code"]) for axis in data["axes"]}
    for position, axis in enumerate(data["axes"], 1):
        axis_id = axes[axis["code"]]
        rows.append(
            (Axis, {"id": axis_id, "plan_id": plan_id, "order": f"{position * 10:04d}",
                    "code": axis["code"],
                    "title": axis["title"], "description": axis.get("description")}))
        for rank, objective in enumerate(axis.get("objectives", ()), 1):
            rows += _objective(axis_id, rank,
                               {"title": objective} if isinstance(objective, str) else objective)
    for group in data.get("groups", ()):
        rows.append((Group, {"id": derived_id("group", code, group["code"]), "name": group["name"],
                             "kind": group["kind"], "axis_id": axes.get(group.get("axis") or "")}))
    return rows


def _plan_row(plan_id: uuid.UUID, plan: dict[str, Any], territory: str) -> _Row:
    return Plan, {"id": plan_id, "name": plan["name"], "territory": territory,
                  "starts_on": plan.get("starts_on"), "ends_on": plan.get("ends_on")}


def _objective(axis_id: uuid.UUID, rank: int, objective: dict[str, Any]) -> list[_Row]:
    objective_id = derived_id("objective", axis_id, rank)
    rows: list[_Row] = [
        (Objective, {"id": objective_id, "axis_id": axis_id, "order": f"{rank * 10:04d}",
                     "title": objective["title"]})]
    for place, indicator in enumerate(objective.get("indicators", ()), 1):
        rows.append(
            (Indicator,
             {"id": derived_id("indicator", objective_id, place), "objective_id": objective_id,
              **{name: indicator.get(name) for name in (
                  "label", "unit", "baseline", "target", "target_on", "source")},
              "derived": indicator.get("derived") or None}))
    return rows


def _partners(data: dict[str, Any]) -> list[_Row]:
    """Return the organisations and the existing schemes that the territory's document names."""
    rows: list[_Row] = []
    for rank, one in enumerate(data.get("organisations", ()), 1):
        rows.append((Organisation,
                     {"id": derived_id("organisation", data["code"], rank), "name": one["name"],
                      "short_name": one.get("short_name") or None, "college": one["college"],
                      "domains": one.get("domains") or None, "notes": one.get("notes") or None}))
    for rank, scheme in enumerate(data.get("schemes", ()), 1):
        rows.append((Dispositif,
                     {"id": derived_id("dispositif", data["code"], rank), "name": scheme["name"],
                      "holder": scheme.get("holder") or None, "domains": scheme.get("domains", []),
                      "territory": data["territory"]}))
    return rows


def _charter(data: dict[str, Any]) -> list[_Row]:
    """Return the charter of a territory that has one; the coordination of another writes its
    own."""
    charter = data.get("charter")
    if charter is None:
        return []
    charter_id = derived_id("charter", data["code"])
    rows: list[_Row] = [
        (Charter, {"id": charter_id, "title": charter["title"], "version": charter["version"],
                   "starts_on": charter.get("starts_on"), "text": charter["text"]})]
    for rank, clause in enumerate(charter["clauses"], 1):
        rows.append(
            (Clause, {"id": derived_id("clause", charter_id, rank), "charter_id": charter_id,
                      "order": f"{rank:02d}",
                      "label": clause["label"], "text": clause["text"],
                      "evidence": clause.get("evidence")}))
    return rows


def _places(data: dict[str, Any]) -> list[_Row]:
    rows: list[_Row] = []
    verified_on = data["verified_on"]
    for zone in data.get("zones", ()):
        rows.append(
            (Place, {"kind": "zone", "code": zone["code"], "name": zone["name"],
                     "verified_on": verified_on}))
    for commune in data["communes"]:
        rows.append(
            (Place, {"kind": "commune", "code": commune["code"], "name": commune["name"],
                     "verified_on": verified_on,
                     "population": commune["population"],
                     "parent_code": commune.get("zone") or None}))
    for area in data.get("neighbourhoods", ()):
        rows.append((Place, {
            "kind": "neighbourhood", "code": area["code"], "name": area["name"],
            "parent_code": area["commune"],
            "generation": area["generation"], "population": area.get("population"),
            "other_communes": area.get("other_communes") or None,
            "to_confirm": area.get("to_confirm") or None,
            # A code that is not certain was not verified.
            "verified_on": None if area.get("to_confirm") else verified_on}))
    return rows


def vocabulary_rows() -> list[_Row]:
    """Return the terms of every vocabulary that ships."""
    rows: list[_Row] = []
    for file in sorted(resource("vocabularies").glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        for position, term in enumerate(data["terms"], 1):
            rows.append((Term, {
                "vocabulary": data["vocabulary"], "order": position, "code": term["code"],
                "label_fr": term["label_fr"], "label_en": term.get("label_en"),
                "family": term.get("family"),
                "valid_from": term.get("valid_from"), "valid_to": term.get("valid_to"),
                "source": term.get("source") or data.get("source"),
                "verified_on": term.get("verified_on") or data.get("verified_on")}))
    return rows


def add_author(session: Session, full_name: str,
               organisation_id: uuid.UUID | None = None) -> uuid.UUID:
    """Return the record of the person who holds this device; «Given Family», the last word in
    capitals or the last word."""
    words = full_name.split()
    if not words:
        raise AppError(_("Say who you are: given name and family name."))
    capitals = [word for word in words if len(word) > 1 and word == word.upper()]
    family = " ".join(capitals) or words[-1]
    given = (" ".join(word for word in words if word not in capitals) if capitals
             else " ".join(words[:-1]))
    return add_record(session, "person", {
        "given_name": given, "family_name": family, "organisation_id": organisation_id})
