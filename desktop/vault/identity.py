"""Who this device is: its keys, its writer, its person; and when a new writer must start."""

import base64
import json
import uuid
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy.orm import Session

from desktop.base.codes.sshsig import public_key
from desktop.base.codes.writers import new_nonce, writer_of
from desktop.base.home.files import write_atomically
from desktop.base.paths import Home

_KEY = "identity"


@dataclass(frozen=True)
class Identity:
    """The device's long-lived keys and its present writer.

    `signing_key`: 32 raw bytes, Ed25519. `age_identity`: AGE-SECRET-KEY-1... `nonce`: 16 bytes, one
    incarnation of this vault; a clone or a restored copy gets another, and with it another writer.
    `collective_id` is None until a collective is created or joined.
    """

    signing_key: bytes
    age_identity: str
    nonce: bytes
    person_id: uuid.UUID | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    collective_id: uuid.UUID | None = None

    @cached_property
    def writer(self) -> bytes:
        """The number (8 bytes) under which this device writes now."""
        return writer_of(public_key(self.signing_key), self.nonce)


def new_identity() -> Identity:
    """Fresh keys, a fresh writer, nobody yet."""
    signing = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw,
                                                         NoEncryption())
    return Identity(signing, str(pyrage.x25519.Identity.generate()), new_nonce(public_key(signing)))


def read_value(session: Session, key: str) -> bytes | None:
    """Return a local value, or None."""
    # Not by the mapper, which takes longer than the question does: a round asks a dozen of them.
    row = session.connection().exec_driver_sql("SELECT value FROM local_value WHERE key = ?",
                                               (key,)).first()
    return None if row is None else bytes(row[0])


def write_value(session: Session, key: str, value: bytes) -> None:
    """Set a local value."""
    session.connection().exec_driver_sql(
        "INSERT INTO local_value (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = "
        "excluded.value", (key, value))


def read_identity(session: Session) -> Identity:
    """Return the identity kept in the vault; LookupError where none was written."""
    value = read_value(session, _KEY)
    if value is None:
        raise LookupError(_KEY)
    read = json.loads(value)

    def some_uuid(text: str | None) -> uuid.UUID | None:
        return uuid.UUID(text) if text else None

    signing_key = base64.b64decode(read["signing_key"])
    # A vault of before the first release has none: its token names another writer, so that a new
    # one starts.
    nonce = bytes.fromhex(read["nonce"]) if "nonce" in read else new_nonce(public_key(signing_key))
    return Identity(signing_key, read["age_identity"], nonce,
                    some_uuid(read["person_id"]), frozenset(read["roles"]),
                    some_uuid(read["collective_id"]))


def write_identity(session: Session, identity: Identity) -> None:
    """Keep the identity in the vault."""
    plain = asdict(identity) | {
        "signing_key": base64.b64encode(identity.signing_key).decode(),
        "nonce": identity.nonce.hex(),
        "person_id": str(identity.person_id) if identity.person_id else None,
        "roles": sorted(identity.roles),
        "collective_id": str(identity.collective_id) if identity.collective_id else None,
    }
    write_value(session, _KEY, json.dumps(plain).encode())


def with_new_writer(identity: Identity, *, later: bool = False) -> Identity:
    """Return the same device, starting a new incarnation. `later`: of two stamps of one moment, the
    new writer's is the later."""
    key = public_key(identity.signing_key)
    return replace(identity, nonce=new_nonce(key, identity.writer if later else b""))


def token_matches(home: Home, identity: Identity) -> bool:
    """Return the token outside the database names this writer: the database was not copied or put
    back."""
    try:
        return home.token.read_text().strip() == identity.writer.hex()
    except (FileNotFoundError, UnicodeDecodeError):
        return False


def write_token(home: Home, identity: Identity) -> None:
    """Put the writer's token outside the database. OSError where the disk refuses."""
    write_atomically(home.token, identity.writer.hex().encode() + b"\n")
