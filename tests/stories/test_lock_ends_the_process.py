"""After the lock nothing of the key is in the memory of any process of Carnet: the one that held it
has ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.drafts import keep_place, take_place
from desktop.queries.actions import actions_of
from desktop.ui.window.single_instance import raise_other
from desktop.ui.window.successor import NOT_HANDED_ON, begin_process
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.ui.collective import fill

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
ROOT = Path(__file__).resolve().parents[2]


def processes_of(home: Home) -> list[psutil.Process]:
    """Every process whose command names this profile."""
    return [process for process in psutil.process_iter(["cmdline"])
            if str(home.folder) in (process.info["cmdline"] or [])
            and process.status() != psutil.STATUS_ZOMBIE]


def memory_of(process: psutil.Process) -> Iterator[bytes]:
    """What a process holds, region by region; nothing where the system refuses it to us."""
    try:
        with (Path(f"/proc/{process.pid}/maps").open() as maps,
              Path(f"/proc/{process.pid}/mem").open("rb", 0) as memory):
            for line in maps:
                span, rights = line.split()[:2]
                start, stop = (int(part, 16) for part in span.split("-"))
                if rights.startswith("rw"):
                    try:
                        memory.seek(start)
                        yield memory.read(stop - start)
                    except (OSError, ValueError, OverflowError):
                        continue
    except (PermissionError, FileNotFoundError, ProcessLookupError):
        return


@pytest.fixture
def filled(vault: Vault, home: Home) -> Iterator[tuple[dict[str, bytes], str]]:
    """What nobody may find after the lock, of a vault that is closed again; and the title of the
    action shown."""
    fill(vault)
    title = vault.ask(actions_of)[0].title
    key = vault.data_key
    identity = vault.identity
    secrets = {"passphrase": PASSPHRASE.encode(), "key": key, "hex key": key.hex().encode(),
               "signing key": identity.signing_key, "identity": identity.age_identity.encode()}
    vault.close()
    yield secrets, title
    for process in processes_of(home):
        os.kill(process.pid, signal.SIGTERM)


def test_the_process_that_held_the_key_ends_and_the_next_one_never_had_it(
        qtbot: QtBot, filled: tuple[dict[str, bytes], str], home: Home) -> None:
    secrets, title = filled
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen",
                   **dict.fromkeys(NOT_HANDED_ON, PASSPHRASE)}
    # The search finds what is there: this process of the test has just held them all.
    assert all(any(secret in region for region in memory_of(psutil.Process()))
               for secret in secrets.values())
    with subprocess.Popen([sys.executable, "-m", "tests.stories.locked_day", str(home.folder)],
                          cwd=ROOT, env=environment,
                          stdout=subprocess.PIPE) as first:
        assert first.stdout is not None and first.stdout.readline() == b"open\n"
        # It gives itself two seconds; how many a busy machine makes of them is not judged.
        assert first.wait(60) == 0
    qtbot.waitUntil(lambda: raise_other(home), timeout=60_000)
    (second,) = processes_of(home)
    assert second.pid != first.pid
    found = {name for region in memory_of(second) for name, secret in secrets.items()
             if secret in region}
    assert found == set()
    assert not any(title.encode() in region for region in memory_of(second))
    # What was shown is found again by who unlocks.
    os.kill(second.pid, signal.SIGTERM)
    second.wait(20)
    vault = Vault(home)
    vault.unlock(PASSPHRASE)
    try:
        screen, place = vault.do(take_place) or ("", {})
        assert screen == "actions" and place["record"] == vault.ask(actions_of)[0].id
        assert vault.do(take_place) is None
    finally:
        vault.close()


def test_the_memory_of_carnet_is_closed_to_others() -> None:
    code = ("from desktop.base.system.memory import close_memory; import resource, os; assert "
            "close_memory(); print(resource.getrlimit(resource.RLIMIT_CORE), "
            "os.stat('/proc/self/mem').st_uid)")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          timeout=60, check=False)
    assert done.stdout.split() == ["(0,", "0)", "0"], done.stderr


def test_a_place_survives_as_it_was(vault: Vault) -> None:
    fill(vault)
    record = vault.ask(actions_of)[0].id
    place = {"record": record, "tab": 1, "note": {"item": record, "at": 12}}
    vault.do(keep_place, "meetings", place)
    assert vault.do(take_place) == ("meetings", place)
    assert vault.do(take_place) is None


def test_the_next_process_is_not_told_the_passphrase(qtbot: QtBot, home: Home) -> None:
    made, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    made.close()
    os.environ["CARNET_PASSPHRASE"] = PASSPHRASE
    process = psutil.Process(begin_process(home))
    assert "CARNET_PASSPHRASE" not in os.environ
    try:
        qtbot.waitUntil(lambda: raise_other(home), timeout=60_000)
        assert "CARNET_PASSPHRASE" not in process.environ()
    finally:
        process.terminate()
