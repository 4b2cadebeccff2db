"""What every record shares: an id, a tombstone, and a stamp beside each field so that devices can
merge."""

import hashlib
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar

import msgspec
from sqlalchemy import Boolean, Dialect, Index, Integer, LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

COMMON = "commun"
OBSERVATORY = "observatoire"
INTERNAL = "interne"
CHANNELS = (COMMON, INTERNAL, OBSERVATORY)
"""The channels of every collective, read by role; those of confidential groups come beside them."""
GROUP = "groupe-"
"""What the name of a confidential group's channel begins with; its id follows, in hexadecimal."""
_GROUP = re.compile(GROUP + "[0-9a-f]{32}")

STAMP = "_stamp"
"""The column that holds the stamp of field F is F + STAMP."""

_NAMESPACE = uuid.UUID("5d0c8a0e-6d0b-5b52-9f3a-5f1d3c0de001")


def group_of(channel: str) -> uuid.UUID | None:
    """Return the group whose channel this is; None for a channel that is read by role."""
    return uuid.UUID(channel.removeprefix(GROUP)) if _GROUP.fullmatch(channel) else None


def is_channel(name: str) -> bool:
    """Whether this may be the name of a channel."""
    return name in CHANNELS or group_of(name) is not None


# The channel is part of the id

MARK = 4
"""Bytes at the end of an id that tell its channel, where the id is of version 8."""


@lru_cache(maxsize=1_000)
def mark_of_channel(channel: str) -> bytes:
    """Return what the ids of a channel's records end with; nothing in the channel of all."""
    return (b"" if channel == COMMON
            else hashlib.sha256(f"carnet-channel {channel}".encode()).digest()[:MARK])


def mark_of_id(record_id: bytes) -> bytes:
    """Return the mark that an id bears; nothing where it is one of the channel of all."""
    return record_id[-MARK:] if record_id[6] >> 4 == 8 else b""


_BY_ROLE = frozenset(map(mark_of_channel, CHANNELS))


def is_mark_of_group(mark: bytes) -> bool:
    """Whether a mark is that of a confidential group's channel."""
    return mark not in _BY_ROLE


def in_channel(record_id: uuid.UUID, channel: str) -> uuid.UUID:
    """Return the id of a record that travels in a channel, made of one that says nothing of it:
    version 8 (RFC 9562), marked.

    Nobody can lay another record under it in another channel, where the one that it belongs to
    could then not come.
    """
    return _marked(record_id, mark_of_channel(channel))


def beside(record_id: uuid.UUID, parent_id: uuid.UUID) -> uuid.UUID:
    """Return the id of a record that travels as the record `parent_id` does."""
    return _marked(record_id, mark_of_id(parent_id.bytes))


def _marked(record_id: uuid.UUID, mark: bytes) -> uuid.UUID:
    if not mark:
        return record_id
    raw = bytearray(record_id.bytes)
    raw[6] = raw[6] & 0x0F | 0x80
    raw[-MARK:] = mark
    return uuid.UUID(bytes=bytes(raw))


def _uuid_of(value: bytes | None) -> uuid.UUID | None:
    return None if value is None else uuid.UUID(bytes=value)


class UUIDBytes(TypeDecorator[uuid.UUID]):
    """A UUID kept as its 16 bytes."""

    impl = LargeBinary(16)
    cache_ok = True

    def process_bind_param(self, value: uuid.UUID | None, dialect: Dialect) -> bytes | None:
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> uuid.UUID | None:
        return _uuid_of(value)

    def result_processor(self, dialect: Dialect,
                         coltype: object) -> Callable[[Any], uuid.UUID | None]:
        # Straight from the driver's bytes: lists of thousands of lines hold three ids a line.
        return _uuid_of


class JsonList(TypeDecorator[list[str]]):
    """A list of codes or ids, kept as JSON text with a fixed form, so that equal lists are equal
    bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> str | None:
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> list[str] | None:
        return None if value is None else msgspec.json.decode(value, type=list[str])


class Base(DeclarativeBase):
    """Every table of the vault; constraint names are fixed so that migrations can speak of them."""

    metadata = MetaData(naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    })


@dataclass(frozen=True)
class Field:
    """One synced field of a record, as forms, the command line and the wire know it.

    `kind` is one of text, integer, boolean, date, datetime, month, reference, references, code,
    codes, bytes. `choices` names a list of `models.choices` (or a vocabulary, after "term:").
    `references` names a kind of record.
    `keep_conflicts`: a value that loses to a concurrent edit is kept and can be restored.
    `travels` is false for what stays on this device.
    """

    name: str
    kind: str
    label: str
    required: bool = False
    choices: str = ""
    references: str = ""
    keep_conflicts: bool = False
    travels: bool = True


def _column(column_type: Any, field: Field, index: bool = False) -> MappedColumn[Any]:
    return mapped_column(column_type, nullable=True, index=index or None, info={"field": field})


def text(label: str, *, required: bool = False, keep_conflicts: bool = False) -> MappedColumn[Any]:
    """Return a text of any length."""
    return _column(Text, Field("", "text", label, required, keep_conflicts=keep_conflicts))


def code(label: str, choices: str, *, required: bool = False) -> MappedColumn[Any]:
    """One code of a fixed list, or of a vocabulary ("term:criteria")."""
    return _column(Text, Field("", "code", label, required, choices))


def codes(label: str, choices: str) -> MappedColumn[Any]:
    """Several codes."""
    return _column(JsonList, Field("", "codes", label, choices=choices))


def integer(label: str, *, required: bool = False) -> MappedColumn[Any]:
    """Declare a whole number (money is in cents)."""
    return _column(Integer, Field("", "integer", label, required))


def boolean(label: str) -> MappedColumn[Any]:
    """Yes, no, or not answered."""
    return _column(Boolean(create_constraint=False), Field("", "boolean", label))


def day(label: str, *, required: bool = False, index: bool = False) -> MappedColumn[Any]:
    """Return a day, ISO 8601 text (2026-03-12)."""
    return _column(Text, Field("", "date", label, required), index)


def moment(label: str, *, required: bool = False, index: bool = False) -> MappedColumn[Any]:
    """Return a local date and time without zone, ISO 8601 text to the minute (2026-03-12T14:30)."""
    return _column(Text, Field("", "datetime", label, required), index)


def month(label: str, *, required: bool = False) -> MappedColumn[Any]:
    """Return a month, ISO 8601 text (2026-03)."""
    return _column(Text, Field("", "month", label, required))


def reference(label: str, kind: str, *, required: bool = False,
              index: bool = False) -> MappedColumn[Any]:
    """Return the id of another record. Never a foreign key: the other may arrive later, or
    never."""
    return _column(UUIDBytes, Field("", "reference", label, required, references=kind), index)


def references(label: str, kind: str) -> MappedColumn[Any]:
    """Ids of other records, as text."""
    return _column(JsonList, Field("", "references", label, references=kind))


def blob(label: str) -> MappedColumn[Any]:
    """Bytes (base64 in JSON)."""
    return _column(LargeBinary, Field("", "bytes", label))


RECORDS: "dict[str, type[Record]]" = {}
"""Every kind of record, by its name."""

_FIELDS: "dict[type[Record], tuple[Field, ...]]" = {}


class Record(Base):
    """The base of all that is synced.

    `__area__`: the word that screens watch. `__channel__`: in which channel a new one travels.
    `__search__`: the fields that are indexed, the title first. `__anonymous__`: random id, stamps
    floored to the month, author kept here only.
    `__parent__`: the reference to what it belongs to; what belongs to a confidential group travels
    in its channel.
    `__follows__`: it travels as its parent does, whichever channel that is.

    What has a parent may travel in several channels: its id tells in which (`in_channel`).
    """

    __abstract__ = True
    __area__: ClassVar[str]
    __channel__: ClassVar[str] = COMMON
    __search__: ClassVar[tuple[str, ...]] = ()
    __anonymous__: ClassVar[bool] = False
    __parent__: ClassVar[str | None] = None
    __follows__: ClassVar[bool] = False

    id: Mapped[uuid.UUID] = mapped_column(UUIDBytes, primary_key=True)
    channel: Mapped[str] = mapped_column(Text, nullable=False)
    deleted: Mapped[bool | None] = mapped_column(
        Boolean(create_constraint=False), nullable=True,
        info={"field": Field("deleted", "boolean", "Deleted")})
    deleted_stamp: Mapped[bytes | None] = mapped_column(LargeBinary(16), nullable=True,
                                                        deferred=True,
                                                        deferred_group="stamps")
    created_by_id: Mapped[uuid.UUID | None] = mapped_column(
        UUIDBytes, nullable=True,
        info={"field": Field("created_by_id", "reference", "Written by", references="person")})
    created_by_id_stamp: Mapped[bytes | None] = mapped_column(LargeBinary(16), nullable=True,
                                                              deferred=True,
                                                              deferred_group="stamps")

    def __init_subclass__(cls, **kwargs: Any) -> None:
        kind = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        cls.__tablename__ = kind
        for name, column in list(cls.__dict__.items()):
            if isinstance(column, MappedColumn) and "field" in column.column.info:
                stamp: MappedColumn[Any] = mapped_column(LargeBinary(16), nullable=True,
                                                         deferred=True,
                                                         deferred_group="stamps")
                setattr(cls, name + STAMP, stamp)
                cls.__annotations__[name + STAMP] = Mapped[bytes | None]
        super().__init_subclass__(**kwargs)
        RECORDS[kind] = cls
        table = cls.metadata.tables[kind]
        # The bin and the purge look for the few deleted among all.
        Index(f"ix_{kind}_deleted", table.c.id, sqlite_where=table.c.deleted.is_(True))

    @classmethod
    def kind_name(cls) -> str:
        """Return the name of this kind of record, which is also its table's."""
        return str(cls.__tablename__)


def fields_of(cls: type[Record]) -> tuple[Field, ...]:
    """Return the synced fields of a kind in their declared order; the author does not travel with
    anonymous records."""
    known = _FIELDS.get(cls)
    if known is None:
        found = []
        for column in cls.__table__.columns:
            field: Field | None = column.info.get("field")
            if field is not None:
                travels = not (cls.__anonymous__ and column.name == "created_by_id")
                found.append(replace(field, name=column.name, travels=travels))
        common = [f for f in found if f.name in ("deleted", "created_by_id")]
        known = _FIELDS[cls] = tuple([f for f in found if f not in common] + common)
    return known


def derived_id(table: str, *keys: object) -> uuid.UUID:
    """Return the id of a row that two devices must make alike: uuid5 (RFC 9562) over the table and
    its keys.

    It is one of the channel of all: `beside` and `in_channel` make it one of another.
    """
    return uuid.uuid5(_NAMESPACE, "\x1f".join([table, *(str(key) for key in keys)]))
