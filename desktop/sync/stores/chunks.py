"""A store whose server limits the size of a file: what it refuses whole goes in pieces,
`<name>.<k>-<n>.part` beside it.

The pieces of n are the same bytes whoever cuts them: two devices complete each other's set, and an
interrupted one is taken up. Sets of several n may lie side by side; any whole one will do.
"""

import hashlib
import math
import re
from collections.abc import Iterator

import msgspec
from sqlalchemy.orm import Session

from desktop.base.log import log
from desktop.sync.packages.package import MAX_PACKAGE
from desktop.sync.stores.around import Around
from desktop.sync.stores.base import REPLACEABLE
from desktop.sync.stores.storage import About, Storage, StoreError, StoreProblem
from desktop.vault import Vault
from desktop.vault.identity import read_value, write_value

LEAST, START, MOST = 16 * 1024, 900 * 1024, 8 * 1024 * 1024
_PIECE = re.compile(r"(.+)\.([1-9][0-9]{0,5})-([1-9][0-9]{0,5})\.part")
_HASH = re.compile("[0-9a-f]{64}")
_SHOWN_CUT = "blob/"
"""Where what is there by half must be seen, so that its sender takes it away: a file is sealed anew
each time."""
_OFTEN, _SELDOM = 4, 64
_SETS = 3
"""How many ways of cutting are tried where something else lies under the names of the pieces."""

Sets = dict[int, set[int]]
"""How a file lies in pieces: n -> the numbers k that are there."""


class _Limit(msgspec.Struct, frozen=True):
    """What a server takes in one file, as far as is known: 0 until it refuses one.

    Twice as much is tried after `wanted` files of that size, ever more of them while this fails.
    `good`: how many went well; 0 on trial.
    """

    size: int = 0
    good: int = 1
    wanted: int = _OFTEN

    def refused(self, size: int) -> "_Limit":
        limit = self.size // 2 if self.size else START
        while limit >= size:
            limit //= 2
        return _Limit(max(limit, LEAST), 1, min(self.wanted * 2, _SELDOM) if self.size else _OFTEN)

    def taken(self, size: int) -> "_Limit":
        if not self.size or 2 * size <= self.size or self.size >= MOST:
            return self
        if self.good == 0:
            return _Limit(self.size)
        if self.good < self.wanted:
            return _Limit(self.size, self.good + 1, self.wanted)
        return _Limit(min(self.size * 2, MOST), 0, self.wanted)


class ChunkedStorage(Around):
    """Another store, with files of any size. What its server takes is remembered in `vault`, where
    one is given."""

    def __init__(self, storage: Storage, vault: Vault | None = None) -> None:
        super().__init__(storage)
        self._vault = vault
        self._key = "sync.limit." + hashlib.sha256(storage.url.encode()).hexdigest()[:16]
        self._limit: _Limit | None = None
        self._sets: dict[str, Sets] = {}

    def about(self) -> About:
        return self._storage.about()

    def compare_clocks(self) -> None:
        self._storage.compare_clocks()

    def make(self) -> None:
        self._storage.make()

    def names(self, folder: str) -> list[str]:
        listed = self._storage.names(folder)
        if not any(name.endswith(".part") for name in listed):
            return listed
        whole, sets = _folded(listed)
        above = f"{folder}/" if folder else ""
        for name, of_name in sets.items():
            self._sets[above + name] = of_name
            if (any(_is_complete(n, there) for n, there in of_name.items())
                or above.startswith(_SHOWN_CUT)):
                whole.add(name)
        return sorted(whole)

    def get(self, name: str) -> bytes | None:
        whole = self._storage.get(name)
        if name.startswith(REPLACEABLE) or (whole is not None and _fits(name, whole)):
            return whole
        # A server that refuses a file may keep half of it under its name.
        cut: bytes | None = None
        for n, there in sorted(self._sets_of(name).items()):
            if not _is_complete(n, there) and not name.startswith(_SHOWN_CUT):
                continue
            pieces = list(self._pieces(name, n, there))
            joined = b"".join(pieces)
            if (len(pieces) == n and max(map(len, pieces)) - min(map(len, pieces)) <= 1
                and _fits(name, joined)):
                return joined
            cut = cut or joined or None
        # By a name that bears its hash the reader sees that it is damaged, and asks for it.
        return cut if whole is None and _HASH.search(name) else whole

    def put(self, name: str, data: bytes) -> None:
        limit = self._known()
        if name.startswith(REPLACEABLE) or len(data) <= max(limit.size, LEAST) or not limit.size:
            try:
                self._storage.put(name, data)
            except StoreError as error:
                if (error.code is not StoreProblem.TOO_LARGE or len(data) <= LEAST
                    or name.startswith(REPLACEABLE)):
                    raise
                limit = limit.refused(len(data))
            else:
                self._remember(limit.taken(len(data)))
                return
        elif self._storage.get(name) == data:
            return
        self._put_pieces(name, data, limit)

    def _put_pieces(self, name: str, data: bytes, limit: _Limit) -> None:
        sets = self._sets_of(name)
        others = 0
        while True:
            least = math.ceil(len(data) / limit.size)
            # What was begun is taken up, where its pieces are not much smaller than they could be.
            n = min((n for n in sets if least <= n <= 2 * least), default=least) + others
            try:
                for k in range(1, n + 1):
                    piece = data[(k - 1) * len(data) // n:k * len(data) // n]
                    self._storage.put(_piece(name, k, n), piece)
                    if k == 1:
                        self._remember(limit)
                    limit = limit.taken(len(piece))
            except StoreError as error:
                if error.code is StoreProblem.TOO_LARGE and limit.size > LEAST:
                    limit = limit.refused(math.ceil(len(data) / n))
                    continue
                # A spoilt piece cannot be told from another's: it stays, and a set of another n is
                # laid beside.
                others += 1
                if error.code is not StoreProblem.DIFFERENT or others == _SETS:
                    raise
                continue
            break
        self._sets[name] = sets | {n: set(range(1, n + 1))}
        self._remember(limit)
        log.info("sent in pieces: %d of %d bytes at most", n, limit.size)

    def remove(self, name: str) -> None:
        self._storage.remove(name)
        if not name.startswith(REPLACEABLE):
            for n, there in self._sets_of(name).items():
                for k in sorted(there):
                    self._storage.remove(_piece(name, k, n))
            self._sets.pop(name, None)

    def tidy(self, folder: str) -> None:
        self._storage.tidy(folder)

    def _sets_of(self, name: str) -> Sets:
        if name in self._sets:
            return self._sets[name]
        folder, _slash, file = name.rpartition("/")
        return _folded(self._storage.names(folder))[1].get(file, {})

    def _pieces(self, name: str, n: int, there: set[int]) -> Iterator[bytes]:
        """Yield the pieces of a set that are there, as far as a package may be long."""
        size = 0
        for k in sorted(there):
            piece = self._storage.get(_piece(name, k, n)) or b""
            size += len(piece)
            if size > MAX_PACKAGE:
                return
            yield piece

    def _known(self) -> _Limit:
        if self._limit is None:
            value = None if self._vault is None else self._vault.ask(read_value, self._key)
            self._limit = _Limit() if value is None else msgspec.json.decode(value, type=_Limit)
        return self._limit

    def _remember(self, limit: _Limit) -> None:
        if limit == self._known():
            return
        self._limit = limit
        if self._vault is not None:
            self._vault.do(_keep, self._key, limit)


def _keep(session: Session, key: str, limit: _Limit) -> None:
    write_value(session, key, msgspec.json.encode(limit))


def _piece(name: str, k: int, n: int) -> str:
    return f"{name}.{k}-{n}.part"


def _folded(listed: list[str]) -> tuple[set[str], dict[str, Sets]]:
    """Return (the names that are no pieces, the sets of pieces of each name)."""
    whole: set[str] = set()
    sets: dict[str, Sets] = {}
    for name in listed:
        found = _PIECE.fullmatch(name)
        if found is None:
            whole.add(name)
        elif int(found[2]) <= int(found[3]):
            sets.setdefault(found[1], {}).setdefault(int(found[3]), set()).add(int(found[2]))
    return whole, sets


def _is_complete(n: int, there: set[int]) -> bool:
    return len(there) == n


def _fits(name: str, data: bytes) -> bool:
    """Whether the bytes are those of a name; of a name without a hash nothing tells."""
    found = _HASH.findall(name.rpartition("/")[2])
    return not found or hashlib.sha256(data).hexdigest() in found
