"""Receiving: what the other writers left on the store, verified, then merged in steps that hold
nobody up."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.log import log
from desktop.models.sync import Refusal
from desktop.sync.merging.applying import (
    Arrived,
    Package,
    PackagePart,
    Taken,
    advance,
    apply,
    merge_all,
    vector_of,
)
from desktop.sync.merging.authors import GAP, Authors, Cursor, GapError, GoneError, cursors, hash_in
from desktop.sync.merging.held_erasures import HeldErasure, hold, is_too_much, may_be_held
from desktop.sync.merging.reading import Pace, Reading
from desktop.sync.merging.unknown import unknown_kept
from desktop.sync.packages import bounds
from desktop.sync.packages.package import (
    DamagedError,
    Opening,
    RefusedError,
    Rows,
    StrangeError,
    open_rest,
    read_header,
)
from desktop.sync.packages.wire import UnknownValues, checked
from desktop.sync.rounds.news import Gap, news
from desktop.sync.snapshots.catalogue import learn
from desktop.sync.snapshots.load import Loader, unloaded
from desktop.sync.stores.hints import Heads, ask_for
from desktop.sync.stores.storage import Storage
from desktop.sync.trust import state
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault, sql

LARGE_STEP = 20_000
"""Records merged in one transaction where nobody waits for the vault: no package of ours holds
more."""


@dataclass
class Pulled:
    """What came: packages, records, packages of other readers, what was refused and why.

    `kept_out`: rows that were not taken, of packages that were.
    """

    pulled: int = 0
    applied: int = 0
    kept_out: int = 0
    unread: int = 0
    refused: list[str] = field(default_factory=list)
    forked: set[str] = field(default_factory=set)
    """The writers of which another branch came than the one that was read."""


class Puller:
    """One pull from a store. `pace`: how much may be merged before others have their turn at the
    vault.

    `looked` is called before each package with (done, whole), and may end it all by an exception.
    """

    def __init__(self, vault: Vault, storage: Storage, store: str, roster: Roster, pace: Pace,
                 looked: Callable[[int, int], None]) -> None:
        self.vault, self.storage, self.store, self.roster = vault, storage, store, roster
        self.pace, self.looked = pace, looked
        self.done = Pulled()
        self.authors = Authors(vault, roster)
        self._cursors = dict(self.authors.cursors)
        self._keys = vault.ask(state.channel_keys)
        self._unknown = vault.ask(unknown_kept)
        self._waiting: list[Arrived] = []
        self._share = 0.0
        self._stopped: set[str] = set()
        self._gaps: list[Gap] = []
        self._reading = Reading(vault, roster)

    def pull(self, heads: Heads, thorough: bool) -> Pulled:
        """Read all that is new. `thorough`: list the writers' folders too, for what no hint
        tells."""
        self._read_unread()
        if self.vault.ask(unloaded):
            self._loader(heads).read_channels()
        found = news(self.vault, self.storage, heads, self.authors, thorough)
        if (self._catch_up(heads, None) if self._is_new() else found.gaps
            and self._catch_up(heads, found.gaps)):
            found = news(self.vault, self.storage, heads, self.authors, thorough)
        for writer, sequence, _sha256 in found.gaps:
            ask_for(self.storage, heads, writer, sequence)
        self._read(found.names, heads)
        # Two branches of a copied writer hide by their numbers what is missing of one of them.
        if self._gaps and self._catch_up(heads, self._gaps):
            self._read_again({writer for writer, _number, _sha256 in self._gaps}, heads, thorough)
        return self.done

    def _read_again(self, writers: set[str], heads: Heads, thorough: bool) -> None:
        self._stopped -= writers
        self._read(
            [name for name in news(self.vault, self.storage, heads, self.authors, thorough).names
             if name.split("/")[1] in writers], heads)

    # Snapshots

    def _loader(self, heads: Heads) -> Loader:
        return Loader(self.vault, self.storage, self.store, self.roster, self.pace,
                      lambda: self.looked(0, 0), heads)

    def _is_new(self) -> bool:
        return not self._cursors.keys() - {self.vault.identity.writer.hex()}

    def _catch_up(self, heads: Heads, missing: list[Gap] | None) -> bool:
        """Read a snapshot in place of packages that are not there, or of all; whether one was
        read."""
        learn(self.vault, self.storage, self.roster, heads)
        loader = self._loader(heads)
        loaded = loader.catch_up(missing)
        self.done.applied += loader.applied
        if loaded:
            self.done.refused = [one for one in self.done.refused if not one.endswith(GAP)]
            self.authors = Authors(self.vault, self.roster)
            self._cursors = dict(self.authors.cursors)
        return loaded

    def _read(self, todo: list[str], heads: Heads) -> None:
        stopped = self._stopped
        for number, (name, data) in enumerate(
            fetched(self.storage, todo, lambda name: name.split("/")[1] in stopped), 1):
            self.looked(number, len(todo))
            writer = name.split("/")[1]
            if writer in stopped:
                continue
            if data is None:
                stopped.add(writer)
                continue
            crash_point("pull.got")
            self.done.pulled += 1
            try:
                self._take(name, data)
            except RefusedError as error:
                self._refuse(name, error)
                if isinstance(error, DamagedError):
                    # Its writer may have taken it for sent: the name is there.
                    ask_for(self.storage, heads, writer, int(name.rsplit("/", 1)[-1].split("-")[0]))
        self._flush()

    # One package

    def _take(self, name: str, data: bytes) -> None:
        package = self._verified(name, data)
        if package.identity is None:
            self._queue(Arrived(package, None, []))
            return
        opening, body = open_rest(package.header, package.rest, package.identity)
        package = self._certified(package, opening)
        batches: list[Rows] = []
        tally, share = self._tally(package), 0.0
        for rows in tally.over(body):
            batches.append(rows)
            share += self.pace.share([rows], packages=0)
            if share > 1:
                self._apply_large(package)
                return
        package = self._weighed(package, batches)
        self._queue(
            Arrived(package, opening, batches, tally.unknown, opening.roster > self.roster.number))

    def _certified(self, package: Package, opening: Opening) -> Package:
        return replace(package,
                       certificate=self.authors.certificate(package.device, package.header,
                                                            opening.roster))

    def _weighed(self, package: Package, batches: Iterable[Rows]) -> Package:
        """Return the package, with its erasures held where they are too many for who made it."""
        if not may_be_held(package.certificate, package.header):
            return package
        count = is_too_much(batches)
        if not count:
            return package
        self.vault.do(hold, HeldErasure(package.header.writer, package.header.sequence,
                                        package.sha256, package.signer, count))
        log.warning("%d erasures of one package wait for the coordination", count)
        return replace(package, certificate=replace(package.certificate, held=True))

    def _tally(self, package: Package) -> UnknownValues:
        return UnknownValues(bounds.UNKNOWN_OF_ONE - self._unknown.get(package.signer, 0))

    def _verified(self, name: str, data: bytes) -> Package:
        sha256 = hash_in(name)
        header, signer, rest = read_header(data, sha256)
        cursor = self._cursors.get(header.writer)
        device = self.authors.judge(name, header, signer.hex())
        if self.authors.branches(header, cursor, self._flush):
            self.done.forked.add(header.writer)
        identity = self._keys.get((header.channel, header.epoch))
        if identity is None and self.authors.may_read(header.channel):
            raise RefusedError("the key of this channel has not come yet")
        return Package(name, data, header, signer.hex(), sha256, device, rest, identity)

    def _queue(self, arrived: Arrived) -> None:
        self._waiting.append(arrived)
        self._move(arrived.package)
        self._unknown[arrived.package.signer] = (self._unknown.get(arrived.package.signer, 0)
                                                 + arrived.unknown)
        self._share += self.pace.share(arrived.batches)
        if self._share >= 1:
            self._flush()

    def _move(self, package: Package) -> None:
        cursor = self._cursors.get(package.header.writer)
        if cursor is None or package.header.sequence > cursor.sequence:
            self._cursors[package.header.writer] = Cursor(package.signer, package.header.sequence,
                                                          package.sha256)

    # Merging

    def _flush(self) -> None:
        """Merge what waits in one transaction; where one package spoils it, each by itself."""
        waiting, self._waiting, self._share = self._waiting, [], 0.0
        if not waiting:
            return
        try:
            with self.pace.learning([rows for arrived in waiting for rows in arrived.batches],
                                    len(waiting)):
                taken = self._reading.do(merge_all, self.store, waiting)
            crash_point("apply.committed")
        except RefusedError:
            self._flush_one_by_one(waiting)
            return
        self._count(waiting, taken)

    def _flush_one_by_one(self, waiting: list[Arrived]) -> None:
        for one in waiting:
            package = one.package
            if package.header.writer in self._stopped:
                continue
            try:
                self._count([one], self._reading.do(merge_all, self.store, [one]))
            except RefusedError as error:
                self._refuse(package.name, error)
        self._cursors = self.vault.ask(cursors)

    def _count(self, waiting: list[Arrived], taken: Taken) -> None:
        self._add(taken)
        self.done.unread += sum(arrived.opening is None for arrived in waiting)

    def _add(self, taken: Taken) -> None:
        self.done.applied += taken.applied
        self.done.kept_out += taken.kept_out

    def _apply_large(self, package: Package) -> None:
        """Judge the whole first, then merge it in steps; the cursor moves with the last."""
        self._flush()
        opening, body = open_rest(package.header, package.rest, package.identity or "")
        vector, tally = vector_of(opening), self._tally(package)
        ahead = opening.roster > self.roster.number
        for batch in tally.over(body):
            checked(batch, package.header.channel)
        _opening, body = open_rest(package.header, package.rest, package.identity or "")
        package = self._weighed(package, body)
        _opening, body = open_rest(package.header, package.rest, package.identity or "")
        for batch in body:
            for part in self.pace.steps(batch):
                self._add(self._reading.do(apply, PackagePart(package, vector, part, ahead)))
                crash_point("apply.step")
                self.looked(0, 0)
        self._unknown[package.signer] = self._unknown.get(package.signer, 0) + tally.unknown
        self._reading.do(advance, self.store, [Arrived(package, opening, [], tally.unknown)])
        self.vault.do(state.note_unsaid, self.vault.now())
        self._move(package)

    def _refuse(self, name: str, error: RefusedError) -> None:
        # A refused package is held and shown; the rest of that chain waits behind it. Bytes that
        # are damaged, or that anybody may have laid there, prove nothing: another file may bear the
        # same number.
        writer = name.split("/")[1]
        if (not isinstance(error, DamagedError | StrangeError)
            and (writer in self._cursors or not isinstance(error, GoneError))):
            self._stopped.add(writer)
        if isinstance(error, GapError):
            self._gaps.append(error.missing)
        self._flush()
        self.done.refused.append(f"{name.rsplit('/', 1)[-1][:24]}: {error}")
        self.vault.do(_note_refusal, name, str(error), isinstance(error, GoneError))
        if isinstance(error, GoneError):
            self.vault.do(state.note_late, error.writer, error.device)
        log.warning("package refused: %s", error)

    def _read_unread(self) -> None:
        """Read again what this device was not let read, and may read now that it has the key."""
        for writer, sequence, channel in self.vault.ask(_unread):
            if not any(channel == held for held, _epoch in self._keys):
                continue
            for name, data in self.vault.ask(_held, writer, sequence):
                header, signer, rest = read_header(data, name)
                identity, device = self._keys.get(
                    (header.channel, header.epoch)), self.authors.known(signer.hex())
                if identity is None or device is None:
                    continue
                package = Package(name, data, header, signer.hex(), name, device, rest, identity)
                try:
                    self._read_late(package, identity)
                except RefusedError as error:
                    # It was counted when nobody here could look inside: it stays counted, and holds
                    # nothing up.
                    log.warning("a package that can be read now is refused: %s", error)
                    continue
                self.vault.do(_not_unread_any_more, writer, sequence)

    def _read_late(self, package: Package, identity: str) -> None:
        """Judge the whole first, as of any package."""
        _opening, body = open_rest(package.header, package.rest, identity)
        for batch in self._tally(package).over(body):
            checked(batch, package.header.channel)
        opening, body = open_rest(package.header, package.rest, identity)
        vector, package = vector_of(opening), self._weighed(self._certified(package, opening), body)
        _opening, body = open_rest(package.header, package.rest, identity)
        for batch in body:
            for part in self.pace.steps(batch):
                self._add(self._reading.do(apply, PackagePart(package, vector, part)))


def fetched(storage: Storage, names: list[str],
            skipped: Callable[[str], bool]) -> Iterator[tuple[str, bytes | None]]:
    """Yield the content of each name, in order; a few asked for at once where the store allows it,
    and none too far ahead."""
    if storage.at_once == 1:
        for name in names:
            yield name, None if skipped(name) else storage.get(name)
        return
    waiting: deque[tuple[str, Future[bytes | None]]] = deque()
    with ThreadPoolExecutor(storage.at_once, "fetch") as pool:
        try:
            for name in names:
                if not skipped(name):
                    waiting.append((name, pool.submit(storage.get, name)))
                if len(waiting) >= storage.at_once:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            for _name, future in waiting:
                future.cancel()


def _held(session: Session, writer: bytes, sequence: int) -> list[tuple[str, bytes]]:
    return [(sha256, bytes(data)) for sha256, data in sql.fetch(
        session, "SELECT sha256, data FROM held_package WHERE writer = ? AND sequence = ? AND data "
                 "IS NOT NULL",
        writer, sequence)]


def _unread(session: Session) -> list[tuple[bytes, int, str]]:
    return [(writer, sequence, channel) for writer, sequence, channel in sql.fetch(
        session, "SELECT writer, sequence, channel FROM unread ORDER BY writer, sequence")]


def _not_unread_any_more(session: Session, writer: bytes, sequence: int) -> None:
    sql.run(session, "DELETE FROM unread WHERE writer = ? AND sequence = ?", writer, sequence)


def _note_refusal(session: Session, name: str, reason: str, final: bool) -> None:
    session.merge(Refusal(name=name, reason=reason, final=final))
