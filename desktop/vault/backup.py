"""Encrypted copies of the vault: one file with the slots and the database, verified by opening it; and the way back."""

import shutil
import tempfile
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from desktop.base.errors import AppError
from desktop.base.files import disk_error
from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.vault import database, keys

_SLOTS, _DATABASE = "slots.json", "vault.db"
KEPT_SAFETY_COPIES = 3


def _copy_database(engine: Engine, target: Path) -> None:
    target.unlink(missing_ok=True)
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM INTO ?", (str(target),))
    finally:
        raw.close()


def safety_copy(home: Home, engine: Engine) -> Path:
    """A copy of the encrypted database beside it, before a migration; the last three are kept."""
    target = home.folder / f"before-migration-{datetime.now():%Y%m%d-%H%M%S}.db"
    _copy_database(engine, target)
    for old in sorted(home.folder.glob("before-migration-*.db"))[:-KEPT_SAFETY_COPIES]:
        old.unlink()
    return target


def back_up(home: Home, engine: Engine, key: bytes, target: Path) -> None:
    """Write a backup to `target`, verified page by page; an earlier file there is replaced only by a good one.

    AppError where the disk refuses or the copy does not verify.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".carnet-", dir=target.parent) as folder:
            copy, packed = Path(folder, _DATABASE), Path(folder, "backup")
            _copy_database(engine, copy)
            found = database.damage(copy, key)
            if found:
                raise AppError(_("The backup does not verify; the earlier one was kept."), found[0])
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
                archive.write(home.slots, _SLOTS)
                archive.write(copy, _DATABASE)
            packed.chmod(0o600)
            packed.replace(target)
    except OSError as error:
        raise disk_error(error, target) from error
    except DatabaseError as error:
        known = database.database_error(error)
        if known is None:
            raise
        raise known from error


def restore(source: Path, home: Home, opening: Callable[[keys.Slots], list[bytes]]) -> None:
    """Put a backup in the place of a profile that is closed; what was there is set aside, not erased.

    `opening` turns the slots of the backup into its data keys (it raises when the passphrase is wrong). The writer's
    token is taken away, so that the restored vault starts a new writer.
    """
    try:
        home.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=home.folder) as folder:
            slots, copy = _unpack(source, Path(folder))
            data_keys = opening(keys.slots_from_bytes(slots.read_bytes()))
            if not any(database.opens(copy, key) and not database.damage(copy, key) for key in data_keys):
                raise AppError(_("This backup is damaged; nothing was changed."), _("Try an earlier backup."))
            _set_aside(home)
            home.token.unlink(missing_ok=True)
            shutil.move(copy, home.database)
            shutil.move(slots, home.slots)
    except OSError as error:
        raise disk_error(error, source) from error


def _unpack(source: Path, folder: Path) -> tuple[Path, Path]:
    try:
        with zipfile.ZipFile(source) as archive:
            if sorted(archive.namelist()) != [_SLOTS, _DATABASE]:
                raise zipfile.BadZipFile
            archive.extractall(folder)
    except zipfile.BadZipFile as error:
        raise AppError(_("This file is not a backup of Carnet, or it is damaged; nothing was changed.")) from error
    return folder / _SLOTS, folder / _DATABASE


def _set_aside(home: Home) -> None:
    if not home.slots.exists() and not home.database.exists():
        return
    aside = home.folder / f"before-restore-{datetime.now():%Y%m%d-%H%M%S}"
    aside.mkdir()
    for file in (home.slots, home.database, home.database.with_name("vault.db-wal"),
                 home.database.with_name("vault.db-shm"), home.token):
        if file.exists():
            shutil.move(file, aside / file.name)
