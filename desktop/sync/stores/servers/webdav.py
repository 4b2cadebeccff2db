"""A WebDAV folder (Nextcloud, Apache, nginx...): PROPFIND, GET, PUT, MKCOL, DELETE, and no promise
of the server's."""

import json
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from requests.auth import HTTPBasicAuth

from desktop.sync.stores import store_errors
from desktop.sync.stores.servers.http import Anonymous, HttpStore
from desktop.sync.stores.storage import About, Credentials, StoreError, Timeouts

_LIST = b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'
# https://www.rfc-editor.org/rfc/rfc4331
_FREE = (b'<?xml version="1.0" encoding="utf-8"?><propfind '
         b'xmlns="DAV:"><prop><quota-available-bytes/></prop></propfind>')
_XML = {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}


class WebdavStorage(HttpStore):
    """A folder of a WebDAV server."""

    def __init__(self, url: str, credentials: Credentials, timeouts: Timeouts) -> None:
        auth = (HTTPBasicAuth(credentials.user.encode(), credentials.password.encode())
                if credentials.user else Anonymous())
        super().__init__(url, url, auth, credentials, timeouts)
        self._root = url.rstrip("/")
        self._folders = {""}

    def names(self, folder: str) -> list[str]:
        url = self.address(folder) + "/"
        answer = self.http.ask("PROPFIND", url, _LIST, _XML, fine=() if folder == "" else (404,))
        if answer.status == 404:
            return []
        if answer.status != 207:
            raise store_errors.not_a_folder(self.http.host)
        try:
            found = [element.text or "" for element in fromstring(answer.body).iter("{DAV:}href")]
        except (ParseError, DefusedXmlException, ValueError) as error:
            raise store_errors.not_a_folder(self.http.host) from error
        return sorted(name for name in _children(found, url) if not name.startswith("."))

    def write(self, name: str, data: bytes) -> None:
        folder = name.rpartition("/")[0]
        forbidden = self._make(folder)
        answer = self.http.ask("PUT", self.address(name), data,
                               {"Content-Type": "application/octet-stream"}, fine=(404, 409))
        if answer.status in (404, 409):
            # Where even the folder that was just made or seen is not there, the shared folder is
            # gone.
            self._folders = {""}
            raise store_errors.forbidden() if forbidden else store_errors.absent()

    def _make(self, folder: str) -> bool:
        """Return the folder and those above it, where they are not there; whether the server may
        have refused to make one."""
        if folder in self._folders:
            return False
        # 405: it is there. 409: the one above is not. Some say 403 for what is there: PUT will
        # tell.
        answer = self.http.ask("MKCOL", self.address(folder) + "/", fine=(301, 403, 405, 409))
        if answer.status == 409:
            above = folder.rpartition("/")[0]
            if above in self._folders:
                raise store_errors.absent()
            forbidden = self._make(above)
            answer = self.http.ask("MKCOL", self.address(folder) + "/",
                                   fine=(301, 403, 405, *((409,) if forbidden else ())))
            if answer.status == 409:
                raise store_errors.forbidden()
        self._folders.add(folder)
        return answer.status == 403

    def make(self) -> None:
        answer = self.http.ask("MKCOL", self._root + "/", fine=(301, 405, 409))
        if answer.status == 409:
            raise store_errors.absent_above()

    def about(self) -> About:
        """Read what a server says of itself: a Nextcloud, its version to everybody; a server that
        knows quotas, what is left of ours."""
        return About(self._program(), self._free())

    def _program(self) -> str:
        base, is_nextcloud, _path = self._root.partition("/remote.php/")
        if not is_nextcloud:
            return ""
        try:
            said = json.loads(self.http.ask("GET", f"{base}/status.php").body)
            return f"{said['productname']} {said['versionstring']}"[:60]
        except (StoreError, ValueError, KeyError, TypeError, RecursionError):
            # It is nothing but a courtesy of the server.
            return ""

    def _free(self) -> int | None:
        try:
            answer = self.http.ask("PROPFIND", self._root + "/", _FREE, _XML | {"Depth": "0"})
            said = [element.text or ""
                    for element in fromstring(answer.body).iter("{DAV:}quota-available-bytes")]
        except (StoreError, ParseError, DefusedXmlException, ValueError):
            return None
        # Below nought, Nextcloud means that it does not know, or that there is no limit.
        return int(said[0]) if said and said[0].strip().isdigit() else None

    def address(self, name: str) -> str:
        return f"{self._root}/{quote(name)}" if name else self._root


def _children(found: list[str], url: str) -> set[str]:
    """Return the names right below `url` among the addresses of a listing, which hold the folder
    itself."""
    paths = {unquote(urlsplit(one.strip()).path).rstrip("/") for one in found}
    own = unquote(urlsplit(url).path).rstrip("/")
    if own not in paths:
        # A server behind another may show other paths than ours: the folder is above all the rest.
        own = min(paths, key=len, default="")
    return {path[len(own) + 1:] for path in paths
            if path.startswith(own + "/") and "/" not in path[len(own) + 1:]}
