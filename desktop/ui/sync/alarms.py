"""What the shared folder or a copy did that somebody should know of: said plainly, with what Carnet
did and what to do."""

from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.sync.trust.alarms import EMPTIED, WORDS, Alarm, acknowledge, alarms
from desktop.tasks.place import fill_again
from desktop.ui.jobs.lanes import Lane
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
            line.add(
                Chip(long_date(datetime.fromisoformat(alarm.last).date(), weekday=False), "warn"))
            if alarm.kind == EMPTIED:
                line.add(button(_("Fill this folder"), self.fill, icon_name="cloud-upload",
                                tip=_("Put there all that this computer holds")))
            line.add(button(_("Seen"), partial(self._on_seen, alarm.kind), style="quiet",
                            icon_name="check",
                            tip=_("Do not show it any more")))
            both.addLayout(line)
            both.addWidget(label(f"{_(words.did)} {_(words.do)}", "small", wrap=True))
            self._lines.addLayout(both)

    def fill(self) -> None:
        """Fill the shared folder, which is empty, with what this computer holds, then exchange."""
        vault, stopped = self.desk.vault, self.desk.jobs.stopping.is_set
        self.desk.messages.say(_("Exchanging with the shared folder…"))
        self.desk.jobs.run(Lane.EXCHANGE, lambda: fill_again(vault, stopped), self._on_filled,
                           self.desk.messages.error, owner=self, again=False)

    def _on_filled(self, _done: None) -> None:
        if self.desk.vault.is_open:
            self.refresh()
            self.desk.rounds.store_changed()
            self.desk.rounds.exchange()

    def _on_seen(self, kind: str) -> None:
        self.desk.vault.do(acknowledge, kind)
        self.refresh()
