"""Laptops of one collective around one shared folder, for the tests of the exchange."""

from collections.abc import Callable
from pathlib import Path

from desktop.base.paths import Home
from desktop.sync.rounds.engine import Round, run_round
from desktop.sync.stores.storage import Credentials
from desktop.tasks import enrol, profiles, shared_folder
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE


class Laptops:
    """Founder first; `join` adds one with a role. Around a server where an address is given."""

    def __init__(self, folder: Path, url: str | None = None,
                 credentials: Credentials | None = None) -> None:
        self.folder = folder
        self.share = folder / "share"
        self.share.mkdir(parents=True)
        self.url = url or self.share.as_uri()
        self.credentials = credentials
        self.opened: list[Vault] = []
        home = Home(folder / "founder")
        self.founder, _code = profiles.create_collective(
            home, PASSPHRASE, preset="maubeuge-val-de-sambre", name="Essai", person="Camille LEROY",
            store=self.url,
            credentials=credentials, cost=Cost.TEST)
        self.opened.append(self.founder)

    def open(self, home: Home, now: Callable[[], int] | None = None) -> Vault:
        vault = Vault(home) if now is None else Vault(home, now)
        vault.unlock(PASSPHRASE)
        self.opened.append(vault)
        return vault

    def join(self, name: str, role: str = "membre") -> Vault:
        vault, _code, words = profiles.join(Home(self.folder / name), PASSPHRASE,
                                            enrol.invite(self.founder, [role]),
                                            f"Jo {name.upper()}", Cost.TEST, self.credentials)
        self.opened.append(vault)
        storage = shared_folder.open_store(self.founder, None)
        (request,) = enrol.pending_requests(self.founder, storage)
        enrol.approve(self.founder, storage, request.id, words)
        return vault

    def sync(self, vault: Vault) -> Round:
        return run_round(vault, shared_folder.open_store(vault, None))

    def packages(self) -> list[Path]:
        return sorted(self.share.glob("w/*/*/*.pkg"))

    def close(self) -> None:
        for vault in self.opened:
            vault.close()
