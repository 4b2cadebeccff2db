"""Preparing a meeting: what is taken up or left out, like last time, the usual agenda, the next."""

import uuid
from datetime import date

import pytest
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.commands.actions import create_action
from desktop.commands.directory import person_named
from desktop.commands.meetings import add_agenda_item, create_meeting, expect_people
from desktop.commands.preparation import (
    USUAL,
    leave_out,
    like_last_time,
    prepare_next,
    reorder,
    take_up,
    usual_agenda,
)
from desktop.commands.records import add_record, delete_record
from desktop.models.meetings import Meeting
from desktop.queries.carry_over import Proposal, proposals_for
from desktop.queries.meetings import agenda_of, meetings_of, roll_call_of
from desktop.queries.records import get_record
from desktop.vault import Vault


@pytest.fixture
def group(vault: Vault) -> uuid.UUID:
    return vault.do(add_record, "group", {"name": "Groupe", "kind": "groupe_de_travail"})


def plan(vault: Vault, group: uuid.UUID | None, day: str, kind: str = "atelier") -> uuid.UUID:
    return vault.do(create_meeting, group_id=group, title="Séance", kind=kind,
                    starts_at=f"{day}T14:00")


@pytest.fixture
def last(vault: Vault, group: uuid.UUID) -> uuid.UUID:
    made = vault.do(create_meeting, group_id=group, title="Séance", kind="pleniere",
                    starts_at="2026-09-08T14:00", ends_at="2026-09-08T16:30", quorum=7,
                    place="Maison des associations")
    vault.do(expect_people, made, [vault.do(person_named, "Fatima", "Benali")])
    for title, minutes in (("Accueil", 5), ("Bilan", 30)):
        vault.do(add_agenda_item, made, title, minutes=minutes, kind="decision")
    vault.do(create_action, "Relancer la CPAM", meeting_id=made)
    return made


@pytest.fixture
def meeting(vault: Vault, group: uuid.UUID, last: uuid.UUID) -> uuid.UUID:
    return plan(vault, group, "2026-10-06")


def titles(vault: Vault, meeting: uuid.UUID) -> list[str]:
    return [item.title for item in vault.ask(agenda_of, meeting)]


def proposed(vault: Vault, meeting: uuid.UUID) -> Proposal:
    (found,) = vault.ask(proposals_for, meeting)
    return found


def test_what_is_taken_up_comes_last_with_its_reason_and_is_proposed_no_more(
        vault: Vault, meeting: uuid.UUID) -> None:
    vault.do(add_agenda_item, meeting, "Accueil")
    proposal = proposed(vault, meeting)
    made = vault.do(take_up, meeting, proposal)
    row = vault.ask(agenda_of, meeting)[-1]
    assert (row.id, row.title, row.carried_reason, row.minutes) == (
        made, "Relancer la CPAM", proposal.reason, proposal.minutes)
    assert titles(vault, meeting) == ["Accueil", "Relancer la CPAM"]
    assert vault.ask(proposals_for, meeting) == []
    vault.undo()
    assert titles(vault, meeting) == ["Accueil"]


def test_what_is_left_out_is_asked_again_at_the_next_meeting(
        vault: Vault, group: uuid.UUID, meeting: uuid.UUID) -> None:
    proposal = proposed(vault, meeting)
    vault.do(leave_out, meeting, proposal)
    assert vault.ask(proposals_for, meeting) == [] and titles(vault, meeting) == []
    following = plan(vault, group, "2026-11-03")
    assert proposed(vault, following).record_id == proposal.record_id
    vault.do(take_up, meeting, proposal)
    assert titles(vault, meeting) == ["Relancer la CPAM"]


def test_leaving_out_what_was_taken_up_takes_nothing_off_the_agenda(
        vault: Vault, meeting: uuid.UUID) -> None:
    proposal = proposed(vault, meeting)
    vault.do(take_up, meeting, proposal)
    vault.do(leave_out, meeting, proposal)
    assert titles(vault, meeting) == ["Relancer la CPAM"]


def test_what_was_taken_off_the_agenda_is_taken_up_again_at_its_end(
        vault: Vault, meeting: uuid.UUID) -> None:
    proposal = proposed(vault, meeting)
    made = vault.do(take_up, meeting, proposal)
    vault.do(add_agenda_item, meeting, "Accueil")
    vault.do(delete_record, made)
    assert vault.do(take_up, meeting, proposal) == made
    assert titles(vault, meeting) == ["Accueil", "Relancer la CPAM"]


def test_points_are_put_in_the_order_that_is_given_and_the_others_after_them(
        vault: Vault, meeting: uuid.UUID) -> None:
    a, b, c = (vault.do(add_agenda_item, meeting, title) for title in "ABC")
    vault.do(reorder, meeting, [c, uuid.uuid4(), a])
    assert [item.id for item in vault.ask(agenda_of, meeting)] == [c, a, b]
    vault.undo()
    assert [item.id for item in vault.ask(agenda_of, meeting)] == [a, b, c]


def test_like_last_time_takes_what_is_not_said_and_leaves_what_is(
        vault: Vault, meeting: uuid.UUID) -> None:
    vault.do(add_agenda_item, meeting, "accueil", minutes=15)
    assert vault.do(like_last_time, meeting) == 1
    row = vault.ask(get_record, meeting)
    assert (row["place"], row["quorum"], row["kind"], row["ends_at"]) == (
        "Maison des associations", 7, "atelier", "2026-10-06T16:30")
    assert [(item.title, item.minutes) for item in vault.ask(agenda_of, meeting)] == [
        ("accueil", 15), ("Bilan", 30)]
    assert [one.name for one in vault.ask(roll_call_of, meeting)] == ["BENALI Fatima"]
    vault.undo()
    assert titles(vault, meeting) == ["accueil"] and vault.ask(roll_call_of, meeting) == []


def test_the_first_meeting_of_a_group_has_no_last_time(vault: Vault, last: uuid.UUID) -> None:
    with pytest.raises(AppError, match="pas encore tenu de réunion"):
        vault.do(like_last_time, last)
    assert titles(vault, last) == ["Accueil", "Bilan"]


@pytest.mark.parametrize("kind", ["pleniere", "copil", "formation", "atelier", "cotech"])
def test_the_usual_agenda_of_a_kind_is_written_once(vault: Vault, kind: str) -> None:
    made = plan(vault, None, "2026-10-06", kind)
    usual = USUAL.get(kind, USUAL[""])
    assert vault.do(usual_agenda, made) == len(usual)
    assert [(item.minutes, item.kind) for item in vault.ask(agenda_of, made)] == [
        (minutes, of) for _title, minutes, of in usual]
    assert vault.do(usual_agenda, made) == 0 and len(titles(vault, made)) == len(usual)


def test_the_usual_agenda_is_written_in_french(vault: Vault) -> None:
    made = plan(vault, None, "2026-10-06", "cotech")
    vault.do(usual_agenda, made)
    assert titles(vault, made)[0] == "Approbation du compte rendu précédent"


def test_the_next_meeting_comes_after_as_long_as_between_the_last_two(
        vault: Vault, meeting: uuid.UUID) -> None:
    vault.do(like_last_time, meeting)
    made = vault.do(prepare_next, meeting, date(2026, 10, 7))
    row = vault.ask(get_record, made)
    # 8 September, 6 October: four weeks.
    assert (row["starts_at"], row["ends_at"], row["state"]) == (
        "2026-11-03T14:00", "2026-11-03T16:30", "brouillon")
    assert titles(vault, made) == ["Accueil", "Bilan"]
    vault.undo()
    assert made not in {one.id for one in vault.ask(meetings_of)}


def test_the_next_meeting_is_never_in_the_past(vault: Vault, meeting: uuid.UUID) -> None:
    made = vault.do(prepare_next, meeting, date(2027, 1, 26))
    assert vault.ask(get_record, made)["starts_at"] == "2027-02-23T14:00"


def test_a_meeting_without_a_date_has_no_next(vault: Vault, meeting: uuid.UUID) -> None:
    def behind(session: Session) -> None:
        # As a computer with another program may have left it.
        session.get_one(Meeting, meeting).starts_at = None

    vault.do(behind)
    with pytest.raises(AppError, match="pas de date"):
        vault.do(prepare_next, meeting, date(2026, 10, 7))


def test_a_meeting_that_is_not_there_is_not_prepared(vault: Vault) -> None:
    unknown = uuid.uuid4()
    for gesture in (like_last_time, usual_agenda):
        with pytest.raises(AppError, match=str(unknown)):
            vault.do(gesture, unknown)
