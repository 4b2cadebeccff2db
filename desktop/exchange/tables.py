"""Text that a spreadsheet gave, by file or by clipboard, as rows of cells; and rows as text for its clipboard."""

import csv
import io
import unicodedata
from collections.abc import Sequence
from html import escape

from desktop.base.errors import AppError
from desktop.base.i18n import _

LARGEST = 20_000_000
"""Bytes; a directory of 100,000 people is smaller."""
MOST_ROWS = 50_000
_END = "\x1e carnet \x1e"
FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
"""What a formula may begin with; some spreadsheets take the wide forms too."""


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 (with its mark) or Windows-1252; AppError where it is no text."""
    if len(data) > LARGEST:
        raise AppError(_("This file is too large for a list of people."), _("Save the sheet alone, as CSV."))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        wanted = ["utf-16"]
    elif b"\0" in data or data.startswith(b"PK"):
        raise AppError(_("This file is not a table in text."), _("In the spreadsheet, save it as CSV."))
    else:
        wanted = ["utf-8-sig", "cp1252"]
    for encoding in wanted:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AppError(_("This file is not a table in text."), _("In the spreadsheet, save it as CSV."))


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """(line of the text, cells) of every row that is not empty. Cells are trimmed, control characters taken out."""
    separator = _separator(text)
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=separator)
    try:
        while True:
            first = reader.line_num + 1
            found = next(reader)
            if found == [_END]:
                return rows
            # A quote that is never closed takes all that follows into one cell, the mark of the end too.
            if any(_END in cell for cell in found):
                raise AppError(_("Line {number}: this is not a table.").format(number=first), _("Check the quotes of this line."))
            cells = [_clean(cell) for cell in found]
            if any(cells):
                rows.append((first, cells))
            if len(rows) > MOST_ROWS:
                raise AppError(_("There are more than {count} lines.").format(count=MOST_ROWS),
                               _("Import them in several parts."))
    except csv.Error as error:
        raise AppError(_("Line {number}: this is not a table.").format(number=reader.line_num),
                       _("Check the quotes of this line.")) from error


def _separator(text: str) -> str:
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    # The one that cuts the lines into the same number of cells most often; a tab wins, a comma stands in names too.
    best, most = ",", (0, 0)
    for separator in ("\t", ";", ","):
        counts = [line.count(separator) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        if usual and (counts.count(usual), usual) > most:
            best, most = separator, (counts.count(usual), usual)
    return best


def _clean(cell: str) -> str:
    plain = "".join(" " if unicodedata.category(c) in ("Cc", "Zs") else c for c in cell
                    if unicodedata.category(c) not in ("Cf", "Cs", "Co") or c in "\u200c\u200d")
    plain = " ".join(plain.split())
    # The sign that `cell_of` put before what is no formula is not part of it.
    return plain[1:] if plain.startswith("'") and plain[1:].startswith(FORMULA) else plain


def cell_of(text: str) -> str:
    """`text` as one cell: no tab, no line break, and an apostrophe before what would be reckoned as a formula."""
    plain = _clean(text)
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def for_spreadsheet(rows: Sequence[Sequence[str]], titles: Sequence[str] = ()) -> tuple[str, str]:
    """The same cells as lines with tabs and as an HTML table, under their titles where they are given."""
    lines = [[cell_of(text) for text in row] for row in ([titles, *rows] if titles else rows)]
    marked = []
    for number, line in enumerate(lines):
        tag = "th" if titles and number == 0 else "td"
        marked.append("<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in line) + "</tr>")
    return "".join("\t".join(line) + "\n" for line in lines), f"<table>{''.join(marked)}</table>"
