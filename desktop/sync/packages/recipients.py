"""The header of a file that age sealed, judged and shortened by us: for whom it is sealed.

    age-encryption.org/v1
    -> X25519 <share of an ephemeral key, base64>
    <the file key, sealed to one recipient, base64>
    ...                                                 one such pair of lines a recipient
    --- <MAC of all above by the file key, base64>

The time that pyrage takes grows with the square of what the header holds: with 670 recipients 4 s,
with 2,600 a minute and a half, and the interpreter held. A header for more than a few is therefore
searched here, a tenth of a millisecond a recipient, and pyrage is given one that holds our own pair
alone.
"""

import base64
import binascii
from collections.abc import Iterable, Iterator
from itertools import pairwise

import pyrage
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.base.codes.bech32 import data_of

FEW, MANY = 16, 256
"""For how many a file may be sealed: one of a channel; and one that every computer opens."""
_INTRODUCTION = b"age-encryption.org/v1\n"
_STANZA = b"-> X25519 "
_LAST_LINE = b"\n--- "
_LONGEST_LINE = 512
_RECIPIENT = 128
"""Bytes that a recipient takes in the header, at most."""


def with_fewer(data: bytes, identities: Iterable[pyrage.x25519.Identity], most: int) -> bytes:
    """Return the same file with a header that pyrage reads at once.

    pyrage.DecryptError where it is sealed for more than `most`, or for many and none of these.
    """
    end = data.find(_LAST_LINE, 0, _LONGEST_LINE + most * _RECIPIENT)
    if not data.startswith(_INTRODUCTION) or end < 0:
        raise pyrage.DecryptError("the header is none, or too long")
    lines = data[:end].split(b"\n")
    count = sum(line.startswith(b"->") for line in lines)
    # The library adds one of its own, which opens nothing.
    if count > most + 1 or max(map(len, lines)) > _LONGEST_LINE:
        raise pyrage.DecryptError("it is sealed for too many")
    if count <= FEW + 1:
        return data
    mac_end = data.find(b"\n", end + 1)
    try:
        mac = _plain(data[end + len(_LAST_LINE):mac_end])
        pair, file_key = next(_opened(lines, [_secret_of(one) for one in identities]))
        _mac(file_key, data[:end] + b"\n---").verify(mac)
    except (StopIteration, binascii.Error, InvalidSignature) as error:
        raise pyrage.DecryptError("it is sealed for others, or spoilt") from error
    header = _INTRODUCTION + pair + b"\n---"
    return header + b" " + _base64(_mac(file_key, header).finalize()) + data[mac_end:]


def _opened(lines: list[bytes], secrets: list[X25519PrivateKey]) -> Iterator[tuple[bytes, bytes]]:
    """Return (the pair of lines, the file key) of the recipients that one of these keys is of."""
    for first, second in pairwise(lines):
        if not first.startswith(_STANZA):
            continue
        share, sealed = _plain(first.removeprefix(_STANZA)), _plain(second)
        for secret in secrets:
            file_key = _file_key(secret, share, sealed)
            if file_key is not None:
                yield first + b"\n" + second, file_key


def _file_key(secret: X25519PrivateKey, share: bytes, sealed: bytes) -> bytes | None:
    if len(share) != 32 or len(sealed) != 32:
        return None
    try:
        shared = secret.exchange(X25519PublicKey.from_public_bytes(share))
        salt = share + secret.public_key().public_bytes_raw()
        key = HKDF(SHA256(), 32, salt, b"age-encryption.org/v1/X25519").derive(shared)
        return ChaCha20Poly1305(key).decrypt(bytes(12), sealed, None)
    except (InvalidTag, ValueError):
        # ValueError: a share that leaves nothing secret.
        return None


def _mac(file_key: bytes, header: bytes) -> HMAC:
    mac = HMAC(HKDF(SHA256(), 32, b"", b"header").derive(file_key), SHA256())
    mac.update(header)
    return mac


def _secret_of(identity: pyrage.x25519.Identity) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(data_of(str(identity)))


def _plain(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
