"""One round: trust, seal, push, pull, apply. Nothing is lost whatever stops it, and nothing is
deleted on error."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.codes import sshsig
from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.log import log
from desktop.models.sync import Seen
from desktop.sync.merging.enclosures import send_again, send_enclosures
from desktop.sync.merging.reading import Pace
from desktop.sync.merging.sealing import pending_count, seal_pending, seal_word
from desktop.sync.merging.unknown import lift_known
from desktop.sync.packages.package import RefusedError
from desktop.sync.rounds import copied_profile as incarnation
from desktop.sync.rounds.news import unread_branches
from desktop.sync.rounds.pull import LARGE_STEP, Puller
from desktop.sync.rounds.push import look_through_again, push
from desktop.sync.rounds.skew import keep_measure, look_again
from desktop.sync.snapshots import lifecycle as snapshots
from desktop.sync.stores.format import check_format
from desktop.sync.stores.hints import Heads, announce_trust, read_heads
from desktop.sync.stores.receipts import peers, receipts, store_id
from desktop.sync.stores.storage import CancelledError, Storage, StoreError, StoreProblem
from desktop.sync.trust import state
from desktop.sync.trust.alarms import FORK, note_hidden, raise_alarm
from desktop.sync.trust.links import put_back, refresh_trust
from desktop.sync.trust.reissue import settle_forks
from desktop.sync.trust.rescue import follow_root
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault, sql
from desktop.vault.identity import Identity, read_value, write_value

Progress = Callable[[str, int, int], None]
THOROUGH = timedelta(hours=1)
"""How long hints alone may be believed, before the folders are listed again."""

SILENT = timedelta(days=1)
"""How long a computer that writes nothing may keep to itself what it read: a package without
records is a package too."""

__all__ = ["CancelledError", "RefusedError", "Round", "run_round"]


@dataclass
class Round:
    """What a round did: records sealed and applied; packages pushed, pulled, unread; what was
    refused.

    `kept_out`: rows that were not taken, of packages that were: not their author's to write, or
    none of their channel.
    """

    sealed: int = 0
    pushed: int = 0
    pulled: int = 0
    applied: int = 0
    kept_out: int = 0
    unread: int = 0
    refused: list[str] = field(default_factory=list)
    waiting_for_approval: bool = False


class _Last(msgspec.Struct):
    """The end of the last round with the collective's own folder; `thorough`: of the last that
    listed everything."""

    at: str
    refused: int = 0
    thorough: str = ""
    store: str = ""
    url: str = ""


def no_progress(step: str, done: int, whole: int) -> None:
    """For callers that show nothing."""


def run_round(vault: Vault, storage: Storage, progress: Progress = no_progress,
              cancelled: Callable[[], bool] = lambda: False, *, step: int = LARGE_STEP,
              within: float | None = None,
              thorough: bool = True) -> Round:
    """Exchange once with a store. AppError where the store cannot be used; everything stays queued
    then.

    `step`: how many records may be merged at once; `within`: in how many seconds, about, while
    somebody writes beside.
    `thorough`: believe no hint, list what there is. A store that is not the collective's own (a key
    carried by hand) takes and gives the same packages; what waits goes on waiting for the own.
    """
    try:
        done = _exchange(vault, storage, progress, cancelled,
                         Pace(step, within, lambda: vault.is_wanted), thorough)
        look_again(vault, storage)
        return done
    finally:
        keep_measure(vault, storage)


def _exchange(vault: Vault, storage: Storage, progress: Progress, cancelled: Callable[[], bool],
              pace: Pace,
              thorough: bool) -> Round:
    done = Round()
    lift_known(vault)
    roster, last, waits = vault.ask(
        lambda session: (state.current_roster(session), _last(session), _waits(session)))
    heads = read_heads(storage)
    if (not (thorough or waits) and roster is not None and last is not None
        and _is_quiet(vault, storage, roster, heads, last)):
        vault.do(_remember_success, done, last, datetime.now())
        return done
    format_file = check_format(storage, _collective(vault, roster))
    store = store_id(storage, format_file)
    by_hand = storage.url != vault.ask(state.store_url)
    if not by_hand and vault.ask(state.kept_format) != format_file:
        vault.do(_note_folder, format_file)
    roster = refresh_trust(vault, storage, heads)
    if roster is None:
        done.waiting_for_approval = True
        return done
    refused: list[StoreError] = []
    with _read_all_the_same(refused):
        roster = settle_forks(vault, storage, roster, heads)
    if refused:
        # A link that the store did not take is in force here all the same.
        roster = vault.ask(state.roster_in_force)
    follow_root(vault, roster)
    with _read_all_the_same(refused):
        put_back(vault, storage, heads.wanted_trust)
        announce_trust(storage, heads, roster.number)
    incarnation.start_new_writer(vault, storage, roster, heads, thorough)

    def looked(step: str) -> Callable[[int, int], None]:
        def look(number: int, whole: int) -> None:
            _stop_if(cancelled)
            if whole:
                progress(step, number, whole)
        return look

    deep = thorough or last is None or not _is_recent(last)
    with _read_all_the_same(refused):
        if deep or heads.wanted_snapshots:
            there = snapshots.verify_snapshots(vault, storage, roster, heads,
                                               looked(_("Verifying")))
    _seal(vault, roster, done, progress, cancelled)
    with _read_all_the_same(refused):
        done.pushed = push(vault, storage, store, heads, by_hand=by_hand,
                           looked=looked(_("Sending")))
        if not by_hand:
            send_enclosures(vault, storage, roster, cancelled)
    puller = Puller(vault, storage, store, roster, pace, looked(_("Receiving")))
    pulled = puller.pull(heads, thorough or last is None)
    done.pulled, done.applied, done.unread, done.refused = pulled.pulled, pulled.applied, pulled.unread, pulled.refused
    done.kept_out = pulled.kept_out
    with _read_all_the_same(refused):
        if (deep or heads.wanted_snapshots) and not refused:
            snapshots.maintain_snapshots(vault, storage, roster, heads, there,
                                         looked(_("Verifying")),
                                 by_hand=by_hand)
    if pulled.forked:
        # Where one branch was hidden by the numbers of the other, nobody has missed what the store
        # lost of it.
        vault.do(look_through_again, store, pulled.forked)
        vault.do(raise_alarm, FORK, datetime.now())
    if deep and not by_hand:
        vault.do(note_hidden, vault.ask(_is_hidden, roster), datetime.now())
    if refused:
        raise refused[0]
    crash_point("round.before-success")
    if not by_hand:
        vault.do(_remember_success, done, _Last("", store=store, url=storage.url), datetime.now())
    log.info("round: sealed %d pushed %d pulled %d applied %d unread %d refused %d forks %d",
             done.sealed, done.pushed,
             done.pulled, done.applied, done.unread, len(done.refused), len(pulled.forked))
    return done


def _note_folder(session: Session, format_file: bytes) -> None:
    """Remember whose folder it is; into another one than before, the attached files go again."""
    if state.kept_format(session) is not None:
        send_again(session)
    state.keep_format(session, format_file)


def _is_hidden(session: Session, roster: Roster) -> bool:
    """Whether a computer of the collective has read more of a writer than the store showed here."""
    read = {row.writer.hex(): row for row in session.scalars(select(Seen))}
    standing = {key for key, row in read.items() if roster.device(row.device) is not None}
    # Of who left, nobody needs to hear more.
    out = {writer for removal in roster.removed
           for writer in removal.cut} | (read.keys() - standing)
    return any(number > (read[writer].sequence if writer in read else 0)
               for peer, vector in peers(session).items() if peer in standing
               for writer, number in vector.items() if writer not in out)


def _is_quiet(vault: Vault, storage: Storage, roster: Roster, heads: Heads, last: _Last) -> bool:
    """Whether the hints alone say that nothing is new to read: one request. Our own among them says
    that the folder is ours."""
    if (last.url != storage.url or not last.thorough or last.refused or heads.wants
        or heads.trust != roster.number):
        return False
    if unread_branches(vault, heads):
        return False
    if not _is_recent(last):
        return False
    seen, held = vault.ask(lambda session: (_seen(session), receipts(session, last.store)))
    own = vault.identity.writer.hex()
    return (seen.get(own) in heads.said.get(own, ())
            and all(seen.get(writer) == farthest for writer, said in heads.said.items()
                    for farthest in said)
            and all(heads.farthest.get(writer, 0) >= number for writer, number in held.items()))


def _is_recent(last: _Last) -> bool:
    return (bool(last.thorough)
            and timedelta() <= datetime.now() - datetime.fromisoformat(last.thorough) < THOROUGH)


def _waits(session: Session) -> bool:
    """Whether something waits to leave."""
    return bool(sql.fetch(session, "SELECT 1 FROM pending UNION ALL SELECT 1 FROM enclosure WHERE "
                                   "sent = 0 LIMIT 1"))


def _seen(session: Session) -> dict[str, tuple[int, str]]:
    return {writer.hex(): (sequence, sha256)
            for writer, sequence, sha256
            in sql.fetch(session, "SELECT writer, sequence, sha256 FROM seen")}


def _collective(vault: Vault, roster: Roster | None) -> str:
    if roster is not None:
        return roster.collective
    joining = vault.ask(lambda session: read_value(session, state.JOINING))
    if joining is None:
        raise AppError(_("This device belongs to no collective yet."),
                       _("Create one, or join one by an invitation."))
    return str(json.loads(joining)["collective"])


def _stop_if(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise CancelledError(_("The exchange was stopped; it will go on from here."))


def _seal(vault: Vault, roster: Roster, done: Round, progress: Progress,
          cancelled: Callable[[], bool]) -> None:
    device = sshsig.public_key(vault.identity.signing_key).hex()
    left = max((removal.number for removal in roster.removed), default=0)
    if left and left > vault.ask(_told_up_to):
        # Where a computer was removed, all who remain must come to the same end of what it wrote:
        # each says what it read.
        vault.do(_tell_what_was_read, vault.identity, roster, device, left)
    whole = vault.ask(pending_count)
    if not whole and vault.ask(_owes_a_word, vault.now()):
        # Who only reads writes nothing that would tell what it read.
        vault.do(seal_word, vault.identity, roster, device)
    # What is written from now on is sealed before anything is merged, or by the next exchange.
    while (done.sealed < whole
           and (sealed := vault.do(seal_pending, vault.identity, roster, device))):
        crash_point("seal.committed")
        done.sealed += sealed
        progress(_("Sealing"), done.sealed, whole)
        _stop_if(cancelled)


def _owes_a_word(session: Session, now: int) -> bool:
    """Whether others have waited a day to hear what was read here; for the first time they hear it
    at once."""
    since = read_value(session, state.UNSAID)
    if since is None:
        return False
    return (read_value(session, state.SAID) is None
            or not 0 <= now - int(since) < SILENT.total_seconds() * 1000)


def _told_up_to(session: Session) -> int:
    return int(read_value(session, state.TOLD) or b"0")


@contextmanager
def _read_all_the_same(refused: list[StoreError]) -> Iterator[None]:
    """Keep for later the error of a store that takes nothing more: what the others wrote can be
    read."""
    try:
        yield
    except StoreError as error:
        if error.code not in (StoreProblem.FULL, StoreProblem.TOO_LARGE, StoreProblem.FORBIDDEN,
                              StoreProblem.LOCKED):
            raise
        refused.append(error)


def _tell_what_was_read(session: Session, identity: Identity, roster: Roster, device: str,
                        number: int) -> None:
    seal_word(session, identity, roster, device)
    write_value(session, state.TOLD, str(number).encode())


def _last(session: Session) -> _Last | None:
    value = read_value(session, state.LAST)
    return None if value is None else msgspec.json.decode(value, type=_Last)


def _remember_success(session: Session, done: Round, last: _Last, now: datetime) -> None:
    moment = now.isoformat(timespec="seconds")
    write_value(session, state.LAST, msgspec.json.encode(
        _Last(moment, len(done.refused), last.thorough or moment, last.store, last.url)))
