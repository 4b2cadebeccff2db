"""The numbers of a printed sheet stay those of the paper, whoever comes afterwards."""

import uuid

import pytest

from desktop.commands.directory import person_named
from desktop.commands.meetings import add_walk_in, create_meeting, expect_people
from desktop.commands.paper import freeze_sheet
from desktop.queries.meetings import roll_call_of
from desktop.queries.records import get_record, list_records
from desktop.vault import Vault


@pytest.fixture
def meeting(vault: Vault) -> uuid.UUID:
    return vault.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                    starts_at="2026-11-03T14:00")


@pytest.fixture
def people(vault: Vault, meeting: uuid.UUID) -> list[uuid.UUID]:
    made = [vault.do(person_named, "Fatima", name) for name in ("Benali", "Dumont", "Martin")]
    vault.do(expect_people, meeting, made)
    return made


def numbers(vault: Vault, meeting: uuid.UUID) -> dict[str, int]:
    return {row.family_name: row.number for row in vault.ask(roll_call_of, meeting)}


def test_who_comes_after_the_print_has_a_number_after_all_others(
        vault: Vault, meeting: uuid.UUID, people: list[uuid.UUID]) -> None:
    vault.do(freeze_sheet, meeting, people)
    vault.do(add_walk_in, meeting, "Zoé", "Aabad")
    assert numbers(vault, meeting) == {"Benali": 1, "Dumont": 2, "Martin": 3, "Aabad": 4}


def test_without_a_print_who_comes_moves_the_numbers(
        vault: Vault, meeting: uuid.UUID, people: list[uuid.UUID]) -> None:
    vault.do(add_walk_in, meeting, "Zoé", "Aabad")
    assert numbers(vault, meeting) == {"Aabad": 1, "Benali": 2, "Dumont": 3, "Martin": 4}


def test_the_same_list_printed_again_is_the_same_sheet(
        vault: Vault, meeting: uuid.UUID, people: list[uuid.UUID]) -> None:
    vault.do(freeze_sheet, meeting, people)
    vault.do(freeze_sheet, meeting, people)
    (sheet,) = vault.ask(list_records, "sheet")
    assert sheet["code"] == vault.ask(get_record, meeting)["code"]
    vault.do(freeze_sheet, meeting, people[::-1])
    assert len(vault.ask(list_records, "sheet")) == 2
    assert numbers(vault, meeting) == {"Martin": 1, "Dumont": 2, "Benali": 3}


def test_a_sheet_of_nobody_is_no_sheet(vault: Vault, meeting: uuid.UUID) -> None:
    vault.do(freeze_sheet, meeting, [])
    assert vault.ask(list_records, "sheet") == []
