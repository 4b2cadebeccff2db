"""Which rows of a batch are taken: those of the channel that they came by, as their ids, audience
and parent say, of notes those that a library of native code may see, and of validated minutes those
that are what was signed.

A row is judged by what it says itself, never by what is held here: whatever comes first, everybody
keeps the same ones.
"""

from collections.abc import Sequence
from typing import Any

from desktop.models.meetings import MinutesVersion, NoteUpdate
from desktop.models.note_updates import is_sound
from desktop.models.record import (
    CHANNELS,
    RECORDS,
    Record,
    group_of,
    is_mark_of_group,
    mark_of_channel,
    mark_of_id,
)
from desktop.models.signed_minutes import altered_rows
from desktop.sync.packages.package import Rows
from desktop.sync.packages.wire import CheckedRows

_AUDIENCE = frozenset({"note_block", "minutes_version"})
"""Kinds whose audience is that of their channel."""


def out_of_place(batch: Rows, given: CheckedRows, channel: str) -> set[int]:
    """Return the places of the rows that do not belong in this channel, or may not be stored at
    all."""
    cls = RECORDS.get(batch.table)
    if cls is not None and cls.__parent__ is None:
        # Records of this kind travel in one channel alone.
        return set()
    own = mark_of_channel(channel)
    # Of a table that is not known, an id without a mark may be of a kind with a channel of its own.
    found = {i for i, record_id in enumerate(given.ids)
             if (mark := mark_of_id(record_id)) != own and (cls is not None or mark)}
    if cls is None:
        return found
    names = [batch.fields[position] for position in given.positions]
    columns = dict(zip(names, given.columns, strict=True))
    if batch.table in _AUDIENCE and group_of(channel) is None:
        found |= {i for i, said in enumerate(columns.get("audience", ()))
                  if said in CHANNELS and said != channel}
    if cls is MinutesVersion:
        found |= altered_rows(channel, given.ids, columns, set(given.marked))
    if cls is NoteUpdate:
        found |= {i for i, data in enumerate(columns.get("data", ()))
                  if data is not None and not is_sound(data)}
    return found | _of_other_parents(cls, columns.get(str(cls.__parent__), ()), channel, own)


def _of_other_parents(cls: type[Record], parents: Sequence[Any], channel: str,
                      own: bytes) -> set[int]:
    """Return the places of the rows whose parent is of a channel that they may not leave, or not
    enter."""
    if cls.__parent__ == "group_id":
        group = group_of(channel)
        if group is None:
            return set()
        return {i for i, parent in enumerate(parents) if parent not in (None, group.bytes)}
    # One id stands for all: a batch has few parents.
    marks = {parent: mark_of_id(parent) for parent in set(parents) if parent is not None}
    strict = cls.__follows__ or is_mark_of_group(own)
    wrong = {parent for parent, mark in marks.items()
             if mark != own and (strict or is_mark_of_group(mark))}
    return {i for i, parent in enumerate(parents) if parent in wrong} if wrong else set()
