"""Who is trained: half-days, namesakes and doubles, what is to be refreshed, several sessions,
confidential groups."""

import uuid
from datetime import date

import pytest

from desktop.base.errors import AppError
from desktop.commands.meetings import create_meeting
from desktop.commands.records import add_record, edit_record
from desktop.queries.charter import charter_rows
from desktop.queries.charter_evidence import Standing
from desktop.queries.trainings import (
    Trained,
    TrainedRow,
    followed_by,
    months_after,
    organisations_trained,
    trained_rows,
    trainings_of,
)
from desktop.vault import Vault

TODAY = date(2026, 11, 30)


def _person(vault: Vault, given: str, organisation: uuid.UUID | None = None) -> uuid.UUID:
    return vault.do(add_record, "person", {"given_name": given, "family_name": "Martin",
                                           **({"organisation_id": str(organisation)} if organisation
                                              else {})})


def _session(vault: Vault, day: str, people: dict[uuid.UUID, str], *,
             training: uuid.UUID | None = None,
             halves: dict[uuid.UUID, tuple[str, ...]] | None = None,
             hours: tuple[str, str] = ("09:00", "17:00"),
             kind: str = "formation") -> uuid.UUID:
    meeting = vault.do(create_meeting, group_id=None, title="Repérer", kind=kind,
                       starts_at=f"{day}T{hours[0]}",
                       ends_at=f"{day}T{hours[1]}", training_id=training)
    vault.do(edit_record, meeting, {"state": "projet"})
    for person, state in people.items():
        vault.do(add_record, "attendance",
                 {"meeting_id": str(meeting), "person_id": str(person), "state": state})
    for person, marked in (halves or {}).items():
        for code, state in zip(("am", "pm"), marked, strict=False):
            vault.do(add_record, "attendance_slot",
                     {"meeting_id": str(meeting), "person_id": str(person),
                      "slot": f"{day} {code}", "state": state})
    return meeting


def _row(vault: Vault, person: uuid.UUID, today: date = TODAY) -> TrainedRow:
    return next(row for row in vault.ask(trained_rows, today) if row.id == person)


def test_each_half_day_counts(vault: Vault) -> None:
    whole, half, none, away = (_person(vault, name) for name in ("Anne", "Bilal", "Chloé", "Driss"))
    _session(vault, "2026-03-12",
             {whole: "present", half: "present", none: "present", away: "excuse"},
             halves={whole: ("present", "distance"), half: ("present", "absent"),
                     none: ("absent", "absent")})
    assert (_row(vault, whole).state, _row(vault, whole).hours) == (Trained.TRAINED, 7.0)
    assert (_row(vault, half).state, _row(vault, half).hours) == (Trained.TO_TRAIN, 3.5)
    for person in (none, away):
        assert (_row(vault, person).state, _row(vault, person).followed) == (Trained.TO_TRAIN, ())


def test_without_half_days_who_was_there_followed_the_whole(vault: Vault) -> None:
    person = _person(vault, "Anne")
    _session(vault, "2026-03-12", {person: "present"}, hours=("14:00", "17:00"))
    assert _row(vault, person).hours == 3.5 and _row(vault, person).last_on == date(2026, 3, 12)


@pytest.mark.parametrize(("day", "months", "state"), [
    ("2026-03-12", None, Trained.TRAINED), ("2024-06-01", None, Trained.TRAINED),
    ("2024-05-30", None, Trained.TO_REFRESH),
    ("2020-01-10", None, Trained.TO_REFRESH), ("2026-03-12", 12, Trained.TO_REFRESH),
    ("2026-03-12", 15, Trained.TRAINED),
    ("2026-03-12", 8, Trained.TO_REFRESH)])
def test_what_was_learnt_is_refreshed_in_time(vault: Vault, day: str, months: int | None,
                                              state: Trained) -> None:
    person = _person(vault, "Anne")
    programme = vault.do(add_record, "training",
                         {"title": "Repérer", **({"refresh_months": months} if months else {})})
    _session(vault, day, {person: "present"}, training=programme)
    assert _row(vault, person).state is state


@pytest.mark.parametrize(("day", "months", "then"), [
    (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2024, 2, 29), 12, date(2025, 2, 28)),
    (date(2026, 12, 15), 1, date(2027, 1, 15)),
    (date(2026, 3, 31), -1, date(2026, 2, 28)), (date(2026, 1, 10), -1, date(2025, 12, 10)),
    (date(2026, 11, 30), 13, date(2027, 12, 30))])
def test_months_later_is_a_day_that_there_is(day: date, months: int, then: date) -> None:
    assert months_after(day, months) == then


def test_a_programme_of_two_sessions_is_complete_with_both(vault: Vault) -> None:
    both, one = _person(vault, "Anne"), _person(vault, "Bilal")
    programme = vault.do(add_record, "training", {"title": "Repérer et accueillir"})
    _session(vault, "2026-03-12", {both: "present", one: "present"}, training=programme)
    _session(vault, "2026-04-12", {both: "present"}, training=programme)
    _session(vault, "2027-04-12", {both: "attendu"}, training=programme)
    (row,) = vault.ask(trainings_of, TODAY)
    assert ((row.complete, [(s.present, s.is_past) for s in row.sessions])
            == (1, [(0, False), (1, True), (2, True)]))


def test_the_charter_and_the_list_say_the_same(vault: Vault) -> None:
    house = vault.do(add_record, "organisation", {"name": "Maison des femmes"})
    there, other = _person(vault, "Anne", house), _person(vault, "Bilal", house)
    _session(vault, "2026-03-12", {there: "present", other: "present"},
             halves={other: ("present", "absent")})
    (organisation,) = vault.ask(organisations_trained, TODAY)
    assert (organisation.trained, organisation.people, organisation.hours) == (1, 2, 10.5)
    (row,) = vault.ask(charter_rows, TODAY, False)
    cell = row.cells["formation"]
    assert (cell.kept, cell.count, cell.whole) == (Standing.IN_PART, 1, 2)


def test_only_trainings_held_and_told_to_all_count(vault: Vault) -> None:
    person = _person(vault, "Anne")
    _session(vault, "2026-03-12", {person: "present"}, kind="atelier")
    _session(vault, "2027-03-12", {person: "present"})
    hidden = _session(vault, "2026-03-12", {person: "present"})
    vault.do(lambda session: session.connection().exec_driver_sql(
        "UPDATE meeting SET channel = 'groupe:1' WHERE id = ?", (hidden.bytes,)) and None)
    assert vault.ask(followed_by, date(1900, 1, 1), TODAY) == {}


@pytest.mark.parametrize("months", [0, -1, 121, 10**9])
def test_a_delay_that_is_none_is_refused(vault: Vault, months: int) -> None:
    with pytest.raises(AppError) as refused:
        vault.do(add_record, "training", {"title": "Repérer", "refresh_months": months})
    assert refused.value.field == "refresh_months"
