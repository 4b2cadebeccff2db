"""For the coordination: « the computer of X asks to erase 312 records », to be answered."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.models import authority
from desktop.sync.merging.held_erasures import HeldErasure, held_erasures
from desktop.sync.trust import state
from desktop.tasks.held_erasures import answer_erasures
from desktop.ui.screen.keyed import keeps_hand
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, Last, button, empty_layout, label
from desktop.ui.widgets.layout.flow import Flow


class HeldErasuresCard(Card):
    """Shown only where something waits for an answer that this computer may give."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Many records to erase"))
        self.desk = desk
        self._last = Last()
        self.box.addWidget(label(_("So many at once are not erased unasked. Nobody can undo it."),
                                 "muted", wrap=True))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.box.addLayout(self._lines)
        self.hide()

    @keeps_hand
    def refresh(self) -> None:
        """Show what waits now."""
        vault = self.desk.vault
        found = vault.ask(held_erasures) if vault.identity.roles & authority.COORDINATION else []
        roster = vault.ask(state.current_roster) if found else None
        if not self._last.is_news((found, roster and roster.number)):
            return
        empty_layout(self._lines)
        self.setVisible(bool(found))
        for one in found:
            device = roster.device(one.device) if roster is not None else None
            name = (device.name if device is not None and device.name
                    else _("a computer that is not known"))
            self._lines.addLayout(self._line(one, name))

    def _line(self, one: HeldErasure, name: str) -> Flow:
        line = Flow(8)
        line.add(label(ngettext("The computer of {name} asks to erase {count} record for good.",
                                "The computer of {name} asks to erase {count} records for good.",
                                one.count).format(name=name, count=one.count), wrap=True), 1,
                 readable=260)
        # What changes nothing comes first: an Enter too many must not erase.
        line.add(button(_("Keep them"), partial(self.answer, one, False)))
        line.add(button(_("Erase them"), partial(self.answer, one, True), style="danger"))
        return line

    def answer(self, one: HeldErasure, erase: bool) -> None:
        """Give the coordination's answer."""
        try:
            count = answer_erasures(self.desk.vault, one, erase=erase)
        except AppError as error:
            self.desk.messages.error(error)
            return
        self.desk.messages.say(
            ngettext("{count} record was erased for good.", "{count} records were erased for good.",
                     count).format(count=count) if erase else _("They are kept."))
        if erase:
            self.desk.vault.clear_log()
        self.refresh()
