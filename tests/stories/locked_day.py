"""A window in a process of its own: unlocked, it goes to an action, then locks itself. Told its
profile by its argument."""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from desktop.app import run
from desktop.base.paths import Home
from desktop.base.system.memory import close_memory
from desktop.queries.actions import actions_of
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.conftest import PASSPHRASE


def main() -> int:
    """Unlock, open a record, lock; end as the lock says."""
    close_memory()
    home = Home(Path(sys.argv[1]))
    vault = Vault(home)
    vault.unlock(PASSPHRASE)

    def day(window: MainWindow) -> None:
        window.go("actions", vault.ask(actions_of)[0].id)
        print("open", flush=True)
        QTimer.singleShot(300, window.lock)

    return run(home, vault, day)


if __name__ == "__main__":
    sys.exit(main())
