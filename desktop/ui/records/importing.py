"""Importing a table: paste or choose a file, read what would be done line by line, then do it; one
gesture to be undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QProgressBar

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.i18n import _, ngettext
from desktop.exchange.tables import text_of
from desktop.ui.jobs.lanes import Lane
from desktop.ui.records.tables import settle_table
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, button, label, reword
from desktop.ui.widgets.fields.files import ask_file
from desktop.ui.widgets.lists.columns import Column
from desktop.ui.widgets.lists.table import Table

SOON_MS = 250
LOOKED_MS = 100
LARGE = 200_000
"""Characters: beyond, the paste area shows only that a text is held."""


@dataclass(frozen=True)
class ImportPlan:
    """What is imported, and how it is said.

    `read` and `write` are called in the lane of the vault with a session first and the text last;
    what `read` gives has `lines`. `wanted` counts the lines that would be imported, `summary` says
    what is above the table, `done` what was made.
    """

    name: str
    title: str
    about: str
    example: str
    columns: Sequence[Column[Any]]
    read: Callable[..., Any]
    write: Callable[..., Any]
    wanted: Callable[[Any], int]
    summary: Callable[[Any], str]
    done: Callable[[Any], str]
    kinds: str = ""


class ImportCard(Card):
    """Shown in the place of the lists until it is done or left."""

    def __init__(self, desk: Desk, what: ImportPlan, left: Callable[[], None]) -> None:
        super().__init__(what.title)
        self.desk, self.what, self._left = desk, what, left
        self.plan: Any = None
        self.data = b""
        """The bytes of the file that was chosen; empty for what was pasted."""
        self.box.addWidget(label(what.about, "muted", wrap=True))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Lines to import"))
        self.text.setPlaceholderText(what.example)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setMaximumHeight(120)
        self.box.addWidget(self.text)
        self.told = label("", wrap=True)
        self.box.addWidget(self.told)
        self.table = Table(_("What would be done"), what.columns, stretch=len(what.columns) - 1)
        settle_table(desk, what.name, self.table)
        self.box.addWidget(self.table, 1)
        self.add_choices()
        line = QHBoxLayout()
        self.import_button = button(_("Import"), self.apply, style="primary", icon_name="check",
                                    tip="Ctrl+S")
        line.addWidget(self.import_button)
        save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.apply)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.cancel)
        for shortcut in (save, leave):
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        line.addWidget(button(_("Choose a file"), self._on_file, icon_name="folder-open"))
        line.addWidget(button(_("Cancel"), self.cancel))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Importing"))
        self.progress.hide()
        line.addWidget(self.progress, 1)
        line.addStretch(1)
        self.box.addLayout(line)
        self.stopped = Event()
        self._at = 0, 0
        self._looking = QTimer(self)
        self._looking.setInterval(LOOKED_MS)
        self._looking.timeout.connect(self._show_progress)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.read_again)
        self.text.textChanged.connect(self._on_typed)
        self._held = self._text = ""
        self.show_plan()

    # What a kind of table adds

    def add_choices(self) -> None:
        """Add the choices of this kind of table under its lines."""

    def arguments(self) -> tuple[Any, ...]:
        """Return what is chosen, for `read`, after the text."""
        return ()

    def write_arguments(self) -> tuple[Any, ...]:
        """Return what is chosen, for `write`, after the text."""
        return self.arguments()

    def show_choices(self) -> None:
        """Show the choices as the plan needs them."""

    def text_of(self, data: bytes) -> str:
        """Return the text of a file; AppError where it is no table."""
        return text_of(data)

    # Reading

    def begin(self, text: str = "") -> None:
        """Start with a text where one was pasted, else with what was left here and not
        imported."""
        self.text.setFocus()
        if self.plan is not None and not text:
            return
        self._held, self.data = "", b""
        self.text.setReadOnly(False)
        self.text.setPlainText(text)
        self.read_again()

    def _on_file(self) -> None:
        ask_file(self, _("Choose a file"), self.read_file, self.what.kinds)

    def read_file(self, path: str) -> None:
        """Read a file; what is wrong with it is told below the text."""
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            self._refuse(disk_error(error, Path(path)))
            return
        self.read_bytes(data, Path(path).name)

    def read_bytes(self, data: bytes, name: str) -> None:
        """Read the bytes of a file; what is wrong with it is told below the text."""
        try:
            text = self.text_of(data)
        except AppError as error:
            self._refuse(error)
            return
        self._held = text if len(text) > LARGE else ""
        self.text.setReadOnly(bool(self._held))
        self.text.setPlainText(_("The file {name} is read whole.").format(name=name) if self._held
                               else text)
        self.data = data
        self.read_again()

    def _on_typed(self) -> None:
        self._soon.start()

    def read_again(self) -> None:
        """Ask what importing would do."""
        self._soon.stop()
        text = self._held or self.text.toPlainText()
        if not text.strip():
            self.plan = None
            self.show_plan()
            return
        vault, read, chosen = self.desk.vault, self.what.read, self.arguments()
        self.desk.jobs.run(Lane.VAULT, lambda: (text, chosen, vault.ask(read, text, *chosen)),
                           self._on_plan, self._refuse,
                           owner=self)

    def _on_plan(self, answer: tuple[str, tuple[Any, ...], Any]) -> None:
        text, chosen, plan = answer
        if (self.desk.vault.is_open and text == (self._held or self.text.toPlainText())
            and chosen == self.arguments()):
            self.plan, self._text = plan, text
            self.show_plan()

    def _refuse(self, error: AppError) -> None:
        if self.desk.vault.is_open:
            self.plan = None
            self.show_plan()
            self.told.setText(str(error))

    def show_plan(self) -> None:
        """Show what importing would do."""
        plan = self.plan
        count = self.what.wanted(plan) if plan is not None else 0
        self.import_button.setEnabled(count > 0)
        reword(self.import_button,
               ngettext("Import {count} line", "Import {count} lines", count).format(count=count)
               if count else _("Import"))
        self.table.set_rows(plan.lines if plan is not None else ())
        self.show_choices()
        self.told.setText(self.what.summary(plan) if plan is not None else "")

    # Doing

    def apply(self) -> None:
        """Import what the table says."""
        if self.plan is None or not self.import_button.isEnabled():
            return
        self.import_button.setEnabled(False)
        self.stopped.clear()
        self._at = 0, 0
        self._looking.start()
        vault, write, chosen, text = self.desk.vault, self.what.write, self.write_arguments(), self._text

        def work() -> tuple[Any, bool]:
            before = vault.history.last
            return vault.do(write, text, *chosen), vault.history.last > before

        self.desk.jobs.run(Lane.VAULT, work, self._on_done, self._on_failed, owner=self)

    def tell(self, done: int, whole: int) -> None:
        """Say how far the import is; called in the thread that imports."""
        self._at = done, whole

    def _show_progress(self) -> None:
        done, whole = self._at
        self.progress.setRange(0, whole)
        self.progress.setValue(done)
        self.progress.show()

    def cancel(self) -> None:
        """Stop the import that runs, of which nothing is kept then; else leave."""
        if self._looking.isActive():
            self.stopped.set()
        else:
            self._left()

    def _ended(self) -> None:
        self._looking.stop()
        self.progress.hide()

    def _on_failed(self, error: AppError) -> None:
        self._ended()
        plan = self.plan
        self._refuse(error)
        if self.stopped.is_set() and plan is not None and self.desk.vault.is_open:
            # The table is as it was before: it can be imported again.
            self.plan = plan
            self.show_plan()
            self.told.setText(str(error))

    def _on_done(self, result: tuple[Any, bool]) -> None:
        self._ended()
        done, can_undo = result
        if not self.desk.vault.is_open:
            return
        self.plan = None
        self._left()
        # An import too large to be remembered: "Undo" would take back the gesture before it.
        (self.desk.done if can_undo else self.desk.messages.say)(self.what.done(done))
