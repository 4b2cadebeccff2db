"""What changed in a record and in what belongs to it: which field, what it says since, who wrote
it, when."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer_group

from desktop.base.clock import stamp_ms, stamp_writer
from desktop.base.dates.french import long_date
from desktop.base.money import euros
from desktop.models.choices import label as choice_label
from desktop.models.record import RECORDS, STAMP, Field, Record, fields_of
from desktop.queries.actions import day_of
from desktop.queries.bin import title_of, writers_of
from desktop.queries.observations import TermLabels, words_of
from desktop.vault.identity import Identity

LONGEST = 140
"""Characters of a text that a line shows."""
_LAST = 32_503_680_000
"""Seconds: a clock far ahead may have stamped a year that no calendar has."""


@dataclass(frozen=True)
class HistoryEntry:
    """What was written at one moment by one person in one record.

    `kind`: of the record itself, or of a part of it. `fields`: (label in English, as fields are;
    words; untranslated code of a yes or no, "" otherwise). `first`: these are the oldest values
    that are still there, those of its beginning.
    """

    at: datetime
    by: str
    kind: str
    record_id: uuid.UUID
    fields: tuple[tuple[str, str], ...]
    first: bool
    deleted: bool = False


def history_of(session: Session, identity: Identity, language: str, kind: str, record_id: uuid.UUID,
               parts: Sequence[tuple[str, str]] = ()) -> list[HistoryEntry]:
    """Tell the changes of a record, the last first; empty for what is anonymous, of which nobody is
    told who wrote it.

    `parts`: (kind, name of the field that says to what it belongs) of what is told with it. Of each
    field its last value is known, and not those before: a vault keeps no text that was replaced.
    """
    if RECORDS[kind].__anonymous__:
        return []
    writers, words = writers_of(session, identity), words_of(session, language)
    found: list[HistoryEntry] = []
    for one, owner in ((kind, "id"), *parts):
        cls = RECORDS[one]
        for record in session.scalars(select(cls).where(getattr(cls, owner) == record_id)
                                      .options(undefer_group("stamps"))):
            found.extend(_changes(session, record, writers, words, owner))
    return sorted(found, key=lambda change: (change.at, change.kind, str(change.record_id)),
                  reverse=True)


def _changes(session: Session, record: Record, writers: dict[bytes, str], words: TermLabels,
             owner: str) -> list[HistoryEntry]:
    by_stamp: dict[bytes, list[tuple[str, str]]] = {}
    for field in fields_of(type(record)):
        stamp = getattr(record, field.name + STAMP)
        if stamp is None or field.name in (owner, "created_by_id"):
            continue
        lines = by_stamp.setdefault(stamp, [])
        if field.name != "deleted":
            lines.append(
                (field.label, value_words(session, field, getattr(record, field.name), words)))
    first = min(by_stamp, default=None)
    return [
        HistoryEntry(datetime.fromtimestamp(min(stamp_ms(stamp) / 1000, _LAST), UTC).astimezone(),
               writers.get(stamp_writer(stamp), ""), record.kind_name(), record.id,
               tuple((label, said) for label, said in lines if said or stamp != first),
               stamp == first, bool(record.deleted) and stamp == record.deleted_stamp)
            for stamp, lines in by_stamp.items()]


def value_words(session: Session, field: Field, value: Any, words: TermLabels) -> str:
    """Say what a field holds, as a line shows it; empty for nothing."""
    if value is None or value == "" or value == []:
        return ""
    if field.kind in ("references", "codes"):
        single = Field(field.name, field.kind.removesuffix("s"), field.label, choices=field.choices,
                       references=field.references)
        return ", ".join(value_words(session, single, each, words) for each in value)
    if field.kind == "reference":
        other = session.get(RECORDS[field.references],
                            value if isinstance(value, uuid.UUID) else uuid.UUID(value))
        return title_of(session, other, words) if other is not None else ""
    if field.kind == "code":
        if field.choices.startswith("term:"):
            return words.term(field.choices.removeprefix("term:"), value)
        return (words.place(value) if field.choices.startswith("place:")
                else choice_label(field.choices, value))
    if field.kind == "date":
        day = day_of(value)
        return long_date(day, weekday=False) if day is not None else str(value)
    if field.name.endswith("cents"):
        return euros(value)
    said = str(value) if not isinstance(value, bool) else json.dumps(value)
    return said if len(said) <= LONGEST else f"{said[:LONGEST - 1].rstrip()}…"
