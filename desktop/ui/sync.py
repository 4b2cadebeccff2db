"""Synchronisation: the state, the shared folder, one round, what waits, and letting other computers in."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.files import write_atomically
from desktop.base.i18n import N_, _, ngettext
from desktop.models.choices import label as choice_label
from desktop.queries.sync import SyncState, sync_state
from desktop.queries.today import waiting_of
from desktop.sync.engine import Round, run_round
from desktop.tasks.enrol import Request, approve, invite, open_store, pending_requests
from desktop.ui import options
from desktop.ui.trust import trust_words
from desktop.ui.widgets.basics import Card, button, empty_layout, label, scrolled
from desktop.ui.widgets.form import Choice
from desktop.ui.workspace import Desk, Workspace

KINDS = {
    "meeting": N_("meetings"), "agenda_item": N_("agenda points"), "note_block": N_("blocks of notes"),
    "note_update": N_("pieces of notes"), "attendance": N_("attendances"), "decision": N_("decisions"),
    "action": N_("actions"), "organisation": N_("organisations"), "person": N_("people"), "group": N_("groups"),
    "membership": N_("memberships"), "observation": N_("observations"), "referral": N_("referrals"),
    "term": N_("vocabulary entries"), "place": N_("places"), "resource": N_("resources"), "objective": N_("objectives"),
    "axis": N_("axes"), "follow_up": N_("follow-ups"), "commitment": N_("charter commitments"),
    "internship_offer": N_("internship offers"), "internship_request": N_("internship searches"),
}
SHOWN = 10


class SyncWorkspace(Workspace):
    """The screen of synchronisation."""

    name = "sync"
    icon = "refresh-cw"
    areas = frozenset({"meetings", "actions", "observations", "directory", "referrals", "plan", "resources",
                       "internships", "vocabularies", "sync"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Synchronisation"))
        self.requests: list[Request] = []
        self.folder_button = button(_("Choose the shared folder"), self._on_folder, icon_name="folder-open")
        self.round_button = button(_("Exchange now"), self.exchange, style="primary", icon_name="refresh-cw")
        self.header.addWidget(self.folder_button)
        self.header.addWidget(self.round_button)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(14)
        self.page.addWidget(scrolled(inside), 1)

    def refresh(self) -> None:
        state = self.desk.vault.ask(sync_state)
        self.round_button.setEnabled(state.store is not None)
        empty_layout(self._column)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self._state_card(state), 1)
        row.addWidget(self._waiting_card(), 1)
        self._column.addLayout(row)
        if "coordination" in self.desk.vault.identity.roles:
            self._column.addWidget(self._devices_card(state))
        self._column.addStretch(1)

    def _state_card(self, state: SyncState) -> Card:
        card = Card(_("State"))
        lines = [trust_words(state), _("Shared folder: {url}").format(url=state.store or _("none")),
                 ngettext("{count} computer in the collective", "{count} computers in the collective",
                          state.devices).format(count=state.devices)]
        if state.unread:
            lines.append(ngettext("{count} package that this computer may not read, kept and counted",
                                  "{count} packages that this computer may not read, kept and counted", state.unread)
                         .format(count=state.unread))
        if state.refused:
            lines.append(ngettext("{count} package refused: its signature or its chain is wrong",
                                  "{count} packages refused: their signature or their chain is wrong", state.refused)
                         .format(count=state.refused))
        for line in lines:
            card.box.addWidget(label(line, wrap=True))
        card.box.addStretch(1)
        return card

    def _waiting_card(self) -> Card:
        waiting = self.desk.vault.ask(waiting_of)
        card = Card(_("What waits on this computer"))
        if not waiting.total:
            card.box.addWidget(label(_("Nothing: all that is kept here has been packed."), "muted", wrap=True))
        for kind, count in waiting.kinds[:SHOWN]:
            line = QHBoxLayout()
            line.addWidget(label(_(KINDS[kind]) if kind in KINDS else _("other records")), 1)
            line.addWidget(label(str(count), "muted"))
            card.box.addLayout(line)
        rest = sum(count for _kind, count in waiting.kinds[SHOWN:])
        if rest:
            card.box.addWidget(label(ngettext("and {count} more", "and {count} more", rest).format(count=rest), "small"))
        card.box.addStretch(1)
        return card

    def _devices_card(self, state: SyncState) -> Card:
        card = Card(_("Let another computer in"))
        card.box.addWidget(label(_("An invitation file is secret and valid for seven days: hand it over in person or by a "
                                   "safe way. The other person then reads you six words."), "muted", wrap=True))
        line = QHBoxLayout()
        self.role = Choice(_("Role of the new computer"), options.fixed("role"), required=True)
        self.role.set_value("membre")
        self.role.setMinimumContentsLength(22)
        line.addWidget(self.role)
        inviting = button(_("Make an invitation"), self._on_invite, icon_name="user-plus")
        looking = button(_("Look for requests"), self._on_look, icon_name="search")
        for made in (inviting, looking):
            made.setEnabled(state.store is not None)
            line.addWidget(made)
        line.addStretch(1)
        card.box.addLayout(line)
        for request in self.requests:
            card.box.addLayout(self._request_line(request))
        return card

    def _request_line(self, request: Request) -> QHBoxLayout:
        line = QHBoxLayout()
        roles = ", ".join(choice_label("role", role) for role in request.roles)
        line.addWidget(label(f"{request.name} · {roles}"), 1)
        heard = QLineEdit()
        heard.setPlaceholderText(_("The six words that you are told"))
        heard.setAccessibleName(_("Six words of {name}").format(name=request.name))
        line.addWidget(heard, 1)
        line.addWidget(button(_("Let in"), lambda: self._on_approve(request, heard.text()), style="primary"))
        return line

    def _on_folder(self) -> None:
        dialog = QFileDialog(self, _("Choose the shared folder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.choose_folder)
        dialog.open()

    def choose_folder(self, path: str) -> None:
        """Exchange through this folder from now on."""
        open_store(self.desk.vault, Path(path).as_uri())
        self.refresh()
        self.exchange()

    def exchange(self) -> None:
        """One round in the background; it stops at the next step when the vault is locked."""
        vault, stopped = self.desk.vault, self.desk.jobs.stopping.is_set
        self.round_button.setEnabled(False)
        self.desk.jobs.run(lambda: run_round(vault, open_store(vault, None, cancelled=stopped), cancelled=stopped),
                           self._on_round, self._on_failed)

    def _on_round(self, done: Round) -> None:
        self.desk.jobs.heard(frozenset({"sync"}))
        if done.waiting_for_approval:
            self.desk.messages.say(_("The coordinator has not let this computer in yet."))
            return
        self.desk.messages.say(
            _("Exchanged: {pushed} packages sent, {pulled} received.").format(pushed=done.pushed, pulled=done.pulled))

    def _on_failed(self, error: AppError) -> None:
        if self.desk.vault.is_open:
            self.desk.messages.error(error)
            self.refresh()

    def _on_refused(self, error: AppError) -> None:
        """The words that were typed stay."""
        if self.desk.vault.is_open:
            self.desk.messages.error(error)

    def _on_invite(self) -> None:
        role = self.role.value()
        dialog = QFileDialog(self, _("Make an invitation"), "invitation.carnet", "Carnet (*.carnet)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda path: self.write_invitation(path, role))
        dialog.open()

    def write_invitation(self, path: str, role: str) -> None:
        """Write an invitation file for one computer with one role."""
        try:
            write_atomically(Path(path), invite(self.desk.vault, [role]))
        except OSError as error:
            raise AppError(_("The file could not be written."), _("Choose another folder.")) from error
        self.desk.messages.say(_("Invitation written: {name}").format(name=Path(path).name))

    def _on_look(self) -> None:
        vault, stopped = self.desk.vault, self.desk.jobs.stopping.is_set
        self.desk.jobs.run(lambda: pending_requests(vault, open_store(vault, None, cancelled=stopped)),
                           self._on_requests, self._on_refused)

    def _on_requests(self, requests: list[Request]) -> None:
        if not self.desk.vault.is_open:
            return
        self.requests = requests
        self.refresh()
        if not self.requests:
            self.desk.messages.say(_("Nobody has asked to join yet."))

    def _on_approve(self, request: Request, words: str) -> None:
        vault, stopped = self.desk.vault, self.desk.jobs.stopping.is_set
        self.desk.jobs.run(lambda: approve(vault, open_store(vault, None, cancelled=stopped), request.id, words),
                           lambda _device: self._on_approved(request), self._on_refused)

    def _on_approved(self, request: Request) -> None:
        if not self.desk.vault.is_open:
            return
        self.requests = [other for other in self.requests if other.id != request.id]
        self.refresh()
        self.desk.messages.say(_("{name} is let in.").format(name=request.name))
