"""A form from a list of fields: labels above, values in and out as the records' JSON values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.base.i18n import _
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.fields.choices import ChoiceField, Choices, Options, Spin
from desktop.ui.widgets.fields.dates import DateField, MomentField
from desktop.ui.widgets.fields.people import People, PeopleField
from desktop.ui.widgets.layout.stacking import StackingRow
from desktop.ui.widgets.layout.wrapped import WrappedCheckBox
from desktop.ui.widgets.theme import scaled

NARROWEST = 180
"""A field that would be narrower than this goes below the one beside it."""
_Said = (DateField, MomentField, PeopleField)
"""Fields that understand what is typed, or say why they do not."""


@dataclass(frozen=True)
class Entry:
    """One field of a form. kind: text, lines, date, moment, month, number, yes, choice, choices,
    person.

    `options` gives the values and words of a choice when the form opens; `people` the directory
    of a person; `wide` takes the whole width; a date without a year is the next one, the last one
    with `past`. A number is never empty: it is 0 where nothing was typed, and its rule bears 0.
    """

    name: str
    title: str
    kind: str = "text"
    options: Callable[[], Options] | None = None
    required: bool = False
    wide: bool = False
    hint: str = ""
    initial: Any = None
    past: bool = False
    people: People | None = None
    names: Literal["anybody", "members", "nobody"] = "anybody"
    """Who may be named in a text: anybody, the collective's own people and structures (it is
    circulated), nobody."""
    under: Callable[[QLineEdit], QWidget] | None = None
    """What stands under a line of text and follows what is typed in it."""


class Form(QWidget):
    """The fields of one record; `values()` gives what was typed, `set_values` shows a record,
    `validation_error` what bars saving."""

    changed = Signal()

    def __init__(self, entries: Sequence[Entry], columns: int = 2,
                 today: Callable[[], date] = date.today) -> None:
        super().__init__()
        self.setObjectName("clear")
        self.entries = list(entries)
        self._columns, self._today = columns, today
        self.fields: dict[str, QWidget] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        row: StackingRow | None = None
        for entry in self.entries:
            wide = columns == 1 or entry.wide or entry.kind in ("lines", "choices")
            if row is None or wide:
                row = StackingRow(16, NARROWEST, 12)
                box.addLayout(row)
            row.add(self._cell(entry), 1)
            if wide or row.count() == columns:
                row = None
        box.addStretch(1)

    def _cell(self, entry: Entry) -> QWidget:
        cell = QWidget()
        box = QVBoxLayout(cell)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        title = label(entry.title + (" *" if entry.required else ""), "small", wrap=True)
        field = self._field(entry)
        self.fields[entry.name] = field
        title.setBuddy(field)
        if entry.kind == "yes":
            # The box says it; beside another field, it stands at the height of that.
            title.setText("")
        if entry.kind != "yes" or self._columns > 1:
            box.addWidget(title)
        box.addWidget(field)
        if entry.hint:
            box.addWidget(label(entry.hint, "small", wrap=True))
        if entry.under is not None and isinstance(field, QLineEdit):
            box.addWidget(entry.under(field))
        return cell

    def _field(self, entry: Entry) -> QWidget:
        options = entry.options() if entry.options else ()
        field: QWidget
        if entry.kind == "lines":
            lines = QPlainTextEdit()
            lines.setTabChangesFocus(True)
            lines.setFixedHeight(scaled(92))
            lines.textChanged.connect(self.changed.emit)
            field = lines
        elif entry.kind == "date":
            day = DateField(entry.title, self._today, entry.past)
            day.changed.connect(self.changed.emit)
            field = day
        elif entry.kind == "moment":
            moment = MomentField(entry.title, self._today)
            moment.changed.connect(self.changed.emit)
            field = moment
        elif entry.kind == "number":
            number = Spin()
            number.setRange(0, 1_000_000)
            number.valueChanged.connect(lambda: self.changed.emit())
            field = number
        elif entry.kind == "yes":
            field = WrappedCheckBox(entry.title)
            field.toggled.connect(lambda: self.changed.emit())
        elif entry.kind == "person" and entry.people is not None:
            person = PeopleField(entry.title, entry.people)
            person.changed.connect(self.changed.emit)
            field = person
        elif entry.kind == "choice":
            choice = ChoiceField(entry.title, options, entry.required)
            choice.currentIndexChanged.connect(lambda: self.changed.emit())
            field = choice
        elif entry.kind == "choices":
            choices = Choices(entry.title, options, self._columns)
            choices.changed.connect(self.changed.emit)
            field = choices
        else:
            line = QLineEdit()
            line.textChanged.connect(lambda: self.changed.emit())
            if entry.kind == "month":
                line.setPlaceholderText("2026-03")
            field = line
        if _line_of(field) in (None, field):
            field.setAccessibleName(entry.title)
        inner = field.findChild(QLineEdit)
        if inner is not None and not inner.accessibleName():
            inner.setAccessibleName(entry.title)
        self._show(entry, field, entry.initial)
        return field

    def _show(self, entry: Entry, field: QWidget, value: Any) -> None:
        if isinstance(field, (*_Said, ChoiceField, Choices)):
            field.set_value(value)
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(str(value or ""))
        elif isinstance(field, QSpinBox):
            field.setValue(int(value or 0))
        elif isinstance(field, QCheckBox):
            field.setChecked(bool(value))
        elif isinstance(field, QLineEdit):
            field.setText(str(value or ""))

    def set_values(self, values: dict[str, Any]) -> None:
        """Show a record's values; what is absent shows as empty."""
        for entry in self.entries:
            self._show(entry, self.fields[entry.name], values.get(entry.name, entry.initial))

    def focus_place(self) -> dict[str, Any]:
        """In which field the cursor stands, and at which character."""
        for name, field in self.fields.items():
            inside = QApplication.focusWidget()
            if inside is not None and (inside is field or field.isAncestorOf(inside)):
                line = _line_of(field)
                if line is not None:
                    return {"field": name, "at": line.cursorPosition()}
                return {"field": name, "at": field.textCursor().position()
                        if isinstance(field, QPlainTextEdit) else 0}
        return {}

    def return_focus(self, place: dict[str, Any]) -> None:
        """Put the cursor back where `focus_place` found it."""
        field = self.fields.get(str(place.get("field", "")))
        if field is None:
            return
        field.setFocus()
        line = _line_of(field)
        if line is not None:
            line.setCursorPosition(int(place["at"]))
        elif isinstance(field, QPlainTextEdit):
            cursor = field.textCursor()
            cursor.setPosition(min(int(place["at"]), len(field.toPlainText())))
            field.setTextCursor(cursor)

    def values(self) -> dict[str, Any]:
        """Return what the fields hold: text stripped, dates ISO, references as they were given by
        the options."""
        return {entry.name: self._value(self.fields[entry.name]) for entry in self.entries}

    def _value(self, field: QWidget) -> Any:
        if isinstance(field, (*_Said, ChoiceField, Choices)):
            return field.value()
        if isinstance(field, QPlainTextEdit):
            return field.toPlainText().strip() or None
        if isinstance(field, QSpinBox):
            return field.value()
        if isinstance(field, QCheckBox):
            return field.isChecked()
        return field.text().strip() or None if isinstance(field, QLineEdit) else None

    def validation_error(self) -> str:
        """Why this cannot be saved, "" where it can: the first field that is needed and empty, or
        not understood; it gets the focus."""
        for entry in self.entries:
            field = self.fields[entry.name]
            said = field.validation_error() if isinstance(field, _Said) else ""
            if entry.required and self._value(field) in (None, "", []):
                said = _("“{field}” is needed.").format(field=entry.title)
            if said:
                field.setFocus()
                return said
        return ""


def _line_of(field: QWidget) -> QLineEdit | None:
    """Return the line in which this field is typed."""
    if isinstance(field, _Said):
        return field.date.line if isinstance(field, MomentField) else field.line
    return field if isinstance(field, QLineEdit) else None
