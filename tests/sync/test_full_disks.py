"""Disks and servers that are full: told in plain words, nothing lost, nothing left behind, and it
goes on once there is room."""

import errno
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.paths import Home
from desktop.commands.attachments import attach
from desktop.commands.meetings import create_meeting
from desktop.commands.records import add_record
from desktop.models.meetings import Attachment
from desktop.queries.attachments import bytes_of
from desktop.queries.digest import digest_of
from desktop.queries.records import list_records
from desktop.queries.sync import sync_state
from desktop.sync.merging.enclosures import PART, fetch_enclosure
from desktop.sync.rounds.check import check_store
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.folder import FolderStorage
from desktop.sync.stores.storage import StoreError, StoreProblem
from desktop.tasks import profiles
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.crash.days import older
from tests.sync.laptops import Laptops

SIZE = 20 * 1024 * 1024
SCAN = b"%PDF-1.7 zygomatique " * (2 * PART // 21)


class Disk:
    """A small disk: `leave` so many bytes of room, or `free` it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ballast = folder / ".ballast"

    def room(self) -> int:
        return shutil.disk_usage(self.folder).free

    def leave(self, room: int) -> None:
        self.free()
        with self.ballast.open("wb") as file:
            file.write(bytes(max(0, self.room() - room)))

    def free(self) -> None:
        self.ballast.unlink(missing_ok=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A real file system of 20 MB in memory; the test is passed over where nobody may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = sys.platform == "linux" and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tmpfs", folder],
        capture_output=True, check=False)
    if not mounted or mounted.returncode:
        pytest.skip("no right to mount a small disk; faults and limits stand for it in the other "
                    "tests")
    try:
        yield Disk(folder)
    finally:
        # Lazily: a vault that a failing test left open is no reason to keep the mount.
        subprocess.run(["umount", "-l", folder], check=True)


class Quota(FolderStorage):
    """The same without a mount: a folder that takes so many bytes."""

    room = 1 << 40

    def write(self, name: str, data: bytes) -> None:
        if sum(path.stat().st_size for path in self.folder.rglob("*")
               if path.is_file()) + len(data) > self.room:
            told = disk_error(OSError(errno.EDQUOT, "Quota"), self.folder)
            raise StoreError(StoreProblem.FULL, told.message, told.hint)
        super().write(name, data)


def organisations(vault: Vault) -> set[str]:
    return {record["name"] for record in vault.ask(list_records, "organisation")}


def joined_file(vault: Vault, name: str = "Feuille.pdf") -> Attachment:
    return vault.ask(lambda session: session.query(Attachment).filter_by(name=name).one())


def with_a_scan(vault: Vault) -> None:
    meeting = vault.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                       starts_at="2026-11-03T14:00")
    vault.do(attach, "meeting", meeting, "Feuille.pdf", SCAN)


def whole_files(share: Path) -> None:
    """Every file that bears a hash is whole, and none was left half written."""
    assert any(share.rglob("*.pkg"))
    for path in share.rglob("*"):
        named = re.search("[0-9a-f]{64}", path.name)
        if path.is_file() and named and path.parent.name != "heads":
            assert hashlib.sha256(path.read_bytes()).hexdigest() == named[0], path
        assert not path.name.endswith(".tmp"), path


@pytest.mark.parametrize("kind", ["disk", "quota"])
def test_a_full_shared_folder_is_still_read_and_goes_on_with_room(kind: str,
                                                                  request: pytest.FixtureRequest,
                                                                  tmp_path: Path) -> None:
    share = (request.getfixturevalue("disk").folder if kind == "disk" else tmp_path) / "partage"
    share.mkdir()
    with closing(Laptops(tmp_path / "laptops", share.as_uri())) as laptops:
        laptops.share = share
        second = laptops.join("second")
        for vault in (laptops.founder, second, laptops.founder):
            laptops.sync(vault)
        storage = Quota(laptops.url, laptops.share)
        for number, room in enumerate((0, 3_000, 40_000, PART + 60_000), 1):
            fill(request, kind, laptops, storage, None)
            second.do(add_record, "organisation", {"name": f"Autre {number}"})
            laptops.sync(second)
            laptops.founder.do(add_record, "organisation", {"name": f"Retenue {number}"})
            if number == 1:
                with_a_scan(laptops.founder)
            fill(request, kind, laptops, storage, room)
            sizes = set()
            for _attempt in range(3):
                with pytest.raises(AppError, match="plein") as caught:
                    run_round(laptops.founder, storage)
                assert caught.value.hint
                assert f"Autre {number}" in organisations(laptops.founder)
                whole_files(laptops.share)
                sizes.add(
                    sum(path.stat().st_size for path in laptops.share.rglob("*") if path.is_file()))
            assert len(sizes) == 1, "each attempt takes more of the room"
        fill(request, kind, laptops, storage, None)
        for vault in (laptops.founder, second, laptops.founder):
            assert run_round(vault, storage).refused == []
        assert laptops.founder.ask(sync_state).to_send == 0
        assert laptops.founder.ask(digest_of).records == second.ask(digest_of).records
        assert {f"Retenue {n}" for n in range(1, 5)} <= organisations(second)
        fetch_enclosure(second, storage, joined_file(second).id)
        assert second.ask(bytes_of, joined_file(second).id) == SCAN
        assert check_store(second, storage) == (len(laptops.packages()), [])
        assert len(list(laptops.share.glob("blob/*/*"))) == 2


def fill(request: pytest.FixtureRequest, kind: str, laptops: Laptops, storage: Quota,
         room: int | None) -> None:
    """So much room is left on the share; None: plenty."""
    if kind == "disk":
        disk: Disk = request.getfixturevalue("disk")
        disk.free() if room is None else disk.leave(room)
    else:
        used = sum(path.stat().st_size for path in laptops.share.rglob("*") if path.is_file())
        storage.room = 1 << 40 if room is None else used + room


# The vault on a full disk

def on(disk: Disk) -> Vault:
    """A vault with a few records, alone on a small disk."""
    vault, _code = Vault.create(Home(disk.folder / "profile"), PASSPHRASE, cost=Cost.TEST)
    for number in range(20):
        vault.do(add_record, "organisation", {"name": f"Avant {number}", "notes": "x" * 2000})
    return vault


def is_told(attempt: Callable[[], object]) -> None:
    with pytest.raises(AppError, match="plein") as caught:
        attempt()
    assert caught.value.hint


def test_a_vault_on_a_full_disk_keeps_what_it_promised(disk: Disk) -> None:
    with closing(on(disk)) as vault:
        disk.leave(150_000)
        promised = organisations(vault)

        def write_until_full() -> None:
            for number in range(200):
                vault.do(add_record, "organisation",
                         {"name": f"Pendant {number}", "notes": "y" * 3000})
                promised.add(f"Pendant {number}")

        for _attempt in range(3):
            is_told(write_until_full)
            assert organisations(vault) == promised
        assert len(promised) > 20 and disk.room() < 150_000
        vault.lock()
        vault.unlock(PASSPHRASE)
        assert organisations(vault) == promised
        disk.free()
        write_until_full()
        vault.close()
        vault.unlock(PASSPHRASE)
        assert organisations(vault) == promised and vault.damage() == []


@pytest.mark.parametrize("room", [0, 5_000, 60_000])
def test_opening_with_no_room_at_all_shows_the_vault_or_says_why(disk: Disk, room: int) -> None:
    with closing(on(disk)) as vault:
        before = organisations(vault)
        vault.close()
        disk.leave(room)
        try:
            vault.unlock(PASSPHRASE)
            assert organisations(vault) == before
        except AppError as error:
            assert "plein" in error.message and error.hint, error
        vault.close()
        disk.free()
        vault.unlock(PASSPHRASE)
        assert organisations(vault) == before and vault.damage() == []


@pytest.mark.parametrize("room", [0, 5_000, 60_000])
def test_keys_and_copies_on_a_full_disk(disk: Disk, tmp_path: Path, room: int) -> None:
    with closing(on(disk)) as vault:
        before = organisations(vault)
        copy = disk.folder / "copie"
        vault.back_up(copy)
        good = copy.read_bytes()
        disk.leave(room)
        is_told(lambda: vault.back_up(copy))
        assert copy.read_bytes() == good and not list(disk.folder.glob(".carnet-*"))
        code = vault.offer_recovery_code(PASSPHRASE)
        for attempt in (lambda: vault.change_passphrase(PASSPHRASE, PASSPHRASE, cost=Cost.TEST),
                        lambda: vault.rekey(PASSPHRASE),
                        lambda: vault.renew_recovery_code(PASSPHRASE, code)):
            try:
                attempt()
            except AppError as error:
                assert "plein" in error.message and error.hint, error
            disk.free()
            vault.close()
            vault.unlock(PASSPHRASE)
            assert organisations(vault) == before and vault.damage() == []
            disk.leave(room)
        disk.free()
        assert organisations(vault) == before and vault.damage() == []
        vault.close()
        disk.leave(room)
        is_told(lambda: vault.restore(copy, PASSPHRASE))
        disk.free()
        vault.unlock(PASSPHRASE)
        assert organisations(vault) == before and not list(vault.home.folder.glob("*restore*"))


@pytest.mark.parametrize("room", [0, 20_000, 200_000])
def test_a_vault_made_or_migrated_on_a_full_disk(disk: Disk, room: int) -> None:
    older(Home(disk.folder / "older"))
    disk.leave(room)
    made, old = Home(disk.folder / "new"), Vault(Home(disk.folder / "older"))
    is_told(lambda: profiles.create_collective(made, PASSPHRASE, preset="maubeuge-val-de-sambre",
                                               name="Essai",
                                               person="Camille LEROY", cost=Cost.TEST))
    assert not made.exists
    is_told(lambda: old.unlock(PASSPHRASE))
    old.close()
    disk.free()
    old.unlock(PASSPHRASE)
    assert organisations(old) == {"Ancienne"} and old.damage() == []
    assert not list(old.home.folder.glob("*.tmp"))
    old.close()
    vault, _code = profiles.create_collective(made, PASSPHRASE, preset="maubeuge-val-de-sambre",
                                              name="Essai",
                                              person="Camille LEROY", cost=Cost.TEST)
    assert vault.ask(list_records, "axis")
    vault.close()


def test_news_that_find_no_room_in_the_vault_come_again(disk: Disk, tmp_path: Path) -> None:
    with closing(Laptops(tmp_path / "laptops")) as laptops:
        second = laptops.join("second")
        laptops.sync(second)
        second.close()
        shutil.move(second.home.folder, disk.folder / "second")
        moved = laptops.open(Home(disk.folder / "second"))
        for number in range(120):
            laptops.founder.do(add_record, "organisation",
                               {"name": f"Nouvelle {number}", "notes": "z" * 3000})
        laptops.sync(laptops.founder)
        disk.leave(250_000)
        before = organisations(moved)
        for _attempt in range(3):
            is_told(lambda: laptops.sync(moved))
            assert organisations(moved) == before
        disk.free()
        assert laptops.sync(moved).refused == []
        assert organisations(moved) >= {f"Nouvelle {number}" for number in range(120)}
        assert moved.damage() == []
