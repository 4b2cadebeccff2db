"""The shared folder: list, get, put once. Nothing else is relied on, and nothing else touches a network or a share."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlparse
from urllib.request import url2pathname

from desktop.base.errors import AppError
from desktop.base.files import disk_error
from desktop.base.i18n import _


class Storage(Protocol):
    """What the exchange needs of a store. Names are relative, with slashes. Errors are AppError."""

    url: str

    def names(self, folder: str) -> list[str]:
        """The names right below a folder; none when it is not there."""
        ...

    def get(self, name: str) -> bytes | None:
        """The content, or None when there is no such name."""
        ...

    def put(self, name: str, data: bytes) -> None:
        """Write once: the same bytes again are fine. Returns when they were read back."""
        ...

    def remove(self, name: str) -> None:
        """Take a hint away; never a package."""
        ...


class FolderStorage:
    """A folder on a disk, a mounted share or a USB key."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder

    def names(self, folder: str) -> list[str]:
        try:
            return sorted(entry.name for entry in os.scandir(self.folder / folder) if not entry.name.startswith("."))
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise disk_error(error, self.folder) from error

    def get(self, name: str) -> bytes | None:
        try:
            return (self.folder / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise disk_error(error, self.folder) from error

    def put(self, name: str, data: bytes) -> None:
        target = self.folder / name
        temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
        try:
            if target.exists() and target.read_bytes() == data:
                return
            target.parent.mkdir(parents=True, exist_ok=True)
            # A temporary file of the same tree: a rename across file systems would not be one step.
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
            if target.read_bytes() != data:
                raise AppError(_("The shared folder did not keep what was written."), _("Nothing is lost; try again."))
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise disk_error(error, self.folder) from error

    def remove(self, name: str) -> None:
        try:
            (self.folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise disk_error(error, self.folder) from error


def open_storage(url: str) -> Storage:
    """The store at a URL (`file:///...`); AppError for another kind, or where the folder is not there."""
    parts = urlparse(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        raise AppError(_("Carnet does not know this kind of address: {url}.").format(url=url[:80]),
                       _("Give a folder, as file:///media/partage/carnet."))
    folder = Path(url2pathname(parts.path) if os.name == "nt" else unquote(parts.path))
    if not folder.is_dir():
        raise AppError(_("The shared folder is not there: {path}.").format(path=folder),
                       _("Is the share mounted, or the key plugged in?"))
    return FolderStorage(url, folder)


def all_names(storage: Storage, folder: str) -> Iterable[str]:
    """The paths of the files two levels below a folder."""
    for shard in storage.names(folder):
        for name in storage.names(f"{folder}/{shard}"):
            yield f"{folder}/{shard}/{name}"
