"""Workbooks and address books as the text of a table, which the same preview then shows: XLSX, ODS,
vCard."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax import SAXException

from desktop.base.errors import AppError
from desktop.base.i18n import _

MOST_UNPACKED = 200_000_000
"""Bytes that a workbook may unpack to."""
MOST_CELLS = 2_000_000
_DAMAGED = (zipfile.BadZipFile, zlib.error, SAXException, LookupError, ValueError, TypeError,
            AttributeError,
            SyntaxError, RuntimeError, OSError, EOFError)
"""What the readers raise on a file that is damaged, encrypted or made to harm."""
_TITLES = ("Nom", "Prénom", "Structure", "Fonction", "Courriel", "Téléphone")


def text_of_workbook(data: bytes, sheet: str = "") -> str:
    """Return a sheet as lines with tabs: the one of that name, or the first that holds something.

    AppError where it is no workbook that Carnet reads.
    """
    found = _sheets(data, sheet)
    return _text(found[0][1]) if found else ""


def sheets_of(data: bytes) -> list[str]:
    """Return the names of the sheets of a workbook that hold something, in their order; none for a
    file of another kind."""
    return [name for name, _rows in _sheets(data)] if data.startswith(b"PK") else []


def _sheets(data: bytes, sheet: str | None = None) -> list[tuple[str, list[list[str]]]]:
    """(name, rows) of the sheets that hold something: all for None, the first for "", else the one
    of that name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            if sum(info.file_size for info in packed.infolist()) > MOST_UNPACKED:
                raise AppError(_("This file is too large for a list of people."),
                               _("Save the sheet alone, as CSV."))
        if "xl/workbook.xml" in names:
            return _rows_of_xlsx(data, sheet)
        if "content.xml" in names:
            return _rows_of_ods(data, sheet)
    except AppError:
        raise
    except _DAMAGED as error:
        raise _no_table() from error
    raise _no_table()


def _no_table() -> AppError:
    return AppError(_("This file is not a table that can be read."),
                    _("In the spreadsheet, save it as CSV."))


def _rows_of_xlsx(data: bytes, wanted: str | None) -> list[tuple[str, list[list[str]]]]:
    # Slow to load, and wanted for a workbook alone.
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    found = []
    try:
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible" and wanted in (None, "", sheet.title):
                rows = _limited([_shown(value) for value in row]
                                for row in sheet.iter_rows(values_only=True))
                if any(map(any, rows)):
                    found.append((str(sheet.title), rows))
                    if wanted is not None:
                        break
        return found
    finally:
        book.close()


def _rows_of_ods(data: bytes, wanted: str | None) -> list[tuple[str, list[list[str]]]]:
    from odf.opendocument import load
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.teletype import extractText

    book = load(io.BytesIO(data))
    found = []
    for table in book.spreadsheet.getElementsByType(Table):
        name = str(table.getAttribute("name") or "")
        if wanted not in (None, "", name):
            continue
        rows: list[list[str]] = []
        for row in table.getElementsByType(TableRow):
            cells: list[str] = []
            for cell in row.childNodes:
                if cell.qname not in (TableCell().qname, CoveredTableCell().qname):
                    continue
                text = extractText(cell)
                # The end of each line is one empty cell, repeated to the edge of the sheet.
                times = min(int(cell.getAttribute("numbercolumnsrepeated") or 1), 50)
                cells += [text] * times
            rows.append(cells)
        if any(map(any, rows)):
            found.append((name, _limited(rows)))
            if wanted is not None:
                break
    return found


def text_of_cards(text: str) -> str:
    """Return the cards of an address book, as lines with tabs under their titles."""
    import vobject
    from vobject.base import VObjectError

    rows: list[Sequence[str]] = [_TITLES]
    try:
        for card in vobject.readComponents(text, ignoreUnreadable=True):
            if card.name == "VCARD":
                rows.append(_row_of_card(card))
    except (VObjectError, *_DAMAGED) as error:
        raise AppError(_("This address book cannot be read."),
                       _("Export it again, as vCard or as CSV.")) from error
    return _text(rows)


def _row_of_card(card: Any) -> list[str]:
    def first(name: str) -> Any:
        values = card.contents.get(name, [])
        return values[0].value if values else ""

    named = first("n")
    family = str(getattr(named, "family", "") or "")
    given = str(getattr(named, "given", "") or "")
    if not family and not given:
        family = str(first("fn"))
    organisation = first("org")
    if isinstance(organisation, list):
        organisation = organisation[0] if organisation else ""
    phones = card.contents.get("tel", [])
    mobile = next((tel for tel in phones
                   if "CELL" in {kind.upper() for kind in tel.params.get("TYPE", [])}), None)
    phone = (mobile or phones[0]).value if phones else ""
    return [family, given, str(organisation), str(first("title") or first("role")),
            str(first("email")),
            str(phone).removeprefix("tel:")]


def _limited(rows: Iterable[list[str]]) -> list[list[str]]:
    kept: list[list[str]] = []
    cells = 0
    for row in rows:
        cells += len(row)
        if cells > MOST_CELLS:
            raise AppError(_("This file is too large for a list of people."),
                           _("Save the sheet alone, as CSV."))
        kept.append(row)
    return kept


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def _text(rows: Iterable[Sequence[str]]) -> str:
    """Lines with tabs: a cell of several lines becomes one."""
    return "".join("\t".join(" ".join(str(cell).split()) for cell in row) + "\n" for row in rows)
