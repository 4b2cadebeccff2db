"""Attached files are opened as copies in a private folder, which is wiped at the lock and at the
next opening."""

import os
import stat
import uuid
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.base.home.files import wipe
from desktop.base.paths import Home
from desktop.commands.attachments import attach
from desktop.commands.records import add_record
from desktop.tasks.private_files import is_opened_here, open_copy
from desktop.vault import Vault
from tests.conftest import PASSPHRASE

WORDS = b"Mode d'emploi de la malle"


@pytest.fixture
def case(vault: Vault) -> uuid.UUID:
    return vault.do(add_record, "resource", {"title": "Malle", "kind": "outil"})


def joined(vault: Vault, case: uuid.UUID, name: str, data: bytes = WORDS) -> uuid.UUID:
    return vault.do(attach, "resource", case, name, data)


def test_a_copy_can_be_read_by_its_owner_alone_and_goes_at_the_lock(vault: Vault, home: Home,
                                                                    case: uuid.UUID) -> None:
    copy = open_copy(vault, joined(vault, case, "Mode d’emploi.pdf"), "Mode d’emploi.pdf")
    assert (copy.read_bytes() == WORDS and copy.name == "Mode d’emploi.pdf"
            and copy.is_relative_to(home.opened))
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o400
        assert {stat.S_IMODE(folder.stat().st_mode)
                for folder in (home.opened, copy.parent)} == {0o700}
    vault.lock()
    assert not home.opened.exists()


def test_two_files_of_one_name_do_not_meet_and_one_opened_again_is_the_same(
    vault: Vault, case: uuid.UUID) -> None:
    one, other = joined(vault, case, "Plan.pdf", b"un"), joined(vault, case, "Plan.pdf", b"deux")
    first, second = open_copy(vault, one, "Plan.pdf"), open_copy(vault, other, "Plan.pdf")
    assert (first.read_bytes(), second.read_bytes()) == (b"un", b"deux")
    assert open_copy(vault, one, "Plan.pdf") == first


def test_what_a_killed_program_left_goes_at_the_next_opening(vault: Vault, home: Home) -> None:
    vault.lock()
    left = home.opened / "reste" / "Liste.pdf"
    left.parent.mkdir(parents=True)
    left.write_bytes(WORDS)
    left.chmod(0o400)
    vault.unlock(PASSPHRASE)
    assert not home.opened.exists()


@pytest.mark.parametrize("name",
                         ["Outil.exe", "Outil.sh", "Outil.desktop", "Tableau.xlsm", "page.html",
                          "sans", "a.pdf.bat"])
def test_what_may_do_something_is_not_opened(vault: Vault, home: Home, case: uuid.UUID,
                                             name: str) -> None:
    assert not is_opened_here(name)
    with pytest.raises(AppError):
        open_copy(vault, joined(vault, case, name), name)
    assert not home.opened.exists()


def test_a_name_that_another_gave_leads_nowhere_else(vault: Vault, home: Home,
                                                     case: uuid.UUID) -> None:
    file = joined(vault, case, "x.pdf")
    for name in ("../../dehors.pdf", "/tmp/dehors.pdf", "..\\dehors.pdf"):
        assert open_copy(vault, file, name).resolve().is_relative_to(home.opened.resolve())


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_link_is_taken_away_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    kept = tmp_path / "gardé"
    kept.mkdir()
    (kept / "lettre.txt").write_text("à garder")
    folder = tmp_path / "opened"
    folder.mkdir()
    (folder / "lien").symlink_to(kept)
    (folder / "fichier").symlink_to(kept / "lettre.txt")
    assert wipe(folder) == [] and not folder.exists()
    assert (kept / "lettre.txt").read_text() == "à garder"
