"""Confidential groups: what such a group does travels in a channel of its own, whose readers the
coordination names."""

import uuid
from dataclasses import dataclass

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.journal import append
from desktop.models.changes import touched_of
from desktop.models.channels import channel_of_group
from desktop.models.directory import Group, Membership
from desktop.models.states import JournalWhat
from desktop.sync.stores.storage import Storage
from desktop.sync.trust import state
from desktop.sync.trust.links import add_link, own_key, refresh_trust, sealed_keys
from desktop.sync.trust.roster import Channel, Roster, new_epoch
from desktop.tasks.enrol import root_in_hand
from desktop.vault import Vault


@dataclass(frozen=True)
class Reader:
    """A computer of the collective and what it is to a group. `member`: its person belongs to the
    group."""

    key: str
    name: str
    reads: bool
    member: bool
    is_here: bool
    holds_root: bool


@dataclass(frozen=True)
class Secrecy:
    """How confidential a group is. `asked`: it is said to be; `kept`: it has a channel of its own.

    `readers`: every computer, those that read first. `absent`: how many members have no computer in
    the collective.
    """

    asked: bool
    kept: bool
    readers: tuple[Reader, ...]
    absent: int
    can_change: bool


def secrecy_of(session: Session, group_id: uuid.UUID, own: str) -> Secrecy:
    """Who reads what a group does. `own`: the public key of this computer."""
    roster = state.current_roster(session)
    group = session.get(Group, group_id)
    asked = bool(group is not None and group.confidential)
    if roster is None:
        return Secrecy(asked, False, (), 0, False)
    channel = roster.channels.get(channel_of_group(group_id))
    members = {str(one) for one in session.scalars(select(Membership.person_id).where(
        Membership.group_id == group_id, Membership.deleted.is_not(True),
        Membership.person_id.is_not(None)))}
    found = [Reader(d.key, d.name, channel is not None and d.key in channel.readers,
                    d.person_id in members,
                    d.key == own, d.key == roster.holder) for d in roster.devices]
    found.sort(key=lambda one: (not one.reads, not one.member, one.name.casefold(), one.key))
    return Secrecy(asked, channel is not None, tuple(found),
                   len(members - {d.person_id for d in roster.devices}),
                   state.root_key(session) is not None)


def set_readers(vault: Vault, storage: Storage, group_id: uuid.UUID, keys: set[str]) -> Roster:
    """Make a group confidential, or change who reads it: the computers with these public keys, and
    this one.

    Who is added reads all that the channel has carried, who is left out nothing that comes after: a
    new key is made then. AppError where this device does not hold the root key, or the group or a
    computer is not there.
    """
    refresh_trust(vault, storage)
    roster = vault.ask(state.roster_in_force)
    root, last = root_in_hand(vault)
    own = own_key(vault)
    wanted = {*keys, own}
    if any(roster.device(key) is None for key in wanted):
        raise AppError(_("There is no such computer in the collective."))
    # First of all: until its channel stands, nobody begins a meeting of this group that everybody
    # would read.
    vault.do(_say_so, group_id)
    crash_point("group.said")
    name = channel_of_group(group_id)
    before = roster.channels.get(name)
    made, fresh = _next(before, wanted)
    if made == before:
        return roster
    grown = msgspec.structs.replace(roster, number=last[0] + 1, previous=last[1],
                                    channels=roster.channels | {name: made})
    held = {key: identity for key, identity in vault.ask(state.channel_keys).items()
            if key[0] == name}
    newest = {(name, made.epoch): fresh} if fresh is not None else {}
    come = wanted - set(before.readers if before is not None else ())
    files = sealed_keys(grown, newest, grown.devices, set(newest))
    files |= sealed_keys(grown, held, [d for d in grown.devices if d.key in come], set(held))
    grown = add_link(vault, storage, grown, root, files)
    vault.do(append, JournalWhat.READERS, "group", count=len(wanted))
    if fresh is not None:
        # Not before the list that announces it: this device opens its own copy too, where it is cut
        # short here.
        vault.do(state.keep_key, name, made.epoch, fresh)
        crash_point("group.key-kept")
    return grown


def _say_so(session: Session, group_id: uuid.UUID) -> None:
    group = session.get(Group, group_id)
    if group is None or group.deleted:
        raise AppError(_("There is no such group in the directory."))
    if not group.confidential:
        group.confidential = True
        session.flush()
        # No gesture that Ctrl+Z takes back: the channel would stand all the same.
        touched_of(session).changes.clear()


def _next(before: Channel | None, wanted: set[str]) -> tuple[Channel, str | None]:
    """Return the channel for these readers, and the secret of its key where it has a new one."""
    if before is not None and set(before.readers) <= wanted:
        return msgspec.structs.replace(before, readers=sorted(wanted)), None
    made, fresh = new_epoch(before)
    return msgspec.structs.replace(made, readers=sorted(wanted)), fresh
