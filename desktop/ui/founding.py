"""What first run asks for, done: a collective created, joined, or the fictional one to look around in."""

from dataclasses import replace
from typing import Any

from desktop.base.paths import Home
from desktop.commands.collective import add_author, found_records
from desktop.ui.first_run import Wish
from desktop.vault import Cost, Vault


def found(home: Home, wish: Wish, cost: Cost = Cost.STANDARD) -> tuple[Vault, str, str]:
    """A vault as wished, unlocked; its recovery code; the words to read to the coordinator (when joining)."""
    vault, code = Vault.create(home, wish.passphrase, cost=cost)

    def fill(session: Any) -> Any:
        return found_records(session, wish.preset, wish.name), add_author(session, wish.person)

    collective_id, person_id = vault.do(fill)
    vault.save_identity(replace(vault.identity, person_id=person_id, collective_id=collective_id,
                                roles=frozenset({"coordination", "secretariat", "observatoire", "membre"})))
    return vault, code, ""
