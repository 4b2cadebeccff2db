"""Tables as CSV: tidy for programs, and as spreadsheets in French open them."""

import csv
import io
from collections.abc import Sequence

from desktop.queries.documents.publication import PublishedTable

BOM = "\ufeff"


def columns_of(table: PublishedTable) -> list[str]:
    """Return the columns of the tidy form."""
    return [
        "period",
        *(f"{name}{end}" for name in table.dimensions for end in ("", "_label")),
        "value",
        "conf_status",
        "base",
    ]


def rows_of(table: PublishedTable, period: str) -> list[list[str | int | None]]:
    """Return the rows of the tidy form."""
    labels = [
        {category.code: category.label for category in categories}
        for categories in table.categories
    ]
    rows = []
    for cell in table.cells:
        codes = [
            word for place, code in enumerate(cell.codes) for word in (code, labels[place][code])
        ]
        rows.append([period, *codes, cell.value, cell.conf_status, table.base])
    return rows


def tidy(table: PublishedTable, period: str) -> bytes:
    """Return the tidy form: UTF-8, commas, CRLF (RFC 4180)."""
    return _written([columns_of(table), *rows_of(table, period)], ",").encode()


def for_spreadsheets(table: PublishedTable, period: str) -> bytes:
    """Return the same with semicolons and a mark of UTF-8, which French spreadsheets open by a
    double click."""
    return (BOM + _written([columns_of(table), *rows_of(table, period)], ";")).encode()


def _written(rows: Sequence[Sequence[str | int | None]], delimiter: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
