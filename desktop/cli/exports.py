"""Verbs that write tables for other programs, and tell what was: export, journal."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from desktop.base.errors import AppError
from desktop.base.i18n import _, language, ngettext
from desktop.cli.context import Context, write_file
from desktop.queries.journal import journal_entries, verified_journal
from desktop.queries.journal_words import how_words, verified_words, what_words


def export(context: Context) -> None:
    """carnet export actions FILE.xlsx"""
    file = Path(context.arguments.file)
    if file.suffix.lower() != ".xlsx":
        raise AppError(
            _("The census of the actions is a workbook: give a name that ends with .xlsx."))
    from desktop.tasks.exports import export_actions

    with context.vault() as vault:
        data, count = export_actions(vault, datetime.fromtimestamp(vault.now() / 1000, UTC).date(),
                                     language())
    write_file(file, data)
    context.answer({"file": str(file), "actions": count, "bytes": len(data)},
                   [_("Written: {path}").format(path=file),
                    ngettext("{count} action", "{count} actions", count).format(count=count)])


def journal(context: Context) -> None:
    """carnet journal [--verify] [--out FILE.csv]"""
    given = context.arguments
    with context.vault() as vault:
        if given.out:
            from desktop.tasks.exports import export_journal

            data, count = export_journal(vault)
            write_file(Path(given.out), data)
            context.answer({"file": given.out, "entries": count},
                           [_("Written: {path}").format(path=given.out)])
            return
        verified = vault.ask(verified_journal) if given.verify else None
        entries = [] if given.verify else vault.ask(journal_entries)
    if verified is not None:
        if verified.breaks:
            raise AppError(verified_words(verified),
                           _("Compare with what was exported before; the coordination must know."))
        context.answer({"entries": verified.count, "sha256": verified.digest, "holds": True},
                       [verified_words(verified)])
        return
    context.answer([asdict(entry) for entry in entries], [
        " ".join(part for part in (f"{entry.number}.", entry.on, entry.at, what_words(entry) + ",",
                                   f"{entry.count} × {entry.kind}", how_words(entry), entry.by)
                 if part) for entry in entries])
