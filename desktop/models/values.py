"""Record values as JSON and back: the same field names and forms both ways, checked with a clear
sentence."""

import base64
import binascii
import re
import uuid
from datetime import date, datetime
from typing import Any

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.choices import codes_of
from desktop.models.record import RECORDS, Field, Record, beside, derived_id, fields_of

MAX_TEXT = 1_000_000
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")

_DERIVED: dict[str, tuple[tuple[str, ...], ...]] = {
    "attendance": (("meeting_id", "person_id"),),
    "attendance_slot": (("meeting_id", "person_id", "slot"),),
    "membership": (("group_id", "person_id"), ("group_id", "organisation_id")),
    "validation": (("action_id", "party"),),
    "term": (("vocabulary", "code"),),
    "place": (("kind", "code"),),
    "feedback": (("handle",),),
}
"""Kinds whose id two devices must make alike, with the keys that make it."""


def record_class(kind: str) -> type[Record]:
    """Return the class of a kind; AppError when there is no such kind."""
    found = RECORDS.get(kind)
    if found is None:
        raise AppError(_("There is no kind of record called {kind}.").format(kind=kind),
                       _("`carnet kinds` lists them."))
    return found


def id_from_keys(cls: type[Record], values: dict[str, Any]) -> uuid.UUID | None:
    """Return the derived id of a record with these (typed) values, or None where ids are not
    derived."""
    for keys in _DERIVED.get(cls.kind_name(), ()):
        parts = [values.get(key) for key in keys]
        if all(part is not None for part in parts):
            made = derived_id(cls.kind_name(), *parts)
            return beside(made, values[cls.__parent__]) if cls.__parent__ in keys else made
    return None


def to_json(record: Record) -> dict[str, Any]:
    """All fields of a record, as JSON values."""
    out: dict[str, Any] = {"id": str(record.id), "kind_of_record": record.kind_name()}
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        if isinstance(value, uuid.UUID):
            value = str(value)
        elif isinstance(value, bytes):
            value = base64.b64encode(value).decode()
        out[field.name] = value
    return out


def from_json(cls: type[Record], values: dict[str, Any], *, whole: bool) -> dict[str, Any]:
    """Typed values from JSON ones; AppError names the field that is wrong. `whole`: mandatory
    fields must be there."""
    known = {field.name: field for field in fields_of(cls)}
    typed: dict[str, Any] = {}
    for name, value in values.items():
        if name in ("id", "kind_of_record"):
            continue
        if name not in known:
            raise AppError(_("{kind} has no field called {name}.")
                           .format(kind=cls.kind_name(), name=name),
                           _("`carnet kinds` lists the fields."), field=name)
        typed[name] = _typed(known[name], value)
        if value is None or value == "":
            _refuse_empty(known[name])
    if whole:
        for field in known.values():
            if field.required and typed.get(field.name) in (None, ""):
                _refuse_empty(field)
    return typed


def _refuse_empty(field: Field) -> None:
    if field.required:
        raise AppError(_("{name} is mandatory.").format(name=field.name), field=field.name)


def _typed(field: Field, value: Any) -> Any:
    if value is None:
        return None
    reader = _READERS[field.kind]
    try:
        return reader(field, value)
    except (ValueError, TypeError, AttributeError, binascii.Error) as error:
        raise AppError(_("{name}: {value} is not valid here; {expected} is expected.").format(
            name=field.name, value=repr(value)[:80], expected=_expected(field)),
                       field=field.name) from error


def _expected(field: Field) -> str:
    words = {
        "text": _("a text"), "integer": _("a whole number"), "boolean": _("true or false"),
        "date": _("a date (2026-03-12)"), "datetime": _("a date and time (2026-03-12T14:30)"),
        "month": _("a month (2026-03)"), "reference": _("the id of a record"),
        "references": _("a list of ids"), "codes": _("a list of codes"), "bytes": _("base64"),
    }
    fixed = codes_of(field.choices)
    if field.kind == "code":
        return _("one of {codes}").format(codes=", ".join(fixed)) if fixed else _("a code")
    return words[field.kind]


def _text(field: Field, value: Any) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT or "\x00" in value:
        raise ValueError
    value.encode()  # a lone surrogate would be refused later, by the database
    return value


def _integer(field: Field, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**63:
        raise ValueError
    return value


def _boolean(field: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _date(field: Field, value: Any) -> str:
    return date.fromisoformat(_text(field, value)).isoformat()


def _datetime(field: Field, value: Any) -> str:
    moment = datetime.fromisoformat(_text(field, value))
    if moment.tzinfo is not None:
        raise ValueError
    return moment.isoformat(timespec="minutes")


def _month(field: Field, value: Any) -> str:
    if not _MONTH.fullmatch(_text(field, value)):
        raise ValueError
    return str(value)


def _reference(field: Field, value: Any) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(_text(field, value))


def _references(field: Field, value: Any) -> list[str]:
    return [str(_reference(field, item)) for item in _list(value)]


def _code(field: Field, value: Any) -> str:
    fixed = codes_of(field.choices)
    if fixed and value not in fixed:
        raise ValueError
    return _text(field, value)


def _codes(field: Field, value: Any) -> list[str]:
    return [_code(field, item) for item in _list(value)]


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError
    return value


def _bytes(field: Field, value: Any) -> bytes:
    return (value if isinstance(value, bytes)
            else base64.b64decode(_text(field, value), validate=True))


_READERS = {
    "text": _text, "integer": _integer, "boolean": _boolean, "date": _date, "datetime": _datetime,
    "month": _month,
    "reference": _reference, "references": _references, "code": _code, "codes": _codes,
    "bytes": _bytes,
}
