"""When another copy of this vault writes under our name: a new writer, and what we wrote since then
is sealed anew."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from desktop.base.codes import sshsig
from desktop.base.crash import crash_point
from desktop.base.log import log
from desktop.models.changes import floor_to_month
from desktop.models.record import RECORDS, STAMP, fields_of
from desktop.models.sync import Outbox, Seen
from desktop.sync.packages.package import Header, RefusedError, read_header
from desktop.sync.snapshots.catalogue import kept, learn
from desktop.sync.stores.hints import Heads
from desktop.sync.stores.storage import Storage, number_in
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault, sql
from desktop.vault.identity import with_new_writer

_NEVER = b"\0" * 16


def start_new_writer(vault: Vault, storage: Storage, roster: Roster, heads: Heads,
                     thorough: bool) -> bool:
    """Start a new writer where the store holds packages of ours that we never made; whether it was
    so.

    A copied profile, or one that was put back by hand from an older day: both go on, and nothing of
    either is lost.
    `thorough`: look without a hint too.
    """
    writer = vault.identity.writer
    ours = vault.ask(_sealed, writer)
    if not thorough and all(ours.get(sequence) == sha256
                            for sequence, sha256 in heads.said.get(writer.hex(), [])):
        return False
    signed = (_made_by_us(vault, storage, writer, name)
              for _number, name in _foreign(storage, writer, ours))
    first = min((header for header in signed if header is not None),
                key=lambda header: header.sequence, default=None)
    if first is None:
        return False
    common = first.sequence - 1
    if first.previous != ours.get(common, ""):
        # What it stands on is not there any more: a snapshot that took its place names it.
        learn(vault, storage, roster, heads)
        common = vault.ask(_covered, roster, writer, ours)
    log.warning("another copy writes under our name: a new writer starts")
    crash_point("part-ways.before")
    vault.save_identity(with_new_writer(vault.identity, later=True))
    crash_point("part-ways.renewed")
    vault.do(_seal_anew, writer, common, vault.identity.writer)
    crash_point("part-ways.done")
    return True


def _sealed(session: Session, writer: bytes) -> dict[int, str]:
    return dict(sql.fetch(session, "SELECT sequence, sha256 FROM outbox WHERE writer = ?", writer))


def _foreign(storage: Storage, writer: bytes, ours: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Yield the packages under our name that are not ours, from the newest folder down while there
    are any."""
    folder = f"w/{writer.hex()}"
    for shard in sorted(storage.names(folder), reverse=True):
        found = []
        for name in storage.names(f"{folder}/{shard}"):
            head, _dash, rest = name.partition("-")
            number = number_in(head)
            if number is not None and ours.get(number) != rest.removesuffix(".pkg"):
                found.append((number, f"{folder}/{shard}/{name}"))
        yield from sorted(found)
        if not found:
            return


def _made_by_us(vault: Vault, storage: Storage, writer: bytes, name: str) -> Header | None:
    """Return the header of a package that a copy of this profile made; None for what somebody else
    laid under our name."""
    data = storage.get(name)
    try:
        header, signer, _rest = read_header(data or b"",
                                            name.rsplit("-", 1)[-1].removesuffix(".pkg"))
    except RefusedError:
        return None
    # Not what we signed as another writer, either: anybody can copy that to here.
    ours = (signer == sshsig.public_key(vault.identity.signing_key)
            and header.writer == writer.hex()
            and f"/{header.sequence:010d}-" in name)
    return header if ours else None


def _covered(session: Session, roster: Roster, writer: bytes, ours: dict[int, str]) -> int:
    """Return the last of our packages that a snapshot holds: both copies had it. 0 where nothing
    tells."""
    return max((sequence for one in kept(session, roster)
                for sequence, sha256 in one.manifest.held.get(writer.hex(), [])
                if ours.get(sequence) == sha256), default=0)


def _seal_anew(session: Session, writer: bytes, common: int, new: bytes) -> None:
    """Take what was written after `common` under the new name: the other copy's edits are then
    another's, and lose or win as such."""
    last = session.get(Outbox, (writer, common))
    after = (last.last_stamp if last is not None else None) or _NEVER
    # What is sealed is sent all the same: a part of it may lie on the store already, which nobody
    # else could mend.
    seen = session.get(Seen, writer)
    if seen is not None and last is not None:
        # The other way is read like a stranger's from where they part.
        seen.sequence, seen.sha256, seen.last_stamp = common, last.sha256, after
    elif seen is not None:
        session.delete(seen)
    connection = session.connection()
    given = {"writer": writer, "new": new}
    renamed = "CAST(substr({0}, 1, 8) || :new AS BLOB) WHERE substr({0}, 9, 8) = :writer AND {0} >= :since"
    for kind, cls in RECORDS.items():
        # The stamps of what may not be dated tell the month alone.
        since = floor_to_month(after, None) if cls.__anonymous__ and after != _NEVER else after
        for column in (f'"{f.name}{STAMP}"' for f in fields_of(cls) if f.travels):
            connection.exec_driver_sql(f'UPDATE "{kind}" SET {column} = {renamed.format(column)}',
                                       given | {"since": since})
            connection.exec_driver_sql(
                f'INSERT INTO pending (kind, record_id, low) SELECT :kind, id, {column} FROM '
                f'"{kind}" '
                f"WHERE substr({column}, 9, 8) = :new ON CONFLICT DO UPDATE SET low = min(low, "
                f"excluded.low)",
                {"kind": kind, "new": new})
        # A value that waits for somebody's choice, a deletion whose days are counted: known by the
        # stamp in force.
        for table in ("version", "deletion"):
            connection.exec_driver_sql(f"UPDATE OR REPLACE {table} SET stamp = "
                                       f"{renamed.format('stamp')} AND kind = :kind",
                                       given | {"since": since, "kind": kind})
