"""The gestures that every kind of record shares: add, edit, delete, restore."""

import uuid
from collections.abc import Iterable
from functools import partial
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.authority import Verb
from desktop.models.changes import (
    Change,
    author_of,
    new_record_id,
    new_stamp,
    refuse_too_long,
    refuse_without_roles,
    touched_of,
)
from desktop.models.channels import bears_channel, birth_channel
from desktop.models.meetings import Meeting, MinutesVersion, NoteBlock
from desktop.models.record import COMMON, STAMP, Record, fields_of
from desktop.models.requests import ErasureRequest
from desktop.models.rules.judge import blank_of, is_judged, refuse
from desktop.models.states import is_frozen
from desktop.models.values import from_json, id_from_keys, record_class, to_json
from desktop.queries.records import find_record


def _audience_channel(cls: type[Record], typed: dict[str, Any]) -> str | None:
    """Return the channel of the audience of notes; None for every other kind."""
    return str(typed.get("audience") or COMMON) if cls is NoteBlock else None


def add_record(session: Session, kind: str, values: dict[str, Any],
               channel: str | None = None) -> uuid.UUID:
    """Add one record from JSON values; its id. AppError names what is wrong. A derived record that
    exists is edited.

    `channel`: for a record born where few may read; what belongs to a confidential group stays in
    that group all the same.
    """
    return _add(session, kind, values, channel).id


def _add(session: Session, kind: str, values: dict[str, Any], channel: str | None = None) -> Record:
    cls = record_class(kind)
    typed = from_json(cls, values, whole=True)
    channel = birth_channel(session, cls, typed.get, channel or _audience_channel(cls, typed),
                            partial(_born, session))
    record_id = _chosen_id(cls, values, typed, channel)
    existing = session.get(cls, record_id)
    if existing is not None:
        if id_from_keys(cls, typed) is None:
            raise AppError(_("There is already a record with this id."), field="id")
        typed.setdefault("deleted", False if existing.deleted else None)
        _set(existing, {k: v for k, v in typed.items() if v is not None})
        return existing
    made = cls(id=record_id, channel=channel, **typed)
    session.add(made)
    return made


def _born(session: Session, record_id: uuid.UUID) -> str | None:
    """Return the channel of a record that was added, and is not written yet."""
    waiting = next((one for one in session.new if isinstance(one, Record) and one.id == record_id),
                   None)
    if waiting is not None:
        session.flush()
    return None if waiting is None else waiting.channel


def _chosen_id(cls: type[Record], values: dict[str, Any], typed: dict[str, Any],
               channel: str) -> uuid.UUID:
    derived = id_from_keys(cls, typed)
    if derived is not None:
        return derived
    given = values.get("id")
    if given is None:
        return new_record_id(cls, channel)
    wrong = AppError(_("{value} is not the id of a record.").format(value=repr(given)[:80]),
                     field="id")
    try:
        chosen = uuid.UUID(str(given))
    except ValueError as error:
        raise wrong from error
    if not bears_channel(cls, chosen, channel):
        raise wrong
    return chosen


def add_lines(session: Session, kind: str,
              rows: list[tuple[int, dict[str, Any]]]) -> list[uuid.UUID]:
    """Add records from numbered JSON objects; AppError names the line of the first that is
    wrong."""
    ids = []
    for number, row in rows:
        try:
            with session.no_autoflush:
                made = _add(session, kind, row)
                # Judged now, where the line is known; the flush would judge it without.
                refuse(type(made), made, session, author_of(session).today())
                ids.append(made.id)
        except AppError as error:
            raise AppError(_("Line {number}: ").format(number=number) + error.message, error.hint,
                           fields=error.fields) from error
    return ids


def add_records(session: Session,
                rows: Iterable[tuple[type[Record], dict[str, Any]]]) -> list[uuid.UUID]:
    """Add many new records of typed values at once (values as attributes, `id` optional), stamped
    as single ones are.

    Rows that share a kind and a set of fields go in together; none may exist already.
    """
    author = author_of(session)
    touched = touched_of(session)
    session.flush()
    connection = session.connection()
    batches: dict[tuple[type[Record], tuple[str, ...]], list[tuple[Any, ...]]] = {}
    pending: list[tuple[str, bytes, bytes]] = []
    ids = []
    born: dict[uuid.UUID, str] = {}
    allowed: set[tuple[Any, ...]] = set()
    judged: list[tuple[type[Record], Any]] = []
    for cls, values in rows:
        given = {k: v for k, v in values.items() if v is not None and k not in ("id", "channel")}
        if author.person_id is not None:
            given.setdefault("created_by_id", author.person_id)
        channel = birth_channel(session, cls, given.get,
                                values.get("channel") or _audience_channel(cls, given), born.get)
        record_id = values.get("id") or id_from_keys(cls, given) or new_record_id(cls, channel)
        if not bears_channel(cls, record_id, channel):
            raise RuntimeError("a record was given an id of another channel: the others would "
                               "refuse it")
        born[record_id] = channel
        # What the roles may hang on; a list of thousands has few of these.
        alike = cls, tuple(given), channel, given.get("party"), given.get("state"), given.get(
            "group_id")
        if alike not in allowed:
            refuse_without_roles(session, cls, Verb.CREATE, given, channel, record_id,
                                 given.get("party"),
                                 given.get("group_id"))
            allowed.add(alike)
        refuse_too_long(given.values())
        stamp = new_stamp(cls, author.clock)
        names = tuple(given)
        columns = cls.__table__.c
        row = [record_id.bytes, channel]
        for name in names:
            processor = columns[name].type.bind_processor(connection.dialect)
            row.append(processor(given[name]) if processor else given[name])
        row.extend([stamp] * len(names))
        batches.setdefault((cls, names), []).append(tuple(row))
        pending.append((cls.kind_name(), record_id.bytes, stamp))
        touched.areas.add(cls.__area__)
        touched.rows.add((cls.kind_name(), record_id.bytes))
        touched.changes.append(Change(cls.kind_name(), record_id.bytes, True))
        ids.append(record_id)
        if is_judged(cls):
            judged.append((cls, SimpleNamespace(**blank_of(cls) | given | {"id": record_id})))
    for (cls, names), batch in batches.items():
        columns_sql = ", ".join(f'"{name}"'
                                for name in ("id", "channel", *names, *(n + STAMP for n in names)))
        marks = ", ".join("?" * (2 + 2 * len(names)))
        connection.exec_driver_sql(f'INSERT INTO "{cls.kind_name()}" ({columns_sql}) VALUES '
                                   f'({marks})', batch)
    if pending:
        connection.exec_driver_sql("INSERT INTO pending (kind, record_id, low) VALUES (?, ?, ?)",
                                   pending)
    # Once all are there: a rule may look at the others.
    for cls, record in judged:
        refuse(cls, record, session, author.today())
    return ids


def _set(record: Record, typed: dict[str, Any]) -> None:
    for name, value in typed.items():
        setattr(record, name, value)


def edit_record(session: Session, record_id: uuid.UUID, values: dict[str, Any],
                seen: dict[str, Any] | None = None) -> None:
    """Change the fields named in `values` (JSON values); AppError names what is wrong.

    `seen`: what stood there when the editing began, where that was a while ago. Of a text that has
    come from somebody else since, both are kept, for somebody to choose.
    """
    record = find_record(session, record_id)
    _refuse_frozen(record)
    over = _unseen(record, values, seen) if seen is not None else []
    typed = from_json(type(record), values, whole=False)
    if isinstance(record, Meeting) and is_frozen(record.state):
        _refuse_other_hours(record, typed)
    if isinstance(record, NoteBlock) and typed.get("audience", record.audience) != record.audience:
        raise AppError(_("The audience of notes is fixed: it decides who receives them."),
                       _("Write them again for the other audience, and erase these."))
    _set(record, typed)
    if over:
        session.flush()
        session.connection().exec_driver_sql(
            "INSERT OR IGNORE INTO version (kind, record_id, field, stamp, value) VALUES (?, ?, ?, "
            "?, ?)",
            [row for name, stamp, value in over for row in (
                (record.kind_name(), record.id.bytes, name, stamp, value),
                (record.kind_name(), record.id.bytes, name, getattr(record, name + STAMP),
                 getattr(record, name)))])


def _unseen(record: Record, values: dict[str, Any],
            seen: dict[str, Any]) -> list[tuple[str, bytes, str]]:
    """(field, stamp, text) of what would be written over by somebody who has not read it."""
    now = to_json(record)
    return [(f.name, getattr(record, f.name + STAMP), now[f.name]) for f in fields_of(type(record))
            if f.keep_conflicts and f.name in values and now[f.name]
            and now[f.name] not in (seen.get(f.name), values[f.name])]


def _refuse_frozen(record: Record) -> None:
    if isinstance(record, MinutesVersion) and record.body is not None:
        raise AppError(_("Validated minutes are never altered."),
                       _("Begin a correction in the follow-up of the meeting."))


def _refuse_other_hours(meeting: Meeting, typed: dict[str, Any]) -> None:
    """Refuse to change the day and the hours that validated minutes say: a correction alone changes
    them."""
    if any(typed[name] != getattr(meeting, name) for name in ("held_from", "held_until")
           if name in typed):
        raise AppError(_("Validated minutes say when the meeting was held."),
                       _("Begin a correction in the follow-up of the meeting."))


def delete_record(session: Session, record_id: uuid.UUID) -> None:
    """Put a record in the corbeille."""
    record = find_record(session, record_id)
    _refuse_frozen(record)
    record.deleted = True


def restore_record(session: Session, record_id: uuid.UUID) -> None:
    """Take a record out of the corbeille."""
    find_record(session, record_id).deleted = False
    # Whoever asked that it be erased for good has been answered.
    for request in session.scalars(select(ErasureRequest).where(
            ErasureRequest.owner_id == record_id, ErasureRequest.deleted.is_not(True))):
        request.deleted = True


