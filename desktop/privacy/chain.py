"""The chain of the journal: each entry holds the hash of the one before, so that none is changed or
cut out unseen.

Whoever has the key of the vault could write the whole chain again. What was exported or read aloud
before then no longer agrees with it: the last hash is printed with each export.
"""

import hashlib
import json
from dataclasses import dataclass

BEGINNING = bytes(32)
"""What the first entry holds in the place of a hash."""


@dataclass(frozen=True)
class Link:
    """What the hash of an entry is made of."""

    number: int
    on: str
    at: str | None
    what: str
    how: str
    kind: str
    record_id: bytes | None
    count: int
    parts: int
    reason: str | None
    by_id: bytes | None
    writer: bytes | None
    previous: bytes | None

    def digest(self) -> bytes:
        """Return the SHA-256 of the entry, as JSON of a fixed form."""
        said = [value.hex() if isinstance(value, bytes) else value for value in (
            self.number, self.on, self.at, self.what, self.how, self.kind, self.record_id,
            self.count, self.parts,
            self.reason, self.by_id, self.writer, self.previous)]
        return (hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())
                .digest())


@dataclass(frozen=True)
class ChainHead:
    """The last entry that was written: its number and its hash. Kept apart, so that a tail cut off
    is seen."""

    number: int = 0
    digest: bytes = BEGINNING

    def stored(self) -> bytes:
        """Return the bytes that are kept."""
        return self.number.to_bytes(8, "big") + self.digest


def read_head(stored: bytes | None) -> ChainHead:
    """Return the head as it is kept; that of an empty journal where none is."""
    return ChainHead() if not stored else ChainHead(int.from_bytes(stored[:8], "big"), stored[8:])


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold. `what`: altered (this entry says something else than when it
    was written), missing (the entries from this number on to the next that is there, or to the
    end)."""

    number: int
    what: str


ALTERED, MISSING = "altered", "missing"


def breaks_of(links: list[Link], head: ChainHead) -> tuple[Break, ...]:
    """Every place where a chain does not hold, in the order of the entries; none where all is as it
    was written."""
    found: list[Break] = []
    expected, after = 1, BEGINNING
    for at, link in enumerate(links):
        if link.number != expected:
            found.append(Break(expected, MISSING))
        elif (link.previous != after
              and not (found and found[-1] == Break(link.number - 1, ALTERED))):
            # The entry before says something else than its hash, which stands here; at the
            # beginning it is this one.
            found.append(Break(link.number - 1 if at else link.number, ALTERED))
        expected, after = link.number + 1, link.digest()
    if expected <= head.number:
        found.append(Break(expected, MISSING))
    elif expected - 1 > head.number or (links and after != head.digest):
        found.append(Break(expected - 1, ALTERED))
    return tuple(found)
