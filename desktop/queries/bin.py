"""The corbeille: what was deleted and is not erased yet, in words, when, from whose computer, and
for how long."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from desktop.base.clock import stamp_ms, stamp_writer
from desktop.models.authority import Verb, may
from desktop.models.choices import CHOICES, label
from desktop.models.directory import Person
from desktop.models.record import RECORDS, Record, fields_of
from desktop.models.sync import Seen, TrustFile
from desktop.privacy.retention import KEPT_DAYS
from desktop.queries.names import display_name, person_names
from desktop.queries.observations import TermLabels, words_of
from desktop.queries.purge import asked_of, days_of, deleted_of
from desktop.vault.identity import Identity

_WORDS = {
    "action": ("title",), "agenda_item": ("title", "meeting_id"), "attachment": ("name",),
    "attendance": ("person_id", "meeting_id"), "axis": ("title",), "collective": ("name",),
    "commitment": ("organisation_id",), "decision": ("text", "meeting_id"), "dispositif": ("name",),
    "follow_up": ("text", "action_id"), "group": ("name",), "indicator": ("label",),
    "internship_offer": ("organisation_id", "domain", "level"),
    "internship_request": ("code", "level"),
    "internship_application": ("request_id", "offer_id", "organisation_id"),
    "meeting": ("title",), "membership": ("person_id", "organisation_id", "group_id"),
    "note_block": ("meeting_id",),
    "notice": ("text", "action_id"), "objective": ("title",),
    "observation": ("domain", "principal_criterion"),
    "organisation": ("name",), "place": ("name",), "plan": ("name",),
    "referral": ("case_code", "organisation_id"), "referral_step": ("text",),
    "resource": ("title",),
    "resource_loan": ("resource_id", "organisation_id", "person_id"),
    "resource_use": ("resource_id", "organisation_id"),
    "reminder": ("organisation_id", "party", "action_id"), "sheet": ("meeting_id",),
    "training": ("title",), "term": ("label_fr",), "validation": ("action_id",),
}
_PIECES = frozenset({"note_update", "erasure_request"})
"""Kinds that are pieces of another record, and mean nothing to a reader by themselves."""


@dataclass(frozen=True)
class BinRow:
    """One deleted record. `day_known` is false where the stamp tells the month alone, and then
    nobody is named.

    `days_left` until it is erased for good. `may_erase`: this computer may do so now; `asked`:
    somebody asked the coordination to.
    """

    id: uuid.UUID
    kind: str
    words: str
    deleted_at: datetime
    day_known: bool
    by: str
    days_left: int = KEPT_DAYS
    may_erase: bool = True
    asked: bool = False


def bin_of(session: Session, now: datetime, language: str, identity: Identity) -> list[BinRow]:
    """Return what can be brought back at `now` (with a time zone), the last deleted first."""
    deleted = deleted_of(session)
    days = days_of(session, round(now.timestamp() * 1000))
    writers = writers_of(session, identity)
    words = words_of(session, language)
    asked = asked_of(session)
    rows = []
    for kind, cls in RECORDS.items():
        if kind in _PIECES:
            continue
        ids = [uuid.UUID(bytes=record_id) for one, record_id in deleted if one == kind]
        for record in _with_ids(session, cls, ids):
            stamp = record.deleted_stamp
            if stamp is None:
                continue
            # A clock far ahead may have stamped a year that no calendar has.
            moment = datetime.fromtimestamp(min(stamp_ms(stamp) / 1000, now.timestamp()), UTC)
            rows.append(BinRow(record.id, kind, title_of(session, record, words), moment,
                               not cls.__anonymous__,
                               "" if cls.__anonymous__ else writers.get(stamp_writer(stamp), ""),
                               days.get(record.id, KEPT_DAYS),
                               may(identity.roles, kind, Verb.ERASE, channel=record.channel),
                               record.id in asked))
    return sorted(rows, key=lambda row: row.deleted_at, reverse=True)


def _with_ids(session: Session, cls: type[Record], ids: list[uuid.UUID]) -> Iterator[Record]:
    for start in range(0, len(ids), 500):
        yield from session.scalars(select(cls).where(cls.id.in_(ids[start:start + 500]))
                                   .options(undefer(cls.deleted_stamp)))


def writers_of(session: Session, identity: Identity) -> dict[bytes, str]:
    """Return the person behind each writer, or the name of the computer."""
    people = {str(person): name for person, name in person_names(session).items()}
    trust = session.scalars(select(TrustFile).order_by(TrustFile.number.desc()).limit(1)).first()
    devices = {device["key"]: people.get(device["person_id"], device["name"])
               for device in (json.loads(trust.roster)["devices"] if trust else ())}
    known = {seen.writer: devices.get(seen.device, "") for seen in session.scalars(select(Seen))}
    return known | {identity.writer: people.get(str(identity.person_id), "")}


def title_of(session: Session, record: Record, words: TermLabels, deep: bool = True) -> str:
    """Return what a record is called: its title, or the names of what it joins."""
    if isinstance(record, Person):
        return display_name(record.given_name, record.family_name)
    fields = {field.name: field for field in fields_of(type(record))}
    parts = []
    for name in _WORDS.get(record.kind_name(), ()):
        value: Any = getattr(record, name)
        field = fields[name]
        if value and field.references:
            other = session.get(RECORDS[field.references], value) if deep else None
            value = title_of(session, other, words, deep=False) if other is not None else ""
        elif value and field.choices.startswith("term:"):
            value = words.term(field.choices.removeprefix("term:"), value)
        elif value and field.choices in CHOICES:
            value = label(field.choices, value)
        if value:
            parts.append(str(value).strip())
    return " · ".join(parts)
