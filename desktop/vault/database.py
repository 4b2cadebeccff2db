"""Connections to the encrypted file, and the words for what can go wrong with it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _

CACHE_KIB = 16_384
_WRITE = "carnet_write"
_DAMAGED = ("malformed", "not a database")


def connect(path: Path, key: bytes) -> Any:
    """Return a raw connection with the key applied; nothing is read yet, so a wrong key shows at
    the first statement."""
    connection = sqlcipher.connect(str(path), check_same_thread=False, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        # The key cannot be a bound parameter; it is hexadecimal that we made ourselves.
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")
        # What is erased is overwritten: whoever opens the file one day finds nothing of it in the
        # gaps.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    except BaseException:
        connection.close()
        raise
    return connection


def opens(path: Path, key: bytes) -> bool:
    """Whether this key reads the file; AppError where the disk, not the file, is in the way."""
    try:
        with closing(connect(path, key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return True
    except sqlcipher.DatabaseError as error:
        if not any(words in str(error) for words in _DAMAGED):
            with translating_errors():
                raise
        return False


def open_engine(path: Path, key: bytes) -> Engine:
    """Return an engine over the encrypted file: two connections, the one last used first, for its
    cache is warm; WAL; BEGIN by hand."""
    def creator() -> Any:
        connection = connect(path, key)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    engine = create_engine("sqlite://", module=sqlcipher, creator=creator, poolclass=QueuePool,
                           pool_size=2,
                           pool_use_lifo=True, max_overflow=4, pool_reset_on_return="rollback")

    # SQLite's own module begins transactions late and half; saying BEGIN ourselves makes DDL
    # transactional too.
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(_WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def for_writing(engine: Engine) -> Engine:
    """Return the same pool, whose transactions take the write lock at once."""
    return engine.execution_options(**{_WRITE: True})


def compact(engine: Engine) -> None:
    """Write the file anew, without what was freed in it."""
    with translating_errors(), closing(engine.raw_connection()) as raw:
        raw.cursor().execute("VACUUM")


def reencrypt(path: Path, old: bytes, new: bytes) -> None:
    """Write every page of a closed file under another key."""
    with translating_errors(), closing(connect(path, old)) as connection:
        # Outside WAL the re-encryption is one ordinary transaction with a rollback journal.
        connection.execute("PRAGMA journal_mode = DELETE")
        crash_point("rekey.before")
        connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
        crash_point("rekey.reencrypted")


def damage(path: Path, key: bytes) -> list[str]:
    """Return what SQLCipher and SQLite find wrong with the file: an empty list when it is whole."""
    connection = connect(path, key)
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        found += [str(row[0]) for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
        return found
    except sqlcipher.DatabaseError as error:
        return [str(error)]
    finally:
        connection.close()


@contextmanager
def translating_errors() -> Iterator[None]:
    """Turn an error of the database that a person can act on into its sentence."""
    try:
        yield
    except (DatabaseError, sqlcipher.DatabaseError) as error:
        known = database_error(error)
        if known is None:
            raise
        raise known from error


def database_error(error: DatabaseError | sqlcipher.DatabaseError) -> AppError | None:
    """Return the sentence for an error of the database that a person can act on; None for a bug."""
    text = str(getattr(error, "orig", None) or error)
    # SQLCipher says nothing more of a re-encryption that the disk refused.
    if "full" in text or "disk I/O" in text or "PRAGMA key or rekey" in text:
        return AppError(_("The disk is full or failing; the last change was not kept, everything "
                          "before it was."),
                        _("Free some space, then try again."))
    if any(words in text for words in _DAMAGED):
        return AppError(_("The vault is damaged."),
                        _("Restore the last backup; the shared folder holds the rest."))
    if "readonly" in text or "unable to open" in text:
        return AppError(_("The vault's folder is not writable."),
                        _("Check the rights of the folder."))
    return None
