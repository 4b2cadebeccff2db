"""Documents of what is open (F9): the page as the paper will be, to look at, save or print."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.home.files import write_atomically
from desktop.base.i18n import _, ngettext
from desktop.models.states import JournalWhat
from desktop.queries.documents.convocation import Convocation
from desktop.queries.documents.minutes_data import Minutes
from desktop.reports import REPORTS, Report
from desktop.reports.convocation import subject
from desktop.reports.names import file_name, undrawn_names
from desktop.tasks.documents import went_out
from desktop.ui.jobs.lanes import Lane
from desktop.ui.jobs.latest import Latest
from desktop.ui.screen.paper import print_pdf
from desktop.ui.screen.workspace import Desk, Printable
from desktop.ui.widgets.basics import button, empty_layout, label
from desktop.ui.widgets.clipboard import lend
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.fields.files import ask_target
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import scaled

MOST_NAMES = 3
"""Names that are said above the preview."""


@dataclass(frozen=True)
class Drawn:
    """One document as it is shown: of which report and record, what it says, and the bytes of its
    pages."""

    kind: str
    report: Report
    record_id: uuid.UUID
    content: Any
    data: bytes = b""


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
        self.drawn: Drawn | None = None
        """What the preview shows; None while another is drawn."""
        self._drawing = Latest(desk.jobs, Lane.POOL, self)
        self._buffer = QBuffer(self)
        self.pdf = QPdfDocument(self)
        self.kind = ChoiceField(_("Document"),
                           [(d.report, REPORTS[d.report].label) for d in self.documents],
                           required=True)
        self.kind.setMinimumContentsLength(26)
        self.save_button = button(_("Save as PDF"), self._on_save, icon_name="download",
                                  tip="Ctrl+S")
        self.print_button = button(_("Print"), self._on_print, style="primary",
                                   icon_name="printer", tip="Ctrl+P")
        for keys, pressed in (("Ctrl+S", self.save_button), ("Ctrl+P", self.print_button)):
            QShortcut(QKeySequence(keys), self).activated.connect(pressed.click)
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
        self.forms = Flow()
        box.addLayout(self.forms)
        self.missing = label("", wrap=True)
        self.missing.hide()
        box.addWidget(self.missing)
        box.addWidget(self.view, 1)
        self.kind.currentIndexChanged.connect(lambda: self.draw())
        # Where one begins, in sight: the preview takes the focus without showing it.
        self.kind.setFocus()
        self.draw()

    def draw(self) -> None:
        """Make the chosen document in the background and show it."""
        chosen = next((d for d in self.documents if d.report == self.kind.value()), None)
        if chosen is None or chosen.record_id is None:
            return
        report = REPORTS[chosen.report]
        asked = Drawn(chosen.report, report, chosen.record_id,
                      self.desk.vault.ask(report.query, chosen.record_id, self.desk.today()))
        self.drawn = None
        self._show_forms(asked)
        self.save_button.setEnabled(False)
        self.print_button.setEnabled(False)
        self.state.setText(_("Drawing…"))
        self._drawing.run(lambda: replace(asked, data=report.draw(asked.content)), self._on_drawn,
                          self._on_failed)

    def _on_drawn(self, drawn: Drawn) -> None:
        self.drawn = drawn
        self.pdf.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(drawn.data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.pdf.load(self._buffer)
        self.state.setText(_withheld(drawn.content))
        self.missing.setText(_undrawn(drawn.content))
        self.missing.setVisible(bool(self.missing.text()))
        self.save_button.setEnabled(True)
        self.print_button.setEnabled(True)

    def _show_forms(self, asked: Drawn) -> None:
        """Show a button for each other form of the document."""
        empty_layout(self.forms)
        words = {"docx": _("Save for a word processor (.docx)"),
                 "ics": _("Save for a calendar (.ics)")}
        for form, make in asked.report.others.items():
            if form == "txt":
                self.forms.addWidget(
                    button(_("Copy the text of the message"), partial(self._on_copy, asked, make),
                           icon_name="copy"))
                self.forms.addWidget(
                    button(_("Write the message"), partial(self._on_message, asked, make),
                           icon_name="pencil"))
            else:
                self.forms.addWidget(
                    button(words[form], partial(self._on_save_form, asked, form, make),
                           icon_name="download"))
        self.forms.addStretch(1)

    def _make(self, asked: Drawn, make: Callable[[Any], bytes],
              then: Callable[[bytes], None]) -> None:
        """Make another form of a document; its bytes go to `then` under the name of that document
        alone."""
        self.desk.jobs.run(Lane.POOL, lambda: make(asked.content), then, self._on_failed,
                           owner=self)

    def _on_save_form(self, asked: Drawn, form: str, make: Callable[[Any], bytes]) -> None:
        self._make(asked, make, lambda data: ask_target(
            self, _("Save the document"), _place_for(asked, form), f"{form} (*.{form})",
            lambda path: self._write(Path(path), asked, data)))

    def _on_copy(self, asked: Drawn, make: Callable[[Any], bytes]) -> None:
        self._make(asked, make, partial(self._copy, asked))

    def _copy(self, asked: Drawn, data: bytes) -> None:
        words = data.decode()
        lend(words, f"<pre>{escape(words)}</pre>")
        self.state.setText(_("Copied: paste it in your message."))
        self._remember(asked, JournalWhat.SENT)

    def _on_message(self, asked: Drawn, make: Callable[[Any], bytes]) -> None:
        self._make(asked, make, partial(self._write_message, asked))

    def _write_message(self, asked: Drawn, data: bytes) -> None:
        """Open the message in the computer's own program; those who are expected do not see each
        other's addresses."""
        content = asked.content
        called = subject(content) if isinstance(content, Convocation) else asked.report.label
        addresses = content.addresses if isinstance(content, Convocation) else ()
        fields = {"subject": called,
                  "body": data.decode()} | ({"bcc": ",".join(addresses)} if addresses else {})
        url = QUrl("mailto:?" + urlencode(fields, quote_via=quote))
        if QDesktopServices.openUrl(url):
            self._remember(asked, JournalWhat.SENT)
        else:
            self.state.setText(
                _("This computer has no program for messages: copy the text instead."))

    def _on_failed(self, error: AppError) -> None:
        self.state.setText(str(error))

    def _on_save(self) -> None:
        drawn = self.drawn
        if drawn is not None:
            ask_target(self, _("Save as PDF"), _place_for(drawn, "pdf"), "PDF (*.pdf)",
                       lambda path: self._write(Path(path), drawn, drawn.data))

    def save_to(self, path: str) -> None:
        """Write the document that is shown."""
        if self.drawn is not None:
            self._write(Path(path), self.drawn, self.drawn.data)

    def _write(self, path: Path, drawn: Drawn, data: bytes) -> None:
        try:
            write_atomically(path, data)
        except OSError as error:
            raise AppError(_("The file could not be written."),
                           _("Choose another folder.")) from error
        self.state.setText(_("Saved: {name}").format(name=path.name))
        self._remember(drawn, JournalWhat.SAVED)

    def _remember(self, drawn: Drawn, what: JournalWhat) -> None:
        if went_out(self.desk.vault, drawn.record_id, drawn.content, drawn.kind, what):
            self.desk.done(_("The reminder is noted."))

    def _on_print(self) -> None:
        drawn = self.drawn
        if drawn is not None:
            print_pdf(self, self.pdf, lambda: self._remember(drawn, JournalWhat.PRINTED))


def _place_for(drawn: Drawn, ending: str) -> str:
    """Where a document is offered to be saved, under the name of what it is."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(Path(folder, file_name(drawn.report.label, drawn.content, ending)))


def _undrawn(content: object) -> str:
    """Say whose letters are missing on the paper: told before it is printed."""
    names = undrawn_names(content)
    if not names:
        return ""
    return _(
        "No letters on paper for: {names}. Write them in Latin letters in the directory too.").format(
            names=", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else ""))


def _withheld(content: object) -> str:
    if not isinstance(content, Minutes) or content.audience != "diffusion" or not content.withheld:
        return ""
    return ngettext("{count} line is withheld", "{count} lines are withheld",
                    content.withheld).format(
                        count=content.withheld)
