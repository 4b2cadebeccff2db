"""What belongs to a record, in its sheet: lines that are read, added, changed and taken away in
place, by keyboard."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.base.errors import AppError
from desktop.base.i18n import N_, _
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.models.authority import may
from desktop.queries.records import record_for_form
from desktop.ui.records.sheet import Extra, read_text
from desktop.ui.screen.forms import FormPlan, Forms, OpenForm
from desktop.ui.screen.keyed import KeyedColumn, KeyedPart
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Chip, button, empty_layout, label
from desktop.ui.widgets.fields.form import Entry, Form
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.tab_order import lead_to

Values = dict[str, Any]
PARTS_KEYS = (("Ctrl+S", N_("save the form that is open")),
              (N_("Escape"), N_("leave the form: what was typed waits")))


@dataclass(frozen=True)
class Part:
    """One line. `id`: its record, None if there is none yet. `key`: what tells it from its
    neighbours.

    `chip`: a state in a word, with its tone. `gestures`: what can be done about it, beside changing
    and taking away.
    """

    key: str
    id: uuid.UUID | None
    first: str
    second: str = ""
    chip: tuple[str, str] = ("", "neutral")
    gestures: tuple[tuple[str, str], ...] = ()
    """(name, words) of each gesture, for `PartsPlan.on_gesture`."""
    is_fixed: bool = False
    """Neither changed nor taken away here."""


@dataclass(frozen=True)
class PartsPlan:
    """One kind of part.

    `owner`: the field that names the record they belong to, "" where the form asks for it.
    `rows(detail)`: the lines, of what the sheet was asked for.
    `before_save` completes the values of a form. `entries(part)`: the fields, of a new part for
    None.
    """

    kind: str
    title: str
    owner: str
    rows: Callable[[Any], Sequence[Part]]
    entries: Callable[[], Sequence[Entry]]
    add_label: str
    empty: str = ""
    before_save: Callable[[Values], Values] = lambda values: values
    from_record: Callable[[Values], Values] = lambda values: values
    add: Callable[..., uuid.UUID] | None = None
    """The command that adds one: (session, JSON values); None adds a record of the kind."""
    edit: Callable[..., None] = edit_record
    on_gesture: Callable[["PartsSection", Part, str], None] = lambda _section, _part, _name: None
    adds: bool = True
    key: str = ""
    """What tells it from another plan of the same kind of record."""


class PartsSection(QWidget):
    """The lines of one kind of part, and the form that is open among them."""

    def __init__(self, desk: Desk, plan: PartsPlan, owner: uuid.UUID,
                 changed: Callable[[], None]) -> None:
        super().__init__()
        self.desk, self.plan, self.owner = desk, plan, owner
        self._changed = changed
        self._entries: Callable[[], Sequence[Entry]] = plan.entries
        self._given: Values = {}
        self.is_filled = False
        """Whether there is any line."""
        self._from: QWidget | None = None
        self.writes = may(desk.vault.identity.roles, plan.kind)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(6)
        head = Flow(8)
        head.add(label(plan.title, "subheading", wrap=True), 1, readable=120)
        self.adding = button(plan.add_label, self.add, style="quiet", icon_name="plus",
                             tip=f"{plan.add_label} ({plan.title})")
        self.adding.setVisible(False)
        head.add(self.adding)
        box.addLayout(head)
        self._lines = KeyedColumn(4)
        box.addLayout(self._lines)
        self._nothing = label(plan.empty, "muted", wrap=True)
        self._nothing.setVisible(False)
        box.addWidget(self._nothing)
        self.forms = Forms(desk, FormPlan(
            self._make, self._heading, self._save_new, plan.before_save, plan.edit), self)
        self.forms.opened.connect(self._show_form)
        self.forms.closed.connect(self._on_closed)
        self.forms.saved.connect(self._on_saved)
        self._slot = QVBoxLayout()
        box.addLayout(self._slot)
        box.addWidget(self.forms.bar)
        self._show_adding()

    def _show_adding(self) -> None:
        self.adding.setVisible(self.writes and self.plan.adds and self.forms.form is None)

    def show_detail(self, detail: Any) -> None:
        """Show the lines as they are now; a form that is open stays as it is."""
        rows = self.plan.rows(detail)
        self._lines.show_parts([KeyedPart(row.key, row, partial(self._line, row)) for row in rows])
        self._nothing.setVisible(bool(self.plan.empty) and not rows)
        self.is_filled = bool(rows)

    def _line(self, part: Part) -> QWidget:
        whole = QWidget()
        line = Flow(8)
        line.setContentsMargins(0, 0, 0, 0)
        whole.setLayout(line)
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(read_text(part.first))
        if part.second:
            column.addWidget(read_text(part.second, "small"))
        line.add(words, 1, readable=180)
        if part.chip[0]:
            line.add(Chip(*part.chip))
        for name, said in part.gestures:
            line.add(button(said, partial(self.plan.on_gesture, self, part, name),
                            tip=f"{said} — {part.first}"))
        if part.id is not None and self.writes and not part.is_fixed:
            line.add(button("", partial(self.edit, part.id), style="quiet", icon_name="pencil",
                            tip=_("Change “{title}”").format(title=part.first)))
            line.add(button("", partial(self.delete, part.id), style="quiet", icon_name="x",
                            tip=_("Take “{title}” away").format(title=part.first)))
        return whole

    # The form

    def _make(self, _record_id: uuid.UUID | None) -> Form:
        return Form(self._entries(), columns=1, today=self.desk.today)

    def _heading(self, record_id: uuid.UUID | None) -> str:
        return self.plan.title if record_id is not None else self.plan.add_label

    def add(self, values: Values | None = None,
            entries: Callable[[], Sequence[Entry]] | None = None) -> None:
        """Open the form of a new part. `values`: what is known of it already. `entries`: other
        fields than usual."""
        self._given = values or {}
        self._entries = entries or self.plan.entries
        self.forms.begin(None, {name: value for name, value in self._given.items()
                                if name in {entry.name for entry in self._entries()}})

    def edit(self, record_id: uuid.UUID, entries: Callable[[], Sequence[Entry]] | None = None,
             values: Values | None = None) -> None:
        """Open the form of a part that is there. `values`: what the form proposes beside what is
        kept."""
        self._entries = entries or self.plan.entries
        held = self.plan.from_record(self.desk.vault.ask(record_for_form, record_id))
        self.forms.begin(record_id, held)
        if self.forms.form is not None and values:
            self.forms.form.set_values(held | values)

    def delete(self, record_id: uuid.UUID) -> None:
        """Take a part away; the message offers to bring it back."""
        self.desk.vault.do(delete_record, record_id)
        self._changed()
        self.desk.done(_("Taken away."))

    def _save_new(self, values: Values) -> uuid.UUID:
        kept = {name: value for name, value in {**self._given, **values}.items()
                if value not in (None, [], "")}
        if self.plan.owner:
            kept[self.plan.owner] = str(self.owner)
        if self.plan.add is not None:
            return self.desk.vault.do(self.plan.add, kept)
        return self.desk.vault.do(add_record, self.plan.kind, kept)

    def _show_form(self, opened: OpenForm) -> None:
        self._from = QApplication.focusWidget()
        self._slot.addWidget(opened)
        self._show_adding()
        lead_to(opened)

    def _on_closed(self) -> None:
        empty_layout(self._slot)
        self._show_adding()
        if self._from is not None and isValid(self._from) and self._from.isVisible():
            # Where one was before the form: the list, or the button that opened it.
            self._from.setFocus()
        elif self.adding.isVisible():
            self.adding.setFocus()

    def _on_saved(self, _record_id: uuid.UUID) -> None:
        self._on_closed()
        self._changed()
        self.desk.done(_("Saved on this computer."))

    def run(self, command: Callable[[], Any], said: str) -> None:
        """Do a gesture of one key, and offer to undo it; what bars it is said."""
        try:
            command()
        except AppError as error:
            self.desk.messages.error(error)
            return
        self._changed()
        self.desk.done(said)


class Parts(Extra):
    """All parts of one record, under what is read of it."""

    def __init__(self, desk: Desk, owner: uuid.UUID, ask: Callable[[], Any],
                 plans: Sequence[PartsPlan]) -> None:
        super().__init__()
        self._ask = ask
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(10)
        self.sections = {plan.key or plan.kind: PartsSection(desk, plan, owner, self.refresh)
                         for plan in plans}
        for section in self.sections.values():
            box.addWidget(section)
        self.refresh()

    def refresh(self) -> None:
        detail = self._ask()
        if detail is None:
            return
        for section in self.sections.values():
            section.show_detail(detail)

    @property
    def is_typed_in(self) -> bool:
        """Whether a form is open among them: its letters and figures are its own."""
        return any(section.forms.form is not None for section in self.sections.values())

    def draft(self) -> Values | None:
        typed = {kind: draft for kind, section in self.sections.items()
                 if (draft := section.forms.draft()) is not None}
        return typed or None

    def take_draft(self, draft: Values) -> None:
        for kind, typed in draft.items():
            if kind in self.sections:
                self.sections[kind].forms.take_draft(typed)


