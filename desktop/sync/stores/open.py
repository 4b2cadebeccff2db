"""The one door to a shared folder: from an address to the store that carries it."""

from urllib.parse import urlsplit

import msgspec

from desktop.base.i18n import _
from desktop.sync.stores.storage import (
    Credentials,
    Storage,
    StoreError,
    StoreProblem,
    Timeouts,
    without_user,
)


def open_storage(url: str, credentials: Credentials | None = None, timeouts: Timeouts | None = None,
                 *,
                 make: bool = False, meet: bool = True) -> Storage:
    """Return the store at a URL; StoreError for another kind, or where a folder is not there.
    Servers are asked later.

    `make`: a folder of this computer is made where it alone is lacking; that of a server is, by the
    `make` of its store.
    `meet`: the key of an SSH server of which none is known is taken as it comes; else it is shown
    before anything is sent.
    """
    url, user = without_user(url)
    given = credentials or Credentials()
    if user and not given.user:
        given = msgspec.structs.replace(given, user=user)
    match urlsplit(url).scheme:
        case "file":
            from desktop.sync.stores.folder import open_folder
            return open_folder(url, make)
        case "https" | "http":
            from desktop.sync.stores.servers.webdav import WebdavStorage
            return WebdavStorage(url, given, timeouts or Timeouts())
        case "s3":
            from desktop.sync.stores.servers.s3 import S3Storage
            return S3Storage(url, given, timeouts or Timeouts())
        case "sftp":
            from desktop.sync.stores.servers.sftp import SftpStorage
            return SftpStorage(url, given, timeouts or Timeouts(), meet)
    raise StoreError(StoreProblem.ADDRESS,
                     _("Carnet does not know this kind of address: {url}.").format(url=url[:80]),
                     _("Give a folder as file:///media/partage/carnet, a WebDAV folder as "
                       "https://…, or an address in sftp:// or s3://."))
