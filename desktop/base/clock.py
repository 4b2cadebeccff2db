"""A hybrid logical clock: stamps that order edits of many devices without a server.

A stamp is 16 bytes: 48-bit milliseconds since 1970 (UTC), 16-bit counter, 64-bit writer. Stamps
compare as bytes. Source of the idea: Kulkarni et al., "Logical Physical Clocks" (2014).
"""

import time
from collections.abc import Callable

MAX_AHEAD_MS = 5 * 60 * 1000
"""How far in the future a remote stamp may pull our clock."""

_LAST_MS = 253_402_300_799_999
LAST = ((_LAST_MS << 16) + 0xFFFF).to_bytes(8, "big")
"""The end of the year 9999: no stamp is later, so that one more always fits in the bytes."""

_ORDINARY_MS = _LAST_MS - 366 * 24 * 3_600_000
ORDINARY = ((_ORDINARY_MS << 16) + 0xFFFF).to_bytes(8, "big")
"""A year before: no stamp of a computer without the role coordination is later.

Whoever stamps a field at the end of time would hold it for ever. No rule that every computer
follows alike can ask what time it is; that the coordination has a year above everybody lets it
correct what others hold.
"""

ERASED = LAST + b"\xff" * 8
"""The stamp of what was erased for good: no edit is later, whoever makes it."""


def wall_ms() -> int:
    """Return the computer's clock, in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def stamp_bytes(ms: int, counter: int, writer: bytes) -> bytes:
    """Compose a stamp; `writer` is 8 bytes."""
    return min(max(ms, 0), _LAST_MS).to_bytes(6, "big") + counter.to_bytes(2, "big") + writer


def stamp_ms(stamp: bytes) -> int:
    """Milliseconds since 1970 of a stamp."""
    return int.from_bytes(stamp[:6], "big")


def stamp_counter(stamp: bytes) -> int:
    """Return the counter of a stamp."""
    return int.from_bytes(stamp[6:8], "big")


def stamp_writer(stamp: bytes) -> bytes:
    """Return the 8 bytes of the writer of a stamp."""
    return stamp[8:16]


class Clock:
    """Gives stamps that always grow, whatever the computer's clock does."""

    def __init__(self, writer: bytes, now: Callable[[], int] = wall_ms,
                 last: bytes | None = None) -> None:
        self.writer = writer
        self._now = now
        self._time = int.from_bytes(last[:8], "big") if last else 0

    @property
    def last(self) -> bytes:
        """The highest stamp given or followed, to be kept with the data."""
        return self._time.to_bytes(8, "big") + self.writer

    @property
    def now(self) -> int:
        """The wall's clock, in milliseconds since 1970 UTC."""
        return self._now()

    def tick(self, after: bytes | None = None) -> bytes:
        """Return a new stamp, later than every earlier one and than `after`, the stamp that it
        overwrites."""
        self._time = max(self._time + 1, min(self._now(), _ORDINARY_MS) << 16)
        if after is not None:
            later = min(int.from_bytes(after[:8], "big") + 1, int.from_bytes(LAST, "big"))
            if later > self._limit():
                # A stamp of a clock gone wrong: this field alone follows it, not all that is
                # written from now on.
                return max(later, self._time).to_bytes(8, "big") + self.writer
            self._time = max(self._time, later)
        return self._time.to_bytes(8, "big") + self.writer

    def follow(self, stamp: bytes) -> None:
        """Move up to a remote stamp, but never further ahead of the wall than five minutes."""
        self._time = max(self._time, min(int.from_bytes(stamp[:8], "big"), self._limit()))

    def _limit(self) -> int:
        return min(self._now() + MAX_AHEAD_MS, _ORDINARY_MS) << 16
