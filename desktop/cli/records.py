"""Verbs on records: kinds, add, list, show, edit, delete, restore, search. JSON in and out, same
names both ways."""

import json
import sys
import uuid
from collections.abc import Iterator
from typing import Any

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.cli.context import Context
from desktop.commands import records as commands
from desktop.commands.journal import append
from desktop.commands.leaving import let_leave
from desktop.models import values
from desktop.models.choices import label
from desktop.models.leaving import ROWS_STAY, refuse_leaving_rows
from desktop.models.states import JournalWhat, shown_state
from desktop.queries import records as queries
from desktop.queries.observations import not_left
from desktop.vault.search.index import search

_TITLES = ("title", "name", "family_name", "text", "label_fr", "number", "case_code", "code",
           "month", "on", "state")


def kinds(context: Context) -> None:
    """carnet kinds"""
    found = queries.kinds()
    document = [{"kind": kind.name, "area": kind.area, "fields": [
        {"name": f.name, "type": f.kind, "required": f.required, "choices": f.choices or None,
         "references": f.references or None} for f in kind.fields]} for kind in found]
    lines = []
    for kind in found:
        lines.append(kind.name)
        lines += [f"  {f.name}{' *' if f.required else ''}: "
                  f"{f.kind}{' ' + f.choices if f.choices else ''}"
                   f"{' -> ' + f.references if f.references else ''}" for f in kind.fields]
    context.answer(document, lines)


def _json_lines(stream: Iterator[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield number, _object(line, number)


def _object(text: str, number: int | None = None) -> dict[str, Any]:
    where = _("Line {number}: ").format(number=number) if number else ""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise AppError(where + _("this is not JSON."), str(error)[:120]) from error
    if not isinstance(read, dict):
        raise AppError(where + _("a JSON object is expected."))
    return read


def add(context: Context) -> None:
    """carnet add KIND < lines"""
    values.record_class(context.arguments.kind)
    rows = list(_json_lines(_stdin_lines()))
    with context.vault() as vault:
        ids = vault.do(commands.add_lines, context.arguments.kind, rows)
    context.answer({"added": [str(i) for i in ids]}, [str(i) for i in ids])


def _stdin_lines() -> Iterator[str]:
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise AppError(_("Line {number}: ").format(number=number)
                           + _("this is not UTF-8 text.")) from error


def title_of(record: dict[str, Any]) -> str:
    """Return a few words for a record of any kind."""
    if record.get("family_name"):
        return f"{record['family_name'].upper()} {record.get('given_name') or ''}".strip()
    return next((str(record[name]) for name in _TITLES if record.get(name)), "")


def list_kind(context: Context) -> None:
    """carnet list KIND"""
    values.record_class(context.arguments.kind)
    with context.vault() as vault:
        refuse_leaving_rows(context.arguments.kind, vault.identity.roles)
        found = vault.ask(queries.list_records, context.arguments.kind, context.arguments.deleted)
        waiting = vault.ask(not_left)
        if context.arguments.kind in ROWS_STAY:
            vault.do(let_leave, context.arguments.kind, len(found), "list",
                     context.arguments.reason)
        else:
            vault.do(append, JournalWhat.EXPORTED, context.arguments.kind, how="list",
                     count=len(found))
    context.answer(found, [f"{record['id']}  {_line(record, waiting)}" for record in found])


def _line(record: dict[str, Any], waiting: frozenset[uuid.UUID]) -> str:
    """Return a line of a list; of an observation, its state as its author reads it too."""
    if record["kind_of_record"] != "observation":
        return title_of(record)
    return f"{title_of(record)}  {_as_read(record, uuid.UUID(record['id']) in waiting)['state']}"


def show(context: Context) -> None:
    """carnet show ID"""
    with context.vault() as vault:
        record = vault.ask(queries.get_record, record_id(context.arguments.id))
        if record["kind_of_record"] in ROWS_STAY:
            vault.do(let_leave, record["kind_of_record"], 1, "show", context.arguments.reason)
        waits = record_id(context.arguments.id) in vault.ask(not_left)
    context.answer(record, [f"{name}: {value}" for name, value in _as_read(record, waits).items()
                            if value is not None])


def _as_read(record: dict[str, Any], waits: bool) -> dict[str, Any]:
    """Return the record as a person reads it: an observation that was handed in is entered until it
    has left."""
    if record["kind_of_record"] != "observation":
        return record
    return {**record, "state": label("observation_shown",
                                     shown_state(record["state"] or "", has_left=not waits))}


def edit(context: Context) -> None:
    """carnet edit ID < object"""
    changed = _object(sys.stdin.read())
    with context.vault() as vault:
        vault.do(commands.edit_record, record_id(context.arguments.id), changed)
        record = vault.ask(queries.get_record, record_id(context.arguments.id))
    # Of a kind whose rows stay, what was given is known already, and the rest is nobody's to read
    # here.
    stays = record["kind_of_record"] in ROWS_STAY
    context.answer({name: record[name] for name in ("id", *changed)} if stays else record,
                   [_("Changed.")])


def delete(context: Context) -> None:
    """carnet delete ID"""
    with context.vault() as vault:
        vault.do(commands.delete_record, record_id(context.arguments.id))
    context.answer({"deleted": context.arguments.id}, [_("In the corbeille.")])


def restore(context: Context) -> None:
    """carnet restore ID"""
    with context.vault() as vault:
        vault.do(commands.restore_record, record_id(context.arguments.id))
    context.answer({"restored": context.arguments.id}, [_("Restored.")])


def search_words(context: Context) -> None:
    """carnet search WORDS"""
    with context.vault() as vault:
        hits = vault.ask(search, " ".join(context.arguments.words))
        stay = [hit for hit in hits if hit.kind in ROWS_STAY and vault.identity.roles]
        if stay and context.arguments.reason:
            vault.do(let_leave, stay[0].kind, len(stay), "search", context.arguments.reason)
        else:
            hits = [hit for hit in hits if hit not in stay]
    context.answer(
        [{"kind": h.kind, "id": str(h.id), "title": h.title, "snippet": h.snippet} for h in hits],
                   [f"{h.id}  {h.kind}  {h.title}  {h.snippet}" for h in hits])


def record_id(text: str) -> uuid.UUID:
    """Return an id as typed; AppError when it is not one."""
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise AppError(_("{value} is not the id of a record.")
                       .format(value=repr(text)[:80])) from error
