"""One round: trust, seal, push, pull, apply. Nothing is lost whatever stops it, and nothing is deleted on error."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.log import log
from desktop.commands.purge import note
from desktop.models.changes import author_of, touched_of
from desktop.models.meetings import NoteUpdate
from desktop.models.sync import Outbox, Refusal, Seen, Unread
from desktop.sync import merge, sshsig, state
from desktop.sync.enclosures import send_enclosures
from desktop.sync.package import Header, RefusedError, open_rest, read_header
from desktop.sync.roster import ROLE_BOUND, Device, Roster, may_read
from desktop.sync.sealing import package_name, pending_count, seal_pending
from desktop.sync.storage import FORMAT, CancelledError, Storage, StoreError, Trouble, number_in
from desktop.sync.trust import refresh_trust
from desktop.sync.unknown import lift_known
from desktop.vault import Vault
from desktop.vault.identity import read_identity, read_value, write_value

Progress = Callable[[str, int, int], None]
_WRITER = re.compile("[0-9a-f]{16}")
_REST = re.compile(r"[0-9a-f]{64}\.pkg")


@dataclass
class Round:
    """What a round did: records sealed and applied; packages pushed, pulled, unread; what was refused."""

    sealed: int = 0
    pushed: int = 0
    pulled: int = 0
    applied: int = 0
    unread: int = 0
    refused: list[str] = field(default_factory=list)
    waiting_for_approval: bool = False


def no_progress(step: str, done: int, whole: int) -> None:
    """For callers that show nothing."""


def check_format(storage: Storage, collective: str) -> None:
    """StoreError where the folder is not this collective's: wrong folder, or a share that is not mounted."""
    data = storage.get(FORMAT)
    if data is None:
        raise StoreError(Trouble.ABSENT, _("This folder is not Carnet's shared folder: format.json is missing."),
                         _("Check the address; is the share mounted?"))
    try:
        found = json.loads(data)["collective"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreError(Trouble.OTHERS, _("The format.json of the shared folder is damaged."),
                         _("Check the address of the folder.")) from error
    if found != collective:
        raise StoreError(Trouble.OTHERS, _("This folder belongs to another collective."),
                         _("Check the address of the folder."))


def run_round(vault: Vault, storage: Storage, progress: Progress = no_progress,
              cancelled: Callable[[], bool] = lambda: False) -> Round:
    """Exchange once with a store. AppError where the store cannot be used; everything stays queued then."""
    done = Round()
    lift_known(vault)
    roster = vault.ask(state.current_roster)
    check_format(storage, _collective(vault, roster))
    roster = refresh_trust(vault, storage)
    if roster is None:
        done.waiting_for_approval = True
        return done
    device = sshsig.public_key(vault.identity.signing_key).hex()
    _seal(vault, roster, device, done, progress, cancelled)
    _push(vault, storage, done, progress, cancelled)
    send_enclosures(vault, storage, roster, cancelled)
    _pull(vault, storage, roster, done, progress, cancelled)
    crash_point("round.before-success")
    vault.do(_remember_success, done)
    log.info("round: sealed %d pushed %d pulled %d applied %d unread %d refused %d", done.sealed, done.pushed,
             done.pulled, done.applied, done.unread, len(done.refused))
    return done


def _collective(vault: Vault, roster: Roster | None) -> str:
    if roster is not None:
        return roster.collective
    joining = vault.ask(lambda session: read_value(session, state.JOINING))
    if joining is None:
        raise AppError(_("This device belongs to no collective yet."), _("Create one, or join one by an invitation."))
    return str(json.loads(joining)["collective"])


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise CancelledError(_("The exchange was stopped; it will go on from here."))


def _seal(vault: Vault, roster: Roster, device: str, done: Round, progress: Progress,
          cancelled: Callable[[], bool]) -> None:
    whole = vault.ask(pending_count)
    while sealed := vault.do(seal_pending, vault.identity, roster, device):
        crash_point("seal.committed")
        done.sealed += sealed
        progress(_("Sealing"), done.sealed, whole)
        _stop_if(cancelled)


def _push(vault: Vault, storage: Storage, done: Round, progress: Progress, cancelled: Callable[[], bool]) -> None:
    waiting = vault.ask(_unpushed)
    for number, (writer, sequence) in enumerate(waiting, 1):
        _stop_if(cancelled)
        sha256, data = vault.ask(_package_of, writer, sequence)
        crash_point("push.before-put")
        storage.put(package_name(writer, sequence, sha256), data)
        crash_point("push.put")
        vault.do(_mark_pushed, writer, sequence)
        crash_point("push.receipt")
        done.pushed += 1
        progress(_("Sending"), number, len(waiting))
    # Not for what was sent just now alone: an earlier round may have ended between sending and announcing.
    for writer, sequence, sha256 in vault.ask(_last_pushed):
        _announce(storage, writer, sequence, sha256)


def _unpushed(session: Session) -> list[tuple[bytes, int]]:
    rows = session.execute(select(Outbox.writer, Outbox.sequence).where(Outbox.pushed_at.is_(None))
                           .order_by(Outbox.writer, Outbox.sequence))
    return [(row[0], row[1]) for row in rows]


def _package_of(session: Session, writer: bytes, sequence: int) -> tuple[str, bytes]:
    row = session.get(Outbox, (writer, sequence))
    if row is None or row.data is None:
        raise LookupError(sequence)
    return row.sha256, row.data


def _mark_pushed(session: Session, writer: bytes, sequence: int) -> None:
    row = session.get(Outbox, (writer, sequence))
    if row is not None:
        row.pushed_at = datetime.now().isoformat(timespec="seconds")
        row.data = None


def _announce(storage: Storage, writer: bytes, sequence: int, sha256: str) -> None:
    """Leave the hint that spares the others a listing; the older hints of this writer go."""
    name = f"{writer.hex()}-{sequence:010d}-{sha256}"
    hints = [hint for hint in storage.names("heads") if hint.startswith(writer.hex() + "-")]
    if not any(hint >= name for hint in hints):
        crash_point("push.before-head")
        storage.put(f"heads/{name}", b"\n")
        crash_point("push.head")
    for hint in hints:
        if hint < name:
            storage.remove(f"heads/{hint}")
            crash_point("push.old-head-removed")


def _last_pushed(session: Session) -> list[tuple[bytes, int, str]]:
    last = (select(Outbox.writer, func.max(Outbox.sequence).label("sequence")).where(Outbox.pushed_at.is_not(None))
            .group_by(Outbox.writer).subquery())
    rows = session.execute(select(Outbox.writer, Outbox.sequence, Outbox.sha256).join(
        last, (Outbox.writer == last.c.writer) & (Outbox.sequence == last.c.sequence)))
    return [(row[0], row[1], row[2]) for row in rows]


# Pulling

def _pull(vault: Vault, storage: Storage, roster: Roster, done: Round, progress: Progress,
          cancelled: Callable[[], bool]) -> None:
    seen = vault.ask(_seen)
    todo = [name for writer in _writers_with_news(storage, seen, vault.identity.writer.hex())
            for name in _news_of(storage, writer, seen.get(writer, 0))]
    stopped: set[str] = set()
    for number, name in enumerate(todo, 1):
        _stop_if(cancelled)
        writer = name.split("/")[1]
        if writer in stopped:
            continue
        data = storage.get(name)
        if data is None:
            stopped.add(writer)
            continue
        done.pulled += 1
        crash_point("pull.got")
        try:
            applied = vault.do(_apply_package, name, data, roster)
        except RefusedError as error:
            # A refused package is held and shown; the rest of that chain waits behind it.
            stopped.add(writer)
            done.refused.append(f"{name.rsplit('/', 1)[-1][:24]}: {error}")
            vault.do(_note_refusal, name, str(error))
            log.warning("package refused: %s", error)
            continue
        crash_point("apply.committed")
        if applied is None:
            done.unread += 1
        else:
            done.applied += applied
        progress(_("Receiving"), number, len(todo))


def _seen(session: Session) -> dict[str, int]:
    return {row.writer.hex(): row.sequence for row in session.scalars(select(Seen))}


def _writers_with_news(storage: Storage, seen: dict[str, int], own: str) -> list[str]:
    heads: dict[str, int] = {}
    for name in storage.names("heads"):
        writer, _dash, rest = name.partition("-")
        number = number_in(rest.split("-")[0])
        if number is not None:
            heads[writer] = max(heads.get(writer, 0), number)
    # A hint that is missing means nothing: the folder says which writers there are.
    known = set(seen) | set(heads) | set(storage.names("w"))
    return sorted(w for w in known if _WRITER.fullmatch(w) and w != own and (w not in heads or heads[w] > seen.get(w, 0)))


def _news_of(storage: Storage, writer: str, after: int) -> list[str]:
    found = []
    for shard in storage.names(f"w/{writer}"):
        try:
            if int(shard, 16) < (after + 1) // 256:
                continue
        except ValueError:
            continue
        for name in storage.names(f"w/{writer}/{shard}"):
            head, _dash, rest = name.partition("-")
            number = number_in(head)
            if number is not None and number > after and _REST.fullmatch(rest):
                found.append((number, f"w/{writer}/{shard}/{name}"))
    return [name for _number, name in sorted(found)]


def _apply_package(session: Session, name: str, data: bytes, roster: Roster) -> int | None:
    """Records applied, or None for a package of a channel that this device cannot read. One transaction."""
    header, signer, rest = read_header(data, name.rsplit("-", 1)[-1].removesuffix(".pkg"))
    device = _author_device(session, name, header, signer, roster)
    sha256 = name.rsplit("-", 1)[-1].removesuffix(".pkg")
    writer = bytes.fromhex(header.writer)
    identity = state.channel_keys(session).get((header.channel, header.epoch))
    if identity is None:
        own = sshsig.public_key(_own_key(session))
        mine = roster.device(own.hex())
        if mine is not None and may_read(mine.roles, header.channel):
            raise RefusedError("the key of this channel has not come yet")
        session.add(Unread(writer=writer, sequence=header.sequence, channel=header.channel))
        _advance(session, writer, signer.hex(), header.sequence, sha256, None)
        return None
    opening, body = open_rest(header, rest, identity)
    try:
        clock = bytes.fromhex(opening.clock)
        vector = {writer_hex: bytes.fromhex(last) for writer_hex, (_s, _h, last) in opening.seen.items()}
    except ValueError as error:
        raise RefusedError("content is not readable") from error
    if len(clock) != 16:
        raise RefusedError("content is not readable")
    touched = touched_of(session)
    applied = 0
    connection = session.connection()
    for batch in body:
        result = merge.apply_rows(connection, batch, header.channel, vector, _permission(device, batch))
        applied += result.records - result.refused
        touched.areas |= result.areas
        touched.rows |= result.rows
        touched.erased |= result.erased
        crash_point("apply.batch")
        if result.erased and batch.table != NoteUpdate.kind_name():
            note(session, "exchange", batch.table, count=len(result.erased))
    author_of(session).clock.follow(clock)
    crash_point("apply.before-cursor")
    _advance(session, writer, signer.hex(), header.sequence, sha256, clock)
    crash_point("apply.cursor")
    return applied


def _own_key(session: Session) -> bytes:
    return read_identity(session).signing_key


def _author_device(session: Session, name: str, header: Header, signer: bytes, roster: Roster) -> Device:
    parts = name.split("/")
    if _WRITER.fullmatch(header.writer) is None:
        raise RefusedError("the writer is malformed")
    if parts[1] != header.writer or int(parts[-1].split("-")[0]) != header.sequence:
        raise RefusedError("the name and the header differ")
    if header.collective != roster.collective:
        raise RefusedError("it belongs to another collective")
    if header.channel not in roster.channels:
        raise RefusedError("the channel is not known")
    device = roster.device(signer.hex())
    if device is None:
        raise RefusedError("its author is not in the list of devices")
    known = session.get(Seen, bytes.fromhex(header.writer))
    if known is not None and known.device != signer.hex():
        raise RefusedError("this writer belongs to another device")
    expected = (known.sequence + 1, known.sha256) if known else (1, "")
    if (header.sequence, header.previous) != expected:
        raise RefusedError("the chain of this writer has a gap or a fork")
    return device


def _permission(device: Device, batch: Any) -> Callable[[str, list[Any]], bool]:
    bound = ROLE_BOUND.get(batch.table)
    if bound is None:
        return lambda _kind, _row: True
    position = batch.fields.index("party") + 2 if "party" in batch.fields else None
    roles = set(device.roles)

    def allowed(_kind: str, row: list[Any]) -> bool:
        needed = bound.get(row[position]) if position is not None and isinstance(row[position], str) else None
        # Without the party in the row, any validating role of the device will do.
        every = frozenset().union(*bound.values())
        return bool(roles & (needed or every))

    return allowed


def _advance(session: Session, writer: bytes, device: str, sequence: int, sha256: str, clock: bytes | None) -> None:
    # What was refused under this number is settled: the right bytes have come.
    session.execute(delete(Refusal).where(Refusal.name.like(f"w/{writer.hex()}/%/{sequence:010d}-%")))
    row = session.get(Seen, writer)
    if row is None:
        session.add(Seen(writer=writer, device=device, sequence=sequence, sha256=sha256,
                         last_stamp=clock or b"\0" * 16))
    else:
        row.sequence, row.sha256 = sequence, sha256
        row.last_stamp = max(row.last_stamp, clock) if clock else row.last_stamp


def _note_refusal(session: Session, name: str, reason: str) -> None:
    session.merge(Refusal(name=name, reason=reason, final=False))


def _remember_success(session: Session, done: Round) -> None:
    last = {"at": datetime.now().isoformat(timespec="seconds"), "refused": len(done.refused)}
    write_value(session, state.LAST, msgspec.json.encode(last))
