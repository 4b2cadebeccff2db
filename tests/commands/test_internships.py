"""Internships: an accepted application takes a place, which nobody takes twice; each gesture is
undone."""

import uuid
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.commands.internships import (
    add_application,
    answer_application,
    apply_to,
    close_offer,
    open_search,
)
from desktop.commands.records import (
    add_lines,
    add_record,
    delete_record,
    edit_record,
    restore_record,
)
from desktop.models.internships import InternshipApplication, InternshipRequest
from desktop.models.record import OBSERVATORY
from desktop.models.states import ApplicationAnswer, answer_by
from desktop.privacy.case_codes import is_case_code
from desktop.queries.corrections import corrections_of
from desktop.queries.internships.lists import OfferRow, offer_detail, requests_of, search_detail
from desktop.vault import Vault

TODAY = date(2026, 11, 2)
MONTH = "2026-10"


@pytest.fixture
def host(vault: Vault) -> uuid.UUID:
    return vault.do(add_record, "organisation", {"name": "Maison de santé"})


@pytest.fixture
def offer(vault: Vault, host: uuid.UUID) -> uuid.UUID:
    return vault.do(add_record, "internship_offer", {
        "organisation_id": str(host), "domain": "sante", "level": "troisieme", "places": 1,
        "starts_on": "2026-12-14", "ends_on": "2026-12-18"})


@pytest.fixture
def search(vault: Vault) -> uuid.UUID:
    return vault.do(open_search, {"domain": "sante", "level": "troisieme"})


def sent(vault: Vault, search: uuid.UUID, **values: Any) -> uuid.UUID:
    return vault.do(add_application, {"request_id": str(search), "month": MONTH, **{
        name: str(value) for name, value in values.items()}})


def row_of(vault: Vault, offer: uuid.UUID) -> OfferRow:
    found = vault.ask(offer_detail, offer, TODAY)
    assert found is not None
    return found.row


def refused(vault: Vault, field: str, *gesture: Any, **values: Any) -> None:
    before = vault.ask(answers)
    with pytest.raises(AppError) as error:
        vault.do(*gesture, **values)
    assert field in error.value.fields and len(error.value.message) > 20
    assert vault.ask(answers) == before


def answers(session: Session) -> list[str | None]:
    return list(
        session.scalars(select(InternshipApplication.answer).order_by(InternshipApplication.id)))


def test_a_search_gets_a_code_that_nobody_typed_and_travels_to_the_observatory(
    vault: Vault, search: uuid.UUID) -> None:
    (row,) = vault.ask(requests_of)
    assert is_case_code(row.code) and row.id == search and row.month
    application = sent(vault, search)
    found = vault.ask(lambda session: (session.get_one(InternshipRequest, search).channel,
                                       session.get_one(InternshipApplication, application).channel))
    assert found == (OBSERVATORY, OBSERVATORY)


def test_an_accepted_application_takes_a_place_and_undo_gives_it_back(
        vault: Vault, offer: uuid.UUID, search: uuid.UUID) -> None:
    application = sent(vault, search, offer_id=offer)
    assert row_of(vault, offer).free == 1
    vault.do(answer_application, application, ApplicationAnswer.ACCEPTED)
    row = row_of(vault, offer)
    assert (row.places, row.taken, row.accepted, row.free) == (1, 0, 1, 0)
    assert vault.ask(requests_of)[0].found
    vault.undo()
    assert row_of(vault, offer).free == 1 and not vault.ask(requests_of)[0].found
    vault.undo()
    assert vault.ask(requests_of)[0].sent == 0


def test_the_last_place_is_taken_once(vault: Vault, offer: uuid.UUID, search: uuid.UUID) -> None:
    first = sent(vault, search, offer_id=offer)
    second = sent(vault, vault.do(open_search, {}), offer_id=offer)
    vault.do(answer_application, first, ApplicationAnswer.ACCEPTED)
    refused(vault, "answer", answer_application, second, ApplicationAnswer.ACCEPTED)
    refused(vault, "places", edit_record, offer, {"taken": 1})
    vault.do(edit_record, offer, {"places": 2})
    vault.do(answer_application, second, ApplicationAnswer.ACCEPTED)
    refused(vault, "places", edit_record, offer, {"places": 1})
    assert row_of(vault, offer).free == 0


def test_a_search_in_the_bin_takes_no_place_and_comes_back_to_what_is_left(
        vault: Vault, offer: uuid.UUID, search: uuid.UUID) -> None:
    first = sent(vault, search, offer_id=offer)
    vault.do(answer_application, first, ApplicationAnswer.ACCEPTED)
    vault.do(delete_record, first)
    other = sent(vault, vault.do(open_search, {}), offer_id=offer)
    vault.do(answer_application, other, ApplicationAnswer.ACCEPTED)
    refused(vault, "answer", restore_record, first)
    vault.do(delete_record,
             vault.ask(lambda session: session.get_one(InternshipApplication, other).request_id))
    assert row_of(vault, offer).free == 1
    vault.do(restore_record, first)
    assert row_of(vault, offer).free == 0


def test_a_search_is_accepted_once_and_applies_once_to_an_offer(
        vault: Vault, offer: uuid.UUID, search: uuid.UUID, host: uuid.UUID) -> None:
    sent(vault, search, offer_id=offer)
    refused(vault, "offer_id", apply_to, search, offer)
    elsewhere = sent(vault, search, organisation_id=host)
    refused(vault, "organisation_id", add_application, {
        "request_id": str(search), "organisation_id": str(host), "month": MONTH})
    vault.do(answer_application, elsewhere, ApplicationAnswer.ACCEPTED)
    (other,) = [one.id for one in search_of(vault, search) if one.offer_id is not None]
    refused(vault, "answer", answer_application, other, ApplicationAnswer.ACCEPTED)
    # To employers that are not in the directory, as often as one likes: nothing tells them apart.
    sent(vault, search)
    sent(vault, search)
    assert len(search_of(vault, search)) == 4


def search_of(vault: Vault, search: uuid.UUID) -> tuple[Any, ...]:
    found = vault.ask(search_detail, search, TODAY)
    assert found is not None
    return found.applications


def test_nobody_applies_to_a_closed_offer_until_it_is_opened_again(
        vault: Vault, offer: uuid.UUID, search: uuid.UUID) -> None:
    vault.do(close_offer, offer)
    refused(vault, "offer_id", apply_to, search, offer)
    vault.do(close_offer, offer, False)
    vault.do(add_application, {"request_id": str(search), "offer_id": str(offer), "month": MONTH})


def test_nobody_applies_to_an_internship_that_is_over(vault: Vault, offer: uuid.UUID,
                                                      search: uuid.UUID) -> None:
    vault.do(edit_record, offer, {"starts_on": "2026-06-01", "ends_on": "2026-06-05"})
    refused(vault, "offer_id", add_application,
            {"request_id": str(search), "offer_id": str(offer), "month": MONTH})
    sent_in_may = {"request_id": str(search), "offer_id": str(offer), "month": "2026-05",
                   "answer": "refusee"}
    vault.do(add_application, sent_in_may)


def test_what_contradicts_is_refused_from_a_list_too_and_nothing_of_it_is_kept(
        vault: Vault, offer: uuid.UUID, search: uuid.UUID, host: uuid.UUID) -> None:
    line = {"request_id": str(search), "offer_id": str(offer), "month": MONTH, "answer": "acceptee"}
    with pytest.raises(AppError, match="Ligne 2") as error:
        vault.do(add_lines, "internship_application", [(1, line), (2, {**line, "offer_id": None})])
    assert error.value.fields == ("answer",) and search_of(vault, search) == ()
    other = vault.do(add_record, "organisation", {"name": "Autre"})
    refused(vault, "organisation_id", add_lines, "internship_application",
            [(1, line | {"organisation_id": str(other)})])
    vault.do(add_lines, "internship_application", [(1, line | {"organisation_id": str(host)})])


def test_places_that_two_computers_gave_away_are_told_as_to_be_corrected(
        vault: Vault, offer: uuid.UUID, search: uuid.UUID) -> None:
    first = sent(vault, search, offer_id=offer)
    second = sent(vault, vault.do(open_search, {}), offer_id=offer)
    vault.do(answer_application, first, ApplicationAnswer.ACCEPTED)

    def merge(session: Any) -> None:
        session.connection().exec_driver_sql(
            "UPDATE internship_application SET answer = 'acceptee' WHERE id = ?", (second.bytes,))
    vault.do(merge)
    assert row_of(vault, offer).free == 0
    (sentence,) = vault.ask(corrections_of, offer, TODAY)
    assert "2 candidatures" in sentence


@pytest.mark.parametrize(("today", "said"), [
    (date(2026, 10, 31), ApplicationAnswer.WAITING),
    (date(2026, 11, 15), ApplicationAnswer.WAITING),
    (date(2026, 11, 16), ApplicationAnswer.NO_ANSWER)])
def test_silence_is_told_fifteen_days_after_the_month(today: date, said: ApplicationAnswer) -> None:
    assert answer_by(ApplicationAnswer.WAITING, MONTH,
                     today) == answer_by(None, MONTH, today) == said
    assert answer_by(ApplicationAnswer.REFUSED, MONTH, today) == ApplicationAnswer.REFUSED
    assert answer_by(ApplicationAnswer.WAITING, "2025-12",
                     date(2026, 1, 15)) == ApplicationAnswer.WAITING
    assert answer_by(ApplicationAnswer.WAITING, "2025-12",
                     date(2026, 1, 16)) == ApplicationAnswer.NO_ANSWER
