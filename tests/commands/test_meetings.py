"""The secretary's gestures at a meeting: plan, expect, convene, tick, begin, end, decide."""

import uuid
from datetime import date, datetime

import pytest

from desktop.base.errors import AppError
from desktop.commands.directory import merge_people, person_named
from desktop.commands.meetings import (
    add_agenda_item,
    add_decision,
    add_walk_in,
    convene,
    create_meeting,
    end_meeting,
    expect_people,
    mark_attendance,
    members_of,
    order_after,
    start_meeting,
)
from desktop.commands.records import add_record, delete_record
from desktop.queries.directory import organisations_of
from desktop.queries.meetings import (
    MeetingDetail,
    agenda_of,
    decisions_of,
    meeting_detail,
    meetings_of,
    roll_call_of,
)
from desktop.queries.records import get_record
from desktop.vault import Vault


def plan(vault: Vault, group: uuid.UUID | None = None, expect_members: bool = True) -> uuid.UUID:
    return vault.do(create_meeting, group_id=group, title=" Séance ", kind="atelier",
                    starts_at="2026-11-03T14:00", expect_members=expect_members)


@pytest.fixture
def meeting(vault: Vault) -> uuid.UUID:
    return plan(vault)


def detail(vault: Vault, meeting: uuid.UUID) -> MeetingDetail:
    found = vault.ask(meeting_detail, meeting)
    assert found is not None
    return found


def states(vault: Vault, meeting: uuid.UUID) -> dict[str, str]:
    return {row.name: row.state for row in vault.ask(roll_call_of, meeting)}


def test_a_meeting_is_a_draft_with_a_code_to_read_aloud(vault: Vault, meeting: uuid.UUID) -> None:
    row = vault.ask(get_record, meeting)
    assert (row["title"], row["state"], row["starts_at"]) == (
        "Séance", "brouillon", "2026-11-03T14:00")
    # No I and no O: they are read as 1 and 0.
    assert len(row["code"]) == 4 and set(row["code"]) <= set("ABCDEFGHJKLMNPQRSTUVWXYZ")
    vault.undo()
    assert vault.ask(meetings_of) == []


def test_a_meeting_that_ends_before_it_starts_is_refused(vault: Vault) -> None:
    with pytest.raises(AppError, match="finit avant de commencer"):
        vault.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                 starts_at="2026-11-03T14:00", ends_at="2026-11-03T13:59")
    assert vault.ask(meetings_of) == []


def test_those_who_are_members_on_the_day_are_expected(vault: Vault) -> None:
    group = vault.do(add_record, "group", {"name": "Groupe", "kind": "groupe_de_travail"})
    spans = {"Always": {}, "Past": {"until": "2026-11-02"}, "Last": {"until": "2026-11-03"},
             "First": {"since": "2026-11-03"}, "Future": {"since": "2026-11-04"}}
    people = {name: vault.do(person_named, "Zoé", name) for name in spans}
    for name, span in spans.items():
        vault.do(add_record, "membership", {
            "group_id": str(group), "person_id": str(people[name]), **span})
    expected = {people[name] for name in ("Always", "Last", "First")}
    assert set(vault.ask(members_of, group, "2026-11-03")) == expected
    rows = vault.ask(roll_call_of, plan(vault, group))
    assert {row.person_id for row in rows} == expected
    assert {row.state for row in rows} == {"attendu"}
    assert vault.ask(roll_call_of, plan(vault, group, expect_members=False)) == []


def test_one_person_of_two_entries_is_one_member(vault: Vault) -> None:
    group = vault.do(add_record, "group", {"name": "Groupe", "kind": "groupe_de_travail"})
    kept, double = (vault.do(add_record, "person", {"family_name": "Benali"}) for _unused in "ab")
    for person in (kept, double):
        vault.do(add_record, "membership", {"group_id": str(group), "person_id": str(person)})
    vault.do(merge_people, kept, double)
    assert vault.ask(members_of, group, "2026-11-03") == [kept]


def test_who_is_expected_again_stays_as_they_were_ticked(vault: Vault, meeting: uuid.UUID) -> None:
    fatima, zoe = (vault.do(person_named, given, "Benali") for given in ("Fatima", "Zoé"))
    vault.do(mark_attendance, meeting, fatima, "excuse")
    vault.do(expect_people, meeting, [fatima, zoe])
    assert states(vault, meeting) == {"BENALI Fatima": "excuse", "BENALI Zoé": "attendu"}
    vault.undo()
    assert states(vault, meeting) == {"BENALI Fatima": "excuse"}


def test_a_tick_says_how_and_when_and_the_next_one_takes_its_place(vault: Vault,
                                                                   meeting: uuid.UUID) -> None:
    fatima, karim = (vault.do(person_named, given, "Benali") for given in ("Fatima", "Karim"))
    vault.do(mark_attendance, meeting, fatima, "present", arrived_at="14:20", left_at="15:00",
             signed=True)
    (row,) = vault.ask(roll_call_of, meeting)
    assert (row.state, row.arrived_at, row.left_at, row.signed) == (
        "present", "14:20", "15:00", True)
    vault.do(mark_attendance, meeting, fatima, "represente", represented_by_id=karim)
    (row,) = vault.ask(roll_call_of, meeting)
    # The paper was signed, whatever is said of it afterwards.
    assert (row.state, row.represented_by, row.arrived_at, row.left_at, row.signed) == (
        "represente", "BENALI Karim", "", "", True)
    vault.undo()
    assert vault.ask(roll_call_of, meeting)[0].arrived_at == "14:20"


def test_who_was_taken_off_the_list_comes_back_with_a_tick(vault: Vault,
                                                           meeting: uuid.UUID) -> None:
    fatima = vault.do(person_named, "Fatima", "Benali")
    vault.do(expect_people, meeting, [fatima])
    vault.do(delete_record, vault.ask(roll_call_of, meeting)[0].id)
    assert states(vault, meeting) == {}
    vault.do(mark_attendance, meeting, fatima, "present")
    assert states(vault, meeting) == {"BENALI Fatima": "present"}


def test_a_walk_in_is_found_where_known_and_present(vault: Vault, meeting: uuid.UUID) -> None:
    known = vault.do(person_named, "Marie", "Dupont", "CCAS")
    assert vault.do(add_walk_in, meeting, "marie", "DUPONT", "ccas") == known
    vault.do(add_walk_in, meeting, "Émile", "Zola", "Les Passerelles")
    assert states(vault, meeting) == {"DUPONT Marie": "present", "ZOLA Émile": "present"}
    vault.undo()
    assert states(vault, meeting) == {"DUPONT Marie": "present"}
    assert [one.name for one in vault.ask(organisations_of)] == ["CCAS"]


def test_points_stand_in_the_order_in_which_they_are_added(vault: Vault,
                                                           meeting: uuid.UUID) -> None:
    for title in ("Accueil", " Bilan ", "Divers"):
        vault.do(add_agenda_item, meeting, title, minutes=10)
    assert [(item.title, item.order) for item in vault.ask(agenda_of, meeting)] == [
        ("Accueil", "0010"), ("Bilan", "0020"), ("Divers", "0030")]
    vault.undo()
    assert [item.title for item in vault.ask(agenda_of, meeting)] == ["Accueil", "Bilan"]


@pytest.mark.parametrize(("last", "following"), [
    (None, "0010"), ("", "0010"), ("0010", "0020"), ("0015", "0025"), ("0020m", "0030")])
def test_the_order_after_another_leaves_room_between(last: str | None, following: str) -> None:
    assert order_after(last) == following


def test_a_point_longer_than_a_day_is_refused(vault: Vault, meeting: uuid.UUID) -> None:
    with pytest.raises(AppError) as refused:
        vault.do(add_agenda_item, meeting, "Accueil", minutes=24 * 60 + 1)
    assert refused.value.field == "minutes" and vault.ask(agenda_of, meeting) == []


def test_a_meeting_is_convened_once_on_the_first_day(vault: Vault, meeting: uuid.UUID) -> None:
    vault.do(convene, meeting, date(2026, 10, 20))
    vault.do(convene, meeting, date(2026, 10, 25))
    row = vault.ask(get_record, meeting)
    assert (row["state"], row["convened_on"]) == ("convoquee", "2026-10-20")


def test_a_convocation_does_not_take_a_meeting_back(vault: Vault, meeting: uuid.UUID) -> None:
    vault.do(start_meeting, meeting, datetime(2026, 11, 3, 14, 5))
    vault.do(convene, meeting, date(2026, 11, 3))
    assert detail(vault, meeting).state == "en_seance"


def test_a_meeting_that_begins_again_keeps_its_first_minute(vault: Vault,
                                                            meeting: uuid.UUID) -> None:
    vault.do(start_meeting, meeting, datetime(2026, 11, 3, 14, 5))
    vault.do(end_meeting, meeting, datetime(2026, 11, 3, 16, 10))
    ended = detail(vault, meeting)
    assert (ended.state, ended.ended_at) == ("projet", datetime(2026, 11, 3, 16, 10))
    vault.undo()
    vault.do(start_meeting, meeting, datetime(2026, 11, 3, 17, 0))
    begun = detail(vault, meeting)
    assert (begun.state, begun.started_at, begun.ended_at) == (
        "en_seance", datetime(2026, 11, 3, 14, 5), None)


def test_a_decision_has_the_number_of_its_meeting_and_undo_gives_it_to_no_other(
        vault: Vault, meeting: uuid.UUID) -> None:
    item = vault.do(add_agenda_item, meeting, "Accueil")
    for text in (" Adoptée ", "Adoptée aussi"):
        vault.do(add_decision, meeting, text, item, "vote")
    first, second = vault.ask(decisions_of, meeting)
    assert (first.text, first.how, first.agenda_item_id) == ("Adoptée", "vote", item)
    assert [first.number, second.number] == ["RD-2026-01-01", "RD-2026-01-02"]
    vault.undo()
    vault.do(add_decision, meeting, "Une autre")
    # The one that was taken back may come back: no other bears its number meanwhile.
    assert [row.number for row in vault.ask(decisions_of, meeting)] == [
        "RD-2026-01-01", "RD-2026-01-03"]


def test_a_meeting_that_is_not_there_takes_no_gesture(vault: Vault) -> None:
    unknown, now = uuid.uuid4(), datetime(2026, 11, 3, 14, 5)
    for gesture in (lambda: vault.do(convene, unknown, now.date()),
                    lambda: vault.do(start_meeting, unknown, now),
                    lambda: vault.do(end_meeting, unknown, now),
                    lambda: vault.do(add_decision, unknown, "Adoptée")):
        with pytest.raises(AppError, match=str(unknown)):
            gesture()
    assert vault.ask(decisions_of) == []
