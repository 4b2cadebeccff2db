"""Who takes part: devices, their roles, the channels and their public keys; a chain that the root key signs."""

import hashlib
from typing import Any

import msgspec
import pyrage

from desktop.models.record import COMMON, INTERNAL, OBSERVATORY
from desktop.sync import sshsig
from desktop.sync.package import RefusedError

NAMESPACE = "carnet-trust"

READERS: dict[str, frozenset[str] | None] = {
    COMMON: None,
    INTERNAL: frozenset({"coordination", "secretariat"}),
    OBSERVATORY: frozenset({"coordination", "observatoire"}),
}
"""The roles whose devices read a channel; None: every device does."""

ROLE_BOUND: dict[str, dict[str, frozenset[str]]] = {
    "validation": {"etat": frozenset({"validation_etat"}), "agglo": frozenset({"validation_agglo"})},
}
"""Kinds of record that only some roles may write, by party."""


class Device(msgspec.Struct, frozen=True):
    """One laptop. `key`: Ed25519 public key, hexadecimal. `recipient`: its age recipient."""

    key: str
    recipient: str
    name: str
    person_id: str | None
    roles: list[str]


class Channel(msgspec.Struct, frozen=True):
    """A channel's present epoch and the public key to seal to."""

    epoch: int
    recipient: str


class Roster(msgspec.Struct, frozen=True):
    """One link of the chain. `previous`: SHA-256 of the link before, empty for the first."""

    number: int
    previous: str
    collective: str
    root: str
    recovery: str
    devices: list[Device]
    channels: dict[str, Channel]

    def device(self, key: str) -> Device | None:
        """The device with this public key."""
        return next((d for d in self.devices if d.key == key), None)


def may_read(roles: list[str], channel: str) -> bool:
    """Whether a device with these roles reads a channel."""
    needed = READERS.get(channel, frozenset())
    return needed is None or bool(needed & set(roles))


def encode(roster: Roster, root_key: bytes) -> tuple[bytes, bytes]:
    """(the signed file in clear, the same sealed to every device and to the recovery recipient)."""
    line = msgspec.json.encode(roster) + b"\n"
    clear = line + sshsig.sign(root_key, NAMESPACE, line)
    return clear, seal_to(clear, [d.recipient for d in roster.devices] + [roster.recovery])


def seal_to(data: bytes, recipients: list[str]) -> bytes:
    """age to these recipients, each once."""
    sealed: bytes = pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(r) for r in sorted(set(recipients))])
    return sealed


def unseal(data: bytes, identity: str) -> bytes | None:
    """The content, or None when it is not for this identity."""
    try:
        opened: bytes = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError:
        return None
    return opened


def decode(clear: bytes, root: str, previous: tuple[int, str] | None) -> Roster:
    """A roster that the root key signed and that follows `previous` (number, SHA-256); RefusedError otherwise."""
    line, _newline, signature = clear.partition(b"\n")
    line += b"\n"
    try:
        signer = sshsig.verify(signature, NAMESPACE, line)
        roster = msgspec.json.decode(line, type=Roster)
    except (sshsig.BadSignatureError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise RefusedError("the list of devices is not signed as it should be") from error
    if signer.hex() != root or roster.root != root:
        raise RefusedError("the list of devices is signed by another key")
    if previous is not None and (roster.number != previous[0] + 1 or roster.previous != previous[1]):
        raise RefusedError("the list of devices does not follow the one before")
    return roster


def digest(clear: bytes) -> str:
    """The hash by which the next link names this one."""
    return hashlib.sha256(clear).hexdigest()


def new_channels() -> tuple[dict[str, Channel], dict[str, str]]:
    """(public part, secret identities) of fresh keys for every channel, epoch 1."""
    public: dict[str, Channel] = {}
    secret: dict[str, str] = {}
    for channel in READERS:
        identity: Any = pyrage.x25519.Identity.generate()
        public[channel] = Channel(1, str(identity.to_public()))
        secret[channel] = str(identity)
    return public, secret
