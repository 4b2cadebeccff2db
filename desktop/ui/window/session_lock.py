"""When the person leaves: the desktop's own lock and screen saver, and sleep. Where the desktop
says nothing, nothing is lost."""

import os
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QObject, Signal, Slot

from desktop.base.log import log

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

LOGIN = "org.freedesktop.login1"
SLEEP = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
SAVERS = (("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged"),
          ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged"))


def _own_session() -> str:
    """Where login1 keeps this session; empty, which means any, where it has no name."""
    name = os.environ.get("XDG_SESSION_ID", "")
    # A path of D-Bus holds letters and figures, and does not begin with a figure.
    escaped = "".join(c if c.isascii() and c.isalnum() and (at or c.isalpha()) else f"_{ord(c):02x}"
                      for at, c in enumerate(name))
    return f"/org/freedesktop/login1/session/{escaped}" if name else ""


class SessionWatcher(QObject):
    """Emits `left` when the computer is about to sleep or its screen is locked. `heard` counts the
    signals listened to."""

    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heard = 0
        if sys.platform != "linux":
            return
        # Imported here: the first screen must not wait for it.
        from PySide6.QtDBus import QDBusConnection

        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        for bus, sources in ((system, (SLEEP,)), (session, SAVERS)):
            if not bus.isConnected():
                continue
            for path, interface, signal in sources:
                # An empty service: the signal is heard whoever owns the name, and whenever it
                # comes.
                self.heard += self._listen(bus, path, interface, signal, "_on_away(bool)")
        if system.isConnected():
            self.heard += self._listen(system, _own_session(), LOGIN + ".Session", "Lock",
                                       "_on_lock()")
        log.info("presence: %d sources", self.heard)

    def _listen(self, bus: "QDBusConnection", path: str, interface: str, signal: str,
                slot: str) -> bool:
        # PySide's stub asks for bytes, its code (6.11) for text; the window must open with the one
        # and with the other.
        for name in (SLOT(slot), SLOT(slot).encode()):
            try:
                return bus.connect("", path, interface, signal, self, name)  # type: ignore[arg-type]
            except (TypeError, ValueError):
                continue
        log.warning("presence: %s is not heard", signal)
        return False

    def answers(self) -> bool:
        """Whether something on this desktop says when the session locks or the computer sleeps;
        asks the buses."""
        if not self.heard:
            return False
        from PySide6.QtDBus import QDBusConnection

        for bus, names in ((QDBusConnection.systemBus(), [LOGIN]),
                           (QDBusConnection.sessionBus(),
                            [interface for _path, interface, _signal in SAVERS])):
            interface = bus.interface() if bus.isConnected() else None
            if (interface is not None
                and set(names) & set(interface.registeredServiceNames().value())):
                return True
        return False

    @Slot()
    def _on_lock(self) -> None:
        self.left.emit()

    @Slot(bool)
    def _on_away(self, away: bool) -> None:
        if away:
            self.left.emit()
