"""One HTTP exchange: the system's proxy and certificates, bounded in time and size, every failure a
clear sentence."""

import socket
import ssl
import time
from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from queue import Empty, LifoQueue
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from desktop.base.i18n import _
from desktop.sync.packages.package import MAX_PACKAGE
from desktop.sync.stores import store_errors
from desktop.sync.stores.base import Store, largest
from desktop.sync.stores.storage import (
    FORMAT,
    Credentials,
    EndlessError,
    StoreError,
    StoreProblem,
    Timeouts,
    is_loopback,
)

ATTEMPTS = 3
PIECE = 65_536


@dataclass(frozen=True)
class HttpResponse:
    """What came back, whole."""

    status: int
    headers: dict[str, str]
    body: bytes
    headed: float = 0
    """When it began to come, by our clock: a long body does not count in the journey."""

    @property
    def is_page(self) -> bool:
        """A page for people rather than a file."""
        kind = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        begins = self.body[:200].lstrip().lower()
        return bool(begins) and (kind == "text/html"
                                 or begins.startswith((b"<!doctype html", b"<html")))


Explain = Callable[[HttpResponse], StoreError | None]
"""What a kind of service says itself of a failure, before its status is judged."""
NoteTime = Callable[[float, float, float], None]
"""Hears the hour of the server, and ours before and after it was asked."""


class Anonymous(AuthBase):
    """Nobody: it keeps a stray .netrc of this computer out."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class _SystemTrust(HTTPAdapter):
    """Trusts what the system trusts, and one authority of our own where there is one."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context = context
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self.context, **kwargs)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return super().proxy_manager_for(proxy, ssl_context=self.context, **kwargs)

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:
        """Nothing to add: the context checks, and requests' own bundle stays out."""


class Http:
    """Requests to one server; each connection is used by one thread at a time, and kept for the
    next."""

    def __init__(self, url: str, auth: AuthBase, credentials: Credentials, timeouts: Timeouts,
                 explain: Explain, note_time: NoteTime) -> None:
        parts = urlsplit(url)
        if not parts.hostname:
            raise StoreError(StoreProblem.ADDRESS,
                             _("This address of a shared folder is not well formed."))
        if parts.scheme != "https" and not is_loopback(parts.hostname):
            raise StoreError(StoreProblem.ADDRESS,
                             _("The address must begin with https: the password would travel in "
                               "clear."))
        self.host = parts.hostname
        self.timeouts = timeouts
        self._explain = explain
        self._note_time = note_time
        self._auth, self._context = auth, _trust(credentials.authority)
        self._idle: LifoQueue[requests.Session] = LifoQueue()

    def ask(self, method: str, url: str, data: bytes | None = None,
            headers: dict[str, str] | None = None,
            fine: tuple[int, ...] = ()) -> HttpResponse:
        """Return the answer to a request that may be repeated safely. StoreError for a status of
        failure not in `fine`."""
        for attempt in range(1, ATTEMPTS + 1):
            began = time.time()
            with self._translating_errors():
                answer = self._once(method, url, data, headers)
            self._compare(answer, began)
            if answer.status in (429, 503):
                seconds = _retry_after(answer)
                pause = seconds if seconds is not None else 0.5 * attempt
                if attempt == ATTEMPTS or pause > self.timeouts.wait:
                    raise store_errors.busy(seconds)
                time.sleep(pause)
                continue
            # A file may be a page (see `get`); the answer to what we write or list is none, but for
            # a 201 of Apache's.
            if method != "GET" and answer.status == 200 and answer.is_page:
                raise store_errors.portal()
            if answer.status < 300 or (answer.status in fine and self._explain(answer) is None):
                return answer
            break
        raise self._trouble(answer, len(data or b""))

    def _compare(self, answer: HttpResponse, began: float) -> None:
        """Note the hour of an answer of the server's own: not of a portal, a proxy, or a cache,
        whose answers are older."""
        told = _moment(answer.headers.get("date", ""))
        if told is not None and "age" not in answer.headers and not answer.is_page and (
                answer.status < 300 or (400 <= answer.status < 500 and answer.status != 407)):
            # A date has no fractions: it was half a second later, on average.
            self._note_time(told.timestamp() + 0.5, began, answer.headed)

    def _once(self, method: str, url: str, data: bytes | None,
              headers: dict[str, str] | None) -> HttpResponse:
        until = time.monotonic() + self.timeouts.whole
        # A stream: bytes would have to leave in the time of one piece.
        body = BytesIO(data) if data else data
        with self._connected() as session, session.request(
                method, url, data=body, headers=headers, stream=True, allow_redirects=False,
                timeout=(self.timeouts.connect, self.timeouts.answer)) as response:
            headed = time.time()
            pieces, size = [], 0
            told = response.headers.get("Content-Length", "")
            if told.isdigit() and method != "HEAD" and int(told[:18]) > MAX_PACKAGE:
                raise store_errors.endless()
            while piece := response.raw.read1(PIECE, decode_content=True):
                pieces.append(piece)
                size += len(piece)
                if time.monotonic() > until:
                    raise requests.ReadTimeout
                if size > MAX_PACKAGE:
                    raise store_errors.endless()
            if (told.isdigit() and method != "HEAD" and "Content-Encoding" not in response.headers
                and int(told) != size):
                raise requests.ConnectionError
            return HttpResponse(response.status_code,
                                {k.lower(): v for k, v in response.headers.items()},
                          b"".join(pieces), headed)

    @contextmanager
    def _connected(self) -> Iterator[requests.Session]:
        try:
            session = self._idle.get_nowait()
        except Empty:
            session = requests.Session()
            session.auth = self._auth
            session.headers.update({"User-Agent": "Carnet", "Accept-Encoding": "identity"})
            session.mount("https://", _SystemTrust(self._context))
        yield session
        # Not after a failure: what a broken connection left half read must not answer the next
        # request.
        self._idle.put(session)

    @contextmanager
    def _translating_errors(self) -> Iterator[None]:
        try:
            yield
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            causes = list(_causes(error))
            if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
                raise store_errors.certificate_refused(self.host) from error
            if any(isinstance(cause, requests.exceptions.ProxyError | urllib3.exceptions.ProxyError)
                   for cause in causes):
                raise store_errors.proxy_refuses(self.host) from error
            if any(isinstance(cause, socket.gaierror | urllib3.exceptions.NameResolutionError)
                   for cause in causes):
                raise store_errors.unknown_host(self.host) from error
            if any(isinstance(cause, requests.ReadTimeout | urllib3.exceptions.ReadTimeoutError)
                   for cause in causes):
                raise store_errors.too_slow(self.host) from error
            raise store_errors.offline(self.host) from error

    def _trouble(self, answer: HttpResponse, size: int) -> StoreError:
        status = answer.status
        explained = self._explain(answer)
        if explained is not None:
            return explained
        if status in (302, 303, 307, 511):
            return store_errors.portal()
        if status < 400:
            return store_errors.moved(urlsplit(answer.headers.get("location", "")).hostname
                                  or self.host)
        known = {401: store_errors.password_refused, 403: store_errors.forbidden,
                 404: store_errors.absent,
                 423: store_errors.locked,
                 507: store_errors.full}.get(status)
        if known is not None:
            return known()
        if status == 407:
            return store_errors.proxy_refuses(self.host)
        if status == 413:
            return store_errors.too_large(size)
        if status in (405, 501):
            return store_errors.not_a_folder(self.host)
        return (store_errors.too_slow(self.host) if status in (408, 504)
                else store_errors.failed(status))


class HttpStore(Store):
    """A store whose files are addresses: read by GET, taken away by DELETE."""

    at_once = 4

    def __init__(self, url: str, server: str, auth: AuthBase, credentials: Credentials,
                 timeouts: Timeouts,
                 explain: Explain = lambda _answer: None) -> None:
        super().__init__(url, credentials)
        self.http = Http(server, auth, credentials, timeouts, explain, self.note_time)

    @abstractmethod
    def address(self, name: str) -> str:
        """Return the address of a file."""

    def read(self, name: str) -> HttpResponse | None:
        """Return the answer that holds a file; None where there is none."""
        # Caches between us and the server must not answer in its place: we read back what we wrote.
        answer = self.http.ask("GET", self.address(name), headers={"Cache-Control": "no-cache"},
                               fine=(404,))
        return None if answer.status == 404 else answer

    def get(self, name: str) -> bytes | None:
        try:
            answer = self.read(name)
        except EndlessError:
            self.pass_over(name)
            return None
        if answer is None:
            return None
        if len(answer.body) > largest(name):
            self.pass_over(name)
            return None
        if answer.is_page:
            # One page may be what somebody laid there to stop the others' rounds; a portal makes a
            # page of every file.
            other = answer if name == FORMAT else self.read(FORMAT)
            if other is not None and other.is_page:
                raise store_errors.portal()
        return answer.body

    def remove(self, name: str) -> None:
        self.http.ask("DELETE", self.address(name), fine=(404,))

    def tidy(self, folder: str) -> None:
        """Nothing: a file is written under its own name, and what was cut is put again."""


def _trust(authority: str) -> ssl.SSLContext:
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if authority:
        try:
            context.load_verify_locations(cadata=authority)
        except (ssl.SSLError, ValueError) as error:
            raise StoreError(StoreProblem.CERTIFICATE,
                             _("The authority's certificate is not readable."),
                             _("Give a PEM file: it begins with «-----BEGIN "
                               "CERTIFICATE-----».")) from error
    return context


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and all that it wraps, in whichever manner."""
    todo: list[Any] = [error]
    met: set[int] = set()
    while todo:
        one = todo.pop()
        if isinstance(one, BaseException) and id(one) not in met:
            met.add(id(one))
            yield one
            todo += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]


def _retry_after(answer: HttpResponse) -> float | None:
    """Return the seconds that the server asks for: a number, or a date (RFC 9110, 10.2.3)."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    moment = _moment(value)
    return None if moment is None else max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _moment(value: str) -> datetime | None:
    """Return a date as HTTP writes it (RFC 9110, 5.6.7)."""
    try:
        moment = parsedate_to_datetime(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, TypeError):
        return None
