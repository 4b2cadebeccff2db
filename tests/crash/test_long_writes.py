"""Killed in the middle of a long write of the whole file, seen from outside: what was there before
is there."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.base.paths import Home
from desktop.queries.digest import digest_of
from desktop.vault import Cost, Vault, database
from tests.conftest import PASSPHRASE
from tests.crash.days import compacting, copying, large, rekeying
from tests.processes import ready


def size_of(path: Path) -> int:
    """Bytes of a file, 0 where there is none (yet)."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault of some megabytes."""
    home = Home(tmp_path_factory.mktemp("large") / "profile")
    vault, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    large(vault)
    vault.close()
    return home.folder


LONG: dict[str, tuple[Callable[[Path], None], Callable[[Path], int]]] = {
    "rekey": (rekeying, lambda folder: size_of(folder / "profile" / "vault.db-journal")),
    "backup": (copying,
               lambda folder: max(map(size_of, folder.glob(".carnet-*/vault.db")), default=0)),
    "compact": (compacting, lambda folder: size_of(folder / "profile" / "vault.db-wal")),
}


@pytest.mark.parametrize("bytes_written", [500_000, 3_000_000])
@pytest.mark.parametrize("which", LONG)
def test_killed_in_the_middle_of_a_long_write(which: str, bytes_written: int, profile: Path,
                                              tmp_path: Path) -> None:
    life, written = LONG[which]
    shutil.copytree(profile, tmp_path / "profile")
    vault = Vault(Home(tmp_path / "profile"))
    with closing(vault):
        vault.unlock(PASSPHRASE)
        before = vault.ask(digest_of)
        vault.back_up(tmp_path / "copie")
        vault.close()
        earlier = (tmp_path / "copie").read_bytes()
        process = ready().Process(target=life, args=(tmp_path,))
        process.start()
        while written(tmp_path) < bytes_written:
            assert process.is_alive(), "it ended before it was killed"
        process.kill()
        process.join()
        assert process.exitcode == -9
        vault.unlock(PASSPHRASE)
        assert vault.ask(digest_of) == before and vault.damage() == []
        assert (tmp_path / "copie").read_bytes() == earlier
        vault.rekey(PASSPHRASE)
        vault.back_up(tmp_path / "copie")
        assert list(tmp_path.glob(".carnet-*")) == []
        assert database.opens(vault.home.database, vault.data_key)
    with closing(Vault(Home(tmp_path / "restored"))) as other:
        other.restore(tmp_path / "copie", PASSPHRASE)
        assert other.ask(digest_of) == before
