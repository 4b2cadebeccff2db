"""Verbs that make something out of the vault: report, check-text, demo, story, open.

What makes the documents is imported by the verbs that need it: the other verbs do not wait for it.
"""

import json
import sys
from datetime import date
from pathlib import Path

from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.cli.context import Context, print_json, write_file
from desktop.cli.records import record_id
from desktop.tasks import profiles


def report(context: Context) -> None:
    """carnet report KIND [ID] --out FILE"""
    from desktop.tasks import documents

    given = context.arguments
    documents.check_kind(given.kind)
    chosen = record_id(given.id) if given.id else None
    with context.vault() as vault:
        data = documents.make(vault, given.kind, chosen, date.today(),
                              Path(given.out).suffix.lower().lstrip("."))
    write_file(Path(given.out), data)
    context.answer({"file": given.out, "bytes": len(data)},
                   [_("Written: {path}").format(path=given.out)])


def check_text(context: Context) -> None:
    """carnet check-text < JSON Lines of strings

    Each line is answered by a line: a list of spans, or {"error": ...} for what is not a JSON
    string; then the exit code is 1. Empty lines are passed over.
    """
    answers: list[object] = []
    wrong = 0
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        answer = _checked(line, number)
        wrong += isinstance(answer, dict)
        if context.json:
            answers.append(answer)
        else:
            print_json(answer)
    if context.json:
        context.answer(answers, ())
    if wrong:
        raise AppError(ngettext("{count} line could not be read.",
                                "{count} lines could not be read.", wrong).format(count=wrong),
                       _("Give one JSON string a line."))


def _checked(line: bytes, number: int) -> object:
    """Return what is found in the text of a line, or what is wrong with the line."""
    from desktop.privacy.detect import find_identities

    try:
        # Some programs put a mark at the beginning of a file.
        text = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError):
        return {"error": _("Line {number}: ").format(number=number) + _("this is not JSON.")}
    if not isinstance(text, str):
        return {"error": _("Line {number}: ").format(number=number)
                + _("a JSON string is expected.")}
    return [{"start": span.start, "end": span.end, "text": span.text, "category": span.category,
             "severity": span.severity,
             "reason": _(span.reason), "suggestions": list(span.suggestions)}
            for span in find_identities(text)]


def demo(context: Context) -> None:
    """carnet demo [--scale N] [--headless]"""
    vault, _code, counts = profiles.create_sample(
        context.home, context.passphrase(new=True), scale=context.arguments.scale,
        cost=context.cost,
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
