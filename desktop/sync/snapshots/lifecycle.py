"""What a round does about snapshots: looks at new ones, puts back lost ones, makes one when it is
time, lets go of the rest."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from desktop.sync.merging.sealing import seal_word
from desktop.sync.snapshots.catalogue import learn, put_back
from desktop.sync.snapshots.compact import compact
from desktop.sync.snapshots.judge import judge_all
from desktop.sync.snapshots.make import is_due, make
from desktop.sync.snapshots.sweep import sweep
from desktop.sync.stores.hints import Heads
from desktop.sync.stores.storage import Storage
from desktop.sync.trust.links import own_key
from desktop.sync.trust.roster import Roster
from desktop.vault import Vault
from desktop.vault.identity import Identity

Looked = Callable[[int, int], None]


def verify_snapshots(vault: Vault, storage: Storage, roster: Roster, heads: Heads,
            looked: Looked) -> dict[str, list[str]]:
    """Judge the snapshots that can be; where one says what is held here, seal that for the others.
    What lies on the store.

    `looked` is called now and then, and may end it all by an exception.
    """
    there = learn(vault, storage, roster, heads)
    if judge_all(vault, storage, roster, lambda: looked(0, 0)):
        vault.do(_tell, vault.identity, roster, own_key(vault))
    return there


def maintain_snapshots(vault: Vault, storage: Storage, roster: Roster, heads: Heads,
               there: dict[str, list[str]], looked: Looked, *,
               by_hand: bool) -> None:
    """Make a snapshot where one is due, send what the store lacks, let go of what is covered.
    `by_hand`: another store."""
    if is_due(vault, roster):
        make(vault, roster, lambda: looked(0, 0))
    if put_back(vault, storage, roster, heads, there, lambda: looked(0, 0)):
        there = learn(vault, storage, roster, heads)
    if not by_hand:
        compact(vault, storage, roster, there)
        sweep(vault, storage, roster, heads, there)


def _tell(session: Session, identity: Identity, roster: Roster, device: str) -> None:
    seal_word(session, identity, roster, device)
