"""Verbs that take in what other programs wrote: import-directory."""

import sys
from pathlib import Path
from typing import Any

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.i18n import _, ngettext
from desktop.cli.context import Context
from desktop.exchange.directory import REFUSED, import_text, plan_import
from desktop.exchange.directory_columns import columns_in, remembered_columns
from desktop.exchange.matching import check_sheet, with_titles
from desktop.exchange.sheets import sheets_of
from desktop.exchange.tables import rows_of, text_of


def directory(context: Context) -> None:
    """carnet import-directory FILE|- [--sheet NAME] [--column FIELD=HEADING]... [--dry-run]
    [--homonyms] [--skip-refused]"""
    given = context.arguments
    try:
        data = sys.stdin.buffer.read() if given.file == "-" else Path(given.file).read_bytes()
    except OSError as error:
        raise disk_error(error, Path(given.file)) from error
    text = text_of(data, check_sheet(sheets_of(data), given.sheet) if given.sheet else "")
    with context.vault() as vault:
        chosen = None
        if given.column:
            titles, understood, place = columns_in(rows_of(text))
            remembered = vault.ask(remembered_columns, titles) if place is not None else None
            chosen = with_titles(titles, remembered or understood, given.column)
        plan = vault.ask(plan_import, text, chosen)
        lines = [{"line": line.number, "name": line.name, "organisation": line.organisation,
                  "state": line.state,
                  "reason": line.reason} for line in plan.lines]
        refused = [line for line in plan.lines if line.state == REFUSED]
        if given.dry_run:
            context.answer(
                {"lines": lines, "columns": dict(zip(plan.titles, plan.columns, strict=True)),
                 "new_organisations": plan.new_organisations,
                 "unknown_groups": plan.unknown_groups, "told": plan.told},
                           [*plan.told, *(_as_line(row) for row in lines)])
            return
        if refused and not given.skip_refused:
            raise AppError(_("Line {number}: ").format(number=refused[0].number)
                           + refused[0].reason,
                           _("Nothing was imported; mend it, or give --skip-refused."))
        done = vault.do(import_text, text, given.homonyms, chosen)
    context.answer(
        {"people": done.people, "organisations": done.organisations, "completed": done.completed,
         "memberships": done.memberships, "refused": len(refused)},
                   [ngettext("{count} person added", "{count} people added", done.people)
                    .format(count=done.people)])


def _as_line(row: dict[str, Any]) -> str:
    return f"{row['line']}: {row['state']} {row['name']} {row['organisation']} {row['reason']}".rstrip()
