"""Text that a spreadsheet gave, by file or by clipboard, as rows of cells; and rows as text for its
clipboard."""

import re
import unicodedata
from collections.abc import Sequence
from html import escape

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.exchange.sheets import text_of_cards, text_of_workbook

LARGEST = 20_000_000
"""Bytes; a directory of 100,000 people is smaller."""
MOST_ROWS = 50_000
_LINE_END = re.compile("\r\n|\r|\n")
FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
"""What a formula may begin with; some spreadsheets take the wide forms too."""


def text_of(data: bytes, sheet: str = "") -> str:
    """Return the text of a file: a table in text of any usual encoding, a workbook, an address
    book; AppError where it is none.

    `sheet`: the sheet of a workbook, by its name; "" is the first one that holds something.
    """
    if len(data) > LARGEST:
        raise AppError(_("This file is too large for a list of people."),
                       _("Save the sheet alone, as CSV."))
    if data.startswith(b"PK"):
        return text_of_workbook(data, sheet)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _decoded(data, "utf-16")
    elif b"\0" in data:
        raise AppError(_("This file is not a table in text."),
                       _("In the spreadsheet, save it as CSV."))
    else:
        text = _decoded(data, "utf-8-sig")
        if text is None:
            text = max((_decoded(data, name, "replace") or "" for name in _OLDER), key=_frenchness)
    if text is None:
        raise AppError(_("This file is not a table in text."),
                       _("In the spreadsheet, save it as CSV."))
    return text_of_cards(text) if text.lstrip().upper().startswith("BEGIN:VCARD") else text


_OLDER = ("cp1252", "mac_roman", "cp850")
"""Where the letters look equally French, the first is taken."""
_FRENCH = frozenset("éèêëàâîïôöûüùçœæÉÈÊËÀÂÎÏÔÖÛÜÙÇŒÆ’‘«»°–—…€\u00a0")


def _decoded(data: bytes, encoding: str, errors: str = "strict") -> str | None:
    try:
        return data.decode(encoding, errors)
    except UnicodeDecodeError:
        return None


def _frenchness(text: str) -> int:
    """How much more the letters that are not ASCII are those of French than others."""
    return sum((1 if letter in _FRENCH else -1) * text.count(letter) for letter in set(text)
               if not letter.isascii())


def rows_of(text: str) -> list[tuple[int, list[str]]]:
    """(line of the text, cells) of every row that is not empty. Cells are trimmed, control
    characters taken out.

    A cell in quotes ends where a separator or the end of the line follows: "Le Phare" (Lille) is a
    cell with quotes in it.
    """
    said = re.match(r"\ufeff?[\"']?sep=(.)[\"']?[ \t;,]*(?:\r\n|\r|\n)", text, re.IGNORECASE)
    start, separator = (said.end(), said[1]) if said else (0, _separator(text))
    cut = re.escape(separator)
    quoted = re.compile(rf'[ ]*"((?:[^"]|"")*+)"[ ]*(?={cut}|\r|\n|\Z)')
    plain = re.compile(rf"[^{cut}\r\n]*")
    rows: list[tuple[int, list[str]]] = []
    number = first = 2 if said else 1
    cells: list[str] = []
    while start <= len(text):
        found = quoted.match(text, start)
        if found is not None:
            cell = found[1].replace('""', '"')
            number += len(_LINE_END.findall(found[1]))
        else:
            found = plain.match(text, start)
            assert found is not None
            cell = found[0]
            # A quote that is never closed would take all that follows into one cell.
            if cell.lstrip().startswith('"') and cell.count('"') == 1:
                raise AppError(_("Line {number}: this is not a table.").format(number=number),
                               _("Check the quotes of this line."))
        cells.append(_clean(cell))
        start = found.end()
        if text[start:start + 1] == separator:
            start += 1
            continue
        if any(cells):
            rows.append((first, cells))
        if len(rows) > MOST_ROWS:
            raise AppError(_("There are more than {count} lines.").format(count=MOST_ROWS),
                           _("Import them in several parts."))
        start += 2 if text.startswith("\r\n", start) else 1
        number += 1
        first, cells = number, []
    return rows


def _separator(text: str) -> str:
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    # The one that cuts the lines into the same number of cells most often; a tab wins, a comma
    # stands in names too.
    best, most = "\t", (0, 0)
    for separator in ("\t", ";", ","):
        counts = [line.count(separator) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        if separator == "," and sum(map(bool, counts)) * 2 < len(lines):
            # One name written "van der Berg, Jan" does not cut the others.
            continue
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
    """`text` as one cell: no tab, no line break, and an apostrophe before what would be reckoned as
    a formula."""
    plain = _clean(text)
    return f"'{plain}" if plain.startswith(FORMULA) else plain


def for_spreadsheet(rows: Sequence[Sequence[str]], titles: Sequence[str] = ()) -> tuple[str, str]:
    """Return the same cells as lines with tabs and as an HTML table, under their titles where they
    are given."""
    lines = [[cell_of(text) for text in row] for row in ([titles, *rows] if titles else rows)]
    marked = []
    for number, line in enumerate(lines):
        tag = "th" if titles and number == 0 else "td"
        marked.append("<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in line) + "</tr>")
    return "".join("\t".join(line) + "\n" for line in lines), f"<table>{''.join(marked)}</table>"
