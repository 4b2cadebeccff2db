"""How long the locked screen waits after wrong passphrases: guessing by hand gets slow, a slip does
not."""

import json
import time
from collections.abc import Callable

from desktop.base.home.files import write_atomically
from desktop.base.log import log
from desktop.base.paths import Home

FREE, LONGEST_S = 2, 30
FORGOTTEN_S = 15 * 60


class UnlockThrottle:
    """Grows with each wrong secret and is forgotten with the right one, or after a quarter of an
    hour.

    With a `home` it outlives the window: closing it and opening it again is no way around. `now`:
    seconds since 1970.
    """

    def __init__(self, home: Home | None = None, now: Callable[[], float] = time.time) -> None:
        self._home, self._now = home, now
        self.wrong = 0
        self._last = 0.0
        if home is not None and home.tries.exists():
            self._read(home)

    def _read(self, home: Home) -> None:
        try:
            read = json.loads(home.tries.read_bytes())
            wrong, last = int(read["wrong"]), float(read["at"])
        except (OSError, ValueError, KeyError, TypeError):
            log.warning("the count of tries is not readable")
            return
        # A clock that was set back must not make anyone wait for hours.
        if 0 <= self._now() - last < FORGOTTEN_S:
            self.wrong, self._last = max(0, min(wrong, 1_000)), last

    @property
    def seconds(self) -> int:
        """The wait after the last wrong secret: 0, then 1, 2, 4… up to 30."""
        return 0 if self.wrong <= FREE else min(2 ** min(self.wrong - FREE - 1, 5), LONGEST_S)

    @property
    def left(self) -> float:
        """Seconds before the next try."""
        return max(0.0, min(self.seconds, self._last + self.seconds - self._now()))

    def failed(self) -> None:
        """One more wrong secret."""
        self.wrong += 1
        self._last = self._now()
        if self._home is None:
            return
        try:
            write_atomically(self._home.tries,
                             json.dumps({"wrong": self.wrong, "at": self._last}).encode())
        except OSError as error:
            log.warning("the count of tries is not kept: %s", type(error).__name__)

    def opened(self) -> None:
        """Forget the wrong ones: the right one was given."""
        self.wrong = 0
        if self._home is not None:
            self._home.tries.unlink(missing_ok=True)
