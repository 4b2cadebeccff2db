"""Undo and redo of any gesture: values come back, what was edited meanwhile is left, nothing
survives the lock."""

import uuid

from sqlalchemy.orm import Session

from desktop.commands.actions import create_action, move_action
from desktop.commands.meetings import add_walk_in, create_meeting
from desktop.commands.minutes import validate
from desktop.commands.notes import ensure_block, write_note
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.queries.documents.frozen import versions_of
from desktop.queries.meetings.rows import roll_call_of
from desktop.queries.records import get_record, list_records
from desktop.vault import Vault
from tests.commands.test_minutes import TODAY, held
from tests.conftest import PASSPHRASE


def test_an_edit_comes_back_and_can_be_done_again(vault: Vault) -> None:
    made = vault.do(create_action, "Écrire l’affiche", due_on="2026-12-01")
    vault.do(edit_record, made, {"title": "Imprimer l’affiche", "due_on": None})
    taken = vault.undo()
    assert taken is not None and taken.words == "Imprimer l’affiche" and taken.kept == 0
    record = vault.ask(get_record, made)
    assert (record["title"], record["due_on"]) == ("Écrire l’affiche", "2026-12-01")
    assert vault.redo() is not None
    record = vault.ask(get_record, made)
    assert (record["title"], record["due_on"]) == ("Imprimer l’affiche", None)
    assert vault.redo() is None


def test_undo_goes_back_gesture_by_gesture_to_the_creation(vault: Vault) -> None:
    made = vault.do(create_action, "Un")
    vault.do(move_action, made, "en_cours")
    vault.do(move_action, made, "faite")
    states = []
    while vault.undo() is not None:
        states.append(
            (vault.ask(get_record, made)["state"], bool(vault.ask(get_record, made)["deleted"])))
    assert states[:2] == [("en_cours", False), (states[1][0], False)]
    assert states[-1][1]
    assert len(states) == 3
    while vault.redo() is not None:
        pass
    record = vault.ask(get_record, made)
    assert record["state"] == "faite" and not record["deleted"]


def test_a_gesture_is_undone_by_its_number_under_later_ones(vault: Vault) -> None:
    first = vault.do(create_action, "Un")
    vault.do(delete_record, first)
    number = vault.history.last
    second = vault.do(create_action, "Deux")
    assert vault.undo(number) is not None
    assert not vault.ask(get_record, first)["deleted"]
    assert not vault.ask(get_record, second)["deleted"]
    assert vault.undo(number) is None
    assert vault.undo() is not None
    assert vault.ask(get_record, second)["deleted"]


def test_what_another_edit_changed_is_left(vault: Vault) -> None:
    made = vault.do(create_action, "Un", due_on="2026-12-01")
    vault.do(edit_record, made, {"title": "Deux", "due_on": "2026-12-02"})
    number = vault.history.last
    vault.do(edit_record, made, {"title": "Trois"})
    taken = vault.undo(number)
    assert taken is not None and taken.kept == 1
    record = vault.ask(get_record, made)
    assert (record["title"], record["due_on"]) == ("Trois", "2026-12-01")


def test_an_undo_that_changes_nothing_leaves_the_others_alone(vault: Vault) -> None:
    made = vault.do(create_action, "Un")
    vault.do(edit_record, made, {"title": "Deux"})
    number = vault.history.last
    vault.do(edit_record, made, {"title": "Trois"})
    later = vault.history.last
    assert vault.undo(number) is not None
    assert vault.history.last == later
    assert vault.undo() is not None
    assert vault.ask(get_record, made)["title"] == "Deux"


def test_a_walk_in_leaves_with_the_person_it_made(vault: Vault) -> None:
    meeting = vault.do(create_meeting, group_id=None, title="Séance", kind="pleniere",
                       starts_at="2026-11-03T14:00")
    vault.do(add_walk_in, meeting, "Marie", "DUPONT", "CCAS")
    assert len(vault.ask(roll_call_of, meeting)) == 1
    vault.undo()
    assert vault.ask(roll_call_of, meeting) == []
    assert vault.ask(list_records, "person") == []


def test_notes_are_left_to_their_editor_and_the_lock_forgets(vault: Vault) -> None:
    meeting = vault.do(create_meeting, group_id=None, title="Séance", kind="pleniere",
                       starts_at="2026-11-03T14:00")

    def write(session: Session) -> uuid.UUID:
        block = ensure_block(session, meeting)
        write_note(session, block, ["Bonjour"])
        return block

    number = vault.history.last
    vault.do(write)
    assert vault.history.last == number
    vault.lock()
    vault.unlock(PASSPHRASE)
    assert vault.undo() is None
    assert vault.redo() is None


def test_a_validation_is_not_taken_back(vault: Vault) -> None:
    made = vault.do(held)
    vault.do(validate, made, TODAY)
    vault.undo()
    assert [version.whole for version in vault.ask(versions_of, made)] == [True]
    assert vault.ask(get_record, made)["state"] == "valide"


def test_many_records_made_at_once_go_together(vault: Vault) -> None:
    def command(session: Session) -> None:
        for number in range(50):
            add_record(session, "person", {"given_name": "P", "family_name": f"N{number}"})

    vault.do(command)
    vault.undo()
    assert vault.ask(list_records, "person") == []
    vault.redo()
    assert len(vault.ask(list_records, "person")) == 50
