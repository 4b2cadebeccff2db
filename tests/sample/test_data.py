"""The presets and vocabularies: what the design promises of them."""

import json
import re

import pytest

from desktop.base.paths import resource
from desktop.models.choices import codes_of
from desktop.models.record import RECORDS, fields_of

PRESETS = {"maubeuge-val-de-sambre": 43, "valenciennes-metropole": 35}
LEGAL = {"ORIG", "ETHN", "NATN", "RACE", "PATR", "LANG", "RELI", "PHIL", "POLI", "SYND", "ALER", "SEXE", "GROS", "IDGE",
         "ORSE", "MOEU", "AGE", "FAMI", "HAND", "SANT", "AUTO", "GENE", "PHYS", "ECON", "LIEU", "BANC"}


def read(*parts: str) -> dict:
    return json.loads(resource(*parts).read_text(encoding="utf-8"))


@pytest.mark.parametrize("preset", PRESETS)
def test_preset(preset: str) -> None:
    data = read("presets", f"{preset}.json")
    assert data["code"] == preset
    assert len(data["communes"]) == PRESETS[preset] == len({c["code"] for c in data["communes"]})
    zones = {zone["code"]: 0 for zone in data["zones"]}
    assert 4 <= len(zones) <= 6
    for commune in data["communes"]:
        assert re.fullmatch(r"59\d{3}", commune["code"])
        assert bool(commune["zone"]) == (commune["population"] < 2000)
        if commune["zone"]:
            zones[commune["zone"]] += commune["population"]
    assert min(zones.values()) >= 2000
    communes = {c["code"] for c in data["communes"]}
    for area in data["neighbourhoods"]:
        assert re.fullmatch(r"QN\d{5}[NMIC]", area["code"]) and area["commune"] in communes
    axes = {axis["code"] for axis in data["axes"]}
    assert all(axis["objectives"] for axis in data["axes"])
    for group in data["groups"]:
        assert group["kind"] in codes_of("group_kind") and (not group["axis"] or group["axis"] in axes)


def test_vocabularies_answer_every_field() -> None:
    wanted = {field.choices.removeprefix("term:") for cls in RECORDS.values() for field in fields_of(cls)
              if field.choices.startswith("term:")}
    assert wanted <= {file.stem for file in resource("vocabularies").glob("*.json")}


def test_every_list_lets_one_not_answer() -> None:
    for file in resource("vocabularies").glob("*.json"):
        data = read("vocabularies", file.name)
        codes = [term["code"] for term in data["terms"]]
        assert data["vocabulary"] == file.stem and data["source"] and data["verified_on"]
        assert len(codes) == len(set(codes))
        assert all(term["label_fr"] and term["label_en"] for term in data["terms"])
        if not file.stem.endswith("_families"):
            assert {"NSP", "NRP"} <= set(codes), file.stem


def test_the_legal_criteria_are_apart_from_the_others() -> None:
    terms = read("vocabularies", "criteria.json")["terms"]
    families = {term["code"] for term in read("vocabularies", "criterion_families.json")["terms"]}
    assert {t["code"] for t in terms if t["family"] != "HORS_LOI"} == LEGAL
    assert all(t["family"] in families and t["source"] for t in terms)
    domains = read("vocabularies", "domains.json")["terms"]
    families = {term["code"] for term in read("vocabularies", "domain_families.json")["terms"]}
    assert all(t["family"] in families for t in domains if t["code"] not in ("NSP", "NRP"))
