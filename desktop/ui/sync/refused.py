"""What of the others was not taken, and why, in words; nothing of it is lost, and most of it mends
itself."""

from PySide6.QtWidgets import QVBoxLayout

from desktop.base.i18n import N_, _, ngettext
from desktop.queries.sync import refused_of
from desktop.sync.packages.bounds import TOO_NEW
from desktop.ui.screen.keyed import keeps_hand
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, Last, empty_layout, label

SHOWN = 8
WAITS = (N_("Something before it has not arrived yet."),
         N_("Nothing to do: whoever holds it puts it back at the next exchange."))
SPOILT = (N_("It was cut short or spoilt on the shared folder."),
          N_("Nothing to do: whoever holds it puts it back at the next exchange."))
KEY = (N_("The key that opens it has not arrived yet."),
       N_("It comes with the coordinator's next exchange."))
NEWER = (N_("A newer version of Carnet made it."), N_("Update Carnet on this computer."))
OLDER = (N_("A version of Carnet from before the first release made it."),
         N_("Update Carnet on the computer that sent it."))
GONE = (N_("Its computer had been taken out of the collective."),
        N_("It stays outside unless the coordination takes it, in the list of computers."))
STRANGE = (N_("It is not written or signed as Carnet does."),
           N_("Tell the coordination: somebody may be writing to the shared "
           "folder who should not."))
WHY = {
    "the chain of this writer has a gap or a fork": WAITS, "hash differs from the name": SPOILT,
    "the key of this channel has not come yet": KEY, "made by a newer version": NEWER,
    "made by an older version": OLDER,
    TOO_NEW: NEWER, "its author was removed from the collective": GONE,
}


class RefusedCard(Card):
    """Shown only where something was refused."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Not taken from the shared folder"))
        self.desk = desk
        self._last = Last()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.box.addLayout(self._lines)

    @keeps_hand
    def refresh(self) -> None:
        """Show what is refused now."""
        found = self.desk.vault.ask(refused_of)
        if not self._last.is_news(found):
            return
        empty_layout(self._lines)
        self.setVisible(bool(found))
        for row in found[:SHOWN]:
            why, then = WHY.get(row.reason, STRANGE)
            who = row.device or _("a computer that is not known")
            self._lines.addWidget(
                label(_("Package {number} of {name}").format(number=row.number, name=who),
                      wrap=True))
            self._lines.addWidget(label(f"{_(why)} {_(then)}", "small", wrap=True))
        if len(found) > SHOWN:
            rest = len(found) - SHOWN
            self._lines.addWidget(
                label(ngettext("and {count} more", "and {count} more", rest).format(count=rest),
                      "small"))
