"""Workbooks, address books and tables that were cut, altered in a byte or made of rubbish: a table,
or a sentence."""

import io
import random

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from desktop.base.errors import AppError
from desktop.exchange.directory import plan_import
from desktop.exchange.sheets import sheets_of
from desktop.exchange.tables import text_of
from desktop.exchange.territory.places import plan_places
from desktop.vault import Vault
from tests.length import AT_LENGTH

ROUNDS = 400 if AT_LENGTH else 40
ROWS = (("Nom", "Prénom", "Structure", "Courriel"), ("Benali", "Fatima", "CCAS", "f@exemple.org"))
CARD = ("BEGIN:VCARD\r\nVERSION:3.0\r\nN:Benali;Fatima;;;\r\nFN:Fatima Benali\r\n"
        "TEL;TYPE=CELL:0600000000\r\nEND:VCARD\r\n")


def workbook() -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def spreadsheet() -> bytes:
    book, out = OpenDocumentSpreadsheet(), io.BytesIO()
    table = Table(name="Feuille")
    for cells in ROWS:
        row = TableRow()
        for text in cells:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(out)
    return out.getvalue()


SOUND = {"xlsx": workbook, "ods": spreadsheet, "vcf": CARD.encode,
         "csv": "\n".join(map(";".join, ROWS)).encode}


def altered(chance: random.Random, data: bytes) -> bytes:
    match chance.randrange(4):
        case 0:
            return data[:chance.randrange(len(data))]
        case 1:
            at = chance.randrange(len(data))
            return data[:at] + bytes([chance.randrange(256)]) + data[at + 1:]
        case 2:
            at, other = sorted(chance.randrange(len(data)) for _each in range(2))
            return data[:at] + data[other:] + data[at:other]
        case _:
            return data[:4] + chance.randbytes(chance.randrange(300))


@pytest.mark.parametrize("kind", sorted(SOUND))
def test_a_file_that_is_altered_is_read_or_refused_with_a_sentence(vault: Vault, kind: str) -> None:
    chance, sound = random.Random(f"office/{kind}"), SOUND[kind]()
    assert vault.ask(plan_import, text_of(sound)).lines[0].name == "BENALI Fatima"
    refused = 0
    for _round in range(ROUNDS):
        data = altered(chance, sound)
        for read in (plan_import, plan_places):
            try:
                sheets_of(data)
                vault.ask(read, text_of(data))
            except AppError as error:
                assert error.message
                refused += 1
    assert refused, "some of it is no table any more"


def test_random_bytes_are_no_table(vault: Vault) -> None:
    chance = random.Random("office/bytes")
    for start in (b"", b"PK\x03\x04", b"BEGIN:VCARD\n", b"\xff\xfe", b"\x00"):
        for _round in range(ROUNDS // 4):
            try:
                vault.ask(plan_import, text_of(start + chance.randbytes(chance.randrange(400))))
            except AppError as error:
                assert error.message
