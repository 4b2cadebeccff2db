"""Resources: what a loan and a rating must say, who has what today, and what the filters leave."""

import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.base.errors import AppError
from desktop.commands.collective import found_records
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.commands.resources import bring_back
from desktop.queries.resources import LoanRow, ResourceRow, resource_detail, resources_of
from desktop.vault import Vault
from tests.sync.laptops import Laptops

TODAY = date.today()


def day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.fixture
def ccas(vault: Vault) -> uuid.UUID:
    return vault.do(add_record, "organisation",
                    {"name": "Centre communal d’action sociale", "short_name": "CCAS"})


@pytest.fixture
def case(vault: Vault) -> uuid.UUID:
    return vault.do(add_record, "resource", {"title": "Malle de jeux", "kind": "outil"})


def lend(vault: Vault, resource: uuid.UUID, borrower: uuid.UUID, first: int, last: int,
         **more: Any) -> uuid.UUID:
    return vault.do(add_record, "resource_loan", {
        "resource_id": str(resource), "organisation_id": str(borrower), "lent_on": day(first),
        "due_on": day(last), **more})


def row_of(vault: Vault, resource: uuid.UUID, today: date = TODAY) -> ResourceRow:
    return next(row for row in vault.ask(resources_of, today) if row.id == resource)


def refused(vault: Vault, kind: str, values: dict[str, Any]) -> AppError:
    with pytest.raises(AppError) as caught:
        vault.do(add_record, kind, values)
    return caught.value


def loan_of(vault: Vault, resource: uuid.UUID, today: date = TODAY) -> LoanRow:
    found = row_of(vault, resource, today).loan
    assert found is not None
    return found


def test_a_resource_is_out_while_it_is_lent_and_late_after_its_last_day(
    vault: Vault, ccas: uuid.UUID, case: uuid.UUID) -> None:
    assert row_of(vault, case).loan is None
    loan = lend(vault, case, ccas, -3, 4)
    found = loan_of(vault, case)
    assert (found.borrower, found.due_on, found.is_late,
            found.is_now) == ("CCAS", day(4), False, True)
    assert loan_of(vault, case, TODAY + timedelta(days=5)).is_late
    assert row_of(vault, case, TODAY - timedelta(days=4)).loan is None
    assert [row.id for row in vault.ask(resources_of, TODAY, "", "", True)] == []
    vault.do(bring_back, loan)
    assert row_of(vault, case).loan is None
    assert vault.ask(resource_detail, case, TODAY).loans[0].back_on == day(0)
    vault.undo()
    assert loan_of(vault, case).id == loan


def test_a_loan_that_overlaps_another_is_refused_with_a_sentence(vault: Vault, ccas: uuid.UUID,
                                                                 case: uuid.UUID) -> None:
    other = vault.do(add_record, "organisation", {"name": "Mission locale"})
    lend(vault, case, ccas, 10, 20)
    for first, last in ((15, 25), (5, 10), (20, 22), (12, 13), (5, 30)):
        with pytest.raises(AppError) as caught:
            lend(vault, case, other, first, last)
        assert ("lent_on" in caught.value.fields and "CCAS" in caught.value.message
                and "déjà prêtée" in caught.value.message)
    for first, last in ((5, 9), (21, 22)):
        lend(vault, case, other, first, last)
    # Another resource is another matter.
    lend(vault, vault.do(add_record, "resource", {"title": "Salle", "kind": "lieu"}), other, 15, 25)


def test_what_is_late_is_not_lent_again_before_it_is_back(vault: Vault, ccas: uuid.UUID,
                                                          case: uuid.UUID) -> None:
    late = lend(vault, case, ccas, -20, -10)
    with pytest.raises(AppError):
        lend(vault, case, ccas, 0, 5)
    vault.do(bring_back, late)
    lend(vault, case, ccas, 0, 5)


def test_an_edit_that_would_overlap_is_refused_too(vault: Vault, ccas: uuid.UUID,
                                                   case: uuid.UUID) -> None:
    lend(vault, case, ccas, 10, 20)
    second = lend(vault, case, ccas, 30, 40)
    with pytest.raises(AppError) as caught:
        vault.do(edit_record, second, {"lent_on": day(15)})
    assert "lent_on" in caught.value.fields
    vault.do(edit_record, second, {"remark": "Avec le mode d’emploi"})


@pytest.mark.parametrize(("values", "field"), [
    ({"organisation_id": None}, "organisation_id"),
    ({"due_on": day(-1)}, "due_on"),
    ({"back_on": day(-1)}, "back_on"),
    ({"back_on": day(1)}, "back_on"),
    ({"resource_id": str(uuid.UUID(int=7))}, "resource_id"),
    ({"lent_on": None}, "lent_on"),
])
def test_a_loan_that_says_too_little_or_the_impossible_is_refused(
        vault: Vault, ccas: uuid.UUID, case: uuid.UUID, values: dict[str, Any], field: str) -> None:
    sound = {"resource_id": str(case), "organisation_id": str(ccas), "lent_on": day(0),
             "due_on": day(5)}
    assert field in refused(vault, "resource_loan", {
        name: value for name, value in (sound | values).items() if value is not None}).fields


def test_a_speaker_is_not_lent(vault: Vault, ccas: uuid.UUID) -> None:
    speaker = vault.do(add_record, "resource", {"title": "Juriste", "kind": "intervenant"})
    with pytest.raises(AppError) as caught:
        lend(vault, speaker, ccas, 0, 1)
    assert "intervenant" in caught.value.message


def test_only_a_loan_that_has_begun_comes_back_and_once(vault: Vault, ccas: uuid.UUID,
                                                        case: uuid.UUID) -> None:
    later, now = lend(vault, case, ccas, 10, 12), lend(vault, case, ccas, -1, 1)
    with pytest.raises(AppError):
        vault.do(bring_back, later)
    vault.do(bring_back, now)
    with pytest.raises(AppError):
        vault.do(bring_back, now)
    vault.do(delete_record, later)
    with pytest.raises(AppError):
        vault.do(bring_back, later)


def test_the_mean_is_of_the_uses_that_are_kept(vault: Vault, ccas: uuid.UUID,
                                               case: uuid.UUID) -> None:
    assert (row_of(vault, case).mean, row_of(vault, case).uses) == (0, 0)
    made = [vault.do(add_record, "resource_use", {
        "resource_id": str(case), "organisation_id": str(ccas), "used_on": day(-rating),
        "rating": rating})
        for rating in (5, 2, 4)]
    assert (row_of(vault, case).mean, row_of(vault, case).uses) == (pytest.approx(11 / 3), 3)
    vault.do(delete_record, made[1])
    assert (row_of(vault, case).mean, row_of(vault, case).uses) == (4.5, 2)
    assert [use.rating for use in vault.ask(resource_detail, case, TODAY).uses] == [4, 5]


def test_a_rating_without_a_use_is_refused(vault: Vault) -> None:
    assert refused(vault, "resource",
                   {"title": "Malle", "kind": "outil", "rating": 4}).fields == ("rating",)


@pytest.mark.parametrize(("values", "field"), [
    ({"rating": 0}, "rating"), ({"rating": 6}, "rating"), ({"used_on": day(1)}, "used_on"),
    ({"organisation_id": None},
    "organisation_id")])
def test_a_use_is_past_and_of_five(vault: Vault, ccas: uuid.UUID, case: uuid.UUID,
                                   values: dict[str, Any], field: str) -> None:
    sound = {"resource_id": str(case), "organisation_id": str(ccas), "used_on": day(0), "rating": 4}
    assert field in refused(vault, "resource_use", {
        name: value for name, value in (sound | values).items() if value is not None}).fields


def test_nobody_is_named_without_the_day_of_their_permission(vault: Vault) -> None:
    memory = {"title": "Celles du bobinage", "kind": "memoire", "named_people": "Yvonne Delcourt"}
    assert refused(vault, "resource", memory).fields == ("authorised_on",)
    assert "authorised_on" in refused(vault, "resource", memory | {"authorised_on": day(1)}).fields
    kept = vault.do(add_record, "resource", memory | {"authorised_on": day(-3)})
    with pytest.raises(AppError) as caught:
        vault.do(edit_record, kept, {"authorised_on": None})
    assert caught.value.fields == ("authorised_on",)
    # A name in the text of a memory is one too; of a tool it may be that of its author.
    said = "Témoignage de Madame Lefebvre, ouvrière textile"
    assert refused(vault, "resource",
                   {"title": "Récit", "kind": "memoire", "description": said}).fields == (
                       "description",)
    vault.do(add_record, "resource", {"title": "Récit", "kind": "document", "description": said})
    vault.do(add_record, "resource",
             {"title": "Récit", "kind": "memoire", "description": said, "authorised_on": day(0)})


def test_the_filters_leave_what_answers_all_of_them(vault: Vault, ccas: uuid.UUID) -> None:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    tool = vault.do(add_record, "resource",
                    {"title": "Malle", "kind": "outil", "domains": ["STAGE", "ECOLE"]})
    vault.do(add_record, "resource", {"title": "Guide", "kind": "document", "domains": ["ECOLE"]})
    vault.do(add_record, "resource", {"title": "Salle", "kind": "lieu"})
    assert [row.title for row in vault.ask(resources_of, TODAY, "", "ECOLE")] == ["Guide", "Malle"]
    assert [row.title for row in vault.ask(resources_of, TODAY, "outil", "ECOLE")] == ["Malle"]
    assert [row.title for row in vault.ask(resources_of, TODAY, "lieu", "ECOLE")] == []
    lend(vault, tool, ccas, 0, 3)
    assert [row.title for row in vault.ask(resources_of, TODAY, "", "", True)] == ["Guide", "Salle"]


def test_two_computers_that_lend_it_at_once_are_both_kept_and_told(tmp_path: Path) -> None:
    laptops = Laptops(tmp_path)
    second = laptops.join("second", "membre")
    case = laptops.founder.do(add_record, "resource", {"title": "Malle", "kind": "outil"})
    borrower = laptops.founder.do(add_record, "organisation", {"name": "CCAS"})
    for vault in (laptops.founder, second):
        laptops.sync(vault)
    lend(laptops.founder, case, borrower, 1, 5)
    lend(second, case, borrower, 4, 8)
    for vault in (laptops.founder, second, laptops.founder):
        laptops.sync(vault)
    for vault in (laptops.founder, second):
        assert ([loan.clashes for loan in vault.ask(resource_detail, case, TODAY).loans]
                == [True, True])
    lend(laptops.founder, case, borrower, 20, 21)
    assert ([loan.clashes for loan in laptops.founder.ask(resource_detail, case, TODAY).loans]
            == [False, True, True])
    laptops.close()
