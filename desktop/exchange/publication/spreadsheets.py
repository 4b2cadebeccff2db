"""Tables as workbooks, for Excel (openpyxl) and LibreOffice: one sheet a table; the same release
gives the same bytes."""

import io
import re
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from desktop.base.i18n import words_in
from desktop.queries.documents.publication import REASON, Publication, grid_of

PROTECTED = "▨"
"""What stands in every hidden cell."""
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
_NAMES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "meta", "manifest")
    )
    + ' office:version="1.2"'
)
_NAMES_OF_MANIFEST = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
_STILL = (1980, 1, 1, 0, 0, 0)
_LONGEST_NAME = 31
"""Characters of a sheet's name that Excel takes."""


def xlsx(publication: Publication) -> bytes:
    """Return the workbook for Excel."""
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
    """Return the workbook for LibreOffice, written as the standard says: odfpy gives other bytes by
    what it wrote before."""
    _ = words_in(publication.release.language)
    sheets = []
    for number, table in enumerate(publication.tables, 1):
        lines: list[list[str | int | None]] = [
            [table.title],
            [publication.release.window, publication.audience],
        ]
        lines += [
            [PROTECTED if value is None else value for value in row] for row in grid_of(table)
        ]
        lines += [[None], [f"{PROTECTED} : {_(REASON)}"]]
        rows = "".join(
            f"<table:table-row>{''.join(map(_ods_cell, line))}</table:table-row>" for line in lines
        )
        sheets.append(
            f"<table:table table:name={quoteattr(_sheet_name(number, table.name))}>{rows}</table:table>"
        )
    content = (
        f"{_XML}<office:document-content "
        f"{_NAMES}><office:body><office:spreadsheet>{''.join(sheets)}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    meta = (
        f"{_XML}<office:document-meta {_NAMES}><office:meta><meta:generator>Carnet</meta:generator>"
        f"<meta:creation-date>{publication.release.made_on}T00:00:00</meta:creation-date></office:meta></office:document-meta>"
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", _ODS), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    )
    manifest = f'{_XML}<manifest:manifest {_NAMES_OF_MANIFEST} manifest:version="1.2">{entries}</manifest:manifest>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in (
            ("mimetype", _ODS),
            ("content.xml", content),
            ("meta.xml", meta),
            ("META-INF/manifest.xml", manifest),
        ):
            archive.writestr(_entry(name), text)
    return out.getvalue()


def _ods_cell(value: str | int | None) -> str:
    if value is None:
        return "<table:table-cell/>"
    kind = f'float" office:value="{value}' if isinstance(value, int) else "string"
    return f'<table:table-cell office:value-type="{kind}"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def _sheet_name(number: int, name: str) -> str:
    return f"{number} {name}"[:_LONGEST_NAME]


def still(archive: bytes, day: str) -> bytes:
    """Return the same archive with dates that stand still, inside its files too."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info.filename)
            if info.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+", f"{day}T00:00:00".encode(), data)
            new.writestr(_entry(info.filename), data)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _STILL)
    # A reader knows an OpenDocument file by its first entry, which is not compressed.
    entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
    return entry
