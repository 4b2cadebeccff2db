"""Erasing for good: only from the bin, parts included, told by the journal, never undone."""

import uuid

import pytest

from desktop.commands.meetings import add_agenda_item, add_decision, create_meeting
from desktop.commands.purge import NotInBinError, count_days, erase_record, erase_rows
from desktop.commands.records import add_record, delete_record, restore_record
from desktop.queries.meetings import agenda_of, decisions_of
from desktop.queries.purge import days_of, deleted_of, journal_of
from desktop.queries.records import get_record
from desktop.vault import Vault

DAY = 86_400_000
START = 1_790_000_000_000


def tool(vault: Vault) -> uuid.UUID:
    return vault.do(add_record, "resource", {"kind": "outil", "title": "Mallette"})


@pytest.fixture
def meeting(vault: Vault) -> uuid.UUID:
    made = vault.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                    starts_at="2026-11-03T14:00")
    vault.do(add_decision, made, "Adoptée", vault.do(add_agenda_item, made, "Accueil"))
    return made


def test_what_is_not_in_the_bin_is_not_erased(vault: Vault) -> None:
    made = tool(vault)
    with pytest.raises(NotInBinError, match="plus dans la corbeille"):
        vault.do(erase_record, made)
    assert vault.ask(get_record, made)["title"] == "Mallette" and vault.ask(journal_of) == []


def test_what_is_erased_says_nothing_any_more_and_undo_does_not_bring_it_back(vault: Vault) -> None:
    made = tool(vault)
    vault.do(delete_record, made)
    vault.do(erase_record, made)
    assert vault.undo() is None
    # What is left says that there was one, and nothing of it.
    assert {name: value for name, value in vault.ask(get_record, made).items() if value} == {
        "id": str(made), "kind_of_record": "resource", "deleted": True}


def test_the_journal_tells_that_it_was_done_and_not_what_it_held(vault: Vault) -> None:
    made = tool(vault)
    vault.do(delete_record, made)
    vault.do(erase_record, made)
    (row,) = vault.ask(journal_of)
    assert (row.kind, row.how, row.count, row.parts) == ("resource", "hand", 1, 0)
    assert "Mallette" not in repr(row)


def test_the_parts_of_a_meeting_go_with_it(vault: Vault, meeting: uuid.UUID) -> None:
    vault.do(delete_record, meeting)
    assert vault.do(erase_record, meeting) == []
    assert vault.ask(agenda_of, meeting) == [] and vault.ask(decisions_of, meeting) == []
    (row,) = vault.ask(journal_of)
    assert (row.kind, row.parts) == ("meeting", 2)


def test_parts_beyond_the_most_are_left_for_later_and_erased_then(vault: Vault,
                                                                  meeting: uuid.UUID) -> None:
    vault.do(delete_record, meeting)
    left = vault.do(erase_record, meeting, most=1)
    assert len(left) == 1
    assert len([*vault.ask(agenda_of, meeting), *vault.ask(decisions_of, meeting)]) == 1
    vault.do(erase_rows, left)
    assert [*vault.ask(agenda_of, meeting), *vault.ask(decisions_of, meeting)] == []


def test_days_in_the_bin_are_counted_from_when_they_were_noticed(vault: Vault) -> None:
    made = tool(vault)
    vault.do(delete_record, made)
    vault.do(count_days, START)
    before = vault.ask(days_of, START)[made]
    for day in range(1, 6):
        vault.do(count_days, START + day * DAY)
    assert before == 30 and vault.ask(days_of, START + 5 * DAY)[made] == 25


def test_who_is_brought_back_and_binned_again_has_all_their_days(vault: Vault) -> None:
    made = tool(vault)
    vault.do(delete_record, made)
    for day in range(4):
        vault.do(count_days, START + day * DAY)
    vault.do(restore_record, made)
    vault.do(count_days, START + 4 * DAY)
    assert made not in vault.ask(days_of, START + 4 * DAY)
    vault.do(delete_record, made)
    vault.do(count_days, START + 5 * DAY)
    assert vault.ask(days_of, START + 5 * DAY)[made] == 30
    assert [kind for kind, _id in vault.ask(deleted_of)] == ["resource"]
