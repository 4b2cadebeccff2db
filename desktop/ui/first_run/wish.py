"""What the person who begins a notebook wishes, and who makes it."""

from dataclasses import dataclass
from typing import Protocol

from desktop.sync.stores.storage import Credentials
from desktop.vault.vault import Vault


@dataclass(frozen=True)
class Wish:
    """What the person chose: create, join, sample or rescue, and what goes with it."""

    way: str
    preset: str
    name: str
    person: str
    invitation: bytes | None
    passphrase: str
    credentials: Credentials
    sheets: tuple[str, str] = ("", "")
    store: str = ""


class Founder(Protocol):
    """Makes a vault as wished; gives it unlocked, with its recovery code and words to check with
    the coordinator."""

    def __call__(self, wish: Wish) -> tuple[Vault, str, str]: ...
