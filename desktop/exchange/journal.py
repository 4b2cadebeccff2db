"""The journal of a computer as a table for a spreadsheet (CSV), with the hash of each entry."""

import csv
import io
from collections.abc import Iterable

from desktop.base.i18n import _
from desktop.queries.journal import JournalLine
from desktop.queries.journal_words import how_words, what_words


def csv_of(entries: Iterable[JournalLine]) -> bytes:
    """Return the table, the first entry first: UTF-8 with a mark, semicolons, as French
    spreadsheets open it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow((_("Number"), _("Day"), _("Hour"), _("What was done"), _("Kind"), _("How many"),
                     _("With it"), _("How"),
                     _("By"), "SHA-256"))
    for entry in sorted(entries, key=lambda one: one.number):
        writer.writerow([_plain(value) for value in (
            str(entry.number), entry.on, entry.at, what_words(entry), entry.kind, str(entry.count),
            str(entry.parts or ""),
            how_words(entry), entry.by, entry.digest)])
    return ("\ufeff" + out.getvalue()).encode()


def _plain(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
