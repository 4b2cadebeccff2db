"""The transactions by which what others wrote comes in: what was written here meanwhile is sealed before it."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from desktop.sync.roster import Roster
from desktop.sync.sealing import seal_pending
from desktop.sync.trust import own_key
from desktop.vault import Vault
from desktop.vault.identity import Identity

P = ParamSpec("P")
R = TypeVar("R")


class Reading:
    """One round's. A package says what its author had read: sealed later, an edit would claim to have seen what it had not.

    The others would then take it for the last word, and keep nothing of what it went over.
    """

    def __init__(self, vault: Vault, roster: Roster) -> None:
        self._vault, self._roster, self._own = vault, roster, own_key(vault)

    def do(self, command: Callable[Concatenate[Session, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a command that merges or moves a cursor."""
        def after_own(session: Session) -> R:
            _seal(session, self._vault.identity, self._roster, self._own)
            return command(session, *args, **kwargs)

        return self._vault.do(after_own)


def _seal(session: Session, identity: Identity, roster: Roster, device: str) -> None:
    while seal_pending(session, identity, roster, device):
        pass
