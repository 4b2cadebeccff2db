"""Sealing and opening by age, so that other threads have their turn meanwhile.

pyrage holds the interpreter while it works: a large package would hold up the window for tens of
milliseconds. Written to a sink of ours, block by block, it lets go at each.
"""

import io
from collections.abc import Sequence

import pyrage

from desktop.sync.packages.recipients import FEW, MANY, with_fewer

__all__ = ["FEW", "LARGE", "MANY", "decrypt", "encrypt"]

LARGE = 128 * 1024
"""Bytes above which it is done block by block."""


class _Blocks:
    def __init__(self) -> None:
        self._blocks: list[bytes] = []

    def write(self, block: bytes) -> int:
        self._blocks.append(bytes(block))
        return len(block)

    def flush(self) -> None:
        """As a file has it."""

    def whole(self) -> bytes:
        return b"".join(self._blocks)


def encrypt(data: bytes, recipients: Sequence[pyrage.x25519.Recipient]) -> bytes:
    """Sealed to these."""
    if len(data) < LARGE:
        sealed: bytes = pyrage.encrypt(data, recipients)
        return sealed
    blocks = _Blocks()
    pyrage.encrypt_io(io.BytesIO(data), blocks, recipients)
    return blocks.whole()


def decrypt(data: bytes, identities: Sequence[pyrage.x25519.Identity], most: int = FEW) -> bytes:
    """Return what is inside; pyrage.DecryptError where none of these opens it, it is not whole, or
    is for more than `most`."""
    data = with_fewer(data, identities, most)
    if len(data) < LARGE:
        opened: bytes = pyrage.decrypt(data, identities)
        return opened
    blocks = _Blocks()
    try:
        pyrage.decrypt_io(io.BytesIO(data), blocks, identities)
    except OSError as error:
        # What is found wrong in a later block comes as an error of the file.
        raise pyrage.DecryptError(str(error)) from error
    return blocks.whole()
