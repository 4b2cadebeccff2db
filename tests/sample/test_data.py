"""The presets and vocabularies: what the design promises of them."""

import json
import re

import pytest

from desktop.base.paths import resource
from desktop.models.choices import codes_of
from desktop.models.record import RECORDS, fields_of

PRESETS = {"maubeuge-val-de-sambre": 43, "valenciennes-metropole": 35}
LEGAL = {"ORIG", "ETHN", "NATN", "RACE", "PATR", "LANG", "RELI", "PHIL", "POLI", "SYND", "ALER",
         "SEXE", "GROS", "IDGE",
         "ORSE", "MOEU", "AGE", "FAMI", "HAND", "SANT", "AUTO", "GENE", "PHYS", "ECON", "LIEU",
         "BANC"}


def read(*parts: str) -> dict:
    return json.loads(resource(*parts).read_text(encoding="utf-8"))


@pytest.mark.parametrize("preset", PRESETS)
def test_preset(preset: str) -> None:
    data = read("presets", f"{preset}.json")
    assert "'" not in json.dumps(data, ensure_ascii=False)
    assert data["population_year"] == 2023 and "populations municipales 2023" in data["source"]
    domains = {term["code"] for term in read("vocabularies", "domains.json")["terms"]}
    assert all(set(scheme["domains"]) <= domains for scheme in data.get("schemes", ()))
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
        official = r"X59-[A-Z-]+" if area.get("to_confirm") else r"QN\d{5}[NMIC]"
        assert re.fullmatch(official, area["code"]) and area["commune"] in communes
    axes = {axis["code"] for axis in data["axes"]}
    assert all(axis["objectives"] for axis in data["axes"])
    objectives = [objective for axis in data["axes"] for objective in axis["objectives"]]
    # What the public document does not say is Carnet's proposal, and says so.
    assert all(len(one["indicators"]) == 2
               and all("à adapter" in indicator["source"] for indicator in one["indicators"])
               for one in objectives)
    assert all(one["notes"] for one in data["organisations"])
    for group in data["groups"]:
        assert (group["kind"] in codes_of("group_kind")
                and (not group["axis"] or group["axis"] in axes))


def test_vocabularies_answer_every_field() -> None:
    wanted = {field.choices.removeprefix("term:") for cls in RECORDS.values()
              for field in fields_of(cls)
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


def test_each_criterion_names_the_texts_that_hold_it() -> None:
    terms = {term["code"]: term for term in read("vocabularies", "criteria.json")["terms"]}
    everywhere = ["CP 225-1", "L2008-496-1", "CT L1132-1"]
    narrower = {"ALER": ["CP 225-1", "CT L1132-1"], "BANC": ["L2008-496-1", "CT L1132-1"],
                "PHIL": ["CGFP L131-1"],
                "MAND": ["CT L1132-1"], "HSEX": ["CP 225-1-1"], "BIZU": ["CP 225-1-2"], "AUTR": [],
                "NSP": [], "NRP": []}
    assert {code: term["bases"] for code, term in terms.items()} == {
        code: narrower.get(code, everywhere) for code in terms}
    names = {"CP 225-1": "Code pénal, art. 225-1",
             "L2008-496-1": "loi n° 2008-496 du 27 mai 2008, art. 1",
             "CT L1132-1": "Code du travail, art. L. 1132-1",
             "CGFP L131-1": "fonction publique, art. L. 131-1",
             "CP 225-1-1": "Code pénal, art. 225-1-1", "CP 225-1-2": "Code pénal, art. 225-1-2"}
    assert all(names[base] in term["source"] for term in terms.values() for base in term["bases"])
    assert {code for code, term in terms.items()
            if term["bases"]} == LEGAL | {"MAND", "HSEX", "BIZU"}


def test_the_dates_of_the_criteria_are_those_of_the_versions_of_the_article() -> None:
    versions = {"1994-03-01", "2001-11-17", "2002-03-05", "2006-03-24", "2012-08-08", "2014-02-23",
                "2016-06-26",
                "2016-11-20", "2022-09-01"}
    for term in read("vocabularies", "criteria.json")["terms"]:
        if "CP 225-1" in term["bases"]:
            assert term["valid_from"] in versions, term["code"]


def test_the_legal_criteria_are_apart_from_the_others() -> None:
    terms = read("vocabularies", "criteria.json")["terms"]
    families = {term["code"] for term in read("vocabularies", "criterion_families.json")["terms"]}
    assert {t["code"] for t in terms if t["family"] not in ("HORS_LOI", "HORS_26")} == LEGAL
    assert {t["code"] for t in terms if t["family"] == "HORS_26"} == {"MAND", "HSEX", "BIZU"}
    assert all(t["family"] in families and t["source"] for t in terms)
    domains = read("vocabularies", "domains.json")["terms"]
    families = {term["code"] for term in read("vocabularies", "domain_families.json")["terms"]}
    assert all(t["family"] in families for t in domains if t["code"] not in ("NSP", "NRP"))
