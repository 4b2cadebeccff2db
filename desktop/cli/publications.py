"""The verb that publishes figures. What attacks and writes them is imported when it is used."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.cli.context import Context


def publish(context: Context) -> None:
    """carnet publish --period P --audience A --out DIR [--dry-run] | carnet publish --list"""
    given = context.arguments
    if given.list:
        _list(context)
        return
    missing = [f"--{name}" for name in ("period", "audience") if not getattr(given, name)]
    missing += ["--out"] if not given.out and not given.dry_run else []
    if missing:
        raise AppError(
            _("Say what to publish: {options}.").format(options=", ".join(missing)),
            _("`carnet publish --list` lists what was published."),
        )
    from desktop.tasks import publish as task

    task.check_period(given.period, given.audience)
    with context.vault() as vault:
        today = datetime.fromtimestamp(vault.now() / 1000, UTC).date()
        if given.dry_run:
            found = task.preview(
                vault, given.period, given.audience, today, progress=context.progress
            )
        else:
            found = task.publish(
                vault,
                given.period,
                given.audience,
                Path(given.out),
                today,
                parquet=given.parquet,
                to=given.to,
                progress=context.progress,
            )
    release = found.publication.release
    tables = [
        {"name": t.name, "base": t.base, "cells": len(t.cells), "protected": t.hidden}
        for t in found.publication.tables
    ]
    document: dict[str, Any] = {
        "period": release.window,
        "audience": release.audience,
        "made_on": release.made_on,
        "sha256": release.sha256,
        "dry_run": given.dry_run,
        "again": found.kept,
        "tables": tables,
        "not_published": list(found.publication.missing),
        "narrowest_interval": list(release.proof.narrowest) if release.proof.narrowest else None,
    }
    if not given.dry_run:
        document["out"] = given.out
        document["shared"] = found.shared
    lines = [
        _("{title}: {shown} cells shown, {hidden} protected.").format(
            title=t.title, shown=len(t.cells) - t.hidden, hidden=t.hidden
        )
        for t in found.publication.tables
    ]
    lines += [
        _("{title}: not published.").format(title=title) for title in found.publication.missing
    ]
    lines.append(
        _("Nothing was kept or written.")
        if given.dry_run
        else _("Written: {path}").format(path=given.out)
    )
    if found.shared:
        lines.append(_("The shared folder has them in {folder}.").format(folder=found.shared))
    context.answer(document, lines)


def _list(context: Context) -> None:
    from desktop.queries.releases import releases_of

    with context.vault() as vault:
        rows = vault.ask(releases_of)
    context.answer(
        [
            {
                "period": row.period,
                "audience": row.audience,
                "made_on": row.made_on,
                "sha256": row.sha256,
                "tables": list(row.tables),
                "narrowest_interval": list(row.narrowest_interval)
                if row.narrowest_interval
                else None,
                "stands": row.stands,
            }
            for row in rows
        ],
        [
            _("{period}, {audience}, made on {day}: {count} tables").format(
                period=row.period, audience=row.audience, day=row.made_on, count=len(row.tables)
            )
            + (
                ""
                if row.stands
                else " · "
                + _("does not stand: another computer had published before; take these files back")
            )
            for row in rows
        ]
        or [_("Nothing was published yet.")],
    )
