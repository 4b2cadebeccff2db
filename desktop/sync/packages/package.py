"""A package: bytes <-> record states. A clear header, its signature, then age over zstd over JSON
Lines.

Line 1 is the header; the armored SSHSIG over it follows; the rest opens with `age -d | zstd -d |
jq`. A skippable zstd frame pads the rest to a PADMÉ length (Nikitin et al., 2019), at least 4 KiB,
so that the size says little.
"""

import hashlib
import io
import struct
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import pyrage
import zstandard

from desktop.base.codes import sshsig
from desktop.base.codes.writers import writer_of
from desktop.sync.packages import age, bounds

NAMESPACE = "carnet-package"
VERSION = 2
CHANGES, MANIFEST, PART = KINDS = ("changes", "manifest", "snapshot")
"""The types of packages: what writers send, and the files of a snapshot."""
FLOOR = 4096
MAX_PACKAGE = 40 * 1024 * 1024
MAX_HEADER = 4096
LINE = 256 * 1024
"""Bytes of a line as we write it: who reads it decodes it at once, and the window waits for
that."""
_END = b"-----END SSH SIGNATURE-----\n"
_SKIPPABLE = 0x184D2A50
_UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


class RefusedError(Exception):
    """A package that is not accepted; the reason is a short English code for the log and the screen
    of refusals."""


class DamagedError(RefusedError):
    """Bytes that are not those of the name: cut short or spoilt on the way; the right ones may come
    under it yet."""


class StrangeError(RefusedError):
    """Nothing proves that its writer made it: anybody who can write to the folder may have."""


class OlderError(StrangeError):
    """Made by a version of before any release, whose writers proved nothing."""


class NewerError(StrangeError):
    """Made by a version that writes in a form of which this one knows nothing."""


class _Form(msgspec.Struct, frozen=True):
    """What every version says first, whatever else it says."""

    version: int
    type: str


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """Line 1, in clear. Hexadecimal for hashes, writer and nonce; `size` in bytes.

    The writer is made of the signer's key and the nonce (`base.codes.writers`).
    """

    version: int
    type: str
    collective: str
    channel: str
    writer: str
    nonce: str
    sequence: int
    previous: str
    epoch: int
    sha256: str
    size: int


class Rows(msgspec.Struct, frozen=True):
    """Record states of one table: fields once, then a row each: id, stamp (or one a field), the
    values."""

    table: str
    fields: list[str]
    rows: list[list[Any]]


class Opening(msgspec.Struct, frozen=True):
    """The first line inside: the header again, the roster known, the clock, and what the writer had
    seen."""

    header: dict[str, Any]
    roster: int
    clock: str
    seen: dict[str, tuple[int, str, str]]
    matched: dict[str, list[str]] = {}
    """Snapshot -> the channels in which the writer's device found it to be what it holds itself."""


def padme(length: int) -> int:
    """Return the padded length, at least FLOOR: at most 12 % more, leaking O(log log n) bits."""
    if length <= FLOOR:
        return FLOOR
    exponent = length.bit_length() - 1
    low = exponent - exponent.bit_length()
    mask = (1 << low) - 1
    return (length + mask) & ~mask


def seal(*, collective: str, channel: str, nonce: bytes, sequence: int, previous: str, epoch: int,
         recipient: str,
         signing_key: bytes, roster: int, clock: bytes, seen: dict[str, tuple[int, str, str]],
         body: Iterable[Rows], kind: str = CHANGES,
         matched: dict[str, list[str]] | None = None) -> bytes:
    """Return the bytes of a package, final from now on."""
    shared: dict[str, Any] = {"version": VERSION, "type": kind, "collective": collective,
                              "channel": channel,
                              "writer": writer_of(sshsig.public_key(signing_key), nonce).hex(),
                              "nonce": nonce.hex(),
                              "sequence": sequence, "previous": previous, "epoch": epoch}
    lines = [msgspec.json.encode(Opening(shared, roster, clock.hex(), seen, matched or {}))]
    lines += [line for rows in body for line in _encoded(rows)]
    packed = zstandard.ZstdCompressor(level=3).compress(b"\n".join(lines) + b"\n")
    padding = padme(len(packed) + 8) - len(packed) - 8
    packed += struct.pack("<II", _SKIPPABLE, padding) + b"\0" * padding
    rest = age.encrypt(packed, [pyrage.x25519.Recipient.from_str(recipient)])
    header = Header(**shared, sha256=hashlib.sha256(rest).hexdigest(), size=len(rest))
    line = msgspec.json.encode(header) + b"\n"
    return line + sshsig.sign(signing_key, NAMESPACE, line) + rest


def _encoded(rows: Rows) -> Iterator[bytes]:
    """Yield a line, or several of as many bytes at most, save where one row alone has more."""
    line = msgspec.json.encode(rows)
    if len(line) <= LINE or len(rows.rows) == 1:
        yield line
        return
    each = max(1, len(rows.rows) * LINE // len(line))
    for start in range(0, len(rows.rows), each):
        yield from _encoded(Rows(rows.table, rows.fields, rows.rows[start:start + each]))


def read_header(data: bytes, name_hash: str, kind: str = CHANGES) -> tuple[Header, bytes, bytes]:
    """Header, public key of the signer, sealed rest; RefusedError where size, hash, limits or
    signature do not hold."""
    if len(data) > MAX_PACKAGE:
        raise StrangeError("too large")
    if hashlib.sha256(data).hexdigest() != name_hash:
        raise DamagedError("hash differs from the name")
    line_end = data.find(b"\n", 0, MAX_HEADER) + 1
    if line_end == 0:
        raise StrangeError("no header")
    try:
        form = msgspec.json.decode(data[:line_end], type=_Form)
        if form.version > VERSION or (form.version == VERSION and form.type not in KINDS):
            raise NewerError("made by a newer version")
        if form.version < VERSION:
            raise OlderError("made by an older version")
        header = msgspec.json.decode(data[:line_end], type=Header)
    except _UNREADABLE as error:
        raise StrangeError("header is not readable") from error
    if header.version != VERSION or header.type != kind:
        raise StrangeError("it is of another type")
    end = data.find(_END, line_end, line_end + sshsig.MAX_ARMORED)
    if end < 0:
        raise StrangeError("no signature")
    try:
        signer = sshsig.verify(data[line_end:end + len(_END)], NAMESPACE, data[:line_end])
    except sshsig.BadSignatureError as error:
        raise StrangeError("signature does not hold") from error
    if not _is_of(header, signer):
        raise StrangeError("this writer belongs to another device")
    rest = data[end + len(_END):]
    if len(rest) != header.size or hashlib.sha256(rest).hexdigest() != header.sha256:
        raise StrangeError("content differs from the header")
    return header, signer, rest


def _is_of(header: Header, signer: bytes) -> bool:
    try:
        return writer_of(signer, bytes.fromhex(header.nonce)).hex() == header.writer
    except ValueError:
        return False


def open_rest(header: Header, rest: bytes, identity: str) -> tuple[Opening, Iterator[Rows]]:
    """Return what is inside; RefusedError where it does not decrypt, unpack within bounds, or
    repeat the header.

    `identity`: of age, or several with spaces between them.
    """
    try:
        packed = age.decrypt(rest,
                             [pyrage.x25519.Identity.from_str(one) for one in identity.split()])
    except pyrage.DecryptError as error:
        raise RefusedError("does not decrypt") from error
    lines = _lines(packed)
    first = next(lines, b"")
    if len(first) > bounds.OPENING:
        raise RefusedError(bounds.TOO_MUCH)
    try:
        opening = msgspec.json.decode(first, type=Opening)
    except _UNREADABLE as error:
        raise RefusedError("content is not readable") from error
    outer = msgspec.structs.asdict(header)
    if opening.header != {name: outer[name] for name in outer if name not in ("sha256", "size")}:
        raise RefusedError("inner and outer header differ")
    return opening, _decoded(lines)


def _decoded(lines: Iterator[bytes]) -> Iterator[Rows]:
    decoder = msgspec.json.Decoder(Rows)
    count = 0
    for line in lines:
        if bounds.is_costly(line):
            raise RefusedError(bounds.TOO_MUCH)
        try:
            rows = decoder.decode(line)
        except _UNREADABLE as error:
            raise RefusedError("content is not readable") from error
        # A line without rows costs something too.
        count += max(len(rows.rows), 1)
        if count > bounds.ROWS or len(rows.fields) > bounds.FIELDS:
            raise RefusedError(bounds.TOO_MUCH)
        yield rows


def _lines(packed: bytes) -> Iterator[bytes]:
    # A frame that declares its size is not held to max_output_size: count what really comes out.
    total = 0
    begun: list[bytes] = []
    length = 0
    try:
        with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(
            io.BytesIO(packed)) as stream:
            while block := stream.read(1 << 20):
                total += len(block)
                first, *others = block.split(b"\n")
                begun.append(first)
                length += len(first)
                if total > bounds.PLAIN or length > bounds.LINE:
                    raise RefusedError(bounds.TOO_MUCH)
                if others:
                    *whole, last = others
                    yield b"".join(begun)
                    yield from whole
                    begun, length = [last], len(last)
    except zstandard.ZstdError as error:
        raise RefusedError("does not unpack") from error
    if length:
        raise RefusedError("content is cut short")
