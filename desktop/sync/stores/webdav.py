"""A WebDAV folder (Nextcloud, Apache, nginx...): PROPFIND, GET, PUT, MKCOL, DELETE, and no promise of the server's."""

from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from requests.auth import HTTPBasicAuth

from desktop.sync.storage import Credentials, Patience
from desktop.sync.stores import troubles
from desktop.sync.stores.http import Anonymous, HttpStore

_LIST = b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'
_XML = {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}


class WebdavStorage(HttpStore):
    """A folder of a WebDAV server."""

    def __init__(self, url: str, credentials: Credentials, patience: Patience) -> None:
        auth = HTTPBasicAuth(credentials.user.encode(), credentials.password.encode()) if credentials.user else Anonymous()
        super().__init__(url, url, auth, credentials, patience)
        self._root = url.rstrip("/")
        self._folders = {""}

    def names(self, folder: str) -> list[str]:
        url = self.address(folder) + "/"
        answer = self.http.ask("PROPFIND", url, _LIST, _XML, fine=() if folder == "" else (404,))
        if answer.status == 404:
            return []
        if answer.status != 207:
            raise troubles.not_a_folder(self.http.host)
        try:
            found = [element.text or "" for element in fromstring(answer.body).iter("{DAV:}href")]
        except (ParseError, DefusedXmlException, ValueError) as error:
            raise troubles.not_a_folder(self.http.host) from error
        return sorted(name for name in _children(found, url) if not name.startswith("."))

    def write(self, name: str, data: bytes) -> None:
        folder = name.rpartition("/")[0]
        forbidden = self._make(folder)
        answer = self.http.ask("PUT", self.address(name), data, {"Content-Type": "application/octet-stream"}, fine=(404, 409))
        if answer.status in (404, 409):
            # Where even the folder that was just made or seen is not there, the shared folder is gone.
            self._folders = {""}
            raise troubles.forbidden() if forbidden else troubles.absent()

    def _make(self, folder: str) -> bool:
        """The folder and those above it, where they are not there; whether the server may have refused to make one."""
        if folder in self._folders:
            return False
        # 405: it is there. 409: the one above is not. Some say 403 for what is there: PUT will tell.
        answer = self.http.ask("MKCOL", self.address(folder) + "/", fine=(301, 403, 405, 409))
        if answer.status == 409:
            above = folder.rpartition("/")[0]
            if above in self._folders:
                raise troubles.absent()
            forbidden = self._make(above)
            answer = self.http.ask("MKCOL", self.address(folder) + "/", fine=(301, 403, 405, *((409,) if forbidden else ())))
            if answer.status == 409:
                raise troubles.forbidden()
        self._folders.add(folder)
        return answer.status == 403

    def address(self, name: str) -> str:
        return f"{self._root}/{quote(name)}" if name else self._root


def _children(found: list[str], url: str) -> set[str]:
    """The names right below `url` among the addresses of a listing, which hold the folder itself."""
    paths = {unquote(urlsplit(one.strip()).path).rstrip("/") for one in found}
    own = unquote(urlsplit(url).path).rstrip("/")
    if own not in paths:
        # A server behind another may show other paths than ours: the folder is above all the rest.
        own = min(paths, key=len, default="")
    return {path[len(own) + 1:] for path in paths if path.startswith(own + "/") and "/" not in path[len(own) + 1:]}
