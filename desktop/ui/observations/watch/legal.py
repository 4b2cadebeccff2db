"""What was perceived and the legal view, side by side: a grid to read, and the fields in which a
jurist writes."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.base.i18n import _
from desktop.models.choices import CHOICES
from desktop.models.choices import label as choice_label
from desktop.queries.observations import TermLabels
from desktop.queries.watch import WatchSheet
from desktop.ui.records import options
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button, label, rule
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.fields.one_key import OneKey
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import scaled

_ALONE = ("AUCUN", "AUCUNE", "NSP", "NRP")


class LegalComparison(QWidget):
    """One line a question: its title, what was perceived, whether the two part, the legal view."""

    def __init__(self, sheet: WatchSheet, words: TermLabels) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.setColumnMinimumWidth(2, scaled(20))
        for column, words_of in ((1, _("Perceived by the person")), (3, _("Legal view"))):
            grid.addWidget(label(words_of, "overline", wrap=True), 0, column)
        row = 1
        for title, perceived, legal, alike in lines_of(sheet, words):
            grid.addWidget(rule(), row, 0, 1, 4)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(label(title, "small", wrap=True), row + 1, 0, top)
            grid.addWidget(_said(perceived), row + 1, 1, top)
            if legal and perceived:
                sign = label("=" if alike else "≠", "muted" if alike else "warn")
                sign.setAccessibleName(_("the same") if alike else _("another"))
                grid.addWidget(sign, row + 1, 2, top | Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(_said(legal), row + 1, 3, top)
            row += 2


def _said(words: str) -> QWidget:
    return label(words or "–", "" if words else "muted", wrap=True)


def lines_of(sheet: WatchSheet, words: TermLabels) -> list[tuple[str, str, str, bool]]:
    """Title, what was perceived, the legal view, and whether they say the same."""
    row, legal = sheet.row, sheet.legal

    def several(vocabulary: str, codes: tuple[str, ...]) -> str:
        return ", ".join(words.term(vocabulary, code, row.month) for code in codes)

    def one(vocabulary: str, code: str) -> str:
        return words.term(vocabulary, code, row.month) if code else ""

    criteria = (row.principal_criterion, *row.criteria)
    ticked, found = (", ".join(choice_label("element", code) for code in codes)
                     for codes in (row.elements, legal.elements))
    recourse = several("recourses", row.recourse)
    if row.no_recourse_reason:
        recourse = f"{recourse}\n{one('no_recourse_reasons', row.no_recourse_reason)}".strip()
    return [
        (_("Criterion"), several("criteria", criteria), several("criteria", legal.criteria),
         criteria == legal.criteria),
        (_("Form"), one("forms", row.form), one("forms", legal.form), row.form == legal.form),
        (_("Kind of body responsible"), one("settings", row.setting),
         one("settings", legal.setting),
         row.setting == legal.setting),
        (_("Evidence"), several("evidence", row.evidence), several("evidence", legal.evidence),
         set(row.evidence) == set(legal.evidence)),
        (_("Recourse"), recourse, several("recourses", legal.recourse),
         set(row.recourse) == set(legal.recourse)),
        (_("The three elements"), ticked, found, set(row.elements) == set(legal.elements)),
        (_("Qualification"), "", one("qualifications", legal.qualification), True)]


class LegalForm(QWidget):
    """The fields of the legal view; what was perceived stands beside each title."""

    def __init__(self, desk: Desk, sheet: WatchSheet, words: TermLabels, save: Callable[[], None],
                 cancel: Callable[[], None]) -> None:
        super().__init__()
        self.record_id = sheet.row.id
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        perceived = {title: said for title, said, _legal, _alike in lines_of(sheet, words)}
        self.first = ChoiceField(_("Principal criterion"), options.terms(desk, "criteria"))
        self.second = ChoiceField(_("Second criterion"), options.terms(desk, "criteria"))
        self.form = ChoiceField(_("Form"), options.terms(desk, "forms"))
        self.setting = ChoiceField(_("Kind of body responsible"), options.terms(desk, "settings"))
        self.qualification = ChoiceField(_("Qualification"), options.terms(desk, "qualifications"))
        self.evidence = OneKey(_("Evidence"), options.terms(desk, "evidence"), several=True,
                               alone=_ALONE)
        self.elements = OneKey(_("The three elements"),
                               [(one.code, choice_label("element", one.code))
                               for one in CHOICES["element"]], several=True)
        self.recourse = OneKey(_("Advised recourse"), options.terms(desk, "recourses"),
                               several=True, alone=_ALONE)
        for title, field, beside in (
                (_("Qualification"), self.qualification, ""),
                (_("Principal criterion"), self.first, perceived[_("Criterion")]),
                (_("Second criterion"), self.second, ""),
                (_("Form"), self.form, perceived[_("Form")]),
                (_("Kind of body responsible"), self.setting,
                 perceived[_("Kind of body responsible")]),
                (_("The three elements"), self.elements, perceived[_("The three elements")]),
                (_("Evidence"), self.evidence, perceived[_("Evidence")]),
                (_("Advised recourse"), self.recourse, perceived[_("Recourse")])):
            said = (_("{title}, perceived: {words}")
                    .format(title=title, words=beside.replace("\n", ", ")) if beside else title)
            box.addWidget(label(said, "small", wrap=True))
            box.addWidget(field)
            box.addSpacing(6)
        line = Flow()
        line.addWidget(button(_("Save the legal view"), save, style="primary", icon_name="check",
                              tip="Ctrl+Enter"))
        line.addWidget(button(_("Cancel"), cancel, style="quiet"))
        box.addLayout(line)
        self.set_values(_values_of(sheet))
        self.untouched = self.values()

    def values(self) -> dict[str, Any]:
        """Return the fields as JSON values."""
        criteria = [code for code in (self.first.value(), self.second.value()) if code]
        return {"qualified_criteria": list(dict.fromkeys(criteria)) or None,
                "qualified_form": self.form.value(),
                "qualified_setting": self.setting.value(),
                "qualified_evidence": self.evidence.value() or None,
                "qualified_elements": self.elements.value() or None,
                "advised_recourse": self.recourse.value() or None,
                "qualification": self.qualification.value()}

    def set_values(self, values: dict[str, Any]) -> None:
        """Show these."""
        first, second = [*(values["qualified_criteria"] or []), None, None][:2]
        for field, value in ((self.first, first), (self.second, second),
                             (self.form, values["qualified_form"]),
                             (self.setting, values["qualified_setting"]),
                             (self.qualification, values["qualification"])):
            field.set_value(value)
        self.evidence.set_value(values["qualified_evidence"])
        self.elements.set_value(values["qualified_elements"])
        self.recourse.set_value(values["advised_recourse"])


def _values_of(sheet: WatchSheet) -> dict[str, Any]:
    legal = sheet.legal
    return {"qualified_criteria": list(legal.criteria), "qualified_form": legal.form,
            "qualified_setting": legal.setting,
            "qualified_evidence": list(legal.evidence), "qualified_elements": list(legal.elements),
            "advised_recourse": list(legal.recourse), "qualification": legal.qualification}
