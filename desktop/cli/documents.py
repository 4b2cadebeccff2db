"""Verbs that make something out of the vault: report, check-text, demo, story, open.

What makes the documents is imported by the verbs that need it: the other verbs do not wait for it.
"""

import json
import sys
from pathlib import Path

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.cli.context import Context, write_file
from desktop.cli.records import record_id
from desktop.tasks import profiles


def report(context: Context) -> None:
    """carnet report KIND [ID] --out FILE"""
    from desktop.tasks import documents

    given = context.arguments
    documents.check_kind(given.kind)
    chosen = record_id(given.id) if given.id else None
    with context.vault() as vault:
        data = documents.make(vault, given.kind, chosen, Path(given.out).suffix.lower().lstrip("."))
    write_file(Path(given.out), data)
    context.answer({"file": given.out, "bytes": len(data)}, [_("Written: {path}").format(path=given.out)])


def check_text(context: Context) -> None:
    """carnet check-text < JSON Lines of strings"""
    from desktop.privacy.detect import find_identities

    out = []
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)
        except ValueError as error:
            raise AppError(_("Line {number}: ").format(number=number) + _("this is not JSON.")) from error
        if not isinstance(text, str):
            raise AppError(_("Line {number}: ").format(number=number) + _("a JSON string is expected."))
        out.append([{"start": s.start, "end": s.stop, "category": s.category, "text": s.text}
                    for s in find_identities(text)])
    print(json.dumps(out, ensure_ascii=False))


def demo(context: Context) -> None:
    """carnet demo [--scale N] [--headless]"""
    vault, _code, counts = profiles.create_sample(
        context.home, context.passphrase(new=True), scale=context.arguments.scale, cost=context.cost,
        progress=context.progress)
    vault.close()
    context.answer({"records": counts, "home": str(context.home.folder)},
                   [_("The sample collective is in {path}: {count} records.").format(
                       path=context.home.folder, count=sum(counts.values()))])


def play(context: Context) -> None:
    """carnet story --out DIR"""
    from desktop.tasks import story

    done = story.play(Path(context.arguments.out), cost=context.cost, progress=context.progress)
    context.answer(done, [f"{name}: {path}" for name, path in done.items()])
