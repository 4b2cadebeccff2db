"""What helps whoever looks after Carnet, and names nobody: versions, sizes, counts, the last lines
of the log."""

import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, version

from desktop import __version__
from desktop.queries.about import sqlite_version
from desktop.queries.digest import counts_of
from desktop.queries.sync import sync_state
from desktop.vault import Vault

LIBRARIES = ("PySide6", "SQLAlchemy", "sqlcipher3-wheels", "sqlcipher3", "pycrdt", "pyrage",
             "reportlab", "keyring")
LINES = 60
_PATHS = re.compile(r"(?:[A-Za-z]:)?(?:[/\\][^\s:,;'\"]+){2,}")


def report(vault: Vault) -> str:
    """Return the text, to be read before it is given to anyone."""
    lines = [f"Carnet {__version__}",
             f"Python {platform.python_version()} {sys.platform} {platform.machine()}",
             f"{platform.system()} {platform.release()}", f"SQLite {vault.ask(sqlite_version)}"]
    for name in LIBRARIES:
        try:
            lines.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    lines += ["", f"vault: {vault.home.database.stat().st_size // 1024} KiB"]
    lines += [f"{kind}: {count}" for kind, count in vault.ask(counts_of).items()]
    state = vault.ask(sync_state)
    scheme = (state.store or "none").split(":")[0]
    lines += ["", f"store: {scheme}", f"to send: {state.to_send}",
              f"packages waiting: {state.packages_waiting}",
              f"unread: {state.unread}", f"refused: {state.refused}", f"devices: {state.devices}",
              f"last success: {state.last_success or 'never'}", "", "log:"]
    try:
        text = (vault.home.log_dir / "carnet.log").read_text("utf-8")
    except FileNotFoundError:
        text = ""
    # The log holds ids and counts; a path could still name the person whose session this is.
    lines += [_PATHS.sub("…", line) for line in text.splitlines()[-LINES:]]
    return "\n".join(lines) + "\n"
