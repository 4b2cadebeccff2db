"""Doing again, on the list of devices that stands, what was done on one that lost; by whoever holds
the root key."""

import msgspec

from desktop.base.crash import crash_point
from desktop.base.log import log
from desktop.sync.stores.hints import Heads
from desktop.sync.stores.storage import Storage
from desktop.sync.trust import forks, state
from desktop.sync.trust import roster as rosters
from desktop.sync.trust.links import add_link, fetch_keys, own_key, sealed_keys
from desktop.sync.trust.roster import Removed, Roster
from desktop.vault import Vault


def settle_forks(vault: Vault, storage: Storage, roster: Roster, heads: Heads) -> Roster:
    """Sign one more link after `roster`, where a lost one has changes that it lacks and the root
    key is here; what is in force.

    Not those of a computer that was taken out since: it may be a stranger who has it.
    """
    waiting = vault.ask(forks.unsettled, vault.identity.age_identity)
    if not waiting:
        return roster
    root, last = vault.ask(state.root_key), vault.ask(state.last_trust)
    if last is None or (root is None and roster.holder == own_key(vault)):
        # The key was handed to this device and is taken up in a moment: the next exchange settles
        # it.
        return roster
    if root is not None:
        grown, leaving, closed = roster, list[Removed](), set[str]()
        for _sha256, lost, base in waiting:
            if grown.out(lost.holder) is None:
                found = forks.regained(grown, lost, base)
                grown = found.roster
                closed |= found.closed
                # Not this computer: it would make the keys that it is not to have. Whoever took it
                # out does so again.
                known = {own_key(vault), *(one.device.key for one in leaving)}
                leaving += [one for one in found.leaving if one.device.key not in known]
        if leaving or grown != roster:
            _again(vault, storage, heads, grown, leaving, closed, root, last)
            log.warning("two computers held the root key: what the other did is done again")
            crash_point("reissue.linked")
    vault.do(forks.settle_lost)
    return vault.ask(state.roster_in_force)


def _again(vault: Vault, storage: Storage, heads: Heads, grown: Roster, leaving: list[Removed],
           closed: set[str],
           root: bytes, last: tuple[int, str]) -> None:
    fetch_keys(vault, storage, grown, heads)
    held = vault.ask(state.channel_keys)
    number = last[0] + 1
    gone = frozenset(removal.device.key for removal in leaving)
    renewed = set(grown.channels) if leaving else closed
    channels, secret = (rosters.new_channels({name: grown.channels[name] for name in renewed}, gone)
                        if renewed else ({}, {}))
    fresh = {(name, channels[name].epoch): identity for name, identity in secret.items()}
    grown = msgspec.structs.replace(
        grown, channels=grown.channels | channels,
        devices=[device for device in grown.devices if device.key not in gone],
        removed=[*grown.removed, *(Removed(one.device, number, one.cut) for one in leaving)])
    for (channel, epoch), identity in fresh.items():
        vault.do(state.keep_key, channel, epoch, identity)
    crash_point("reissue.keys-kept")
    grown = msgspec.structs.replace(grown, number=number, previous=last[1])
    both = {slot: " ".join([*held.get(slot, "").split(), *fresh.get(slot, "").split()])
            for slot in held.keys() | fresh.keys()}
    add_link(vault, storage, grown, root, sealed_keys(grown, both, grown.devices, set(both)))
