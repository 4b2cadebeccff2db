"""The register of decisions: every year, searched, printed without what is restricted."""

import shutil
import subprocess
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.commands.collective import found_records
from desktop.commands.meetings import add_decision, create_meeting
from desktop.commands.records import edit_record
from desktop.queries.meetings.decisions import collective_id, register_of
from desktop.reports import REPORTS
from desktop.ui.meetings.decisions import DecisionsWorkspace
from desktop.vault import Vault
from tests.day import TODAY
from tests.window import settle, shown, type_into


@pytest.fixture
def filled(vault: Vault) -> Vault:
    vault.do(found_records, "valenciennes-metropole", "Collectif d’essai")
    for year in (2024, 2026):
        meeting = vault.do(create_meeting, group_id=None, title=f"Plénière {year}", kind="pleniere",
                           starts_at=f"{year}-03-02T14:00")
        first = vault.do(add_decision, meeting, f"Charte relue en {year}")
        vault.do(create_action, title=f"Relire avant juin {year}", decision_id=first,
                 meeting_id=meeting)
        vote = vault.do(add_decision, meeting, f"Budget {year}", None, "vote")
        vault.do(edit_record, vote, {"votes_for": 12, "votes_against": 1, "votes_abstained": 3})
    vault.do(add_decision, meeting, "Suites données au dossier zqx", channel="interne")
    return vault


def test_every_year_with_votes_and_what_follows(filled: Vault) -> None:
    rows = filled.ask(register_of)
    assert [row.on.year for row in rows if row.on] == [2026, 2026, 2026, 2024, 2024]
    assert len({row.number for row in rows}) == len(rows)
    vote = next(row for row in rows if row.text == "Budget 2024")
    assert vote.votes == "12 pour, 1 contre, 3 abstentions" and not vote.final
    charter = next(row for row in rows if row.text == "Charte relue en 2024")
    assert [title for _id, title, _state in charter.following] == ["Relire avant juin 2024"]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils reads the file")
def test_what_is_restricted_is_not_printed(filled: Vault, tmp_path: Path) -> None:
    report = REPORTS["decision_register"]
    (tmp_path / "register.pdf").write_bytes(
        report.draw(filled.ask(report.query, filled.ask(collective_id), TODAY)))
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "register.pdf", "-"],
                          capture_output=True, text=True,
                          check=True).stdout
    assert ("Budget 2024" in text and "Relire avant juin 2026" in text
            and text.index("2026") < text.index("2024"))
    assert "zqx" not in text


def test_the_screen_finds_a_decision_and_leads_to_its_meeting(qtbot: QtBot, filled: Vault,
                                                              home: Home) -> None:
    with shown(home, filled) as window:
        window.go("decisions")
        screen = window.current
        assert isinstance(screen, DecisionsWorkspace)
        settle()
        assert not screen.register.add_button.isVisible()
        screen.start_search()
        type_into(screen.register.search, "budget 2024")
        settle()
        assert [row.text for row
                in (screen.register.table.rows.row_at(screen.register.table.rows.index(n, 0))
                    for n in range(screen.register.table.rows.rowCount()))
                if row] == ["Budget 2024"]
        assert [one.report for one in screen.printables()] == ["decision_register"]


