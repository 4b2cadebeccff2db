"""Documents of what is open (F9): the page as the paper will be, to look at, save or print."""

import uuid
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QStandardPaths, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.files import write_atomically
from desktop.base.i18n import _
from desktop.base.text import fold
from desktop.reports import REPORTS
from desktop.tasks.documents import went_out
from desktop.ui.paper import print_pdf
from desktop.ui.theme import scaled
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.files import ask_target
from desktop.ui.widgets.flow import Flow
from desktop.ui.widgets.form import Choice
from desktop.ui.workspace import Desk, Printable


class DocumentDialog(QDialog):
    """Preview of one document at a time, chosen among those of the open record."""

    def __init__(self, parent: QWidget, desk: Desk, documents: list[Printable]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("page")
        self.setWindowTitle(_("Documents"))
        self.setMinimumSize(scaled(480), 400)
        self.resize(min(scaled(860), parent.window().width() - 40), 700)
        self.desk = desk
        self.documents = [document for document in documents if document.report in REPORTS]
        self.data = b""
        self.content: object = None
        self.shown: uuid.UUID | None = None
        self._buffer = QBuffer(self)
        self.pdf = QPdfDocument(self)
        self.kind = Choice(_("Document"), [(d.report, REPORTS[d.report].label) for d in self.documents], required=True)
        self.kind.setMinimumContentsLength(26)
        self.save_button = button(_("Save as PDF"), self._on_save, icon_name="download")
        self.print_button = button(_("Print"), self._on_print, style="primary", icon_name="printer")
        self.view = QPdfView(self)
        self.view.setAccessibleName(_("Preview of the document"))
        self.view.setDocument(self.pdf)
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.state = label("", "muted")
        top = Flow()
        top.addWidget(self.kind)
        top.addWidget(self.state)
        top.addStretch(1)
        top.addWidget(self.save_button)
        top.addWidget(self.print_button)
        top.addWidget(button(_("Close"), self.reject))
        box = QVBoxLayout(self)
        # Its least size is fixed above: it does not change with the words of its first line.
        box.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        box.setContentsMargins(16, 14, 16, 16)
        box.setSpacing(12)
        box.addLayout(top)
        box.addWidget(self.view, 1)
        self.kind.currentIndexChanged.connect(lambda: self.draw())
        self.draw()

    def draw(self) -> None:
        """Make the chosen document in the background and show it."""
        chosen = next((d for d in self.documents if d.report == self.kind.value()), None)
        if chosen is None or chosen.record_id is None:
            return
        report = REPORTS[chosen.report]
        content = self.content = self.desk.vault.ask(report.query, chosen.record_id)
        self.shown = chosen.record_id
        self.save_button.setEnabled(False)
        self.print_button.setEnabled(False)
        self.state.setText(_("Drawing…"))
        self.desk.jobs.run(lambda: report.draw(content), self._on_drawn, self._on_failed)

    def _on_drawn(self, data: bytes) -> None:
        self.data = data
        self.pdf.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.pdf.load(self._buffer)
        self.state.setText("")
        self.save_button.setEnabled(True)
        self.print_button.setEnabled(True)

    def _on_failed(self, error: AppError) -> None:
        self.state.setText(str(error))

    def _on_save(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = fold(REPORTS[self.kind.value()].label).replace(" ", "-") + ".pdf"
        ask_target(self, _("Save as PDF"), str(Path(folder, name)), "PDF (*.pdf)", self.save_to)

    def save_to(self, path: str) -> None:
        """Write the file that is shown."""
        try:
            write_atomically(Path(path), self.data)
        except OSError as error:
            raise AppError(_("The file could not be written."), _("Choose another folder.")) from error
        self.state.setText(_("Saved: {name}").format(name=Path(path).name))
        self._remember()

    def _remember(self) -> None:
        if self.shown is not None:
            went_out(self.desk.vault, self.shown, self.content)

    def _on_print(self) -> None:
        print_pdf(self, self.pdf, self._remember)
