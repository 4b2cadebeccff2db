"""What two people wrote at the same time in one field, each without the other's words: kept until
somebody chooses."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from desktop.base.clock import stamp_ms, stamp_writer
from desktop.models.record import RECORDS, STAMP, Record, fields_of
from desktop.models.sync import Version
from desktop.queries.bin import title_of, writers_of
from desktop.queries.observations import words_of
from desktop.vault.identity import Identity


@dataclass(frozen=True)
class Wording:
    """One of the texts: whose it is and when it was written, as far as that may be known."""

    text: str
    by: str
    at: datetime | None
    in_force: bool


@dataclass(frozen=True)
class TwoVersions:
    """One field of one record with its texts, the one in force first; there may be more than
    two."""

    kind: str
    record_id: uuid.UUID
    record: str
    field: str
    label: str
    wordings: tuple[Wording, ...]


def two_versions_of(session: Session, identity: Identity, language: str, kind: str | None = None,
                    record_id: uuid.UUID | None = None) -> list[TwoVersions]:
    """Return what waits for a choice: everywhere, or in one record. `label` is in English, as
    fields are."""
    query = select(Version)
    if kind is not None and record_id is not None:
        query = query.where(Version.kind == kind, Version.record_id == record_id.bytes)
    kept: dict[tuple[str, bytes, str], dict[bytes, str]] = {}
    for row in session.scalars(query):
        kept.setdefault((row.kind, row.record_id, row.field), {})[row.stamp] = row.value or ""
    if not kept:
        return []
    writers, words = writers_of(session, identity), words_of(session, language)
    found = []
    for (one, id_bytes, name), texts in kept.items():
        cls = RECORDS.get(one)
        record = _record(session, cls, id_bytes, name) if cls is not None else None
        if cls is None or record is None or record.deleted:
            continue
        current = getattr(record, name + STAMP)
        own = str(getattr(record, name) or "")
        others = {stamp: text for stamp, text in sorted(texts.items(), reverse=True)
                  if text and text != own}
        if current not in texts or not others:
            continue
        label = next(field.label for field in fields_of(cls) if field.name == name)
        wordings = [_wording(cls, writers, current, own, True)]
        wordings += [_wording(cls, writers, stamp, text, False)
                     for stamp, text in {text: (stamp, text) for stamp, text in others.items()}
                     .values()]
        found.append(TwoVersions(one, record.id, title_of(session, record, words), name, label,
                                 tuple(wordings)))
    return sorted(found, key=lambda two: (two.kind, two.record, two.field))


def _record(session: Session, cls: type[Record], id_bytes: bytes, name: str) -> Record | None:
    if not any(field.name == name for field in fields_of(cls)):
        return None
    return session.get(cls, uuid.UUID(bytes=id_bytes),
                       options=[undefer(getattr(cls, name + STAMP))])


def _wording(cls: type[Record], writers: dict[bytes, str], stamp: bytes, text: str,
             in_force: bool) -> Wording:
    if cls.__anonymous__:
        # The stamp tells the month alone, and nobody.
        return Wording(text, "", None, in_force)
    # A clock far ahead may have stamped a year that no calendar has.
    seconds = min(stamp_ms(stamp) / 1000, 32_503_680_000)
    return Wording(text, writers.get(stamp_writer(stamp), ""),
                   datetime.fromtimestamp(seconds, UTC).astimezone(), in_force)
