"""A place for the shared folder, tried and kept: what was found there; and how a Nextcloud is named
by what its screens show."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlsplit

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.queries.sync import clock_is_off
from desktop.sync.stores.storage import Credentials, StoreError, StoreProblem
from desktop.sync.trust import state
from desktop.tasks.shared_folder import open_store, try_store
from desktop.vault import Vault

_DAV = "remote.php"
# What comes after the address of a Nextcloud itself, in the addresses that its screens show.
_INSIDE = frozenset({_DAV, "index.php", "public.php", "apps", "login", "logout", "settings", "f",
                     "s", "u", "call", "core",
                     "ocs"})


@dataclass(frozen=True)
class PlaceReport:
    """What a place told: the program of its server, whether it was empty and is ready now, how many
    computers the collective has, the bytes that are free, and by how much our clock is off."""

    program: str
    prepared: bool
    computers: int
    free: int | None
    ahead: float | None


def try_place(vault: Vault, url: str, credentials: Credentials,
              cancelled: Callable[[], bool] | None = None, *,
              make: bool = False, forget: Collection[str] = ()) -> PlaceReport:
    """Try a place and keep it; StoreError where it does not answer as it should, and nothing is
    kept then.

    An SSH server that is met for the first time gets nothing before its key was accepted. `make`:
    make the folder first, in a folder that is there. `forget`: what is done without of the
    credentials that are held.
    """
    storage, prepared = try_store(vault, url, credentials, cancelled=cancelled, make=make,
                                  forget=forget, meet=False)
    about = storage.about()
    roster = vault.ask(state.current_roster)
    return PlaceReport(about.program, prepared, len(roster.devices) if roster is not None else 0,
                 about.free,
                 storage.ahead if clock_is_off(storage.ahead) else None)


def fill_again(vault: Vault, cancelled: Callable[[], bool] | None = None) -> None:
    """Prepare the remembered folder again, which is empty now, because somebody said so.

    An exchange fills it then. StoreError where it does not answer, or holds something.
    """
    open_store(vault, None, cancelled=cancelled, fill=True)


def nextcloud_url(address: str, user: str, folder: str) -> str:
    """Return the WebDAV address of a folder of a Nextcloud, from any address that its screens show,
    or its WebDAV address.

    Source: Nextcloud's user manual, "Accessing Nextcloud files using WebDAV". AppError for an
    address that will not do.
    """
    whole = address.strip() if "://" in address else f"https://{address.strip()}"
    parts = urlsplit(whole)
    steps = [step for step in parts.path.split("/") if step]
    at = next((number for number, step in enumerate(steps) if step in _INSIDE), len(steps))
    base, inside = f"{parts.scheme}://{parts.netloc}{''.join('/' + step for step in steps[:at])}", steps[at:]
    if inside[:1] == ["s"] or inside[:2] == ["index.php", "s"]:
        raise StoreError(StoreProblem.ADDRESS,
                         _("This is a share link of a Nextcloud: Carnet cannot write there."),
                         _("Have the folder shared with your account, and give the address of the "
                           "Nextcloud itself."))
    below = [quote(unquote(part), safe="") for part in folder.split("/") if part]
    if inside[:1] == [_DAV]:
        # .../remote.php/dav/files/<user> or .../remote.php/webdav is all the files; what comes
        # after is a folder already.
        own = 4 if inside[1:3] == ["dav", "files"] else 2
        return "/".join([base, *inside, *(below if len(inside) <= own else [])])
    if not below:
        below = [quote(part, safe="")
                 for part in parse_qs(parts.query).get("dir", [""])[-1].split("/") if part]
    if not user:
        raise AppError(_("Give the user name of the Nextcloud."))
    return "/".join([base, _DAV, "dav", "files", quote(user, safe=""), *below])


def nextcloud_user(address: str) -> str:
    """Return the user whose files a WebDAV address of a Nextcloud names; none where it names
    nobody."""
    steps = [step for step in urlsplit(address.strip()).path.split("/") if step]
    at = steps.index(_DAV) if _DAV in steps else len(steps)
    return (unquote(steps[at + 3])
            if steps[at + 1:at + 3] == ["dav", "files"] and len(steps) > at + 3 else "")
