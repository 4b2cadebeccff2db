"""Once a day, takes away what lies on the store for nobody: provably ours, old, and of no more use.
Never anything else.

Hints that nobody can answer, requests of invitations long expired, what a killed writing left,
packages that a snapshot covers and that somebody put back. A hint that is still wanted is put again
by whoever wants it.
"""

import re

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.log import log
from desktop.models.sync import Outbox, Seen
from desktop.sync.merging.authors import hash_in
from desktop.sync.packages.package import RefusedError, read_header
from desktop.sync.snapshots.catalogue import kept
from desktop.sync.snapshots.compact import stands
from desktop.sync.snapshots.manifest import FOLDER, ID, MAKER, folder_of
from desktop.sync.stores.hints import Heads
from desktop.sync.stores.storage import Storage, all_names, number_in
from desktop.sync.trust.links import own_key
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault
from desktop.vault.identity import read_value, write_value

DAYS_OF_A_HINT, DAYS_OF_A_REQUEST = 3, 10
"""On how many days it was there: an invitation is good for seven."""
_HINT = re.compile(
    r"heads/(want-(trust-[0-9a-f]{64}|snap-[0-9a-f]{16}|[0-9a-f]{16}-[0-9]{10})|trust-[0-9]{6,18})")
_REQUEST = re.compile(r"join/[0-9a-f]{32}\.(req|ack)\.age")
_KEY = "sync.swept"
_DAY_MS = 24 * 3600 * 1000


class _Swept(msgspec.Struct, frozen=True):
    """When this was last done, in milliseconds; what was there -> on how many days it was."""

    at: int
    there: dict[str, int] = {}


def sweep(vault: Vault, storage: Storage, roster: Roster, heads: Heads,
          there: dict[str, list[str]]) -> int:
    """Take away what is of no more use, where a day has passed since it was last done; how many
    files.

    `there`: the snapshots that lie on the store. Days are counted by being there, not by a clock
    that may jump.
    """
    before = vault.ask(_swept)
    if 0 <= vault.now() - before.at < _DAY_MS:
        return 0
    hints = [f"heads/{name}" for name in heads.names if _is_idle(f"heads/{name}", roster)]
    requests = [f"join/{name}" for name in storage.names("join")
                if _REQUEST.fullmatch(f"join/{name}")]
    days = {name: before.there.get(name, 0) + 1 for name in hints + requests}
    gone = [name for name, count in days.items()
            if count >= (DAYS_OF_A_REQUEST if name in requests else DAYS_OF_A_HINT)]
    gone += _covered(vault, storage, roster, there)
    for name in gone:
        storage.remove(name)
        crash_point("sweep.removed")
    for folder in _folders(storage):
        storage.tidy(folder)
    vault.do(_keep,
             _Swept(vault.now(), {name: count for name, count in days.items() if name not in gone}))
    if gone:
        log.info("sweep: %d files gone", len(gone))
    return len(gone)


def _is_idle(name: str, roster: Roster) -> bool:
    """Whether a hint is of our form, and not the one of the list of devices in force."""
    if not _HINT.fullmatch(name):
        return False
    number = number_in(name.removeprefix("heads/trust-"))
    return number is None or number > roster.number


def _covered(vault: Vault, storage: Storage, roster: Roster,
             there: dict[str, list[str]]) -> list[str]:
    """Take away packages that a snapshot covers: ours that somebody put back, and, for the
    coordination, of devices that left."""
    standing = [(one, vault.ask(stands, one, roster, own_key(vault), there, vault.now()))
                for one in vault.ask(kept, roster)]
    standing = [(one, channels) for one, channels in standing if channels]
    own = roster.device(own_key(vault))
    last = vault.ask(_last_of_ours)
    if own is not None and MAKER in own.roles:
        last = vault.ask(_last_of_gone, roster) | last
    found = []
    for writer, number in last.items() if standing else ():
        for name in all_names(storage, f"w/{writer}"):
            sequence = number_in(name.rsplit("/", 1)[-1].partition("-")[0])
            if sequence is None or sequence >= number:
                continue
            covering = [channels for one, channels in standing
                        if one.manifest.covers(writer, sequence, hash_in(name))]
            if covering and _channel_of(storage, name) in set().union(*covering):
                found.append(name)
    return found


def _channel_of(storage: Storage, name: str) -> str | None:
    try:
        return read_header(storage.get(name) or b"", hash_in(name))[0].channel
    except RefusedError:
        return None


def _folders(storage: Storage) -> list[str]:
    """Where writings of ours may have been killed."""
    found = ["", "heads", "join", "trust", "trust/keys"]
    found += [f"w/{writer}/{shard}" for writer in storage.names("w")
              for shard in storage.names(f"w/{writer}")]
    found += [folder_of(name) for name in storage.names(FOLDER) if ID.fullmatch(name)]
    return found + [f"blob/{name}" for name in storage.names("blob")]


def _last_of_ours(session: Session) -> dict[str, int]:
    """Each writer of ours -> its last number, which stays: by it a gap is seen."""
    rows = session.execute(select(Outbox.writer, func.max(Outbox.sequence)).group_by(Outbox.writer))
    return {row[0].hex(): row[1] for row in rows}


def _last_of_gone(session: Session, roster: Roster) -> dict[str, int]:
    return {row.writer.hex(): row.sequence for row in session.scalars(select(Seen))
            if roster.out(row.device) is not None}


def _swept(session: Session) -> _Swept:
    value = read_value(session, _KEY)
    return _Swept(-_DAY_MS) if value is None else msgspec.json.decode(value, type=_Swept)


def _keep(session: Session, swept: _Swept) -> None:
    write_value(session, _KEY, msgspec.json.encode(swept))
