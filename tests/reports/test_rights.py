"""The sheet left with a person, and the papers of data protection: on their format, with what the
law needs, naming nobody."""

import re
from datetime import date
from pathlib import Path

import pytest

from desktop.base.i18n import set_language
from desktop.commands.collective import found_records
from desktop.commands.directory import person_named
from desktop.commands.observations import record_observation
from desktop.privacy.retention import ACCOUNT_MONTHS
from desktop.queries.documents.rights import LeaveBehind, leave_behind_of, processing_of
from desktop.queries.meetings.decisions import collective_id
from desktop.reports import REPORTS
from desktop.reports.data_protection import draw_entry, draw_notice
from desktop.reports.impact_assessment import draw_dpia
from desktop.reports.leave_behind import draw
from desktop.vault import Vault
from tests.day import TODAY
from tests.reports.papers import run, written


@pytest.fixture(autouse=True)
def _french() -> None:
    set_language("fr")


def words(path: Path) -> str:
    return re.sub(r"\s+", " ", run("pdftotext", "-layout", path, "-"))


def test_the_sheet_is_one_page_of_a5_with_the_number_and_no_name(vault: Vault,
                                                                 tmp_path: Path) -> None:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    vault.do(person_named, "Fatima", "Benali", "CCAS")
    vault.do(record_observation,
             {"domain": "SANTE", "principal_criterion": "HAND", "account": "Un récit."})
    about = vault.ask(collective_id)
    assert about is not None
    report = REPORTS["leave_behind"]
    path = written(tmp_path, report.draw(vault.ask(report.query, about, TODAY)))
    told = run("pdfinfo", path)
    assert re.search(r"Pages:\s+1\b", told) and re.search(r"Page size:\s+419\.\d+ x 595\.\d+", told)
    read = words(path)
    for part in ("39 28", "antidiscriminations.fr", "Vos droits", "Les délais courent",
                 "Maubeuge-Val de Sambre",
                 "ni nom ni code", "novembre 2026"):
        assert part in read.replace("\u00a0", " "), part
    assert not any(name in read for name in ("Benali", "BENALI", "Un récit", "CCAS"))


def test_a_long_territory_stays_on_its_page(tmp_path: Path) -> None:
    path = written(tmp_path,
                   draw(LeaveBehind("Communauté d’agglomération de " + "Bourg-Saint-Maurice-lès-"
                                    * 6, "2026-11")))
    assert re.search(r"Pages:\s+1\b", run("pdfinfo", path))


@pytest.mark.parametrize(("paper", "parts"), [
    (draw_notice, ("Vos données dans Carnet", "cnil.fr", f"{ACCOUNT_MONTHS} mois")),
    (draw_dpia, ("Analyse d’impact", "Négligeable", "Décision du responsable", "1 personnes")),
    (draw_entry, ("Finalités", "Destinataires", f"{ACCOUNT_MONTHS} mois"))])
def test_the_papers_of_data_protection_say_what_carnet_does(vault: Vault, tmp_path: Path,
                                                            paper: object,
                                                            parts: tuple[str, ...]) -> None:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    vault.do(person_named, "Fatima", "Benali", "CCAS")
    about = vault.ask(collective_id)
    assert about is not None and callable(paper)
    path = written(tmp_path, paper(vault.ask(processing_of, about, date(2026, 11, 30))))
    read = words(path).replace("\u00a0", " ")
    for part in parts:
        assert part in read, part
    assert "Benali" not in read and "�" not in read


def test_the_sheet_says_when_the_law_was_checked(vault: Vault) -> None:
    vault.do(found_records, "valenciennes-metropole", "Collectif")
    about = vault.ask(collective_id)
    assert about is not None
    sheet = vault.ask(leave_behind_of, about, TODAY)
    assert re.fullmatch(r"20\d\d-\d\d", sheet.verified) and "Valenciennes" in sheet.territory
