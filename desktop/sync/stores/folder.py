"""A folder on a disk, a mounted share or a USB key."""

import errno
import os
import secrets
import shutil
import stat
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from desktop.base.crash import crash_point
from desktop.base.home.files import disk_error
from desktop.base.i18n import _
from desktop.sync.stores.base import ABANDONED, TEMPORARY, Store, largest
from desktop.sync.stores.storage import About, Credentials, StoreError, StoreProblem, path_of
from desktop.sync.stores.store_errors import leads_out

_CODES = {errno.ENOSPC: StoreProblem.FULL, errno.EDQUOT: StoreProblem.FULL,
          errno.EACCES: StoreProblem.FORBIDDEN,
          errno.EPERM: StoreProblem.FORBIDDEN, errno.EROFS: StoreProblem.FORBIDDEN}

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW",
                              0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_STRANGE = {errno.ELOOP, errno.EISDIR, errno.ENXIO, errno.ENODEV, errno.ENAMETOOLONG, errno.EILSEQ,
            errno.EINVAL}
"""Of a link, a folder, a pipe or a device where a file should be, or a name that no file can
have."""


class FolderStorage(Store):
    """A folder reached by its path."""

    def __init__(self, url: str, folder: Path) -> None:
        super().__init__(url, Credentials())
        self.folder = folder
        self._device = folder.stat().st_dev

    def names(self, folder: str) -> list[str]:
        found = []
        try:
            with os.scandir(self._path(folder)) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if _is_ours(entry):
                        found.append(entry.name)
                    else:
                        self.pass_over(f"{folder}/{entry.name}".lstrip("/"))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            if error.errno == errno.ELOOP:
                self.pass_over(folder)
                return []
            raise self._trouble(error) from error
        return sorted(found)

    def get(self, name: str) -> bytes | None:
        path = self._path(name)
        try:
            descriptor = os.open(path, _READ)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            if error.errno in _STRANGE or path.is_dir():
                self.pass_over(name)
                return None
            raise self._trouble(error) from error
        try:
            # Asked before a byte is read: a pipe would wait for ever, and a sparse file of 3 GB is
            # made of nothing.
            about = os.fstat(descriptor)
            if stat.S_ISREG(about.st_mode) and about.st_size <= largest(name):
                with os.fdopen(descriptor, "rb", closefd=False) as file:
                    return file.read(largest(name))
        except OSError as error:
            raise self._trouble(error) from error
        finally:
            os.close(descriptor)
        self.pass_over(name)
        return None

    def write(self, name: str, data: bytes) -> None:
        target = self._path(name)
        temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
        try:
            # A share that went away leaves an empty place to mount it: what is written there would
            # reach nobody.
            if self.folder.stat().st_dev != self._device:
                raise _absent(self.folder)
            self._make_way(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            # A temporary file of the same tree: a rename across file systems would not be one step.
            began = time.time()
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                crash_point("folder.temporary")
                os.fsync(file.fileno())
            # A disk of this computer gives back our own hour, which tells nothing; a mounted share
            # its server's, once closed.
            self.note_time(temporary.stat().st_mtime, began, time.time())
            crash_point("folder.synced")
            temporary.replace(target)
            crash_point("folder.renamed")
        except OSError as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise self._trouble(error) from error

    def _make_way(self, target: Path) -> None:
        """Put aside what lies under a name that is written now, and could not be: a folder, or a
        file where folders go."""
        above = [one for one in target.parents
                 if one.is_relative_to(self.folder) and one != self.folder]
        in_the_way = [one for one in reversed(above)
                      if one.is_symlink() or (one.exists() and not one.is_dir())]
        if target.is_dir() and not target.is_symlink():
            in_the_way.append(target)
        for one in in_the_way:
            self.pass_over(str(one.relative_to(self.folder)))
            one.rename(one.with_name(f".{secrets.token_hex(8)}.aside"))

    def remove(self, name: str) -> None:
        path = self._path(name)
        try:
            path.unlink(missing_ok=True)
        except NotADirectoryError:
            return
        except OSError as error:
            if error.errno in _STRANGE or path.is_dir():
                self.pass_over(name)
                return
            raise self._trouble(error) from error

    def tidy(self, folder: str) -> None:
        try:
            left = [entry for entry in os.scandir(self._path(folder))
                    if TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)]
            if not left:
                return
            now = self.now_in(folder)
            for entry in left:
                if now - entry.stat().st_mtime > ABANDONED:
                    (self._path(folder) / entry.name).unlink(missing_ok=True)
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise self._trouble(error) from error

    def now_in(self, folder: str) -> float:
        """Return the clock of the share, which is not ours: a file of this moment tells it."""
        probe = self._path(folder) / f".{secrets.token_hex(8)}.tmp"
        probe.write_bytes(b"")
        now = probe.stat().st_mtime
        probe.unlink()
        return now

    def _path(self, name: str) -> Path:
        """Where a name lies. Some come from others: none leads out of the folder."""
        if (name.startswith("/") or ".." in name.split("/")
            or (os.sep != "/" and (os.sep in name or ":" in name))):
            raise leads_out()
        return self.folder / name

    def about(self) -> About:
        try:
            return About(free=shutil.disk_usage(self.folder).free)
        except OSError as error:
            raise self._trouble(error) from error

    def compare_clocks(self) -> None:
        probe = f"heads/.{secrets.token_hex(8)}.tmp"
        self.write(probe, b"\n")
        self.remove(probe)

    def make(self) -> None:
        """Do nothing: a store is only opened on a folder that is."""

    def _trouble(self, error: OSError) -> StoreError:
        if error.errno == errno.ENOENT:
            return _absent(self.folder)
        told = disk_error(error, self.folder)
        return StoreError(_CODES.get(error.errno or 0, StoreProblem.SERVER), told.message,
                          told.hint)


def _is_ours(entry: "os.DirEntry[str]") -> bool:
    """Whether an entry may be one of Carnet's: a plain file or a folder, under a name that is a
    text."""
    if (not entry.name.isprintable()
        or not (entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False))):
        return False
    try:
        entry.name.encode()
    except UnicodeEncodeError:
        return False
    return True


def open_folder(url: str, make: bool = False) -> FolderStorage:
    """Return the folder of a `file:` address; StoreError where it is not there, or is another
    computer's.

    `make`: it is made where only itself is not there, and the folder above it is.
    """
    parts = urlsplit(url)
    if parts.netloc not in ("", "localhost"):
        raise StoreError(StoreProblem.ADDRESS,
                         _("This address names a folder of another computer: {url}.")
                         .format(url=url[:80]),
                         _("Mount it first, or give a folder, as file:///media/partage/carnet."))
    folder = path_of(url)
    if make and folder.parent.is_dir():
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            told = disk_error(error, folder)
            raise StoreError(_CODES.get(error.errno or 0, StoreProblem.SERVER), told.message,
                             told.hint) from error
    if not folder.is_dir():
        raise _absent(folder)
    return FolderStorage(url, folder)


def _absent(folder: Path) -> StoreError:
    return StoreError(StoreProblem.ABSENT,
                      _("The shared folder is not there: {path}.").format(path=folder),
                      _("Is the share mounted, or the key plugged in?"))
