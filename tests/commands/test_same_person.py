"""One person who stands twice: who stands for both, what is read then, how it is taken back,
whichever computer says it first."""

import uuid
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.commands.actions import create_action
from desktop.commands.directory import merge_people, part_people, person_named
from desktop.commands.meetings import create_meeting, expect_people, mark_attendance
from desktop.commands.records import add_record, edit_record
from desktop.queries.actions import actions_of
from desktop.queries.directory import groups_of, listed_people, members_of, people_of
from desktop.queries.documents.parts import participants_of
from desktop.queries.meetings.rows import meetings_of, roll_call_of
from desktop.queries.names import person_name
from desktop.queries.person_aliases import _end, alias_map, all_of, possible_doubles
from desktop.queries.records import get_record, record_for_form
from desktop.vault import Vault
from tests.sync.laptops import Laptops


def person(vault: Vault, given_name: str, family_name: str, **more: str | None) -> uuid.UUID:
    return vault.do(add_record, "person",
                    {"given_name": given_name, "family_name": family_name, **more})


def names(vault: Vault) -> list[str]:
    return [row.name for row in vault.ask(people_of)]


def meeting(vault: Vault) -> uuid.UUID:
    return vault.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                    starts_at="2026-11-03T14:00")


def test_one_stands_for_both_and_nothing_is_rewritten(vault: Vault) -> None:
    kept, double = person(vault, "Fatima",
                          "Benali"), person(vault, "Fatima", "BENALI", function="médiatrice",
                                            email="f@b.fr")
    action = vault.do(create_action, "Relancer", owner_id=double)
    before = len([name for name in names(vault) if "Fatima" in name])
    vault.do(merge_people, kept, double)
    assert before == 2 and [name for name in names(vault) if "Fatima" in name] == ["BENALI Fatima"]
    assert [row.id for row in vault.ask(actions_of, kept)] == [action]
    (row,) = [row for row in vault.ask(actions_of) if row.id == action]
    assert (row.owner_id, row.owner) == (kept, "BENALI Fatima")
    assert vault.ask(get_record, action)["owner_id"] == str(double)
    assert vault.ask(record_for_form, action)["owner_id"] == str(kept)
    # What only the other entry said is kept.
    stands = vault.ask(get_record, kept)
    assert (stands["function"], stands["email"]) == ("médiatrice", "f@b.fr")


def test_it_is_taken_back_by_undo_and_by_hand(vault: Vault) -> None:
    kept, double = person(vault, "Fatima",
                          "Benali"), person(vault, "Fatima", "Benali", email="f@b.fr")
    vault.do(merge_people, kept, double)
    vault.undo()
    assert vault.ask(alias_map) == {} and not vault.ask(get_record, kept)["email"]
    vault.do(merge_people, kept, double)
    vault.do(part_people, double)
    assert vault.ask(alias_map) == {} and names(vault).count("BENALI Fatima") == 2


def test_at_a_meeting_one_person_is_ticked_once(vault: Vault) -> None:
    kept, double = person(vault, "Fatima", "Benali"), person(vault, "Fatima", "Benali")
    held = meeting(vault)
    vault.do(expect_people, held, [kept, double])
    vault.do(mark_attendance, held, double, "present", arrived_at="14:20")
    vault.do(merge_people, kept, double)
    (row,) = vault.ask(roll_call_of, held)
    assert (row.person_id, row.state, row.arrived_at) == (kept, "present", "14:20")
    assert [(one.id, one.state) for one in vault.ask(participants_of, held)] == [(kept, "present")]
    (listed,) = vault.ask(meetings_of)
    assert (listed.there, listed.expected) == (1, 1)
    # Whoever ticks the line ticks the person: an older tick of the other entry does not come back.
    vault.do(mark_attendance, held, kept, "absent")
    (row,) = vault.ask(roll_call_of, held)
    assert row.state == "absent"
    (listed,) = vault.ask(meetings_of)
    assert (listed.there, listed.expected) == (0, 1)


def test_a_group_counts_and_expects_one(vault: Vault) -> None:
    kept, double = person(vault, "Fatima", "Benali"), person(vault, "Fatima", "Benali")
    group = vault.do(add_record, "group", {"name": "Groupe", "kind": "groupe_de_travail"})
    for one in (kept, double):
        vault.do(add_record, "membership", {"group_id": str(group), "person_id": str(one)})
    vault.do(merge_people, kept, double)
    assert [row.members for row in vault.ask(groups_of) if row.id == group] == [1]
    assert [row.person_id for row in vault.ask(members_of, group)] == [kept]
    held = vault.do(create_meeting, group_id=group, title="Séance", kind="groupe_de_travail",
                    starts_at="2026-11-03T14:00")
    assert [row.person_id for row in vault.ask(roll_call_of, held)] == [kept]


def test_who_is_named_again_is_who_stands_for_them(vault: Vault) -> None:
    kept, double = person(vault, "Fatima", "Ben Ali"), person(vault, "Fatima", "Benali")
    vault.do(merge_people, kept, double)
    assert vault.do(person_named, "Fatima", "Benali") == kept
    assert vault.ask(person_name, double) == "BEN ALI Fatima"


def test_only_who_may_be_the_same_is_told(vault: Vault) -> None:
    one, other = (vault.do(add_record, "organisation", {"name": name})
                  for name in ("CCAS", "Mission locale"))
    alone = person(vault, "Jean", "Martin", organisation_id=str(one))
    person(vault, "Jean", "Martin", organisation_id=str(other))
    assert vault.ask(possible_doubles) == {}
    unplaced = person(vault, "martin", "JEAN")
    found = vault.ask(possible_doubles)
    assert found[alone] == (unplaced,) and len(found[unplaced]) == 2
    assert {row.id for row in vault.ask(listed_people) if row.double} == set(found)


def test_who_stands_for_somebody_and_is_thrown_away_hides_nobody(vault: Vault) -> None:
    kept, double = person(vault, "Fatima", "Benali"), person(vault, "Fatima", "Benali")
    vault.do(merge_people, kept, double)
    vault.do(edit_record, kept, {"deleted": True})
    assert [row.id for row in vault.ask(people_of) if row.family_name == "Benali"] == [double]


@pytest.fixture
def laptops(tmp_path: Path) -> Laptops:
    return Laptops(tmp_path)


def test_two_computers_that_say_it_each_way_come_to_one(laptops: Laptops) -> None:
    second = laptops.join("second", "coordination")
    one, other = person(laptops.founder, "Fatima",
                        "Benali"), person(laptops.founder, "Fatima", "Benali")
    for vault in (laptops.founder, second):
        laptops.sync(vault)
    laptops.founder.do(merge_people, one, other)
    second.do(merge_people, other, one)
    late = second.do(create_action, "Née entre-temps", owner_id=one)
    for vault in (laptops.founder, second, laptops.founder, second):
        laptops.sync(vault)
    for vault in (laptops.founder, second):
        assert vault.ask(alias_map) == {max(one, other): min(one, other)}
        assert vault.ask(all_of, one) == {one, other}
        assert late in {row.id for row in vault.ask(actions_of, other)}
    laptops.close()


@given(st.dictionaries(st.integers(0, 7), st.integers(0, 7), max_size=8))
def test_whatever_was_said_everybody_has_one_who_stands_for_them(said: dict[int, int]) -> None:
    ids = [uuid.UUID(int=number + 1) for number in range(8)]
    known = {ids[one]: ids[other] for one, other in said.items() if one != other}
    ends = {one: _end(known, one) for one in ids}
    # Who stands for somebody stands for themselves, and whoever is linked comes to the same.
    assert all(ends[end] == end for end in ends.values())
    assert all(ends[one] == ends[other] for one, other in known.items())


def test_the_day_of_the_sheet_is_kept(vault: Vault) -> None:
    # A sheet was printed with the number of the entry that another stands for by now.
    kept, double = person(vault, "Fatima", "Benali"), person(vault, "Fatima", "Benali")
    held = meeting(vault)
    vault.do(expect_people, held, [double])
    vault.do(add_record, "sheet", {"meeting_id": str(held), "numbers": [str(double)]})
    vault.do(merge_people, kept, double)
    assert [(row.person_id, row.number) for row in vault.ask(roll_call_of, held)] == [(kept, 1)]
