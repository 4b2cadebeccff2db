"""What a snapshot says of itself: who made it, what it covers, of which files it is made.

`snap/<id>/<part>-<sha256>.pkg`, one or more a channel, and `snap/<id>/manifest-<sha256>.pkg`, which
names them and is written last. All are packages as `sync.package` has them, of other types; the
parts hold record states, so that reading them is merging.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from desktop.base.clock import stamp_writer
from desktop.models.changes import floor_to_month
from desktop.models.record import COMMON, RECORDS
from desktop.sync.packages.package import (
    MANIFEST,
    PART,
    Header,
    RefusedError,
    Rows,
    open_rest,
    read_header,
)
from desktop.sync.trust.roster import Roster

FOLDER = "snap"
ID = re.compile("[0-9a-f]{16}")
WRITER = re.compile("[0-9a-f]{16}")
_STAMP, _HASH = re.compile("[0-9a-f]{32}"), re.compile("[0-9a-f]{64}")
_MANIFEST_NAME = re.compile(MANIFEST + r"-[0-9a-f]{64}\.pkg")
_PART_NAME = re.compile(r"[0-9]{4,9}-[0-9a-f]{64}\.pkg")
VERSIONS = "$version"
"""The table, in a part, of values that lost to others."""
MAKER = "coordination"
"""The role whose computers read every channel: what they say stands for all."""


class SnapshotPart(msgspec.Struct, frozen=True):
    """One file of a snapshot."""

    name: str
    channel: str
    epoch: int
    records: int


class Read(msgspec.Struct, frozen=True):
    """How far one writer is covered. `last`: its edits up to this stamp are in the snapshot;
    `device`: whose writer it is."""

    sequence: int
    sha256: str
    last: str
    device: str


class Manifest(msgspec.Struct, frozen=True):
    """`roster`: the number of the list of devices in force. `vector`: writer in hexadecimal -> how
    far it is covered.

    `held`: writer -> (number, SHA-256) of every package that is covered. `peers`: writer -> at
    which number it had read what.
    `erased`: how many records were erased for good by then.
    """

    id: str
    made_on: str
    roster: int
    vector: dict[str, Read]
    held: dict[str, list[tuple[int, str]]]
    peers: dict[str, tuple[int, dict[str, int]]]
    parts: list[SnapshotPart]
    erased: int = 0

    def covers(self, writer: str, sequence: int, sha256: str) -> bool:
        """Whether what one package said is in the snapshot."""
        return (sequence, sha256) in self.held.get(writer, [])

    def follows(self, other: "Manifest") -> bool:
        """Whether this one covers all that another does."""
        return all(writer in self.vector and self.vector[writer].sequence >= read.sequence
                   for writer, read in other.vector.items())

    def replaces(self, other: "Manifest") -> bool:
        """Whether another is of no more use beside this one; of two that cover the same, one
        replaces the other."""
        return (self.id != other.id and self.follows(other)
                and (not other.follows(self) or self.id > other.id))


def folder_of(snapshot: str) -> str:
    """Where the files of a snapshot lie."""
    return f"{FOLDER}/{snapshot}"


def is_manifest(name: str) -> bool:
    """Whether this file of a snapshot is its manifest."""
    return _MANIFEST_NAME.fullmatch(name) is not None


def opened_manifest(snapshot: str, name: str, data: bytes, roster: Roster,
                    keys: dict[tuple[str, int], str]) -> tuple[Manifest, str]:
    """Return (the manifest, the device that signed it); RefusedError where it is not one that this
    device may believe."""
    header, signer, rest = _verified(snapshot, name, data, roster, MANIFEST)
    if header.channel != COMMON:
        raise RefusedError("a manifest is for everybody")
    identity = keys.get((header.channel, header.epoch))
    if identity is None:
        raise RefusedError("the key of this channel has not come yet")
    _opening, body = open_rest(header, rest, identity)
    try:
        rows = next(body)
        manifest = msgspec.convert(rows.rows[0][0], Manifest)
        date.fromisoformat(manifest.made_on)
    except (StopIteration, IndexError, ValueError) as error:
        raise RefusedError("content is not readable") from error
    if not _is_sound(manifest) or manifest.id != snapshot:
        raise RefusedError("the manifest contradicts itself")
    return manifest, signer


def _is_sound(manifest: Manifest) -> bool:
    """Whether every name and number is of our form: they become those of files and of rows."""
    return (all(WRITER.fullmatch(writer) and _STAMP.fullmatch(read.last)
                and _HASH.fullmatch(read.sha256)
                and _HASH.fullmatch(read.device) and _is_number(read.sequence)
                for writer, read in manifest.vector.items())
            and set(manifest.held) <= set(manifest.vector)
            and all(_HASH.fullmatch(sha256) and _is_number(number)
                    for held in manifest.held.values() for number, sha256 in held)
            and all(WRITER.fullmatch(writer) and _is_number(number)
                    for writer, (number, _read) in manifest.peers.items())
            and all(_PART_NAME.fullmatch(part.name) for part in manifest.parts))


def _is_number(number: int) -> bool:
    return 0 <= number < 2**63


def opened_part(manifest: Manifest, part: SnapshotPart, data: bytes, roster: Roster, maker: str,
                identity: str) -> Iterator[Rows]:
    """Return what is inside a part of a snapshot; RefusedError where it is not the part that the
    manifest names."""
    header, signer, rest = _verified(manifest.id, part.name, data, roster, PART)
    if signer != maker or (header.channel, header.epoch) != (part.channel, part.epoch):
        raise RefusedError("it is not the part that the manifest names")
    _opening, body = open_rest(header, rest, identity)
    return body


def _verified(snapshot: str, name: str, data: bytes, roster: Roster,
              kind: str) -> tuple[Header, str, bytes]:
    header, signer, rest = read_header(data, name.rsplit("-", 1)[-1].removesuffix(".pkg"), kind)
    if header.collective != roster.collective:
        raise RefusedError("it belongs to another collective")
    if header.previous != snapshot:
        raise RefusedError("it belongs to another snapshot")
    device = roster.device(signer.hex())
    if device is None or MAKER not in device.roles:
        raise RefusedError("its author may not make a snapshot")
    return header, signer.hex(), rest


def covering(vector: dict[str, bytes]) -> Callable[[str, bytes], bool]:
    """Whether an edit, known by its kind and stamp, is among those up to `vector` (writer -> last
    stamp)."""
    def covered(kind: str, stamp: bytes) -> bool:
        last = vector.get(stamp_writer(stamp).hex())
        return last is not None and stamp <= (before_the_month(last) if _anonymous(kind) else last)

    return covered


def before_the_month(stamp: bytes) -> bytes:
    """Return the last stamp before its month: of what may not be dated, an edit of the same month
    may have come before or after."""
    return max(int.from_bytes(floor_to_month(stamp, None)[:8], "big") - 1,
               0).to_bytes(8, "big") + b"\xff" * 8


def _anonymous(kind: str) -> bool:
    return kind in RECORDS and RECORDS[kind].__anonymous__


__all__ = [
    "FOLDER",
    "ID",
    "MAKER",
    "MANIFEST",
    "PART",
    "VERSIONS",
    "Manifest",
    "Read",
    "Rows",
    "SnapshotPart",
    "before_the_month",
    "covering",
    "folder_of",
    "is_manifest",
    "opened_manifest",
    "opened_part",
]
