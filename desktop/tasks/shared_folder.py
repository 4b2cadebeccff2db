"""Opening the shared folder: the collective's own, another one, a first try."""

import secrets
from collections.abc import Callable, Collection
from datetime import datetime

import msgspec

from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.sync.stores.chunks import ChunkedStorage
from desktop.sync.stores.format import check_format, new_format
from desktop.sync.stores.interruptible import Interruptible
from desktop.sync.stores.open import open_storage
from desktop.sync.stores.storage import (
    FORMAT,
    Credentials,
    Storage,
    StoreError,
    StoreProblem,
    completed,
    without_user,
)
from desktop.sync.trust import state
from desktop.sync.trust.alarms import EMPTIED, acknowledge, alarms, raise_alarm
from desktop.sync.trust.links import is_known, is_ours, put_back
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault


def reach(vault: Vault, url: str, credentials: Credentials,
          cancelled: Callable[[], bool] | None = None, *,
          make: bool = False, meet: bool = True) -> Storage:
    """Return the store at an address, nothing asked of it yet; files of any size, whatever its
    server takes at once.

    `make`: the shared folder itself is made first, in a folder that is there. `meet`: see
    `open_storage`.
    """
    storage = open_storage(url, credentials, make=make, meet=meet)
    # The pieces outside: a call that is given up goes on in a thread that must not touch the vault.
    reached = ChunkedStorage(storage if cancelled is None else Interruptible(storage, cancelled),
                             vault)
    if make:
        reached.make()
    return reached


def open_store(vault: Vault, url: str | None, credentials: Credentials | None = None, *,
               forget: Collection[str] = (),
               cancelled: Callable[[], bool] | None = None, make: bool = False,
               fill: bool = False) -> Storage:
    """Return the store at `url`, or the remembered one; prepared if it is empty and we founded the
    collective; remembered.

    The remembered one is prepared again only if `fill` says so: it may just not be plugged in.

    What `credentials` leaves empty is taken from the vault, but for the fields in `forget`: without
    "host_key", another SSH key than the pinned one is accepted.
    `cancelled`: looked at all the while, so that nobody waits for a server in order to lock or
    quit. `make`: make the folder at `url` first.
    """
    return try_store(vault, url, credentials, forget=forget, cancelled=cancelled, make=make,
                     fill=fill)[0]


def open_to_check(vault: Vault, cancelled: Callable[[], bool] | None = None) -> Storage:
    """Return the remembered store as it is, even where it does not say any more whose it is.

    Nothing is written there.
    """
    known = vault.ask(state.store_url)
    if known is None:
        raise no_store()
    held = vault.ask(state.store_credentials, without_user(known)[0])
    return reach(vault, known, held, cancelled)


def no_store() -> AppError:
    return AppError(_("No shared folder is known yet."), _("Give its address with --store."))


def try_store(vault: Vault, url: str | None, credentials: Credentials | None = None, *,
              forget: Collection[str] = (),
              cancelled: Callable[[], bool] | None = None, make: bool = False, meet: bool = True,
              fill: bool = False) -> tuple[Storage, bool]:
    """Return the same, and whether the folder was empty and is prepared now. `meet`: see
    `open_storage`."""
    known = url or vault.ask(state.store_url)
    if known is None:
        raise no_store()
    held = vault.ask(state.store_credentials, without_user(known)[0])
    wanted = msgspec.structs.replace(held, **dict.fromkeys(forget, ""))
    storage = reach(vault, known, completed(credentials or Credentials(), wanted), cancelled,
                    make=make, meet=meet)
    roster = vault.ask(state.current_roster)
    empty = (roster is not None and vault.ask(state.root_key) is not None
             and storage.get(FORMAT) is None)
    if roster is not None and empty:
        _refuse_emptied(vault, storage, fill)
        prepare_store(vault, storage, roster)
    if roster is not None:
        check_format(storage, roster.collective)
        _settle_emptied(vault, storage)
    if url is not None or storage.credentials != held:
        vault.do(state.remember_store, storage.url, storage.credentials)
    return storage, empty


def _refuse_emptied(vault: Vault, storage: Storage, fill: bool) -> None:
    """StoreError, and an alarm, where the folder that was ours is empty: nobody said to fill it."""
    # What no round of this computer has ever read there was not emptied since.
    known = storage.url == vault.ask(state.store_url) and vault.ask(state.kept_format) is not None
    if fill or not known or storage.names(""):
        return
    vault.do(raise_alarm, EMPTIED, datetime.now())
    raise StoreError(
        StoreProblem.EMPTIED, _("The shared folder is empty: is it plugged in, or mounted?"),
        _("Nothing was written there. If it was really emptied, or is a new one, `carnet sync "
          "--fill` fills it with what this computer holds, as the button of the alarm in the "
          "window does."))


def _settle_emptied(vault: Vault, storage: Storage) -> None:
    """Note that the folder that was empty is whole: plugged in again, or filled."""
    told = any(one.kind == EMPTIED for one in vault.ask(alarms))
    if told and storage.url == vault.ask(state.store_url):
        vault.do(acknowledge, EMPTIED)


def open_other_store(vault: Vault, url: str,
                     cancelled: Callable[[], bool] | None = None) -> Storage:
    """Return a store that carries packages by hand, a USB key: prepared where it is empty, and not
    remembered.

    Any device may prepare one: it brings the list of devices as it was signed.
    """
    storage = reach(vault, url, Credentials(), cancelled)
    roster = vault.ask(state.roster_in_force)
    if storage.get(FORMAT) is None:
        prepare_store(vault, storage, roster)
    check_format(storage, roster.collective)
    return storage


def prepare_store(vault: Vault, storage: Storage, roster: Roster) -> None:
    names = storage.names("")
    if names and not is_ours(vault, storage):
        if is_known(vault, storage):
            # It is ours, and says so no more: what is wrong is told as it is everywhere else.
            check_format(storage, roster.collective)
        raise StoreError(StoreProblem.OTHERS,
                         _("This folder is not empty, and it is not Carnet's shared folder."),
                         _("Choose an empty folder."))
    put_back(vault, storage)
    crash_point("found.before-format")
    # The store bears a name of its own: a key is the same one wherever it is mounted.
    storage.put(FORMAT, new_format(roster.collective, secrets.token_hex(8)))
    crash_point("found.format-put")
