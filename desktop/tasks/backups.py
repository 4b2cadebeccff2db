"""Backups by themselves: where, how often, how many are kept; and a restore that is really
tried."""

import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy.orm import Session

from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.i18n import _
from desktop.base.log import log
from desktop.base.paths import Home
from desktop.queries.digest import Digest, digest_of
from desktop.vault import Vault
from desktop.vault.identity import read_value, write_value

KEPT = 8
ABANDONED = 24 * 3600
"""Seconds after which a trial is surely over: one takes a minute."""
_PLAN = "backup.plan"
_NAME = "carnet-{moment:%Y%m%d-%H%M%S}.sauvegarde"


class BackupPlan(msgspec.Struct, frozen=True):
    """Kept inside the vault: the path may name a place. Moments are local, ISO 8601; empty where it
    never happened."""

    folder: str = ""
    every_days: int = 7
    last: str = ""
    tried: str = ""


@dataclass(frozen=True)
class Tried:
    """What a tried restore found: the records of the copy, and whether they are the vault's to the
    last byte."""

    records: int
    same: bool


def plan_of(session: Session) -> BackupPlan:
    """Where and how often; an empty folder means that no backup is made."""
    value = read_value(session, _PLAN)
    return BackupPlan() if value is None else msgspec.json.decode(value, type=BackupPlan)


def keep_plan(session: Session, plan: BackupPlan) -> None:
    """Change where and how often."""
    write_value(session, _PLAN, msgspec.json.encode(plan))


def is_due(plan: BackupPlan, now: datetime) -> bool:
    """Whether a backup should be made at `now`; a clock set back is no reason to wait for years."""
    if not plan.folder or not plan.every_days:
        return False
    if not plan.last:
        return True
    last = datetime.fromisoformat(plan.last)
    return now >= last + timedelta(days=plan.every_days) or now < last - timedelta(days=1)


def make_backup(vault: Vault, now: datetime) -> Path:
    """Return a verified backup in the folder of the plan; the oldest beyond eight go. AppError
    where the folder refuses."""
    plan = vault.ask(plan_of)
    folder = Path(plan.folder)
    if not plan.folder or not folder.is_dir():
        raise AppError(_("The folder of the backups is not there: {path}.")
                       .format(path=plan.folder or "…"),
                       _("Plug the disk in, or choose another folder in the settings."))
    sweep_trials(Path(tempfile.gettempdir()), time.time())
    target = folder / _NAME.format(moment=now)
    vault.back_up(target)
    crash_point("backup.before-plan")
    vault.do(keep_plan, msgspec.structs.replace(plan, last=now.isoformat(timespec="seconds")))
    try:
        for old in sorted(folder.glob("carnet-????????-??????.sauvegarde"))[:-KEPT]:
            old.unlink()
            crash_point("backup.old-removed")
    except OSError as error:
        raise disk_error(error, folder) from error
    return target


def sweep_trials(folder: Path, now: float) -> int:
    """Take away what trials that were killed left in `folder` more than a day before `now` (seconds
    since 1970); how many."""
    gone = 0
    for left in folder.glob("carnet-essai-????????"):
        try:
            ours = (left.is_dir() and not left.is_symlink()
                    and {one.name for one in left.iterdir()} <= {"copie", "profil"})
            if ours and now - left.stat().st_mtime > ABANDONED:
                shutil.rmtree(left)
                gone += 1
        except OSError as error:
            # Another account's: it sweeps its own.
            log.info("a trial is not ours to take away: %s", type(error).__name__)
    return gone


def try_restore(vault: Vault, passphrase: str, now: datetime) -> Tried:
    """Back up, restore that file into a scratch vault with the passphrase, compare every record,
    throw it away.

    WrongPassphraseError for a wrong passphrase: then the backup could not have been opened either.
    """
    sweep_trials(Path(tempfile.gettempdir()), time.time())
    with tempfile.TemporaryDirectory(prefix="carnet-essai-") as scratch:
        copy = Path(scratch, "copie")
        before = vault.ask(digest_of)
        vault.back_up(copy)
        other = Vault(Home(Path(scratch, "profil")))
        try:
            other.restore(copy, passphrase)
            found: Digest = other.ask(digest_of)
        finally:
            other.close()
    # An edit made while the copy was taken is no fault of the copy.
    same = found == before or found == vault.ask(digest_of)
    if same:
        vault.do(keep_plan, msgspec.structs.replace(vault.ask(plan_of),
                                                    tried=now.isoformat(timespec="seconds")))
    return Tried(found.records, same)
