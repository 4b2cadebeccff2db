"""Writing small files so that a crash leaves the old one or the new one, never half of one."""

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _


def write_atomically(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace `path` by `data`, durably. OSError where the disk is full or the folder is not
    writable."""
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            crash_point("file.written")
            os.fsync(file.fileno())
        temporary.chmod(mode)
        crash_point("file.synced")
        temporary.replace(path)
        crash_point("file.renamed")
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def make_folder(path: Path) -> None:
    """Make a folder of the person's own, with those above it; AppError where the disk refuses."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise disk_error(error, path) from error


def shred(path: Path) -> None:
    """Overwrite a file, then remove it; nothing where there is none. OSError where the disk
    refuses.

    Flash memory may keep the old blocks for a while: what is to be unreadable for sure must have
    been encrypted.
    """
    if path.is_symlink() or not path.is_file():
        path.unlink(missing_ok=True)
        return
    with path.open("r+b") as file:
        left = path.stat().st_size
        while left > 0:
            left -= file.write(os.urandom(min(left, 1 << 20)))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def wipe(folder: Path) -> list[str]:
    """Shred what lies in a folder, then remove it; the names of what another program holds, which
    stay."""
    kept = []
    for path in sorted(folder.rglob("*"),
                       reverse=True) if folder.is_dir() and not folder.is_symlink() else ():
        try:
            if path.is_dir() and not path.is_symlink():
                path.rmdir()
            else:
                if not path.is_symlink():
                    path.chmod(0o600)
                shred(path)
        except OSError:
            kept.append(path.name)
    if not kept and folder.is_dir():
        with suppress(OSError):
            folder.rmdir()
    return kept


def disk_error(error: OSError, path: Path) -> AppError:
    """Return the sentence for an error of the file system at `path`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return AppError(_("The disk is full; nothing was lost."),
                        _("Free some space, then try again."))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return AppError(_("Carnet may not write in {path}.").format(path=path),
                        _("Choose another folder."))
    if error.errno == errno.ENOENT:
        return AppError(_("There is no file or folder at {path}.")
                        .format(path=_missing(error, path)))
    return AppError(_("The file {path} could not be used: {reason}.")
                    .format(path=path, reason=error.strerror))


def _missing(error: OSError, path: Path) -> Path:
    # What was worked on at `path` may need a file that lies elsewhere; but of a passing file beside
    # it nobody knows the name.
    named = Path(error.filename) if isinstance(error.filename, str) else path
    gone = [place for place in (named, *named.parents) if not place.exists()]
    return named if gone and gone[-1] not in (path, *path.parents) else path
