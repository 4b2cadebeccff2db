"""What first run asks for, done: a collective created, joined, or the fictional one to look around
in."""

from pathlib import Path

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.tasks import profiles
from desktop.tasks.kit import rescue_collective
from desktop.ui.first_run import Wish
from desktop.vault import Cost, Vault


def found(home: Home, wish: Wish, cost: Cost = Cost.STANDARD) -> tuple[Vault, str, str]:
    """Return a vault as wished, unlocked; its recovery code; the words to read to the coordinator
    (when joining)."""
    if wish.way == "join":
        if wish.invitation is None:
            raise AppError(_("Choose the invitation file first, or paste its text."))
        return profiles.join(home, wish.passphrase, wish.invitation, wish.person, cost,
                             wish.credentials)
    if wish.way == "rescue":
        store = (wish.store if "://" in wish.store
                 else Path(wish.store).expanduser().absolute().as_uri())
        vault, code = rescue_collective(home, wish.passphrase, store, wish.credentials, wish.sheets,
                                        wish.person, [], cost,
                                        meet=False)
        return vault, code, ""
    if wish.way == "sample":
        vault, code, _counts = profiles.create_sample(home, wish.passphrase, cost=cost)
    else:
        vault, code = profiles.create_collective(home, wish.passphrase, preset=wish.preset,
                                                 name=wish.name,
                                                 person=wish.person, cost=cost)
    return vault, code, ""
