"""Run under a private gnome-keyring: the settings remember the key, the locked screen opens with
it, and it is forgotten."""

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer

from desktop.app import run
from desktop.base.home.settings import load_settings
from desktop.base.paths import Home
from desktop.ui.settings.workspace import SettingsWorkspace
from desktop.ui.unlocking.unlock import UnlockScreen
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Cost, Vault
from desktop.vault.keys import keychain


def fall(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell the fault and leave at once."""
    traceback.print_exception(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)


def main() -> None:
    """keyring_day FOLDER"""
    home = Home(Path(sys.argv[1]))
    vault, _code = Vault.create(home, "x" * 12, cost=Cost.TEST)
    last = time.monotonic() + 40

    def day(window: MainWindow) -> Iterator[Callable[[], bool]]:
        window.go("settings")
        page = window.current
        assert isinstance(page, SettingsWorkspace)
        page.secrets.keyring.setChecked(True)
        yield lambda: load_settings(home).keyring and window.current is not None
        assert keychain.recall(home) == vault.data_key
        window.lock()
        screen = window.root.currentWidget()
        assert isinstance(screen, UnlockScreen) and screen.keyring_button.isVisible()
        screen.unlock_with_keyring()
        yield lambda: window.current is not None
        page = window.current
        assert isinstance(page, SettingsWorkspace)
        page.secrets.keyring.setChecked(False)
        yield lambda: not load_settings(home).keyring
        assert keychain.recall(home) is None
        print("kept, opened, forgotten")

    def ready(window: MainWindow) -> None:
        # What the lock does to this process has a story of its own: here it opens again.
        window.succession = None
        # The crash window would wait for a hand: the fault is told and the day ends.
        sys.excepthook = fall
        steps = day(window)
        until: list[Callable[[], bool]] = [lambda: True]

        def look() -> None:
            if time.monotonic() < last and not until[0]():
                QTimer.singleShot(20, look)
                return
            try:
                until[0] = next(steps)
            except StopIteration:
                window.close()
                return
            QTimer.singleShot(20, look)

        QTimer.singleShot(0, look)

    sys.exit(run(home, vault, ready))


if __name__ == "__main__":
    main()
