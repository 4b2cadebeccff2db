"""Tables as workbooks, for Excel (openpyxl) and LibreOffice (odfpy): one sheet a table; the same release gives the same bytes."""

import io
import re
import zipfile
from datetime import datetime

from desktop.base.i18n import words_in
from desktop.queries.documents.publication import REASON, Publication, grid_of

PROTECTED = "▨"
"""What stands in every hidden cell."""
_STILL = (1980, 1, 1, 0, 0, 0)
_LONGEST_NAME = 31
"""Characters of a sheet's name that Excel takes."""


def xlsx(publication: Publication) -> bytes:
    """The workbook for Excel."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    _ = words_in(publication.release.language)
    book = Workbook()
    first = book.active
    day = datetime.fromisoformat(publication.release.made_on)
    book.properties.creator, book.properties.created, book.properties.modified = "Carnet", day, day
    assert first is not None
    book.remove(first)
    for number, table in enumerate(publication.tables, 1):
        sheet = book.create_sheet(_sheet_name(number, table.name))
        sheet.append([table.title])
        sheet.append([publication.release.window, publication.audience])
        for row in grid_of(table):
            sheet.append([PROTECTED if value is None else value for value in row])
        sheet.append([])
        sheet.append([f"{PROTECTED} : {_(REASON)}"])
        sheet["A1"].font = Font(bold=True)
        sheet.column_dimensions["A"].width = 44
    out = io.BytesIO()
    book.save(out)
    return still(out.getvalue(), publication.release.made_on)


def ods(publication: Publication) -> bytes:
    """The workbook for LibreOffice."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    _ = words_in(publication.release.language)
    document = OpenDocumentSpreadsheet()
    for number, table in enumerate(publication.tables, 1):
        sheet = Table(name=_sheet_name(number, table.name))
        lines: list[list[str | int | None]] = [[table.title], [publication.release.window, publication.audience]]
        lines += [[PROTECTED if value is None else value for value in row] for row in grid_of(table)]
        note: list[list[str | int | None]] = [[], [f"{PROTECTED} : {_(REASON)}"]]
        for line in [*lines, *note]:
            row = TableRow()
            for value in line:
                kind = {"valuetype": "float", "value": str(value)} if isinstance(value, int) else {"valuetype": "string"}
                cell = TableCell(**kind)
                cell.addElement(P(text=str(value)))
                row.addElement(cell)
            sheet.addElement(row)
        document.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    document.write(out)
    return still(out.getvalue(), publication.release.made_on)


def _sheet_name(number: int, name: str) -> str:
    return f"{number} {name}"[:_LONGEST_NAME]


def still(archive: bytes, day: str) -> bytes:
    """The same archive with dates that stand still, inside its files too."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info.filename)
            if info.filename in ("docProps/core.xml", "meta.xml"):
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+", f"{day}T00:00:00".encode(), data)
            fixed = zipfile.ZipInfo(info.filename, _STILL)
            # A reader knows an OpenDocument file by its first entry, which is not compressed.
            fixed.compress_type = zipfile.ZIP_STORED if info.filename == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(fixed, data)
    return out.getvalue()
