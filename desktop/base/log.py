"""The log of one profile: ids and counts, never a name or a text."""

import logging
import traceback

from desktop.base.errors import AppError
from desktop.base.i18n import _
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
    handler = RotatingFileHandler(home.log_dir / "carnet.log", maxBytes=500_000, backupCount=2,
                                  encoding="utf-8", delay=True)
    handler.name = _FILE
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def report_of(error: BaseException) -> str:
    """Write where a bug happened, a line a place: kinds and places only, never a value or a
    message."""
    return "\n".join(
        [type(error).__name__, *(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}"
                                 for frame in traceback.extract_tb(error.__traceback__))])


def unexpected(error: BaseException) -> AppError:
    """Log a bug that ended one gesture, and return the sentence that tells its person so."""
    log.error("bug %s", report_of(error).replace("\n", " < "))
    return AppError(_("Carnet met an error of its own: this gesture was not done to its end."),
                    _("What you had written is kept. The report of it is in Settings, under "
                      "Diagnostics."))
