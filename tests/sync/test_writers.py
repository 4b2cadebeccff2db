"""A profile that was copied, restored, put back by hand or started twice: one more writer within
one round, both live."""

import shutil
import uuid
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.records import add_record, edit_record
from desktop.queries.digest import digest_of
from desktop.queries.records import get_record, list_records
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.length import AT_LENGTH
from tests.sync.laptops import Laptops

ROUNDS = 500 if AT_LENGTH else 150
ACCIDENTS = ("whole copy", "copy without its token", "backup", "older day", "started twice")


class Accidents:
    """A laptop to which all of it happens, one after the other, beside a founder who reads."""

    def __init__(self, laptops: Laptops, folder: Path) -> None:
        self.laptops, self.folder, self.rounds = laptops, folder, 0
        self.one = laptops.join("second")
        self.wanted: set[str] = set()
        self.action = self.one.do(add_record, "action", {"title": "Commune", "progress": 0})
        self.sync(self.one, laptops.founder, self.one)

    def sync(self, *vaults: Vault) -> None:
        for vault in vaults:
            assert self.laptops.sync(vault).refused == []
            self.rounds += 1

    def add(self, vault: Vault, name: str) -> None:
        vault.do(add_record, "organisation", {"name": name})
        self.wanted.add(name)

    def happens(self, what: str, number: int) -> None:
        folder = self.folder / str(number)
        writer = self.one.identity.writer
        if what == "started twice":
            second = Vault(self.one.home)
            with pytest.raises(AppError):
                second.unlock(PASSPHRASE)
            self.one.close()
            self.one.unlock(PASSPHRASE)
            assert self.one.identity.writer == writer
            self.write(self.one, number)
            return
        if what == "backup":
            self.one.back_up(folder)
            self.add(self.one, f"Après la copie {number}")
            self.sync(self.one)
            self.one.close()
            self.one.restore(folder, PASSPHRASE)
            for aside in self.one.home.folder.glob("before-restore-*"):
                shutil.rmtree(aside)
            assert self.one.identity.writer != writer
            self.write(self.one, number)
            return
        self.one.close()
        shutil.copytree(self.one.home.folder, folder)
        if what == "older day":
            self.one.unlock(PASSPHRASE)
            self.add(self.one, f"Après ce jour {number}")
            self.sync(self.one)
            self.one.close()
            shutil.rmtree(self.one.home.folder)
            folder.rename(self.one.home.folder)
            self.one.unlock(PASSPHRASE)
            self.write(self.one, number)
            assert self.one.identity.writer != writer
            return
        copy = Home(folder)
        if what == "copy without its token":
            copy.token.unlink()
        self.one.unlock(PASSPHRASE)
        two = self.laptops.open(copy)
        self.write(self.one, number, two)
        assert self.one.identity.writer != two.identity.writer
        # The copy is the one that goes on, every other time.
        left, self.one = (self.one, two) if number % 2 else (two, self.one)
        left.close()

    def write(self, vault: Vault, number: int, copy: Vault | None = None) -> None:
        """Both write, in one record too; after one round each they have parted, after one more
        nothing is missing."""
        self.add(vault, f"D’ici {number}")
        vault.do(edit_record, self.action, {"progress": number % 100})
        if copy is not None:
            self.add(copy, f"De là {number}")
            copy.do(edit_record, self.action, {"title": f"Titre {number}"})
        both = [vault] if copy is None else [vault, copy]
        self.sync(*both)
        if copy is not None:
            assert vault.identity.writer != copy.identity.writer
        self.sync(self.laptops.founder, *both)
        for reader in (*both, self.laptops.founder):
            assert names(reader) >= self.wanted
            action = get(reader, self.action)
            assert (action["progress"] == number % 100
                    and (copy is None or action["title"] == f"Titre {number}"))


def names(vault: Vault) -> set[str]:
    return {str(row["name"]) for row in vault.ask(list_records, "organisation")}


def get(vault: Vault, record_id: uuid.UUID) -> dict[str, object]:
    return vault.ask(get_record, record_id)


def test_hundreds_of_rounds_of_copies_and_older_days(laptops: Laptops, tmp_path: Path) -> None:
    accidents = Accidents(laptops, tmp_path / "aside")
    (tmp_path / "aside").mkdir()
    number = 0
    while accidents.rounds < ROUNDS:
        accidents.happens(ACCIDENTS[number % len(ACCIDENTS)], number)
        number += 1
    accidents.sync(laptops.founder, accidents.one)
    assert (accidents.one.ask(digest_of) == laptops.founder.ask(digest_of)
            and accidents.one.damage() == [])
    # Only what happened makes writers: a start that was refused makes none.
    assert len(list((laptops.share / "w").iterdir())) <= 2 + number
