"""The numbers of a printed sheet stay, whoever comes later; the paper is read back by them."""

from desktop.commands.meetings import add_walk_in, create_meeting, expect_people
from desktop.commands.records import add_record
from desktop.queries.documents.sheet import sheet_of
from desktop.queries.meetings.rows import roll_call_of
from desktop.queries.records import list_records
from desktop.tasks import documents
from desktop.vault import Vault
from tests.day import TODAY


def test_numbers_stay_when_someone_comes_after_the_printing(vault: Vault) -> None:
    people = [vault.do(add_record, "person", {"given_name": "P", "family_name": name})
              for name in ("Dubois", "Martin")]
    meeting = vault.do(create_meeting, group_id=None, title="Séance", kind="pleniere",
                       starts_at="2026-11-03T14:00")
    vault.do(expect_people, meeting, people)
    assert vault.ask(list_records, "sheet") == []
    documents.make(vault, "attendance_sheet", meeting, TODAY)
    documents.make(vault, "attendance_sheet", meeting, TODAY)
    assert len(vault.ask(list_records, "sheet")) == 1
    vault.do(add_walk_in, meeting, "Anne", "Albert")
    numbers = {row.family_name: row.number for row in vault.ask(roll_call_of, meeting)}
    assert numbers == {"Dubois": 1, "Martin": 2, "Albert": 3}
    assert ([row.family_name for row in vault.ask(roll_call_of, meeting)]
            == ["Albert", "Dubois", "Martin"])
    assert ([p.family for p in vault.ask(sheet_of, meeting, TODAY).people]
            == ["Dubois", "Martin", "Albert"])
    documents.make(vault, "attendance_sheet", meeting, TODAY)
    assert len(vault.ask(list_records, "sheet")) == 2


def test_other_documents_leave_no_sheet(vault: Vault) -> None:
    meeting = vault.do(create_meeting, group_id=None, title="Séance", kind="pleniere",
                       starts_at="2026-11-03T14:00")
    documents.make(vault, "minutes", meeting, TODAY)
    documents.make(vault, "attendance_sheet", meeting, TODAY)
    assert vault.ask(list_records, "sheet") == []
