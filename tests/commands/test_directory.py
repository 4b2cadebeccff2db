"""The directory by names: people who are known are found, others are made, two are never mixed."""

import uuid

import pytest

from desktop.base.errors import AppError
from desktop.commands.directory import merge_people, part_people, person_named
from desktop.commands.records import add_record, delete_record
from desktop.queries.directory import organisations_of, people_of
from desktop.queries.person_aliases import alias_map
from desktop.queries.records import get_record
from desktop.vault import Vault


def test_somebody_unknown_is_made_with_their_organisation(vault: Vault) -> None:
    made = vault.do(person_named, " Fatima ", " Benali ", " CCAS ")
    (row,) = vault.ask(people_of)
    assert (row.id, row.name) == (made, "BENALI Fatima")
    assert [one.name for one in vault.ask(organisations_of)] == ["CCAS"]


@pytest.mark.parametrize(("given", "family", "organisation"), [
    ("Éric", "Lefèvre", "Mission locale du Val"), ("eric", "LEFEVRE", "mission locale du val"),
    (" Éric ", "Lefèvre", "ML")])
def test_somebody_known_is_found_whatever_the_accents_and_the_short_name(
        vault: Vault, given: str, family: str, organisation: str) -> None:
    where = vault.do(add_record, "organisation", {
        "name": "Mission locale du Val", "short_name": "ML"})
    known = vault.do(add_record, "person", {
        "given_name": "Éric", "family_name": "Lefèvre", "organisation_id": str(where)})
    assert vault.do(person_named, given, family, organisation) == known
    assert len(vault.ask(people_of)) == len(vault.ask(organisations_of)) == 1


def test_namesakes_of_two_organisations_are_two_people(vault: Vault) -> None:
    here, there, nowhere = (vault.do(person_named, "Jean", "Martin", where)
                            for where in ("CCAS", "CPAM", ""))
    assert len({here, there, nowhere}) == 3
    assert vault.do(person_named, "Jean", "Martin", "CPAM") == there
    assert vault.do(person_named, "Jean", "Martin") == nowhere


def test_who_is_in_the_bin_is_not_found_but_made_again(vault: Vault) -> None:
    gone = vault.do(person_named, "Fatima", "Benali")
    vault.do(delete_record, gone)
    assert vault.do(person_named, "Fatima", "Benali") != gone


def test_a_person_without_a_family_name_is_refused(vault: Vault) -> None:
    with pytest.raises(AppError, match="nom de famille"):
        vault.do(person_named, "Fatima", " ", "CCAS")
    assert vault.ask(people_of) == [] and vault.ask(organisations_of) == []


def test_undo_takes_the_person_and_the_organisation_away(vault: Vault) -> None:
    vault.do(person_named, "Fatima", "Benali", "CCAS")
    vault.undo()
    assert vault.ask(people_of) == [] and vault.ask(organisations_of) == []


def test_merging_fills_what_is_missing_and_never_writes_over(vault: Vault) -> None:
    kept = vault.do(add_record, "person", {"family_name": "Benali", "function": "médiatrice"})
    other = vault.do(add_record, "person", {
        "family_name": "Benali", "function": "directrice", "phone": "03 00 00 00 00"})
    vault.do(merge_people, kept, other)
    person = vault.ask(get_record, kept)
    assert (person["function"], person["phone"]) == ("médiatrice", "03 00 00 00 00")
    assert vault.ask(alias_map) == {other: kept}


def test_merging_with_somebody_who_is_not_there_is_refused(vault: Vault) -> None:
    kept, gone = (vault.do(person_named, "Fatima", name) for name in ("Benali", "Ben Ali"))
    vault.do(delete_record, gone)
    for other in (gone, uuid.uuid4()):
        with pytest.raises(AppError, match="pas dans l’annuaire"):
            vault.do(merge_people, kept, other)
    assert vault.ask(alias_map) == {}


def test_merging_the_other_way_round_lets_the_other_stand(vault: Vault) -> None:
    one, other = (vault.do(add_record, "person", {"family_name": "Benali"}) for _unused in "ab")
    vault.do(merge_people, one, other)
    vault.do(merge_people, other, one)
    # Who stands for both stays the one that stood: saying it again changes nothing.
    assert vault.ask(alias_map) == {other: one}
    vault.do(part_people, other)
    vault.do(merge_people, other, one)
    assert vault.ask(alias_map) == {one: other}


def test_parting_people_who_are_two_already_changes_nothing(vault: Vault) -> None:
    alone = vault.do(person_named, "Fatima", "Benali")
    before = vault.ask(get_record, alone)
    vault.do(part_people, alone)
    vault.do(part_people, uuid.uuid4())
    assert vault.ask(get_record, alone) == before
