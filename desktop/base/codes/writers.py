"""The number of a writer: made of the device's public key, so that nobody else can write under
it."""

import hashlib
import secrets

NONCE = 16
"""Bytes of a nonce: a device that starts another writer draws another one."""
_PURPOSE = b"carnet-writer\0"


def writer_of(public_key: bytes, nonce: bytes) -> bytes:
    """Return the 8 bytes of the writer that a device (Ed25519 public key, 32 bytes) has with a
    nonce."""
    return hashlib.sha256(_PURPOSE + public_key + nonce).digest()[:8]


def new_nonce(public_key: bytes, after: bytes = b"") -> bytes:
    """Draw a nonce; `after`: a writer below the one that it makes, as long as there is any above.

    Of many the nearest is taken, so that a device that starts again and again keeps room above.
    """
    drawn = [secrets.token_bytes(NONCE) for _unused in range(256 if after else 1)]
    later = [nonce for nonce in drawn if writer_of(public_key, nonce) > after]
    return min(later or drawn, key=lambda nonce: writer_of(public_key, nonce))
