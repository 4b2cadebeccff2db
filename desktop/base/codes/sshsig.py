"""SSHSIG signatures with Ed25519, as OpenSSH writes them (PROTOCOL.sshsig): `ssh-keygen -Y verify`
reads them."""

import base64
import hashlib
import struct

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_MAGIC = b"SSHSIG"
_TYPE = b"ssh-ed25519"
_BEGIN, _END = "-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----"
MAX_ARMORED = 2_000


class BadSignatureError(Exception):
    """The signature is malformed or is not of these bytes."""


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def public_key(private: bytes) -> bytes:
    """Return the 32 raw bytes of the public key."""
    return Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes(Encoding.Raw,
                                                                                   PublicFormat.Raw)


def openssh_line(public: bytes) -> str:
    """Return the public key as in an allowed_signers or authorized_keys file."""
    return "ssh-ed25519 " + base64.b64encode(_string(_TYPE) + _string(public)).decode()


def _signed(namespace: str, message: bytes) -> bytes:
    return (_MAGIC + _string(namespace.encode()) + _string(b"") + _string(b"sha512")
            + _string(hashlib.sha512(message).digest()))


def sign(private: bytes, namespace: str, message: bytes) -> bytes:
    """Return the armored signature of `message`, ending with a newline."""
    signature = Ed25519PrivateKey.from_private_bytes(private).sign(_signed(namespace, message))
    key = _string(_TYPE) + _string(public_key(private))
    blob = (_MAGIC + struct.pack(">I", 1) + _string(key) + _string(namespace.encode())
            + _string(b"")
            + _string(b"sha512") + _string(_string(_TYPE) + _string(signature)))
    text = base64.b64encode(blob).decode()
    lines = [text[i:i + 70] for i in range(0, len(text), 70)]
    return "\n".join([_BEGIN, *lines, _END, ""]).encode()


def verify(armored: bytes, namespace: str, message: bytes) -> bytes:
    """Return the 32 raw bytes of the key that signed; BadSignatureError where it does not hold."""
    try:
        # No other space than that of a text: of one signature there is one form, but for the ends
        # of its lines.
        lines = armored.strip(b" \t\r\n").decode("ascii").split("\n")
        if len(armored) > MAX_ARMORED or lines[0] != _BEGIN or lines[-1] != _END:
            raise ValueError
        blob = base64.b64decode("".join(lines[1:-1]), validate=True)
        if blob[:6] != _MAGIC or blob[6:10] != struct.pack(">I", 1):
            raise ValueError
        key, name, _reserved, algorithm, signature = _strings(blob[10:], 5)
        kind, public = _strings(key, 2)
        signature_kind, raw = _strings(signature, 2)
        if (kind != _TYPE or signature_kind != _TYPE or algorithm != b"sha512"
            or name != namespace.encode()):
            raise ValueError
        Ed25519PublicKey.from_public_bytes(public).verify(raw, _signed(namespace, message))
    except (ValueError, IndexError, struct.error, InvalidSignature) as error:
        raise BadSignatureError from error
    return public


def _strings(data: bytes, count: int) -> list[bytes]:
    found = []
    for _unused in range(count):
        (length,) = struct.unpack(">I", data[:4])
        if length > len(data) - 4:
            raise ValueError
        found.append(data[4:4 + length])
        data = data[4 + length:]
    if data:
        raise ValueError
    return found
