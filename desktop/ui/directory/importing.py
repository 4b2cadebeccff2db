"""Importing people from a spreadsheet: its sheet and its columns as they were understood, to be put
right by hand."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.i18n import N_, _, ngettext
from desktop.exchange.directory import (
    COMPLETED,
    HOMONYM,
    NEW,
    REFUSED,
    SAME,
    DirectoryLine,
    DirectoryPlan,
    Done,
    import_text,
    plan_import,
)
from desktop.exchange.directory_columns import columns_in
from desktop.exchange.headers import TITLES
from desktop.exchange.matching import with_choice
from desktop.exchange.sheets import sheets_of
from desktop.exchange.tables import rows_of, text_of
from desktop.ui.records.importing import ImportCard, ImportPlan
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import empty_layout, label
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.lists.columns import Column

WORDS = {NEW: N_("new"), COMPLETED: N_("completed"), SAME: N_("already there"),
         HOMONYM: N_("to be settled"),
         REFUSED: N_("left out")}
TONES = {NEW: "ok", COMPLETED: "accent", SAME: "neutral", HOMONYM: "warn", REFUSED: "bad"}
WHOLE = {"whole_name": N_("Given name, family name"), "family_first": N_("Family name, given name")}
"""The two columns that hold a name whole, told apart."""


def people_plan(homonyms: Callable[[], bool]) -> ImportPlan:
    """How people and organisations are imported. `homonyms`: whether those to be settled are wanted
    too."""
    return ImportPlan(
        name="importing", title=_("Import people and organisations"),
        about=_("Copy the lines in your spreadsheet and paste them here, or choose a CSV file. The "
                "first line names the columns: Nom, Prénom, Structure, Fonction, Courriel, "
                "Téléphone, Groupe. Nothing that is known is overwritten."),
        example=_("NOM\tPrénom\tStructure\tFonction\tCourriel"),
        columns=(Column[DirectoryLine](_("Line"), lambda row: str(row.number),
                                       key=lambda row: row.number,
                              width=60, right=True),
                 Column[DirectoryLine](_("Name"), lambda row: row.name, strong=True, width=240),
                 Column[DirectoryLine](_("Organisation"), lambda row: row.organisation, width=240),
                 Column[DirectoryLine](_("What"), lambda row: _(WORDS[row.state]),
                              tone=lambda row: TONES[row.state], width=120),
                 Column[DirectoryLine](_("Why"), lambda row: row.reason)),
        read=plan_import, write=import_text,
        wanted=lambda plan: plan.count(NEW) + plan.count(COMPLETED)
        + (plan.count(HOMONYM) if homonyms() else 0),
        summary=_summary, done=_done,
        kinds=f"{_('Tables and address books')} (*.csv *.tsv *.txt *.xlsx *.ods *.vcf);;* (*)")


def _summary(plan: DirectoryPlan) -> str:
    counted = {NEW: ngettext("{count} new line", "{count} new lines", plan.count(NEW)),
               COMPLETED: ngettext("{count} line completed", "{count} lines completed",
                                   plan.count(COMPLETED)),
               SAME: _("{count} already there"), HOMONYM: _("{count} to be settled"),
               REFUSED: ngettext("{count} line left out", "{count} lines left out",
                                 plan.count(REFUSED))}
    parts = [words.format(count=plan.count(state)) for state, words in counted.items()
             if plan.count(state)]
    if plan.new_organisations:
        parts.append(ngettext("{count} organisation to create", "{count} organisations to create",
                              len(plan.new_organisations))
                     .format(count=len(plan.new_organisations)))
    sentences = [" · ".join(parts) + "."] if parts else []
    if plan.unknown_groups:
        sentences.append(_("Groups that are not known, left out: {groups}.").format(
            groups=", ".join(plan.unknown_groups)[:200]))
    return " ".join((*sentences, *plan.told))


def _done(done: Done) -> str:
    parts = []
    if done.people or not (done.organisations or done.completed):
        parts.append(ngettext("{count} person added", "{count} people added", done.people)
                     .format(count=done.people))
    if done.organisations:
        parts.append(ngettext("{count} organisation added", "{count} organisations added",
                              done.organisations).format(
                                  count=done.organisations))
    if done.completed:
        parts.append(
            ngettext("{count} person completed", "{count} people completed", done.completed).format(
                count=done.completed))
    return ", ".join(parts) + "."


class PeopleImportCard(ImportCard):
    """The import of the directory, with the sheet that is read and a choice above each column."""

    def __init__(self, desk: Desk, left: Callable[[], None]) -> None:
        self._chosen: tuple[str, ...] | None = None
        self._shown: tuple[tuple[str, ...], tuple[str, ...]] = (), ()
        self._name = ""
        super().__init__(desk, people_plan(lambda: self.homonyms.isChecked()), left)

    def add_choices(self) -> None:
        self.sheet = ChoiceField(_("Sheet of the workbook"), [], required=True)
        self.sheet_line = QWidget()
        line = Flow(8)
        line.setContentsMargins(0, 0, 0, 0)
        self.sheet_line.setLayout(line)
        line.addWidget(label(_("Sheet that is read")))
        line.addWidget(self.sheet)
        line.addStretch(1)
        self.sheet.activated.connect(lambda _at: self._on_sheet())
        self.sheet_line.hide()
        self.columns = QWidget()
        self._columns = Flow(8)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self.columns.setLayout(self._columns)
        self.columns.hide()
        self.choices: list[ChoiceField] = []
        at = self.box.indexOf(self.table)
        self.box.insertWidget(at, self.columns)
        self.box.insertWidget(at, self.sheet_line)
        self.homonyms = QCheckBox(_("Add those to be settled too, as other people"))
        self.homonyms.hide()
        self.homonyms.toggled.connect(self.show_plan)
        self.box.addWidget(self.homonyms)

    def arguments(self) -> tuple[tuple[str, ...] | None, ...]:
        return (self._chosen,)

    def write_arguments(self) -> tuple[Any, ...]:
        return self.homonyms.isChecked(), self._chosen, self.tell, self.stopped.is_set

    def begin(self, text: str = "") -> None:
        if text or self.plan is None:
            self._chosen, self._name = None, ""
            self.sheet_line.hide()
        super().begin(text)

    def read_bytes(self, data: bytes, name: str) -> None:
        self._chosen, self._name = None, name
        try:
            sheets = sheets_of(data)
        except AppError as error:
            self._refuse(error)
            return
        self.sheet.set_options([(sheet, sheet) for sheet in sheets])
        # A workbook of one sheet leaves no doubt.
        self.sheet_line.setVisible(len(sheets) > 1)
        super().read_bytes(data, name)

    def text_of(self, data: bytes) -> str:
        return text_of(data, str(self.sheet.value() or ""))

    def _on_sheet(self) -> None:
        super().read_bytes(self.data, self._name)

    def _on_typed(self) -> None:
        # What was chosen for the columns of one text says nothing of another.
        self._chosen = None
        super()._on_typed()

    def show_choices(self) -> None:
        plan = self.plan
        self.homonyms.setVisible(plan is not None and plan.count(HOMONYM) > 0)
        if plan is not None:
            self._show_columns(plan.titles, plan.columns)
        elif self._chosen is None:
            # A table that names nobody is put right here too.
            rows = self._rows()
            titles, columns, _place = columns_in(rows) if rows else ((), (), None)
            self._show_columns(titles, columns)

    def _rows(self) -> list[tuple[int, list[str]]]:
        try:
            return rows_of(self.text.toPlainText()) if not self._held else []
        except AppError:
            # Why it is no table is told already.
            return []

    def _show_columns(self, titles: tuple[str, ...], columns: tuple[str, ...]) -> None:
        if self._shown == (titles, columns):
            return
        if self._shown[0] == titles and len(self.choices) == len(columns):
            # The same table: the hand stays on the choice that it made.
            for choice, name in zip(self.choices, columns, strict=True):
                choice.set_value(name)
        else:
            self._make_choices(titles, columns)
        self._shown = titles, columns

    def _make_choices(self, titles: tuple[str, ...], columns: tuple[str, ...]) -> None:
        empty_layout(self._columns)
        self.choices = []
        offered = [("", _("not taken")),
                   *((name, _(title)) for name, title in TITLES.items() if name not in WHOLE),
                   *((name, _(title)) for name, title in WHOLE.items())]
        for number, (title, name) in enumerate(zip(titles, columns, strict=True), 1):
            said = title[:30] or _("Column {number}").format(number=number)
            choice = ChoiceField(_("What “{title}” holds").format(title=said), offered,
                                 required=True)
            choice.set_value(name)
            choice.activated.connect(partial(self._on_column, number - 1))
            cell = QWidget()
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(2)
            column.addWidget(label(said, "small"))
            column.addWidget(choice)
            self._columns.addWidget(cell)
            self.choices.append(choice)
        self._columns.addStretch(1)
        self.columns.setVisible(bool(self.choices))

    def _on_column(self, changed: int, _at: int) -> None:
        values = [str(choice.value() or "") for choice in self.choices]
        self._chosen = with_choice(values, changed, values[changed])
        self.read_again()
