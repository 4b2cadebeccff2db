"""Work that takes longer than a gesture: done in its lane, its result brought back to the window's
thread.

Whatever a work raises fails its gesture alone: an AppError is told as it is; anything else is a
bug, told in one sentence, with its places in the log. The window lives.
"""

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from threading import Event, Lock, get_ident
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from desktop.base.errors import AppError, LockedError, StoppedError
from desktop.base.log import unexpected
from desktop.ui.jobs.lanes import Lane, Lanes

T = TypeVar("T")


class ShortTask(Generic[T]):
    """A work of the lane SHORT, and what the window does with its result: once, in the window's
    thread.

    `finish` does at once what is left of it. An error is that of whoever calls `finish`.
    """

    def __init__(self, work: Callable[[], T], then: Callable[[T], None], owner: QObject,
                 lanes: Lanes,
                 tell: Callable[["ShortTask[Any]"], None]) -> None:
        self._work, self._then, self._owner = work, then, owner
        self.is_over = False
        self._future = lanes.submit(Lane.SHORT, work)
        self._future.add_done_callback(lambda _future: tell(self))

    def finish(self) -> None:
        """Wait for the work, do it here if it has not begun, and do what comes after it; nothing if
        that is done."""
        if self.is_over:
            return
        self.is_over = True
        result = self._work() if self._future.cancel() else self._future.result()
        # Whoever asked may be gone: the work is done all the same.
        if isValid(self._owner):
            self._then(result)


class Jobs(QObject):
    """Owns the lanes and the one signal that leaves them; closed by the application at quit.

    `stopping` is set while the vault is locked and at quit: long work looks at it and ends at its
    next step.
    """

    changed = Signal(object)
    """The areas of the vault that have changed (frozenset of str)."""
    failed = Signal(object)
    """An AppError that nobody who asked wanted to hear."""
    _back = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lanes = Lanes()
        self._window = get_ident()
        self._short: set[ShortTask[Any]] = set()
        self._closed = False
        self._held: list[Callable[[], None]] = []
        self._hearing = Lock()
        self._own: frozenset[str] = frozenset()
        self._brought: frozenset[str] = frozenset()
        self.is_remote_update = False
        """What `changed` tells now is not what the person did: it may be shown a moment later."""
        self.stopping = Event()
        self._back.connect(self._on_back, Qt.ConnectionType.QueuedConnection)

    def run(self, lane: Lane, work: Callable[[], T], then: Callable[[T], None],
            failed: Callable[[AppError], None] | None = None, *, owner: QObject,
            again: bool = True) -> "Future[T]":
        """Do `work` in a lane's thread, then `then` with its result in the window's.

        `work` touches no widget, and what its lane allows (see `Lane`). `then` and `failed` run in
        the window's thread, not at all if `owner` is gone by then. `failed` hears every error, a
        bug as an AppError with a sentence; without it the signal `failed` does. Work that the lock
        cut short begins again after unlocking, unless `again` is false. Cancel what is returned to
        give up a work that has not begun.
        """
        future = self._lanes.submit(lane, work)

        def finished(done: "Future[T]") -> None:
            if not self._closed and not done.cancelled():
                self._back.emit(lambda: self._settle(done, then, failed, owner,
                                                     (lambda: self._begin_again(lane, work, then,
                                                                                failed, owner))
                                                     if again else None))

        future.add_done_callback(finished)
        return future

    def _begin_again(self, lane: Lane, work: Callable[[], T], then: Callable[[T], None],
                     failed: Callable[[AppError], None] | None, owner: QObject) -> None:
        if isValid(owner):
            self.run(lane, work, then, failed, owner=owner, again=False)

    def run_short(self, work: Callable[[], T], then: Callable[[T], None], *,
                  owner: QObject) -> ShortTask[T]:
        """Do something short in the lane SHORT: beside what runs, in the order in which these were
        asked for."""
        task = ShortTask(work, then, owner, self._lanes,
                         lambda over: self._back.emit(lambda: self._end_short(over)))
        self._short.add(task)
        return task

    def _end_short(self, task: ShortTask[Any]) -> None:
        self._short.discard(task)
        task.finish()

    @property
    def has_short_tasks(self) -> bool:
        """Something short is under way, or its result not yet taken."""
        return bool(self._short)

    def on_vault_changed(self, areas: frozenset[str]) -> None:
        """Hear what changed in the vault, in any thread; `changed` is emitted in the window's, once
        for all since.

        What the person does is told at once. What a work under way brings waits for its end: a list
        that is shown anew at each of its steps jumps under the eyes of its reader, and holds up who
        types.
        """
        if not areas or self._closed:
            return
        with self._hearing:
            if get_ident() != self._window and not self._lanes.is_short():
                self._brought |= areas
                return
            first = not self._own
            self._own |= areas
        if first:
            self._back.emit(self._tell_own)

    @property
    def unannounced_areas(self) -> frozenset[str]:
        """What a work under way has changed so far: a screen that is opened meanwhile has to ask
        for it."""
        return self._brought

    def _tell_own(self) -> None:
        with self._hearing:
            areas, self._own = self._own, frozenset()
        self.changed.emit(areas)

    def _tell_brought(self) -> None:
        with self._hearing:
            areas, self._brought = self._brought, frozenset()
        if areas:
            self.is_remote_update = True
            try:
                self.changed.emit(areas)
            finally:
                self.is_remote_update = False

    def _settle(self, future: "Future[T]", then: Callable[[T], None],
                failed: Callable[[AppError], None] | None,
                owner: QObject, again: Callable[[], None] | None) -> None:
        self._tell_brought()
        error = future.exception()
        if again is not None and (isinstance(error, LockedError)
                                  or (isinstance(error, StoppedError) and self.stopping.is_set())):
            self._held.append(again)
            if not self.stopping.is_set():
                self.resume()
            return
        # The screen that asked may be gone, with the lock or a dialog that was closed: the work is
        # done all the same.
        if not isValid(owner):
            if error is not None and not isinstance(error, AppError):
                unexpected(error)
            return
        if error is None:
            try:
                then(future.result())
            except BaseException as raised:
                self._fail(_not_an_end(raised), failed)
        else:
            self._fail(error, failed)

    def _fail(self, error: BaseException, failed: Callable[[AppError], None] | None) -> None:
        told = error if isinstance(error, AppError) else unexpected(error)
        if failed is None:
            self.failed.emit(told)
            return
        try:
            failed(told)
        except BaseException as raised:
            self._fail(_not_an_end(raised), None)

    def resume(self) -> None:
        """Begin anew what the lock cut short: the vault is open again."""
        self.stopping.clear()
        held, self._held = self._held, []
        for begin in held:
            begin()

    def forget(self) -> None:
        """Another vault will be opened: what waits for this one is given up."""
        self.stopping.set()
        self._held.clear()
        for task in self._short:
            task.is_over = True
        self._short.clear()

    def _on_back(self, call: Callable[[], None]) -> None:
        # The one guard at the door of the lanes: what comes back from a thread never ends the
        # program.
        if self._closed:
            return
        try:
            call()
        except CancelledError:
            # Another vault was opened meanwhile.
            return
        except BaseException as error:
            self._fail(_not_an_end(error), None)

    def close(self, last: Callable[[], None] = lambda: None) -> None:
        """Wait for what runs, then do `last` in a lane's thread; results that come after are not
        brought back."""
        self._closed = True
        self.stopping.set()
        self._lanes.close(last)
        self._short.clear()


def _not_an_end(error: BaseException) -> BaseException:
    """Return the same error; raised again if it means to end the program. A panic of a library
    derives from BaseException."""
    if isinstance(error, KeyboardInterrupt | SystemExit):
        raise error
    return error
