"""The vault: opens the encrypted file, runs commands and queries over it, tells who listens,
locks."""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from desktop.base.clock import Clock, wall_ms
from desktop.base.crash import crash_point
from desktop.base.errors import AppError, LockedError
from desktop.base.home.files import disk_error, make_folder, wipe
from desktop.base.i18n import _
from desktop.base.log import log
from desktop.base.paths import Home
from desktop.models.changes import Author, touched_of
from desktop.vault import backup, database, schema
from desktop.vault import identity as identities
from desktop.vault.gate import Gate
from desktop.vault.gestures import KEPT, History, TakenBack, take_back
from desktop.vault.identity import Identity
from desktop.vault.keys import slots as keys
from desktop.vault.keys.slots import Cost
from desktop.vault.prefetch import Prefetcher
from desktop.vault.search import index as search
from desktop.vault.secrets import Secrets

P = ParamSpec("P")
R = TypeVar("R")
Listener = Callable[[frozenset[str]], None]

_CLOCK = "clock"


class Vault(Secrets):
    """One profile's encrypted store. Usable from any thread; one write transaction at a time.

    `now` gives milliseconds since 1970 UTC; tests hand in a clock that stands still.
    """

    def __init__(self, home: Home, now: Callable[[], int] = wall_ms) -> None:
        self.home = home
        self._now = now
        self._lock = FileLock(home.lock_file, timeout=0, thread_local=False)
        self._gate = Gate()
        self._listeners: list[Listener] = []
        self._engine: Engine | None = None
        self._key: bytes | None = None
        self._identity: Identity | None = None
        self._clock: Clock | None = None
        self.asking = Prefetcher()
        self.history = History()

    # Opening and closing

    @classmethod
    def create(cls, home: Home, passphrase: str, *, cost: Cost = Cost.STANDARD,
               now: Callable[[], int] = wall_ms,
               whole: bool = True) -> "tuple[Vault, str]":
        """Return a new empty vault, unlocked, and the recovery code to print; AppError where the
        folder refuses.

        Not `whole`: it is no profile until the caller takes `home.making` away.
        """
        if not passphrase:
            raise AppError(_("A vault needs a passphrase."))
        make_folder(home.folder)
        vault = cls(home, now)
        vault._take_lock()
        try:
            if home.exists:
                raise AppError(_("There is already a vault in {path}.").format(path=home.folder),
                               _("Open it, or choose another folder."))
            home.making.touch(mode=0o600)
            # No profile: what lies here is the rest of a making that was cut short.
            for rest in (home.slots, *home.database_files, home.token):
                rest.unlink(missing_ok=True)
            key, code = keys.new_data_key(), keys.new_recovery_code()
            identity = identities.new_identity()
            crash_point("create.before")
            vault._open(key)
            crash_point("create.database")
            vault._write_identity(identity)
            crash_point("create.identity")
            identities.write_token(home, identity)
            crash_point("create.token")
            recipient = str(keys.recovery_identity(code).to_public())
            keys.write_slots(home, keys.make_slots([key], passphrase, recipient, cost.value))
            crash_point("create.slots")
            if whole:
                home.making.unlink()
        except OSError as error:
            vault.close()
            raise disk_error(error, home.folder) from error
        except BaseException:
            vault.close()
            raise
        return vault, code

    def unlock(self, passphrase: str) -> None:
        """Open with the passphrase. WrongPassphraseError, or AppError where the file is damaged or
        in use."""
        self._unlock(lambda slots: keys.open_with_passphrase(slots, passphrase))

    def unlock_with_code(self, code: str) -> None:
        """Open with the printed recovery code."""
        self._unlock(lambda slots: keys.open_with_code(slots, code))

    def unlock_with_key(self, key: bytes) -> None:
        """Open with the data key itself, as the system's keyring keeps it; WrongPassphraseError
        when it is stale."""
        def opening(_slots: keys.Slots) -> list[bytes]:
            if self.home.database.exists() and not database.opens(self.home.database, key):
                raise keys.WrongPassphraseError(
                    _("The key that the keyring holds is not the one of this vault."),
                                                _("Type the passphrase."))
            return [key]

        self._unlock(opening)

    def _unlock(self, opening: Callable[[keys.Slots], list[bytes]]) -> None:
        if self.is_open:
            return
        if self.home.restoring.exists():
            self._take_lock()
            backup.finish_restore(self.home)
        candidates = opening(keys.read_slots(self.home))
        self._take_lock()
        try:
            backup.sweep(self.home)
            self._open(self._right_key(candidates))
        except BaseException:
            self.close()
            raise

    def _right_key(self, candidates: list[bytes]) -> bytes:
        if not self.home.database.exists():
            raise AppError(_("The vault's file is missing."), _("Restore the last backup."))
        for key in candidates:
            if database.opens(self.home.database, key):
                return key
        raise AppError(_("The vault is damaged."),
                       _("Restore the last backup; the shared folder holds the rest."))

    def _take_lock(self) -> None:
        try:
            self._lock.acquire()
        except Timeout as error:
            raise AppError(_("Carnet is already open on this profile."),
                           _("Use the window that is open.")) from error
        except OSError as error:
            raise disk_error(error, self.home.folder) from error

    def _open(self, key: bytes) -> None:
        engine = database.open_engine(self.home.database, key)
        wipe(self.home.opened)
        try:
            with database.translating_errors():
                schema.bring_up_to_date(self.home, engine)
                with database.for_writing(engine).begin() as connection:
                    search.prepare(connection)
                self._key, self._engine = key, engine
                self.asking.written += 1
                with Session(engine) as session:
                    with suppress(LookupError):
                        self._identity = identities.read_identity(session)
                    last = identities.read_value(session, _CLOCK)
        except BaseException:
            engine.dispose()
            self._key = self._engine = None
            raise
        if self._identity is not None:
            self._clock = Clock(self._identity.writer, self._now, last)
            if not identities.token_matches(self.home, self._identity):
                self.renew_writer()

    def lock(self) -> None:
        """Drop the key and close the file; the profile stays ours until `close`."""
        with self._gate:
            engine, self._engine = self._engine, None
            self._key = self._identity = self._clock = None
            self.history = History()
            self.asking.note_in(None)
            crash_point("lock.forgotten")
            if engine is not None:
                engine.dispose()
                wipe(self.home.opened)
            crash_point("lock.closed")

    def close(self) -> None:
        """Lock, and let another process open the profile."""
        self.lock()
        self._lock.release(force=True)

    @property
    def is_open(self) -> bool:
        """The vault is unlocked."""
        return self._engine is not None

    @property
    def data_key(self) -> bytes:
        """The key of the database, for the system's keyring alone."""
        if self._key is None:
            raise self._locked()
        return self._key

    def do(self, command: Callable[Concatenate[Session, P], R], /, *args: P.args,
           **kwargs: P.kwargs) -> R:
        """Run a command in one transaction; it is kept whole or not at all. Then tell the listeners
        what changed."""
        with self._gate:
            engine = self._opened()
            author = self._author()
            with database.translating_errors(), Session(database.for_writing(engine),
                                          expire_on_commit=False) as session:
                session.info["author"] = author
                result = command(session, *args, **kwargs)
                session.flush()
                touched = touched_of(session)
                if touched.rows:
                    search.refresh(session, touched.rows)
                if touched.areas:
                    identities.write_value(session, _CLOCK, author.clock.last)
                crash_point("do.before-commit")
                session.commit()
                self.asking.written += 1
                crash_point("do.committed")
            self.history.note(touched.changes)
            if touched.erased:
                self.history.forget(touched.erased)
        if touched.areas:
            self._tell(frozenset(touched.areas))
        return result

    def undo(self, number: int | None = None) -> TakenBack | None:
        """Take back the last gesture, or the one of that number; None where it is not known any
        more."""
        with self._gate:
            gesture = self.history.find(number)
            if gesture is None:
                return None
            before, waiting = self.history.last, list(self.history.undone)
            taken = self.do(take_back, gesture)
            self.history.took_back(gesture, before, waiting)
        return taken

    def redo(self) -> TakenBack | None:
        """Do again what was last undone; None where there is nothing."""
        with self._gate:
            if not self.history.undone:
                return None
            waiting = list(self.history.undone)
            taken = self.do(take_back, waiting.pop())
            self.history.undone = deque(waiting, KEPT)
        return taken

    def ask(self, query: Callable[Concatenate[Session, P], R], /, *args: P.args,
            **kwargs: P.kwargs) -> R:
        """Run a query over one consistent state of the vault. It may not write."""
        engine = self._opened()

        def ask() -> R:
            with database.translating_errors(), Session(engine, autoflush=False) as session:
                result = query(session, *args, **kwargs)
                if session.new or session.dirty:
                    raise RuntimeError("a query may not change records")
                return result

        return ask() if kwargs else self.asking.answer(ask, query, args)

    def listen(self, callback: Listener) -> Callable[[], None]:
        """Call back with the areas that changed, after each commit, in its thread. Returns the way
        out."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback) if callback in self._listeners else None

    def _tell(self, areas: frozenset[str]) -> None:
        for callback in list(self._listeners):
            callback(areas)

    @property
    def is_wanted(self) -> bool:
        """More than one thread has written in the last seconds: long works should make way."""
        return self._gate.is_shared

    def now(self) -> int:
        """Return the wall's clock, in milliseconds since 1970 UTC."""
        return self._now()

    @property
    def identity(self) -> Identity:
        """The keys, writer and person of this device."""
        if self._identity is None:
            raise self._locked()
        return self._identity

    def save_identity(self, identity: Identity) -> None:
        """Keep a changed identity; a new writer gets a new token and a clock of its own."""
        renewed = self._identity is None or identity.writer != self._identity.writer
        self._write_identity(identity)
        crash_point("identity.kept")
        if renewed:
            try:
                identities.write_token(self.home, identity)
            except OSError as error:
                raise disk_error(error, self.home.folder) from error

    def renew_writer(self) -> None:
        """Start a new writer: the database was copied, or an older one was put back."""
        log.warning("a new writer starts")
        self.save_identity(identities.with_new_writer(self.identity))

    def _write_identity(self, identity: Identity) -> None:
        with (self._gate, database.translating_errors(),
              Session(database.for_writing(self._opened())) as session):
            identities.write_identity(session, identity)
            session.commit()
            self.asking.written += 1
        if self._clock is None or self._clock.writer != identity.writer:
            self._clock = Clock(identity.writer, self._now,
                                self._clock.last if self._clock else None)
        self._identity = identity

    def _author(self) -> Author:
        if self._identity is None or self._clock is None:
            raise self._locked()
        return Author(self._identity.writer, self._clock, self._identity.person_id,
                      self._identity.roles)

    def _opened(self) -> Engine:
        if self._engine is None:
            raise self._locked()
        return self._engine

    @staticmethod
    def _locked() -> LockedError:
        return LockedError(_("The vault is locked."), _("Unlock it first."))

    def rekey(self, passphrase: str) -> None:
        """Re-encrypt the database under a new key. Cut short at any point, the vault still
        opens."""
        slots = keys.read_slots(self.home)
        keys.open_with_passphrase(slots, passphrase)
        with self._gate:
            old, new = self.data_key, keys.new_data_key()
            keys.write_slots(self.home,
                             keys.make_slots([old, new], passphrase, slots.recipient, slots.cost))
            crash_point("rekey.both-keys")
            self._opened().dispose()
            self._engine = None
            try:
                database.reencrypt(self.home.database, old, new)
            finally:
                self._open(self._right_key([new, old]))
            crash_point("rekey.reopened")
            keys.write_slots(self.home,
                             keys.make_slots([self.data_key], passphrase, slots.recipient,
                                             slots.cost))
        backup.remove_old_copies(self.home)

    def back_up(self, target: Path) -> None:
        """Write a verified encrypted backup to `target`."""
        backup.back_up(self.home, self._opened(), self.data_key, target)

    def restore(self, source: Path, passphrase: str) -> None:
        """Replace this profile, which must be locked or empty, by a backup, and open it as a new
        writer."""
        if self.is_open:
            raise RuntimeError("lock the vault before restoring over it")
        make_folder(self.home.folder)
        self._take_lock()
        try:
            backup.restore(source, self.home,
                           lambda slots: keys.open_with_passphrase(slots, passphrase))
        except BaseException:
            self.close()
            raise
        self.unlock(passphrase)

    def clear_log(self) -> None:
        """Leave nothing of what was erased: in the log of the database, in the copies that were set
        aside."""
        with self._gate, database.translating_errors(), self._opened().connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        backup.remove_old_copies(self.home)

    def damage(self) -> list[str]:
        """Return what is wrong with the file: an empty list when every page is authentic and in
        order."""
        return database.damage(self.home.database, self.data_key)
