"""What was set aside before a restore or a migration opens with nothing that was changed, renewed
or erased since."""

from pathlib import Path

import pytest

from desktop.base.paths import Home
from desktop.commands.purge import erase_record
from desktop.commands.records import add_record, delete_record
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE

NEW = "une autre phrase de passe longue"


@pytest.fixture
def copied(vault: Vault, home: Home, tmp_path: Path) -> Vault:
    """A vault that was restored once, and migrated once: two copies lie beside it."""
    backup = tmp_path / "copie.carnet"
    vault.back_up(backup)
    vault.close()
    vault.restore(backup, PASSPHRASE)
    (home.folder / "before-migration-20260101-120000.db").write_bytes(home.database.read_bytes())
    assert len(copies(home)) == 2
    return vault


def copies(home: Home) -> list[Path]:
    return sorted(home.folder.glob("before-*"))


def test_a_changed_passphrase_leaves_no_copy_that_the_old_one_opens(copied: Vault,
                                                                    home: Home) -> None:
    assert copied.change_passphrase(PASSPHRASE, NEW, cost=Cost.TEST) == 2
    assert copies(home) == []
    assert copied.change_passphrase(NEW, PASSPHRASE, cost=Cost.TEST) == 0


def test_a_renewed_key_leaves_no_copy_of_the_old_one(copied: Vault, home: Home) -> None:
    copied.rekey(PASSPHRASE)
    assert copies(home) == []


def test_what_is_erased_for_good_is_in_no_copy(copied: Vault, home: Home) -> None:
    person = copied.do(add_record, "person", {"given_name": "Fatima", "family_name": "Benali"})
    copied.do(delete_record, person)
    copied.do(erase_record, person, "hand")
    copied.clear_log()
    assert copies(home) == []


def test_what_is_restored_is_for_nobody_else_to_read(copied: Vault, home: Home) -> None:
    assert {oct(file.stat().st_mode & 0o777) for file in (home.slots, home.database)} == {"0o600"}
