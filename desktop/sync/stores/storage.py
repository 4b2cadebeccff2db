"""The shared folder: list, get, put once. Nothing else is relied on, and nothing else touches a
network or a share."""

import hashlib
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import url2pathname

import msgspec

from desktop.base.errors import AppError, StoppedError
from desktop.base.i18n import _

FORMAT = "format.json"
"""The file that says whose folder it is."""


class StoreProblem(StrEnum):
    """Why a store could not be used."""

    ADDRESS = "address"
    OFFLINE = "offline"
    NAME = "name"
    PROXY = "proxy"
    CERTIFICATE = "certificate"
    HOST_KEY = "host_key"
    MET = "met"
    """An SSH server is met for the first time: somebody has to say whether its key is the right
    one."""
    PASSWORD = "password"
    FORBIDDEN = "forbidden"
    PORTAL = "portal"
    CLOCK = "clock"
    ABSENT = "absent"
    OTHERS = "others"
    """The folder is there, and it is not this collective's."""
    SPOILT = "spoilt"
    """The folder is there, and the file that says whose it is cannot be read."""
    MISSING = "missing"
    """The folder is there, and that file is not, or not shown: another exchange may find it."""
    EMPTIED = "emptied"
    """The folder that was the collective's has nothing in it any more."""
    FULL = "full"
    TOO_LARGE = "too_large"
    LOCKED = "locked"
    BUSY = "busy"
    TIMEOUT = "timeout"
    SERVER = "server"
    NOT_KEPT = "not_kept"
    DIFFERENT = "different"
    """Something else lies under a name that is written once."""
    NEWER = "newer"
    """A newer Carnet made it."""
    REMOVED = "removed"
    """This device was taken out of the collective."""


class StoreError(AppError):
    """A store could not be used; `code` tells why, for who wants to show it by a sign.

    `host_key`: the key that an SSH server showed, a first or another one, for who wants to accept
    that one and no third.
    """

    def __init__(self, code: StoreProblem, message: str, hint: str = "",
                 host_key: str = "") -> None:
        super().__init__(message, hint)
        self.code = code
        self.host_key = host_key


class EndlessError(StoreError):
    """A server's answer is longer than anything that Carnet writes."""


class CancelledError(StoppedError):
    """The person stopped the exchange; what was done stays done."""


class Credentials(msgspec.Struct, frozen=True):
    """What opens a store; kept in the vault alone.

    `private_key`: for SFTP, the text of an OpenSSH file, which `password` opens. `authority`: a PEM
    certificate to trust besides the system's. `host_key`: the SSH key pinned at the first use, as
    in known_hosts ("ssh-ed25519 AAAA...").
    """

    user: str = ""
    password: str = ""
    private_key: str = ""
    authority: str = ""
    host_key: str = ""

    def __repr__(self) -> str:
        return "Credentials(...)"


@dataclass(frozen=True)
class Timeouts:
    """Seconds: to connect, for the next piece of an answer, for a whole answer, and the longest
    wait that a server may ask for before it counts as a failure."""

    connect: float = 10
    answer: float = 30
    whole: float = 900
    wait: float = 10


@dataclass(frozen=True)
class About:
    """What a place tells of itself: the name of its server's program, and the bytes that are free
    for us; else nothing."""

    program: str = ""
    free: int | None = None


class Storage(Protocol):
    """What the exchange needs of a store. Names are relative, with slashes. Errors are
    StoreError."""

    url: str
    at_once: int
    """How many names may be asked for at the same time."""

    @property
    def credentials(self) -> Credentials:
        """As they are to be remembered: a host key seen for the first time is in them."""
        ...

    @property
    def ahead(self) -> float | None:
        """By how many seconds our clock is ahead of the store's, as its last answer showed; None
        where none did."""
        ...

    @property
    def strange(self) -> set[str]:
        """What was passed over since the store was opened: the paths of what is no plain file of
        sane size and name."""
        ...

    def names(self, folder: str) -> list[str]:
        """Return the names right below a folder, of plain files and folders; none when it is not
        there."""
        ...

    def get(self, name: str) -> bytes | None:
        """Return the content, or None when there is no such name, or no plain file of sane size
        under it."""
        ...

    def put(self, name: str, data: bytes) -> None:
        """Write once: the same bytes again are fine. Returns when they were read back."""
        ...

    def remove(self, name: str) -> None:
        """Take away a hint, or what a snapshot covers."""
        ...

    def tidy(self, folder: str) -> None:
        """Take away what writings of ours that were killed left right below a folder more than a
        day ago."""
        ...

    def about(self) -> About:
        """Return what the place tells of itself."""
        ...

    def compare_clocks(self) -> None:
        """See to it that `ahead` is of now, where the store can tell."""
        ...

    def make(self) -> None:
        """Make the shared folder itself, in a folder that is there already. StoreError where it
        cannot be made."""
        ...


def without_user(url: str) -> tuple[str, str]:
    """Return (the address without a user name, that name). StoreError where a password stands in
    it: it would be shown."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise StoreError(StoreProblem.ADDRESS,
                         _("This address of a shared folder is not well formed.")) from error
    if parts.password:
        raise StoreError(StoreProblem.ADDRESS,
                         _("The address of a shared folder must not contain a password."),
                         _("Give it when asked, or by CARNET_STORE_PASSWORD."))
    if "@" not in parts.netloc:
        return url.strip(), ""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    return (urlunsplit(parts._replace(netloc=host if port is None else f"{host}:{port}")),
            parts.username or "")


def path_of(url: str) -> Path:
    """Return the folder that a `file:` address names."""
    path = urlsplit(url).path
    return Path(url2pathname(path) if os.name == "nt" else unquote(path))


def needs_credentials(url: str) -> bool:
    """Whether an address is a server's, which asks who we are."""
    return urlsplit(without_user(url)[0]).scheme in ("https", "http", "s3", "sftp")


def completed(given: Credentials, held: Credentials) -> Credentials:
    """Return what is given, and what is held where nothing is."""
    return Credentials(
        *(getattr(given, name) or getattr(held, name) for name in Credentials.__struct_fields__))


def same_server(one: str, other: str) -> bool:
    """Whether what opens one address may be shown to the server of the other."""
    first, second = urlsplit(one), urlsplit(other)
    return (first.scheme, first.netloc, first.query) == (second.scheme, second.netloc, second.query)


def host_fingerprint(host_key: str) -> str:
    """Return the fingerprint of an SSH key as OpenSSH writes it: SHA256:..."""
    digest = hashlib.sha256(b64decode(host_key.partition(" ")[2])).digest()
    return "SHA256:" + b64encode(digest).decode().rstrip("=")


def is_loopback(host: str) -> bool:
    """Whether a host is this computer."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def number_in(name: str) -> int | None:
    """Return the number of a name that another may have chosen; None where it is none of ours."""
    return int(name) if name.isascii() and name.isdigit() and len(name) <= 18 else None


def all_names(storage: Storage, folder: str) -> Iterable[str]:
    """Yield the paths of the files two levels below a folder."""
    for shard in storage.names(folder):
        for name in storage.names(f"{folder}/{shard}"):
            yield f"{folder}/{shard}/{name}"
