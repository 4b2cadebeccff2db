"""Sending: every package that this device holds and the store does not, ours and those of
others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.log import log
from desktop.sync.merging.sealing import package_name
from desktop.sync.stores import receipts
from desktop.sync.stores.hints import Heads, announce, announce_branch
from desktop.sync.stores.storage import Storage
from desktop.sync.trust.alarms import ROLLBACK, raise_alarm
from desktop.vault import Vault, sql

Missing = tuple[bytes, int, str]
"""(writer, sequence, sha256) of a package that the store is not known to hold."""
_HELD = ("outbox", "held_package")
"""The tables of what this device holds: our packages, those of others."""


@dataclass
class Shelves:
    """The listings of a store's folders of packages, each asked for once."""

    storage: Storage
    _listed: dict[str, frozenset[str]] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the listing of its folder shows a package."""
        folder, _slash, file = name.rpartition("/")
        if folder not in self._listed:
            self._listed[folder] = frozenset(self.storage.names(folder))
        return file in self._listed[folder]

    def numbered(self, writer: bytes, sequence: int) -> set[str]:
        """Return the hashes that the listing shows under one number of a writer."""
        name = package_name(writer, sequence, "")
        self.has(name)
        folder, _slash, file = name.rpartition("/")
        return {one.rpartition("-")[2].removesuffix(".pkg") for one in self._listed[folder]
                if one.startswith(file[:11])}


def push(vault: Vault, storage: Storage, store: str, heads: Heads, *, by_hand: bool,
         looked: Callable[[int, int], None]) -> int:
    """Send what is missing; how many packages were. `by_hand`: another store than the collective's
    own.

    `looked` is called after each package with (done, whole), and may end it all by an exception.
    """
    shelves = Shelves(storage)
    if _lower(vault, store, heads, shelves) and not by_hand:
        vault.do(raise_alarm, ROLLBACK, datetime.now())
    missing = vault.ask(_missing, store)
    pushed = 0
    own = vault.ask(_own_writers)
    behind: dict[bytes, tuple[int, str]] = {}
    looked(0, 0)
    for number, (writer, sequence, sha256) in enumerate(missing, 1):
        name = package_name(writer, sequence, sha256)
        # Of what others made a listing is enough: whoever finds it damaged asks for it. Ours is
        # compared.
        hidden = sequence <= heads.farthest.get(writer.hex(), 0) and not shelves.has(name)
        if writer in own or not shelves.has(name):
            crash_point("push.before-put")
            storage.put(name, vault.ask(_bytes_of, writer, sequence, sha256))
            crash_point("push.put")
            pushed += 1
            if hidden:
                behind[writer] = sequence, sha256
        vault.do(_keep, store, writer, sequence, by_hand)
        crash_point("push.receipt")
        looked(number, len(missing))
    _put_back(vault, storage, heads, shelves)
    for writer, end in behind.items():
        announce_branch(storage, heads, writer.hex(), *end)
    # Not for what was sent just now alone: an earlier round may have ended between sending and
    # announcing.
    for writer, sequence, sha256 in vault.ask(_farthest, store):
        announce(storage, heads, writer.hex(), sequence, sha256)
    return pushed


def _lower(vault: Vault, store: str, heads: Heads, shelves: Shelves) -> bool:
    """Where a store shows less than it had, an older copy of it was put back: what it lost is sent
    again. Whether it was."""
    known = vault.ask(receipts.receipts, store)
    lost: set[bytes] = set()
    for writer, number in known.items():
        if heads.farthest.get(writer, 0) >= number:
            continue
        last = vault.ask(_hash_of, bytes.fromhex(writer), number)
        if last is not None and not shelves.has(package_name(bytes.fromhex(writer), number, last)):
            lost.add(bytes.fromhex(writer))
    if not lost:
        return False
    log.warning("the store lost packages: they are sent again")
    # Those too of which it shows as many: a computer put back to that day has used the same numbers
    # again.
    for one in lost | (set(map(bytes.fromhex, known)) - vault.ask(_own_writers)):
        vault.do(receipts.lower_receipt, store, one, 0)
    return True


def look_through_again(session: Session, store: str, writers: Iterable[str]) -> None:
    """Take nothing for granted of what a store has of these writers (hexadecimal): the next sending
    looks, and completes."""
    for writer in set(map(bytes.fromhex, writers)) - _own_writers(session):
        receipts.lower_receipt(session, store, writer, 0)


def _put_back(vault: Vault, storage: Storage, heads: Heads, shelves: Shelves) -> None:
    for writer, sequence in heads.wanted:
        held = vault.ask(_hashes_of, bytes.fromhex(writer), sequence)
        for sha256 in held:
            name = package_name(bytes.fromhex(writer), sequence, sha256)
            storage.put(name, vault.ask(_bytes_of, bytes.fromhex(writer), sequence, sha256))
        # A writer that was copied may have others under this number, which somebody else has to
        # mend.
        if held and shelves.numbered(bytes.fromhex(writer), sequence) <= set(held):
            storage.remove(f"heads/want-{writer}-{sequence:010d}")


def _own_writers(session: Session) -> set[bytes]:
    return {row[0] for row in sql.fetch(session, "SELECT DISTINCT writer FROM outbox")}


def _missing(session: Session, store: str) -> list[Missing]:
    return sorted((writer, sequence, sha256) for table in _HELD
                  for writer, sequence, sha256 in sql.fetch(
                      session, f"SELECT p.writer, p.sequence, p.sha256 FROM {table} p "
                      "LEFT JOIN receipt r ON r.writer = p.writer AND r.store = ? "
                      "WHERE p.sequence > coalesce(r.sequence, 0) AND p.data IS NOT NULL", store))


def _bytes_of(session: Session, writer: bytes, sequence: int, sha256: str) -> bytes:
    for table in _HELD:
        for (data,) in sql.fetch(session, f"SELECT data FROM {table} WHERE writer = ? AND sequence "
                                          f"= ? AND sha256 = ? "
                                 "AND data IS NOT NULL", writer, sequence, sha256):
            return bytes(data)
    raise LookupError(sequence)


def _hashes_of(session: Session, writer: bytes, sequence: int) -> list[str]:
    return [sha256 for table in _HELD for (sha256,) in sql.fetch(
        session, f"SELECT sha256 FROM {table} WHERE writer = ? AND sequence = ? AND data IS NOT "
                 f"NULL", writer, sequence)]


def _hash_of(session: Session, writer: bytes, sequence: int) -> str | None:
    return next(iter(_hashes_of(session, writer, sequence)), None)


def _keep(session: Session, store: str, writer: bytes, sequence: int, by_hand: bool) -> None:
    receipts.keep_receipt(session, store, writer, sequence)
    if not by_hand:
        sql.run(session, "UPDATE outbox SET pushed_at = ? WHERE writer = ? AND sequence = ?",
                datetime.now().isoformat(timespec="seconds"), writer, sequence)


def _farthest(session: Session, store: str) -> list[Missing]:
    """Return the last package of each writer that the store holds, as far as this device holds it
    too."""
    return [(writer, sequence, sha256) for table in _HELD for writer, sequence, sha256 in sql.fetch(
        session, f"SELECT p.writer, p.sequence, p.sha256 FROM receipt r JOIN {table} p "
        "ON p.writer = r.writer AND p.sequence = r.sequence WHERE r.store = ?", store)]
