"""What the shared folder or a copy did that somebody should know of: said plainly, with what Carnet did and what to do."""

from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from desktop.base.dates_fr import long_date
from desktop.base.i18n import N_, _
from desktop.sync.alarms import FORGED, FORK, HOLDERS, NEWER, OMISSION, OUTSIDE, ROLLBACK, Alarm, acknowledge, alarms
from desktop.ui.widgets.basics import Card, Chip, button, empty_layout, label
from desktop.ui.widgets.flow import Flow
from desktop.ui.workspace import Desk

WORDS = {
    ROLLBACK: (N_("The shared folder shows less than it had"),
               N_("An older copy of it was probably put back. Carnet sent again what this computer holds: nothing is lost."),
               N_("Ask whoever looks after the server what was restored, and ask everybody to exchange once.")),
    OMISSION: (N_("The shared folder hides something from this computer"),
               N_("Colleagues have read packages that it does not show here. Carnet goes on asking for them."),
               N_("Compare the six words with a colleague after an exchange; if they differ, carry a USB key between you.")),
    FORK: (N_("Two copies of one computer wrote at the same time"),
           N_("A profile was copied or put back from an older day. The copies have parted ways, and nothing of either is lost."),
           N_("If nobody did that on purpose, ask whose computer it is: somebody may hold a copy.")),
    HOLDERS: (N_("Two computers held the coordination at the same time"),
              N_("Each changed the list of computers. All follow the same list now; what was done on the other one is done again "
                 "when a computer that holds the coordination exchanges."),
              N_("Agree on the one that keeps it and delete the copy, or hand the coordination over. Then look at the list of "
                 "computers, and try the kit.")),
    OUTSIDE: (N_("A newer list of computers is not for this one"),
              N_("Two computers may hold the coordination, or a strange file lies on the shared folder. This computer goes on "
                 "and waits; nothing that was written here is lost."),
              N_("Ask the coordination whether this computer is on its list; if not, it lets it in again.")),
    FORGED: (N_("Somebody laid a false list of computers on the shared folder"),
             N_("The coordination did not sign it: Carnet passed it over and goes on with the true one."),
             N_("It takes the password of the shared folder to do this: have it changed, and tell the coordination.")),
    NEWER: (N_("Something on the shared folder was made by a newer Carnet"),
            N_("This computer cannot read it, and goes on with the rest."),
            N_("Update Carnet on this computer: it will be read then, and nothing is lost.")),
}


class AlarmsCard(Card):
    """Shown only where there is something that nobody has acknowledged."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("To be looked at"))
        self.desk = desk
        self._lines = QVBoxLayout()
        self._lines.setSpacing(12)
        self.box.addLayout(self._lines)
        self._shown: list[Alarm] | None = None

    def refresh(self) -> None:
        """Show those of now."""
        found = self.desk.vault.ask(alarms)
        if found == self._shown:
            return
        self._shown = found
        empty_layout(self._lines)
        self.setVisible(bool(found))
        for alarm in found:
            what, did, do = WORDS[alarm.kind]
            both = QVBoxLayout()
            both.setSpacing(2)
            line = Flow()
            line.add(label(_(what), wrap=True), 1, readable=200)
            line.add(Chip(long_date(datetime.fromisoformat(alarm.last).date(), weekday=False), "warn"))
            line.add(button(_("Seen"), partial(self._on_seen, alarm.kind), style="quiet", icon_name="check",
                            tip=_("Do not show it any more")))
            both.addLayout(line)
            both.addWidget(label(f"{_(did)} {_(do)}", "small", wrap=True))
            self._lines.addLayout(both)

    def _on_seen(self, kind: str) -> None:
        self.desk.vault.do(acknowledge, kind)
        self.refresh()
