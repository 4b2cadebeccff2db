"""Importing people from a spreadsheet: paste or choose a file, read what would be done, then do it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPlainTextEdit

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.i18n import N_, _, ngettext
from desktop.exchange.directory import (
    COMPLETED,
    HOMONYM,
    NEW,
    REFUSED,
    SAME,
    Done,
    Line,
    Plan,
    import_text,
    plan_import,
)
from desktop.exchange.headers import TITLES
from desktop.exchange.tables import text_of
from desktop.ui.jobs.lanes import Lane
from desktop.ui.records.tables import settle_table
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, button, label, reword
from desktop.ui.widgets.fields.files import ask_file
from desktop.ui.widgets.lists.columns import Column
from desktop.ui.widgets.lists.table import Table

WORDS = {NEW: N_("new"), COMPLETED: N_("completed"), SAME: N_("already there"), HOMONYM: N_("to be settled"),
         REFUSED: N_("left out")}
TONES = {NEW: "ok", COMPLETED: "accent", SAME: "neutral", HOMONYM: "warn", REFUSED: "bad"}
SOON_MS = 250
LARGE = 200_000
"""Characters: beyond, the paste area shows only that a text is held."""


class ImportCard(Card):
    """Shown in the place of the lists until it is done or left."""

    def __init__(self, desk: Desk, left: Callable[[], None]) -> None:
        super().__init__(_("Import people and organisations"))
        self.desk, self._left = desk, left
        self.plan: Plan | None = None
        self.box.addWidget(label(_(
            "Copy the lines in your spreadsheet and paste them here, or choose a CSV file. The first line names the columns: "
            "Nom, Prénom, Structure, Fonction, Courriel, Téléphone, Groupe. Nothing that is known is overwritten."),
            "muted", wrap=True))
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Lines to import"))
        self.text.setPlaceholderText(_("NOM\tPrénom\tStructure\tFonction\tCourriel"))
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setMaximumHeight(120)
        self.box.addWidget(self.text)
        self.told = label("", wrap=True)
        self.box.addWidget(self.told)
        self.table = Table(_("What would be done"), (
            Column[Line](_("Line"), lambda row: str(row.number), key=lambda row: row.number, width=60, right=True),
            Column[Line](_("Name"), lambda row: row.name, strong=True, width=240),
            Column[Line](_("Organisation"), lambda row: row.organisation, width=240),
            Column[Line](_("What"), lambda row: _(WORDS[row.state]), tone=lambda row: TONES[row.state], width=120),
            Column[Line](_("Why"), lambda row: row.reason)), stretch=4)
        settle_table(desk, "importing", self.table)
        self.box.addWidget(self.table, 1)
        self.homonyms = QCheckBox(_("Add those to be settled too, as other people"))
        self.homonyms.hide()
        self.homonyms.toggled.connect(self._show)
        self.box.addWidget(self.homonyms)
        line = QHBoxLayout()
        self.import_button = button(_("Import"), self.apply, style="primary", icon_name="check")
        line.addWidget(self.import_button)
        line.addWidget(button(_("Choose a file"), self._on_file, icon_name="folder-open"))
        line.addWidget(button(_("Cancel"), left))
        line.addStretch(1)
        self.box.addLayout(line)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._read)
        self.text.textChanged.connect(self._soon.start)
        self._held = self._text = ""
        self._show()

    def begin(self, text: str = "") -> None:
        """Start anew, with a text where one was pasted."""
        self._held = ""
        self.text.setReadOnly(False)
        self.text.setPlainText(text)
        self.text.setFocus()
        self._read()

    def _on_file(self) -> None:
        ask_file(self, _("Choose a file"), self.read_file,
                 f"{_('Tables and address books')} (*.csv *.tsv *.txt *.xlsx *.ods *.vcf);;* (*)")

    def read_file(self, path: str) -> None:
        """Read a file; what is wrong with it is told below the text."""
        try:
            text = text_of(Path(path).read_bytes())
        except OSError as error:
            self._refuse(disk_error(error, Path(path)))
            return
        except AppError as error:
            self._refuse(error)
            return
        if len(text) > LARGE:
            self._held = text
            self.text.setReadOnly(True)
            self.text.setPlainText(_("The file {name} is read whole.").format(name=Path(path).name))
        else:
            self.text.setPlainText(text)
        self._read()

    def _read(self) -> None:
        self._soon.stop()
        text = self._held or self.text.toPlainText()
        if not text.strip():
            self.plan = None
            self._show()
            return
        vault = self.desk.vault
        self.desk.jobs.run(Lane.VAULT, lambda: (text, vault.ask(plan_import, text)), self._on_plan, self._refuse,
                           owner=self)

    def _on_plan(self, read: tuple[str, Plan]) -> None:
        text, plan = read
        if self.desk.vault.is_open and text == (self._held or self.text.toPlainText()):
            self.plan, self._text = plan, text
            self._show()

    def _refuse(self, error: AppError) -> None:
        if self.desk.vault.is_open:
            self.plan = None
            self._show()
            self.told.setText(str(error))

    def _wanted(self) -> int:
        if self.plan is None:
            return 0
        return self.plan.count(NEW) + self.plan.count(COMPLETED) + (
            self.plan.count(HOMONYM) if self.homonyms.isChecked() else 0)

    def _show(self) -> None:
        plan = self.plan
        count = self._wanted()
        self.import_button.setEnabled(count > 0)
        reword(self.import_button, ngettext("Import {count} line", "Import {count} lines", count).format(count=count)
               if count else _("Import"))
        self.table.set_rows(plan.lines if plan else ())
        self.homonyms.setVisible(plan is not None and plan.count(HOMONYM) > 0)
        self.told.setText(self._summary(plan) if plan else "")

    def _summary(self, plan: Plan) -> str:
        parts = [f"{plan.count(state)} {_(words)}" for state, words in WORDS.items() if plan.count(state)]
        if plan.new_organisations:
            parts.append(ngettext("{count} organisation to create", "{count} organisations to create",
                                  len(plan.new_organisations)).format(count=len(plan.new_organisations)))
        sentences = [" · ".join(parts)]
        sentences.append(_("Columns: {columns}.").format(
            columns=", ".join(_(TITLES[name]) if name else "—" for name in plan.columns)))
        if plan.unknown_groups:
            sentences.append(_("Groups that are not known, left out: {groups}.").format(
                groups=", ".join(plan.unknown_groups)[:200]))
        return "  ".join((*sentences, *plan.told))

    def apply(self) -> None:
        """Import what the table says."""
        plan = self.plan
        if plan is None or not self.import_button.isEnabled():
            return
        self.import_button.setEnabled(False)
        vault, homonyms, text = self.desk.vault, self.homonyms.isChecked(), self._text

        def work() -> tuple[Done, bool]:
            before = vault.history.last
            return vault.do(import_text, text, homonyms), vault.history.last > before

        self.desk.jobs.run(Lane.VAULT, work, self._on_done, self._refuse, owner=self)

    def _on_done(self, result: tuple[Done, bool]) -> None:
        done, can_undo = result
        if not self.desk.vault.is_open:
            return
        parts = [ngettext("{count} person added", "{count} people added", done.people).format(count=done.people)]
        if done.organisations:
            parts.append(ngettext("{count} organisation added", "{count} organisations added", done.organisations).format(
                count=done.organisations))
        if done.completed:
            parts.append(ngettext("{count} person completed", "{count} people completed", done.completed).format(
                count=done.completed))
        self.plan = None
        self._left()
        # An import too large to be remembered: "Undo" would take back the gesture before it.
        (self.desk.done if can_undo else self.desk.messages.say)(", ".join(parts) + ".")
