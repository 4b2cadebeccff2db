"""The encrypted file: create, unlock, lock, rekey; do, ask, listen; search; backups."""

from desktop.vault.identity import Identity
from desktop.vault.keys.slots import Cost
from desktop.vault.vault import Vault

__all__ = ["Cost", "Identity", "Vault"]
