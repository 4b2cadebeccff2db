"""Killed, or out of room, in the middle of the import of a directory: all of it or nothing, and it
goes on."""

import resource
import shutil
import signal
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.exchange.directory import import_text
from desktop.queries.digest import digest_of
from desktop.tasks import profiles
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.crash.test_long_writes import size_of
from tests.length import AT_LENGTH
from tests.processes import ready

PEOPLE = "Nom;Prénom;Structure\n" + "".join(f"Nom{n};Prénom{n};Structure {n % 40}\n"
                                            for n in range(1_200))
ROOM = 100_000
"""Bytes that any file may have from then on, the log of the vault first."""


WRITES: dict[str, Callable[[Vault], object]] = {
    "directory": lambda vault: vault.do(import_text, PEOPLE),
}


def write(folder: Path, which: str) -> None:
    with closing(Vault(Home(folder / "profile"))) as vault:
        vault.unlock(PASSPHRASE)
        for _each in range(9):
            WRITES[which](vault)


def write_without_room(folder: Path, which: str) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with closing(Vault(Home(folder / "profile"))) as vault:
        vault.unlock(PASSPHRASE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, resource.RLIM_INFINITY))
        try:
            WRITES[which](vault)
        except AppError as error:
            (folder / "told").write_text(str(error), "utf-8")
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Home(tmp_path_factory.mktemp("territory") / "profile")
    vault, _code = profiles.create_collective(home, PASSPHRASE, preset="maubeuge-val-de-sambre",
                                              name="Essai",
                                              person="Zoé LEFÈVRE", cost=Cost.TEST)
    vault.close()
    return home.folder


@pytest.mark.skipif(not AT_LENGTH, reason="some twenty seconds: in the long run")
@pytest.mark.parametrize("which", WRITES)
def test_killed_or_without_room_it_is_all_or_nothing(which: str, profile: Path,
                                                     tmp_path: Path) -> None:
    shutil.copytree(profile, tmp_path / "profile")
    with closing(Vault(Home(tmp_path / "profile"))) as vault:
        vault.unlock(PASSPHRASE)
        before = vault.ask(digest_of)
        vault.close()
        process = ready().Process(target=write_without_room, args=(tmp_path, which))
        process.start()
        process.join(60)
        assert process.exitcode == 0
        assert "disque" in (tmp_path / "told").read_text("utf-8")
        vault.unlock(PASSPHRASE)
        assert vault.ask(digest_of) == before and vault.damage() == []
        vault.close()

        process = ready().Process(target=write, args=(tmp_path, which))
        process.start()
        while size_of(tmp_path / "profile" / "vault.db-wal") < 300_000:
            assert process.is_alive(), "it ended before it was killed"
        process.kill()
        process.join()
        vault.unlock(PASSPHRASE)
        assert vault.damage() == []
        WRITES[which](vault)
        assert vault.ask(digest_of) != before and vault.damage() == []
