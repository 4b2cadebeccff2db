"""The log of one profile: ids and counts, never a name or a text."""

import logging

from desktop.base.paths import Home

log = logging.getLogger("carnet")
_FILE = "carnet-file"


def _files() -> list[logging.Handler]:
    return [handler for handler in log.handlers if handler.name == _FILE]


def close_log() -> bool:
    """Let go of the file; whether one was open."""
    found = _files()
    for handler in found:
        log.removeHandler(handler)
        handler.close()
    return bool(found)


def move_log(home: Home) -> None:
    """Write for another profile from now on, where a log is written at all."""
    if close_log():
        open_log(home)


def open_log(home: Home) -> None:
    """Write warnings and steps to a small rotating file under the profile."""
    # Imported here: a window that is not shown yet does not wait for what writes its log.
    from logging.handlers import RotatingFileHandler

    if _files():
        return
    home.log_dir.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(home.log_dir / "carnet.log", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True)
    handler.name = _FILE
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
