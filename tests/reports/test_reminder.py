"""The reminder of one organisation: what is late and what is lacking, on paper and as a message;
nothing of others."""

import shutil
import uuid
from datetime import date
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.commands.actions import create_action
from desktop.commands.records import add_record
from desktop.models.channels import channel_of_group
from desktop.models.states import POLITIQUE_DE_LA_VILLE
from desktop.queries.documents.reminder import ReminderPaper, reminder_of
from desktop.reports import reminder
from desktop.vault import Vault
from tests.reports import papers

TODAY = date(2026, 3, 20)


def organisation(vault: Vault, name: str) -> uuid.UUID:
    made = vault.do(add_record, "organisation", {"name": name, "college": "commune"})
    vault.do(add_record, "person",
             {"family_name": f"De {name}", "given_name": "Ana", "organisation_id": str(made)})
    return made


@pytest.fixture
def mine(vault: Vault) -> uuid.UUID:
    found, other = organisation(vault, "Mairie"), organisation(vault, "Clinique")
    group = vault.do(add_record, "group",
                     {"name": "Cellule", "kind": "groupe_de_travail", "confidential": True})
    for title, owner, more in (
            ("Afficher les droits", found, {"due_on": "2026-03-01"}),
            ("Plus tard", found, {"due_on": "2026-09-01"}),
            ("D’une autre", other, {"due_on": "2026-03-01"}),
            ("Zqx", found, {"due_on": "2026-03-01", "channel": channel_of_group(group)}),
            ("Former les gardiens", found, {"funding": POLITIQUE_DE_LA_VILLE})):
        vault.do(create_action, title, owner_organisation_id=str(owner), **more)
    vault.do(add_record, "charter", {"title": "Charte", "version": 2})
    return found


def read(vault: Vault, organisation_id: uuid.UUID) -> ReminderPaper:
    return vault.ask(reminder_of, organisation_id, TODAY)


def test_it_says_what_is_late_and_lacking_and_nothing_of_others(vault: Vault,
                                                                mine: uuid.UUID) -> None:
    found = read(vault, mine)
    assert [one.title for one in found.late] == ["Afficher les droits"]
    said = reminder.text(found).decode()
    for part in ("Au 20/03/2026", "- Afficher les droits, 01/03/2026",
                 "La version 2 de la charte n’est pas signée",
                 "La confidentialité est à accepter", "Former les gardiens"):
        assert part in said, part
    for part in ("Zqx", "D’une autre", "Plus tard"):
        assert part not in said, part


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils reads the files")
def test_the_paper_says_the_same(vault: Vault, mine: uuid.UUID, tmp_path: Path) -> None:
    text = " ".join(papers.text_of(papers.written(tmp_path, reminder.draw(read(vault, mine))))
                    .split())
    for part in ("Relance de Mairie", "Afficher les droits", "Former les gardiens",
                 "La confidentialité est à accepter"):
        assert part in text, part
    assert "Zqx" not in text and "D’une autre" not in text


def test_who_owes_nothing_is_thanked(vault: Vault) -> None:
    quiet = vault.do(add_record, "organisation", {"name": "Lycée", "college": "autre"})
    found = read(vault, quiet)
    assert found.empty and "rien n’est attendu de vous" in reminder.text(found).decode()
    with pytest.raises(AppError):
        read(vault, uuid.uuid4())
