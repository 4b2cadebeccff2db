"""What opens a vault beside its key: the passphrase and the recovery code, and how they change."""

from abc import ABC, abstractmethod

from desktop.base.crash import crash_point
from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.vault import backup
from desktop.vault.keys import slots as keys
from desktop.vault.keys.slots import Cost


class Secrets(ABC):
    """The secrets of one vault, whose data key is sealed once for each of them."""

    home: Home

    @property
    @abstractmethod
    def data_key(self) -> bytes:
        """The key of the database; LockedError while the vault is locked."""

    @abstractmethod
    def rekey(self, passphrase: str) -> None:
        """Re-encrypt the database under a new key."""

    def change_passphrase(self, old: str, new: str, *, cost: Cost = Cost.STANDARD) -> int:
        """Wrap the data key for a new passphrase; WrongPassphraseError for a wrong `old`. Returns
        how many old copies went."""
        if not new:
            raise AppError(_("A vault needs a passphrase."))
        slots = keys.read_slots(self.home)
        data_keys = keys.open_with_passphrase(slots, old)
        crash_point("passphrase.before")
        keys.write_slots(self.home, keys.make_slots(data_keys, new, slots.recipient, cost.value))
        crash_point("passphrase.changed")
        return backup.remove_old_copies(self.home)

    def set_passphrase(self, new: str, *, cost: Cost = Cost.STANDARD) -> None:
        """Set the passphrase of an open vault, after the recovery code opened it."""
        slots = keys.read_slots(self.home)
        keys.write_slots(self.home,
                         keys.make_slots([self.data_key], new, slots.recipient, cost.value))

    def offer_recovery_code(self, passphrase: str) -> str:
        """Return a new recovery code, which opens nothing yet: `renew_recovery_code` puts it in
        force once it is on paper."""
        keys.open_with_passphrase(keys.read_slots(self.home), passphrase)
        return keys.new_recovery_code()

    def renew_recovery_code(self, passphrase: str, code: str) -> None:
        """Put this code in the place of the old one, under a new key: copies of the old slots open
        nothing new."""
        slots = keys.read_slots(self.home)
        keys.open_with_passphrase(slots, passphrase)
        recipient = str(keys.recovery_identity(code).to_public())
        crash_point("code.before")
        keys.write_slots(self.home,
                         keys.make_slots([self.data_key], passphrase, recipient, slots.cost))
        crash_point("code.renewed")
        self.rekey(passphrase)
