"""The invitation of who joins a collective: its file, or the text that came by e-mail or a
messenger."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.i18n import _
from desktop.tasks.enrol import read_invitation
from desktop.tasks.invitation import LARGEST, as_file
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.fields.files import ask_file


class InvitationFields(QWidget):
    """`read` hears the address of the shared folder of an invitation that is good; `refused` why
    another is not."""

    def __init__(self, read: Callable[[str], None], refused: Callable[[str, QWidget], None],
                 entered: Callable[[], None]) -> None:
        super().__init__()
        self.data: bytes | None = None
        self._read, self._refused = read, refused
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        self.file_button = button(_("Choose the invitation file…"), self._on_choose,
                                  icon_name="folder-open")
        self.said = label("", "small", wrap=True)
        self.pasted = QLineEdit()
        self.pasted.setMaxLength(LARGEST)
        self.pasted.setAccessibleName(_("The text of the invitation"))
        self.pasted.setPlaceholderText("CARNET1:…:CARNET")
        self.pasted.textEdited.connect(self._on_pasted)
        self.pasted.returnPressed.connect(entered)
        box.addWidget(self.file_button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.said)
        box.addWidget(
            label(_("Or paste here the text that you received, the whole message will do"), "small",
                  wrap=True))
        box.addWidget(self.pasted)
        self.said.hide()

    def refusal(self) -> tuple[str, QWidget] | None:
        """Why one cannot go on, and the field where to mend it."""
        if self.data is not None:
            return None
        if self.pasted.text().strip():
            try:
                read_invitation(self.pasted.text().encode())
            except AppError as error:
                return str(error), self.pasted
        return _("Choose the invitation file first, or paste its text."), self.file_button

    def choose(self, path: str) -> None:
        """Join with the invitation in this file."""
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            self._refuse(str(disk_error(error, Path(path))), self.file_button)
            return
        self._take(data, self.file_button)
        if self.data is not None:
            self.pasted.clear()
            self._say(Path(path).name)

    def _on_choose(self) -> None:
        ask_file(self, _("Choose the invitation file…"), self.choose)

    def _on_pasted(self, text: str) -> None:
        self.data = None
        self._say("")
        # As long as it may be typed on, nothing is wrong with it; Continue says what is.
        if text.rstrip().upper().endswith("CARNET") or len(text) > len("CARNET1::CARNET") * 2:
            try:
                as_file(text.encode())
            except AppError:
                return
            self._take(text.encode(), self.pasted)

    def _take(self, data: bytes, field: QWidget) -> None:
        try:
            invitation = read_invitation(data)
        except AppError as error:
            self._refuse(str(error), field)
            return
        self.data = as_file(data)
        self._say(_("The invitation is whole."))
        self._read(invitation["store"])

    def _refuse(self, words: str, field: QWidget) -> None:
        self.data = None
        self._say("")
        self._refused(words, field)

    def _say(self, words: str) -> None:
        self.said.setText(words)
        self.said.setVisible(bool(words))
