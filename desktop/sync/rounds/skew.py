"""How far this computer's clock is from that of the shared folder: kept from each exchange, and
never a bar to one."""

import json

from sqlalchemy.orm import Session

from desktop.base.errors import LockedError
from desktop.base.log import log
from desktop.queries.sync import CLOCKS, clock_is_off, clocks
from desktop.sync.stores.storage import Storage, StoreError
from desktop.sync.trust import state
from desktop.vault import Vault
from desktop.vault.identity import write_value

MOVED = 5.0
"""Seconds: the journey of an answer makes no measure the same as the last, and none of them worth a
writing."""


def look_again(vault: Vault, storage: Storage) -> None:
    """Where a wrong clock is told and this exchange measured nothing, measure: it may have been set
    right."""
    if storage.ahead is None and clock_is_off(vault.ask(clocks).get(storage.url)):
        try:
            storage.compare_clocks()
        except StoreError as error:
            log.info("clocks not compared: %s", error.code)


def keep_measure(vault: Vault, storage: Storage) -> None:
    """Remember what an exchange with the collective's own folder showed, where it is news."""
    ahead = storage.ahead
    # What hangs on this computer tells this computer's hour, and a key carried by hand is no clock
    # of the collective.
    if ahead is None or not vault.is_open:
        return
    try:
        url, measured = vault.ask(lambda session: (state.store_url(session), clocks(session)))
        if storage.url != url:
            return
        known = measured.get(storage.url, 0.0)
        if abs(ahead - known) >= MOVED or clock_is_off(ahead) != clock_is_off(known):
            vault.do(_remember, storage.url, ahead)
    except LockedError:
        # Locked in between: the next exchange measures again.
        return


def _remember(session: Session, url: str, ahead: float) -> None:
    write_value(session, CLOCKS, json.dumps(clocks(session) | {url: round(ahead, 1)}).encode())
