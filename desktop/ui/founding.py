"""What first run asks for, done: a collective created, joined, or the fictional one to look around in."""

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.tasks import profiles
from desktop.ui.first_run import Wish
from desktop.vault import Cost, Vault


def found(home: Home, wish: Wish, cost: Cost = Cost.STANDARD) -> tuple[Vault, str, str]:
    """A vault as wished, unlocked; its recovery code (none for the fictional collective); the six words when joining."""
    code = words = ""
    if wish.way == "sample":
        profiles.create_sample(home, wish.passphrase, cost=cost)
    elif wish.way == "join":
        if wish.invitation is None:
            raise AppError(_("Choose the invitation file first."))
        try:
            invitation = wish.invitation.read_bytes()
        except OSError as error:
            raise AppError(_("The file could not be read."), _("Choose it again.")) from error
        joined = profiles.join(home, wish.passphrase, invitation, wish.person, cost=cost)
        code, words = joined.recovery_code, joined.words
    else:
        code = profiles.create_collective(home, wish.passphrase, preset=wish.preset, name=wish.name, person=wish.person,
                                          cost=cost).recovery_code
    vault = Vault(home)
    vault.unlock(wish.passphrase)
    return vault, code, words
