"""Lists of people as offices write them: what the directory then holds, and what is told before
anything is written."""

import io
import json
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.exchange.directory import HOMONYM, REFUSED, DirectoryPlan, apply_import, plan_import
from desktop.exchange.people_cells import is_order_told, phone_of, split_name
from desktop.exchange.tables import rows_of, text_of
from desktop.queries.directory import people_of
from desktop.vault import Vault

FOLDER = Path(__file__).parent / "cases"
EXPECTED = json.loads((FOLDER / "expected.json").read_text("utf-8"))
TOLD = {
    "title_above.csv": "lignes au-dessus", "phones.csv": "a perdu des chiffres",
    "multi_mail.csv": "lea.d@exemple.org",
    "extra_cells.csv": "06 12 34 56 78", "order.csv": "désigne la même personne",
    "hdr.csv": "Tél fixe",
    "merged.csv": "dite une seule fois", "full_names.csv": "MARTIN",
    "header_variants.csv": "Civilité",
    "limesurvey.csv": "Répondant"}


def plan_of(vault: Vault, name: str) -> DirectoryPlan:
    return vault.ask(plan_import, text_of((FOLDER / name).read_bytes()))


def told(plan: DirectoryPlan) -> str:
    return " ".join((*plan.told, *(line.reason for line in plan.lines)))


@pytest.mark.parametrize("name", [name for name, wanted in EXPECTED.items() if "people" in wanted])
def test_a_file_of_an_office_gives_its_people(vault: Vault, name: str) -> None:
    plan = plan_of(vault, name)
    assert TOLD.get(name, "") in told(plan)
    vault.do(apply_import, plan)
    people = {(p.family_name.upper(), p.given_name): p for p in vault.ask(people_of)}
    assert set(people) == {(p["family_name"], p["given_name"] or "")
                           for p in EXPECTED[name]["people"]}
    for wanted in EXPECTED[name]["people"]:
        found = people[wanted["family_name"], wanted["given_name"] or ""]
        for field in wanted.keys() - {"family_name", "given_name"}:
            assert getattr(found, field) == (wanted[field] or ""), (name, field)


def test_the_second_address_is_told_on_its_line(vault: Vault) -> None:
    assert [line.number for line in plan_of(vault, "multi_mail.csv").lines
            if "lea.d@" in line.reason] == [2]


def test_a_file_of_an_old_macintosh_is_read_in_french(vault: Vault) -> None:
    (line,) = plan_of(vault, "macroman.csv").lines
    assert (line.name, line.organisation) == ("DURAND Léa", "Lycée Éluard")


def test_names_written_otherwise_are_told_as_doubles_before_anything_is_written(
    vault: Vault) -> None:
    plan = plan_of(vault, "ligature_homonym.csv")
    assert [line.state for line in plan.lines] == ["new", REFUSED] * 3
    assert ([line.reason for line in plan.lines[1::2]]
            == [f"La ligne {n} désigne la même personne." for n in (2, 4, 6)])
    assert vault.ask(people_of) == []
    vault.do(apply_import, plan)
    later = vault.ask(plan_import, "Nom;Prénom;Structure\nBEN ALI;Sam;B\nSam;Ben Ali;B\n")
    assert ([line.state for line in later.lines] == [HOMONYM, REFUSED]
            and "BEN-ALI Sam" in later.lines[0].reason)


def test_a_line_break_inside_a_quoted_cell_stays_in_one_row(vault: Vault) -> None:
    (line,) = plan_of(vault, "multiline_cell.csv").lines
    assert (line.values["function"] == "Éducatrice; référente"
            and line.organisation == "Maison des Ados")
    assert [number for number, _cells in rows_of('a;b\n"x\r\ny";z\nc;d')] == [1, 2, 4]


def test_what_is_more_than_a_name_is_left_out_with_a_reason(vault: Vault) -> None:
    plan = plan_of(vault, "full_names.csv")
    assert [line.name for line in plan.lines
            if line.state == REFUSED] == ["Martin (Mairie) Paul", "Sœur Marie-Jeanne"]


@pytest.mark.parametrize(("typed", "number"), [
    ("0612345678", "06 12 34 56 78"), ("06.12.34.56.78", "06 12 34 56 78"),
    ("+33 (0)6 12 34 56 78", "06 12 34 56 78"),
    ("0033612345678", "06 12 34 56 78"), ("612345678", "06 12 34 56 78"),
    ("+32 65 12 34 56", "+32 65 12 34 56"),
    ("poste 12", "poste 12"), ("6,12346E+08", None)])
def test_a_telephone_is_written_by_twos(typed: str, number: str | None) -> None:
    assert phone_of(typed) == number


def test_the_title_of_the_column_tells_which_name_comes_first(vault: Vault) -> None:
    assert (split_name("Martin Paul", family_first=True) == ("Martin", "Paul")
            and not is_order_told("Paul Martin"))
    (line,) = vault.ask(plan_import, "Nom Prénom\nMartin Paul\n").lines
    assert (line.name, line.reason) == ("MARTIN Paul", "")
    (line,) = vault.ask(plan_import, "Participant\nPaul Martin\n").lines
    assert line.name == "MARTIN Paul" and "MARTIN" in line.reason


def test_a_workbook_of_excel_and_one_of_libreoffice_are_read(vault: Vault) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P
    from openpyxl import Workbook

    rows = [["Nom", "Prénom", "Structure", "Téléphone"],
            ["DURAND", "Léa", "Maison\ndes Ados", 612345678]]
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    excel = io.BytesIO()
    book.save(excel)
    document = OpenDocumentSpreadsheet()
    table = Table(name="Feuille1")
    for row in rows:
        line = TableRow()
        for value in row:
            cell = TableCell()
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        line.addElement(TableCell(numbercolumnsrepeated=1000))
        table.addElement(line)
    document.spreadsheet.addElement(table)
    office = io.BytesIO()
    document.write(office)
    for data in (excel.getvalue(), office.getvalue()):
        (found,) = vault.ask(plan_import, text_of(data)).lines
        assert found.values == {"family_name": "DURAND", "given_name": "Léa",
                                "organisation": "Maison des Ados",
                                "phone": "06 12 34 56 78"}


def test_cards_of_an_address_book_are_read(vault: Vault) -> None:
    cards = ("BEGIN:VCARD\r\nVERSION:3.0\r\nN:Durand;Léa;;;\r\nFN:Léa Durand\r\nORG:Maison des "
             "Ados;Accueil\r\nTITLE:Éducatrice\r\nEMAIL;TYPE=WORK:lea@exemple.fr\r\nTEL;TYPE=WORK:0327000000\r\nTEL;TYPE=CELL:+33612345678\r\nEND:VCARD\r\n"
             "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Noé\r\nN:Petit;Noé;;;\r\nTEL;VALUE=uri:tel:+33327000001\r\nEND:VCARD\r\n")
    plan = vault.ask(plan_import, text_of(cards.encode()))
    assert [line.values for line in plan.lines] == [
        {"family_name": "Durand", "given_name": "Léa", "organisation": "Maison des Ados",
         "function": "Éducatrice",
         "email": "lea@exemple.fr", "phone": "06 12 34 56 78"},
        {"family_name": "Petit", "given_name": "Noé", "phone": "03 27 00 00 01"}]


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18, b"BEGIN:VCARD\r\nN:"])
def test_a_damaged_workbook_or_card_is_told(vault: Vault, data: bytes) -> None:
    with pytest.raises(AppError):
        vault.ask(plan_import, text_of(data))
