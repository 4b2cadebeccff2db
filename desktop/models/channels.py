"""In which channel a record is born: its kind's, its audience's, or that of the confidential group
that it belongs to."""

import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.directory import Group
from desktop.models.record import (
    COMMON,
    GROUP,
    RECORDS,
    Record,
    group_of,
    mark_of_channel,
    mark_of_id,
)
from desktop.models.sync import ChannelKey, TrustFile

Given = Callable[[str], Any]
"""The value of a field of the record that is being born."""
Known = Callable[[uuid.UUID], str | None]
"""The channel of a record that is being born in the same breath; None for every other."""


def audience_of(channel: str) -> str:
    """Who reads a record, among those who have it at all: what a confidential group shares is for
    all of that group."""
    return COMMON if group_of(channel) is not None else channel


def audience_in(channel: str, said: str | None) -> str:
    """Return the audience of notes or of minutes: those who read their channel, whatever the record
    says.

    In a confidential group's channel the record may say that fewer of its papers tell it.
    """
    return (said or COMMON) if group_of(channel) is not None else channel


def may_be_told(channel: str, told_in: str = COMMON,
                audiences: frozenset[str] = frozenset({COMMON})) -> bool:
    """Whether a paper of a meeting may say what travels in `channel`. `told_in`: the channel of the
    meeting itself."""
    return channel in audiences or (channel == told_in and group_of(channel) is not None)


def channel_of_group(group_id: uuid.UUID) -> str:
    """Return the channel of a group, where it is confidential."""
    return GROUP + group_id.hex


def birth_channel(session: Session, cls: type[Record], given: Given, wanted: str | None = None,
                  known: Known = lambda _id: None) -> str:
    """Return the channel of a new record, fixed for its life. `wanted`: that of its audience, where
    it has one.

    What belongs to a confidential group never leaves it, and what is told of a restricted action is
    as restricted. AppError where this device takes no part in that group.
    """
    own = wanted or cls.__channel__
    if cls.__parent__ is None:
        return own
    parent_id = given(cls.__parent__)
    if parent_id is None:
        return own
    if cls.__parent__ == "group_id":
        return _of_group(session, parent_id) or own
    above = known(parent_id) or _channel_of_parent(session, cls, given, parent_id)
    if above is None:
        return own
    return above if group_of(above) is not None or cls.__follows__ else own


def bears_channel(cls: type[Record], record_id: uuid.UUID, channel: str) -> bool:
    """Whether a record may have this id in this channel: where its kind travels in several, its id
    tells in which."""
    return cls.__parent__ is None or mark_of_id(record_id.bytes) == mark_of_channel(channel)


def _channel_of_parent(session: Session, cls: type[Record], given: Given,
                       parent_id: uuid.UUID) -> str | None:
    field = cls.__table__.columns[str(cls.__parent__)].info["field"]
    kind = given("owner_kind") if field.references == "record" else field.references
    parent = session.get(RECORDS[kind], parent_id) if kind in RECORDS else None
    return parent.channel if parent is not None else None


def _of_group(session: Session, group_id: uuid.UUID) -> str | None:
    """Return the channel of what a group does; None where everybody reads it."""
    channel = channel_of_group(group_id)
    if _is_read(session, channel):
        return channel
    new = (made for made in session.new if isinstance(made, Group) and made.id == group_id)
    group = next(new, None) or session.get(Group, group_id)
    # The word on the group is anybody's to write; the list of computers says for good that there is
    # a channel.
    if (group is not None and group.confidential) or _is_announced(session, channel):
        raise _no_part()
    return None


def refuse_of_group(session: Session, group_id: uuid.UUID) -> None:
    """AppError where a group has a channel of its own, which this computer does not read."""
    channel = channel_of_group(group_id)
    if not _is_read(session, channel) and _is_announced(session, channel):
        raise _no_part()


def _is_read(session: Session, channel: str) -> bool:
    key = select(ChannelKey.epoch).where(ChannelKey.channel == channel).limit(1)
    return session.scalar(key) is not None


def _is_announced(session: Session, channel: str) -> bool:
    announced = (select(TrustFile.number).where(func.instr(TrustFile.roster, channel.encode()) > 0)
                 .limit(1))
    return session.scalar(announced) is not None


def _no_part() -> AppError:
    return AppError(_("This group is confidential, and this computer takes no part in it."),
                    _("The coordination can let it in, from the group's page in the directory."))


def refuse_leaving(session: Session, record: Record) -> None:
    """AppError where a record that was given another group or parent would have to change its
    channel for it."""
    if record.__parent__ == "group_id" or getattr(record, str(record.__parent__)) is not None:
        own = None if group_of(record.channel) is not None else record.channel
        if birth_channel(session, type(record), lambda name: getattr(record, name),
                         own) != record.channel:
            raise AppError(_("What a confidential group does stays in it, and nothing of the "
                             "others' can be moved into it."),
                           _("Prepare a new meeting of the right group."))
