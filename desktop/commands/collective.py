"""Founding a collective: the territory's plan, groups, places and vocabularies become records that sync."""

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
from desktop.models.directory import Group
from desktop.models.plan import Axis, Objective, Plan
from desktop.models.record import Record, derived_id
from desktop.models.vocabularies import Place, Term

_Row = tuple[type[Record], dict[str, Any]]


def preset_names() -> list[str]:
    """The territory presets that ship."""
    return sorted(file.stem for file in resource("presets").glob("*.json"))


def read_preset(preset: str) -> dict[str, Any]:
    """The data of a preset; AppError for an unknown one."""
    if preset not in preset_names():
        raise AppError(_("There is no territory preset called {preset}.").format(preset=preset),
                       _("Choose one of: {presets}.").format(presets=", ".join(preset_names())))
    read: dict[str, Any] = json.loads(resource("presets", f"{preset}.json").read_text(encoding="utf-8"))
    return read


def found_records(session: Session, preset: str, name: str) -> uuid.UUID:
    """Fill an empty vault from a preset: collective, plan, axes, groups, places, vocabularies. The collective's id."""
    if not name.strip():
        raise AppError(_("The collective needs a name."))
    data = read_preset(preset)
    collective_id = add_record(session, "collective", {
        "name": name.strip(), "territory": data["territory"], "preset": preset})
    session.flush()
    add_records(session, [*_plan(data), *_charter(data), *_places(data), *vocabulary_rows()])
    return collective_id


def _plan(data: dict[str, Any]) -> list[_Row]:
    code = data["code"]
    plan = data["plan"]
    plan_id = derived_id("plan", code)
    rows: list[_Row] = [(Plan, {"id": plan_id, "name": plan["name"], "territory": data["territory"],
                                "starts_on": plan.get("starts_on"), "ends_on": plan.get("ends_on")})]
    axes = {axis["code"]: derived_id("axis", code, axis["code"]) for axis in data["axes"]}
    for position, axis in enumerate(data["axes"], 1):
        axis_id = axes[axis["code"]]
        rows.append((Axis, {"id": axis_id, "plan_id": plan_id, "order": f"{position * 10:04d}", "code": axis["code"],
                            "title": axis["title"], "description": axis.get("description")}))
        for rank, title in enumerate(axis["objectives"], 1):
            rows.append((Objective, {"id": derived_id("objective", axis_id, rank), "axis_id": axis_id,
                                     "order": f"{rank * 10:04d}", "title": title}))
    for group in data["groups"]:
        rows.append((Group, {"id": derived_id("group", code, group["code"]), "name": group["name"],
                             "kind": group["kind"], "axis_id": axes.get(group.get("axis") or "")}))
    for rank, scheme in enumerate(data.get("schemes", ()), 1):
        rows.append((Dispositif, {"id": derived_id("dispositif", code, rank), "name": scheme["name"],
                                  "holder": scheme["holder"] or None, "domains": scheme["domains"],
                                  "territory": data["territory"]}))
    return rows


def _charter(data: dict[str, Any]) -> list[_Row]:
    """The charter of a territory that has one; the coordination of another writes its own."""
    charter = data.get("charter")
    if charter is None:
        return []
    charter_id = derived_id("charter", data["code"])
    rows: list[_Row] = [(Charter, {"id": charter_id, "title": charter["title"], "version": charter["version"],
                                   "starts_on": charter.get("starts_on"), "text": charter["text"]})]
    for rank, clause in enumerate(charter["clauses"], 1):
        rows.append((Clause, {"id": derived_id("clause", charter_id, rank), "charter_id": charter_id, "order": f"{rank:02d}",
                              "label": clause["label"], "text": clause["text"], "evidence": clause.get("evidence")}))
    return rows


def _places(data: dict[str, Any]) -> list[_Row]:
    rows: list[_Row] = []
    for zone in data["zones"]:
        rows.append((Place, {"kind": "zone", "code": zone["code"], "name": zone["name"]}))
    for commune in data["communes"]:
        rows.append((Place, {"kind": "commune", "code": commune["code"], "name": commune["name"],
                             "population": commune["population"], "parent_code": commune["zone"]}))
    for area in data["neighbourhoods"]:
        rows.append((Place, {"kind": "neighbourhood", "code": area["code"], "name": area["name"],
                             "parent_code": area["commune"], "generation": str(area["generation"])}))
    return rows


def vocabulary_rows() -> list[_Row]:
    """The terms of every vocabulary that ships."""
    rows: list[_Row] = []
    for file in sorted(resource("vocabularies").glob("*.json")):
        data = json.loads(file.read_text(encoding="utf-8"))
        for position, term in enumerate(data["terms"], 1):
            rows.append((Term, {
                "vocabulary": data["vocabulary"], "order": position, "code": term["code"],
                "label_fr": term["label_fr"], "label_en": term.get("label_en"), "family": term.get("family"),
                "valid_from": term.get("valid_from"), "valid_to": term.get("valid_to"),
                "source": term.get("source") or data.get("source"),
                "verified_on": term.get("verified_on") or data.get("verified_on")}))
    return rows


def add_author(session: Session, full_name: str, organisation_id: uuid.UUID | None = None) -> uuid.UUID:
    """The record of the person who holds this device; «Given Family», the last word in capitals or the last word."""
    words = full_name.split()
    if not words:
        raise AppError(_("Say who you are: given name and family name."))
    capitals = [word for word in words if len(word) > 1 and word == word.upper()]
    family = " ".join(capitals) or words[-1]
    given = " ".join(word for word in words if word not in capitals) if capitals else " ".join(words[:-1])
    return add_record(session, "person", {
        "given_name": given, "family_name": family, "organisation_id": organisation_id})
