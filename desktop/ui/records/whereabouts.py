"""How far a record has gone: here, on its way, with so many colleagues; said anew when an exchange
ends."""

import uuid

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from desktop.base.i18n import _
from desktop.sync.merging.whereabouts import HERE, RECEIVED, SENT, TO_SEND, whereabouts
from desktop.sync.trust.links import own_key
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.icons import pixmap

SOON_MS = 400
SIGNS = {HERE: "laptop", TO_SEND: "cloud-upload", SENT: "circle-check", RECEIVED: "circle-check"}


class Where(QLabel):
    """The words for one record, hidden where there is nothing to say; `brief`: a sign, which says
    them when asked."""

    def __init__(self, desk: Desk, brief: bool = False) -> None:
        super().__init__()
        self._desk, self._brief = desk, brief
        self._record: tuple[str, uuid.UUID] | None = None
        self.setObjectName("small")
        self.setWordWrap(True)
        desk.rounds.changed.connect(self._on_course)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.refresh)

    def show_record(self, kind: str, record_id: uuid.UUID) -> None:
        """Say where this one is."""
        self._record = kind, record_id
        self.refresh()

    def refresh_soon(self) -> None:
        """Something of it was changed: say it anew, when the hand rests; the end of an exchange
        under way says it."""
        if not self._desk.rounds.course.running:
            self._soon.start()

    def _on_course(self) -> None:
        if self._record is not None:
            self.refresh_soon()

    def refresh(self) -> None:
        """Say it as it is known now."""
        vault = self._desk.vault
        if self._record is None or not vault.is_open:
            return
        found = vault.ask(whereabouts, own_key(vault), *self._record)
        words = found.words()
        if self._brief:
            self.setPixmap(pixmap(SIGNS[found.place], 16))
            self.setToolTip(words)
        else:
            self.setText(words)
        self.setAccessibleName(_("Exchange"))
        self.setAccessibleDescription(words)
        self.setVisible(bool(words))
