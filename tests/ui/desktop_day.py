"""Run under a private bus, on which `NAME` is owned or nothing is: prints what the settings say of
the desktop's lock."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtDBus import QDBusConnection

from desktop.app import run
from desktop.base.paths import Home
from desktop.ui.settings.workspace import SettingsWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Cost, Vault


def main() -> None:
    """desktop_day FOLDER NAME"""
    vault, _code = Vault.create(Home(Path(sys.argv[1])), "x" * 12, cost=Cost.TEST)
    if sys.argv[2]:
        assert QDBusConnection.sessionBus().registerService(sys.argv[2])

    def say(window: MainWindow) -> None:
        window.go("settings")
        page = window.current
        assert isinstance(page, SettingsWorkspace)
        print(page.desktop.text())
        window.close()

    # After `prepare`, which is queued behind this.
    sys.exit(run(vault.home, vault, lambda window: QTimer.singleShot(0, lambda: say(window))))


if __name__ == "__main__":
    main()
