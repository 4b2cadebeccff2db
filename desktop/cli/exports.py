"""Verbs that write tables for other programs: export."""

from datetime import UTC, datetime
from pathlib import Path

from desktop.base.errors import AppError
from desktop.base.i18n import _, language, ngettext
from desktop.cli.context import Context, write_file


def export(context: Context) -> None:
    """carnet export actions FILE.xlsx"""
    file = Path(context.arguments.file)
    if file.suffix.lower() != ".xlsx":
        raise AppError(_("The census of the actions is a workbook: give a name that ends with .xlsx."))
    from desktop.tasks.exports import export_actions

    with context.vault() as vault:
        data, count = export_actions(vault, datetime.fromtimestamp(vault.now() / 1000, UTC).date(), language())
    write_file(file, data)
    context.answer({"file": str(file), "actions": count, "bytes": len(data)},
                   [_("Written: {path}").format(path=file),
                    ngettext("{count} action", "{count} actions", count).format(count=count)])
