"""«Remember on this computer»: without a keyring nothing breaks, and the real one keeps and gives
back the key."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.vault import Vault
from desktop.vault.keys import keychain
from tests.conftest import PASSPHRASE
from tests.keyrings import FAULTS, faulty_keyring

SCRIPT = """
import sys
from pathlib import Path
from desktop.base.paths import Home
from desktop.vault import Vault
from desktop.vault.keys import keychain

home = Home(Path(sys.argv[1]))
assert keychain.is_available(home)
assert keychain.recall(home) is None
vault = Vault(home)
vault.unlock(sys.argv[2])
keychain.remember(home, vault.data_key)
key = vault.data_key
vault.close()
recalled = keychain.recall(home)
assert recalled == key
vault.unlock_with_key(recalled)
assert vault.is_open and vault.damage() == []
vault.close()
assert keychain.recall(Home(home.folder.parent / "another")) is None
keychain.forget(home)
assert keychain.recall(home) is None
keychain.forget(home)
print("kept and forgotten")
"""


@pytest.fixture
def no_keyring() -> Iterator[None]:
    """As on a computer without one."""
    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    yield
    keyring.set_keyring(before)


@pytest.mark.usefixtures("no_keyring")
def test_without_a_keyring_the_passphrase_is_asked(home: Home) -> None:
    assert not keychain.is_available(home)
    assert keychain.recall(home) is None
    with pytest.raises(AppError, match="trousseau"):
        keychain.remember(home, b"\x01" * 32)


def test_the_keyring_of_the_system_keeps_the_key(vault: Vault, tmp_path: Path) -> None:
    vault.close()
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    root = Path(__file__).parents[2]
    for name in ("data", "run"):
        (tmp_path / name).mkdir(mode=0o700)
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path / "data"),
                   "XDG_RUNTIME_DIR": str(tmp_path / "run"),
                   "HOME": str(tmp_path), "PYTHONPATH": str(root)}
    environment.pop("PYTHON_KEYRING_BACKEND", None)
    done = subprocess.run(
        ["dbus-run-session", "--", "bash", "-c",
         'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@"',
         "bash",
         sys.executable, str(script), str(vault.home.folder), PASSPHRASE],
        env=environment, cwd=root, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.splitlines()[-1:] == ["kept and forgotten"], done.stderr


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_whatever_a_keyring_raises_is_one_sentence(home: Home, fault: Exception) -> None:
    with faulty_keyring() as faulty:
        keychain.remember(home, b"\x01" * 32)
        faulty.fault = fault
        assert keychain.recall(home) is None and not keychain.is_available(home)
        for gesture in (lambda: keychain.remember(home, b"\x01" * 32),
                        lambda: keychain.forget(home)):
            with pytest.raises(AppError, match="a refusé") as told:
                gesture()
            assert "phrase de passe" in told.value.hint
        faulty.fault = None
        assert keychain.recall(home) == b"\x01" * 32


@pytest.mark.parametrize("value", ["", "é", "AAA", "!!!!", "AAAA", "A" * 1_000_000])
def test_what_is_no_key_is_none(home: Home, value: str) -> None:
    with faulty_keyring() as faulty:
        keychain.remember(home, b"\x01" * 32)
        faulty.held = dict.fromkeys(faulty.held, value)
        assert keychain.recall(home) is None


@pytest.mark.parametrize("bus", ["unix:path=/nowhere/bus", "unix:abstract=nobody", "rubbish", ""])
def test_without_a_bus_the_passphrase_is_asked(home: Home, bus: str) -> None:
    script = ("import sys; from pathlib import Path; from desktop.base.paths import Home;"
              "from desktop.vault.keys import keychain; home = Home(Path(sys.argv[1]));"
              "print(keychain.recall(home), keychain.is_available(home))")
    environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus, "HOME": str(home.folder.parent)}
    environment.pop("PYTHON_KEYRING_BACKEND", None)
    done = subprocess.run([sys.executable, "-c", script, str(home.folder)], env=environment,
                          capture_output=True, text=True,
                          cwd=Path(__file__).parents[2], timeout=60, check=False)
    assert done.stdout.split() == ["None", "False"], done.stderr
