"""Columns that a person matches by hand: in the window by a choice above each, in a terminal by
their titles."""

from collections.abc import Sequence

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.text import fold
from desktop.exchange.headers import COLUMNS

IGNORED = "none"
"""What is said of a column that is not taken."""


def with_choice(columns: Sequence[str], at: int, name: str) -> tuple[str, ...]:
    """Have the column `at` hold `name` ("" for nothing): a field that is said twice is the one said
    last; groups add up."""
    found = list(columns)
    found[at] = name
    if name and name != "group":
        found = [other if place == at or other != name else "" for place, other in enumerate(found)]
    return tuple(found)


def with_titles(titles: Sequence[str], columns: Sequence[str],
                said: Sequence[str]) -> tuple[str, ...]:
    """Match columns by what was typed, FIELD=HEADING each, in that order; the others stay as they
    were understood.

    AppError that names the field or the heading that does not exist.
    """
    found = tuple(columns)
    for one in said:
        field, _equals, heading = one.partition("=")
        field = field.strip()
        if field != IGNORED and field not in COLUMNS:
            raise AppError(_("There is no column called {field} to import.")
                           .format(field=field[:40] or "''"),
                           _("Choose one of: {names}.")
                           .format(names=", ".join([*COLUMNS, IGNORED])), field="column")
        wanted = " ".join(fold(heading).split())
        places = [place for place, title in enumerate(titles)
                  if " ".join(fold(title).split()) == wanted]
        if not wanted or not places:
            raise AppError(
                _("The table has no column titled “{heading}”.")
                .format(heading=heading.strip()[:60]),
                _("Its columns are: {titles}.").format(
                    titles=", ".join(title for title in titles if title.strip())[:300]),
                field="column")
        found = with_choice(found, places[0], "" if field == IGNORED else field)
    return found


def check_sheet(sheets: Sequence[str], wanted: str) -> str:
    """Return the name of the sheet that is wanted, as the workbook writes it; AppError where it has
    none of that name."""
    known = {fold(name): name for name in sheets}
    if fold(wanted) not in known:
        raise AppError(_("The file has no sheet called “{sheet}” that holds something.")
                       .format(sheet=wanted[:60]),
                       _("Its sheets are: {sheets}.").format(sheets=", ".join(sheets)[:300])
                       if sheets
                       else _("Only a workbook (.xlsx, .ods) has sheets."), field="sheet")
    return known[fold(wanted)]
