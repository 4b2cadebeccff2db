"""Who takes part: devices, their roles, the channels and their public keys; a chain that the root
key signs."""

import hashlib
from typing import Any, NamedTuple

import msgspec
import pyrage

from desktop.base.codes import sshsig
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.authority import READERS
from desktop.models.record import COMMON, group_of
from desktop.sync.packages import age
from desktop.sync.packages.package import RefusedError

NAMESPACE = "carnet-trust"


class Device(msgspec.Struct, frozen=True):
    """One laptop. `key`: Ed25519 public key, hexadecimal. `recipient`: its age recipient."""

    key: str
    recipient: str
    name: str
    person_id: str | None
    roles: list[str]


class Channel(msgspec.Struct, frozen=True):
    """A channel's present epoch and the public key to seal to; `former`: the keys of the epochs
    before, the first first.

    `also`: epoch -> public keys that another holder of the root key made for it, on a link that
    lost. `readers`: for a confidential group, the devices that read it, by their keys; the others
    are read by role.
    """

    epoch: int
    recipient: str
    former: list[str] = []
    also: dict[int, list[str]] = {}
    readers: list[str] = []

    def recipients_of(self, epoch: int) -> set[str]:
        """Return the public keys of one epoch."""
        every = [*self.former, self.recipient]
        return {*every[epoch - 1:epoch], *self.also.get(epoch, ())} if epoch > 0 else set()

    def epochs(self) -> set[int]:
        """Those of which something may have been sealed."""
        return {*range(1, self.epoch + 1), *self.also}


class Removed(msgspec.Struct, frozen=True):
    """A laptop that was taken out by link `number`.

    `cut`: its writers -> the last package that is heard: known when it was taken out, or taken
    since.
    `left`: its writers -> the last package that the coordination looked at and left outside.
    """

    device: Device
    number: int
    cut: dict[str, int]
    left: dict[str, int] = {}


class Former(msgspec.Struct, frozen=True):
    """The rights that the computer `key` had until link `number` changed them.

    `groups`: the channels of confidential groups that it read, of `confidential`. `cut`: its
    writers -> the last package known when that link was made: what is lost by it is lost in what
    comes after.
    """

    key: str
    number: int
    roles: list[str]
    groups: list[str]
    confidential: list[str]
    cut: dict[str, int]


class DeviceRights(NamedTuple):
    """The roles of a computer and the channels of confidential groups that it reads, of
    `confidential`.

    `heard`: those in which it is heard. Of two lists made at once, the one that does not stand may
    have let it in: what it wrote there is heard once the list that stands lets it in too.
    """

    roles: frozenset[str]
    groups: frozenset[str]
    confidential: frozenset[str]
    heard: frozenset[str]


class Roster(msgspec.Struct, frozen=True):
    """One link of the chain. `previous`: SHA-256 of the link before, empty for the first."""

    number: int
    previous: str
    collective: str
    root: str
    recovery: str
    devices: list[Device]
    channels: dict[str, Channel]
    removed: list[Removed] = []
    kit: str = ""
    """The age recipient of the printed kit of the collective, where there is one."""
    keys: list[str] = []
    """The names of the files that hold the channels' secret keys, so that nobody can slip in
    another."""
    holder: str = ""
    """The device that holds the root key."""
    former: list[Former] = []
    """The rights that were changed since, the first first."""

    def out(self, key: str) -> Removed | None:
        """Return the removal of the device with this public key, where it was taken out and not let
        in again."""
        return (None if self.device(key)
                else next((r for r in reversed(self.removed) if r.device.key == key), None))

    def rescuers(self) -> list[str]:
        """Who can read the trust without being a device: what is printed."""
        return [recipient for recipient in (self.recovery, self.kit) if recipient]

    def device(self, key: str) -> Device | None:
        """Return the device with this public key."""
        return next((d for d in self.devices if d.key == key), None)

    def rights(self, device: Device, writer: str, sequence: int, number: int) -> DeviceRights:
        """By which rights a computer made a package, as it says by link `number`.

        What was given later it had not; what was taken since it has up to the last package known
        then.
        """
        now = self._rights(device)
        former = [before for before in self.former if before.key == device.key]
        then = next(
            (DeviceRights(*map(frozenset, (one.roles, one.groups, one.confidential, one.groups)))
             for one in former if number < one.number), now)
        known = [one for one in former if sequence <= one.cut.get(writer, 0)]
        groups = now.groups.union(*(one.groups for one in known))
        return DeviceRights(then.roles & now.roles.union(*(one.roles for one in known)),
                      then.groups & groups,
                      then.confidential, groups)

    def _rights(self, device: Device) -> DeviceRights:
        secret = {name: channel for name, channel in self.channels.items()
                  if group_of(name) is not None}
        groups = frozenset(name for name, channel in secret.items()
                           if device.key in channel.readers)
        return DeviceRights(frozenset(device.roles), groups, frozenset(secret), groups)

    def after(self, before: "Roster", read: dict[str, dict[str, int]]) -> "Roster":
        """Return the same list, which tells the rights that it changes. `read`: device -> its
        writers -> the last package read here."""
        known = {d.key: d for d in (*(r.device for r in before.removed), *before.devices)}
        now = {d.key: d for d in (*(r.device for r in self.removed), *self.devices)}
        changed = []
        for key, device in sorted(known.items()):
            then = before._rights(device)
            if key in now and then != self._rights(now[key]):
                changed.append(Former(key, self.number, sorted(then.roles), sorted(then.groups),
                                      sorted(then.confidential), read.get(key, {})))
        return msgspec.structs.replace(self, former=[*self.former, *changed]) if changed else self

    def reads(self, device: Device | None, channel: str) -> bool:
        """Whether a device is a reader of a channel: by its roles, or by name where a confidential
        group's."""
        if device is None or channel not in self.channels:
            return False
        return may_read(device.roles, channel) or device.key in self.channels[channel].readers


def may_read(roles: list[str], channel: str) -> bool:
    """Whether these roles read a channel; none does a confidential group's."""
    return channel == COMMON or bool(READERS.get(channel, frozenset()) & set(roles))


def encode(roster: Roster, root_key: bytes) -> tuple[bytes, bytes]:
    """Return (the signed file in clear, the same sealed to every device, to what is printed, and to
    who learns of leaving)."""
    line = msgspec.json.encode(roster) + b"\n"
    clear = line + sshsig.sign(root_key, NAMESPACE, line)
    told = [r.device.recipient for r in roster.removed if r.number == roster.number]
    return clear, seal_to(clear, [d.recipient for d in roster.devices] + roster.rescuers() + told)


def seal_to(data: bytes, recipients: list[str]) -> bytes:
    """age to these recipients, each once; AppError where they are more than anybody would open it
    for."""
    each = sorted(set(recipients))
    if len(each) > age.MANY:
        raise AppError(_("A collective has {count} computers at most.").format(count=age.MANY),
                       _("Take out those that are no longer used."))
    return age.encrypt(data, [pyrage.x25519.Recipient.from_str(r) for r in each])


def unseal(data: bytes, identity: str) -> bytes | None:
    """Return the content, or None when it is not for this identity."""
    try:
        return age.decrypt(data, [pyrage.x25519.Identity.from_str(identity)], age.MANY)
    except pyrage.DecryptError:
        return None


def decode(clear: bytes, root: str) -> Roster:
    """Return a roster that the root key signed; RefusedError otherwise."""
    line, _newline, signature = clear.partition(b"\n")
    line += b"\n"
    try:
        signer = sshsig.verify(signature, NAMESPACE, line)
        roster = msgspec.json.decode(line, type=Roster)
    except (sshsig.BadSignatureError, msgspec.MsgspecError, UnicodeDecodeError,
            RecursionError) as error:
        raise RefusedError("the list of devices is not signed as it should be") from error
    if signer.hex() != root or roster.root != root:
        raise RefusedError("the list of devices is signed by another key")
    return roster


def digest(clear: bytes) -> str:
    """Return the hash by which the next link names this one."""
    return hashlib.sha256(clear).hexdigest()


def rank(roster: Roster, sha256: str) -> tuple[int, int, str]:
    """Of two links the one with the greater rank stands: the farther one; of one number, that which
    took more devices out.

    The root key signs each link, and each says all: who can read two of them needs nothing else to
    agree with everybody.
    """
    return roster.number, len(roster.removed), sha256


def new_channels(before: dict[str, Channel] | None = None,
                 gone: frozenset[str] = frozenset()) -> tuple[
                         dict[str, Channel], dict[str, str]]:
    """(public part, secret identities) of fresh keys for every channel: the epoch after the one
    before, or the first.

    `gone`: the keys of devices that read none of them any more.
    """
    public: dict[str, Channel] = {}
    secret: dict[str, str] = {}
    for name in before or READERS:
        public[name], secret[name] = new_epoch((before or {}).get(name), gone)
    return public, secret


def new_epoch(before: Channel | None, gone: frozenset[str] = frozenset()) -> tuple[Channel, str]:
    """(public part, secret identity) of a fresh key: of the epoch after `before`, without the
    readers that are gone."""
    identity: Any = pyrage.x25519.Identity.generate()
    recipient = str(identity.to_public())
    if before is None:
        return Channel(1, recipient), str(identity)
    return Channel(before.epoch + 1, recipient, [*before.former, before.recipient], before.also,
                   [key for key in before.readers if key not in gone]), str(identity)
