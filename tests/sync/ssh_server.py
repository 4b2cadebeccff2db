"""An SSH server of this computer's loopback that opens by a password, which a real one gives to
accounts of the system alone."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import paramiko

from tests.sync.servers import PASSWORD, USER


class SshServer:
    """`files` is the folder that is served as "/"; `ways` how a password may be given; `host_key`
    may be changed for another."""

    def __init__(self, files: Path, ways: str = "password") -> None:
        self.files, self.ways = files, ways
        self.host_key: paramiko.PKey = paramiko.ECDSAKey.generate()
        self.asked_by: list[str] = []
        """Who gave a name, in order."""
        self.clock = 0
        """Seconds by which the times of its files are ahead of this computer's."""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._transports: list[paramiko.Transport] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"sftp://127.0.0.1:{self._listening.getsockname()[1]}/partage"

    @property
    def shown_key(self) -> str:
        return f"{self.host_key.get_name()} {self.host_key.get_base64()}"

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection = self._listening.accept()[0]
                transport = paramiko.Transport(connection)
                transport.add_server_key(self.host_key)
                transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _Files, ssh=self)
                self._transports.append(transport)
                with suppress(paramiko.SSHException, EOFError, OSError):
                    # One at a time: a client that refuses our key hangs up here.
                    transport.start_server(server=_Account(self))

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listening.close()
        for transport in self._transports:
            transport.close()


class _Account(paramiko.ServerInterface):
    def __init__(self, server: SshServer) -> None:
        self._server = server

    def get_allowed_auths(self, username: str) -> str:
        self._server.asked_by.append(username)
        return self._server.ways

    def check_auth_password(self, username: str, password: str) -> int:
        self._server.asked_by.append(username)
        right = self._server.ways == "password" and (username, password) == (USER, PASSWORD)
        return paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED

    def check_auth_interactive(self, username: str, submethods: str) -> Any:
        self._server.asked_by.append(username)
        return (paramiko.InteractiveQuery("", "", ("Password: ", False)) if username == USER
                else paramiko.AUTH_FAILED)

    def check_auth_interactive_response(self, responses: Any) -> int:
        return paramiko.AUTH_SUCCESSFUL if list(responses) == [PASSWORD] else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED


class _Handle(paramiko.SFTPHandle):
    def stat(self) -> Any:
        self.writefile.flush()  # type: ignore[attr-defined]
        return self.times(os.fstat(self.readfile.fileno()))  # type: ignore[attr-defined]


class _Files(paramiko.SFTPServerInterface):
    def __init__(self, account: paramiko.ServerInterface, ssh: SshServer, *args: Any,
                 **kwargs: Any) -> None:
        super().__init__(account, *args, **kwargs)
        self._server = ssh

    def _path(self, path: str) -> Path:
        return self._server.files / self.canonicalize(path).lstrip("/")

    def _attributes(self, found: os.stat_result, name: str = "") -> paramiko.SFTPAttributes:
        made = paramiko.SFTPAttributes.from_stat(found, name)
        made.st_mtime = int(found.st_mtime) + self._server.clock
        return made

    def list_folder(self, path: str) -> Any:
        try:
            return [self._attributes(entry.stat(), entry.name)
                    for entry in os.scandir(self._path(path))]
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    def stat(self, path: str) -> Any:
        try:
            return self._attributes(self._path(path).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    lstat = stat

    def open(self, path: str, flags: int, attr: Any) -> Any:
        try:
            number = os.open(self._path(path), flags, 0o644)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        file = os.fdopen(number, "r+b" if flags & os.O_RDWR else "wb" if flags & os.O_WRONLY
                         else "rb")
        made = _Handle(flags)
        made.readfile = made.writefile = file  # type: ignore[attr-defined]
        made.times = self._attributes  # type: ignore[attr-defined]
        return made

    def _done(self, work: Any) -> int:
        try:
            work()
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        return paramiko.SFTP_OK

    def remove(self, path: str) -> int:
        return self._done(self._path(path).unlink)

    def rename(self, oldpath: str, newpath: str) -> int:
        if self._path(newpath).exists():
            return paramiko.SFTP_FAILURE
        return self._done(lambda: self._path(oldpath).rename(self._path(newpath)))

    def posix_rename(self, oldpath: str, newpath: str) -> int:
        return self._done(lambda: self._path(oldpath).replace(self._path(newpath)))

    def mkdir(self, path: str, attr: Any) -> int:
        return self._done(self._path(path).mkdir)


@contextmanager
def ssh_server(folder: Path, ways: str = "password") -> Iterator[SshServer]:
    """A server whose "/partage" is an empty folder."""
    (folder / "partage").mkdir(parents=True)
    server = SshServer(folder, ways)
    try:
        yield server
    finally:
        server.close()
