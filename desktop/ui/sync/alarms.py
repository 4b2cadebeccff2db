"""What the shared folder or a copy did that somebody should know of: said plainly, with what Carnet did and what to do."""

from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.sync.trust.alarms import WORDS, Alarm, acknowledge, alarms
from desktop.ui.screen.keyed import keeps_hand
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, Chip, button, empty_layout, label
from desktop.ui.widgets.layout.flow import Flow


class AlarmsCard(Card):
    """Shown only where there is something that nobody has acknowledged."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("To be looked at"))
        self.desk = desk
        self._lines = QVBoxLayout()
        self._lines.setSpacing(12)
        self.box.addLayout(self._lines)
        self._shown: list[Alarm] | None = None

    @keeps_hand
    def refresh(self) -> None:
        """Show those of now."""
        found = self.desk.vault.ask(alarms)
        if found == self._shown:
            return
        self._shown = found
        empty_layout(self._lines)
        self.setVisible(bool(found))
        for alarm in found:
            words = WORDS[alarm.kind]
            both = QVBoxLayout()
            both.setSpacing(2)
            line = Flow()
            line.add(label(_(words.what), wrap=True), 1, readable=200)
            line.add(Chip(long_date(datetime.fromisoformat(alarm.last).date(), weekday=False), "warn"))
            line.add(button(_("Seen"), partial(self._on_seen, alarm.kind), style="quiet", icon_name="check",
                            tip=_("Do not show it any more")))
            both.addLayout(line)
            both.addWidget(label(f"{_(words.did)} {_(words.do)}", "small", wrap=True))
            self._lines.addLayout(both)

    def _on_seen(self, kind: str) -> None:
        self.desk.vault.do(acknowledge, kind)
        self.refresh()
