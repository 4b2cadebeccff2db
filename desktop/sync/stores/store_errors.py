"""The sentence for each way in which a server may fail us, and what to do then."""

from desktop.base.i18n import _, ngettext
from desktop.sync.stores.storage import EndlessError, StoreError, StoreProblem


def offline(host: str) -> StoreError:
    """Nobody answers at the address, or the connection was cut."""
    return StoreError(StoreProblem.OFFLINE,
                      _("The server {host} of the shared folder cannot be reached.")
                      .format(host=host),
                      _("Nothing is lost: what waits leaves when the connection is back."))


def unknown_host(host: str) -> StoreError:
    """No address for the name."""
    return StoreError(StoreProblem.NAME,
                      _("No server called {host} is known on this network.").format(host=host),
                      _("Check the connection, then the address of the shared folder."))


def proxy_refuses(host: str) -> StoreError:
    """Say that the proxy of the network does not let us through."""
    return StoreError(StoreProblem.PROXY,
                      _("The proxy of this network does not let Carnet reach {host}.")
                      .format(host=host),
                      _("Ask the people who run this network."))


def certificate_refused(host: str) -> StoreError:
    """TLS could not establish who the server is."""
    return StoreError(StoreProblem.CERTIFICATE,
                      _("The certificate of {host} is not trusted; nothing was sent.")
                      .format(host=host),
                      _("Check the date of this computer. For a server with its own authority, "
                        "give the authority's certificate."))


def host_key_changed(host: str, key: str) -> StoreError:
    """Another SSH key than the pinned one."""
    return StoreError(StoreProblem.HOST_KEY,
                      _("The server {host} shows another key than before; nothing was sent.")
                      .format(host=host),
                      _("Ask the people who run it. If they did change it, accept the new one in "
                        "Synchronisation, or by `carnet sync --new-host-key`."), key)


def met(host: str, key: str) -> StoreError:
    """Say that nobody has accepted the key of an SSH server yet."""
    return StoreError(StoreProblem.MET,
                      _("The server {host} is met for the first time; nothing of yours was sent "
                        "yet.").format(
                            host=host), _("Compare its key with the fingerprint that the people "
                                          "who run it give."), key)


def password_refused() -> StoreError:
    """Say that the name, password or key is wrong."""
    return StoreError(StoreProblem.PASSWORD,
                      _("The server refuses the name or the password of the shared folder."),
                      _("Check them, and give them again."))


def forbidden() -> StoreError:
    """Say that the server knows us, perhaps, and refuses."""
    return StoreError(StoreProblem.FORBIDDEN,
                      _("The server does not let this account use the shared folder."),
                      _("Check the name and the password; ask for the right to read and write "
                        "there."))


def portal() -> StoreError:
    """Say that a page for people came instead of a file."""
    return StoreError(StoreProblem.PORTAL,
                      _("This network shows a sign-in page instead of the shared folder."),
                      _("Open a web page, sign in, then exchange again."))


def moved(host: str) -> StoreError:
    """Say that the server moved for good; passwords do not follow it."""
    return StoreError(StoreProblem.ADDRESS,
                      _("The shared folder has moved to {host}.").format(host=host),
                      _("Give its new address."))


def not_a_folder(host: str) -> StoreError:
    """Say that the server does not speak what the address says."""
    return StoreError(StoreProblem.ADDRESS,
                      _("There is no shared folder at this address of {host}.").format(host=host),
                      _("Check the whole address: it is that of a WebDAV folder, of a bucket or of "
                        "an SFTP folder."))


def absent() -> StoreError:
    """Say that the folder or the bucket itself is not there."""
    return StoreError(StoreProblem.ABSENT, _("The server has no folder at this address."),
                      _("Check the address, or create the folder on the server."))


def absent_above() -> StoreError:
    """Say that the folder in which the shared folder would lie is not there either."""
    return StoreError(StoreProblem.ABSENT,
                      _("The server does not have the folder above this one either."),
                      _("Check the whole address."))


def clock_wrong() -> StoreError:
    """Say that the server refuses our hour."""
    return StoreError(StoreProblem.CLOCK,
                      _("The server finds that the clock of this computer is wrong."),
                      _("Set the date and the hour, then exchange again."))


def full() -> StoreError:
    """No room left, or the quota is reached."""
    return StoreError(StoreProblem.FULL, _("The shared folder is full; nothing was lost."),
                      _("Have some space freed on the server, then exchange again."))


def too_large(size: int) -> StoreError:
    """Say that the server limits the size of a file."""
    return StoreError(StoreProblem.TOO_LARGE,
                      _("The server refuses a file of {size} KB.").format(size=-(-size // 1024)),
                      _("Ask the people who run it for a higher limit."))


def leads_out() -> StoreError:
    """Refuse a name that came from others, and is none of the folder's."""
    return StoreError(StoreProblem.DIFFERENT,
                      _("A name on the shared folder leads out of it; nothing was read or "
                        "written."),
                      _("Speak to the coordination."))


def locked() -> StoreError:
    """Somebody, or the server, holds a lock."""
    return StoreError(StoreProblem.LOCKED,
                      _("A file of the shared folder is locked on the server."),
                      _("Nothing is lost; exchange again in a few minutes."))


def busy(seconds: float | None) -> StoreError:
    """Too many requests, or maintenance; `seconds` as the server asks."""
    minutes = max(1, -(-int(seconds or 300) // 60))
    return StoreError(StoreProblem.BUSY, _("The server is too busy, or closed for maintenance."),
                      ngettext("Nothing is lost; exchange again in {count} minute.",
                               "Nothing is lost; exchange again in {count} minutes.", minutes)
                      .format(count=minutes))


def too_slow(host: str) -> StoreError:
    """No answer in time."""
    return StoreError(StoreProblem.TIMEOUT,
                      _("The server {host} takes too long to answer.").format(host=host),
                      _("Nothing is lost; exchange again later."))


def endless() -> EndlessError:
    """Refuse an answer of more bytes than anything that Carnet writes."""
    told = failed(_("an answer without end"))
    return EndlessError(told.code, told.message, told.hint)


def failed(status: object) -> StoreError:
    """Anything else."""
    return StoreError(StoreProblem.SERVER,
                      _("The server of the shared folder failed ({status}).").format(status=status),
                      _("Nothing is lost; exchange again later."))
