"""Taking a computer out of the collective: it hears nothing that is written from then on; what it
has, it keeps."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.journal import append
from desktop.models.states import JournalWhat
from desktop.models.sync import Outbox, Seen
from desktop.sync.stores.receipts import peers
from desktop.sync.stores.storage import Storage
from desktop.sync.trust import roster as rosters
from desktop.sync.trust import state
from desktop.sync.trust.links import add_link, own_key, refresh_trust, sealed_keys
from desktop.sync.trust.roster import Device, Removed, Roster
from desktop.tasks.enrol import root_in_hand
from desktop.tasks.late import late_packages
from desktop.vault import Vault


@dataclass(frozen=True)
class Computer:
    """A laptop of the collective. `read`: how many of this computer's packages it is known to have,
    of `written`."""

    key: str
    name: str
    roles: tuple[str, ...]
    is_here: bool
    holds_root: bool
    gone: bool
    read: int
    written: int
    left: int = 0
    """How many of those that it has not read carry a record: an answer that something was read
    calls for none."""
    late: int = 0
    """Of one that was taken out: how many packages are held here that the coordination may still
    take."""


def computers(session: Session, own: str, writer: bytes) -> list[Computer]:
    """Every laptop that takes part, then those that were taken out; `own`: the key of this one,
    `writer`: its present one."""
    roster = state.current_roster(session)
    if roster is None:
        return []
    device_of = {row.writer.hex(): row.device for row in session.scalars(select(Seen))}
    read: dict[str, int] = {}
    for peer, vector in peers(session).items():
        key = device_of.get(peer, "")
        read[key] = max(read.get(key, 0), vector.get(writer.hex(), 0))
    mine = session.get(Seen, writer)
    written = mine.sequence if mine is not None else 0
    carrying = session.scalars(select(Outbox.sequence)
                               .where(Outbox.writer == writer, Outbox.records > 0)).all()

    late = late_packages(session, roster)

    def shown(device: Device, gone: bool) -> Computer:
        known = written if device.key == own else read.get(device.key, 0)
        return Computer(device.key, device.name, tuple(device.roles), device.key == own,
                        device.key == roster.holder, gone,
                        known, written, sum(number > known for number in carrying),
                        late.get(device.key, 0))

    here = [shown(device, False) for device in roster.devices]
    gone = {r.device.key: shown(r.device, True) for r in roster.removed
            if roster.device(r.device.key) is None}
    return here + list(gone.values())


def remove_device(vault: Vault, storage: Storage, key: str) -> Roster:
    """Take a laptop out: a new link of the chain, and new keys of every channel for those who
    remain.

    AppError where this device does not hold the root key, or is the one to remove. What the removed
    one wrote before anybody here knew stays outside; what it holds already stays readable to
    whoever has it.
    """
    refresh_trust(vault, storage)
    roster = vault.ask(state.roster_in_force)
    root, last = root_in_hand(vault)
    leaving = roster.device(key)
    if leaving is None:
        raise AppError(_("There is no such computer in the collective."))
    if key == own_key(vault):
        raise AppError(_("This is the computer you are working on."),
                       _("Hand the coordination over first; then the other computer can remove "
                         "this one."))
    grown = renewed(vault, storage, roster, root, last, [leaving])
    vault.do(append, JournalWhat.REMOVED, "computer", how=",".join(sorted(leaving.roles)))
    return grown


def renewed(vault: Vault, storage: Storage | None, roster: Roster, root: bytes,
            last: tuple[int, str],
            leaving: list[Device]) -> Roster:
    """Return the next link: without who leaves, and with new keys of every channel."""
    gone = {device.key for device in leaving}
    remaining = [d for d in roster.devices if d.key not in gone]
    channels, secret = rosters.new_channels(roster.channels, frozenset(gone))
    cut = vault.ask(_read_of, gone)
    number = last[0] + 1
    grown = msgspec.structs.replace(
        roster, number=number, previous=last[1], devices=remaining, channels=channels,
        removed=[*roster.removed,
                 *(Removed(device, number, cut.get(device.key, {})) for device in leaving)])
    fresh = {(name, channels[name].epoch): identity for name, identity in secret.items()}

    def keep(session: Session) -> None:
        for (channel, epoch), identity in fresh.items():
            state.keep_key(session, channel, epoch, identity)

    vault.do(keep)
    crash_point("removal.keys-kept")
    return add_link(vault, storage, grown, root, sealed_keys(grown, fresh, remaining, set(fresh)))


def _read_of(session: Session, keys: set[str]) -> dict[str, dict[str, int]]:
    """Device -> its writers -> up to where this device had read them."""
    found: dict[str, dict[str, int]] = {}
    for row in session.scalars(select(Seen).where(Seen.device.in_(keys))):
        found.setdefault(row.device, {})[row.writer.hex()] = row.sequence
    return found
