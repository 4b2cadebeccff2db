"""The one gate through which everything is written, taken in turn: a long work lets who waits go
between its steps."""

import threading
import time
from collections import deque
from types import TracebackType

RECENTLY = 5.0
"""Seconds after which somebody who wrote is thought to have gone."""


class Gate:
    """A lock that one thread may take several times over, and that goes to who has waited longest.

    An ordinary lock is nearly always taken again by the thread that has just let it go: an exchange
    that merges step by step would keep the window out until its end.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._owner: int | None = None
        self._depth = 0
        self._waiting: deque[tuple[int, threading.Lock]] = deque()
        self._last: int | None = None
        self._shared_at: float | None = None

    @property
    def waiting(self) -> int:
        """How many threads wait for it."""
        return len(self._waiting)

    @property
    def is_shared(self) -> bool:
        """Two threads have been here in the last seconds."""
        return self._shared_at is not None and time.monotonic() - self._shared_at < RECENTLY

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._mutex:
            if self._owner == me:
                self._depth += 1
                return
            if self._owner is None:
                self._give(me)
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append((me, turn))
        try:
            turn.acquire()
        except BaseException:
            self._give_up(me, turn)
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        with self._mutex:
            self._let_go()

    def _let_go(self) -> None:
        self._depth -= 1
        if self._depth:
            return
        self._owner = None
        if self._waiting:
            # It is theirs from now on: whoever comes back for the next step finds it taken, and
            # waits in turn.
            next_one, turn = self._waiting.popleft()
            self._give(next_one)
            turn.release()

    def _give(self, thread: int) -> None:
        self._owner, self._depth = thread, 1
        if self._last not in (None, thread):
            self._shared_at = time.monotonic()
        self._last = thread

    def _give_up(self, me: int, turn: threading.Lock) -> None:
        """Leave the queue, so that an interrupted wait holds up nobody: its place is left, or its
        turn if that has just come."""
        with self._mutex:
            if (me, turn) in self._waiting:
                self._waiting.remove((me, turn))
            else:
                self._let_go()
