"""Key slots: the passphrase and the printed recovery code each open the random key of the database.

The slots file can be read by anyone and opens for no one without a secret. Passphrase: Argon2id
(RFC 9106) and AES-256 GCM over the list of data keys. Recovery code: an age X25519 recipient whose
identity comes from the code, so that a new data key can be wrapped without the paper. The list
holds one key, or two while the database is being re-encrypted.
"""

import base64
import json
import secrets
from dataclasses import dataclass
from enum import Enum

import pyrage
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.base.codes.bech32 import bech32
from desktop.base.codes.crockford import check, figures, grouped
from desktop.base.errors import AppError
from desktop.base.home.files import disk_error, write_atomically
from desktop.base.i18n import _
from desktop.base.paths import Home

KEY_BYTES = 32
_CODE_DATA = 26
_CONTEXT = b"carnet slots 1"
_MAX_SEALED = 4 * 1024
"""Bytes of the keys sealed to the printed code: they are some 300."""
_MAX_MEMORY_KIB = 4 * 1024 * 1024


class Cost(Enum):
    """How much work a guess costs: (time, memory in KiB, lanes) of Argon2id."""

    STANDARD = (3, 256 * 1024, 4)
    TEST = (1, 64, 1)
    """For vaults of nobody: no room of the program names it, so no argument and no environment
    gives it to a real one."""


@dataclass(frozen=True)
class Slots:
    """The slots as they lie in the file."""

    salt: bytes
    cost: tuple[int, int, int]
    box: bytes
    recipient: str
    recovery: bytes


class WrongPassphraseError(AppError):
    """The passphrase, or the recovery code, opens nothing."""


def new_data_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def new_recovery_code() -> str:
    """130 random bits and 10 bits of check in Crockford's base 32: seven groups of four."""
    value = [secrets.randbelow(32) for _unused in range(_CODE_DATA)]
    return grouped(value + check(value))


def normal_code(typed: str) -> str:
    """Return the code as it was printed, from what was typed (case, spaces, O for 0, I and L for
    1); AppError if mistyped."""
    values = figures(typed)
    if len(values) != _CODE_DATA + 2 or check(values[:_CODE_DATA]) != values[_CODE_DATA:]:
        raise WrongPassphraseError(_("This recovery code is not complete or has a typing error."),
                                   _("It is made of seven groups of four letters and figures."))
    return grouped(values)


def recovery_identity(code: str) -> pyrage.x25519.Identity:
    """Return the age identity that a recovery code stands for."""
    seed = HKDF(hashes.SHA256(), 32, salt=None,
                info=b"carnet recovery code 1").derive(normal_code(code).encode())
    return pyrage.x25519.Identity.from_str(bech32("age-secret-key-", seed).upper())


def _stretch(passphrase: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    time_cost, memory, lanes = cost
    return hash_secret_raw(passphrase.encode(), salt, time_cost, memory, lanes, KEY_BYTES, Type.ID)


def make_slots(keys: list[bytes], passphrase: str, recipient: str,
               cost: tuple[int, int, int]) -> Slots:
    """Wrap the data keys for a passphrase and for a recovery recipient."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    joined = b"".join(keys)
    box = nonce + AESGCM(_stretch(passphrase, salt, cost)).encrypt(nonce, joined, _CONTEXT)
    recovery: bytes = pyrage.encrypt(joined, [pyrage.x25519.Recipient.from_str(recipient)])
    return Slots(salt, cost, box, recipient, recovery)


def open_with_passphrase(slots: Slots, passphrase: str) -> list[bytes]:
    """Return the data keys; WrongPassphraseError when the passphrase is not the one."""
    key = _stretch(passphrase, slots.salt, slots.cost)
    try:
        return _split(AESGCM(key).decrypt(slots.box[:12], slots.box[12:], _CONTEXT))
    except InvalidTag as error:
        raise WrongPassphraseError(_("This passphrase does not open the vault.")) from error


def open_with_code(slots: Slots, code: str) -> list[bytes]:
    """Return the data keys, by the printed code; WrongPassphraseError when it is not the one."""
    try:
        if len(slots.recovery) > _MAX_SEALED:
            # Of a backup, somebody else may have chosen for how many it is sealed, and how long it
            # takes to find out.
            raise pyrage.DecryptError("too long")
        return _split(pyrage.decrypt(slots.recovery, [recovery_identity(code)]))
    except pyrage.DecryptError as error:
        raise WrongPassphraseError(_("This recovery code does not open the vault.")) from error


def _split(joined: bytes) -> list[bytes]:
    return [joined[i:i + KEY_BYTES] for i in range(0, len(joined), KEY_BYTES)]


def slots_to_bytes(slots: Slots) -> bytes:
    """Return the file's content."""
    def text(data: bytes) -> str:
        return base64.b64encode(data).decode()

    return json.dumps({
        "version": 1,
        "passphrase": {"kdf": "argon2id", "time": slots.cost[0], "memory_kib": slots.cost[1],
                       "lanes": slots.cost[2],
                       "salt": text(slots.salt), "box": text(slots.box)},
        "recovery": {"recipient": slots.recipient, "box": text(slots.recovery)},
    }, indent=1).encode()


def slots_from_bytes(data: bytes) -> Slots:
    """Read the slots; AppError when the content is not what Carnet wrote."""
    try:
        read = json.loads(data)
        if read["version"] != 1:
            raise AppError(_("This vault was made by a newer Carnet."),
                           _("Install the newer version to open it."))
        one, two = read["passphrase"], read["recovery"]
        cost = (int(one["time"]), int(one["memory_kib"]), int(one["lanes"]))
        if not (1 <= cost[0] <= 100 and 8 <= cost[1] <= _MAX_MEMORY_KIB and 1 <= cost[2] <= 64):
            raise ValueError("cost")
        return Slots(base64.b64decode(one["salt"]), cost, base64.b64decode(one["box"]),
                     str(two["recipient"]), base64.b64decode(two["box"]))
    except (ValueError, KeyError, TypeError) as error:
        raise AppError(_("The file that holds the keys of the vault is damaged."),
                       _("Restore a backup: it holds a copy of the keys.")) from error


def read_slots(home: Home) -> Slots:
    """Return the slots of a profile; AppError when there are none or they are damaged."""
    try:
        return slots_from_bytes(home.slots.read_bytes())
    except FileNotFoundError as error:
        raise AppError(_("There is no vault in {path}.").format(path=home.folder),
                       _("Create a collective, join one, or try the sample.")) from error
    except OSError as error:
        raise disk_error(error, home.slots) from error


def write_slots(home: Home, slots: Slots) -> None:
    """Replace the slots in one step; AppError where the disk refuses."""
    try:
        write_atomically(home.slots, slots_to_bytes(slots))
    except OSError as error:
        raise disk_error(error, home.slots) from error
