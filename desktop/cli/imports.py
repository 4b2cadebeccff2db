"""Verbs that take in what other programs wrote: import-directory."""

import sys
from pathlib import Path
from typing import Any

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.i18n import _, ngettext
from desktop.cli.context import Context
from desktop.exchange.directory import REFUSED, apply_import, plan_import
from desktop.exchange.tables import text_of


def directory(context: Context) -> None:
    """carnet import-directory FILE|- [--dry-run] [--homonyms] [--skip-refused]"""
    given = context.arguments
    try:
        data = sys.stdin.buffer.read() if given.file == "-" else Path(given.file).read_bytes()
    except OSError as error:
        raise disk_error(error, Path(given.file)) from error
    text = text_of(data)
    with context.vault() as vault:
        plan = vault.ask(plan_import, text)
        lines = [{"line": line.number, "name": line.name, "organisation": line.organisation,
                  "state": line.state,
                  "reason": line.reason} for line in plan.lines]
        refused = [line for line in plan.lines if line.state == REFUSED]
        if given.dry_run:
            context.answer({"lines": lines, "new_organisations": plan.new_organisations,
                            "unknown_groups": plan.unknown_groups,
                            "told": plan.told},
                           [*plan.told, *(_as_line(row) for row in lines)])
            return
        if refused and not given.skip_refused:
            raise AppError(_("Line {number}: ").format(number=refused[0].number)
                           + refused[0].reason,
                           _("Nothing was imported; mend it, or give --skip-refused."))
        done = vault.do(apply_import, plan, given.homonyms)
    context.answer(
        {"people": done.people, "organisations": done.organisations, "completed": done.completed,
         "memberships": done.memberships, "refused": len(refused)},
                   [ngettext("{count} person added", "{count} people added", done.people)
                    .format(count=done.people)])


def _as_line(row: dict[str, Any]) -> str:
    return f"{row['line']}: {row['state']} {row['name']} {row['organisation']} {row['reason']}".rstrip()
