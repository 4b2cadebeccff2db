"""The report of the observatory and the return to one organisation, as they are read on paper."""

import shutil
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.commands.records import add_record
from desktop.commands.releases import keep_release
from desktop.exchange.publication.description import catalog
from desktop.queries.documents.changes import publication_report
from desktop.queries.documents.organisation_return import organisation_return
from desktop.queries.documents.publication import period_words, publication_of
from desktop.reports import observatory
from desktop.reports.organisation_return import draw as draw_return
from desktop.vault import Vault
from tests.reports import papers
from tests.reports.releases import year_of

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None,
                                reason="poppler-utils judges the files")
TODAY = date(2026, 3, 1)


@pytest.fixture
def year(vault: Vault) -> Iterator[tuple[Vault, uuid.UUID, uuid.UUID]]:
    """A vault with a published year, of which one report is linked with an action."""
    organisation = vault.do(add_record, "organisation", {"name": "Centre social L’Écluse"})
    action = vault.do(add_record, "action", {
        "title": "Fiche d’attribution commune", "state": "en_cours", "due_on": "2026-06-30",
        "owner_organisation_id": str(organisation)})
    vault.do(add_record, "observation", {
        "month": "2025-02", "domain": "LOGEMENT_SOCIAL", "principal_criterion": "ORIG",
        "state": "liee", "action_id": str(action), "organisation_id": str(organisation)})
    release = vault.do(keep_release, year_of(organisation))
    yield vault, release, organisation


def _read(folder: Path, data: bytes) -> str:
    return " ".join(papers.run("pdftotext", "-layout", papers.written(folder, data), "-").split())


def test_the_report_says_figures_what_is_protected_and_what_changed(
        year: tuple[Vault, uuid.UUID, uuid.UUID], tmp_path: Path) -> None:
    vault, release, _organisation = year
    report = vault.ask(publication_report, release, TODAY)
    said = _read(tmp_path, observatory.draw_report(report))
    assert "Observatoire des discriminations, année 2025" in said
    assert "Emploi et formation" in said and " 30 " in said and " 20 " in said
    assert "protégé" in said, "the hatch is read aloud"
    assert "Ce que cela change" in said and "Fiche d’attribution commune" in said
    assert "En cours" in said and "30/06/2026" in said
    assert "Ce que ces chiffres ne disent pas" in said and "Cases retrouvées" in said


def test_a_report_without_the_vault_holds_no_word_of_it(
        year: tuple[Vault, uuid.UUID, uuid.UUID], tmp_path: Path) -> None:
    vault, release, _organisation = year
    publication = vault.ask(publication_report, release, TODAY).publication
    said = _read(tmp_path, observatory.draw(publication, "Collectif", "Val"))
    assert "Emploi et formation" in said
    assert "Fiche d’attribution" not in said and "Ce que cela change" not in said


def test_a_return_says_what_is_of_one_organisation_alone(
        year: tuple[Vault, uuid.UUID, uuid.UUID], tmp_path: Path) -> None:
    vault, _release, organisation = year
    content = vault.ask(organisation_return, organisation, TODAY)
    assert content.total == 20 and content.window == "2025"
    assert dict(content.domains) == {"Emploi et formation": 9, "Logement": 6, "Éducation": None,
                                     "Ne sait pas": None}
    said = _read(tmp_path, draw_return(content))
    assert "Retour à votre structure, année 2025" in said and "Fiche d’attribution commune" in said
    assert "Pour Centre social L’Écluse seulement" in said
    assert papers.pages_of(papers.written(tmp_path, draw_return(content))) == 1


def test_without_a_published_year_there_is_no_return(vault: Vault) -> None:
    organisation = vault.do(add_record, "organisation", {"name": "Centre social"})
    with pytest.raises(AppError, match="Aucune année"):
        vault.ask(organisation_return, organisation, TODAY)


def test_an_organisation_that_reported_little_gets_no_return(
        year: tuple[Vault, uuid.UUID, uuid.UUID]) -> None:
    vault, _release, _organisation = year
    other = vault.do(add_record, "organisation", {"name": "Maison de quartier"})
    with pytest.raises(AppError, match="trop peu"):
        vault.ask(organisation_return, other, TODAY)


def test_a_portal_finds_the_communes_by_their_codes() -> None:
    publication = publication_of(year_of(uuid.uuid4()))
    said = catalog(publication, "Collectif", "Val").decode()
    assert "http://id.insee.fr/geo/commune/59392" in said and "Maubeuge" in said


def test_periods_are_said_in_words() -> None:
    assert period_words("2025", "fr") == "année 2025"
    assert period_words("2025-S2", "fr") == "2e semestre 2025"
    assert period_words("2025-T1", "en") == "1st quarter of 2025"
    assert period_words("2024-2025", "fr") == "années 2024 et 2025"
