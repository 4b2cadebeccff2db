"""The census of the actions as a workbook for Excel and LibreOffice: one row an action, filters on
its head, no formula."""

import io
import re
from datetime import date
from typing import TYPE_CHECKING

from desktop.base.dates.french import short_date
from desktop.base.i18n import _
from desktop.models.choices import label
from desktop.models.states import Party, ValidationAnswer
from desktop.queries.census import AccordCell, Census, CensusRow

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell

Value = str | int | float | date | None
HEAD = 3
"""The row of the titles: above it, of whom and when this is."""
LONGEST = 32_767
"""Characters of a cell."""
_WIDE = 46
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What no XML holds."""


def _columns() -> tuple[tuple[str, int], ...]:
    """(title, width in characters) of each column."""
    return ((_("Action"), _WIDE), (_("Axis"), 34), (_("Owner (organisation)"), 26),
            (_("Owner"), 22), (_("Partners"), 34),
            (_("Domains"), 26), (_("Territory"), 26), (_("Audience"), 22), (_("Starts on"), 12),
            (_("Due on"), 12),
            (_("State"), 14), (_("Progress (%)"), 12), (_("Funding"), 22), (_("Requested (€)"), 14),
            (_("Granted (€)"), 14),
            (_("Paid (€)"), 14), (_("Accord of the State"), 24),
            (_("Accord of the agglomeration"), 24),
            (_("Existing schemes"), 30), (_("Why no existing scheme"), 34), (_("Outcome"), _WIDE))


def xlsx(census: Census) -> bytes:
    """Return the workbook."""
    # Slow to load, and wanted here alone.
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    book.properties.creator = "Carnet"
    sheet.title = _("Actions")
    columns = _columns()
    _write(sheet.cell(1, 1), f"{_('Census of the actions')} — {census.collective}"
           if census.collective else
           _("Census of the actions"))
    _write(sheet.cell(2, 1), _("As known on {day}").format(day=short_date(census.as_of)))
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    for number, (title, width) in enumerate(columns, 1):
        head = sheet.cell(HEAD, number)
        _write(head, title)
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="bottom")
        sheet.column_dimensions[get_column_letter(number)].width = width
    for at, row in enumerate(census.rows, HEAD + 1):
        for number, value in enumerate(cells_of(row), 1):
            cell = sheet.cell(at, number)
            _write(cell, value)
            cell.alignment = Alignment(wrap_text=isinstance(value, str), vertical="top")
            if isinstance(value, float):
                cell.number_format = "#,##0.00"
            elif isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"
    sheet.freeze_panes = f"B{HEAD + 1}"
    sheet.auto_filter.ref = f"A{HEAD}:{get_column_letter(len(columns))}{HEAD + max(1, len(census.rows))}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells_of(row: CensusRow) -> tuple[Value, ...]:
    """Return what stands in the columns of one action: text, whole numbers, euros and days."""
    return (row.title, row.axis, row.organisation, row.owner, ", ".join(row.partners),
            ", ".join(row.domains),
            ", ".join(row.places), row.audience, row.starts_on, row.due_on,
            label("action_state", row.state), row.progress,
            label("funding", row.funding), _euros(row.requested), _euros(row.granted),
            _euros(row.paid),
            _accord(row, Party.STATE), _accord(row, Party.AGGLOMERATION),
            ", ".join(row.dispositifs), row.no_dispositif,
            row.outcome)


def _euros(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _accord(row: CensusRow, party: Party) -> str:
    given = row.accords.get(party)
    if given is None:
        return _("not asked for") if row.is_funded else _("not needed")
    return _said(given)


def _said(given: AccordCell) -> str:
    if given.answer is None:
        return (_("asked for on {day}").format(day=short_date(given.asked_on)) if given.asked_on
                else _("asked for"))
    words = _("refused") if given.answer == ValidationAnswer.REFUSED else _("given")
    return f"{words} ({short_date(given.answered_on)})" if given.answered_on else words


def _write(cell: "Cell | MergedCell", value: Value) -> None:
    """Write a cell; a text is a text, whatever sign it begins with."""
    if isinstance(value, str):
        cell.value = _UNWRITABLE.sub("", value)[:LONGEST]
        # Else a text that begins with = would be a formula, which a spreadsheet runs.
        cell.data_type = "s"
        if value[:1] in ("=", "+", "-", "@"):
            # So that it stays one when somebody goes into the cell and out again.
            cell.quotePrefix = True
    else:
        cell.value = value
