"""Letting other computers in: an invitation, their request, the six words."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop.base.errors import AppError
from desktop.base.files import write_atomically
from desktop.base.i18n import _
from desktop.models.choices import label as choice_label
from desktop.sync.storage import Storage
from desktop.tasks.enrol import Request, approve, invite, open_store, pending_requests
from desktop.ui import options
from desktop.ui.widgets.basics import Card, button, empty_layout, label
from desktop.ui.widgets.files import ask_target
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.form import Choice
from desktop.ui.workspace import Desk


class DevicesCard(Card):
    """For the coordination: invite, look for requests, compare the words, let in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Let another computer in"))
        self.desk = desk
        self.box.addWidget(label(_("An invitation file is secret and valid for seven days: hand it over in person or by a "
                                   "safe way. The other person then reads you six words."), "muted", wrap=True))
        line = Flow()
        self.role = Choice(_("Role of the new computer"), options.fixed("role"), required=True)
        self.role.set_value("membre")
        self.role.setMinimumContentsLength(22)
        line.addWidget(self.role)
        self.inviting = button(_("Make an invitation"), self._on_invite, icon_name="user-plus")
        self.looking = button(_("Look for requests"), self.look, icon_name="search")
        line.addWidget(self.inviting)
        line.addWidget(self.looking)
        line.addStretch(1)
        self.box.addLayout(line)
        self.requests: list[Request] = []
        self._lines: list[QHBoxLayout] = []

    def set_store(self, known: bool) -> None:
        """Inviting needs a shared folder."""
        for made in (self.inviting, self.looking):
            made.setEnabled(known)
            made.setToolTip("" if known else _("Choose the shared folder first."))

    def _request_line(self, request: Request) -> QHBoxLayout:
        line = QHBoxLayout()
        roles = ", ".join(choice_label("role", role) for role in request.roles)
        line.addWidget(label(f"{request.name} · {roles}"), 1)
        heard = QLineEdit()
        heard.setPlaceholderText(_("The six words that you are told"))
        heard.setAccessibleName(_("Six words of {name}").format(name=request.name))
        heard.returnPressed.connect(lambda: self._on_approve(request, heard.text()))
        line.addWidget(heard, 1)
        line.addWidget(button(_("Let in"), lambda: self._on_approve(request, heard.text()), style="primary"))
        return line

    def _on_invite(self) -> None:
        role = self.role.value()
        ask_target(self, _("Make an invitation"), "invitation.carnet", "Carnet (*.carnet)",
                   lambda path: self.write_invitation(path, role))

    def write_invitation(self, path: str, role: str) -> None:
        """Write an invitation file for one computer with one role."""
        vault = self.desk.vault

        def work() -> None:
            try:
                write_atomically(Path(path), invite(vault, [role]))
            except OSError as error:
                raise AppError(_("The file could not be written."), _("Choose another folder.")) from error

        self.desk.jobs.run(work, lambda _none: self.desk.messages.say(
            _("Invitation written: {name}").format(name=Path(path).name)), self._on_failed)

    def look(self) -> None:
        """Ask the shared folder who wants to join."""
        self.looking.setEnabled(False)
        self.desk.jobs.run(self._pending, self._on_requests, self._on_failed)

    def _pending(self) -> list[Request]:
        return pending_requests(self.desk.vault, self._store())

    def _store(self) -> Storage:
        return open_store(self.desk.vault, None, cancelled=self.desk.jobs.stopping.is_set)

    def _on_requests(self, requests: list[Request]) -> None:
        if not self.desk.vault.is_open:
            return
        self.looking.setEnabled(True)
        self._show_requests(requests)
        if not requests:
            self.desk.messages.say(_("Nobody has asked to join yet."))

    def _on_failed(self, error: AppError) -> None:
        if not self.desk.vault.is_open:
            return
        self.looking.setEnabled(True)
        self.desk.messages.error(error)

    def _on_approve(self, request: Request, words: str) -> None:
        vault = self.desk.vault

        def approved(_none: object) -> None:
            if not vault.is_open:
                return
            self.desk.messages.say(_("{name} is let in.").format(name=request.name))
            self.desk.jobs.heard(frozenset({"sync"}))
            self.desk.jobs.run(self._pending, self._show_requests, self._on_failed)

        self.desk.jobs.run(lambda: approve(vault, self._store(), request.id, words), approved, self._on_failed)

    def _show_requests(self, requests: list[Request]) -> None:
        self.requests = requests
        for line in self._lines:
            empty_layout(line)
            self.box.removeItem(line)
        self._lines = [self._request_line(request) for request in requests]
        for line in self._lines:
            self.box.addLayout(line)

