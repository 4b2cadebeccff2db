"""Writing notes: lines kept apart, lines that become records, what is frozen or refused."""

import uuid

import pytest

from desktop.base.errors import AppError
from desktop.commands.actions import create_action
from desktop.commands.meetings import add_agenda_item, create_meeting
from desktop.commands.notes import (
    ensure_block,
    record_from_line,
    turn_record,
    write_note,
    write_notes,
)
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.models.notes import Embed
from desktop.models.record import COMMON, INTERNAL
from desktop.queries.actions import actions_of
from desktop.queries.meetings import decisions_of
from desktop.queries.notes import blocks_of, note_of, notes_of
from desktop.queries.records import find_record, get_record, list_records
from desktop.vault import Vault


@pytest.fixture
def meeting(vault: Vault) -> uuid.UUID:
    return vault.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                    starts_at="2026-11-03T14:00")


@pytest.fixture
def item(vault: Vault, meeting: uuid.UUID) -> uuid.UUID:
    return vault.do(add_agenda_item, meeting, "Accueil")


def audiences(vault: Vault, meeting: uuid.UUID) -> list[tuple[str, str, tuple[str, ...]]]:
    """The blocks that say something, without the places of those that stand apart."""
    said = ((block.audience, block.kind, tuple(
        part for part in block.segments if not isinstance(part, Embed) and part.strip()))
        for block in vault.ask(blocks_of, meeting))
    return sorted(block for block in said if block[2])


def test_restricted_lines_and_open_points_stand_in_blocks_of_their_own(
        vault: Vault, meeting: uuid.UUID, item: uuid.UUID) -> None:
    vault.do(write_notes, meeting, item, ["Tour de table\n~ Mme K. est venue\n? Qui paie"])
    assert audiences(vault, meeting) == [
        ("commun", "question", ("? Qui paie",)), ("commun", "texte", ("Tour de table\n",)),
        ("interne", "texte", ("~ Mme K. est venue",))]
    written = vault.ask(notes_of, meeting)[item]
    assert "".join(map(str, written.segments)).split("\n") == [
        "Tour de table", "~ Mme K. est venue", "? Qui paie"]


def test_a_restricted_line_that_is_taken_out_goes_with_its_block(
        vault: Vault, meeting: uuid.UUID, item: uuid.UUID) -> None:
    vault.do(write_notes, meeting, item, ["Tour de table\n~ Mme K. est venue"])
    vault.do(write_notes, meeting, item, ["Tour de table"])
    assert audiences(vault, meeting) == [("commun", "texte", ("Tour de table",))]


def test_undo_takes_back_the_gesture_before_and_leaves_the_notes_to_their_field(
        vault: Vault, meeting: uuid.UUID, item: uuid.UUID) -> None:
    vault.do(write_notes, meeting, item, ["Tour de table"])
    taken = vault.undo()
    assert taken is not None and taken.words == "Accueil"
    assert audiences(vault, meeting) == [("commun", "texte", ("Tour de table",))]


@pytest.mark.parametrize("state", ["valide", "archivee"])
def test_notes_of_validated_minutes_no_longer_change(
        vault: Vault, meeting: uuid.UUID, item: uuid.UUID, state: str) -> None:
    vault.do(write_notes, meeting, item, ["Tour de table"])
    vault.do(edit_record, meeting, {"state": state})
    with pytest.raises(AppError, match="ses notes ne changent plus"):
        vault.do(write_notes, meeting, item, ["Autre chose"])
    assert audiences(vault, meeting) == [("commun", "texte", ("Tour de table",))]


def test_a_block_is_found_again_and_brought_back_from_the_bin(
        vault: Vault, meeting: uuid.UUID, item: uuid.UUID) -> None:
    made = vault.do(ensure_block, meeting, item)
    assert vault.do(ensure_block, meeting, item) == made
    assert vault.do(ensure_block, meeting) != made
    assert vault.do(ensure_block, meeting, item, INTERNAL) != made
    vault.do(delete_record, made)
    assert made not in {block.id for block in vault.ask(blocks_of, meeting)}
    assert vault.do(ensure_block, meeting, item) == made
    assert made in {block.id for block in vault.ask(blocks_of, meeting)}


def test_writing_a_block_tells_whether_it_changed(vault: Vault, meeting: uuid.UUID) -> None:
    block = vault.do(ensure_block, meeting)
    assert vault.do(write_note, block, ["Tour de table"]) is True
    assert vault.do(write_note, block, ["Tour de table"]) is False
    assert vault.ask(note_of, block) == ["Tour de table"]


@pytest.mark.parametrize("line", ["~ Mme K. est venue", "~~ Mme K. est venue"])
def test_a_restricted_line_is_refused_in_the_notes_of_all(vault: Vault, meeting: uuid.UUID,
                                                          line: str) -> None:
    block = vault.do(ensure_block, meeting)
    with pytest.raises(AppError, match="ligne restreinte"):
        vault.do(write_note, block, ["Tour de table\n" + line])
    assert vault.ask(note_of, block) == []
    restricted = vault.do(ensure_block, meeting, None, INTERNAL)
    vault.do(write_note, restricted, ["~ Mme K. est venue"])
    assert vault.ask(note_of, restricted) == ["~ Mme K. est venue"]


def test_a_block_that_is_not_there_is_not_written(vault: Vault) -> None:
    unknown = uuid.uuid4()
    with pytest.raises(AppError, match=str(unknown)):
        vault.do(write_note, unknown, ["Tour de table"])


def test_a_line_becomes_an_action_of_its_point_in_its_channel(
        vault: Vault, meeting: uuid.UUID, item: uuid.UUID) -> None:
    made = vault.do(record_from_line, meeting, item, "action", " Relancer ", INTERNAL,
                    due_on="2026-12-01")
    row = vault.ask(get_record, made)
    assert (row["title"], row["due_on"], row["meeting_id"], row["agenda_item_id"]) == (
        "Relancer", "2026-12-01", str(meeting), str(item))
    assert vault.ask(find_record, made).channel == INTERNAL


@pytest.mark.parametrize("kind", ["action", "decision"])
def test_a_line_that_was_text_for_a_while_takes_its_history_back(
        vault: Vault, meeting: uuid.UUID, item: uuid.UUID, kind: str) -> None:
    made = vault.do(record_from_line, meeting, item, kind, "Relancer", COMMON)
    assert vault.do(turn_record, made, "text") == (None, "Relancer")
    assert vault.ask(actions_of) == [] and vault.ask(decisions_of, meeting) == []
    # In another channel it would be another one.
    assert vault.do(record_from_line, meeting, item, kind, "Relancer", INTERNAL) != made
    assert vault.do(record_from_line, meeting, item, kind, "Relancer", COMMON) == made


def test_an_action_turned_into_a_decision_and_back_is_the_same_action(
        vault: Vault, meeting: uuid.UUID, item: uuid.UUID) -> None:
    action = vault.do(create_action, "Relancer", meeting_id=meeting, agenda_item_id=item,
                      due_on="2026-12-01")
    decision, words = vault.do(turn_record, action, "decision")
    assert words == "Relancer" and decision is not None and vault.ask(actions_of) == []
    (row,) = vault.ask(decisions_of, meeting)
    assert (row.id, row.text, row.number, row.agenda_item_id) == (
        decision, "Relancer", "RD-2026-01-01", item)
    vault.do(edit_record, decision, {"text": "Relancer deux fois"})
    assert vault.do(turn_record, decision, "action") == (action, "Relancer deux fois")
    assert vault.ask(decisions_of, meeting) == []
    back = vault.ask(get_record, action)
    assert (back["title"], back["due_on"]) == ("Relancer deux fois", "2026-12-01")
    vault.undo()
    assert [one.id for one in vault.ask(decisions_of, meeting)] == [decision]


def test_an_action_of_no_meeting_turns_into_text_alone(vault: Vault) -> None:
    action = vault.do(create_action, "Relancer")
    assert vault.do(turn_record, action, "decision") == (None, "Relancer")
    assert vault.ask(decisions_of) == [] and vault.ask(actions_of) == []


def test_nothing_but_an_action_or_a_decision_is_turned(vault: Vault, meeting: uuid.UUID) -> None:
    person = vault.do(add_record, "person", {"family_name": "Benali"})
    with pytest.raises(AppError, match="peuvent changer de nature"):
        vault.do(turn_record, person, "action")
    assert not vault.ask(get_record, person)["deleted"]


def test_an_action_in_a_line_that_becomes_restricted_leaves_the_channel_of_all(
        vault: Vault, meeting: uuid.UUID, item: uuid.UUID) -> None:
    action = vault.do(create_action, "Accompagner Mme K.", meeting_id=meeting, agenda_item_id=item)
    vault.do(add_record, "follow_up", {
        "action_id": str(action), "text": "Vue mardi", "on": "2026-10-02"})
    vault.do(write_notes, meeting, item, [Embed("action", action)])
    vault.do(write_notes, meeting, item, ["~ ", Embed("action", action)])
    (row,) = vault.ask(actions_of)
    assert row.id != action and row.title == "Accompagner Mme K."
    assert vault.ask(find_record, row.id).channel == INTERNAL
    # Where it was, nothing of it is left to travel.
    left = vault.ask(get_record, action)
    assert left["deleted"] and left["title"] is None
    (step,) = vault.ask(list_records, "follow_up")
    assert (step["action_id"], step["text"]) == (str(row.id), "Vue mardi")
