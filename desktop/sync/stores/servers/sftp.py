"""A folder of an SSH server, by SFTP; the server's key is pinned at the first use, or shown to who
has to accept it."""

import errno
import logging
import secrets
import socket
import stat
import time
import weakref
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO, StringIO
from urllib.parse import unquote, urlsplit

import msgspec
import paramiko

from desktop.base.i18n import _
from desktop.sync.stores import store_errors
from desktop.sync.stores.base import ABANDONED, TEMPORARY, Store, largest
from desktop.sync.stores.storage import Credentials, StoreError, StoreProblem, Timeouts

# It would write its own account of each failure on the terminal.
logging.getLogger("paramiko").addHandler(logging.NullHandler())
_KEYS = (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey)
_UNREACHED = {errno.ECONNREFUSED, errno.ECONNRESET, errno.EHOSTUNREACH, errno.ENETUNREACH,
              errno.EPIPE, errno.ETIMEDOUT}


class SftpStorage(Store):
    """A folder that an SSH account may write in. `sftp://host/path` is absolute,
    `sftp://host/~/path` from its home."""

    def __init__(self, url: str, credentials: Credentials, timeouts: Timeouts,
                 meet: bool = True) -> None:
        super().__init__(url, credentials)
        parts = urlsplit(url)
        if not parts.hostname:
            raise StoreError(StoreProblem.ADDRESS,
                             _("This address of a shared folder is not well formed."))
        self.host, self.port = parts.hostname, parts.port or 22
        path = unquote(parts.path).rstrip("/") or "/"
        self._root = path[3:] or "." if f"{path}/".startswith("/~/") else path
        self._timeouts, self._meet = timeouts, meet
        self._open: tuple[paramiko.SSHClient, paramiko.SFTPClient] | None = None
        self._folders = {""}

    def names(self, folder: str) -> list[str]:
        with self._translating_errors():
            try:
                listed = [one for one in self._sftp().listdir_attr(self._path(folder))
                          if not one.filename.startswith(".")]
            except FileNotFoundError as error:
                if folder == "":
                    raise store_errors.absent() from error
                return []
        for one in listed:
            if not _is_plain(one.st_mode, stat.S_ISREG, stat.S_ISDIR):
                self.pass_over(f"{folder}/{one.filename}".lstrip("/"))
        return sorted(one.filename for one in listed
                      if _is_plain(one.st_mode, stat.S_ISREG, stat.S_ISDIR))

    def get(self, name: str) -> bytes | None:
        with self._translating_errors():
            try:
                with self._sftp().open(self._path(name), "rb") as file:
                    about = file.stat()
                    size = about.st_size or 0
                    if size > largest(name) or not _is_plain(about.st_mode, stat.S_ISREG):
                        self.pass_over(name)
                        return None
                    if size > 32_768:
                        file.prefetch(size)
                    return file.read()
            except FileNotFoundError:
                return None

    def write(self, name: str, data: bytes) -> None:
        folder = name.rpartition("/")[0]
        target, temporary = self._path(name), self._path(
            f"{folder}/.{secrets.token_hex(8)}.tmp".lstrip("/"))
        with self._translating_errors():
            sftp = self._sftp()
            self._make(sftp, folder)
            try:
                began = time.time()
                # It looks at what it wrote: no request more is needed to know the hour of the
                # server.
                kept = sftp.putfo(BytesIO(data), temporary, len(data))
                if kept.st_mtime is not None:
                    self.note_time(kept.st_mtime + 0.5, began, time.time())
                self._rename(sftp, temporary, target)
            except FileNotFoundError as error:
                self._folders = {""}
                raise store_errors.absent() from error
            except OSError:
                with suppress(OSError, EOFError, paramiko.SSHException):
                    sftp.remove(temporary)
                raise

    def _rename(self, sftp: paramiko.SFTPClient, temporary: str, target: str) -> None:
        try:
            sftp.posix_rename(temporary, target)
        except (FileNotFoundError, PermissionError):
            raise
        except OSError:
            # A server without that extension does not rename over a file; `put` has judged that
            # this one may go.
            with suppress(FileNotFoundError):
                sftp.remove(target)
            sftp.rename(temporary, target)

    def _make(self, sftp: paramiko.SFTPClient, folder: str) -> None:
        """Make the folder and those above it, where they are not there."""
        if folder in self._folders:
            return
        try:
            sftp.stat(self._path(folder))
        except FileNotFoundError:
            self._make(sftp, folder.rpartition("/")[0])
            try:
                sftp.mkdir(self._path(folder))
            except FileNotFoundError as error:
                raise store_errors.absent() from error
            except OSError:
                # Another laptop may have made it in between.
                sftp.stat(self._path(folder))
        self._folders.add(folder)

    def compare_clocks(self) -> None:
        probe = f"heads/.{secrets.token_hex(8)}.tmp"
        self.write(probe, b"\n")
        self.remove(probe)

    def make(self) -> None:
        with self._translating_errors():
            try:
                self._sftp().mkdir(self._root)
            except FileNotFoundError as error:
                raise store_errors.absent_above() from error

    def remove(self, name: str) -> None:
        with self._translating_errors(), suppress(FileNotFoundError):
            self._sftp().remove(self._path(name))

    def tidy(self, folder: str) -> None:
        with self._translating_errors(), suppress(FileNotFoundError):
            sftp = self._sftp()
            left = [entry for entry in sftp.listdir_attr(self._path(folder))
                    if TEMPORARY.fullmatch(entry.filename)]
            if not left:
                return
            # The clock of the server is not ours: a file of this moment tells it.
            probe = self._path(f"{folder}/.{secrets.token_hex(8)}.tmp".lstrip("/"))
            now = sftp.putfo(BytesIO(b""), probe, 0).st_mtime
            sftp.remove(probe)
            for entry in left:
                if (now is not None and entry.st_mtime is not None
                    and now - entry.st_mtime > ABANDONED):
                    sftp.remove(self._path(f"{folder}/{entry.filename}".lstrip("/")))

    def _path(self, name: str) -> str:
        if name.startswith("/") or ".." in name.split("/"):
            raise store_errors.leads_out()
        return f"{self._root.rstrip('/')}/{name}" if name else self._root

    # The connection

    def _sftp(self) -> paramiko.SFTPClient:
        if self._open is None:
            client = paramiko.SSHClient()
            # The connection has a thread of its own: it ends with the store, or with a failure to
            # connect.
            closing = weakref.finalize(self, client.close)
            try:
                self._open = client, self._connect(client)
            except BaseException:
                closing()
                raise
        return self._open[1]

    def _connect(self, client: paramiko.SSHClient) -> paramiko.SFTPClient:
        who, limit = self.credentials, self._timeouts
        pin = _Pin(self._meet)
        client.set_missing_host_key_policy(pin)
        if who.host_key:
            kind, _space, body = who.host_key.partition(" ")
            name = self.host if self.port == 22 else f"[{self.host}]:{self.port}"
            client.get_host_keys().add(name, kind,
                                       paramiko.PKey.from_type_string(kind, b64decode(body)))
            client.set_missing_host_key_policy(paramiko.RejectPolicy())
        own = not who.password and not who.private_key
        try:
            client.connect(self.host, self.port, username=who.user or None,
                           password=None if who.private_key else who.password,
                           pkey=_private_key(who) if who.private_key else None,
                           timeout=limit.connect,
                           banner_timeout=limit.answer, auth_timeout=limit.answer,
                           channel_timeout=limit.answer,
                           allow_agent=own, look_for_keys=own)
        except TimeoutError as error:
            raise store_errors.offline(self.host) from error
        sftp = client.open_sftp()
        channel = sftp.get_channel()
        if channel is not None:
            channel.settimeout(limit.answer)
        if pin.key:
            self.credentials = msgspec.structs.replace(who, host_key=pin.key)
        return sftp

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        try:
            yield
        except paramiko.BadHostKeyException as error:
            raise store_errors.host_key_changed(self.host, _in_words(error.key)) from error
        except _MetError as error:
            raise store_errors.met(self.host, error.key) from error
        except paramiko.AuthenticationException as error:
            raise store_errors.password_refused() from error
        except socket.gaierror as error:
            raise store_errors.unknown_host(self.host) from error
        except PermissionError as error:
            raise store_errors.forbidden() from error
        except TimeoutError as error:
            self._drop()
            raise store_errors.too_slow(self.host) from error
        except (paramiko.SSHException, paramiko.SFTPError, EOFError, OSError) as error:
            lost = (not isinstance(error, OSError) or error.errno in _UNREACHED
                    or not self._is_alive())
            self._drop()
            raise (store_errors.offline(self.host) if lost else _cannot_write()) from error

    def _is_alive(self) -> bool:
        transport = self._open[0].get_transport() if self._open else None
        return transport is not None and transport.is_active()

    def _drop(self) -> None:
        if self._open is not None:
            self._open[0].close()
            self._open = None


class _MetError(Exception):
    """A server is met for the first time. `key`: what it showed."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key


class _Pin(paramiko.MissingHostKeyPolicy):
    """Remembers the key of a server that is met for the first time; not `meet`: and goes no
    further."""

    def __init__(self, meet: bool) -> None:
        self.key, self._meet = "", meet

    def missing_host_key(self, client: paramiko.SSHClient, hostname: str,
                         key: paramiko.PKey) -> None:
        self.key = _in_words(key)
        if not self._meet:
            raise _MetError(self.key)


def _in_words(key: paramiko.PKey) -> str:
    """As in known_hosts."""
    return f"{key.get_name()} {key.get_base64()}"


def _private_key(who: Credentials) -> paramiko.PKey:
    for kind in _KEYS:
        with suppress(paramiko.SSHException, ValueError):
            return kind.from_private_key(StringIO(who.private_key), who.password or None)
    raise StoreError(StoreProblem.PASSWORD, _("The private key for SFTP is not readable."),
                     _("Give an OpenSSH private key, and its passphrase as the password."))


def _is_plain(mode: int | None, *kinds: Callable[[int], bool]) -> bool:
    """Whether an entry is of one of these kinds, as far as the server tells."""
    return not mode or not stat.S_IFMT(mode) or any(kind(mode) for kind in kinds)


def _cannot_write() -> StoreError:
    # OpenSSH says no more than "Failure", whatever the reason.
    return StoreError(StoreProblem.SERVER,
                      _("The server could not do what Carnet asked in the shared folder."),
                      _("Nothing is lost. Is its disk full, or its quota reached?"))
