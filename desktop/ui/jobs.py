"""Work that takes longer than a gesture: done in a thread, its result brought back to the window's thread."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from desktop.base.errors import AppError

T = TypeVar("T")


class Jobs(QObject):
    """Owns the threads and the one signal that leaves them; closed by the application at quit.

    `stopping` is set while the vault is locked and at quit: long work looks at it and ends at its next step.
    """

    changed = Signal(object)
    _back = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._one = ThreadPoolExecutor(1, "vault")
        self._closed = False
        self.stopping = Event()
        self._back.connect(self._on_back, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], T], then: Callable[[T], None],
            failed: Callable[[AppError], None] | None = None) -> None:
        """Run `work` in the vault's thread, then `then` with its result in the window's; AppError goes to `failed`."""

        def finished(future: "Future[T]") -> None:
            if not self._closed:
                self._back.emit(lambda: self._settle(future, then, failed))

        self._one.submit(work).add_done_callback(finished)

    def heard(self, areas: frozenset[str]) -> None:
        """News from the vault, in any thread; `changed` is emitted in the window's."""
        if not self._closed:
            self._back.emit(lambda: self.changed.emit(areas))

    def _settle(self, future: "Future[T]", then: Callable[[T], None],
                failed: Callable[[AppError], None] | None) -> None:
        error = future.exception()
        if error is None:
            then(future.result())
        elif isinstance(error, AppError) and failed is not None:
            failed(error)
        else:
            raise error

    def _on_back(self, call: Callable[[], None]) -> None:
        if not self._closed:
            call()

    def close(self, last: Callable[[], None] = lambda: None) -> None:
        """Wait for what runs, then do `last` in the same thread; results that come after are not brought back."""
        self._closed = True
        self.stopping.set()
        self._one.submit(last).result()
        self._one.shutdown(wait=True)
