"""The census of the actions as a workbook: opened again by another reader, it says what the vault
says and runs nothing."""

import io
import uuid
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from desktop.commands.actions import create_action
from desktop.commands.collective import found_records
from desktop.commands.records import add_record
from desktop.exchange.census import HEAD, xlsx
from desktop.models.channels import channel_of_group
from desktop.models.states import POLITIQUE_DE_LA_VILLE
from desktop.queries.census import census_of
from desktop.vault import Vault

TODAY = date(2026, 11, 30)
Cells = dict[str, object]


@pytest.fixture
def founded(vault: Vault) -> Vault:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif d’essai")
    return vault


def opened(data: bytes) -> list[Cells]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Actions"]
    rows = list(book["Actions"].iter_rows(min_row=HEAD, values_only=True))
    titles = [str(title) for title in rows[0]]
    return [dict(zip(titles, row, strict=True)) for row in rows[1:]]


def exported(vault: Vault) -> list[Cells]:
    return opened(xlsx(vault.ask(census_of, TODAY, "fr")))


def organisation(vault: Vault, name: str) -> uuid.UUID:
    return vault.do(add_record, "organisation", {"name": name})


def test_an_action_says_all_that_is_known_of_it(founded: Vault) -> None:
    holder, one, other = (organisation(founded, name)
                          for name in ("Mission locale", "CCAS", "Bailleur"))
    scheme = founded.do(add_record, "dispositif", {"name": "Contrat de ville"})
    action = founded.do(
        create_action, "Former les agents d’accueil", owner_organisation_id=str(holder),
        starts_on="2026-09-01",
        due_on="2026-12-15", state="a_valider", funding=POLITIQUE_DE_LA_VILLE,
        partner_ids=[str(other), str(one)],
        domains=["ACCES_EMPLOI"], communes=["59392"], dispositif_ids=[str(scheme)],
        audience="Agents")
    for cents, granted in ((1_250_50, 1_000_00), (300_00, None)):
        founded.do(add_record, "action_funding", {
            "action_id": str(action), "source": POLITIQUE_DE_LA_VILLE, "cents": cents,
            **({"granted_cents": granted} if granted else {})})
    founded.do(add_record, "validation",
               {"action_id": str(action), "party": "etat", "asked_on": "2026-10-01",
                "answer": "donnee", "answered_on": "2026-10-20"})
    founded.do(add_record, "validation",
               {"action_id": str(action), "party": "agglo", "asked_on": "2026-10-02"})
    (row,) = [row for row in exported(founded) if row["Action"] == "Former les agents d’accueil"]
    assert (row["Structure responsable"] == "Mission locale"
            and row["Partenaires"] == "Bailleur, CCAS")
    assert (row["Territoire"] == "Maubeuge" and row["Domaines"] == "Accès à l’emploi"
            and row["Public"] == "Agents")
    assert (row["Demandé (€)"], row["Accordé (€)"], row["Versé (€)"]) == (1550.5, 1000, None)
    assert row["Échéance"] == datetime(2026, 12, 15) and row["État"] == "À valider"
    assert row["Accord de l’État"] == "accordé (20/10/2026)"
    assert row["Accord de l’agglomération"] == "demandé le 02/10/2026"
    assert row["Dispositifs existants"] == "Contrat de ville"


def test_accords_that_are_not_needed_and_those_not_asked_for_are_told_apart(founded: Vault) -> None:
    founded.do(create_action, "Sans argent", no_dispositif="Rien de tel ici")
    paid = founded.do(create_action, "Payée en partie")
    founded.do(add_record, "action_funding",
               {"action_id": str(paid), "source": POLITIQUE_DE_LA_VILLE, "cents": 100})
    said = {row["Action"]: (row["Accord de l’État"], row["Pourquoi aucun dispositif existant"])
            for row in exported(founded)}
    assert (said["Sans argent"] == ("sans objet", "Rien de tel ici")
            and said["Payée en partie"][0] == "pas demandé")


@pytest.mark.parametrize("title", [
    "=1+1", "=HYPERLINK(\"http://exemple.test\")", "+33 1", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_title_that_looks_like_a_formula_is_a_text(founded: Vault, title: str) -> None:
    founded.do(create_action, title)
    data = xlsx(founded.ask(census_of, TODAY, "fr"))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Actions"]
    (cell,) = [cell for (cell,) in sheet.iter_rows(min_row=HEAD + 1, max_col=1)
               if cell.value == title]
    assert cell.data_type == "s" and cell.quotePrefix
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_what_no_workbook_holds_is_left_out_and_the_rest_stays(founded: Vault) -> None:
    founded.do(create_action, "Un\x07 titre\u202f: \ufffe« é » 🌳", description="x")
    founded.do(create_action, "Longue", outcome="mot " * 20_000)
    rows = {str(row["Action"]): row for row in exported(founded)}
    assert "Un titre\u202f: « é » 🌳" in rows and len(str(rows["Longue"]["Bilan"])) == 32_767


def test_actions_of_a_confidential_group_are_left_out_and_counted(founded: Vault) -> None:
    founded.do(create_action, "À tous")
    secret = channel_of_group(uuid.UUID(int=9))
    founded.do(lambda session: session.connection().exec_driver_sql(
        "UPDATE action SET channel = ? WHERE title = 'À tous'", (secret,)) and None)
    founded.do(create_action, "Autre")
    census = founded.ask(census_of, TODAY, "fr")
    assert [row.title for row in census.rows] == ["Autre"] and census.withheld == 1


def test_no_action_makes_a_table_with_its_titles_alone(founded: Vault) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(founded.ask(census_of, TODAY, "fr"))))["Actions"]
    rows = list(sheet.iter_rows(values_only=True))
    assert (len(rows) == HEAD and rows[HEAD - 1][0] == "Action"
            and "Collectif d’essai" in str(rows[0][0]))
