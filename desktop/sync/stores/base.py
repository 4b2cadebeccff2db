"""The one rule of writing that every kind of store follows: once, looked at before and after, never
over another's."""

import hashlib
import random
import re
import time
from abc import ABC, abstractmethod

from desktop.base.i18n import _
from desktop.base.log import log
from desktop.sync.packages.package import MAX_PACKAGE
from desktop.sync.stores.storage import About, Credentials, StoreError, StoreProblem

REPLACEABLE = ("heads/", "join/")
"""Hints, and requests to join: the last one holds."""
TEMPORARY = re.compile(r"\.[0-9a-f]{16}\.tmp")
"""The names under which whole files are written before they take their own."""
ABANDONED = 24 * 3600
"""Seconds after which nobody is writing it any more, by the clock of the store."""
UNSURE = {StoreProblem.TIMEOUT, StoreProblem.SERVER, StoreProblem.OFFLINE}
"""Answers after which the file may be there all the same."""
_BEFORE_ANY = 946_684_800.0
"""The year 2000."""
_LONG = 60.0


_SMALL = 256 * 1024
"""Bytes of hints, requests to join and the file that says whose folder it is."""
_LARGEST = {"w": MAX_PACKAGE, "snap": MAX_PACKAGE, "trust": 4 * 1024 * 1024,
            "blob": 2 * 1024 * 1024}


class Store(ABC):
    """A store whose kind says how to list, read, write and remove."""

    at_once = 1

    def __init__(self, url: str, credentials: Credentials) -> None:
        self.url = url
        self.credentials = credentials
        self.ahead: float | None = None
        self.strange: set[str] = set()

    def pass_over(self, name: str) -> None:
        """Remember something that is no plain file of sane size and name: told once, by its path,
        and read by nobody."""
        shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        if shown not in self.strange:
            self.strange.add(shown)
            log.warning("passed over on the shared folder: %s", ascii(shown))

    @abstractmethod
    def names(self, folder: str) -> list[str]:
        """Return the names right below a folder; none when it is not there."""

    @abstractmethod
    def get(self, name: str) -> bytes | None:
        """Return the content, or None when there is no such name."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Take away a hint, or what a snapshot covers."""

    @abstractmethod
    def write(self, name: str, data: bytes) -> None:
        """Write the whole file, with the folders above it."""

    @abstractmethod
    def tidy(self, folder: str) -> None:
        """Take away what writings of ours that were killed left right below a folder more than a
        day ago."""

    @abstractmethod
    def make(self) -> None:
        """Make the shared folder itself, in a folder that is there already. StoreError where it
        cannot be made."""

    def about(self) -> About:
        """Return what the place tells of itself."""
        return About()

    def compare_clocks(self) -> None:
        """See to it that `ahead` is of now, where the store can tell: by a request, unless the
        others said it already."""
        self.names("")

    def note_time(self, there: float, began: float, ended: float) -> None:
        """Take the store's time of something that happened while we waited, from `began` to `ended`
        by our clock."""
        # A store that says an earlier year keeps no times; and of a long wait nobody knows when in
        # it that was.
        if there > _BEFORE_ANY and 0 <= ended - began < _LONG:
            self.ahead = (began + ended) / 2 - there

    def put(self, name: str, data: bytes) -> None:
        """Write once: the same bytes again are fine. Returns when they were read back."""
        present = self.get(name)
        if present == data:
            return
        if present is not None and not _may_replace(name, data, present):
            raise StoreError(
                StoreProblem.DIFFERENT,
                _("The shared folder already holds something else as {name}; nothing was "
                  "overwritten.").format(name=name),
                _("Speak to the coordination."))
        try:
            self.write(name, data)
        except StoreError as error:
            if error.code not in UNSURE:
                raise
            self._after_failure(name, data, error)
            return
        self._read_back(name, data)

    def _after_failure(self, name: str, data: bytes, error: StoreError) -> None:
        """Look first: a server may say that it failed, and keep the file. Then the same bytes once
        more."""
        try:
            found = self.get(name)
        except StoreError:
            raise error from None
        if found == data:
            return
        log.warning("put again after: %s", error.code)
        time.sleep(random.uniform(0.1, 0.5))
        self.write(name, data)
        self._read_back(name, data)

    def _read_back(self, name: str, data: bytes) -> None:
        if self.get(name) != data:
            raise StoreError(StoreProblem.NOT_KEPT,
                             _("The shared folder did not keep what was written."),
                             _("Nothing is lost; try again."))


def largest(name: str) -> int:
    """How many bytes a file of this name may have: more are not read."""
    return _LARGEST.get(name.partition("/")[0], _SMALL)


def _may_replace(name: str, data: bytes, present: bytes) -> bool:
    # Under the hash of our bytes, other bytes are a damaged copy; a beginning of them is a write
    # that was cut.
    return (name.startswith(REPLACEABLE) or hashlib.sha256(data).hexdigest() in name
            or data.startswith(present))
