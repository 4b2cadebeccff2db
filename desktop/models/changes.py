"""Stamps every edited field before it is written, and notes the rows that wait to be sealed."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import InstanceState, ORMExecuteState, Session, UOWTransaction

from desktop.base.clock import ERASED, LAST, ORDINARY, Clock
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.ids import new_id, random_id
from desktop.models import authority
from desktop.models.authority import Verb
from desktop.models.channels import bears_channel, birth_channel, refuse_leaving, refuse_of_group
from desktop.models.record import STAMP, Record, fields_of, in_channel
from desktop.models.rules.judge import refuse

LONGEST = 2_700_000
"""Characters of a record: at 6 bytes each on the wire, what a package takes in one line."""


@dataclass(frozen=True)
class Author:
    """Who edits in this session: the writer whose stamps are made, the person, the roles of the
    certificate."""

    writer: bytes
    clock: Clock
    person_id: uuid.UUID | None = None
    roles: frozenset[str] = frozenset()
    today: Callable[[], date] = date.today


@dataclass(frozen=True)
class Change:
    """One record made, or some of its fields given another value: name -> (before, after)."""

    kind: str
    record_id: bytes
    created: bool
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass
class Touched:
    """What a transaction changed so far: areas for the screens, rows for the search index, changes
    for the undo.

    `erased`: records of which nothing may be remembered.
    """

    areas: set[str] = field(default_factory=set)
    rows: set[tuple[str, bytes]] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)
    erased: set[bytes] = field(default_factory=set)


def author_of(session: Session) -> Author:
    """Return the author of a writing session."""
    author: Author = session.info["author"]
    return author


def touched_of(session: Session) -> Touched:
    """Return what this session changed."""
    touched: Touched = session.info.setdefault("touched", Touched())
    return touched


def floor_to_month(stamp: bytes, after: bytes | None) -> bytes:
    """Return a stamp that tells the month alone, still later than the one that it overwrites: the
    counter orders."""
    moment = datetime.fromtimestamp(int.from_bytes(stamp[:6], "big") / 1000, UTC)
    first = datetime(moment.year, moment.month, 1, tzinfo=UTC)
    floored = int(first.timestamp() * 1000) << 16
    if after is not None:
        floored = min(max(floored, int.from_bytes(after[:8], "big") + 1),
                      int.from_bytes(LAST, "big"))
    return floored.to_bytes(8, "big") + stamp[8:]


def new_record_id(cls: type[Record], channel: str) -> uuid.UUID:
    """Return an id fit for the kind: ordered, or random where the order would tell something; the
    channel in it, if it may vary."""
    made = random_id() if cls.__anonymous__ else new_id()
    return made if cls.__parent__ is None else in_channel(made, channel)


def new_stamp(cls: type[Record], clock: Clock, after: bytes | None = None) -> bytes:
    """Return the stamp of an edit made now to a record of this kind, whose fields were last stamped
    `after`."""
    stamp = clock.tick(after)
    return floor_to_month(stamp, after) if cls.__anonymous__ else stamp


def note_pending(session: Session, kind: str, record_id: uuid.UUID, stamp: bytes) -> None:
    """Remember that this row holds an edit that no package has."""
    session.connection().exec_driver_sql(
        "INSERT INTO pending (kind, record_id, low) VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
        "SET low = min(low, excluded.low)", (kind, record_id.bytes, stamp))


def _before_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    author: Author | None = session.info.get("author")
    records = [r for r in session.new if isinstance(r, Record)]
    edited = [r for r in session.dirty if isinstance(r, Record) and session.is_modified(r)]
    if not records and not edited:
        return
    if author is None:
        raise RuntimeError("records may be written only through Vault.do")
    if any(isinstance(r, Record) for r in session.deleted):
        raise RuntimeError("records are never removed; they are marked deleted")
    touched = touched_of(session)
    with session.no_autoflush:
        for record in records:
            if record.created_by_id is None:
                record.created_by_id = author.person_id
        _give_channels(session, records)
        for record in records:
            cls = type(record)
            refuse_without_right(session, record, Verb.CREATE, {
                f.name: value for f in fields_of(cls)
                if (value := getattr(record, f.name)) is not None})
            # Now that it has its id: a rule may look for others like it.
            refuse(cls, record, session, author.today())
            _stamp(session, author, record,
                   [f.name for f in fields_of(cls) if getattr(record, f.name) is not None])
            touched.areas.add(cls.__area__)
            touched.rows.add((cls.kind_name(), record.id.bytes))
            touched.changes.append(Change(cls.kind_name(), record.id.bytes, True))
        for record in edited:
            state = inspect(record)
            changed = [f.name for f in fields_of(type(record))
                       if state.attrs[f.name].history.has_changes()]
            if changed:
                refuse_without_right(session, record, Verb.EDIT,
                                     {name: getattr(record, name) for name in changed})
                refuse(type(record), record, session, author.today(), frozenset(changed))
                if record.__parent__ in changed:
                    refuse_leaving(session, record)
                touched.changes.append(Change(record.kind_name(), record.id.bytes, False, {
                    name: (_before(state, name), getattr(record, name)) for name in changed}))
                _stamp(session, author, record, changed)
                touched.areas.add(record.__area__)
                touched.rows.add((record.kind_name(), record.id.bytes))


def refuse_without_right(session: Session, record: Record, verb: Verb,
                         values: dict[str, Any]) -> None:
    """AppError where this computer may not write these values (name -> value) of a record: the
    others would not take them."""
    refuse_without_roles(session, type(record), verb, values, record.channel, record.id,
                         getattr(record, "party", None), getattr(record, "group_id", None))


def refuse_without_roles(session: Session, cls: type[Record], verb: Verb, values: dict[str, Any],
                         channel: str,
                         record_id: uuid.UUID, party: str | None,
                         group_id: uuid.UUID | None) -> None:
    """Return the same of a record that is no object yet."""
    roles = author_of(session).roles
    kind = cls.kind_name()
    authority.refuse(kind, verb, values, party, channel, roles)
    if roles and authority.rights_of(kind).of_group:
        about = record_id if kind == "group" else group_id
        if about is not None:
            refuse_of_group(session, about)


def _give_channels(session: Session, records: list[Record]) -> None:
    """Set the channel of each new record; of a parent before its children, in whichever order they
    come."""
    waiting = {record.id: record for record in records if record.id is not None}
    given: dict[uuid.UUID, str] = {}

    def born(record: Record) -> str:
        return birth_channel(session, type(record), partial(getattr, record), record.channel,
                             settled)

    def settled(record_id: uuid.UUID) -> str | None:
        record = waiting.pop(record_id, None)
        if record is not None:
            record.channel = given[record_id] = born(record)
        return given.get(record_id)

    for record in records:
        if record.id is None:
            record.channel = born(record)
            record.id = new_record_id(type(record), record.channel)
        else:
            settled(record.id)
        if not bears_channel(type(record), record.id, record.channel):
            raise RuntimeError("a record was given an id of another channel: the others would "
                               "refuse it")


def _before(state: InstanceState[Any], name: str) -> Any:
    old = state.attrs[name].load_history().deleted
    return old[0] if old else None


def refuse_too_long(values: Iterable[Any]) -> None:
    """AppError where a record would be too long for a package."""
    if sum(len(value) for value in values if isinstance(value, str | bytes)) > LONGEST:
        raise AppError(_("This text is too long to be shared: {count} characters at most.")
                       .format(count=LONGEST),
                       _("Join it as a file."))


def _stamp(session: Session, author: Author, record: Record, names: list[str]) -> None:
    if not names:
        return
    refuse_too_long(getattr(record, name) for name in names)
    # An edit beats what its author saw, whatever the clocks say: hence the maximum of the stamps
    # overwritten.
    old = None
    if inspect(record).persistent:
        old = max((s for s in (getattr(record, n + STAMP) for n in names) if s is not None),
                  default=None)
        if old == ERASED:
            raise AppError(
                _("This record was erased for good: it can neither be changed nor brought back."))
    stamp = new_stamp(type(record), author.clock, old)
    if stamp[:8] > ORDINARY and author.roles and not author.roles & authority.COORDINATION:
        raise AppError(_("This was written with a date at the end of time: the coordination alone "
                         "can change it."),
                       _("Ask the coordination to correct it."))
    for name in names:
        setattr(record, name + STAMP, stamp)
    note_pending(session, record.kind_name(), record.id, stamp)


def _refuse_bulk(state: ORMExecuteState) -> None:
    if (state.is_update or state.is_delete) and not state.session.info.get("merging"):
        mapper = state.bind_mapper
        if mapper is not None and issubclass(mapper.class_, Record):
            raise RuntimeError("a bulk UPDATE or DELETE of records would bypass their stamps")


event.listen(Session, "before_flush", _before_flush)
event.listen(Session, "do_orm_execute", _refuse_bulk)

__all__ = ["Author", "Change", "Touched", "author_of", "floor_to_month", "new_record_id",
           "new_stamp", "note_pending",
           "refuse_too_long", "refuse_without_roles", "touched_of"]
