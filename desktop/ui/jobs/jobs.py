"""Work that takes longer than a gesture: done in a thread, its result brought back to the window's thread."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Event, Lock, get_ident
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from desktop.base.errors import AppError, LockedError, StoppedError

T = TypeVar("T")


def _is_gone(callback: Callable[..., object]) -> bool:
    """Whether a widget that this method, lambda or partial belongs to does not exist any more."""
    if isinstance(callback, partial):
        return _is_gone(callback.func) or any(isinstance(given, QObject) and not isValid(given) for given in callback.args)
    cells = getattr(callback, "__closure__", None) or ()
    owners = [getattr(callback, "__self__", None), *(cell.cell_contents for cell in cells)]
    return any(isinstance(owner, QObject) and not isValid(owner) for owner in owners)


class Errand(Generic[T]):
    """A short work behind the window, and what the window does with its result: once, in the window's thread.

    `finish` does at once what is left of it. An error is that of whoever brings it to its end.
    """

    def __init__(self, work: Callable[[], T], then: Callable[[T], None], threads: ThreadPoolExecutor,
                 tell: Callable[["Errand[Any]"], None]) -> None:
        self._work, self._then = work, then
        self.is_over = False
        self._future = threads.submit(work)
        self._future.add_done_callback(lambda _future: tell(self))

    def finish(self) -> None:
        """Wait for the work, do it here where it has not begun, and do what comes after it; nothing where that is done."""
        if self.is_over:
            return
        self.is_over = True
        result = self._work() if self._future.cancel() else self._future.result()
        # Whoever asked may be gone: the work is done all the same.
        if not _is_gone(self._then):
            self._then(result)


class Jobs(QObject):
    """Owns the threads and the one signal that leaves them; closed by the application at quit.

    `stopping` is set while the vault is locked and at quit: long work looks at it and ends at its next step.
    """

    changed = Signal(object)
    _back = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._one = ThreadPoolExecutor(1, "vault")
        self._prompt = {get_ident()}
        self._behind = ThreadPoolExecutor(1, "behind", lambda: self._prompt.add(get_ident()))
        self._errands: set[Errand[Any]] = set()
        self._closed = False
        self._held: list[Callable[[], None]] = []
        self._hearing = Lock()
        self._own: frozenset[str] = frozenset()
        self._brought: frozenset[str] = frozenset()
        self.is_bringing = False
        """What `changed` tells now is not what the person did: it may be shown a moment later."""
        self.stopping = Event()
        self._back.connect(self._on_back, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], T], then: Callable[[T], None],
            failed: Callable[[AppError], None] | None = None, *, again: bool = True) -> None:
        """Run `work` in the vault's thread, then `then` with its result in the window's; AppError goes to `failed`.

        Work that the lock cut short is done again from its beginning after unlocking, unless `again` is false.
        """

        def finished(future: "Future[T]") -> None:
            if not self._closed:
                self._back.emit(lambda: self._settle(future, work, then, failed, again))

        self._one.submit(work).add_done_callback(finished)

    def behind(self, work: Callable[[], T], then: Callable[[T], None]) -> Errand[T]:
        """Do something short beside what runs, which may take minutes; in the order in which these were asked for."""
        errand = Errand(work, then, self._behind, lambda over: self._back.emit(lambda: self._end_errand(over)))
        self._errands.add(errand)
        return errand

    def _end_errand(self, errand: Errand[Any]) -> None:
        self._errands.discard(errand)
        errand.finish()

    @property
    def has_errands(self) -> bool:
        """Something short is under way, or its result not yet taken."""
        return bool(self._errands)

    def heard(self, areas: frozenset[str]) -> None:
        """News from the vault, in any thread; `changed` is emitted in the window's, once for all that came since.

        What the person does is told at once. What a work under way brings waits for its end: a list that is shown anew at
        each of its steps jumps under the eyes of its reader, and holds up who types.
        """
        if not areas or self._closed:
            return
        with self._hearing:
            if get_ident() not in self._prompt:
                self._brought |= areas
                return
            first = not self._own
            self._own |= areas
        if first:
            self._back.emit(self._tell_own)

    @property
    def untold(self) -> frozenset[str]:
        """What a work under way has changed so far: a screen that is opened meanwhile has to ask for it."""
        return self._brought

    def _tell_own(self) -> None:
        with self._hearing:
            areas, self._own = self._own, frozenset()
        self.changed.emit(areas)

    def _tell_brought(self) -> None:
        with self._hearing:
            areas, self._brought = self._brought, frozenset()
        if areas:
            self.is_bringing = True
            try:
                self.changed.emit(areas)
            finally:
                self.is_bringing = False

    def _settle(self, future: "Future[T]", work: Callable[[], T], then: Callable[[T], None],
                failed: Callable[[AppError], None] | None, again: bool) -> None:
        self._tell_brought()
        error = future.exception()
        if again and (isinstance(error, LockedError) or (isinstance(error, StoppedError) and self.stopping.is_set())):
            self._held.append(lambda: self.run(work, then, failed, again=False))
            if not self.stopping.is_set():
                self.resume()
            return
        call: Callable[[], None]
        called: Callable[..., None]
        if error is None:
            result = future.result()
            called, call = then, lambda: then(result)
        elif isinstance(error, AppError) and failed is not None:
            told, heard = error, failed
            called, call = failed, lambda: heard(told)
        else:
            raise error
        # The screen that asked may be gone, with the lock or a dialog that was closed: the work is done all the same.
        if not _is_gone(called):
            call()

    def resume(self) -> None:
        """The vault is open again: what the lock cut short begins anew."""
        self.stopping.clear()
        held, self._held = self._held, []
        for begin in held:
            begin()

    def forget(self) -> None:
        """Another vault will be opened: what waits for this one is given up."""
        self.stopping.set()
        self._held.clear()
        for errand in self._errands:
            errand.is_over = True
        self._errands.clear()

    def _on_back(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()

    def close(self, last: Callable[[], None] = lambda: None) -> None:
        """Wait for what runs, then do `last` in the same thread; results that come after are not brought back."""
        self._closed = True
        self.stopping.set()
        self._behind.shutdown(wait=True)
        self._errands.clear()
        self._one.submit(last).result()
        self._one.shutdown(wait=True)
