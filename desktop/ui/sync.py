"""Synchronisation: what waits to be sent, in plain words."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.i18n import N_, _, ngettext
from desktop.queries.today import waiting_of
from desktop.ui.widgets.basics import Card, empty_layout, label, scrolled
from desktop.ui.workspace import Desk, Workspace

KINDS = {
    "meeting": N_("meetings"), "agenda_item": N_("agenda points"), "note_block": N_("blocks of notes"),
    "note_update": N_("pieces of notes"), "attendance": N_("attendances"), "decision": N_("decisions"),
    "action": N_("actions"), "organisation": N_("organisations"), "person": N_("people"), "group": N_("groups"),
    "membership": N_("memberships"), "observation": N_("observations"), "referral": N_("referrals"),
    "term": N_("vocabulary entries"), "place": N_("places"), "resource": N_("resources"), "objective": N_("objectives"),
    "axis": N_("axes"),
}


class SyncWorkspace(Workspace):
    """The screen of synchronisation."""

    name = "sync"
    icon = "refresh-cw"
    areas = frozenset({"meetings", "actions", "observations", "directory", "referrals", "plan", "resources",
                       "internships", "vocabularies", "sync"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Synchronisation"))
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(14)
        self.page.addWidget(scrolled(inside), 1)

    def refresh(self) -> None:
        empty_layout(self._column)
        waiting = self.desk.vault.ask(waiting_of)
        card = Card(_("What waits on this computer"))
        if not waiting.total:
            card.box.addWidget(label(_("Nothing: all that is kept here has been packed."), "muted", wrap=True))
        for kind, count in waiting.kinds[:12]:
            line = QHBoxLayout()
            line.addWidget(label(_(KINDS[kind]) if kind in KINDS else kind), 1)
            line.addWidget(label(str(count), "muted"))
            card.box.addLayout(line)
        if waiting.total:
            card.box.addWidget(label(ngettext("{count} change in all", "{count} changes in all", waiting.total)
                                     .format(count=waiting.total), "small"))
        self._column.addWidget(card)
        self._column.addStretch(1)
