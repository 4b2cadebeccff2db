"""When a network comes back: what the computer says of it, as a hint. Where it says nothing,
nothing changes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from desktop.base.log import log

if TYPE_CHECKING:
    from PySide6.QtNetwork import QNetworkInformation

UNKNOWN, DISCONNECTED = 0, 1
"""As Qt numbers them; then this computer's network, the site's, and all."""


class Network(QObject):
    """Emits `came_back` when more can be reached than before. `hears`: whether this computer tells
    at all."""

    came_back = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Imported here: the first screen must not wait for it.
        from PySide6.QtNetwork import QNetworkInformation

        QNetworkInformation.loadDefaultBackend()
        told = QNetworkInformation.instance()
        self.hears = told is not None and told.supports(QNetworkInformation.Feature.Reachability)
        self._reach = told.reachability().value if self.hears else UNKNOWN
        if self.hears:
            told.reachabilityChanged.connect(self._on_reach)
        log.info("network: %s", told.backendName() if told is not None else "not told")

    @Slot(object)
    def _on_reach(self, reach: "QNetworkInformation.Reachability") -> None:
        self.note(reach.value)

    def note(self, reach: int) -> None:
        """Note what can be reached now. From not to perhaps is better too; from perhaps to all is
        no news."""
        before, self._reach = self._reach, reach
        lost = before == DISCONNECTED
        if (lost and reach != DISCONNECTED) or (DISCONNECTED < before < reach):
            self.came_back.emit()
