"""The recovery code: shown once, printed or saved, and proved to be on paper by typing back two of
its parts."""

import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.home.files import write_atomically
from desktop.base.i18n import _
from desktop.base.text import fold
from desktop.models.states import JournalWhat
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.clipboard import keep_secret
from desktop.ui.widgets.fields.files import ask_target
from desktop.ui.widgets.layout.flow import Flow


class RecoveryFields(QWidget):
    """The code and its proof; `entered` is called on Enter in the last field.

    `left`: hears in which way the sheet left the screen, for the journal. `today`: the day that
    the sheet bears.
    """

    def __init__(self, entered: Callable[[], None], left: Callable[[JournalWhat], None],
                 today: Callable[[], date]) -> None:
        super().__init__()
        self._left, self._today = left, today
        self.code = ""
        self.asked: list[int] = [0, 1]
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.code_label = label("", "code", wrap=True)
        keep_secret(self.code_label)
        self.code_label.setAccessibleName(_("Recovery code"))
        box.addWidget(self.code_label)
        line = Flow()
        line.addWidget(button(_("Print the recovery sheet"), self._on_print, icon_name="printer"))
        line.addWidget(button(_("Save it as PDF"), self._on_save, icon_name="download"))
        line.addStretch(1)
        box.addLayout(line)
        self.told = label("", "small", wrap=True)
        box.addWidget(self.told)
        self.proofs = [QLineEdit(), QLineEdit()]
        self.proof_labels = [label("", "small"), label("", "small")]
        for words, field in zip(self.proof_labels, self.proofs, strict=True):
            box.addWidget(words)
            box.addWidget(field)
            field.returnPressed.connect(entered)

    def show_code(self, code: str) -> None:
        """Show a code and choose the parts to type back."""
        self.code = code
        self.code_label.setText(code)
        # Its name stands before a screen reader in place of what is written: the code is told
        # beside it.
        self.code_label.setAccessibleDescription(code)
        parts = self.parts()
        self.asked = sorted(secrets.SystemRandom().sample(range(len(parts)), min(2, len(parts))))
        for at, words, field in zip(self.asked, self.proof_labels, self.proofs, strict=False):
            title = _("Part {number} of the code").format(number=at + 1)
            words.setText(title)
            field.setAccessibleName(title)
            field.clear()

    def parts(self) -> list[str]:
        """Return the code, part by part."""
        return self.code.replace("-", " ").split()

    def refusal(self) -> tuple[str, QWidget] | None:
        """Build the first part that is not what the paper says, and its field."""
        parts = self.parts()
        for at, field in zip(self.asked, self.proofs, strict=False):
            if fold(field.text().strip()) != fold(parts[at]):
                return (_("That is not part {number}: look at your paper again.")
                        .format(number=at + 1), field)
        return None

    def sheet(self) -> bytes:
        """Return the PDF of the recovery sheet."""
        from desktop.reports.recovery_sheet import RecoverySheet, draw

        return draw(RecoverySheet(self.code, self._today()))

    def _on_print(self) -> None:
        # The settings hold these fields too, and seldom print: what draws and prints is imported
        # here.
        from desktop.ui.screen.paper import print_bytes

        print_bytes(self, self.sheet(), self._on_printed)

    def _on_printed(self) -> None:
        self.told.setText(_("Sent to the printer."))
        self._left(JournalWhat.PRINTED)

    def _on_save(self) -> None:
        ask_target(self, _("Save it as PDF"), "feuille-de-secours.pdf", "PDF (*.pdf)", self.save)

    def save(self, path: str) -> None:
        """Write the sheet, on a key or another disk if the person is wise."""
        try:
            write_atomically(Path(path), self.sheet())
        except OSError as error:
            raise AppError(_("The file could not be written."),
                           _("Choose another folder.")) from error
        self.told.setText(_("Saved: {name}").format(name=Path(path).name) + " "
                          + _("Print it, then erase the file: beside the vault it protects "
                              "nothing."))
        self._left(JournalWhat.SAVED)
