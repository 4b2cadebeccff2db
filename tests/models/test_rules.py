"""One rule for every way in: a record that breaks it is refused by a sentence that names the field,
and nothing is kept."""

import json
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.base.errors import AppError
from desktop.commands.actions import create_action, move_action
from desktop.commands.collective import found_records
from desktop.commands.internships import apply_to, open_search
from desktop.commands.records import add_lines, add_record, add_records, delete_record, edit_record
from desktop.models.actions import Action, Validation
from desktop.privacy.case_codes import is_case_code, make_case_code
from desktop.queries.corrections import corrections_of
from desktop.queries.records import get_record, list_records
from desktop.vault import Vault

CASES = [json.loads(line) for line
         in (Path(__file__).parent / "cases" / "bad_records.jsonl").read_text("utf-8").splitlines()]
MONTH = "2026-11"
SOUND: dict[str, Any] = {"month": MONTH, "domain": "LOGEMENT_SOCIAL", "principal_criterion": "ORIG"}


@pytest.fixture
def founded(vault: Vault) -> Vault:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    return vault


@pytest.fixture
def known(founded: Vault) -> dict[str, str]:
    """What the cases point at, by their placeholder."""
    code = make_case_code()
    organisation = founded.do(add_record, "organisation",
                              {"name": "Mission locale", "college": "association"})
    action = founded.do(create_action, "Relancer")
    founded.do(add_record, "referral", {"case_code": code, "kind": "ccas"})
    search = founded.do(open_search, {"level": "troisieme"})
    offer = founded.do(add_record, "internship_offer",
                       {"organisation_id": str(organisation), "places": 1})
    founded.do(apply_to, search, offer)
    return {"<organisation>": str(organisation), "<action>": str(action), "<existing code>": code,
            "<search>": str(search),
            "<offer>": str(offer)}


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_bad_record_is_refused_and_its_field_is_named(founded: Vault, known: dict[str, str],
                                                        case: dict[str, Any]) -> None:
    record = {name: known.get(value, value) if isinstance(value, str) else value
              for name, value in case["record"].items()}
    before = founded.ask(list_records, case["kind"], True)
    with pytest.raises(AppError) as refused:
        founded.do(add_lines, case["kind"], [(1, record)])
    wanted = case["field"].split(" ")[0]
    assert wanted in refused.value.fields
    assert refused.value.message.startswith("Ligne 1")
    assert founded.ask(list_records, case["kind"], True) == before


def test_the_same_rule_bars_an_edit_of_what_it_looks_at_and_no_other(founded: Vault) -> None:
    action = founded.do(create_action, "Relancer", starts_on="2026-01-01", due_on="2026-02-01")
    with pytest.raises(AppError) as refused:
        founded.do(edit_record, action, {"starts_on": "2026-03-01"})
    assert refused.value.field == "due_on"
    founded.do(edit_record, action, {"description": "Avec la mission locale"})
    assert founded.ask(get_record, action)["starts_on"] == "2026-01-01"


def test_giving_up_asks_for_its_reason_on_every_way(founded: Vault) -> None:
    action = founded.do(create_action, "Relancer")
    for way in (lambda: founded.do(move_action, action, "abandonnee", "  "),
                lambda: founded.do(edit_record, action, {"state": "abandonnee"}),
                lambda: founded.do(create_action, "Autre", state="abandonnee"),
                lambda: founded.do(add_records,
                                   [(Action, {"title": "En lot", "state": "abandonnee"})])):
        with pytest.raises(AppError) as refused:
            way()
        assert refused.value.field == "abandoned_reason"
    founded.do(move_action, action, "abandonnee", "Le financement n’a pas été obtenu.")
    assert founded.ask(get_record, action)["state"] == "abandonnee"


def test_an_action_runs_with_both_accords_alone(founded: Vault) -> None:
    action = founded.do(create_action, "Exposition", funding="politique_de_la_ville",
                        state="a_valider")
    founded.do(add_records,
               [(Validation, {"action_id": action, "party": "etat", "asked_on": "2026-09-01",
                             "answer": "donnee"})])
    with pytest.raises(AppError) as refused:
        founded.do(move_action, action, "en_cours")
    assert "agglomération" in refused.value.message and "État\u202f:" in refused.value.message
    founded.do(add_records,
               [(Validation, {"action_id": action, "party": "agglo", "asked_on": "2026-09-01",
                             "answer": "donnee"})])
    founded.do(move_action, action, "en_cours")
    # A contribution of the politique de la ville makes it one of theirs, whatever the field says.
    other = founded.do(create_action, "Atelier", funding="droit_commun")
    founded.do(add_record, "action_funding",
               {"action_id": str(other), "source": "politique_de_la_ville", "cents": 50_000})
    with pytest.raises(AppError):
        founded.do(move_action, other, "faite")


def test_an_action_and_its_accords_come_in_together(founded: Vault) -> None:
    action = uuid.uuid4()
    founded.do(add_records, [
        (Action, {"id": action, "title": "Exposition", "state": "en_cours",
                  "funding": "politique_de_la_ville"}),
        *((Validation, {"action_id": action, "party": party, "answer": "donnee"})
          for party in ("etat", "agglo"))])
    assert founded.ask(get_record, action)["state"] == "en_cours"


def test_an_observation_says_enough_and_nothing_that_names(founded: Vault) -> None:
    observation = founded.do(add_record, "observation",
                             SOUND | {"account": "Une mère dit que le guichet a refusé."})
    for values, name in (
        ({"account": "Mme Fatoumata Diallo a appelé le 06 11 22 33 44"}, "account"),
                         ({"month": "1999-12"}, "month"),
        ({"facts_period": "2026-T5"}, "facts_period"),
                         ({"state": "qualifiee"}, "qualification"),
        ({"state": "liee"}, "action_id")):
        with pytest.raises(AppError) as refused:
            founded.do(edit_record, observation, values)
        assert refused.value.field == name
        assert "Diallo" not in str(refused.value) and "06 11" not in str(refused.value)
    for period in ("2026", "2026-T1"):
        founded.do(edit_record, observation, {"facts_period": period})


def test_what_was_wrong_before_bars_no_other_edit_and_is_listed(founded: Vault) -> None:
    action = founded.do(create_action, "Exposition", funding="droit_commun", state="en_cours")
    # Its money changes nature afterwards: the record breaks the rule without having been edited.
    founded.do(add_record, "action_funding",
               {"action_id": str(action), "source": "politique_de_la_ville", "cents": 100})
    founded.do(edit_record, action, {"description": "Trois panneaux"})
    (said,) = founded.ask(corrections_of, action, date(2026, 11, 30))
    assert "accord" in said
    founded.do(delete_record, action)
    assert founded.ask(corrections_of, action, date(2026, 11, 30)) == []


def test_codes_are_drawn_known_again_and_never_made_up() -> None:
    codes = {make_case_code() for _unused in range(200)}
    assert all(is_case_code(code) and is_case_code(code.upper()) for code in codes)
    assert not any(is_case_code(text)
                   for text in ("DUPONT Marie", "bababa", "bababa-1", "", "bababa-123"))
    code = sorted(codes)[0]
    assert not is_case_code(code[:-1] + str((int(code[-1]) + 1) % 10))
