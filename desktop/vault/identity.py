"""Who this device is: its keys, its writer, its person; and when a new writer must start."""

import base64
import json
import secrets
import uuid
from dataclasses import asdict, dataclass, field, replace

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy.orm import Session

from desktop.base.home.files import write_atomically
from desktop.base.paths import Home

_KEY = "identity"
_WRITERS, _NEAR = 1 << 64, 1 << 49


@dataclass(frozen=True)
class Identity:
    """The device's long-lived keys and its present writer.

    `signing_key`: 32 raw bytes, Ed25519. `age_identity`: AGE-SECRET-KEY-1... `writer`: 8 bytes, one incarnation of this
    vault; a clone or a restored copy gets another. `collective_id` is None until a collective is created or joined.
    """

    signing_key: bytes
    age_identity: str
    writer: bytes
    person_id: uuid.UUID | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    collective_id: uuid.UUID | None = None


def new_identity() -> Identity:
    """Fresh keys, a fresh writer, nobody yet."""
    signing = Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return Identity(signing, str(pyrage.x25519.Identity.generate()), secrets.token_bytes(8))


def read_value(session: Session, key: str) -> bytes | None:
    """A local value, or None."""
    # Not by the mapper, which takes longer than the question does: a round asks a dozen of them.
    row = session.connection().exec_driver_sql("SELECT value FROM local_value WHERE key = ?", (key,)).first()
    return None if row is None else bytes(row[0])


def write_value(session: Session, key: str, value: bytes) -> None:
    """Set a local value."""
    session.connection().exec_driver_sql(
        "INSERT INTO local_value (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", (key, value))


def read_identity(session: Session) -> Identity:
    """The identity kept in the vault; LookupError where none was written."""
    value = read_value(session, _KEY)
    if value is None:
        raise LookupError(_KEY)
    read = json.loads(value)

    def some_uuid(text: str | None) -> uuid.UUID | None:
        return uuid.UUID(text) if text else None

    return Identity(base64.b64decode(read["signing_key"]), read["age_identity"], bytes.fromhex(read["writer"]),
                    some_uuid(read["person_id"]), frozenset(read["roles"]), some_uuid(read["collective_id"]))


def write_identity(session: Session, identity: Identity) -> None:
    """Keep the identity in the vault."""
    plain = asdict(identity) | {
        "signing_key": base64.b64encode(identity.signing_key).decode(),
        "writer": identity.writer.hex(),
        "person_id": str(identity.person_id) if identity.person_id else None,
        "roles": sorted(identity.roles),
        "collective_id": str(identity.collective_id) if identity.collective_id else None,
    }
    write_value(session, _KEY, json.dumps(plain).encode())


def with_new_writer(identity: Identity, *, later: bool = False) -> Identity:
    """The same device, starting a new incarnation. `later`: of two stamps of one moment, the new writer's is the later."""
    writer = int.from_bytes(identity.writer, "big")
    if later and writer + _NEAR < _WRITERS:
        return replace(identity, writer=(writer + 1 + int.from_bytes(secrets.token_bytes(6), "big")).to_bytes(8, "big"))
    return replace(identity, writer=secrets.token_bytes(8))


def token_matches(home: Home, identity: Identity) -> bool:
    """The token outside the database names this writer: the database was not copied or put back."""
    try:
        return home.token.read_text().strip() == identity.writer.hex()
    except (FileNotFoundError, UnicodeDecodeError):
        return False


def write_token(home: Home, identity: Identity) -> None:
    """Put the writer's token outside the database. OSError where the disk refuses."""
    write_atomically(home.token, identity.writer.hex().encode() + b"\n")
