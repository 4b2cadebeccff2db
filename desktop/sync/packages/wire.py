"""Records on the wire: values written from what SQLite gives, and batches judged whole before any
of them is merged."""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import NoneType
from typing import Any

import msgspec

from desktop.base.clock import ERASED, LAST
from desktop.models.record import (
    CHANNELS,
    COMMON,
    INTERNAL,
    OBSERVATORY,
    RECORDS,
    fields_of,
    group_of,
)
from desktop.sync.packages import bounds
from desktop.sync.packages.package import RefusedError, Rows

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(_DAY.pattern + "T[0-9]{2}:[0-9]{2}")
_VARIABLE = {
    "note_block": frozenset({COMMON, INTERNAL, OBSERVATORY}),
    # Born in a restricted line; frozen for an audience.
    "action": frozenset({COMMON, INTERNAL, OBSERVATORY}),
    "decision": frozenset({COMMON, INTERNAL, OBSERVATORY}),
    "minutes_version": frozenset({COMMON, INTERNAL}),
    # With the record that is to be erased.
    "erasure_request": frozenset({COMMON, INTERNAL, OBSERVATORY}),
}

Column = Sequence[Any]


def channel_fits(kind: str, channel: str) -> bool:
    """Whether records of this kind may travel in this channel; in a confidential group's, all that
    can belong to a group."""
    cls = RECORDS[kind]
    if group_of(channel) is not None:
        return cls.__parent__ is not None
    if cls.__follows__:
        return channel in CHANNELS
    return channel in _VARIABLE[kind] if kind in _VARIABLE else cls.__channel__ == channel


def to_wire(kind: str, value: Any) -> Any:
    """Return a stored value (as SQLite gives it) for JSON."""
    if value is None:
        return None
    if kind == "reference":
        return bytes(value).hex()
    if kind == "bytes":
        return base64.b64encode(value).decode()
    if kind == "boolean":
        return bool(value)
    if kind in ("codes", "references"):
        return msgspec.json.decode(value)
    return value


# From the wire: a column at a time, what repeats in it looked at once

def _checked(allowed: type, column: Column) -> Column:
    if set(map(type, column)) - {allowed, NoneType}:
        raise RefusedError("a value has the wrong type")
    return column


def _texts(column: Column) -> Column:
    return _checked(str, column)


def _dates(form: re.Pattern[str], column: Column) -> Column:
    for value in set(_texts(column)):
        if value is not None:
            if not form.fullmatch(value):
                raise RefusedError("a date is malformed")
            datetime.fromisoformat(value)  # ValueError for a day that does not exist.
    return column


def _months(column: Column) -> Column:
    for value in set(_texts(column)):
        if value is not None and not _MONTH.fullmatch(value):
            raise RefusedError("a month is malformed")
    return column


def _integers(column: Column) -> Column:
    for value in set(_checked(int, column)):
        if value is not None and not -2**63 <= value < 2**63:
            raise RefusedError("a number is too large")
    return column


def _from_hex(column: Column) -> Column:
    out = [None if value is None else bytes.fromhex(value) for value in column]
    if {len(value) for value in out if value is not None} - {16}:
        raise RefusedError("an id has the wrong length")
    return out


def _lists(column: Column) -> Column:
    for value in column:
        if value is not None and (type(value) is not list
                                  or not all(type(item) is str for item in value)):
            raise RefusedError("a value has the wrong type")
    return [None if value is None else msgspec.json.encode(value).decode() for value in column]


_FROM_WIRE: dict[str, Callable[[Column], Column]] = {
    "reference": _from_hex,
    "bytes": lambda column: [None if v is None else base64.b64decode(v, validate=True)
                             for v in column],
    "boolean": lambda column: _checked(bool, column),
    "integer": _integers,
    "date": lambda column: _dates(_DAY, column),
    "month": _months,
    "datetime": lambda column: _dates(_MOMENT, column),
    "codes": _lists,
    "references": _lists,
}


@dataclass(frozen=True)
class CheckedRows:
    """A batch that is well formed: its records, and the columns of the fields that this version
    knows.

    `marked`: the records whose tombstone bears the mark of what was erased for good.
    """

    ids: list[bytes]
    stamps: list[list[bytes]]
    positions: list[int]
    columns: list[Column]
    marked: list[bytes]


def checked(batch: Rows, channel: str) -> CheckedRows:
    """Return a batch judged whole, nothing applied; RefusedError where it is malformed or may not
    travel in this channel."""
    if len(set(batch.fields)) != len(batch.fields):
        raise RefusedError("a field comes twice")
    width = len(batch.fields) + 2
    if set(map(len, batch.rows)) - {width}:
        raise RefusedError("a row has the wrong width")
    given = list(zip(*batch.rows, strict=True)) or [()] * width
    try:
        ids = list(map(bytes.fromhex, given[0]))
        stamps = _stamp_columns(given[1], len(batch.fields)) if ids else []
    except (ValueError, TypeError) as error:
        raise RefusedError("a stamp or an id is malformed") from error
    if set(map(len, ids)) - {16}:
        raise RefusedError("an id has the wrong length")
    cls = RECORDS.get(batch.table)
    known = {f.name: f for f in fields_of(cls)} if cls is not None else {}
    positions = [i for i, name in enumerate(batch.fields) if name in known and known[name].travels]
    if ids and cls is not None and not channel_fits(batch.table, channel):
        raise RefusedError("records of this kind do not travel in this channel")
    if not ids or not positions:
        return CheckedRows(ids, stamps, [], [], [])
    try:
        columns = [_FROM_WIRE.get(known[batch.fields[i]].kind, _texts)(given[i + 2])
                   for i in positions]
    except (ValueError, TypeError, binascii.Error) as error:
        raise RefusedError("a value is malformed") from error
    marked = _marked([batch.fields[i] for i in positions], columns, [stamps[p] for p in positions],
                     ids)
    return CheckedRows(ids, stamps, positions, columns, marked)


class UnknownValues:
    """How many values of a package this version does not know.

    `room`: how many its author may add to those kept here. `besides`: a table that is read in a way
    of its own.
    """

    def __init__(self, room: int = bounds.UNKNOWN_OF_ONE, besides: str = "") -> None:
        self.unknown = 0
        self._besides = besides
        self._room = min(room, bounds.UNKNOWN)

    def over(self, body: Iterable[Rows]) -> Iterator[Rows]:
        """Yield the batches of a package as they come; RefusedError where they hold too many such
        values."""
        for batch in body:
            self.unknown += (len(batch.rows) * _unknown_fields(batch)
                             if batch.table != self._besides
                             else 0)
            if self.unknown > self._room:
                raise RefusedError(bounds.TOO_NEW)
            yield batch


def _unknown_fields(batch: Rows) -> int:
    cls = RECORDS.get(batch.table)
    known = {f.name for f in fields_of(cls)} if cls is not None else set()
    return len(set(batch.fields) - known)


def _stamp_columns(values: Column, count: int) -> list[list[bytes]]:
    """One column of stamps a field, from one stamp a row or one a field of the row."""
    if set(map(type, values)) == {str}:
        # The same list for each field: what looks at it need look once.
        columns = [list(map(bytes.fromhex, values))] * count
    else:
        rows = [[bytes.fromhex(value)] * count if isinstance(value, str)
                else [bytes.fromhex(one) for one in value]
                for value in values]
        if any(len(row) != count for row in rows):
            raise ValueError
        columns = [list(column) for column in zip(*rows, strict=True)]
    if any(set(map(len, column)) != {16} or max(column)[:8] > LAST
           for column in _distinct(columns)):
        raise ValueError
    return columns


def _distinct(columns: list[list[bytes]]) -> list[list[bytes]]:
    return list({id(column): column for column in columns}.values())


def _marked(names: list[str], columns: list[Column], stamps: list[list[bytes]],
            ids: list[bytes]) -> list[bytes]:
    """Return the records whose tombstone bears the mark; RefusedError where a value does, which
    could never be taken away."""
    if not any(ERASED in given for given in _distinct(stamps)):
        return []
    for name, column, given in zip(names, columns, stamps, strict=True):
        if any(value is not (True if name == "deleted" else None)
               for value, stamp in zip(column, given, strict=True) if stamp == ERASED):
            raise RefusedError("an erased field has a value")
    if "deleted" not in names:
        return []
    return [record_id for record_id, stamp in zip(ids, stamps[names.index("deleted")], strict=True)
            if stamp == ERASED]
