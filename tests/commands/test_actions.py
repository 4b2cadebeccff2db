"""Actions: born with a title, moved along from state to state, given up with a reason, undone."""

import uuid

import pytest

from desktop.base.errors import AppError
from desktop.commands.actions import create_action, move_action
from desktop.commands.directory import person_named
from desktop.queries.actions import actions_of
from desktop.queries.records import get_record
from desktop.vault import Vault


def test_a_new_action_is_proposed_and_keeps_what_was_said_of_it(vault: Vault) -> None:
    fatima = vault.do(person_named, "Fatima", "Benali")
    made = vault.do(create_action, "  Relancer la CPAM ", owner_id=fatima, due_on="2026-04-02",
                    description="Refus de soins")
    (row,) = vault.ask(actions_of, fatima)
    assert (row.id, row.title, row.state, row.owner) == (
        made, "Relancer la CPAM", "proposee", "BENALI Fatima")
    assert vault.ask(get_record, made)["due_on"] == "2026-04-02"
    assert vault.ask(get_record, made)["description"] == "Refus de soins"


def test_an_action_without_a_title_is_refused_and_nothing_is_kept(vault: Vault) -> None:
    with pytest.raises(AppError, match="obligatoire") as refused:
        vault.do(create_action, "  ")
    assert refused.value.field == "title" and vault.ask(actions_of) == []


def test_a_new_action_is_undone_and_done_again(vault: Vault) -> None:
    vault.do(create_action, "Relancer la CPAM")
    vault.undo()
    assert vault.ask(actions_of) == []
    vault.redo()
    assert [row.title for row in vault.ask(actions_of)] == ["Relancer la CPAM"]


def test_a_done_action_is_whole_and_undo_gives_its_progress_back(vault: Vault) -> None:
    made = vault.do(create_action, "Relancer la CPAM", progress=40)
    vault.do(move_action, made, "faite")
    done = vault.ask(get_record, made)
    assert (done["state"], done["progress"]) == ("faite", 100)
    vault.undo()
    before = vault.ask(get_record, made)
    assert (before["state"], before["progress"]) == ("proposee", 40)


def test_an_action_is_given_up_with_a_reason_alone(vault: Vault) -> None:
    made = vault.do(create_action, "Relancer la CPAM")
    with pytest.raises(AppError, match="pourquoi l’action est abandonnée") as refused:
        vault.do(move_action, made, "abandonnee", "  ")
    assert refused.value.field == "abandoned_reason"
    assert vault.ask(get_record, made)["state"] == "proposee"
    vault.do(move_action, made, "abandonnee", " Sans budget ")
    given_up = vault.ask(get_record, made)
    assert (given_up["state"], given_up["abandoned_reason"]) == ("abandonnee", "Sans budget")


def test_an_action_paid_by_the_contrat_de_ville_waits_for_both_accords(vault: Vault) -> None:
    made = vault.do(create_action, "Exposition", funding="politique_de_la_ville")
    with pytest.raises(AppError, match="accord de l’État") as refused:
        vault.do(move_action, made, "en_cours")
    assert "accord de l’agglomération" in refused.value.message
    assert refused.value.field == "state" and vault.ask(get_record, made)["state"] == "proposee"


def test_an_action_that_is_not_there_is_not_moved(vault: Vault) -> None:
    unknown = uuid.uuid4()
    with pytest.raises(AppError, match=str(unknown)):
        vault.do(move_action, unknown, "faite")
