"""What a search can be narrowed by: the kind of a record, its day, the people it refers to, as
words of the index.

Each facet is a word that begins with a character nobody types, so that no word sought is ever
mistaken for one.
"""

import uuid
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from desktop.models.record import RECORDS, fields_of

_SIGN = "\ue002"
_FIRST, _LAST = date(1900, 1, 1), date(2099, 12, 31)
_DAYS = {"meeting": ("starts_at",), "action": ("due_on", "starts_on"), "follow_up": ("on",),
         "observation": ("month",),
         "referral": ("opened_month",)}
"""The fields that date a record of the kind, the first that is filled; others are dated by the day
of their writing."""
IN_MEETING = frozenset({"agenda_item", "decision", "note_block"})
"""Kinds that bear the day of their meeting."""
GATHERED = {"attendance": ("meeting", "meeting_id"), "membership": ("group", "group_id")}
"""Kinds whose people are looked for in the record that they belong to."""


def rank(kind: str) -> tuple[int, str]:
    """Sorts kinds as they are best read: each entry of the index is then written once.

    First what is gathered in the entry of another, then the meetings, whose day their parts bear.
    """
    return (0 if kind in GATHERED or kind == "note_update" else 1 if kind == "meeting" else 2), kind


def columns_of(kind: str) -> tuple[str, ...]:
    """Return the columns that `facets_of` wants of a record of this kind, besides its id."""
    return (*_person_columns(kind), *_DAYS.get(kind, ()),
            *(("meeting_id",) if kind in IN_MEETING else ()))


def _person_columns(kind: str) -> tuple[str, ...]:
    cls = RECORDS[kind]
    # Nobody is tied to an anonymous record, not even its author on the device where it was written.
    if cls.__anonymous__:
        return ()
    return tuple(f.name for f in fields_of(cls)
                 if f.references == "person" and f.kind == "reference")


def facets_of(connection: Connection, kind: str,
              rows: dict[bytes, tuple[Any, ...]]) -> dict[bytes, str]:
    """Return the facets of some records of a kind: id -> words. `rows` gives the values of
    `columns_of`."""
    people = len(_person_columns(kind))
    gathered = _gathered(connection, kind, rows)
    days = (_days_of_meetings(connection, {row[-1] for row in rows.values()}) if kind in IN_MEETING
            else {})
    found = {}
    for record_id, row in rows.items():
        named = {bytes(value) for value in row[:people]
                 if value is not None} | gathered.get(record_id, set())
        if kind == "person":
            named.add(record_id)
        if kind in IN_MEETING:
            day = days.get(bytes(row[-1])) if row[-1] is not None else None
        else:
            day = next((value for value in row[people:] if value), None)
            if day is None and not RECORDS[kind].__anonymous__:
                day = _day_of_id(record_id)
        found[record_id] = " ".join(
            [kind_word(kind), *sorted(map(person_word, named)), *_day_words(day or "")])
    return found


def _gathered(connection: Connection, kind: str, ids: Iterable[bytes]) -> dict[bytes, set[bytes]]:
    found: dict[bytes, set[bytes]] = {}
    wanted = tuple(ids)
    marks = ",".join("?" * len(wanted))
    for child, (parent, name) in GATHERED.items():
        if parent != kind:
            continue
        columns = [c for c in _person_columns(child) if c != "created_by_id"]
        quoted = ", ".join(f'"{column}"' for column in columns)
        for row in connection.exec_driver_sql(
                f'SELECT "{name}", {quoted} FROM "{child}" WHERE "{name}" IN ({marks}) AND deleted '
                f'IS NOT 1', wanted):
            found.setdefault(bytes(row[0]),
                             set()).update(bytes(value) for value in row[1:] if value is not None)
    return found


def _days_of_meetings(connection: Connection, ids: set[bytes | None]) -> dict[bytes, str]:
    wanted = tuple(i for i in ids if i is not None)
    marks = ",".join("?" * len(wanted))
    return {bytes(row[0]): row[1] or "" for row in connection.exec_driver_sql(
        f"SELECT id, starts_at FROM meeting WHERE id IN ({marks})", wanted)}


def _day_of_id(record_id: bytes) -> str:
    """Return the day on which an id was made, where it tells one (RFC 9562, version 7)."""
    if uuid.UUID(bytes=record_id).version != 7:
        return ""
    moment = datetime.fromtimestamp(min(int.from_bytes(record_id[:6], "big") / 1000, 4e9), UTC)
    return moment.astimezone().date().isoformat()


def _day_words(day: str) -> list[str]:
    figures = day[:10].replace("-", "")
    if len(figures) not in (6, 8):
        return []
    exact = f"{_SIGN}d{figures}" if len(figures) == 8 else f"{_SIGN}u{figures}"
    return [exact, f"{_SIGN}m{figures[:6]}", f"{_SIGN}y{figures[:4]}", f"{_SIGN}t{figures[:3]}"]


def kind_word(kind: str) -> str:
    """Return the facet of a kind."""
    return f"{_SIGN}k{kind.replace('_', '')}"


def person_word(person: bytes) -> str:
    """Return the facet of a person that a record refers to."""
    return f"{_SIGN}p{person.hex()}"


def span_words(since: date | None, before: date | None) -> list[str]:
    """Return the facets of the days from `since` on, to the day before `before`: whole decades,
    years and months where they fit.

    Records that tell the month alone are in the span where a day of their month is.
    """
    at, last = max(since or _FIRST,
                   _FIRST), min((before - timedelta(days=1)) if before else _LAST, _LAST)
    words: list[str] = []
    while at <= last:
        word, end = _widest(at, last)
        unknown = f"{_SIGN}u{at:%Y%m}"
        if end == at and unknown not in words:
            words.append(unknown)
        words.append(word)
        at = end + timedelta(days=1)
    return words


def _widest(at: date, last: date) -> tuple[str, date]:
    """Return the facet of the longest span that begins on this day and ends by `last`, and its last
    day."""
    if at.day > 1:
        return f"{_SIGN}d{at:%Y%m%d}", at
    spans = [("d", f"{at:%Y%m%d}", at),
             ("m", f"{at:%Y%m}", at.replace(day=monthrange(at.year, at.month)[1]))]
    if at.month == 1:
        spans.append(("y", f"{at:%Y}", date(at.year, 12, 31)))
        if at.year % 10 == 0:
            spans.append(("t", f"{at.year // 10}", date(at.year + 9, 12, 31)))
    sign, figures, end = max((span for span in spans if span[2] <= last), key=lambda span: span[2])
    return f"{_SIGN}{sign}{figures}", end
