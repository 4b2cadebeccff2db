"""Encrypted copies of the vault: one file with the slots and the database, verified by opening it;
and the way back."""

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.i18n import _
from desktop.base.log import log
from desktop.base.paths import Home
from desktop.vault import database
from desktop.vault.keys import slots as keys

_SLOTS, _DATABASE = "slots.json", "vault.db"
KEPT_SAFETY_COPIES = 3


def _copy_database(engine: Engine, target: Path) -> None:
    target.unlink(missing_ok=True)
    with database.translating_errors(), closing(engine.raw_connection()) as raw:
        raw.cursor().execute("VACUUM INTO ?", (str(target),))


def safety_copy(home: Home, engine: Engine) -> Path:
    """Return a copy of the encrypted database beside it, before a migration; the last three are
    kept."""
    target = home.folder / f"before-migration-{datetime.now():%Y%m%d-%H%M%S}.db"
    half = target.with_suffix(".tmp")
    try:
        _copy_database(engine, half)
        crash_point("migrate.half-copied")
        half.replace(target)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    for old in sorted(home.folder.glob("before-migration-*.db"))[:-KEPT_SAFETY_COPIES]:
        old.unlink()
    return target


def back_up(home: Home, engine: Engine, key: bytes, target: Path) -> None:
    """Write a backup to `target`, verified page by page; an earlier file there is replaced only by
    a good one.

    AppError where the disk refuses or the copy does not verify.
    """
    try:
        prefix = f".carnet-{hashlib.sha256(str(home.folder).encode()).hexdigest()[:16]}-"
        # One process a profile: what bears its prefix is the rest of a copy that was cut short.
        for rest in target.parent.glob(f"{prefix}*"):
            shutil.rmtree(rest)
        with tempfile.TemporaryDirectory(prefix=prefix, dir=target.parent) as folder:
            copy, packed = Path(folder, _DATABASE), Path(folder, "backup")
            _copy_database(engine, copy)
            crash_point("backup.copied")
            found = database.damage(copy, key)
            if found:
                raise AppError(_("The backup does not verify; the earlier one was kept."), found[0])
            crash_point("backup.verified")
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
                archive.write(home.slots, _SLOTS)
                crash_point("backup.half-packed")
                archive.write(copy, _DATABASE)
            packed.chmod(0o600)
            _sync(packed)
            crash_point("backup.packed")
            packed.replace(target)
            crash_point("backup.in-place")
    except OSError as error:
        raise disk_error(error, target) from error


def restore(source: Path, home: Home, opening: Callable[[keys.Slots], list[bytes]]) -> None:
    """Put a backup in the place of a profile that is closed; what was there is set aside, not
    erased.

    `opening` turns the slots of the backup into its data keys (it raises when the passphrase is
    wrong). The writer's token is taken away, so that the restored vault starts a new writer.
    """
    try:
        home.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        finish_restore(home)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=home.folder) as folder:
            slots, copy = _unpack(source, Path(folder, "whole"))
            data_keys = opening(keys.slots_from_bytes(slots.read_bytes()))
            if not any(database.opens(copy, key) and not database.damage(copy, key)
                       for key in data_keys):
                raise AppError(_("This backup is damaged; nothing was changed."),
                               _("Try an earlier backup."))
            for file in (copy, slots):
                file.chmod(0o600)
                _sync(file)
            crash_point("restore.verified")
            copy.parent.replace(home.restoring)
    except OSError as error:
        raise disk_error(error, source) from error
    crash_point("restore.decided")
    finish_restore(home)


def finish_restore(home: Home) -> None:
    """Put a verified copy that waits in the place of the profile, whose lock is held. Cut short, it
    goes on from there."""
    if not home.restoring.exists():
        return
    slots, copy, aside = (home.restoring / name for name in (_SLOTS, _DATABASE, "aside"))
    try:
        aside.mkdir(exist_ok=True)
        if copy.exists():
            for file in (home.slots, *home.database_files, home.token):
                if file.exists():
                    file.replace(aside / file.name)
                    crash_point("restore.aside")
            copy.replace(home.database)
        crash_point("restore.database")
        if slots.exists():
            slots.replace(home.slots)
        crash_point("restore.slots")
        home.making.unlink(missing_ok=True)
        if any(aside.iterdir()):
            aside.replace(_free(home.folder / f"before-restore-{datetime.now():%Y%m%d-%H%M%S}"))
            crash_point("restore.kept-old")
        shutil.rmtree(home.restoring)
    except OSError as error:
        raise disk_error(error, home.folder) from error


def remove_old_copies(home: Home) -> int:
    """Take away what was set aside before a restore or a migration; how many there were.

    They open with what was true then: a passphrase that was changed, a key that was renewed, a
    record that was erased.
    """
    found = [*home.folder.glob("before-restore-*"), *home.folder.glob("before-migration-*.db")]
    try:
        for copy in found:
            if copy.is_dir():
                shutil.rmtree(copy)
            else:
                copy.unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(error, home.folder) from error
    if found:
        log.info("old copies removed: %d", len(found))
    return len(found)


def _free(path: Path) -> Path:
    number = 2
    free = path
    while free.exists():
        free, number = path.with_name(f"{path.name}-{number}"), number + 1
    return free


def _sync(file: Path) -> None:
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def sweep(home: Home) -> None:
    """Take away what a killed process left half written beside the database; the lock of the
    profile is held."""
    try:
        for begun in (home.slots.name, home.token.name, "before-migration-"):
            for rest in home.folder.glob(f"{begun}*.tmp"):
                rest.unlink()
        for rest in home.folder.glob(".restore-*"):
            shutil.rmtree(rest)
    except OSError as error:
        raise disk_error(error, home.folder) from error


def _unpack(source: Path, folder: Path) -> tuple[Path, Path]:
    try:
        with zipfile.ZipFile(source) as archive:
            if sorted(archive.namelist()) != [_SLOTS, _DATABASE]:
                raise zipfile.BadZipFile
            archive.extractall(folder)
    except zipfile.BadZipFile as error:
        raise AppError(_("This file is not a backup of Carnet, or it is damaged; nothing was "
                         "changed.")) from error
    return folder / _SLOTS, folder / _DATABASE
