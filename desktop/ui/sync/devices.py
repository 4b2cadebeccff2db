"""Letting other computers in: an invitation, their request, the six words."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.models.choices import label as choice_label
from desktop.sync.stores.storage import Storage
from desktop.tasks.enrol import VALID_FOR, JoinRequest, approve, invite, pending_requests
from desktop.tasks.shared_folder import open_store
from desktop.ui.jobs.lanes import Lane
from desktop.ui.records import options
from desktop.ui.screen.workspace import Desk
from desktop.ui.sync.invitation import InvitationPanel
from desktop.ui.widgets.basics import Card, button, empty_layout, label
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.tab_order import lead_to


class DevicesCard(Card):
    """For the coordination: invite, look for requests, compare the words, let in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Let another computer in"))
        self.desk = desk
        self.box.addWidget(
            label(_("An invitation is good for one computer and seven days. The other person then "
                    "reads you six words."), "muted", wrap=True))
        line = Flow()
        self.role = ChoiceField(_("Role of the new computer"), options.fixed("role"), required=True)
        self.role.set_value("membre")
        self.role.setMinimumContentsLength(22)
        line.addWidget(self.role)
        self.inviting = button(_("Make an invitation"), self._on_invite, icon_name="user-plus")
        self.looking = button(_("Look for requests"), self.look, icon_name="search")
        line.addWidget(self.inviting)
        line.addWidget(self.looking)
        line.addStretch(1)
        self.box.addLayout(line)
        self.lacking = label(_("Choose the shared folder first."), wrap=True)
        self.box.addWidget(self.lacking)
        self.panel: InvitationPanel | None = None
        self.requests: list[JoinRequest] = []
        self._lines: list[QHBoxLayout] = []
        self._heard: list[QLineEdit] = []

    def set_store(self, known: bool) -> None:
        """Inviting needs a shared folder."""
        for made in (self.inviting, self.looking):
            made.setEnabled(known)
        self.lacking.setVisible(not known)

    def _request_line(self, request: JoinRequest) -> QHBoxLayout:
        line = QHBoxLayout()
        roles = ", ".join(choice_label("role", role) for role in request.roles)
        claimed = (_("says to be, of the directory: {name}").format(name=request.claimed)
                   if request.claimed else _("is not in the directory yet"))
        line.addWidget(label(f"{request.name} · {roles}\n{claimed}", wrap=True), 1)
        heard = QLineEdit()
        heard.setPlaceholderText(_("The six words that you are told"))
        heard.setAccessibleName(_("Six words of {name}").format(name=request.name))
        heard.returnPressed.connect(lambda: self._on_approve(request, heard.text()))
        self._heard.append(heard)
        line.addWidget(heard, 1)
        line.addWidget(
            button(_("Let in"), lambda: self._on_approve(request, heard.text()), style="primary"))
        return line

    def _on_invite(self) -> None:
        vault, role = self.desk.vault, self.role.value()
        until = (self.desk.now() + VALID_FOR).date()
        # The one before is another person's: it must not be handed over in place of this one.
        self.leave_invitation()
        self.inviting.setEnabled(False)
        self.desk.jobs.run(Lane.EXCHANGE, lambda: invite(vault, [role]),
                           lambda data: self._on_invited(data, role, until), self._on_failed,
                           owner=self, again=False)

    def _on_invited(self, data: bytes, role: str, until: date) -> None:
        if self.desk.vault.is_open:
            self.inviting.setEnabled(True)
            self.show_invitation(data, role, until)

    def show_invitation(self, data: bytes, role: str, until: date) -> None:
        """Show an invitation that was made, with the ways to hand it over."""
        self.panel = InvitationPanel(self.desk, data, choice_label("role", role), until,
                                     self.leave_invitation)
        self.box.insertWidget(self.box.count() - len(self._lines), self.panel)
        lead_to(self.panel.copy_button, self.panel)

    def leave_invitation(self) -> None:
        """Show it no more."""
        if self.panel is not None:
            self.panel.hide()
            self.panel.deleteLater()
            self.panel = None
            self.inviting.setFocus()

    def look(self) -> None:
        """Ask the shared folder who wants to join."""
        self.looking.setEnabled(False)
        self.desk.jobs.run(Lane.EXCHANGE, self._pending, self._on_requests, self._on_failed,
                           owner=self)

    def _pending(self) -> list[JoinRequest]:
        return pending_requests(self.desk.vault, self._store())

    def _store(self) -> Storage:
        return open_store(self.desk.vault, None, cancelled=self.desk.jobs.stopping.is_set)

    def _on_requests(self, requests: list[JoinRequest]) -> None:
        if not self.desk.vault.is_open:
            return
        self.looking.setEnabled(True)
        self._show_requests(requests)
        if self._heard:
            lead_to(self._heard[0])
        else:
            self.desk.messages.say(_("Nobody has asked to join yet."))
            lead_to(self.looking)

    def _on_failed(self, error: AppError) -> None:
        if not self.desk.vault.is_open:
            return
        self.looking.setEnabled(True)
        self.inviting.setEnabled(True)
        self.desk.messages.error(error)

    def _on_approve(self, request: JoinRequest, words: str) -> None:
        vault = self.desk.vault

        def approved(_none: object) -> None:
            if not vault.is_open:
                return
            self.desk.messages.say(_("{name} is let in.").format(name=request.name))
            self.desk.jobs.on_vault_changed(frozenset({"sync"}))
            self.desk.jobs.run(Lane.EXCHANGE, self._pending, self._show_requests, self._on_failed,
                               owner=self)

        self.desk.jobs.run(Lane.EXCHANGE, lambda: approve(vault, self._store(), request.id, words),
                           approved,
                           self._on_failed, owner=self)

    def _show_requests(self, requests: list[JoinRequest]) -> None:
        self.requests = requests
        for line in self._lines:
            empty_layout(line)
            self.box.removeItem(line)
        self._heard = []
        self._lines = [self._request_line(request) for request in requests]
        for line in self._lines:
            self.box.addLayout(line)

