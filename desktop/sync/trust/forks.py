"""Links that lost: where two computers held the root key and each signed one, what the other had
done is found again.

One link stands (`roster.rank`). What only a lost one says is done again on top of it by whoever
holds the root key and can read both (`sync.reissue`): a computer let in or taken out, roles, a kit,
keys of which something was sealed.
"""

from dataclasses import dataclass

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.models.sync import TrustCopy, TrustFile
from desktop.sync.trust import state
from desktop.sync.trust.roster import Channel, Removed, Roster, digest, unseal
from desktop.vault import sql
from desktop.vault.identity import read_value, write_value

_LOST, _LOOKED = "sync.trust_lost", "sync.trust_looked"


@dataclass(frozen=True)
class Regained:
    """What a lost link changes in the one that stands. `leaving`: who is to be taken out once more.
    `closed`: the channels of confidential groups that somebody reads no more: they need a new
    key."""

    roster: Roster
    leaving: list[Removed]
    closed: frozenset[str] = frozenset()


def has_more(session: Session) -> bool:
    """Whether there are links that `note_lost` has not looked at."""
    return int(read_value(session, _LOOKED) or b"0") != _count(session)


def _count(session: Session) -> int:
    ((count,),) = sql.fetch(session, "SELECT count(*) FROM trust_copy WHERE name LIKE 'trust/%' "
                                     "AND name NOT LIKE 'trust/keys/%'")
    return int(count)


def note_lost(session: Session, identity: str) -> bool:
    """Look for links beside the chain of the one that stands; whether there are any that were not
    known."""
    write_value(session, _LOOKED, str(_count(session)).encode())
    known = _lost(session)
    beside, before = _beside(session, identity)
    found = (beside | before) - known.keys()
    if found:
        write_value(session, _LOST, msgspec.json.encode(known | dict.fromkeys(found, False)))
    return bool(beside - known.keys())


def unsettled(session: Session, identity: str) -> list[tuple[str, Roster, Roster | None]]:
    """(hash, lost link, the last link before it that is of the chain) of those whose changes were
    not looked at yet.

    Only the last of each branch: it says all that the ones before it do.
    """
    waiting = {sha256 for sha256, settled in _lost(session).items() if not settled}
    if not waiting:
        return []
    links = _links(session, identity)
    chain = set(_chain(session, links).values())
    beside = [(sha256, links[sha256]) for sha256 in sorted(waiting) if sha256 in links]
    followed = {roster.previous for _sha256, roster in beside}
    return [(sha256, roster, _common(links, chain, roster)) for sha256, roster in beside
            if sha256 not in followed]


def settle_lost(session: Session) -> None:
    """All that is known was looked at, and done again where it had to be."""
    write_value(session, _LOST, msgspec.json.encode(dict.fromkeys(_lost(session), True)))


def regained(stands: Roster, lost: Roster, base: Roster | None) -> Regained:
    """Return what `lost` says beyond `stands`; `base`: what both grew from, as far as it is known.

    A removal is never undone by it: who was taken out by the link that stands stays outside. Nor
    does a kit that was replaced since bring anybody in.
    """
    replaced = base is not None and base.kit != stands.kit and lost.holder != base.holder
    if base is not None and replaced and base.device(lost.holder) is None:
        return Regained(stands, [])
    known = {(removal.device.key, removal.number) for removal in lost.removed}
    out = {removal.device.key for removal in stands.removed
           if (removal.device.key, removal.number) not in known}
    devices = list(stands.devices)
    for device in lost.devices:
        held, before = (stands.device(device.key), base.device(device.key) if base is not None
                        else None)
        if held is None and device.key not in out:
            devices.append(device)
        elif held is not None and held == before != device:
            devices[devices.index(held)] = device
    leaving = [removal for removal in lost.removed
               if stands.device(removal.device.key) and not lost.device(removal.device.key)
               and not any(one.device.key == removal.device.key and one.number >= removal.number
                           for one in stands.removed)]
    gone = {removal.device.key for removal in leaving}
    kit, holder = stands.kit, stands.holder
    if base is not None:
        kit = lost.kit if base.kit == stands.kit else kit
        takes_over = (not replaced and base.holder == stands.holder
                      and any(device.key == lost.holder for device in devices))
        holder = lost.holder if takes_over and lost.holder not in gone else holder
    grown = msgspec.structs.replace(
        stands, devices=devices, kit=kit, holder=holder,
        channels=_channels(stands, lost, base, {d.key for d in devices}),
        keys=[*stands.keys, *(name for name in lost.keys if name not in stands.keys)])
    closed = frozenset(name for name, channel in stands.channels.items()
                       if not set(channel.readers) <= set(grown.channels[name].readers))
    return Regained(grown, list({removal.device.key: removal for removal in leaving}.values()),
                    closed)


def _channels(stands: Roster, lost: Roster, base: Roster | None,
              devices: set[str]) -> dict[str, Channel]:
    """Those of both links, with the keys of both: what was sealed to either stays readable to who
    may."""
    channels = dict(stands.channels)
    for name, other in lost.channels.items():
        channel = stands.channels.get(name)
        if channel is None:
            channels[name] = msgspec.structs.replace(
                other, readers=[key for key in other.readers if key in devices])
            continue
        also = dict(channel.also)
        for epoch in sorted(other.epochs()):
            if more := sorted(other.recipients_of(epoch) - channel.recipients_of(epoch)):
                also[epoch] = [*also.get(epoch, ()), *more]
        before = base.channels.get(name) if base is not None else other
        readers = _readers(channel, other, before.readers if before is not None else [], devices)
        channels[name] = msgspec.structs.replace(channel, also=also, readers=readers)
    return channels


def _readers(channel: Channel, other: Channel, before: list[str], devices: set[str]) -> list[str]:
    """Who reads a confidential group's: with whom the other let in since `before`, without whom it
    left out."""
    come, left = set(other.readers) - set(before), set(before) - set(other.readers)
    return (sorted((set(channel.readers) - left) | (come & devices)) if come or left
            else channel.readers)


def _lost(session: Session) -> dict[str, bool]:
    return msgspec.json.decode(read_value(session, _LOST) or b"{}", type=dict[str, bool])


def _beside(session: Session, identity: str) -> tuple[set[str], set[str]]:
    """Return (the links of which another stands under the same number of the chain, those before
    what can be read of the chain).

    Of the latter nothing tells: there is nothing to be done again of one that is of the chain.
    """
    links = _links(session, identity)
    chain = _chain(session, links)
    return ({sha256 for sha256, link in links.items() if chain.get(link.number, sha256) != sha256},
            {sha256 for sha256, link in links.items() if link.number < min(chain, default=0)})


def _links(session: Session, identity: str) -> dict[str, Roster]:
    """Every link that is held, by its hash; each was verified when it came."""
    links = {row.sha256: msgspec.json.decode(row.roster, type=Roster)
             for row in session.scalars(select(TrustFile))}
    for data in session.scalars(select(TrustCopy.data).where(
            TrustCopy.name.like("trust/%"), TrustCopy.name.not_like("trust/keys/%"))):
        clear = unseal(data, identity)
        if clear is not None:
            links[digest(clear)] = msgspec.json.decode(clear.partition(b"\n")[0], type=Roster)
    return links


def _chain(session: Session, links: dict[str, Roster]) -> dict[int, str]:
    """Return number -> hash of the links behind the one that stands, as far back as they are
    held."""
    last = state.last_trust(session)
    chain = {} if last is None else {last[0]: last[1]}
    while last is not None and (link := links.get(last[1])) is not None and link.previous:
        last = link.number - 1, link.previous
        chain[last[0]] = last[1]
    return chain


def _common(links: dict[str, Roster], chain: set[str], lost: Roster) -> Roster | None:
    at: Roster | None = lost
    while at is not None and at.previous not in chain:
        at = links.get(at.previous)
    return links.get(at.previous) if at is not None else None
