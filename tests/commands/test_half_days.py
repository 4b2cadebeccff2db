"""The roll-call of a training: each half-day by itself, and the training as a whole from them."""

import uuid

import pytest

from desktop.commands.directory import person_named
from desktop.commands.half_days import mark_half_day
from desktop.commands.meetings import create_meeting, expect_people
from desktop.commands.records import delete_record
from desktop.queries.half_days import half_day_of
from desktop.queries.meetings import roll_call_of
from desktop.queries.records import list_records
from desktop.vault import Vault

MORNING, AFTERNOON = "2026-03-12 am", "2026-03-12 pm"


@pytest.fixture
def training(vault: Vault) -> uuid.UUID:
    return vault.do(create_meeting, group_id=None, title="Repérer", kind="formation",
                    starts_at="2026-03-12T09:00", ends_at="2026-03-12T17:00")


@pytest.fixture
def fatima(vault: Vault, training: uuid.UUID) -> uuid.UUID:
    person = vault.do(person_named, "Fatima", "Benali")
    vault.do(expect_people, training, [person])
    return person


def whole(vault: Vault, training: uuid.UUID) -> list[str]:
    return [row.state for row in vault.ask(roll_call_of, training)]


def half(vault: Vault, training: uuid.UUID, slot: str) -> list[tuple[str, bool, int]]:
    rows = vault.ask(half_day_of, training, slot, vault.ask(roll_call_of, training))
    return [(row.state, row.signed, row.followed) for row in rows]


def test_one_half_day_says_nothing_of_the_other(vault: Vault, training: uuid.UUID,
                                                fatima: uuid.UUID) -> None:
    vault.do(mark_half_day, training, fatima, MORNING, "present", True)
    assert half(vault, training, MORNING) == [("present", True, 1)]
    assert half(vault, training, AFTERNOON) == [("attendu", False, 1)]


@pytest.mark.parametrize(("morning", "afternoon", "told"), [
    ("present", "absent", "present"), ("absent", "distance", "distance"),
    ("excuse", "absent", "excuse"), ("absent", "absent", "absent"),
    ("represente", "excuse", "represente"), ("absent", "attendu", "attendu")])
def test_the_training_as_a_whole_follows_from_its_half_days(
        vault: Vault, training: uuid.UUID, fatima: uuid.UUID, morning: str, afternoon: str,
        told: str) -> None:
    vault.do(mark_half_day, training, fatima, MORNING, morning)
    assert whole(vault, training) == [morning]
    vault.do(mark_half_day, training, fatima, AFTERNOON, afternoon)
    assert whole(vault, training) == [told]


def test_marking_again_changes_the_half_day_and_keeps_the_signature(
        vault: Vault, training: uuid.UUID, fatima: uuid.UUID) -> None:
    vault.do(mark_half_day, training, fatima, MORNING, "present", True)
    vault.do(mark_half_day, training, fatima, MORNING, "distance")
    assert half(vault, training, MORNING) == [("distance", True, 1)]
    assert len(vault.ask(list_records, "attendance_slot")) == 1


def test_a_half_day_that_was_thrown_away_comes_back_when_it_is_marked(
        vault: Vault, training: uuid.UUID, fatima: uuid.UUID) -> None:
    vault.do(mark_half_day, training, fatima, MORNING, "present")
    (slot,) = vault.ask(list_records, "attendance_slot")
    vault.do(delete_record, uuid.UUID(slot["id"]))
    assert half(vault, training, MORNING)[0][0] == "attendu"
    vault.do(mark_half_day, training, fatima, MORNING, "distance")
    assert half(vault, training, MORNING) == [("distance", False, 1)]


def test_undo_gives_the_half_day_and_the_training_back(vault: Vault, training: uuid.UUID,
                                                       fatima: uuid.UUID) -> None:
    vault.do(mark_half_day, training, fatima, MORNING, "present")
    vault.undo()
    assert whole(vault, training) == ["attendu"]
    assert half(vault, training, MORNING) == [("attendu", False, 0)]
