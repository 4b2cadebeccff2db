"""A store that nobody has to wait for: locking and quitting end a call under way at once."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

from desktop.base.i18n import _
from desktop.sync.stores.around import Around
from desktop.sync.stores.storage import About, CancelledError, Storage

T = TypeVar("T")
SLICE = 0.1


class Interruptible(Around):
    """Another store, whose calls are given up as soon as `cancelled` says so.

    What was under way ends by itself, in a thread that touches nothing but the store; a put may be
    found done later.
    """

    def __init__(self, storage: Storage, cancelled: Callable[[], bool]) -> None:
        super().__init__(storage)
        self._cancelled = cancelled

    def names(self, folder: str) -> list[str]:
        return self._call(lambda: self._storage.names(folder))

    def get(self, name: str) -> bytes | None:
        return self._call(lambda: self._storage.get(name))

    def put(self, name: str, data: bytes) -> None:
        self._call(lambda: self._storage.put(name, data))

    def remove(self, name: str) -> None:
        self._call(lambda: self._storage.remove(name))

    def tidy(self, folder: str) -> None:
        self._call(lambda: self._storage.tidy(folder))

    def about(self) -> About:
        return self._call(self._storage.about)

    def compare_clocks(self) -> None:
        self._call(self._storage.compare_clocks)

    def make(self) -> None:
        self._call(self._storage.make)

    def _call(self, work: Callable[[], T]) -> T:
        future: Future[T] = Future()
        if not self._cancelled():
            # A daemon: it must not hold the end of the process either.
            Thread(target=_settle, args=(future, work), daemon=True).start()
        while not self._cancelled():
            try:
                return future.result(SLICE)
            except TimeoutError:
                if future.done():
                    raise
        raise CancelledError(_("The exchange was stopped; it will go on from here."))


def _settle(future: "Future[T]", work: Callable[[], T]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:
        future.set_exception(error)
