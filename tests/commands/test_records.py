"""The gestures of every kind: added, edited, binned and brought back, whole or not at all."""

import uuid
from typing import Any

import pytest

from desktop.base.errors import AppError
from desktop.commands.meetings import create_meeting
from desktop.commands.records import (
    add_lines,
    add_record,
    add_records,
    delete_record,
    edit_record,
    restore_record,
)
from desktop.models.directory import Membership, Person
from desktop.queries.records import get_record, list_records
from desktop.queries.versions import two_versions_of
from desktop.vault import Vault


def person(vault: Vault, **more: Any) -> uuid.UUID:
    return vault.do(add_record, "person", {"family_name": "Benali", **more})


def families(vault: Vault) -> list[str]:
    return [row["family_name"] for row in vault.ask(list_records, "person")]


def test_a_record_is_added_edited_and_both_are_undone(vault: Vault) -> None:
    made = person(vault, given_name="Fatima")
    vault.do(edit_record, made, {"family_name": "Ben Ali"})
    row = vault.ask(get_record, made)
    assert (row["given_name"], row["family_name"]) == ("Fatima", "Ben Ali")
    vault.undo()
    assert families(vault) == ["Benali"]
    vault.undo()
    assert families(vault) == []


@pytest.mark.parametrize(("values", "field"), [
    ({"given_name": "Fatima"}, "family_name"), ({"family_name": "Benali", "age": 3}, "age"),
    ({"family_name": 3}, "family_name"), ({"family_name": "Benali", "id": "moi"}, "id")])
def test_what_is_no_record_is_refused_with_its_field(vault: Vault, values: dict[str, Any],
                                                     field: str) -> None:
    with pytest.raises(AppError) as refused:
        vault.do(add_record, "person", values)
    assert refused.value.field == field and families(vault) == []


def test_a_record_under_an_id_that_is_taken_is_refused(vault: Vault) -> None:
    made = person(vault)
    with pytest.raises(AppError, match="déjà une fiche") as refused:
        person(vault, id=str(made), given_name="Fatima")
    assert refused.value.field == "id" and vault.ask(get_record, made)["given_name"] is None


def test_a_record_that_its_keys_make_is_edited_where_it_is_there(vault: Vault) -> None:
    place = {"kind": "zone", "code": "Z1", "name": "Sud"}
    made = vault.do(add_record, "place", place)
    vault.do(delete_record, made)
    assert vault.do(add_record, "place", place | {"name": "Nord"}) == made
    (row,) = vault.ask(list_records, "place")
    assert (row["id"], row["name"]) == (str(made), "Nord")


def test_lines_are_kept_whole_or_not_at_all_and_the_wrong_one_is_named(vault: Vault) -> None:
    good = [(number, {"family_name": name}) for number, name in ((2, "Benali"), (3, "Dumont"))]
    with pytest.raises(AppError, match=r"^Ligne 7\s:") as refused:
        vault.do(add_lines, "person", [*good, (7, {"given_name": "Zoé"})])
    assert refused.value.field == "family_name" and families(vault) == []
    assert len(vault.do(add_lines, "person", good)) == 2
    assert sorted(families(vault)) == ["Benali", "Dumont"]
    vault.undo()
    assert families(vault) == []


def test_a_line_that_breaks_a_rule_is_named_too(vault: Vault) -> None:
    rows = [(4, {"title": "Relancer", "progress": 20}), (5, {"title": "Relire", "progress": 101})]
    with pytest.raises(AppError, match=r"^Ligne 5\s:") as refused:
        vault.do(add_lines, "action", rows)
    assert refused.value.field == "progress" and vault.ask(list_records, "action") == []


def test_many_records_are_added_at_once_and_undone_at_once(vault: Vault) -> None:
    chosen = uuid.uuid4()
    ids = vault.do(add_records, [
        (Person, {"family_name": "Benali"}), (Person, {"id": chosen, "family_name": "Dumont"}),
        (Person, {"given_name": "Zoé", "family_name": "Martin"})])
    assert ids[1] == chosen and len(set(ids)) == 3
    assert [vault.ask(get_record, one)["family_name"] for one in ids] == [
        "Benali", "Dumont", "Martin"]
    vault.undo()
    assert families(vault) == []


def test_many_records_of_which_one_breaks_a_rule_are_none(vault: Vault) -> None:
    with pytest.raises(AppError) as refused:
        vault.do(add_records, [
            (Person, {"family_name": "Benali"}),
            (Membership, {"since": "2026-02-01", "until": "2026-01-01"})])
    assert refused.value.field == "until" and families(vault) == []


def test_a_record_comes_back_from_the_bin_and_by_undo(vault: Vault) -> None:
    made = person(vault)
    vault.do(delete_record, made)
    assert families(vault) == [] and vault.ask(get_record, made)["deleted"]
    vault.do(restore_record, made)
    assert families(vault) == ["Benali"]
    vault.undo()
    assert families(vault) == []


def test_what_is_not_there_is_neither_edited_nor_binned_nor_brought_back(vault: Vault) -> None:
    unknown = uuid.uuid4()
    for gesture in (lambda: vault.do(edit_record, unknown, {"family_name": "Benali"}),
                    lambda: vault.do(delete_record, unknown),
                    lambda: vault.do(restore_record, unknown)):
        with pytest.raises(AppError, match=str(unknown)):
            gesture()


def test_the_audience_of_notes_is_never_changed(vault: Vault) -> None:
    meeting = vault.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                       starts_at="2026-11-03T14:00")
    block = vault.do(add_record, "note_block", {"meeting_id": str(meeting), "audience": "interne"})
    with pytest.raises(AppError, match="Le public d’un bloc de notes est fixé"):
        vault.do(edit_record, block, {"audience": "commun"})
    assert vault.ask(get_record, block)["audience"] == "interne"


@pytest.mark.parametrize(("seen", "texts"), [
    ("Écrit avant", {"Écrit par l’autre", "Écrit ici"}), ("Écrit par l’autre", set()),
    (None, set())])
def test_a_text_that_the_writer_had_not_read_is_kept_beside_theirs(
        vault: Vault, seen: str | None, texts: set[str]) -> None:
    made = vault.do(add_record, "action", {"title": "Relancer", "description": "Écrit avant"})
    vault.do(edit_record, made, {"description": "Écrit par l’autre"})
    vault.do(edit_record, made, {"description": "Écrit ici"},
             {"description": seen} if seen is not None else None)
    found = vault.ask(two_versions_of, vault.identity, "fr", "action", made)
    assert {wording.text for two in found for wording in two.wordings} == texts
    assert vault.ask(get_record, made)["description"] == "Écrit ici"
