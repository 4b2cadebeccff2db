"""The settings' card of the diagnostics file: read it whole, then save it or copy it, or not."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from desktop.base.errors import AppError
from desktop.base.home.files import write_atomically
from desktop.base.i18n import _
from desktop.tasks.diagnostics import report
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, button, label
from desktop.ui.widgets.fields.files import ask_target


class DiagnosticsCard(Card):
    """Shows the text before anything is written."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Diagnostics"))
        self.desk = desk
        self.box.addWidget(label(_(
            "For whoever helps you: versions, sizes and counts, and the last lines of the log. No "
            "name, no text of the collective. Read it before you give it."), "muted", wrap=True))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Text of the diagnostics"))
        self.text.setMinimumHeight(220)
        self.text.hide()
        self.box.addWidget(self.text)
        line = QHBoxLayout()
        self.show_button = button(_("Show the diagnostics"), self.show_text)
        self.save_button = button(_("Save this text"), self._on_save, icon_name="download")
        self.save_button.hide()
        line.addWidget(self.show_button)
        line.addWidget(self.save_button)
        line.addStretch(1)
        self.box.addLayout(line)

    def show_text(self) -> None:
        """Gather the text and show it."""
        self.text.setPlainText(report(self.desk.vault))
        self.text.show()
        self.save_button.show()
        self.text.setFocus()

    def _on_save(self) -> None:
        ask_target(self, _("Save this text"), "carnet-diagnostic.txt", "Texte (*.txt)", self.save)

    def save(self, path: str) -> None:
        """Write what is shown, nothing else."""
        try:
            write_atomically(Path(path), self.text.toPlainText().encode())
        except OSError as error:
            raise AppError(_("The file could not be written."),
                           _("Choose another folder.")) from error
        self.desk.messages.say(_("Written: {path}").format(path=Path(path).name))
