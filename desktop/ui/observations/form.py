"""The fast form: an observation in 90 seconds by keyboard, two answers needed, nobody named."""

import uuid
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.i18n import _, language
from desktop.commands.observations import correct_observation, record_observation
from desktop.queries.answers import own_alike, place_question, question_of
from desktop.queries.observations import words_of
from desktop.queries.records import get_record
from desktop.ui.observations.account import AccountField
from desktop.ui.observations.details import Details
from desktop.ui.observations.elements import ElementsCard
from desktop.ui.observations.picker import Picker
from desktop.ui.observations.same import SameFactsCard
from desktop.ui.screen.workspace import Desk, Printable
from desktop.ui.widgets.basics import Card, button, label, rule, scrolled
from desktop.ui.widgets.fields.one_key import OneKey
from desktop.ui.widgets.keys import CONTROL, held, is_enter
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.stacking import StackingRow
from desktop.ui.widgets.layout.wrapped import WrappedCheckBox

NO_GROUND = frozenset({"AUTR", "NSP", "NRP"})
NO_FIELD = frozenset({"AUTRE", "NSP", "NRP"})
NO_HARM = frozenset({"AUCUNE", "NSP", "NRP"})
NO_FORM = frozenset({"PROPOS_VIOLENCE", "NSP", "NRP"})


class ObservationForm(QWidget):
    """Records one observation after another, or corrects one; the last place is remembered while
    the form lives.

    `editing`: the observation that is corrected; None for a new one.
    """

    def __init__(self, desk: Desk, done: Callable[[uuid.UUID | None], None],
                 papers: Callable[[], list[Printable]],
                 editing: uuid.UUID | None = None) -> None:
        super().__init__()
        self.desk, self._done, self._papers, self.editing = desk, done, papers, editing
        today = desk.today()
        self.words = desk.vault.ask(words_of, language())
        record = desk.vault.ask(get_record, editing) if editing is not None else {}
        where = f"{record.get('place_kind')}:{record.get(str(record.get('place_kind'))) or ''}"
        self.domain = Picker(_("Domain"),
                             desk.vault.ask(question_of, "domains", language(), today,
                                            record.get("domain") or ""),
                             _("One word is enough: landlord, hiring, doctor…"))
        self.criterion = Picker(_("Principal criterion"), desk.vault.ask(
            question_of, "criteria", language(), today, record.get("principal_criterion") or ""),
                                _("One word is enough: headscarf, neighbourhood, pregnant…"))
        self.place = Picker(_("Place"), desk.vault.ask(place_question, today, where),
                            _("Neighbourhood, commune"), tells=True,
                            columns=1, shown=4)
        self.period = OneKey(_("Period of the facts"), periods(today.year, today.month))
        self.account = AccountField(desk.vault, desk.jobs)
        self.details = Details(desk)
        self.elements = ElementsCard()
        self.same = SameFactsCard()
        self.agrees = WrappedCheckBox(
            _("The person knows that what they told, without their name, will be "
            "read by the watch group."))
        self._untouched: dict[str, Any] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        panes = StackingRow(16, apart=16)
        inside.setLayout(panes)
        panes.setContentsMargins(0, 0, 8, 0)
        panes.add(self._questions(), 70)
        panes.addLayout(self._beside(), 30)
        whole.setSpacing(12)
        whole.addWidget(scrolled(inside), 1)
        whole.addLayout(self._foot())
        for picker in (self.domain, self.criterion):
            picker.picked.connect(self._on_answered)
        self.details.changed.connect(self._fill_elements)
        if editing is not None:
            self._show_record(record)
        self._on_answered()

    # Building

    def _questions(self) -> Card:
        card = Card(margins=20)
        card.box.setSpacing(6)
        for title, field in ((_("In what domain? *"), self.domain),
                             (_("On what ground is the treatment alleged? *"),
                             self.criterion)):
            card.box.addWidget(label(title, "subheading", wrap=True))
            card.box.addWidget(field)
            card.box.addSpacing(6)
        where = StackingRow(16, apart=10)
        for title, asked, share in ((_("Where?"), self.place, 48), (_("When?"), self.period, 52)):
            column = QVBoxLayout()
            column.setSpacing(6)
            column.addWidget(label(title, "subheading"))
            column.addWidget(asked)
            column.addStretch(1)
            where.addLayout(column, share)
        card.box.addLayout(where)
        card.box.addSpacing(6)
        card.box.addWidget(self.account)
        consent = Flow(8)
        consent.add(self.agrees, 1, readable=240)
        consent.addWidget(button(_("Sheet to give them"), self.print_sheet, style="quiet",
                                 icon_name="printer", tip="F9"))
        card.box.addLayout(consent)
        card.box.addWidget(rule())
        card.box.addWidget(self.details)
        card.box.addStretch(1)
        return card

    def _beside(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addWidget(self.elements)
        column.addWidget(self.same)
        column.addStretch(1)
        return column

    def _foot(self) -> Flow:
        low = Flow()
        low.addWidget(label(_("* the two answers needed"), "small"))
        low.addStretch(1)
        low.addWidget(button(_("Close"), lambda: self._done(None), style="quiet"))
        if self.editing is None:
            low.addWidget(button(_("Save"), self.save))
            low.addWidget(button(_("Save and next"), self.save_and_next, style="primary",
                                 icon_name="check", tip="Ctrl+Enter"))
        else:
            low.addWidget(
                button(_("Save"), self.save, style="primary", icon_name="check", tip="Ctrl+Enter"))
        return low

    # What follows from the answers

    def _on_answered(self) -> None:
        alike = []
        if self.domain.chosen and self.criterion.chosen:
            alike = self.desk.vault.ask(own_alike, self.desk.vault.identity.person_id,
                                        self.domain.chosen,
                                        self.criterion.chosen, self.desk.today(), self.editing)
        self.same.show_rows(alike, self.words)
        self._fill_elements()

    def _fill_elements(self) -> None:
        domain, criterion, told = self.domain.offer(), self.criterion.offer(), {}
        harm = [code for code in self.details.fields["consequences"].value() if code not in NO_HARM]
        form = self.details.fields["form"].value()
        if harm:
            told["traitement"] = ", ".join(self.words.term("consequences", code) for code in harm)
        elif form and form not in NO_FORM:
            told["traitement"] = self.words.term("forms", form)
        if domain is not None and domain.code not in NO_FIELD:
            told["domaine"] = domain.label
        if criterion is not None and criterion.code not in NO_GROUND:
            told["critere"] = criterion.label
        self.elements.fill(told)

    # Answers

    def begin(self) -> None:
        """Put the focus where the first answer is typed."""
        self.domain.field.setFocus()

    def values(self) -> dict[str, Any]:
        """Return the answers as JSON values, None for those that were not given."""
        kind, _colon, code = (self.place.chosen or "").partition(":")
        found: dict[str, Any] = {
            "domain": self.domain.chosen, "principal_criterion": self.criterion.chosen,
            "place_kind": kind or None,
            **{name: code if name == kind else None
               for name in ("neighbourhood", "commune", "zone")},
            "facts_period": self.period.value(), "account": self.account.text().strip() or None,
            "elements": self.elements.value() or None, "agrees": self.agrees.isChecked() or None,
            "same_as_id": str(self.same.value) if self.same.value else None}
        return found | self.details.values()

    def _show_record(self, record: dict[str, Any]) -> None:
        self.domain.choose(record["domain"])
        self.criterion.choose(record["principal_criterion"])
        kind = record["place_kind"]
        if kind:
            self.place.choose(f"{kind}:{record.get(kind) or ''}")
        self.period.set_value(record["facts_period"])
        self.account.set_text(record["account"] or "")
        self.details.set_values(record)
        self.agrees.setChecked(bool(record["agrees"]))
        self.elements.set_value(record["elements"] or ())
        self.same.choose(uuid.UUID(record["same_as_id"]) if record["same_as_id"] else None)
        self._untouched = self.values()

    def answers(self) -> dict[str, Any]:
        """Return what is chosen and typed so far, for a draft; empty where nothing is. The place
        alone, remembered, is nothing."""
        told = {name: value for name, value in self.values().items()
                if value
                and name not in ("place_kind", "neighbourhood", "commune", "zone", "elements")}
        if (self.editing is not None and self.values() == self._untouched) or not told:
            return {}
        return {"values": self.values(), "words": [self.domain.word, self.criterion.word],
                "editing": str(self.editing) if self.editing else None,
                "account": self.account.text(),
                "at": self.account.edit.textCursor().position(),
                "in_account": self.account.edit.hasFocus()}

    def set_answers(self, answers: dict[str, Any]) -> None:
        """Show the answers of a draft again."""
        untouched = self._untouched
        self._show_record({"account": None, "agrees": None, "elements": None} | answers["values"])
        self._untouched = untouched
        for picker, word in zip((self.domain, self.criterion), answers["words"], strict=True):
            picker.choose(picker.chosen, word)
        self.account.set_text(answers["account"], answers["at"])
        if answers["in_account"]:
            self.account.edit.setFocus()

    # Saving

    def _record(self) -> uuid.UUID | None:
        for picker in (self.domain, self.criterion):
            picker.settle()
            if picker.chosen is None:
                picker.field.setFocus()
                self.desk.messages.say(_("“{field}” is needed.").format(field=picker.name))
                return None
        self.place.settle()
        if not self.account.settled():
            self.desk.messages.say(
                _("What is underlined may tell who somebody is: Enter generalises it, N keeps it. "
                  "Saved again, the account stays as it is."))
            return None
        try:
            if self.editing is not None:
                self.desk.vault.do(correct_observation, self.editing, self.values())
                return self.editing
            return self.desk.vault.do(record_observation, self.values())
        except AppError as error:
            if error.field == "account":
                self.account.edit.setFocus()
            self.desk.messages.error(error)
            return None

    def save(self) -> None:
        """Keep the observation and leave the form."""
        made = self._record()
        if made is not None:
            self._say()
            self._done(made)

    def save_and_next(self) -> None:
        """Keep the observation and begin another in the same place."""
        if self._record() is None:
            return
        self._say()
        self.domain.choose(None)
        self.criterion.choose(None)
        self.period.set_value(None)
        self.details.set_values({})
        if self.details.is_open:
            self.details.toggle()
        self.account.set_text("")
        self.agrees.setChecked(False)
        self.same.choose(None)
        self.elements.set_value(None)
        self._on_answered()
        self.begin()

    def _say(self) -> None:
        self.desk.done(_("Observation kept on this computer."))

    def print_sheet(self) -> None:
        """Show the sheet that is left with the person."""
        self.desk.print(self._papers())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event) and held(event) & CONTROL:
            if self.editing is None:
                self.save_and_next()
            else:
                self.save()
            return
        if event.key() == Qt.Key.Key_Escape:
            self._done(None)
            return
        super().keyPressEvent(event)


def periods(year: int, month: int) -> list[tuple[str, str]]:
    """When the facts were, by one key each: no day, no month."""
    quarter = (month - 1) // 3 + 1
    return [(f"{year}-T{quarter}", _("This quarter")), (str(year), _("This year")),
            (f"avant-{year}", _("Before"))]
