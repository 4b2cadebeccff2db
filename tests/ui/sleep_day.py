"""Run under a private bus: an open window, and the desktop says that the screen locks. Prints
whether the vault locked."""

import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer

from desktop.app import run
from desktop.base.paths import Home
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Cost, Vault

SIGNALS = {
    "session": ["dbus-send", "--session", "--type=signal", "/org/freedesktop/ScreenSaver",
                "org.freedesktop.ScreenSaver.ActiveChanged", "boolean:true"],
    "system": ["dbus-send", "--system", "--type=signal", "/org/freedesktop/login1",
               "org.freedesktop.login1.Manager.PrepareForSleep", "boolean:true"],
    "lock": ["dbus-send", "--system", "--type=signal", "/org/freedesktop/login1/session/_32",
             "org.freedesktop.login1.Session.Lock"],
}


def main() -> None:
    """sleep_day FOLDER session|system|lock"""
    vault, _code = Vault.create(Home(Path(sys.argv[1])), "x" * 12, cost=Cost.TEST)
    last = time.monotonic() + 20

    def look(window: MainWindow) -> None:
        if not vault.is_open or time.monotonic() > last:
            print("locked" if not vault.is_open else "open")
            window.close()
            return
        QTimer.singleShot(20, lambda: look(window))

    def ready(window: MainWindow) -> None:
        window.succession = None
        # After `prepare`, which is queued behind this.
        QTimer.singleShot(0,
                          lambda: (subprocess.run(SIGNALS[sys.argv[2]], check=True), look(window)))

    sys.exit(run(vault.home, vault, ready))


if __name__ == "__main__":
    main()
