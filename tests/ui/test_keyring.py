"""A keyring that fails asks for the passphrase, with one sentence; the window lives."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.base.home.settings import load_settings
from desktop.base.paths import Home
from desktop.ui.settings.workspace import SettingsWorkspace
from desktop.ui.unlocking.unlock import UnlockScreen
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.keyrings import FAULTS, faulty_keyring
from tests.window import settle, shown, type_into

SOME = [fault for fault in FAULTS if type(fault).__name__
        in ("DBusErrorResponse", "LockedException", "OSError", "RuntimeError")]


@pytest.mark.parametrize("fault", SOME, ids=lambda fault: type(fault).__name__)
def test_the_window_lives_when_the_keyring_fails(qtbot: QtBot, home: Home, vault: Vault,
                                                 fault: Exception) -> None:
    with faulty_keyring() as faulty, shown(home, vault) as window:
        window.go("settings")
        page = window.current
        assert isinstance(page, SettingsWorkspace)
        faulty.fault = fault
        page.secrets.keyring.setChecked(True)
        qtbot.waitUntil(lambda: "a refusé" in page.secrets.told.text(), timeout=20_000)
        assert not page.secrets.keyring.isChecked() and not load_settings(home).keyring
        faulty.fault = None
        page.secrets.keyring.setChecked(True)
        qtbot.waitUntil(lambda: load_settings(home).keyring, timeout=20_000)
        settle()
        window.lock()
        screen = window.root.currentWidget()
        assert isinstance(screen, UnlockScreen)
        faulty.fault = fault
        screen.unlock_with_keyring()
        qtbot.waitUntil(lambda: screen.error.isVisible(), timeout=20_000)
        assert ("phrase de passe" in screen.error.text() and screen.secret.isEnabled()
                and window.current is None)
        type_into(screen.secret, PASSPHRASE + "\n")
        qtbot.waitUntil(lambda: window.current is not None, timeout=20_000)
        page = window.current
        assert isinstance(page, SettingsWorkspace)
        page.secrets.keyring.setChecked(False)
        qtbot.waitUntil(lambda: not load_settings(home).keyring, timeout=20_000)
        settle()
        assert window.isVisible() and vault.is_open
