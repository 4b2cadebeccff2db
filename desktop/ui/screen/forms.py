"""The one place where a form opens, is left half-filled and taken up again, and is saved.

A form that is left keeps what was typed: it waits as a draft, offered with « Take up », through
lock and kill.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.records import edit_record
from desktop.privacy.detect.known import CollectiveNames
from desktop.queries.known import known_names
from desktop.queries.records import record_for_form
from desktop.ui.identities.check import IdentityCheck, check_of
from desktop.ui.identities.review import ReviewStrip, hint_of_key
from desktop.ui.screen.keyed import KeyedColumn, KeyedPart
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button, label, rule, scrolled
from desktop.ui.widgets.fields.form import Form
from desktop.ui.widgets.layout.flow import Flow

Values = dict[str, Any]
SAVING = ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter")


def _as_it_is(values: Values) -> Values:
    return values


@dataclass(frozen=True)
class Begun:
    """What a form began with: it writes what was changed in it alone, and knows what its person had
    before the eyes.

    `record_id`: what is edited, None for a new record. `seen`: as it stood then. `untouched`: as
    the form first showed it.
    """

    record_id: uuid.UUID | None = None
    seen: Values = field(default_factory=dict)
    untouched: Values = field(default_factory=dict)


@dataclass(frozen=True)
class FormPlan:
    """How the forms of one kind of record are made, named and kept.

    `save(record_id, values, seen)` writes what is given and returns the record's id: of a new
    record all values, of another those that were changed. `before_save` completes the values first.
    `heading(record_id)` names the form.
    """

    make: Callable[[uuid.UUID | None], Form]
    heading: Callable[[uuid.UUID | None], str]
    save_new: Callable[[Values], uuid.UUID]
    before_save: Callable[[Values], Values] = _as_it_is
    edit: Callable[..., None] = edit_record
    """The command that changes a record: (session, id, changed values, values seen)."""


class OpenForm(QWidget):
    """One form on the screen: its heading, its fields, and how to keep it or leave it."""

    def __init__(self, desk: Desk, heading: str, form: Form, save: Callable[[], None],
                 cancel: Callable[[], None],
                 leave: Callable[[], None]) -> None:
        super().__init__()
        self.form = form
        self.check: IdentityCheck | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(label(heading, "heading", wrap=True))
        box.addWidget(scrolled(form), 1)
        self._add_check(desk, box)
        box.addWidget(rule())
        line = Flow()
        line.addWidget(button(_("Save"), save, style="primary", icon_name="check", tip="Ctrl+S"))
        line.addWidget(button(_("Cancel"), cancel))
        line.addStretch(1)
        if any(entry.required for entry in form.entries):
            line.addWidget(label(_("* needed"), "small"))
        box.addLayout(line)
        self._leave = leave
        for keys, gesture in (*((saving, save) for saving in SAVING), ("Escape", self._on_escape)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(gesture)

    def _add_check(self, desk: Desk, box: QVBoxLayout) -> None:
        """Look through the texts in which not anybody may be named, with one strip of keys for all
        of them."""
        checked = [entry for entry in self.form.entries if entry.names != "anybody"]
        if not checked:
            return
        strip = ReviewStrip(self)
        box.addWidget(hint_of_key())
        self.check = check_of(desk.vault, desk.jobs, strip, self)
        known = (desk.vault.ask(known_names) if any(entry.names == "members" for entry in checked)
                 else CollectiveNames())
        for entry in checked:
            field = self.form.fields[entry.name]
            if entry.names == "members":
                self.check.watch(field, known)
            else:
                self.check.watch(field)

    def _on_escape(self) -> None:
        # Qt asks for the shortcut before an open list gets the key: Escape closes that list first.
        popup = QApplication.activePopupWidget()
        if popup is None:
            self._leave()
        else:
            popup.close()


class Forms(QObject):
    """The forms of one kind of record: the one that is open, and those that were left.

    `opened` gives the form to be shown, `closed` tells that it was left, `saved` gives the record
    that was kept.
    """

    opened = Signal(object)
    closed = Signal()
    saved = Signal(object)

    def __init__(self, desk: Desk, plan: FormPlan, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.plan = desk, plan
        self.open: OpenForm | None = None
        self.begun = Begun()
        self.left: list[Values] = []
        self.bar = QWidget()
        self._lines = KeyedColumn(4)
        self.bar.setLayout(self._lines)
        self.bar.hide()

    @property
    def form(self) -> Form | None:
        """The fields of the open form."""
        return self.open.form if self.open is not None else None

    # Opening

    def begin(self, record_id: uuid.UUID | None, values: Values) -> None:
        """Open a form: of a record, as it is or as it was left half-changed; or a new one, with
        these values."""
        self.leave()
        waiting = next((draft for draft in self.left
                        if record_id is not None and draft["editing"] == str(record_id)), None)
        if waiting is not None:
            self.take_up(waiting)
            return
        form = self.plan.make(record_id)
        if values:
            form.set_values(values)
        self._show(form, Begun(record_id, values, form.values()))
        if form.entries:
            form.fields[form.entries[0].name].setFocus()

    def _show(self, form: Form, begun: Begun) -> None:
        heading = self.plan.heading(begun.record_id)
        self.open = OpenForm(self.desk, heading, form, self.save, self.cancel, self.leave)
        self.begun = begun
        self.opened.emit(self.open)

    def take_up(self, draft: Values) -> None:
        """Open a form that was left, as it was; where its record is gone meanwhile, as a new
        one."""
        self.leave()
        if draft in self.left:
            self.left.remove(draft)
        editing = uuid.UUID(draft["editing"]) if draft.get("editing") else None
        try:
            seen = self.desk.vault.ask(record_for_form, editing) if editing is not None else {}
        except AppError:
            editing, seen = None, {}
        form = self.plan.make(editing)
        form.set_values(draft["values"])
        self._show(form, Begun(editing, draft.get("seen", seen), draft.get("untouched", seen)))
        self._show_bar()
        form.return_focus(draft.get("focus", {}))

    # Leaving

    def _draft(self) -> Values | None:
        form = self.form
        if form is None:
            return None
        values = form.values()
        if values == self.begun.untouched:
            return None
        record_id = self.begun.record_id
        return {"editing": str(record_id) if record_id else None, "values": values,
                "focus": form.focus_place(),
                "seen": self.begun.seen, "untouched": self.begun.untouched}

    def leave(self) -> None:
        """Close the form; what was changed in it waits, to be taken up again."""
        draft, was_open = self._draft(), self.open is not None
        if draft is not None:
            self.left.append(draft)
        self._close()
        if was_open:
            self.closed.emit()

    def cancel(self) -> None:
        """Close the form and give up what was typed; the message offers to take it up all the
        same."""
        draft = self._draft()
        self._close()
        self.closed.emit()
        if draft is not None:
            self.desk.messages.say(_("Nothing of this form was kept."), lambda: self.take_up(draft))

    def _close(self) -> None:
        self.open, self.begun = None, Begun()
        self._show_bar()

    def throw_away(self, draft: Values) -> None:
        """Forget a form that was left."""
        self.left.remove(draft)
        self._show_bar()

    def _show_bar(self) -> None:
        self._lines.show_parts([KeyedPart(number, repr(draft), partial(self._line, draft))
                                for number, draft in enumerate(self.left)])
        self.bar.setVisible(bool(self.left))

    def _line(self, draft: Values) -> QWidget:
        whole = QWidget()
        line = Flow(8)
        line.setContentsMargins(0, 0, 0, 0)
        whole.setLayout(line)
        title = _title_of(draft["values"])
        line.add(label(_("Not saved: {title}").format(title=title) if title
                       else _("Not saved: a form without a title"),
                       wrap=True), 1, readable=160)
        line.add(button(_("Take up"), lambda: self.take_up(draft), icon_name="pencil",
                        tip=_("Take up “{title}”").format(title=title)))
        line.add(button("", lambda: self.throw_away(draft), style="quiet", icon_name="x",
                        tip=_("Throw “{title}” away").format(title=title)))
        return whole

    # Saving

    def save(self) -> None:
        """Keep the open form. What bars it is said, and the field that it is about gets the
        focus."""
        form = self.form
        if form is None:
            return
        trouble = form.validation_error()
        if trouble:
            self.desk.messages.say(trouble)
            return
        try:
            record_id = self._write(form.values())
        except AppError as error:
            wrong = form.fields.get(error.field)
            if wrong is not None:
                wrong.setFocus()
            self.desk.messages.error(error)
            return
        self._close()
        self.saved.emit(record_id)

    def _write(self, values: Values) -> uuid.UUID:
        record_id, seen, complete = self.begun.record_id, self.begun.seen, self.plan.before_save
        if record_id is None:
            return self.plan.save_new(complete(values))
        # What was changed since the form was opened, however long ago: the rest may be another's by
        # now.
        before = complete(self.begun.untouched)
        changed = {name: value for name, value in complete(values).items()
                   if name not in before or value != before[name] or name in self._proposed()}
        if changed:
            self.desk.vault.do(self.plan.edit, record_id, changed, seen)
        return record_id

    def _proposed(self) -> set[str]:
        """Return the choices that the form shows where nothing was kept: who saves has chosen
        them."""
        form, seen = self.form, self.begun.seen
        return {entry.name for entry in form.entries
                if entry.kind == "choice" and entry.required
                and seen.get(entry.name) is None} if form is not None else set()

    # Drafts

    def draft(self) -> Values | None:
        """Return what is typed and not saved, of the open form and of those that were left, as JSON
        values; None for nothing."""
        open_one = self._draft()
        return {"open": open_one, "left": self.left} if open_one is not None or self.left else None

    def take_draft(self, draft: Values) -> None:
        """Show again what `draft` gave."""
        self.left = list(draft.get("left", ()))
        self._show_bar()
        if draft.get("open") is not None:
            self.take_up(draft["open"])


def _title_of(values: Values) -> str:
    """Return the first words that a form holds, for who looks for it."""
    return next((value[:60] for value in values.values()
                 if isinstance(value, str) and " " in value.strip()), "") or next(
                     (value[:60] for name, value in values.items()
                      if isinstance(value, str) and value
                      and name in ("title", "name", "text", "family_name")), "")
