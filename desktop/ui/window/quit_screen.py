"""The last exchange before the window goes: shown, short, and never a condition for going."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop.base.i18n import _
from desktop.ui.unlocking.first_page import centred
from desktop.ui.widgets.accessibility import announce
from desktop.ui.widgets.basics import Card, button, label
from desktop.ui.widgets.icons import pixmap
from desktop.ui.widgets.theme import scaled, tokens

if TYPE_CHECKING:
    from desktop.ui.screen.rounds import Rounds

LONGEST_MS = 5_000


class QuitScreen(QWidget):
    """Takes the place of the screens while what waits is sent; `over` when it is, when time is up,
    or at once if asked."""

    over = Signal()

    def __init__(self, rounds: "Rounds") -> None:
        super().__init__()
        self.setObjectName("page")
        self._rounds = rounds
        self._begun = self._ended = False
        card = Card(margins=32)
        card.setFixedWidth(scaled(440))
        card.box.setSpacing(10)
        sign = QLabel()
        sign.setPixmap(pixmap("refresh-cw", scaled(32), tokens().accent))
        card.box.addWidget(sign)
        title = _("Last sending…")
        card.box.addWidget(label(title, "title", wrap=True))
        words = _("What you wrote leaves for the shared folder: a few seconds at most. Nothing is "
                  "lost if you quit at once: it will leave next time.")
        card.box.addWidget(label(words, "muted", wrap=True))
        card.box.addSpacing(4)
        progress = QProgressBar()
        progress.setRange(0, 0)
        progress.setAccessibleName(title)
        card.box.addWidget(progress)
        card.box.addSpacing(4)
        self.at_once = button(_("Quit at once"), self._end)
        self.at_once.setAutoDefault(True)
        card.box.addWidget(self.at_once, 0, Qt.AlignmentFlag.AlignRight)
        box = QVBoxLayout(self)
        box.addStretch(2)
        box.addLayout(centred(card))
        box.addStretch(3)
        self.limit = QTimer(self)
        self.limit.setSingleShot(True)
        self.limit.timeout.connect(self._end)
        self.limit.start(LONGEST_MS)
        announce(self, f"{title} {words}")
        rounds.changed.connect(self._go_on)
        self._go_on()

    def _go_on(self) -> None:
        """One exchange more, after the one that may be under way; then it is over."""
        if self._rounds.course.running or self._ended:
            return
        if not self._begun and self._rounds.has_to_send():
            self._begun = True
            self._rounds.send_last()
            return
        self._end()

    def _end(self) -> None:
        if self._ended:
            return
        self._ended = True
        self.limit.stop()
        self._rounds.cancel()
        # Not from within: whoever hears it closes the window, and this page with it.
        QTimer.singleShot(0, self, self.over.emit)
