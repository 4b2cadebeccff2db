"""An invitation that was just made, to be handed over: a square for a telephone, a text, a file, a
sheet of paper."""

from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.base.dates.french import long_date
from desktop.base.errors import AppError
from desktop.base.home.files import write_atomically
from desktop.base.i18n import N_, _
from desktop.commands.journal import append
from desktop.models.states import JournalWhat
from desktop.queries.directory import collective_name
from desktop.tasks.invitation import as_text, in_lines
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.clipboard import lend
from desktop.ui.widgets.fields.files import ask_target
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.stacking import StackingRow
from desktop.ui.widgets.qr import QrPicture
from desktop.ui.widgets.theme import scaled

HANDING = (
    N_("Hand it over in person, or by a way that only this person reads; the password of the "
       "shared folder by another way."),
    N_("By telephone: the other person photographs the square, the telephone shows a text, and "
       "that text is sent on to the computer and pasted there."),
)


class InvitationPanel(QWidget):
    """One invitation for one computer; it is nowhere else than here and where it is handed to."""

    def __init__(self, desk: Desk, data: bytes, role: str, until: date,
                 left: Callable[[], None]) -> None:
        super().__init__()
        # Imported here: seldom is an invitation made, and the screen must not wait for what draws
        # on paper.
        from desktop.reports.page.qr import squares_of

        self.desk, self.data, self._role, self._until = desk, data, role, until
        self.text = as_text(data)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 0)
        box.setSpacing(8)
        box.addWidget(label(_("Invitation for one computer: {role}").format(role=role),
                            "subheading", wrap=True))
        box.addWidget(
            label(_("Secret until it is used, good until {day}. Who intercepted it could ask to "
                    "come in instead: the six words, read aloud, would then differ.")
                  .format(day=long_date(until)), wrap=True))
        both = StackingRow(16)
        rows = squares_of(self.text)
        if rows is not None:
            self.picture: QrPicture | None = QrPicture(
                rows, _("The invitation, for the camera of a telephone"))
            both.add(self.picture, 1)
        else:
            self.picture = None
        right = QWidget()
        right.setObjectName("clear")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for words in HANDING if rows is not None else HANDING[:1]:
            column.addWidget(label(_(words), "muted", wrap=True))
        if rows is None:
            column.addWidget(
                label(_("It holds the certificate of the server: too much for a square that a "
                        "telephone reads."),
                      "muted", wrap=True))
        self.shown = QPlainTextEdit(in_lines(self.text))
        self.shown.setReadOnly(True)
        self.shown.setTabChangesFocus(True)
        self.shown.setAccessibleName(_("The text of the invitation"))
        self.shown.setFixedHeight(scaled(148))
        column.addWidget(self.shown)
        line = Flow()
        self.copy_button = button(_("Copy the text"), self.copy, style="primary", icon_name="copy")
        line.addWidget(self.copy_button)
        line.addWidget(button(_("Save the file…"), self._on_file, icon_name="download"))
        line.addWidget(button(_("Print a sheet"), self._on_print, icon_name="printer"))
        line.addWidget(button(_("Save the sheet as PDF…"), self._on_sheet, icon_name="download"))
        line.addWidget(button(_("It is handed over"), left, style="quiet", icon_name="check",
                              tip=_("Show this invitation no more")))
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)
        # The square takes what it needs, the words the rest.
        both.add(right, 30)
        box.addLayout(both)

    def copy(self) -> None:
        """Lend the text to the clipboard, until the lock."""
        lines = in_lines(self.text)
        lend(lines, f"<pre>{escape(lines)}</pre>")
        self.desk.messages.say(_("The text is copied, until Carnet is locked."))

    def sheet(self) -> bytes:
        """Return the PDF of the sheet."""
        from desktop.reports.invitation_sheet import InvitationSheet, draw

        return draw(InvitationSheet(self.desk.vault.ask(collective_name), self._role, self.text,
                                    self._until, self.desk.today()))

    def _on_file(self) -> None:
        ask_target(self, _("Save the file…"), "invitation.carnet", "Carnet (*.carnet)",
                   lambda path: self.save(path, self.data))

    def _on_sheet(self) -> None:
        ask_target(self, _("Save the sheet as PDF…"), "invitation.pdf", "PDF (*.pdf)",
                   lambda path: self.save(path, self.sheet()))

    def save(self, path: str, data: bytes) -> None:
        """Write the file, or the sheet."""
        try:
            write_atomically(Path(path), data)
        except OSError as error:
            raise AppError(_("The file could not be written."),
                           _("Choose another folder.")) from error
        self.desk.vault.do(append, JournalWhat.SAVED, "invitation")
        self.desk.messages.say(_("Invitation written: {name}").format(name=Path(path).name))

    def _on_print(self) -> None:
        from desktop.ui.screen.paper import print_bytes

        print_bytes(self, self.sheet(), self._on_printed)

    def _on_printed(self) -> None:
        self.desk.vault.do(append, JournalWhat.PRINTED, "invitation")
        self.desk.messages.say(_("Sent to the printer."))
