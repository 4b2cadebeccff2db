"""Places and terms as the coordination keeps them: added, renamed, ended; what was written before
keeps its words."""

from datetime import date, timedelta
from typing import Any

import pytest

from desktop.base.errors import AppError
from desktop.commands.collective import found_records
from desktop.commands.places import (
    add_place,
    add_term,
    confirm_place,
    end,
    rename_place,
    rename_term,
)
from desktop.commands.records import add_record, edit_record
from desktop.models.vocabularies import name_on, renamed
from desktop.queries.answers import place_question, question_of
from desktop.queries.directory import terms_of
from desktop.queries.observations import words_of
from desktop.queries.places import (
    PlaceDetail,
    TermDetail,
    communes_and_zones,
    neighbourhoods_of,
    terms_in,
    territory_state,
)
from desktop.vault import Vault
from tests.ui.collective import TODAY


@pytest.fixture
def founded(vault: Vault) -> Vault:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    return vault


def _area(vault: Vault, code: str) -> PlaceDetail:
    return next(row for row in vault.ask(neighbourhoods_of) if row.code == code)


def _term(vault: Vault, vocabulary: str, code: str) -> TermDetail:
    return next(row for row in vault.ask(terms_in, vocabulary) if row.code == code)


def _refused(vault: Vault, field: str, command: Any, *given: Any) -> None:
    with pytest.raises(AppError) as refused:
        vault.do(command, *given)
    assert field in refused.value.fields, str(refused.value)


NEW = {"kind": "neighbourhood", "code": "QN05999M", "name": "Sous-le-Bois", "parent_code": "59392"}


def test_a_neighbourhood_over_two_communes_is_offered_with_both(founded: Vault) -> None:
    founded.do(add_place,
               {**NEW, "other_communes": ["59365"], "population": 3000, "generation": "2024"})
    row = _area(founded, "QN05999M")
    assert (row.parent, row.others, row.population) == ("Maubeuge", ("Louvroil",), 3000)
    offer = founded.ask(place_question, TODAY).offer("neighbourhood:QN05999M")
    assert (offer is not None and offer.label == "Sous-le-Bois"
            and "Maubeuge, Louvroil" in offer.tells)


def test_a_neighbourhood_without_a_code_is_to_be_confirmed_then_gets_its_own(
    founded: Vault) -> None:
    made = founded.do(add_place, {**NEW, "code": "", "name": "Le Montplaisir d’en haut"})
    row = next(one for one in founded.ask(neighbourhoods_of) if one.id == made)
    assert row.to_confirm and row.code == "X59-LE-MONTPLAISIR-D-EN-HAUT"
    assert founded.ask(territory_state, TODAY).unsure == 3
    founded.do(confirm_place, {"place_id": str(made), "code": "QN05999M"})
    assert founded.ask(territory_state, TODAY).unsure == 2
    assert not _area(founded, "QN05999M").to_confirm and _area(founded, row.code).valid_to
    founded.undo()
    assert founded.ask(territory_state, TODAY).unsure == 3
    _refused(founded, "code", confirm_place,
             {"place_id": str(_area(founded, "QN05915M").id), "code": "QN05998M"})


def test_a_renamed_place_keeps_its_old_name_on_older_records(founded: Vault) -> None:
    row = _area(founded, "QN05915M")
    founded.do(rename_place, {"place_id": str(row.id), "name": "Pont Neuf"})
    words = founded.ask(words_of, "fr")
    assert (words.place(row.code),
            words.place(row.code, "2020-05")) == ("Pont Neuf", "Pont de Pierre")
    assert [name for _until, name in _area(founded, row.code).earlier] == ["Pont de Pierre"]
    founded.undo()
    assert (founded.ask(words_of, "fr").place(row.code, "2020-05") == "Pont de Pierre"
            == _area(founded, row.code).name)
    _refused(founded, "name", rename_place, {"place_id": str(row.id), "name": " Pont  de Pierre "})


def test_names_follow_one_another() -> None:
    earlier = renamed(renamed(None, "Un", "2020-01-31"), "Deux", "2024-06-30")
    assert [name_on("Trois", earlier, on)
            for on in ("2019-12", "2020-01", "2020-02", "2024-06-30", "2024-07-01", "")] == [
                "Un", "Un", "Deux", "Deux", "Trois", "Trois"]


def test_an_ended_place_is_kept_by_older_records_and_refused_to_new_ones(founded: Vault) -> None:
    row = _area(founded, "QN05915M")
    before = {"month": "2020-05", "domain": "SANTE", "principal_criterion": "AGE",
              "place_kind": "neighbourhood",
              "neighbourhood": row.code, "agrees": True}
    kept = founded.do(add_record, "observation", before)
    founded.do(end, {"record_id": str(row.id), "valid_to": "2024-12-31"})
    assert founded.ask(place_question, TODAY).offer(f"neighbourhood:{row.code}") is None
    assert founded.ask(place_question, TODAY,
                       f"neighbourhood:{row.code}").offer(f"neighbourhood:{row.code}") is not None
    founded.do(edit_record, kept, {"account": "Un refus au guichet."})
    assert founded.ask(words_of, "fr").place(row.code) == "Pont de Pierre"
    founded.do(add_record, "observation", before)
    _refused(founded, "neighbourhood", add_record, "observation", before | {"month": "2025-01"})


@pytest.mark.parametrize(("values", "field"), [
    ({"parent_code": "59999"}, "parent_code"), ({"other_communes": ["59392"]}, "other_communes"),
    ({"other_communes": ["59999"]}, "other_communes"), ({"generation": "hier"}, "generation"),
    ({"population": -1}, "population"),
    ({"name": "PONT DE PIERRE"}, "name"), ({"code": "QN05915M"}, "code"),
    ({"code": "Q" * 50}, "code"),
    ({"valid_from": "2024-02-01", "valid_to": "2024-01-01"}, "valid_to"),
    ({"verified_on": "2999-01-01"}, "verified_on"),
    ({"name": ""}, "name"), ({"name": "N" * 301}, "name"), ({"kind": "commune"}, "population"),
    ({"kind": "commune", "code": "59998", "population": 500, "parent_code": None}, "parent_code"),
    ({"kind": "commune", "code": "59998", "population": 5000, "parent_code": "Z-FRONTIERE"},
     "parent_code")])
def test_a_place_that_breaks_a_rule_is_refused_by_its_field(founded: Vault, values: dict[str, Any],
                                                            field: str) -> None:
    _refused(founded, field, add_place, NEW | values)


def test_the_code_of_a_place_is_for_life(founded: Vault) -> None:
    _refused(founded, "code", edit_record, _area(founded, "QN05915M").id, {"code": "QN05999M"})


def test_a_zone_gets_a_code_and_takes_a_commune_that_shrank(founded: Vault) -> None:
    founded.do(add_place, {"kind": "zone", "name": "Nouvelle zone"})
    zone = next(row for row in founded.ask(communes_and_zones) if row.name == "Nouvelle zone")
    commune = next(row for row in founded.ask(communes_and_zones) if row.name == "Cousolre")
    _refused(founded, "parent_code", edit_record, commune.id, {"population": 1990})
    founded.do(edit_record, commune.id, {"population": 1990, "parent_code": zone.code})
    assert next(row for row in founded.ask(communes_and_zones)
                if row.id == zone.id).inside == ("Cousolre",)


def test_what_was_verified_long_ago_is_counted(founded: Vault) -> None:
    day = date(2026, 11, 22)
    assert founded.ask(territory_state, day + timedelta(days=365)).old == 0
    state = founded.ask(territory_state, day + timedelta(days=366))
    assert (state.old, state.oldest) == (43 + 5 + 9, "2026-11-22")
    assert (state.is_complete, state.population_year,
            state.name) == (False, 2023, "Maubeuge-Val de Sambre")


def test_a_word_is_added_with_a_code_found_by_everyday_words_and_ended(founded: Vault) -> None:
    values = {"vocabulary": "domains", "label_fr": "Sport amateur", "also": "judo, tatamis",
              "family": "ESPACE_AUTRE"}
    made = founded.do(add_term, values)
    assert _term(founded, "domains", "SPORT_AMATEUR").id == made
    codes = [term.code for term in founded.ask(terms_of, "domains")]
    assert codes.index("SPORT_AMATEUR") < codes.index("NSP")
    found = founded.ask(question_of, "domains", "fr", TODAY).find("tatamis")
    assert found and found[0].code == "SPORT_AMATEUR"
    _refused(founded, "label_fr", add_term, {"vocabulary": "domains", "label_fr": "sport AMATEUR"})
    founded.do(end, {"record_id": str(made), "valid_to": "2026-01-01"})
    assert founded.ask(question_of, "domains", "fr", TODAY).offer("SPORT_AMATEUR") is None
    assert founded.ask(question_of, "domains", "fr", TODAY,
                       "SPORT_AMATEUR").offer("SPORT_AMATEUR") is not None
    again = founded.do(add_term, values)
    assert next(row.code for row in founded.ask(terms_in, "domains")
                if row.id == again) == "SPORT_AMATEUR_2"


def test_a_renamed_word_keeps_its_label_on_older_records(founded: Vault) -> None:
    term = _term(founded, "domains", "SANTE")
    founded.do(rename_term, {"term_id": str(term.id), "label_fr": "Soins", "label_en": "Care"})
    words = founded.ask(words_of, "fr")
    assert (words.term("domains", "SANTE"),
            words.term("domains", "SANTE", "2020-01")) == ("Soins", term.label_fr)


def test_a_list_keeps_a_way_not_to_answer(founded: Vault) -> None:
    _refused(founded, "valid_to", end,
             {"record_id": str(_term(founded, "domains", "NSP").id), "valid_to": "2026-01-01"})
    _refused(founded, "vocabulary", add_term, {"vocabulary": "inconnue", "label_fr": "Mot"})
    _refused(founded, "label_fr", add_term, {"vocabulary": "domains", "label_fr": " … "})
