"""The trust strip at the bottom of the window: what is kept here, what waits to be sent; never hopeful."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from desktop.base.i18n import _, ngettext
from desktop.queries.today import waiting_of
from desktop.ui.theme import tokens
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.icons import pixmap
from desktop.ui.workspace import Desk


class TrustStrip(QFrame):
    """One line, always visible; its button opens the screen that says what waits."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.desk = desk
        self.sign = QLabel()
        self.words = label("", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(button(_("What waits"), lambda: desk.go("sync"), style="quiet"))

    def refresh(self) -> None:
        """Ask the vault again."""
        count = self.desk.vault.ask(waiting_of).total
        parts = [_("Everything is kept on this computer")]
        if count:
            parts.append(ngettext("{count} change to send", "{count} changes to send", count).format(count=count))
        else:
            parts.append(_("nothing to send"))
        text = " · ".join(parts)
        self.words.setText(text)
        self.setAccessibleName(text)
        t = tokens()
        self.sign.setPixmap(pixmap("shield-check", 16, t.ok))
