"""When the person leaves: the desktop's own lock and screen saver, and sleep. Where the desktop says nothing, nothing is lost."""

import sys

from PySide6.QtCore import SLOT, QObject, Signal, Slot

from desktop.base.log import log

SLEEP = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
SAVERS = (("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged"),
          ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged"))


class Presence(QObject):
    """Emits `left` when the computer is about to sleep or its screen is locked. `heard` counts the sources that answer."""

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
                # An empty service: the signal is heard whoever owns the name, and whenever it comes.
                # PySide's stub asks for bytes here, and its code for text.
                self.heard += bus.connect("", path, interface, signal, self, SLOT("_on_away(bool)"))  # type: ignore[call-overload]
        log.info("presence: %d sources", self.heard)

    @Slot(bool)
    def _on_away(self, away: bool) -> None:
        if away:
            self.left.emit()
