"""The transactions by which what others wrote comes in: what was written here meanwhile is sealed
before it."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from desktop.sync.merging.sealing import seal_pending
from desktop.sync.packages.package import Rows
from desktop.sync.trust.links import own_key
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault
from desktop.vault.identity import Identity

P = ParamSpec("P")
R = TypeVar("R")


MANY_PACKAGES = 256
_PACKAGE = ""
"""The place of a package itself among the tables: it costs something even where it holds next to
nothing."""
_FIRST, _LEAST = 50, 16
"""Records of a kind in the first hurried transaction that has some, and in those of the dearest
kinds."""


class Pace:
    """How much goes into one transaction: `most` records, or fewer while somebody wants the vault
    too: `within` seconds.

    A kind that is sought by its words takes ten times as long as one of three numbers: what each
    costs is learnt.
    """

    def __init__(self, most: int, within: float | None = None,
                 wanted: Callable[[], bool] = lambda: False,
                 clock: Callable[[], float] = time.perf_counter) -> None:
        self._most, self._within, self._wanted, self._clock = most, within, wanted, clock
        self._costs: dict[str, float] = {}

    def of(self, table: str) -> int:
        """How many records of a table go into the next transaction."""
        most = min(self._most, MANY_PACKAGES) if table == _PACKAGE else self._most
        if self._within is None or not self._wanted():
            return most
        return min(most, max(_LEAST, int(self._within / self._cost(table, self._within))))

    def _cost(self, table: str, within: float) -> float:
        return self._costs.get(table, within / _FIRST)

    def share(self, batches: Iterable[Rows], packages: int = 1) -> float:
        """Which part of a transaction these are; more than 1 where they have to be cut up."""
        return (packages / self.of(_PACKAGE)
                + sum(len(rows.rows) / self.of(rows.table) for rows in batches))

    @contextmanager
    def learning(self, batches: Iterable[Rows], packages: int = 1) -> Iterator[None]:
        """Take the time of a transaction that merges these."""
        begun = self._clock()
        yield
        if self._within is None:
            return
        counts = {_PACKAGE: packages} if packages else {}
        for rows in batches:
            counts[rows.table] = counts.get(rows.table, 0) + len(rows.rows)
        costs = {table: self._cost(table, self._within) for table in counts}
        expected = sum(costs[table] * count for table, count in counts.items())
        truth = (self._clock() - begun) / max(expected, 1e-9)
        self._costs |= {table: cost * max(0.5, min(truth, 2.0)) for table, cost in costs.items()}

    def steps(self, batch: Rows) -> Iterator[Rows]:
        """Yield a batch in parts; how long the caller takes over each tells how large the next one
        is."""
        start = 0
        while start < len(batch.rows):
            some = Rows(batch.table, batch.fields, batch.rows[start:start + self.of(batch.table)])
            with self.learning([some], packages=0):
                yield some
            start += len(some.rows)


class Reading:
    """One round's. A package says what its author had read: sealed later, an edit would claim to
    have seen what it had not.

    The others would then take it for the last word, and keep nothing of what it went over.
    """

    def __init__(self, vault: Vault, roster: Roster) -> None:
        self._vault, self._roster, self._own = vault, roster, own_key(vault)

    def do(self, command: Callable[Concatenate[Session, P], R], /, *args: P.args,
           **kwargs: P.kwargs) -> R:
        """Run a command that merges or moves a cursor."""
        def after_own(session: Session) -> R:
            _seal(session, self._vault.identity, self._roster, self._own)
            return command(session, *args, **kwargs)

        return self._vault.do(after_own)


def _seal(session: Session, identity: Identity, roster: Roster, device: str) -> None:
    while seal_pending(session, identity, roster, device):
        pass
