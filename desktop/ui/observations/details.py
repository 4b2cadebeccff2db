"""What may be told more precisely about an observation: folded until it is asked for, one key for
each answer."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.base.i18n import N_, _
from desktop.ui.records import options
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button, label, reword
from desktop.ui.widgets.fields.one_key import OneKey
from desktop.ui.widgets.icons import icon
from desktop.ui.widgets.tab_order import lead_to
from desktop.ui.widgets.theme import scaled, tokens

_ALONE = ("AUCUN", "AUCUNE", "NSP", "NRP")
FIELDS = (
    ("form", N_("Form"), "forms", False),
    ("setting", N_("Kind of person or body responsible"), "settings", False),
    ("consequences", N_("Consequences"), "consequences", True),
    ("evidence", N_("Evidence"), "evidence", True),
    ("recourse", N_("Recourse"), "recourses", True),
    ("no_recourse_reason", N_("Why no recourse"), "no_recourse_reasons", False),
    ("source", N_("How it is known"), "sources", False),
    ("repetition", N_("Repetition"), "repetitions", False),
    ("age", N_("Age bracket (perceived)"), "ages", False),
    ("gender", N_("Gender (perceived)"), "genders", False))
"""(field, title, vocabulary, whether several may be given)."""


class Details(QWidget):
    """The fold with its fields. The reason why there was no recourse is asked where there was
    none."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        line = QHBoxLayout()
        self.head: QPushButton = button(_("Say more precisely"), self.toggle, style="quiet",
                                        icon_name="chevron-down")
        self.head.setCheckable(True)
        line.addWidget(self.head)
        line.addWidget(
            label(_("form, body responsible, evidence, recourse, age and gender perceived"),
                  "small", wrap=True), 1)
        self.count = label("", "small")
        line.addWidget(self.count)
        box.addLayout(line)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.fields: dict[str, OneKey] = {}
        self._parts: dict[str, QWidget] = {}
        for name, title, vocabulary, several in FIELDS:
            part = QWidget()
            cell = QVBoxLayout(part)
            cell.setContentsMargins(0, 0, 0, 0)
            cell.setSpacing(4)
            cell.addWidget(label(_(title), "small", wrap=True))
            field = OneKey(_(title), options.terms(desk, vocabulary), several=several, alone=_ALONE)
            field.changed.connect(self._on_changed)
            cell.addWidget(field)
            column.addWidget(part)
            self.fields[name], self._parts[name] = field, part
        box.addWidget(self._inside)
        self._inside.hide()
        self._on_changed()

    @property
    def is_open(self) -> bool:
        """Whether the fields are shown."""
        return not self._inside.isHidden()

    def toggle(self) -> None:
        """Show the fields, the first of them with the focus; or fold them again."""
        opened = not self.is_open
        self._inside.setVisible(opened)
        self.head.setChecked(opened)
        self.head.setIcon(
            icon("chevron-up" if opened else "chevron-down", tokens().text, size=scaled(16)))
        reword(self.head, _("Fold") if opened else _("Say more precisely"))
        if opened:
            lead_to(self.fields["form"])

    def values(self) -> dict[str, Any]:
        """Every field with its answer; None for those without."""
        found: dict[str, Any] = {name: field.value() or None for name, field in self.fields.items()}
        if not self._asks_why():
            found["no_recourse_reason"] = None
        return found

    def set_values(self, values: dict[str, Any]) -> None:
        """Show these answers; a field that is not named has none."""
        for name, field in self.fields.items():
            field.set_value(values.get(name))
        self._on_changed()

    def _asks_why(self) -> bool:
        return "AUCUN" in self.fields["recourse"].value()

    def _on_changed(self) -> None:
        self._parts["no_recourse_reason"].setVisible(self._asks_why())
        asked = [name for name in self.fields if name != "no_recourse_reason" or self._asks_why()]
        given = sum(value is not None for value in self.values().values())
        self.count.setText(_("{given} of {asked}").format(given=given, asked=len(asked)))
        self.changed.emit()
