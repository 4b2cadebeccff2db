"""The trust strip at the bottom of the window: what is kept here, what waits, the last exchange;
from receipts only."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar

from desktop.base.i18n import _
from desktop.queries.sync import sync_state
from desktop.ui.screen.exchange_words import running_sign, sign_of
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Elided, button, reword
from desktop.ui.widgets.icons import pixmap
from desktop.ui.widgets.theme import tokens

SOON_MS = 150


class TrustStrip(QFrame):
    """One line, always visible; its button opens the screen that says what waits."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.desk = desk
        self.sign = QLabel()
        self.words = Elided("", "small")
        self.progress = QProgressBar()
        self.progress.setFixedWidth(120)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(_("Progress of the exchange"))
        self.cancel_button = button("", desk.rounds.cancel, style="quiet", icon_name="x",
                                    tip=_("Stop the exchange"))
        self.progress.hide()
        self.cancel_button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 3, 16, 3)
        row.setSpacing(8)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        row.addWidget(self.progress)
        row.addWidget(self.cancel_button)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self.look_button = button(_("What waits"), lambda: desk.go("sync"), style="quiet",
                                  icon_name="inbox")
        row.addWidget(self.look_button)
        desk.rounds.changed.connect(self._on_course)

    def _on_course(self) -> None:
        course = self.desk.rounds.course
        self.progress.setVisible(course.running)
        self.cancel_button.setVisible(course.running)
        self.progress.setRange(0, course.whole)
        self.progress.setValue(course.done)
        self.refresh_soon()

    def refresh_soon(self) -> None:
        """Ask the vault again in a moment: once for a run of quick gestures."""
        if not self._soon.isActive():
            self._soon.start()

    def refresh(self) -> None:
        """Ask the vault again."""
        if not self.desk.vault.is_open:
            return
        course = self.desk.rounds.course
        # While one runs nothing need be asked: the vault is busy with it.
        state = None if course.running else self.desk.vault.ask(sync_state)
        sign = running_sign(course) if state is None else sign_of(
            state, course, self.desk.today())
        if state is not None:
            reword(self.look_button, _("To be looked at") if state.alarms else _("What waits"))
        self.words.set_whole(sign.words)
        self.setAccessibleName(sign.words)
        t = tokens()
        colour = {"ok": t.ok, "warn": t.warn, "accent": t.accent}.get(sign.tone, t.muted)
        self.sign.setPixmap(pixmap(sign.icon, 16, colour))
