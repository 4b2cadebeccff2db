"""`carnet add` and `carnet edit` refuse what the window refuses: the line, the field, a sentence;
nothing is kept."""

import json
from pathlib import Path
from random import Random

import pytest

from desktop.privacy.case_codes import make_case_code
from tests.cli.test_contract import Carnet

CASES = Path(__file__).parents[1] / "models" / "cases" / "bad_records.jsonl"


def test_a_bad_line_is_named_with_its_field_and_no_line_is_kept(carnet: Carnet) -> None:
    carnet.create()
    sound = {"month": "2026-11", "domain": "LOGEMENT_SOCIAL", "principal_criterion": "ORIG"}
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    for case in cases[:3]:
        told = carnet.wrong("add", "observation",
                            stdin=f"{json.dumps(sound)}\n{json.dumps(case['record'])}\n")
        assert told.startswith("Ligne 2") and case["field"].split(" ")[0] in told
    assert carnet.ok("list", "observation", "--reason", "Vérifier une saisie") == []


@pytest.fixture
def carnet(tmp_path: Path) -> Carnet:
    return Carnet(tmp_path)


@pytest.mark.parametrize("values", [{"state": "abandonnee"}, {"progress": 140}])
def test_an_edit_is_judged_alike(carnet: Carnet, values: dict[str, object]) -> None:
    carnet.create()
    (action,) = carnet.ok("add", "action",
                          stdin='{"title": "Relancer", "state": "proposee"}\n')["added"]
    assert carnet.wrong("edit", action, stdin=json.dumps(values))
    assert carnet.ok("show", action)["state"] == "proposee"


def test_an_internship_is_given_once_from_the_command_line_too(carnet: Carnet) -> None:
    carnet.create()
    (host,) = carnet.ok("add", "organisation", stdin='{"name": "Maison de santé"}\n')["added"]
    (offer,) = carnet.ok("add", "internship_offer",
                         stdin=json.dumps({"organisation_id": host, "places": 1}) + "\n")["added"]
    searches = carnet.ok("add", "internship_request", stdin="".join(
        json.dumps({"code": make_case_code(Random(number)), "month": "2026-10"}) + "\n"
        for number in range(2)))["added"]
    lines = [
        json.dumps({"request_id": search, "offer_id": offer, "month": "2026-10",
                    "answer": "acceptee"}) + "\n"
             for search in searches]
    told = carnet.wrong("add", "internship_application", stdin="".join(lines))
    assert told.startswith("Ligne 2") and "Il ne reste aucune place" in told
    carnet.ok("add", "internship_application", stdin=lines[0])
    assert "Il ne reste aucune place" in carnet.wrong("add", "internship_application",
                                                      stdin=lines[1])
    assert [row["answer"] for row in carnet.ok("list", "internship_application")] == ["acceptee"]


def test_an_observation_is_entered_as_long_as_it_has_not_left(carnet: Carnet) -> None:
    carnet.create()
    sound = {"month": "2026-11", "domain": "LOGEMENT_SOCIAL", "principal_criterion": "ORIG"}
    (made,) = carnet.ok("add", "observation",
                        stdin=json.dumps({**sound, "state": "transmise"}))["added"]
    reason = ("--reason", "Vérifier une saisie")
    assert "Saisie" in carnet.run("list", "observation", *reason).stdout
    assert "state: Saisie" in carnet.run("show", made, *reason).stdout
    assert carnet.ok("show", made,
                     *reason)["state"] == "transmise", "what is stored is a file format"
