"""One window a profile: a second start raises the first, and ends."""

import hashlib
from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.base.log import log
from desktop.base.paths import Home

PATIENCE_MS = 1_000
_WORD = b"raise"


def _name(home: Home) -> str:
    # The name says nothing of the place; the socket lies in the system's own folder.
    return "carnet-" + hashlib.sha256(str(home.folder.resolve()).encode()).hexdigest()[:24]


def raise_other(home: Home) -> bool:
    """Whether another window of this profile is open; it was asked to show itself."""
    # QtNetwork is imported only where a window was open here: the first screen must not wait for
    # it.
    if not home.window_mark.exists():
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(_name(home))
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(_WORD)
    socket.waitForBytesWritten(PATIENCE_MS)
    socket.disconnectFromServer()
    return True


class Doorbell(QObject):
    """Listens while the window is open; `rung` is called when a second start asks for it."""

    def __init__(self, home: Home, rung: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        from PySide6.QtNetwork import QLocalServer

        self._home = home
        self._rung = rung
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # What a killed window left behind would refuse us; the vault's own lock is what keeps two
        # apart.
        QLocalServer.removeServer(_name(home))
        if not self._server.listen(_name(home)):
            log.warning("a second start will not raise this window")
            return
        self._server.newConnection.connect(self._on_connection)
        try:
            home.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            home.window_mark.touch()
        except OSError:
            log.warning("a second start will not raise this window")

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self._rung()

    def close(self) -> None:
        """Stop listening."""
        self._server.close()
        self._home.window_mark.unlink(missing_ok=True)
