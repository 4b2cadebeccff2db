"""A WebDAV server of this computer that fails as it is told to."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote, unquote

PAGE = b"<!DOCTYPE html><html><body>Connexion au r\xc3\xa9seau</body></html>"


@dataclass(frozen=True)
class Fault:
    """What happens to a request: an answer, stored before or not, cut or never given."""

    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    stored: float = 0
    """The share of what is put that is kept all the same."""
    cut: bool = False
    silent: bool = False
    trickling: bool = False
    """Never silent for long, and never at the end."""


class Faulty(ThreadingHTTPServer):
    """`fault` is asked for each request (method, name); None lets it pass. `asked` holds the
    methods so far."""

    daemon_threads = False
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.files: dict[str, bytes] = {}
        self.folders = {""}
        self.fault: Callable[[str, str], Fault | None] = lambda _method, _name: None
        self.most: int | None = None
        """The size above which a file is answered 413."""
        self.asked: list[str] = []
        self.clock = 0.0
        """Seconds by which its clock is ahead of this computer's."""
        self.program = ""
        """What it says in status.php, where it takes itself for a Nextcloud."""
        self.free: int | None = None
        """What it says is left of the quota."""
        self.released = threading.Event()
        self._connections: list[socket.socket] = []

    def finish_request(self, request: Any, client_address: Any) -> None:
        self._connections.append(request)
        super().finish_request(request, client_address)

    def end(self) -> None:
        """Hang up on everybody."""
        self.released.set()
        self.shutdown()
        for connection in self._connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/partage"


class _Request(BaseHTTPRequestHandler):
    server: Faulty
    protocol_version = "HTTP/1.1"
    timeout = 20
    disable_nagle_algorithm = True

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(time.time() + self.server.clock if timestamp is None
                                        else timestamp)

    def _handle(self) -> None:
        if self.path.endswith("/status.php"):
            said = (json.dumps({"productname": "Nextcloud", "versionstring": self.server.program})
                    .encode())
            self._answer(200 if self.server.program else 404, said)
            return
        name = unquote(self.path).strip("/").removeprefix("partage").strip("/")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append(self.command)
        fault = self.server.fault(self.command, name)
        if fault is None and self.server.most is not None and len(body) > self.server.most:
            fault = Fault(413)
        if fault is None:
            self._answer(*getattr(self, f"_{self.command.lower()}")(name, body))
            return
        if self.command == "PUT" and fault.stored:
            self.server.files[name] = body[:int(len(body) * fault.stored)]
        if fault.silent:
            self.server.released.wait(10)
            self.close_connection = True
        elif fault.trickling:
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            with suppress(OSError):
                for _second in range(200):
                    self.wfile.write(b"{")
                    if self.server.released.wait(0.05):
                        break
            self.close_connection = True
        elif fault.cut:
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"{")
            self.close_connection = True
        else:
            self._answer(fault.status, fault.body, fault.headers)

    do_GET = do_PUT = do_DELETE = do_PROPFIND = do_MKCOL = _handle

    def _answer(self, status: int, body: bytes = b"",
                headers: dict[str, str] | None = None) -> None:
        if headers and "Date" in headers:
            self.send_response_only(status)
        else:
            self.send_response(status)
        for key, value in ({"Content-Length": str(len(body))} | (headers or {})).items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def _get(self, name: str, _body: bytes) -> tuple[int, bytes]:
        found = self.server.files.get(name)
        return (404, b"") if found is None else (200, found)

    def _put(self, name: str, body: bytes) -> tuple[int, bytes]:
        if name.rpartition("/")[0] not in self.server.folders:
            return 409, b""
        self.server.files[name] = body
        return 201, b""

    def _mkcol(self, name: str, _body: bytes) -> tuple[int, bytes]:
        if name in self.server.folders:
            return 405, b""
        if name.rpartition("/")[0] not in self.server.folders:
            return 409, b""
        self.server.folders.add(name)
        return 201, b""

    def _delete(self, name: str, _body: bytes) -> tuple[int, bytes]:
        return (404, b"") if self.server.files.pop(name, None) is None else (204, b"")

    def _propfind(self, name: str, _body: bytes) -> tuple[int, bytes]:
        if name not in self.server.folders:
            return 404, b""
        inside = [one for one in [*self.server.files, *self.server.folders]
                  if one and one.rpartition("/")[0] == name]
        if self.headers.get("Depth") == "0" and self.server.free is not None:
            return 207, (f'<?xml version="1.0"?><D:multistatus '
                         f'xmlns:D="DAV:"><D:response><D:href>/partage/</D:href><D:propstat>'
                         f"<D:prop><D:quota-available-bytes>{self.server.free}</D:quota-available-bytes></D:prop>"
                         f"</D:propstat></D:response></D:multistatus>").encode()
        hrefs = "".join(f"<D:response><D:href>/partage/{quote(one)}</D:href></D:response>"
                        for one in [name, *inside])
        return (207,
                f'<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">{hrefs}</D:multistatus>'.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def faulty_server() -> Iterator[Faulty]:
    with Faulty() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.end()
            thread.join()
