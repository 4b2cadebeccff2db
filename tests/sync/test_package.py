"""The lines of a package: none so long that who decodes it holds up the window; read whole wherever
a block ends."""

import uuid

import msgspec
import pyrage
import pytest
import zstandard

from desktop.models.record import COMMON
from desktop.sync.merging.sealing import package_hash
from desktop.sync.packages.package import LINE, Rows, open_rest, read_header, seal


def _sealed(key: pyrage.x25519.Identity, *body: Rows) -> bytes:
    return seal(collective="essai", channel=COMMON, nonce=b"tabouret" * 2, sequence=1, previous="",
                epoch=1,
                recipient=str(key.to_public()), signing_key=b"\x01" * 32, roster=1,
                clock=b"\x01" * 16, seen={}, body=body)


def _rows(count: int, length: int) -> Rows:
    return Rows("action", ["title"],
                [[uuid.UUID(int=n).hex, "00" * 16, f"{n} " + "é" * length] for n in range(count)])


def _lines(data: bytes, key: pyrage.x25519.Identity) -> list[bytes]:
    _header, _signer, rest = read_header(data, package_hash(data))
    packed = pyrage.decrypt(rest, [key])
    return zstandard.ZstdDecompressor().stream_reader(packed).read().splitlines()


@pytest.mark.parametrize(("count", "length"),
                         ((5_000, 20), (700, 9_000), (3, 2 * LINE), (1, 10), (0, 0)))
def test_long_batches_go_in_lines_that_are_soon_decoded(count: int, length: int) -> None:
    key = pyrage.x25519.Identity.generate()
    rows = _rows(count, length)
    data = _sealed(key, rows, rows)
    _opening, *lines = _lines(data, key)
    for line in lines:
        assert len(line) <= LINE or len(msgspec.json.decode(line, type=Rows).rows) == 1
    header, _signer, rest = read_header(data, package_hash(data))
    _opening, body = open_rest(header, rest, str(key))
    assert [row for batch in body for row in batch.rows] == rows.rows * 2
