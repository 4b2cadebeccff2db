"""A founder's vault, up to date, around a folder into which anything may be laid."""

from pathlib import Path

from desktop.queries.digest import digest_of
from desktop.sync.rounds.engine import Round
from desktop.sync.stores.storage import StoreError
from desktop.vault import Vault
from tests.sync.laptops import Laptops


class Target:
    """`round_over` lays something down, exchanges once, and takes it away again."""

    def __init__(self, folder: Path) -> None:
        self.laptops = Laptops(folder)
        self.vault: Vault = self.laptops.founder
        self.share = self.laptops.share
        self.laptops.sync(self.vault)

    def round_over(self, path: Path) -> Round:
        """A round over the folder that holds `path`; where it refuses, the records are what they
        were."""
        before = self.vault.ask(digest_of)
        try:
            done = self.laptops.sync(self.vault)
        finally:
            path.unlink()
        if done.refused:
            assert done.applied == 0
            assert self.vault.ask(digest_of) == before
        return done

    def lay(self, name: str, data: bytes) -> Path:
        path = self.share / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def stops_or_passes(self, name: str, data: bytes) -> None:
        """A round over one file more, or another content of it: a sentence at worst, and no record
        changes."""
        path = self.share / name
        good = path.read_bytes() if path.exists() else None
        before = self.vault.ask(digest_of)
        self.lay(name, data)
        try:
            self.laptops.sync(self.vault)
        except StoreError as error:
            assert error.message
        finally:
            path.unlink()
            if good is not None:
                path.write_bytes(good)
        assert self.vault.ask(digest_of) == before
