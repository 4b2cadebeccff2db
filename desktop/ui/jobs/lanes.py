"""The lanes in which work is done away from the window, so that nothing quick ever waits behind
something slow."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from threading import get_ident
from typing import Any, TypeVar

T = TypeVar("T")


class Lane(StrEnum):
    """Where a work is done, by what it may touch.

    EXCHANGE: the shared folder and the vault: rounds, the place, the kit, the computers; also what
    must not overlap a round, such as another key of the vault. One at a time, for minutes.
    VAULT: the vault alone: backup, purge, import, undo of thousands. One at a time, for seconds.
    POOL: neither: drawing, parsing, the keyring of the computer. Several at once.
    SHORT: the vault, for milliseconds: what was typed, what a screen asks. One at a time, in the
    order of asking.
    """

    EXCHANGE = "exchange"
    VAULT = "vault"
    POOL = "pool"
    SHORT = "short"


WORKERS = {Lane.EXCHANGE: 1, Lane.VAULT: 1, Lane.POOL: 2, Lane.SHORT: 1}


class Lanes:
    """The threads of all lanes; no thread begins before its lane has work."""

    def __init__(self) -> None:
        self._short: set[int] = set()
        self._pools = {lane: ThreadPoolExecutor(count, str(lane), self._begin_thread, (lane,))
                       for lane, count in WORKERS.items()}

    def _begin_thread(self, lane: Lane) -> None:
        if lane is Lane.SHORT:
            self._short.add(get_ident())

    def submit(self, lane: Lane, work: Callable[[], T]) -> "Future[T]":
        """Begin `work` in its lane, after what that lane was given before."""
        return self._pools[lane].submit(work)

    def is_short(self) -> bool:
        """Whether the calling thread is the one of the lane SHORT."""
        return get_ident() in self._short

    def close(self, last: Callable[[], Any]) -> None:
        """Wait for what runs, do `last` in the lane VAULT, then end all threads. What has not begun
        in POOL is given up."""
        self._pools[Lane.SHORT].shutdown(wait=True)
        self._pools[Lane.POOL].shutdown(wait=True, cancel_futures=True)
        self._pools[Lane.EXCHANGE].shutdown(wait=True)
        self._pools[Lane.VAULT].submit(last).result()
        self._pools[Lane.VAULT].shutdown(wait=True)
