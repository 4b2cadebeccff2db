"""The files joined to a record: add, open, save, take off. What is not here yet is fetched when it
is asked for."""

import uuid
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.base.errors import AppError
from desktop.base.home.files import write_atomically
from desktop.base.i18n import _, ngettext
from desktop.base.sizes import size_in_words
from desktop.base.text import safe_name
from desktop.commands.attachments import LARGEST, attach
from desktop.commands.journal import append
from desktop.commands.records import delete_record
from desktop.models.states import JournalWhat
from desktop.queries.attachments import AttachmentRow, attachments_of
from desktop.tasks.private_files import bytes_at_hand, is_opened_here, open_copy
from desktop.ui.jobs.lanes import Lane
from desktop.ui.screen.keyed import KeyedColumn, KeyedPart
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, button, label
from desktop.ui.widgets.fields.files import ask_file, ask_target
from desktop.ui.widgets.layout.flow import Flow


class AttachmentsCard(Card):
    """What is joined to one record; a file that is dropped on it is joined."""

    def __init__(self, desk: Desk, kind: str, record_id: uuid.UUID, hint: str) -> None:
        super().__init__(_("Attached files"))
        self.desk, self._kind, self._record = desk, kind, record_id
        self.head.addWidget(button(_("Attach a file"), self.ask, icon_name="plus"))
        self._hint = hint
        self._files = KeyedColumn(6)
        self.box.addLayout(self._files)
        # Over the whole card, and in no layout: nothing moves under the file that is held.
        self.drop_here = label("", "drop", wrap=True)
        self.drop_here.setParent(self)
        self.drop_here.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.drop_here.hide()
        self.setAcceptDrops(True)
        self.show_files()

    def show_files(self) -> None:
        """Show what is joined now."""
        files = self.desk.vault.ask(attachments_of, self._record)
        parts = [KeyedPart(row.id, row, partial(self._line, row)) for row in files]
        self._files.show_parts(parts
                               or [KeyedPart("none", None,
                                             lambda: label(self._hint, "muted", wrap=True))])

    def _line(self, row: AttachmentRow) -> QWidget:
        whole = QWidget()
        line = Flow(8)
        whole.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        line.add(label(row.name, wrap=True), 1, readable=160)
        where = "" if row.here else _("on the shared folder")
        line.add(
            label(" · ".join(part for part in (size_in_words(row.size), where) if part), "small"))
        if is_opened_here(row.name):
            line.add(button(_("Open a copy"), partial(self.open, row), style="quiet",
                            icon_name="folder-open",
                            tip=_("Open “{name}”; the copy is wiped at the lock")
                            .format(name=row.name)))
        line.add(
            button(_("Save as…"), partial(self._on_save, row), style="quiet", icon_name="download",
                   tip=_("Save “{name}” as a file").format(name=row.name)))
        line.add(button("", partial(self._remove, row), style="quiet", icon_name="x",
                        tip=_("Take “{name}” off").format(name=row.name)))
        return whole

    def ask(self) -> None:
        """Ask which file is to be joined."""
        ask_file(self, _("Attach a file"), self.join)

    def join(self, path: str) -> None:
        """Read a file and join it."""
        file, vault = Path(path), self.desk.vault
        kind, record = self._kind, self._record

        def work() -> uuid.UUID:
            try:
                if file.stat().st_size > LARGEST:
                    raise AppError(_("The file “{name}” is larger than 20 MB.")
                                   .format(name=file.name[:80]),
                                   _("Scan it in grey and at 150 dots an inch, or in several "
                                     "files."))
                data = file.read_bytes()
            except OSError as error:
                raise AppError(_("The file “{name}” cannot be read.").format(name=file.name[:80]),
                               _("Is it still there, and may you open it?")) from error
            return vault.do(attach, kind, record, file.name, data)

        # The news of the record redraws what shows it: this card may be gone when its work is done.
        desk = self.desk
        desk.jobs.run(Lane.VAULT, work, partial(_on_joined, desk), desk.messages.error,
                      owner=desk.messages)

    def _on_save(self, row: AttachmentRow) -> None:
        # It may be another's: it says a name, never a folder.
        name = safe_name(row.name)
        name = name if "." in name else f"{name}.bin"
        ask_target(self, _("Save as…"), name, "", partial(self.save, row))

    def save(self, row: AttachmentRow, path: str) -> None:
        """Write the bytes to a file, fetched first where they are not here."""
        vault, attachment = self.desk.vault, row.id

        def work() -> None:
            data = bytes_at_hand(vault, attachment)
            vault.do(append, JournalWhat.SAVED, "attachment")
            try:
                write_atomically(Path(path), data)
            except OSError as error:
                raise AppError(_("The file could not be written."),
                               _("Choose another folder, or make room on this disk.")) from error

        self.desk.messages.say(_("Fetching “{name}”…").format(name=row.name) if not row.here else
                               _("Writing “{name}”…").format(name=row.name))
        desk = self.desk
        lane = Lane.VAULT if row.here else Lane.EXCHANGE
        desk.jobs.run(lane, work, partial(_on_saved, desk, Path(path).name), desk.messages.error,
                      owner=desk.messages)
        desk.jobs.run(lane, lambda: None, lambda _none: self.show_files(), owner=self)

    def open(self, row: AttachmentRow) -> None:
        """Open a copy in the program of this computer, in the folder that the lock wipes; fetched
        first where it is not here."""
        vault, desk, attachment, name = self.desk.vault, self.desk, row.id, row.name
        desk.messages.say(_("Fetching “{name}”…").format(name=name) if not row.here else
                          _("Opening “{name}”…").format(name=name))
        desk.jobs.run(Lane.VAULT if row.here else Lane.EXCHANGE,
                      lambda: open_copy(vault, attachment, name),
                      partial(_on_opened, desk), desk.messages.error, owner=desk.messages)

    def _remove(self, row: AttachmentRow) -> None:
        self.desk.vault.do(delete_record, row.id)
        self.show_files()
        self.desk.done(_("Moved to the bin for 30 days."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.drop_here.setGeometry(self.rect())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        files = _files_of(event.mimeData())
        if not files:
            return
        self.drop_here.setText(ngettext("Drop the file here to attach it",
                                        "Drop the {count} files here to attach them",
                                        len(files)).format(count=len(files)))
        self.drop_here.raise_()
        self.drop_here.show()
        _take_a_copy(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        _take_a_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_here.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_here.hide()
        for file in _files_of(event.mimeData()):
            self.join(file)
        _take_a_copy(event)


def _files_of(held: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in held.urls() if url.isLocalFile()]


def _take_a_copy(event: QDropEvent) -> None:
    # Where a move is proposed, whoever gives the file would erase it afterwards.
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()


def _on_joined(desk: Desk, _made: uuid.UUID) -> None:
    desk.done(_("The file is in the vault, encrypted. The original on the disk is not: erase it if "
                "it names people."))


def _on_opened(desk: Desk, copy: Path) -> None:
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
        desk.messages.say(_("{name} is open: a copy that cannot be saved back, and is wiped at the "
                            "lock.").format(name=copy.name))
    else:
        desk.messages.say(_("This computer has no program for {name}: save it as a file instead.")
                          .format(name=copy.name))


def _on_saved(desk: Desk, name: str, _nothing: None) -> None:
    desk.messages.say(_("Saved as {name}. Outside the vault it is not encrypted any more.")
                      .format(name=name))
