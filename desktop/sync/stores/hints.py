"""The hints of a store: one listing says who has news, what somebody misses, which list of devices
is in force.

`heads/<writer>-<sequence>-<sha256>`, `heads/want-<writer>-<sequence>`, `heads/want-trust-<sha256>`,
`heads/want-snap-<id>`,
`heads/branch-<writer>-<sequence>-<sha256>`, `heads/trust-<number>`.
A hint proves nothing, and one that is missing means nothing.
"""

import re
from dataclasses import dataclass, field, replace

from desktop.base.crash import crash_point
from desktop.sync.stores.storage import Storage, number_in

_PACKAGE = re.compile(r"([0-9a-f]{16})-([0-9]{10})-([0-9a-f]{64})")
_WANT_TRUST = re.compile(r"want-trust-([0-9a-f]{64})")
_WANT_SNAPSHOT = re.compile(r"want-snap-([0-9a-f]{16})")
_BRANCH = re.compile(f"branch-{_PACKAGE.pattern}")
_WANT = re.compile(r"want-([0-9a-f]{16})-([0-9]{10})")


@dataclass(frozen=True)
class Heads:
    """What the hints say: the farthest package of each writer; every hint of it; who misses what;
    the newest trust."""

    names: frozenset[str] = frozenset()
    farthest: dict[str, int] = field(default_factory=dict)
    said: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    wanted: list[tuple[str, int]] = field(default_factory=list)
    trust: int = 0
    wanted_trust: list[str] = field(default_factory=list)
    wanted_snapshots: list[str] = field(default_factory=list)
    branches: list[tuple[str, int, str]] = field(default_factory=list)
    """(writer, number, hash) of the ends of branches that lie behind the farthest number of their
    writer."""

    @property
    def wants(self) -> bool:
        """Whether somebody misses something."""
        return bool(self.wanted or self.wanted_trust or self.wanted_snapshots)


def read_heads(storage: Storage) -> Heads:
    """Return the hints of a store, in one request."""
    names = storage.names("heads")
    heads = Heads(frozenset(names))
    trust = 0
    for name in names:
        if (found := _PACKAGE.fullmatch(name)) is not None:
            writer, sequence = found[1], int(found[2])
            heads.said.setdefault(writer, []).append((sequence, found[3]))
            heads.farthest[writer] = max(heads.farthest.get(writer, 0), sequence)
        elif (found := _WANT.fullmatch(name)) is not None:
            heads.wanted.append((found[1], int(found[2])))
        elif (found := _WANT_TRUST.fullmatch(name)) is not None:
            heads.wanted_trust.append(found[1])
        elif (found := _WANT_SNAPSHOT.fullmatch(name)) is not None:
            heads.wanted_snapshots.append(found[1])
        elif (found := _BRANCH.fullmatch(name)) is not None:
            heads.branches.append((found[1], int(found[2]), found[3]))
        elif name.startswith("trust-"):
            trust = max(trust, number_in(name.removeprefix("trust-")) or 0)
    return replace(heads, trust=trust)


def announce(storage: Storage, heads: Heads, writer: str, sequence: int, sha256: str) -> None:
    """Leave the hint that spares the others a listing; the older hints of this writer go."""
    name = f"{writer}-{sequence:010d}-{sha256}"
    said = heads.said.get(writer, [])
    if name not in heads.names and not any(number > sequence for number, _sha256 in said):
        crash_point("push.before-head")
        storage.put(f"heads/{name}", b"\n")
        crash_point("push.head")
    for number, other in said:
        if number < sequence:
            storage.remove(f"heads/{writer}-{number:010d}-{other}")
            crash_point("push.old-head-removed")


def announce_branch(storage: Storage, heads: Heads, writer: str, sequence: int,
                    sha256: str) -> None:
    """Say that a branch was put back behind the farthest number of its writer, where nobody would
    look; it stays."""
    name = f"branch-{writer}-{sequence:010d}-{sha256}"
    if name not in heads.names:
        storage.put(f"heads/{name}", b"\n")


def announce_trust(storage: Storage, heads: Heads, number: int) -> None:
    """Say which list of devices is the newest."""
    if heads.trust < number:
        storage.put(f"heads/trust-{number:06d}", b"\n")
    for name in heads.names:
        if (name.startswith("trust-")
            and (number_in(name.removeprefix("trust-")) or number) < number):
            storage.remove(f"heads/{name}")


def ask_for(storage: Storage, heads: Heads, writer: str, sequence: int) -> None:
    """Say that a package is missing here: whoever holds it puts it back at the next exchange."""
    name = f"want-{writer}-{sequence:010d}"
    if name not in heads.names:
        storage.put(f"heads/{name}", b"\n")


def ask_for_trust(storage: Storage, heads: Heads, sha256: str) -> None:
    """Say that a file of the trust is spoilt or missing."""
    name = f"want-trust-{sha256}"
    if name not in heads.names and _WANT_TRUST.fullmatch(name):
        storage.put(f"heads/{name}", b"\n")


def ask_for_snapshot(storage: Storage, heads: Heads, snapshot: str) -> None:
    """Say that a file of a snapshot is spoilt or missing."""
    if snapshot not in heads.wanted_snapshots:
        storage.put(f"heads/want-snap-{snapshot}", b"\n")
