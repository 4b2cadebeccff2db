"""What a package may say by the certificate of who made it: the rows and the fields that are taken.

The table is `models.authority`. A row is judged by what it says itself, its channel and the
certificate; never by what is held here, so that everybody keeps the same, in any order of arrival.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import Any

from desktop.base.clock import ERASED, ORDINARY
from desktop.models import authority
from desktop.models.authority import ANYONE, DECIDING, Roles, Verb
from desktop.models.channels import channel_of_group
from desktop.models.erasure import KEYS
from desktop.models.record import group_of
from desktop.sync.packages.package import Rows
from desktop.sync.packages.wire import CheckedRows
from desktop.sync.trust.roster import Device, Roster

_BY_PARTY = "validation"
"""The kind whose rows stand for a party each."""


@dataclass(frozen=True)
class Certificate:
    """The rights of a computer. `groups`: the channels of confidential groups that it reads, of
    `confidential`; `heard`: those in which it is heard.
    """

    roles: Roles
    groups: frozenset[str] = frozenset()
    confidential: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()
    held: bool = False
    """Whether what the package erases for good waits for the coordination: it is too much at
    once."""


NOBODY = Certificate(frozenset())


def certificate_of(device: Device, roster: Roster, writer: str, sequence: int,
                   number: int) -> Certificate:
    """Return the certificate by which a computer made the package `sequence` of a writer
    (hexadecimal), by link `number`."""
    rights = roster.rights(device, writer, sequence, number)
    return Certificate(rights.roles, rights.groups, rights.confidential, rights.heard)


@dataclass(frozen=True)
class _Verdict:
    """What hangs on the certificate and the fields alone, for a whole batch.

    `dropped`: the places of fields that are not taken. `by_party`: those of fields that a party
    alone writes. `by_value`: place -> what may not be said there. `by_keys`: fields that must be
    what the id is made of are among them. `nothing`: no field is taken.
    """

    dropped: frozenset[int]
    by_party: frozenset[int]
    by_value: tuple[tuple[int, frozenset[str]], ...]
    by_keys: bool
    nothing: bool


@lru_cache(maxsize=2_000)
def _verdict(kind: str, fields: tuple[str, ...], channel: str, roles: Roles) -> _Verdict:
    dropped, by_party, by_value = set(), set(), []
    rights = authority.rights_of(kind)
    for place, name in enumerate(fields):
        verb = Verb.DELETE if name == "deleted" else Verb.EDIT
        groups = [group for group in rights.groups if name in group.names]
        if not groups and (rights.delete if verb is Verb.DELETE else rights.edit) is None:
            by_party.add(place)
            continue
        by_value += [(place, group.values) for group in groups
                     if group.values and not roles & group.roles]
        if not roles & authority.roles_for(kind, verb, name, channel=channel):
            dropped.add(place)
    by_keys = kind == _BY_PARTY and not set(fields).isdisjoint(DECIDING[kind])
    return _Verdict(frozenset(dropped), frozenset(by_party), tuple(by_value), by_keys,
                    len(dropped) == len(fields) > 0)


def permitted(batch: Rows, given: CheckedRows, channel: str, who: Certificate) -> list[Rows] | None:
    """Return the parts of a batch that its author may write; None where that is all of it."""
    everything = range(len(batch.rows))
    if not who.roles & ANYONE or (group_of(channel) is not None and channel not in who.heard):
        return []
    verdict = _verdict(batch.table, tuple(batch.fields), channel, who.roles)
    erases = bool(who.roles & authority.erasers(channel)) and not who.held
    # Not asked where it bars nothing: most of what comes is from those who may.
    refused = set() if erases else _marked(given)
    if not who.roles & authority.COORDINATION:
        refused |= _beyond(given)
    plain = not (verdict.dropped or verdict.by_party or verdict.by_value or refused
                 or verdict.by_keys)
    about_groups = authority.rights_of(batch.table).of_group and not who.confidential <= who.groups
    if plain and not about_groups:
        return None
    erasures = _erasures(batch, _marked(given)) if erases else set()
    refused |= set(everything) if verdict.nothing else _refused_rows(batch, given, verdict, who)
    refused |= _of_other_groups(batch, given, who) if about_groups else set()
    refused -= erasures
    whole = [place for place in everything if place in erasures]
    rest = [place for place in everything if place not in erasures and place not in refused]
    if not verdict.dropped:
        return list(_parts(batch, sorted(whole + rest), batch.fields))
    kept = [name for place, name in enumerate(batch.fields) if place not in verdict.dropped]
    return [*_parts(batch, whole, batch.fields), *_parts(batch, rest, kept)]


def _marked(given: CheckedRows) -> set[int]:
    """Return the places of the rows of which a field bears the mark of what was erased for good."""
    columns = {id(column): column for column in given.stamps}.values()
    return {place for column in columns if ERASED in column
            for place, stamp in enumerate(column) if stamp == ERASED}


def _beyond(given: CheckedRows) -> set[int]:
    """Return the places of the rows of which a field is stamped where the coordination alone may;
    erasing is another matter."""
    columns = {id(column): column for column in given.stamps}.values()
    return {place for column in columns if column and max(column)[:8] > ORDINARY
            for place, stamp in enumerate(column) if stamp[:8] > ORDINARY and stamp != ERASED}


def _erasures(batch: Rows, marked: set[int]) -> set[int]:
    """Return the places of the rows that erase and say nothing else.

    What may be made again is emptied by ordinary stamps: see `models.erasure.KEYS`.
    """
    keys = DECIDING.get(batch.table, ())
    says = [name not in keys and name != "deleted" for name in batch.fields]
    if not any(says):
        return set()
    some = range(len(batch.rows)) if batch.table in KEYS else sorted(marked)
    return {place for place in some
            if all(value is None for value in compress(batch.rows[place][2:], says))}


def _refused_rows(batch: Rows, given: CheckedRows, verdict: _Verdict, who: Certificate) -> set[int]:
    """Return the places of the rows that say what their author may not, by the value of a field or
    the party of the row."""
    refused: set[int] = set()
    for place, values in verdict.by_value:
        refused |= {i for i, row in enumerate(batch.rows) if row[place + 2] in values}
    if batch.table != _BY_PARTY:
        return refused
    columns = _columns(batch, given)
    actions, said = columns.get("action_id"), columns.get("party")
    for i, record_id in enumerate(given.ids):
        party = authority.party_of(record_id, actions[i] if actions is not None else None)
        if verdict.by_keys and (party is None or (said is not None and said[i] != party)):
            refused.add(i)
            continue
        if verdict.by_party and not _speaks_for(who.roles, party):
            refused.add(i)
    return refused


def _speaks_for(roles: Roles, party: str | None) -> bool:
    """Whether a certificate speaks for a party; where it is not known, for each of them."""
    parties = authority.BY_PARTY if party is None else (party,)
    return all(roles & authority.BY_PARTY[one] for one in parties)


def _of_other_groups(batch: Rows, given: CheckedRows, who: Certificate) -> set[int]:
    """Return the places of the rows that are about a confidential group which their author does not
    read, or may be."""
    hidden = who.confidential - who.groups
    if batch.table == "group":
        return {i for i, one in enumerate(given.ids)
                if channel_of_group(uuid.UUID(bytes=one)) in hidden}
    columns = _columns(batch, given)
    groups = columns.get("group_id", [None] * len(given.ids))
    members = [columns[name] for name in ("person_id", "organisation_id") if name in columns]
    return {i for i, one in enumerate(given.ids)
            if not authority.is_of_group(one, groups[i], (column[i] for column in members))
            or channel_of_group(uuid.UUID(bytes=groups[i])) in hidden}


def _columns(batch: Rows, given: CheckedRows) -> dict[str, Any]:
    names = [batch.fields[position] for position in given.positions]
    return dict(zip(names, given.columns, strict=True))


def _parts(batch: Rows, places: Iterable[int], fields: list[str]) -> Iterator[Rows]:
    """Yield these rows of a batch with these of its fields, as a batch; nothing where either is
    empty."""
    kept = [place for place, name in enumerate(batch.fields) if name in fields]
    rows = [_row(batch.rows[place], kept, len(batch.fields)) for place in places]
    if rows and kept:
        yield Rows(batch.table, list(fields), rows)


def _row(row: list[Any], kept: list[int], width: int) -> list[Any]:
    if len(kept) == width:
        return row
    stamps = row[1] if isinstance(row[1], str) else [row[1][place] for place in kept]
    return [row[0], stamps, *(row[place + 2] for place in kept)]
