"""The kit of the collective: three printed sheets of which any two open its trust, where every
computer is lost.

The sheets share a secret of 128 bits (Shamir, 1979, by PyCryptodome); an age identity is derived
from it, to which every link of the trust, every channel's key and the root key are sealed.
"""

import hashlib
import secrets
from dataclasses import dataclass

import msgspec
import pyrage
from Crypto.Protocol.SecretSharing import Shamir
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.codes import sshsig
from desktop.base.codes.bech32 import bech32
from desktop.base.codes.crockford import bytes_of, code_of
from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.sync import TrustCopy
from desktop.sync.packages.package import RefusedError
from desktop.sync.stores.format import check_format
from desktop.sync.stores.storage import FORMAT, Storage
from desktop.sync.trust import state
from desktop.sync.trust.links import channel_in, own_key, secret_key, trust_names, whole
from desktop.sync.trust.roster import Roster, decode, digest, rank, seal_to, unseal
from desktop.vault import Vault

SHEETS, NEEDED = 3, 2
_SEED, _TAG = 16, 4


class _Root(msgspec.Struct, frozen=True):
    root: str


@dataclass(frozen=True)
class KitContent:
    """What a kit opens on a store: the last link with its hash, the root key, the channels' secret
    keys."""

    roster: Roster
    sha256: str
    link: tuple[str, bytes]
    root: bytes
    keys: dict[tuple[str, int], str]


def new_kit(root_public: str) -> tuple[str, list[str]]:
    """Return (the age recipient of a fresh kit, the codes of its sheets)."""
    seed = secrets.token_bytes(_SEED)
    recipient = _recipient(_identity(seed))
    return recipient, [code_of(bytes([number]) + share + _tag(root_public, recipient))
                       for number, share in Shamir.split(NEEDED, SHEETS, seed)]


def kit_identity(first: str, second: str) -> tuple[str, bytes]:
    """Return (the age identity, the tag of the collective) of two sheets; AppError where they are
    not two good ones of one kit."""
    read: list[tuple[int, bytes, bytes]] = []
    for place, typed in enumerate((first, second), 1):
        data = bytes_of(typed, 1 + _SEED + _TAG)
        if data is None or not 1 <= data[0] <= SHEETS:
            raise AppError(_("The code of sheet {place} is not complete or has a typing error.")
                           .format(place=place),
                           _("It is made of nine groups of four letters and figures."))
        read.append((data[0], data[1:1 + _SEED], data[1 + _SEED:]))
    (number, share, tag), (other_number, other_share, other_tag) = read
    if tag != other_tag:
        raise AppError(_("These two sheets are not of the same kit."),
                       _("An older kit opens nothing: look at the dates."))
    if number == other_number:
        raise AppError(_("This is twice the same sheet."),
                       _("Two different ones of the three are needed."))
    return _identity(Shamir.combine([(number, share), (other_number, other_share)])), tag


def _identity(seed: bytes) -> str:
    key = HKDF(hashes.SHA256(), 32, salt=None, info=b"carnet collective kit 1").derive(seed)
    return bech32("age-secret-key-", key).upper()


def _recipient(identity: str) -> str:
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


def _tag(root_public: str, recipient: str) -> bytes:
    return hashlib.sha256(f"carnet kit\n{root_public}\n{recipient}".encode()).digest()[:_TAG]


def sealed_root(roster: Roster, root: bytes, recipients: list[str]) -> dict[str, bytes]:
    """Return a file of the root key for these recipients: name -> bytes."""
    sealed = seal_to(msgspec.json.encode(_Root(root.hex())), recipients)
    return {f"root-0-{roster.number}-{hashlib.sha256(sealed).hexdigest()}.age": sealed}


def opened_root(sealed: bytes, identity: str, root_public: str) -> bytes | None:
    """Return the root key in a file; None where it is not for this identity, or not the root
    key."""
    opened = unseal(sealed, identity)
    if opened is None:
        return None
    try:
        root = bytes.fromhex(msgspec.json.decode(opened, type=_Root).root)
        return root if sshsig.public_key(root).hex() == root_public else None
    except (msgspec.MsgspecError, ValueError):
        return None


def follow_root(vault: Vault, roster: Roster) -> None:
    """Take the root key up where it was handed to this device, and let it go where it was handed to
    another."""
    held = vault.ask(state.root_key)
    own = own_key(vault)
    if roster.holder and roster.holder != own and held is not None:
        vault.do(state.keep_root, b"")
        crash_point("root.let-go")
    elif roster.holder == own and held is None:
        opened = (opened_root(data, vault.identity.age_identity, roster.root)
                  for data in vault.ask(root_files))
        root = next((root for root in opened if root is not None), None)
        if root is not None:
            vault.do(state.keep_root, root)
            crash_point("root.taken-up")


def root_files(session: Session) -> list[bytes]:
    """Return the files of the root key that this device holds, each for another reader."""
    return list(
        session.scalars(select(TrustCopy.data).where(TrustCopy.name.like("trust/keys/root-%"))))


def is_kit_of(roster: Roster, identity: str) -> bool:
    """Whether an identity is the one of the kit in force."""
    return bool(roster.kit) and _recipient(identity) == roster.kit


def found_on(storage: Storage, first: str, second: str) -> KitContent:
    """Return what two sheets open on a store; AppError where it is not theirs, or something of it
    is missing."""
    identity, tag = kit_identity(first, second)
    if storage.get(FORMAT) is not None:
        check_format(storage, None)
    best: tuple[Roster, str, tuple[str, bytes]] | None = None
    shut = 0
    for number, name in reversed(trust_names(storage)):
        sealed = whole(storage, f"trust/{name}")
        clear = unseal(sealed, identity) if sealed is not None else None
        if sealed is None or clear is None:
            shut = max(shut, number if sealed is not None else 0)
            continue
        try:
            roster = decode(clear, msgspec.json.decode(clear.partition(b"\n")[0], type=Roster).root)
        except (RefusedError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            continue
        # Whoever writes to the folder could seal another list to the kit: the sheets know the root
        # key.
        if _tag(roster.root, _recipient(identity)) != tag or roster.kit != _recipient(identity):
            continue
        if best is not None and roster.number < best[0].number:
            break
        if best is None or rank(roster, digest(clear)) > rank(*best[:2]):
            best = roster, digest(clear), (f"trust/{name}", sealed)
    if best is None:
        raise AppError(_("These sheets open nothing on this shared folder."),
                       _("Is it the right folder, and the last kit?"))
    if shut > best[0].number:
        # Every list since is sealed to the kit in force: this one was replaced, perhaps because
        # somebody lost it.
        raise AppError(_("A newer list of computers lies on this shared folder, and these sheets "
                         "do not open it."),
                       _("Look for the sheets of the last kit: an older one opens nothing."))
    root, keys = _keys_on(storage, best[0], identity)
    if root is None:
        raise AppError(_("The root key is not on this shared folder."),
                       _("Is it the right folder, and whole?"))
    return KitContent(*best, root, keys)


def _keys_on(storage: Storage, roster: Roster,
             identity: str) -> tuple[bytes | None, dict[tuple[str, int], str]]:
    root: bytes | None = None
    keys: dict[tuple[str, int], str] = {}
    for name in roster.keys:
        sealed = whole(storage, f"trust/keys/{name}")
        if sealed is None:
            continue
        channel, epoch = channel_in(name)
        if channel == "root":
            root = opened_root(sealed, identity, roster.root) or root
            continue
        opened = unseal(sealed, identity)
        secret = (secret_key(opened, roster, channel, epoch)
                  if opened is not None and epoch is not None else None)
        if secret is not None and epoch is not None:
            keys[(channel, epoch)] = " ".join(
                dict.fromkeys([*keys.get((channel, epoch), "").split(), *secret.split()]))
    return root, keys
