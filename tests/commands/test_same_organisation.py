"""One organisation under two names: which stands for both, what is read then, how it is taken back,
whoever says it first."""

import uuid
from datetime import date
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.commands.actions import create_action
from desktop.commands.collective import found_records
from desktop.commands.directory import merge_organisations, part_organisations, person_named
from desktop.commands.meetings import create_meeting, expect_people, mark_attendance
from desktop.commands.records import add_record
from desktop.exchange.directory import NEW, import_text, plan_import
from desktop.queries.charter import charter_rows, charters_of
from desktop.queries.commitments import commitments_of
from desktop.queries.counted_records import counted_records
from desktop.queries.directory import organisations_of, people_of
from desktop.queries.documents.convocation import extracts_of
from desktop.queries.documents.reminder import reminder_of
from desktop.queries.merging import merge_preview
from desktop.queries.names import organisation_names
from desktop.queries.organisation_aliases import (
    all_of_organisation,
    organisation_aliases,
    possible_double_organisations,
)
from desktop.queries.records import get_record, record_for_form
from desktop.queries.today import today_of
from desktop.vault import Vault
from tests.sync.laptops import Laptops

TODAY = date(2026, 11, 30)


def organisation(vault: Vault, name: str, **more: object) -> uuid.UUID:
    return vault.do(add_record, "organisation", {"name": name, **more})


def person(vault: Vault, family: str, where: uuid.UUID) -> uuid.UUID:
    return vault.do(add_record, "person",
                    {"family_name": family, "given_name": "Jo", "organisation_id": str(where)})


@pytest.fixture
def two(vault: Vault) -> tuple[uuid.UUID, uuid.UUID]:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    return organisation(vault, "CCAS de Maubeuge", short_name="CCAS"), organisation(
        vault, "Centre communal d’action sociale", territory="Maubeuge", college="commune")


def test_one_stands_for_both_and_nothing_is_rewritten(vault: Vault,
                                                      two: tuple[uuid.UUID, uuid.UUID]) -> None:
    kept, double = two
    action = vault.do(create_action, "Relancer", owner_organisation_id=str(double),
                      partner_ids=[str(double), str(kept)])
    first, second = person(vault, "Martin", kept), person(vault, "Haddad", double)
    vault.do(merge_organisations, kept, double)
    (row,) = [row for row in vault.ask(organisations_of) if row.id in two]
    assert (row.id, row.name, row.territory, row.college,
            row.people) == (kept, "CCAS de Maubeuge", "Maubeuge", "commune", 2)
    assert ({row.id for row in vault.ask(people_of, kept)} == {first, second}
            == {row.id for row in vault.ask(people_of, double)})
    assert {row.organisation_id for row in vault.ask(people_of, kept)} == {kept}
    assert {row.organisation for row in vault.ask(people_of, kept)} == {"CCAS"}
    assert vault.ask(organisation_names)[double] == "CCAS"
    assert vault.ask(get_record, action)["owner_organisation_id"] == str(double)
    form = vault.ask(record_for_form, action)
    assert form["owner_organisation_id"] == str(kept) and form["partner_ids"] == [str(kept)]


def test_the_charter_the_reminder_and_today_read_one(vault: Vault,
                                                     two: tuple[uuid.UUID, uuid.UUID]) -> None:
    kept, double = two
    member = person(vault, "Martin", kept)
    (charter,) = vault.ask(charters_of)
    vault.do(add_record, "commitment",
             {"organisation_id": str(double), "charter_id": str(charter.id),
              "signed_on": "2026-02-01", "confidentiality_on": "2026-02-01"})
    vault.do(create_action, "Relancer les mairies", owner_organisation_id=str(double),
             due_on="2026-03-01", state="en_cours")
    before = vault.ask(charter_rows, TODAY, False)
    assert ({row.id for row in before} >= {kept, double}
            and next(row for row in before if row.id == kept).signed is None)
    vault.do(merge_organisations, kept, double)
    after = [row for row in vault.ask(charter_rows, TODAY, False) if row.id in two]
    assert [row.id for row in after] == [kept] and after[0].signed is not None
    for name in two:
        reminder = vault.ask(reminder_of, name, TODAY)
        assert (reminder.organisation == "CCAS de Maubeuge"
                and [row.title for row in reminder.late] == ["Relancer les mairies"])
    commitments = vault.ask(commitments_of, member, TODAY)
    assert (commitments is not None
            and (commitments.organisation_id, commitments.actions) == (kept, 1))
    assert not {row.id for row in vault.ask(today_of, TODAY, member).unsigned} & set(two)


def test_the_extract_of_a_meeting_is_one_page(vault: Vault,
                                              two: tuple[uuid.UUID, uuid.UUID]) -> None:
    kept, double = two
    meeting = vault.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                       starts_at="2026-11-03T14:00")
    came = [person(vault, "Martin", kept), person(vault, "Haddad", double)]
    vault.do(expect_people, meeting, came)
    for one in came:
        vault.do(mark_attendance, meeting, one, "present")
    for where in two:
        vault.do(create_action, f"Pour {where}", meeting_id=meeting,
                 owner_organisation_id=str(where))
    assert len(vault.ask(extracts_of, meeting, TODAY).extracts) == 2
    vault.do(merge_organisations, kept, double)
    (extract,) = vault.ask(extracts_of, meeting, TODAY).extracts
    assert (len(extract.actions) == 2
            and {person.family for person in extract.people} == {"Martin", "Haddad"})


def test_both_names_lead_to_it_in_forms_and_in_an_import(vault: Vault,
                                                         two: tuple[uuid.UUID, uuid.UUID]) -> None:
    kept, double = two
    vault.do(merge_organisations, kept, double)
    made = vault.do(person_named, "Zoé", "Kaczmarek", "Centre communal d’action sociale")
    assert vault.ask(get_record, made)["organisation_id"] == str(kept)
    text = "Nom\tPrénom\tStructure\nDelattre\tLéa\tCentre communal d’action sociale\n"
    plan = vault.ask(plan_import, text)
    assert [line.state for line in plan.lines] == [NEW] and plan.new_organisations == ()
    vault.do(import_text, text, False)
    (added,) = [row for row in vault.ask(people_of) if row.family_name == "Delattre"]
    assert added.organisation_id == kept


def test_it_is_taken_back_by_undo_and_by_hand(vault: Vault,
                                              two: tuple[uuid.UUID, uuid.UUID]) -> None:
    kept, double = two
    vault.do(merge_organisations, kept, double)
    vault.undo()
    assert vault.ask(organisation_aliases) == {} and not vault.ask(get_record, kept)["territory"]
    vault.do(merge_organisations, kept, double)
    vault.do(part_organisations, double)
    assert {row.id for row in vault.ask(organisations_of)} >= set(two)
    vault.do(merge_organisations, kept, kept)
    assert vault.ask(organisation_aliases) == {}
    with pytest.raises(AppError):
        vault.do(merge_organisations, kept, uuid.UUID(int=5))


def test_who_reports_is_one_where_figures_are_attacked(vault: Vault,
                                                       two: tuple[uuid.UUID, uuid.UUID]) -> None:
    for where in two:
        vault.do(add_record, "observation", {
            "month": "2026-09", "domain": "LOGEMENT_SOCIAL", "principal_criterion": "ORIG",
            "state": "recue",
            "organisation_id": str(where)})

    def reporters() -> set[str]:
        return {one.organisation for _population, rows in vault.ask(counted_records).values()
                for one in rows}

    assert len(reporters()) == 2
    vault.do(merge_organisations, *two)
    assert reporters() == {two[0].hex}


def test_names_of_the_same_words_may_be_the_same(vault: Vault) -> None:
    one, other = organisation(vault, "CCAS de Maubeuge"), organisation(vault, "CCAS – MAUBEUGE")
    short = organisation(vault, "Centre communal", short_name="Ccas Maubeuge")
    organisation(vault, "CCAS de Jeumont")
    found = vault.ask(possible_double_organisations)
    assert set(found) == {one, other, short} and set(found[one]) == {other, short}
    assert {row.id for row in vault.ask(organisations_of) if row.double} == {one, other, short}
    vault.do(merge_organisations, one, other)
    assert set(vault.ask(possible_double_organisations)) == {one, short}
    assert vault.ask(all_of_organisation, other) == {one, other}


def test_the_preview_says_what_differs_and_what_hangs_on_each(
    vault: Vault, two: tuple[uuid.UUID, uuid.UUID]) -> None:
    kept, double = two
    person(vault, "Martin", kept)
    vault.do(create_action, "Relancer", owner_organisation_id=str(double),
             partner_ids=[str(kept), str(double)])
    vault.do(add_record, "observation",
             {"month": "2026-09", "domain": "LOGEMENT_SOCIAL", "principal_criterion": "ORIG",
              "organisation_id": str(double)})
    preview = vault.ask(merge_preview, kept, double, "fr")
    assert preview is not None
    fields = {field.label: field for field in preview.fields}
    assert fields["Name"].differs and fields["Name"].after == "CCAS de Maubeuge"
    assert ((fields["Territory"].kept, fields["Territory"].after) == ("", "Maubeuge")
            and fields["College"].other == "Commune")
    hanging = {row.kind: (row.kept, row.other) for row in preview.hanging}
    # Of what names nobody no number is told.
    assert hanging == {"action": (1, 1), "person": (1, 0)}
    assert vault.ask(merge_preview, kept, uuid.UUID(int=5), "fr") is None


@pytest.fixture
def laptops(tmp_path: Path) -> Laptops:
    return Laptops(tmp_path)


def test_two_computers_that_say_it_each_way_come_to_one(laptops: Laptops) -> None:
    second = laptops.join("second", "coordination")
    one, other = organisation(laptops.founder, "CCAS"), organisation(laptops.founder, "Ccas")
    for vault in (laptops.founder, second):
        laptops.sync(vault)
    laptops.founder.do(merge_organisations, one, other)
    second.do(merge_organisations, other, one)
    for vault in (laptops.founder, second, laptops.founder, second):
        laptops.sync(vault)
    for vault in (laptops.founder, second):
        assert vault.ask(organisation_aliases) == {max(one, other): min(one, other)}
        assert len([row for row in vault.ask(organisations_of) if row.id in (one, other)]) == 1
    laptops.close()
