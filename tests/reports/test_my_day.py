"""The start screen's commitments and its page: derived figures, one page, the limits of what
fits."""

from datetime import date, timedelta
from pathlib import Path

from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.commands.meetings import create_meeting, mark_attendance
from desktop.commands.records import add_record
from desktop.queries.commitments import commitments_of
from desktop.queries.documents.papers import my_day
from desktop.reports import REPORTS
from desktop.vault import Vault
from tests.reports import papers

TODAY = date(2026, 11, 23)


def test_commitments_are_derived(vault: Vault) -> None:
    structure = vault.do(add_record, "organisation", {"name": "Centre", "short_name": "CCAS"})
    vault.do(add_record, "commitment",
             {"organisation_id": str(structure), "signed_on": "2026-01-10"})
    one, two = (vault.do(add_record, "person",
                         {"family_name": name, "organisation_id": str(structure)}) for name in "AB")
    alone = vault.do(add_record, "person", {"family_name": "C"})
    for days, kind, people in ((10, "pleniere", (one,)), (20, "formation", (one, two)),
                               (30, "pleniere", ()),
                               (500, "pleniere", (one,)), (-5, "pleniere", (one,))):
        start = (TODAY - timedelta(days=days)).isoformat() + "T14:00"
        meeting = vault.do(create_meeting, group_id=None, title="S", kind=kind, starts_at=start)
        vault.do(mark_attendance, meeting, two, "excuse")
        for person in people:
            vault.do(mark_attendance, meeting, person, "present")
    found = vault.ask(commitments_of, one, TODAY)
    assert found is not None
    assert (found.organisation, found.signed_on,
            found.confidentiality_on) == ("CCAS", date(2026, 1, 10), None)
    assert (found.meetings_expected, found.meetings_attended, found.trained) == (3, 2, 2)
    assert vault.ask(commitments_of, alone, TODAY) is None
    assert vault.ask(commitments_of, None, TODAY) is None


def test_the_page_is_one_page_and_counts_the_rest(vault: Vault, home: Home, tmp_path: Path) -> None:
    me = vault.do(add_record, "person", {"given_name": "Zoé", "family_name": "Châtaigne"})
    for number in range(40):
        vault.do(create_action, f"Relancer la structure numéro {number} du quartier", owner_id=me,
                 due_on=(TODAY + timedelta(days=number - 5)).isoformat())
    data = REPORTS["my_day"].draw(vault.ask(my_day, me, TODAY))
    assert data.count(b"/Type /Page\n") == 1
    text = papers.text_of(papers.written(tmp_path, data))
    assert "CHÂTAIGNE" in text and "et 26 autres" in text and "en retard" in text


def test_an_empty_day_says_so(vault: Vault, tmp_path: Path) -> None:
    me = vault.do(add_record, "person", {"family_name": "Seule"})
    text = papers.text_of(
        papers.written(tmp_path, REPORTS["my_day"].draw(vault.ask(my_day, me, TODAY))))
    assert "Aucune échéance" in text and "Aucune réunion" in text
