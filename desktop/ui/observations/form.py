"""The fast form: an observation in 90 seconds by keyboard, two answers needed, nobody named."""

import uuid
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.base.dates.french import month_label
from desktop.base.i18n import _
from desktop.base.text import fold
from desktop.commands.observations import record_observation
from desktop.models.rules.observations import ACCOUNT_LIMIT
from desktop.ui.records import options
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, button, empty_layout, label, rule, scrolled
from desktop.ui.widgets.fields.choices import Choice, Choices
from desktop.ui.widgets.keys import CONTROL, NOTHING, held, is_enter
from desktop.ui.widgets.layout.flow import Even, Flow
from desktop.ui.widgets.layout.wrapped import ChoiceButton, Tick
from desktop.ui.widgets.theme import scaled

Pairs = list[tuple[str, str]]


class Picker(QWidget):
    """One answer among many, found by typing letters of it: the first answers stand below as large buttons."""

    def __init__(self, name: str, pairs: Pairs, shown: int = 8, columns: int = 4) -> None:
        super().__init__()
        self.name, self.pairs, self.shown = name, pairs, shown
        self.chosen: str | None = None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.field = _PickerField(self)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(_("Type a few letters, Enter chooses"))
        box.addWidget(self.field)
        self.grid = Even(columns)
        box.addLayout(self.grid)
        self.found: Pairs = []
        self.buttons: list[QPushButton] = []
        self.field.textEdited.connect(self.offer)
        self.offer("")

    def offer(self, typed: str) -> None:
        """Show the answers that hold what is typed."""
        words = fold(typed).split()
        self.found = [pair for pair in self.pairs if all(word in fold(pair[1]) for word in words)]
        self.found.sort(key=lambda pair: bool(words) and not fold(pair[1]).startswith(words[0]))
        empty_layout(self.grid)
        self.buttons = []
        shown = self.found[:self.shown]
        if self.chosen and not words:
            own = next((pair for pair in self.pairs if pair[0] == self.chosen), None)
            if own is not None and own not in shown:
                shown = [own, *shown[:self.shown - 1]]
        for code, words_of in shown:
            made = ChoiceButton(words_of)
            made.clicked.connect(lambda _down, code=code: self.choose(code))
            made.setChecked(code == self.chosen)
            made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self.grid.addWidget(made)
            self.buttons.append(made)

    def choose(self, code: str | None) -> None:
        """Give this answer."""
        self.chosen = code
        self.field.setText(next((words for own, words in self.pairs if own == code), ""))
        self.offer("")

    def settle(self) -> bool:
        """Take the first answer offered for what is typed; False where there is none."""
        if not self.field.text().strip():
            self.chosen = None
            return False
        if self.chosen is None or self.field.isModified():
            if not self.found:
                return False
            self.choose(self.found[0][0])
        return True


class _PickerField(QLineEdit):
    def __init__(self, picker: Picker) -> None:
        super().__init__()
        self._picker = picker

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event) and held(event) == NOTHING:
            if self._picker.settle():
                self._picker.focusNextChild()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self.isModified() and self.text().strip():
            self._picker.settle()
        super().focusOutEvent(event)


class ObservationForm(Card):
    """Records one observation after another; the last place is remembered while the form lives."""

    def __init__(self, desk: Desk, done: Callable[[uuid.UUID | None], None]) -> None:
        super().__init__()
        self.desk, self._done = desk, done
        head = Flow()
        head.addWidget(label(_("New observation"), "heading"))
        head.addStretch(1)
        head.addWidget(label(month_label(desk.today().isoformat()[:7]), "muted"))
        self.box.addLayout(head)
        self.box.addWidget(label(_("No name, no address, no exact date: what happened, where it falls in the plan, "
                                   "and on what ground."), "muted", wrap=True))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 8, 4)
        column.setSpacing(10)
        self.domain = Picker(_("Domain"), options.terms(desk, "domains"))
        self.criterion = Picker(_("Principal criterion"), options.terms(desk, "criteria"), columns=2)
        column.addWidget(label(_("In what domain? *"), "subheading", wrap=True))
        column.addWidget(self.domain)
        column.addWidget(label(_("On what ground is the treatment alleged? *"), "subheading", wrap=True))
        column.addWidget(self.criterion)
        column.addWidget(rule())
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.choices: dict[str, Choice] = {}
        for number, (name, title, pairs) in enumerate((
            ("neighbourhood", _("Neighbourhood (QPV)"), options.places(desk, "neighbourhood")),
            ("commune", _("Commune"), self._communes()),
            ("form", _("Form"), options.terms(desk, "forms")),
            ("setting", _("Kind of person or body responsible"), options.terms(desk, "settings")),
            ("source", _("How it is known"), options.terms(desk, "sources")),
            ("repetition", _("Repetition"), options.terms(desk, "repetitions")),
            ("age", _("Age bracket (perceived)"), options.terms(desk, "ages")),
            ("gender", _("Gender (perceived)"), options.terms(desk, "genders")),
        )):
            choice = Choice(title, pairs)
            self.choices[name] = choice
            cell = QVBoxLayout()
            cell.setSpacing(4)
            cell.addWidget(label(title, "small", wrap=True))
            cell.addWidget(choice)
            grid.addLayout(cell, number // 2, number % 2)
        column.addLayout(grid)
        column.addWidget(label(_("Consequences"), "small"))
        self.consequences = Choices(_("Consequences"), options.terms(desk, "consequences"))
        column.addWidget(self.consequences)
        self.count = label("", "small")
        line = QHBoxLayout()
        line.addWidget(label(_("Account"), "small"))
        line.addStretch(1)
        line.addWidget(self.count)
        column.addLayout(line)
        self.account = QPlainTextEdit()
        self.account.setAccessibleName(_("Account"))
        self.account.setPlaceholderText(_("What happened, by roles: “a mother”, “the landlord”, “a colleague”."))
        self.account.setTabChangesFocus(True)
        self.account.setFixedHeight(scaled(110))
        column.addWidget(self.account)
        self.agrees = Tick(_("The person knows and agrees"))
        column.addWidget(self.agrees)
        column.addStretch(1)
        self.box.addWidget(scrolled(inside), 1)
        self.box.addWidget(rule())
        low = Flow()
        self.next_button = button(_("Save and next"), self.save_and_next, style="primary", icon_name="check",
                                  tip="Ctrl+Enter")
        low.addWidget(self.next_button)
        low.addWidget(button(_("Save"), self.save))
        low.addWidget(button(_("Close"), lambda: self._done(None), style="quiet"))
        low.addStretch(1)
        low.addWidget(label(_("* the two answers needed"), "small"))
        self.box.addLayout(low)
        self.account.textChanged.connect(self._on_account_changed)
        self._on_account_changed()

    def _communes(self) -> Pairs:
        return options.communes(self.desk)

    def _on_account_changed(self) -> None:
        length = len(self.account.toPlainText())
        self.count.setText(_("{count} / {limit} characters").format(count=length, limit=ACCOUNT_LIMIT))
        self.count.setObjectName("bad" if length > ACCOUNT_LIMIT else "small")
        self.count.style().polish(self.count)

    def begin(self) -> None:
        """Put the focus where the first answer is typed."""
        self.domain.field.setFocus()

    def values(self) -> dict[str, Any]:
        """The answers, without those that were not given; a small commune counts as its zone."""
        found: dict[str, Any] = {"domain": self.domain.chosen, "principal_criterion": self.criterion.chosen,
                                 "account": self.account.toPlainText().strip() or None,
                                 "consequences": self.consequences.value() or None}
        found |= {name: choice.value() for name, choice in self.choices.items()}
        where = found.pop("commune")
        if found["neighbourhood"]:
            found["place_kind"] = "neighbourhood"
        elif where:
            kind, _colon, code = str(where).partition(":")
            found |= {"place_kind": kind, kind: code}
        if self.agrees.isChecked():
            found["agrees"] = True
        return {name: value for name, value in found.items() if value is not None}

    def answers(self) -> dict[str, Any]:
        """What is chosen and typed so far, for a draft; empty where nothing is. The place alone, remembered, is nothing."""
        found: dict[str, Any] = {"domain": self.domain.chosen, "criterion": self.criterion.chosen,
                                 "account": self.account.toPlainText(), "consequences": self.consequences.value(),
                                 "agrees": self.agrees.isChecked()}
        chosen = {name: choice.value() for name, choice in self.choices.items() if choice.value() is not None}
        if not any(found.values()) and not chosen.keys() - {"neighbourhood", "commune"}:
            return {}
        return found | {"choices": chosen, "at": self.account.textCursor().position(), "in_account": self.account.hasFocus()}

    def set_answers(self, answers: dict[str, Any]) -> None:
        """Show the answers of a draft again."""
        self.domain.choose(answers["domain"])
        self.criterion.choose(answers["criterion"])
        for name, value in answers["choices"].items():
            if name in self.choices:
                self.choices[name].set_value(value)
        self.consequences.set_value(answers["consequences"])
        self.agrees.setChecked(answers["agrees"])
        self.account.setPlainText(answers["account"])
        cursor = self.account.textCursor()
        cursor.setPosition(min(answers["at"], len(answers["account"])))
        self.account.setTextCursor(cursor)
        if answers["in_account"]:
            self.account.setFocus()

    def _record(self) -> uuid.UUID | None:
        for picker in (self.domain, self.criterion):
            picker.settle()
            if picker.chosen is None:
                picker.field.setFocus()
                self.desk.messages.say(_("“{field}” is needed.").format(field=picker.name))
                return None
        return self.desk.vault.do(record_observation, self.values())

    def save(self) -> None:
        """Keep the observation and leave the form."""
        made = self._record()
        if made is not None:
            self._say()
            self._done(made)

    def save_and_next(self) -> None:
        """Keep the observation and begin another in the same place."""
        made = self._record()
        if made is None:
            return
        self._say()
        self.domain.choose(None)
        self.criterion.choose(None)
        for name, choice in self.choices.items():
            if name not in ("neighbourhood", "commune"):
                choice.setCurrentIndex(0)
        self.consequences.set_value([])
        self.account.clear()
        self.agrees.setChecked(False)
        self.begin()

    def _say(self) -> None:
        self.desk.done(_("Observation kept on this computer."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event) and held(event) & CONTROL:
            self.save_and_next()
            return
        if event.key() == Qt.Key.Key_Escape:
            self._done(None)
            return
        super().keyPressEvent(event)
