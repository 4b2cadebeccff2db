"""Following the chain of rosters on the store, fetching the channel keys meant for this device, and
putting links there."""

import hashlib
import json
import re
import time
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import msgspec
import pyrage
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.codes import sshsig
from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.log import log
from desktop.commands.journal import append
from desktop.models.states import JournalWhat
from desktop.models.sync import TrustCopy
from desktop.sync.packages.package import RefusedError
from desktop.sync.stores.hints import Heads, ask_for_trust
from desktop.sync.stores.storage import Storage, StoreError, StoreProblem, number_in
from desktop.sync.trust import forks, state
from desktop.sync.trust import roster as rosters
from desktop.sync.trust.alarms import ENTRUSTED, FORGED, HOLDERS, OUTSIDE, SUCCESSION, raise_alarm
from desktop.sync.trust.roster import Device, Roster, decode, digest, seal_to, unseal
from desktop.vault import Vault, sql
from desktop.vault.identity import read_value, write_value

_NO_HEADS = Heads()
_PASSED = "sync.trust_passed"
"""The links that were looked at and are not for this device, or not the root key's."""
_NAMED = re.compile(r"[0-9a-f]{64}\.age")
MAX_TRUST = 4 * 1024 * 1024
_IN_VAIN = 1.0
"""Seconds of an exchange that files may take that are not for this device: anybody may have laid
them there."""


class _Secret(msgspec.Struct, frozen=True):
    identity: str


# Reading

def refresh_trust(vault: Vault, storage: Storage, heads: Heads = _NO_HEADS) -> Roster | None:
    """Return the roster in force after reading what is new; None while the approval of this device
    has not come.

    Of all the links that the root key signed and that this device can read, one stands
    (`roster.rank`): it says all by itself, and everybody comes to the same one whatever a store
    shows first.
    """
    root, known = vault.ask(lambda session: (
        _pinned_root(session), _copied(session) | {f"trust/{name}" for name in _passed(session)}))
    unread: list[tuple[int, str]] = []
    before: Roster | None = None
    in_vain = 0.0
    for number, name in trust_names(storage):
        if f"trust/{name}" in known:
            continue
        if in_vain > _IN_VAIN:
            log.warning("more trust files that are not for this device wait for the next exchange")
            break
        began = time.monotonic()
        sealed = whole(storage, f"trust/{name}")
        if sealed is None:
            last = vault.ask(state.last_trust)
            if last is None or number > last[0]:
                log.warning("a trust file is damaged: number %d", number)
                ask_for_trust(storage, heads, _hash_in(name))
            continue
        clear = unseal(sealed, vault.identity.age_identity)
        if clear is None:
            unread.append((number, name))
            in_vain += time.monotonic() - began
            continue
        try:
            link = decode(clear, root)
            if link.number != number:
                raise RefusedError("the name and the list of devices differ")
        except RefusedError as error:
            # Whoever writes to the folder can seal anything to us: it bars nobody's way.
            log.warning("a trust file is refused: %s", error)
            vault.do(_pass, [name])
            vault.do(raise_alarm, FORGED, datetime.now())
            continue
        before = before or vault.ask(state.current_roster)
        vault.do(_keep, link, digest(clear), f"trust/{name}", sealed)
        crash_point("trust.link-kept")
    roster, more = vault.ask(
        lambda session: (state.current_roster(session), forks.has_more(session)))
    if more and vault.do(forks.note_lost, vault.identity.age_identity):
        vault.do(raise_alarm, HOLDERS, datetime.now())
    if unread:
        # Older links were sealed before this device was let in; those that follow are sealed to
        # every device.
        if roster is not None and roster.device(own_key(vault)) and max(unread)[0] >= roster.number:
            vault.do(raise_alarm, OUTSIDE, datetime.now())
        vault.do(_pass, [name for _number, name in unread])
    if roster is None:
        return None
    if before is not None and before.holder and roster.holder != before.holder:
        vault.do(raise_alarm, ENTRUSTED if roster.holder == own_key(vault) else SUCCESSION,
                 datetime.now())
    _take_up(vault, roster)
    crash_point("trust.before-keys")
    fetch_keys(vault, storage, roster, heads)
    return roster


def _passed(session: Session) -> set[str]:
    return set(msgspec.json.decode(read_value(session, _PASSED) or b"[]", type=list[str]))


def _pass(session: Session, names: list[str]) -> None:
    write_value(session, _PASSED, msgspec.json.encode(sorted(_passed(session) | set(names))))


def _pinned_root(session: Session) -> str:
    value = read_value(session, state.ROOT_PUBLIC)
    if value is None:
        raise AppError(_("This device belongs to no collective yet."),
                       _("Create one, or join one by an invitation."))
    return value.decode()


def trust_names(storage: Storage) -> list[tuple[int, str]]:
    """Return the links of the chain on a store, the oldest first: (number, name)."""
    found = []
    for name in storage.names("trust"):
        head, _dash, rest = name.partition("-")
        number = number_in(head)
        if number is not None and head == f"{number:06d}" and _NAMED.fullmatch(rest):
            found.append((number, name))
        elif name != "keys":
            storage.strange.add(f"trust/{name}")
    return sorted(found)


def _hash_in(name: str) -> str:
    return name.rsplit("-", 1)[-1].removesuffix(".age")


def whole(storage: Storage, name: str) -> bytes | None:
    """Return a file of the trust, where it is what its name says; None otherwise."""
    sealed = storage.get(name)
    right = (sealed is not None and len(sealed) <= MAX_TRUST
             and hashlib.sha256(sealed).hexdigest() in name)
    return sealed if right else None


def _keep(session: Session, roster: Roster, sha256: str, name: str, sealed: bytes) -> None:
    state.keep_roster(session, roster, sha256)
    session.merge(TrustCopy(name=name, data=sealed))


def _take_up(vault: Vault, roster: Roster) -> None:
    """Take our roles and collective from the roster that let us in."""
    own = roster.device(own_key(vault))
    if own is None:
        raise StoreError(StoreProblem.REMOVED, _("This device was removed from the collective."),
                         _("What it holds stays readable here; nothing more is exchanged."))
    wanted = replace(vault.identity, roles=frozenset(own.roles),
                     collective_id=uuid.UUID(roster.collective))
    if wanted != vault.identity:
        changed = wanted.roles != vault.identity.roles
        vault.save_identity(wanted)
        if changed:
            vault.do(append, JournalWhat.ROLES, "this computer", how=",".join(sorted(wanted.roles)))


def own_key(vault: Vault) -> str:
    """Return the public key of this device, in hexadecimal."""
    return sshsig.public_key(vault.identity.signing_key).hex()


def fetch_keys(vault: Vault, storage: Storage, roster: Roster, heads: Heads = _NO_HEADS) -> None:
    """Take the channels' keys that this device may have and has not, and a copy of every file that
    the roster names."""
    own = roster.device(own_key(vault))
    held = {slot: set(map(_recipient_of, secret.split()))
            for slot, secret in vault.ask(state.channel_keys).items()}
    missing = {(name, epoch) for name, channel in roster.channels.items() if roster.reads(own, name)
               for epoch in channel.epochs()
               if not channel.recipients_of(epoch) <= held.get((name, epoch), set())}
    copies = vault.ask(_copied)
    # What the roster names is kept, sealed as it is, even for others: this device may have to put
    # it back.
    wanted = [name for name in roster.keys if f"trust/keys/{name}" not in copies]
    if not missing and not wanted:
        return
    for name in wanted if roster.keys else storage.names("trust/keys"):
        sealed = whole(storage, f"trust/keys/{name}")
        if sealed is None:
            ask_for_trust(storage, heads, _hash_in(name))
            continue
        if roster.keys:
            vault.do(_copy, f"trust/keys/{name}", sealed)
        _open_key(vault, roster, name, sealed, missing)
    for name, data in vault.ask(_key_copies) if missing else []:
        _open_key(vault, roster, name.rsplit("/", 1)[-1], data, missing)


def _open_key(vault: Vault, roster: Roster, name: str, sealed: bytes,
              missing: set[tuple[str, int]]) -> None:
    channel, epoch = channel_in(name)
    if epoch is None or (channel, epoch) not in missing:
        return
    opened = unseal(sealed, vault.identity.age_identity)
    if opened is None:
        return
    secret = secret_key(opened, roster, channel, epoch)
    if secret is None:
        log.warning("a channel key is damaged: epoch %d", epoch)
        return
    vault.do(state.keep_key, channel, epoch, secret)
    crash_point("trust.key-kept")
    held = vault.ask(state.channel_keys)[channel, epoch]
    if roster.channels[channel].recipients_of(epoch) <= set(map(_recipient_of, held.split())):
        missing.discard((channel, epoch))


def channel_in(name: str) -> tuple[str, int | None]:
    """(channel, epoch) by the name of a file of keys: `<channel>-<epoch>-<number of the
    link>-<sha256>.age`."""
    *channel, epoch, _number, _sha256 = name.split("-") if name.count("-") > 2 else ("", "", "", "")
    return "-".join(channel), number_in(epoch)


def secret_key(opened: bytes, roster: Roster, channel: str, epoch: int) -> str | None:
    """Return the secret keys in an opened file that are of those which the roster announces; None
    where none is."""
    try:
        announced = roster.channels[channel].recipients_of(epoch)
        secret = msgspec.json.decode(opened, type=_Secret).identity
        right = [one for one in secret.split() if _recipient_of(one) in announced]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, pyrage.IdentityError,
            KeyError):
        # Whoever writes to the folder can seal anything to us.
        return None
    return " ".join(right) or None


def _recipient_of(identity: str) -> str:
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


# Writing

def sealed_keys(roster: Roster, secrets: dict[tuple[str, int], str], readers: list[Device],
                epochs: set[tuple[str, int]]) -> dict[str, bytes]:
    """Files of the channels' secret keys for these devices, each for those that its readers may
    have: name -> bytes."""
    made: dict[str, bytes] = {}
    for channel, epoch in sorted(epochs):
        recipients = [d.recipient for d in readers if roster.reads(d, channel)]
        data = json.dumps(
            {"channel": channel, "epoch": epoch, "identity": secrets[(channel, epoch)]}).encode()
        sealed = seal_to(data, [*recipients, *roster.rescuers()])
        made[f"{channel}-{epoch}-{roster.number}-{hashlib.sha256(sealed).hexdigest()}.age"] = sealed
    return made


def add_link(vault: Vault, storage: Storage | None, roster: Roster, root: bytes,
             files: dict[str, bytes]) -> Roster:
    """Sign and keep the next link with these files of keys, and put it all on the store: the keys
    first, the link last.

    It is kept here before it is shown to anybody: cut short, the next exchange puts the same bytes
    there.
    """
    before, read = vault.ask(lambda session: (state.current_roster(session), _read_of(session)))
    told = roster if before is None else roster.after(before, read)
    grown = msgspec.structs.replace(told, keys=[*roster.keys, *sorted(files)])
    clear, sealed = rosters.encode(grown, root)
    link = f"trust/{grown.number:06d}-{hashlib.sha256(sealed).hexdigest()}.age"

    def keep(session: Session) -> None:
        for name, data in files.items():
            session.merge(TrustCopy(name=f"trust/keys/{name}", data=data))
        _keep(session, grown, digest(clear), link, sealed)

    vault.do(keep)
    crash_point("trust.link-signed")
    if storage is not None:
        put_back(vault, storage)
    return grown


def _read_of(session: Session) -> dict[str, dict[str, int]]:
    """Device -> its writers (hexadecimal) -> the last package read here."""
    found: dict[str, dict[str, int]] = {}
    for device, writer, sequence in sql.fetch(session, "SELECT device, writer, sequence FROM seen"):
        found.setdefault(device, {})[writer.hex()] = sequence
    return found


def put_back(vault: Vault, storage: Storage, wanted: Sequence[str] = ()) -> int:
    """Put every file of the trust that this device holds where the store has it not: the keys
    first; how many.

    `wanted`: hashes of those that somebody could not read, though they may be there by name.
    """
    copies = vault.ask(_copied)
    there = {f"trust/{name}" for name in storage.names("trust")}
    missing = copies - there
    if any(name.startswith("trust/keys/") for name in missing):
        missing -= {f"trust/keys/{name}" for name in storage.names("trust/keys")}
    for name in sorted(missing, key=lambda name: (not name.startswith("trust/keys/"), name)):
        if name.startswith("trust/keys/"):
            crash_point("trust.before-key")
        else:
            crash_point("trust.before-link")
        storage.put(name, vault.ask(_copy_of, name))
        crash_point("trust.put")
    for name in sorted(copies):
        if _hash_in(name) in wanted:
            storage.put(name, vault.ask(_copy_of, name))
            storage.remove(f"heads/want-trust-{_hash_in(name)}")
    return len(missing)


def is_ours(vault: Vault, storage: Storage) -> bool:
    """Whether a store holds nothing but files of the trust that this device holds too: its
    preparing was cut short."""
    if storage.names("") != ["trust"]:
        return False
    names = {f"trust/{name}" for name in storage.names("trust") if name != "keys"}
    return ((names | {f"trust/keys/{name}" for name in storage.names("trust/keys")})
            <= vault.ask(_copied))


def is_known(vault: Vault, storage: Storage) -> bool:
    """Whether a list of computers lies on a store that this device holds too: it is ours."""
    return not vault.ask(_copied).isdisjoint(f"trust/{name}" for name in storage.names("trust"))


def _copied(session: Session) -> set[str]:
    return {row[0] for row in sql.fetch(session, "SELECT name FROM trust_copy")}


def _copy_of(session: Session, name: str) -> bytes:
    return session.get_one(TrustCopy, name).data


def _key_copies(session: Session) -> list[tuple[str, bytes]]:
    rows = session.execute(select(TrustCopy.name, TrustCopy.data)
                           .where(TrustCopy.name.like("trust/keys/%")))
    return [(row[0], row[1]) for row in rows]


def _copy(session: Session, name: str, sealed: bytes) -> None:
    session.merge(TrustCopy(name=name, data=sealed))
