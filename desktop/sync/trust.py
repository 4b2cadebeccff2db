"""Following the chain of rosters on the store, and fetching the channel keys that are meant for this device."""

import hashlib
import uuid
from dataclasses import replace

import msgspec
import pyrage
from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.log import log
from desktop.sync import sshsig, state
from desktop.sync.package import RefusedError
from desktop.sync.roster import Roster, decode, digest, unseal
from desktop.sync.storage import Storage, StoreError, Trouble, number_in
from desktop.vault import Vault
from desktop.vault.identity import read_value

MAX_TRUST = 4 * 1024 * 1024


class _Secret(msgspec.Struct, frozen=True):
    identity: str


def refresh_trust(vault: Vault, storage: Storage) -> Roster | None:
    """The roster in force after reading what is new; None while the approval of this device has not come."""
    root = vault.ask(_pinned_root)
    identity = vault.identity.age_identity
    for number, name in _trust_names(storage):
        last = vault.ask(state.last_trust)
        if last is not None and number <= last[0]:
            continue
        sealed = storage.get(f"trust/{name}")
        if sealed is None or len(sealed) > MAX_TRUST or hashlib.sha256(sealed).hexdigest() not in name:
            log.warning("a trust file is damaged: number %d", number)
            continue
        clear = unseal(sealed, identity)
        if clear is None:
            # Older links were sealed before this device was let in.
            continue
        try:
            link = decode(clear, root, last)
        except RefusedError as error:
            raise StoreError(
                Trouble.FORGED, _("The list of devices on the shared folder is not authentic; the exchange stops here."),
                _("Speak to the coordination.")) from error
        vault.do(_keep, link, digest(clear))
        crash_point("trust.link-kept")
    roster = vault.ask(state.current_roster)
    if roster is None:
        return None
    _take_up(vault, roster)
    crash_point("trust.before-keys")
    _fetch_keys(vault, storage, roster)
    return roster


def _pinned_root(session: Session) -> str:
    value = read_value(session, state.ROOT_PUBLIC)
    if value is None:
        raise AppError(_("This device belongs to no collective yet."), _("Create one, or join one by an invitation."))
    return value.decode()


def _trust_names(storage: Storage) -> list[tuple[int, str]]:
    found = []
    for name in storage.names("trust"):
        head, _dash, rest = name.partition("-")
        number = number_in(head)
        if number is not None and rest.endswith(".age"):
            found.append((number, name))
    return sorted(found)


def _keep(session: Session, roster: Roster, sha256: str) -> None:
    state.keep_roster(session, roster, sha256)


def _take_up(vault: Vault, roster: Roster) -> None:
    """Take our roles and collective from the roster that let us in."""
    own = roster.device(sshsig.public_key(vault.identity.signing_key).hex())
    if own is None:
        raise StoreError(Trouble.REMOVED, _("This device was removed from the collective."),
                         _("What it holds stays readable here; nothing more is exchanged."))
    wanted = replace(vault.identity, roles=frozenset(own.roles), collective_id=uuid.UUID(roster.collective))
    if wanted != vault.identity:
        vault.save_identity(wanted)


def _fetch_keys(vault: Vault, storage: Storage, roster: Roster) -> None:
    held = vault.ask(state.channel_keys)
    missing = {(name, channel.epoch) for name, channel in roster.channels.items()} - set(held)
    if not missing:
        return
    for name in storage.names("trust/keys"):
        channel, _dash, rest = name.partition("-")
        epoch = number_in(rest.split("-")[0])
        if epoch is None or (channel, epoch) not in missing:
            continue
        sealed = storage.get(f"trust/keys/{name}")
        opened = unseal(sealed, vault.identity.age_identity) if sealed and len(sealed) < MAX_TRUST else None
        if opened is None:
            continue
        try:
            secret = msgspec.json.decode(opened, type=_Secret).identity
            right = _recipient_of(secret) == roster.channels[channel].recipient
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, pyrage.IdentityError):
            # Whoever writes to the folder can seal anything to us.
            right = False
        if not right:
            log.warning("a channel key is damaged: epoch %d", epoch)
            continue
        vault.do(state.keep_key, channel, epoch, secret)
        crash_point("trust.key-kept")
        missing.discard((channel, epoch))


def _recipient_of(identity: str) -> str:
    return str(pyrage.x25519.Identity.from_str(identity).to_public())
