"""The lock ends the process that held the key: another one, which never had it, asks for the
passphrase in its place.

Python frees no byte on command: keys and texts stay in the memory of a process until it ends (seen
for 45 s after the lock).
"""

import base64
import binascii
import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, QProcess, QTimer
from PySide6.QtWidgets import QWidget

from desktop.base.log import log
from desktop.base.paths import Home
from desktop.ui.window.single_instance import raise_other

if TYPE_CHECKING:
    from desktop.vault.vault import Vault

WITHIN_S = 2.0
"""Seconds after which a process that was locked ends, whatever its successor does."""
LOOK_MS = 50
GEOMETRY = "CARNET_WINDOW_GEOMETRY"
"""Where and how large the window of the predecessor was; base64 of QWidget.saveGeometry."""
NOT_HANDED_ON = ("CARNET_PASSPHRASE", "CARNET_NEW_PASSPHRASE", "CARNET_STORE_PASSWORD")


def begin_process(home: Home, geometry: bytes = b"") -> int:
    """Begin another process over a profile, which asks for the passphrase; return its id, 0 if it
    could not begin."""
    command = ([sys.executable] if getattr(sys, "frozen", False)
               else [sys.executable, "-m", "desktop"])
    # Whoever started this one unlocked, by a variable, did not ask that the lock be opened by it
    # again.
    for name in NOT_HANDED_ON:
        os.environ.pop(name, None)
    if geometry:
        os.environ[GEOMETRY] = base64.b64encode(geometry).decode()
    begun, process_id = QProcess.startDetached(command[0],
                                               [*command[1:], "--home", str(home.folder)], "")
    os.environ.pop(GEOMETRY, None)
    return int(process_id) if begun else 0


def take_geometry(window: QWidget) -> bool:
    """Stand where the window of the predecessor stood; whether it said where."""
    given = os.environ.pop(GEOMETRY, "")
    try:
        return (bool(given)
                and window.restoreGeometry(QByteArray(base64.b64decode(given, validate=True))))
    except binascii.Error:
        return False


class Succession(QObject):
    """What passes from the process that was locked to the next: the place in the vault, the
    window's; nothing else."""

    def __init__(self, window: QWidget, end: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._end = window, end
        self._home: Home | None = None
        self._until = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def keep(self, vault: "Vault", screen: str, place: dict[str, Any]) -> None:
        """Keep where the person is, in the vault: the next process finds it when it is unlocked."""
        from desktop.commands.drafts import keep_place

        vault.do(keep_place, screen, place)

    def take(self, vault: "Vault") -> tuple[str, dict[str, Any]] | None:
        """Return the screen and the place that the process before kept, once."""
        from desktop.commands.drafts import take_place

        return vault.do(take_place)

    def give_way(self, home: Home) -> bool:
        """Begin the next process and end when it shows itself, or after WITHIN_S; False if none can
        be begun."""
        if not begin_process(home, bytes(self._window.saveGeometry().data())):
            log.error("no process could be begun in the place of the one that was locked")
            return False
        # Nothing more is typed into this one.
        self._window.setEnabled(False)
        self._home, self._until = home, time.monotonic() + WITHIN_S
        self._timer.start()
        return True

    def _look(self) -> None:
        if self._home is None or raise_other(self._home) or time.monotonic() > self._until:
            self._timer.stop()
            self._end()
