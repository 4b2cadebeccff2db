"""The trust strip at the bottom of the window: what is kept here, what waits, the last exchange; from receipts only."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from desktop.base.dates_fr import DAYS_FR, short_date, time_of
from desktop.base.i18n import _, language, ngettext
from desktop.queries.sync import SyncState, sync_state
from desktop.ui.theme import tokens
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.icons import pixmap
from desktop.ui.workspace import Desk


def when_words(moment: datetime) -> str:
    """The day and the hour, in this computer's time: mar. 14 h 02, or the date when it is more than six days ago."""
    here = moment.astimezone() if moment.tzinfo else moment
    days = (datetime.now().date() - here.date()).days
    day = DAYS_FR[here.weekday()][:3] + "." if language() == "fr" else f"{here:%a}"
    return f"{day if 0 <= days < 7 else short_date(here.date())} {time_of(here)}"


def trust_words(state: SyncState) -> str:
    """What the strip says."""
    parts = [_("Everything is kept on this computer")]
    if state.to_send:
        parts.append(ngettext("{count} change to send", "{count} changes to send", state.to_send)
                     .format(count=state.to_send))
    elif state.last_success is not None:
        parts.append(_("nothing to send"))
    if state.last_success is not None:
        parts.append(_("last exchange {when}").format(when=when_words(state.last_success)))
    elif state.store is None:
        parts.append(_("no shared folder chosen"))
    else:
        parts.append(_("never exchanged yet"))
    return " · ".join(parts)


SOON_MS = 150


class TrustStrip(QFrame):
    """One line, always visible; its button opens the screen that says what waits."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.desk = desk
        self.sign = QLabel()
        self.words = label("", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 3, 16, 3)
        row.setSpacing(8)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words)
        row.addStretch(1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._refresh_open)
        row.addWidget(button(_("What waits"), lambda: desk.go("sync"), style="quiet", icon_name="inbox"))

    def refresh_soon(self) -> None:
        """Ask the vault again in a moment: once for a run of quick gestures."""
        if not self._soon.isActive():
            self._soon.start()

    def _refresh_open(self) -> None:
        if self.desk.vault.is_open:
            self.refresh()

    def refresh(self) -> None:
        """Ask the vault again."""
        state = self.desk.vault.ask(sync_state)
        text = trust_words(state)
        self.words.setText(text)
        self.setAccessibleName(text)
        waiting = state.to_send > 0 or state.last_success is None
        self.sign.setPixmap(pixmap("cloud-upload" if waiting else "shield-check", 16,
                                   tokens().warn if waiting else tokens().ok))
