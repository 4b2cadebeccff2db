"""A register: a table on the left, the chosen record on the right, to read, add, change and
delete."""

import uuid
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.base.i18n import N_, _
from desktop.commands.records import add_record, delete_record
from desktop.models.authority import Verb, may, names_of, roles_for
from desktop.models.leaving import ROWS_STAY
from desktop.models.record import RECORDS
from desktop.queries.corrections import corrections_of
from desktop.queries.records import record_for_form
from desktop.queries.versions import TwoVersions
from desktop.ui.records.leaving import LeavingBar
from desktop.ui.records.sheet import Extra, RecordSheet, write_facts, write_head
from desktop.ui.records.tables import settle_table
from desktop.ui.records.versions import card_of, waiting_for_choice
from desktop.ui.records.whereabouts import Where
from desktop.ui.screen.forms import FormPlan, Forms, OpenForm
from desktop.ui.screen.keyed import same_hand
from desktop.ui.screen.workspace import Desk, choose_one, tell_nothing_begins
from desktop.ui.widgets.basics import (
    Card,
    Empty,
    SearchBox,
    button,
    empty_layout,
    label,
    rule,
    scrolled,
)
from desktop.ui.widgets.fields.form import Entry, Form
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.stacking import StackingSplitter
from desktop.ui.widgets.lists.columns import Column
from desktop.ui.widgets.lists.table import Table
from desktop.ui.widgets.theme import scaled

FIRST = 200
"""Rows that a list of thousands begins with: some twenty screens."""
REGISTER_KEYS = (
    (N_("Up, Down"), N_("read the record above or below in the list")),
    (N_("Enter"), N_("edit the chosen record")),
)


@dataclass(frozen=True)
class _ShownRecord:
    """What the detail pane says of a record; while it is the same, nothing is written again."""

    row: Any
    sheet: RecordSheet
    versions: list[TwoVersions]
    wrong: list[str]


@dataclass(frozen=True)
class RegisterPlan:
    """How one kind of record is listed, read and edited. `before_save` completes the values;
    `buttons` adds gestures.

    `first` gives the first so many rows, in the order of `rows`, where there may be thousands;
    None: all are wanted.
    `arguments`: what both are asked for. The queries themselves look at nothing that is shown:
    another thread may ask them.
    """

    kind: str
    name: str
    icon: str
    columns: Sequence[Column[Any]]
    rows: Callable[..., Sequence[Any]]
    sheet: Callable[[Any], RecordSheet]
    entries: Callable[[], Sequence[Entry]]
    new_label: str
    empty_title: str
    empty_text: str
    before_save: Callable[[dict[str, Any]], dict[str, Any]] = lambda values: values
    add: Callable[[dict[str, Any]], uuid.UUID] | None = None
    buttons: Sequence[tuple[str, str, Callable[[Any], None]]] = field(default_factory=tuple)
    extra: Callable[[Any], Extra | None] = lambda row: None
    first: Callable[..., Sequence[Any] | None] = lambda session, count, *_arguments: None
    arguments: Callable[[], tuple[Hashable, ...]] = tuple
    shares: tuple[int, int] = (3, 2)
    """How the width is shared between the list and the sheet."""
    open: Callable[[Any], None] | None = None
    """For a list that is only read: where Enter and a double click lead."""
    begin: Callable[[], None] | None = None
    """For a list that is only read: what Ctrl+N begins elsewhere, named by `new_label`."""
    edit_with: Callable[[uuid.UUID], None] | None = None
    """The form of this kind, where it has one of its own; None: the fields of `entries`."""
    may_edit: Callable[[Any], bool] = lambda row: True
    """Whether the row may still be changed and deleted by who reads it here."""


class Register(QWidget):
    """The two panes of one kind of record; used by the screens that list records."""

    def __init__(self, desk: Desk, plan: RegisterPlan) -> None:
        super().__init__()
        self.desk, self.plan = desk, plan
        self.forms = self._make_forms()
        self._read: _ShownRecord | None = None
        self._where: Where | None = None
        self._extra: Extra | None = None
        self._left: dict[str, dict[str, Any]] = {}
        self.search = SearchBox(_("Search in the list"))
        self.add_button = button(plan.new_label, self.new, style="primary", icon_name="plus")
        # Who may not write this kind reads it, and is told who may.
        self.writes = plan.open is None and may(desk.vault.identity.roles, plan.kind)
        self.begins = self.writes or (plan.begin is not None and bool(plan.new_label))
        if not self.begins:
            self.add_button.hide()
        self.table = Table(plan.name, plan.columns)
        settle_table(desk, plan.kind, self.table)
        self.left = QStackedWidget()
        card = Card(margins=6)
        card.box.setContentsMargins(6, 6, 6, 6)
        card.box.addWidget(self.table)
        self.left.addWidget(card)
        nothing = Card()
        nothing.box.addWidget(Empty(plan.icon, plan.empty_title, plan.empty_text,
                                    button(plan.new_label, self.new, icon_name="plus")
                                    if self.begins else None))
        self.left.addWidget(nothing)
        self.detail = Card()
        self.split = StackingSplitter()
        self.split.addWidget(self.left)
        self.split.addWidget(self.detail)
        for number, share in enumerate(plan.shares):
            self.split.setStretchFactor(number, share)
        self.left.setMinimumSize(scaled(380), scaled(160))
        self.detail.setMinimumWidth(scaled(340))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.forms.bar)
        if plan.kind in ROWS_STAY:
            box.addWidget(LeavingBar(desk, plan.kind, self.table))
        box.addWidget(self.split, 1)
        self.search.textChanged.connect(self.table.filter_by)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda row: plan.open(row) if plan.open is not None
                                  else self.edit(row.id))
        self._show_empty()

    def refresh(self) -> None:
        """Ask for the rows again; the chosen one stays chosen, a form being filled is left
        alone."""
        # A list that was brought whole stays whole: its reader may be anywhere in it.
        shown = self.table.rows
        first = (None if shown.is_whole and shown.rowCount() >= FIRST else
                 self.desk.vault.ask(self.plan.first, FIRST, *self.plan.arguments()))
        rows = self.all_rows() if first is None else first
        if first is not None and len(first) == FIRST:
            self.table.set_rows(rows, self.all_rows)
        else:
            self.table.set_rows(rows)
        self.left.setCurrentIndex(0 if rows else 1)
        if self.forms.form is None:
            row = self.table.current_row()
            if row is None and rows:
                first = self.table.rows.row_at(self.table.rows.index(0, 0))
                self.table.select_id(getattr(first, "id", None), quiet=True)
                row = self.table.current_row()
            if row is not None:
                self.show_row(row)
            else:
                self._show_empty()

    def all_rows(self) -> Sequence[Any]:
        """Ask for every row."""
        return self.desk.vault.ask(self.plan.rows, *self.plan.arguments())

    def open_record(self, record_id: uuid.UUID) -> None:
        self.search.clear()
        self.forms.leave()
        self.refresh()
        if self.table.select_id(record_id, quiet=True):
            self.show_row(self.table.current_row())

    def place(self) -> uuid.UUID | None:
        return getattr(self.table.current_row(), "id", None)

    def _clear(self) -> QVBoxLayout:
        self._keep_typed()
        empty_layout(self.detail.box)
        self._read = self._where = self._extra = None
        return self.detail.box

    def _keep_typed(self) -> None:
        """Remember what stands half filled under the record that is left, for when it is shown
        again."""
        if self._read is None or self._extra is None:
            return
        key, draft = str(self._read.row.id), self._extra.draft()
        self._left.pop(key, None)
        if draft is not None:
            self._left[key] = draft

    def _show_empty(self) -> None:
        self._clear().addWidget(Empty(self.plan.icon, self.plan.name, choose_one()))

    def _on_chosen(self, row: Any) -> None:
        if self.forms.form is not None:
            self.forms.leave()
        self.show_row(row)

    def show_row(self, row: Any) -> None:
        """Read one record; what is read already stays as it is, with what is chosen in it and where
        one is."""
        sheet = self.plan.sheet(row)
        own = row.id if isinstance(row.id, uuid.UUID) else None
        found = waiting_for_choice(self.desk, self.plan.kind, own) if own is not None else []
        judged = own is not None and self.plan.kind in RECORDS
        shown = _ShownRecord(row, sheet, found,
                       self.desk.vault.ask(corrections_of, row.id, self.desk.today()) if judged
                       else [])
        if shown == self._read:
            if self._where is not None:
                self._where.refresh()
            if self._extra is not None:
                self._extra.refresh()
            return
        if self._read is not None and self._read.row.id == row.id:
            # The same record, as somebody has changed it: the hand stays where it is.
            with same_hand(self.detail):
                self._write_sheet(shown)
        else:
            self._write_sheet(shown)

    def _write_sheet(self, shown: "_ShownRecord") -> None:
        row = shown.row
        if self._extra is not None and self._read is not None and self._read.row.id == row.id:
            # What is being typed under the record stays: only what is read of it is written again.
            self._read = shown
            self._write_facts(shown)
            empty_layout(self._foot)
            self._foot.addLayout(self._gestures_of(row))
            self._extra.refresh()
            return
        own = row.id if isinstance(row.id, uuid.UUID) else None
        box = self._clear()
        self._read = shown
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        self._head, self._facts = QVBoxLayout(), QVBoxLayout()
        for part, around in ((self._head, box), (self._facts, column)):
            part.setSpacing(10)
            around.addLayout(part)
        self._write_facts(shown)
        if own is not None and self.plan.kind in RECORDS:
            self._where = Where(self.desk)
            column.addWidget(self._where)
            self._where.show_record(self.plan.kind, own)
        self._extra = self.plan.extra(row)
        if self._extra is not None:
            column.addWidget(self._extra)
            draft = self._left.pop(str(row.id), None)
            if draft is not None:
                self._extra.take_draft(draft)
        column.addStretch(1)
        box.addWidget(scrolled(inside), 1)
        box.addWidget(rule())
        self._foot: QVBoxLayout = QVBoxLayout()
        self._foot.addLayout(self._gestures_of(row))
        box.addLayout(self._foot)

    def _write_facts(self, shown: "_ShownRecord") -> None:
        """Write what is read of the record, from its title on."""
        for part in (self._head, self._facts):
            empty_layout(part)
        write_head(self._head, shown.sheet)
        versions = card_of(self.desk, shown.versions, named=False)
        if versions is not None:
            self._facts.addWidget(versions)
        write_facts(self._facts, shown.sheet, shown.wrong)

    def _gestures_of(self, row: Any) -> Flow:
        line = Flow()
        if self.plan.open is None and not self.writes:
            line.addWidget(label(self._who_writes(), "muted"))
        writes = self.writes and self.plan.may_edit(row)
        if writes:
            line.addWidget(button(_("Edit"), lambda: self.edit(row.id), icon_name="pencil"))
        for text, icon_name, gesture in self.plan.buttons:
            line.addWidget(button(text, partial(gesture, row), icon_name=icon_name))
        line.addStretch(1)
        if writes:
            line.addWidget(button("", lambda: self.delete(row.id), style="danger",
                                  icon_name="trash-2", tip=_("Delete")))
        return line

    @property
    def extra(self) -> Extra | None:
        """What the screen added under the record that is read."""
        return self._extra

    @property
    def form(self) -> Form | None:
        """The form that is open."""
        return self.forms.form

    def _make_forms(self) -> Forms:
        plan = self.plan
        forms = Forms(self.desk, FormPlan(
            lambda _record: Form(plan.entries(), columns=1, today=self.desk.today),
            lambda record_id: _("Edit") if record_id else plan.new_label, self._add,
            plan.before_save), self)
        forms.opened.connect(self._show_form)
        forms.closed.connect(self._on_closed)
        forms.saved.connect(self._on_saved)
        return forms

    def _add(self, values: dict[str, Any]) -> uuid.UUID:
        if self.plan.add is not None:
            return self.plan.add(values)
        return self.desk.vault.do(add_record, self.plan.kind,
                                  {name: value for name, value in values.items()
                                   if value not in (None, [])})

    def new(self) -> None:
        """Open a blank form in the detail pane, or say why not."""
        if self.plan.begin is not None:
            self.plan.begin()
        elif self.writes:
            self.forms.begin(None, {})
        elif self.plan.open is None:
            self.desk.messages.say(self._who_writes())
        else:
            tell_nothing_begins(self.desk)

    def _who_writes(self) -> str:
        return _("Written by: {roles}").format(
            roles=names_of(roles_for(self.plan.kind, Verb.EDIT)))

    def edit(self, record_id: uuid.UUID) -> None:
        """Open the form of one record; do nothing where this computer may not write it."""
        row = self.table.current_row()
        if not self.writes or (row is not None and row.id == record_id
                               and not self.plan.may_edit(row)):
            return
        if self.plan.edit_with is not None:
            self.plan.edit_with(record_id)
            return
        self.forms.begin(record_id, self.desk.vault.ask(record_for_form, record_id))

    def _show_form(self, opened: OpenForm) -> None:
        self._clear().addWidget(opened)

    def _on_closed(self) -> None:
        self.refresh()
        self.table.setFocus()

    def _on_saved(self, record_id: uuid.UUID) -> None:
        self.open_record(record_id)
        self.table.setFocus()
        self.desk.done(_("Saved on this computer."))

    def draft(self) -> dict[str, Any] | None:
        """Return what is typed here and not saved."""
        own, under = self.forms.draft(), dict(self._left)
        if (self._read is not None and self._extra is not None
            and (typed := self._extra.draft()) is not None):
            under[str(self._read.row.id)] = typed
        if own is None and not under:
            return None
        return {**(own or {}), "under": under}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Show again what was typed and not saved."""
        self._left |= draft.get("under", {})
        if (self._read is not None and self._extra is not None
            and (typed := self._left.pop(str(self._read.row.id), None))):
            self._extra.take_draft(typed)
        self.forms.take_draft({name: value for name, value in draft.items() if name != "under"})

    def save(self) -> None:
        """Keep the open form."""
        self.forms.save()

    def cancel(self) -> None:
        """Give the open form up."""
        self.forms.cancel()

    def delete(self, record_id: uuid.UUID) -> None:
        """Hide the record at once; the message offers to bring it back."""
        self.desk.vault.do(delete_record, record_id)
        self.refresh()
        self.desk.done(_("Moved to the bin for 30 days."))
