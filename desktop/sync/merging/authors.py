"""Who may write what: the devices in force, those that left and up to where they are heard, the
chain of each writer."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from desktop.sync.merging.certificates import Certificate, certificate_of
from desktop.sync.packages.package import Header, RefusedError, StrangeError
from desktop.sync.trust.links import own_key
from desktop.sync.trust.roster import Device, Roster
from desktop.vault import Vault, sql

GONE = "its author was removed from the collective"
GAP = "the chain of this writer has a gap or a fork"


class GoneError(RefusedError):
    """The author was removed before this package was known to who removed it: held until a list
    takes it.

    `writer`, `device`: whose it is, in hexadecimal.
    """

    def __init__(self, writer: str, device: str) -> None:
        super().__init__(GONE)
        self.writer, self.device = writer, device


class GapError(RefusedError):
    """What it stands on is not there: not yet, or a snapshot took its place. `missing`: its writer,
    number and hash."""

    def __init__(self, header: Header) -> None:
        super().__init__(GAP)
        self.missing = header.writer, header.sequence - 1, header.previous


@dataclass
class Cursor:
    """How far a writer's chain was read."""

    device: str
    sequence: int
    sha256: str


class Authors:
    """Judges whose package it is, by the roster in force and by what is known of the others'
    reading."""

    def __init__(self, vault: Vault, roster: Roster) -> None:
        self.vault, self.roster = vault, roster
        self._own = roster.device(own_key(vault))
        self.cursors = vault.ask(cursors)

    def may_read(self, channel: str) -> bool:
        """Whether this device is a reader of a channel."""
        return self.roster.reads(self._own, channel)

    def known(self, key: str) -> Device | None:
        """Return a device that takes part, or took part."""
        gone = self.roster.out(key)
        return self.roster.device(key) or (gone.device if gone is not None else None)

    def certificate(self, device: Device, header: Header, number: int) -> Certificate:
        """Return the rights by which a package was made, as it says by link `number` of the list of
        computers."""
        return certificate_of(device, self.roster, header.writer, header.sequence, number)

    def limit(self, writer: str) -> int:
        """Return up to which package a removed writer is heard: what the list in force says, and
        nobody else's word."""
        return max((removal.cut.get(writer, 0) for removal in self.roster.removed), default=0)

    def cursor(self, writer: str) -> Cursor | None:
        """How far a writer was read when this was made."""
        return self.cursors.get(writer)

    def is_out(self, writer: str) -> bool:
        """Whether a writer is known to be of a device that was taken out."""
        cursor = self.cursors.get(writer)
        return cursor is not None and self.roster.out(cursor.device) is not None

    def judge(self, name: str, header: Header, signer: str) -> Device:
        """Return the device that made a package, whose writer is the signer's own; RefusedError
        where it may not have."""
        parts = name.split("/")
        if parts[1] != header.writer or int(parts[-1].split("-")[0]) != header.sequence:
            raise StrangeError("the name and the header differ")
        if header.collective != self.roster.collective:
            raise StrangeError("it belongs to another collective")
        device = self.roster.device(signer)
        gone = self.roster.out(signer)
        if device is None and gone is None:
            raise StrangeError("its author is not in the list of devices")
        if header.channel not in self.roster.channels:
            raise RefusedError("the channel is not known")
        if device is not None:
            return device
        if gone is None or header.sequence > self.limit(header.writer):
            raise GoneError(header.writer, signer)
        return gone.device

    def branches(self, header: Header, cursor: Cursor | None, before: Callable[[], None]) -> bool:
        """Whether a package follows an earlier one than the last, where its writer was copied;
        RefusedError for a gap.

        `before` is called before the vault is asked for what was read.
        """
        if (header.sequence, header.previous) == ((cursor.sequence + 1, cursor.sha256) if cursor
                                                  else (1, "")):
            return False
        before()
        first = header.sequence == 1 and header.previous == "" and cursor is not None
        if not first and header.previous not in self.vault.ask(
            hashes_of, bytes.fromhex(header.writer), header.sequence - 1):
            raise GapError(header)
        return True


def cursors(session: Session) -> dict[str, Cursor]:
    """Writer in hexadecimal -> how far it was read."""
    return {writer.hex(): Cursor(*read)
            for writer, *read in sql.fetch(session,
                                           "SELECT writer, device, sequence, sha256 FROM seen")}


def hashes_of(session: Session, writer: bytes, sequence: int) -> set[str]:
    """Return the hashes of the packages held under one number of a writer."""
    return {row[0] for row in sql.fetch(
        session, "SELECT sha256 FROM held_package WHERE writer = ?1 AND sequence = ?2 "
        "UNION SELECT sha256 FROM outbox WHERE writer = ?1 AND sequence = ?2", writer, sequence)}


def hashes_from(session: Session, writer: bytes, first: int) -> dict[int, set[str]]:
    """Return number -> the hashes held under it, of the packages of a writer from `first` on."""
    found: dict[int, set[str]] = {}
    for sequence, sha256 in sql.fetch(
            session, "SELECT sequence, sha256 FROM held_package WHERE writer = ?1 AND sequence >= "
            "?2 UNION SELECT sequence, sha256 FROM outbox WHERE writer = ?1 AND sequence >= ?2",
            writer, first):
        found.setdefault(sequence, set()).add(sha256)
    return found


def hash_in(name: str) -> str:
    """Return the hash that a package's name bears."""
    return name.rsplit("-", 1)[-1].removesuffix(".pkg")
