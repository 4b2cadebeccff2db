"""Of several requests of one widget only the last is answered: two quick choices never cross."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from desktop.base.errors import AppError
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.jobs.lanes import Lane

T = TypeVar("T")


class Latest:
    """The requests of one widget; used in the window's thread alone."""

    def __init__(self, jobs: Jobs, lane: Lane, owner: QObject) -> None:
        self._jobs, self._lane, self._owner = jobs, lane, owner
        self._asked = 0
        self._running: Future[Any] | None = None

    def run(self, work: Callable[[], T], then: Callable[[T], None],
            failed: Callable[[AppError], None] | None = None) -> None:
        """Do `work`, then `then` or `failed` as `Jobs.run` does, unless another was asked for
        meanwhile."""
        self.drop()
        number = self._asked

        def still(call: Callable[[Any], None]) -> Callable[[Any], None]:
            return lambda given: call(given) if number == self._asked else None

        self._running = self._jobs.run(self._lane, work, still(then),
                                       still(failed) if failed is not None else None,
                                       owner=self._owner)

    def drop(self) -> None:
        """Forget what was asked for: its answer comes no more, and what has not begun is not
        done."""
        self._asked += 1
        if self._running is not None:
            self._running.cancel()
            self._running = None
