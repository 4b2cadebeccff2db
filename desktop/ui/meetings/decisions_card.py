"""The decisions of a meeting after it: how each was taken, its votes, and its two versions where
two wrote at once."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.i18n import _
from desktop.commands.records import edit_record
from desktop.models.choices import label as choice_label
from desktop.queries.meetings.rows import DecisionRow
from desktop.queries.versions import TwoVersions
from desktop.ui.records import options
from desktop.ui.records.versions import card_of
from desktop.ui.screen.keyed import KeyedColumn, KeyedPart, show_number
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, label, rule
from desktop.ui.widgets.fields.choices import ChoiceField, Spin
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import scaled

Shown = Sequence[tuple[DecisionRow, Sequence[TwoVersions]]]
VOTES = ("votes_for", "votes_against", "votes_abstained")


class DecisionsCard(Card):
    """Every decision of one meeting; what is not frozen can be said and counted here."""

    def __init__(self, desk: Desk, shown: Shown, frozen: bool) -> None:
        super().__init__(_("Decisions"))
        self.desk = desk
        self._column = KeyedColumn(6)
        self.box.addLayout(self._column)
        self.show_decisions(shown, frozen)

    def show_decisions(self, shown: Shown, frozen: bool) -> None:
        """Show these decisions; a vote that is being typed stays."""
        parts: list[KeyedPart] = []
        for number, (decision, found) in enumerate(shown):
            if number:
                parts.append(KeyedPart(("rule", decision.id), None, rule))
            parts.append(self._line(decision, found, frozen))
        if not shown:
            parts.append(KeyedPart("none", None, lambda: label(
                _("None. In the notes, a line that begins with ! is a decision."), "muted",
                wrap=True)))
        self._column.show_parts(parts)

    def _line(self, decision: DecisionRow, found: Sequence[TwoVersions], frozen: bool) -> KeyedPart:
        if frozen:
            return KeyedPart((decision.id, "frozen"), decision, partial(_frozen_line, decision))
        return KeyedPart(decision.id, (decision, tuple(found)),
                         partial(DecisionLine, self.desk, decision, found),
                    lambda line: line.show_decision(decision, found))


def _frozen_line(decision: DecisionRow) -> QWidget:
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.addWidget(label(decision.text, wrap=True))
    about = " · ".join(part for part
                       in (decision.number, choice_label("decision_how", decision.how)) if part)
    box.addWidget(label(about, "small", wrap=True))
    return whole


class DecisionLine(QWidget):
    """One decision that may still be completed."""

    def __init__(self, desk: Desk, decision: DecisionRow, found: Sequence[TwoVersions]) -> None:
        super().__init__()
        self.desk, self.decision = desk, decision
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._text = label(decision.text, wrap=True)
        box.addWidget(self._text)
        self._versions = KeyedColumn()
        box.addLayout(self._versions)
        line = Flow()
        self._number = label(decision.number, "small")
        line.addWidget(self._number)
        self.how = ChoiceField("", options.fixed("decision_how"))
        self.how.activated.connect(lambda _place: self._edit("how", self.how.value()))
        line.addWidget(self.how)
        self.votes: dict[str, Spin] = {}
        self._vote_words: list[QWidget] = []
        for name, words in zip(VOTES, (_("for"), _("against"), _("abstaining")), strict=True):
            spin = Spin()
            spin.setRange(0, 999)
            spin.setValue(getattr(decision, name) or 0)
            spin.setFixedWidth(scaled(36) + 44)
            spin.editingFinished.connect(partial(self._keep_votes, name))
            self.votes[name] = spin
            line.addWidget(spin)
            said = label(words, "small")
            line.addWidget(said)
            self._vote_words.append(said)
        box.addLayout(line)
        self.show_decision(decision, found)

    def show_decision(self, decision: DecisionRow, found: Sequence[TwoVersions]) -> None:
        """Show the decision as it is now."""
        before, self.decision = self.decision, decision
        self._text.setText(decision.text)
        self._number.setText(decision.number)
        self.how.setAccessibleName(_("How it was taken: {text}").format(text=decision.text))
        self.how.set_value(decision.how)
        for name, words in zip(VOTES, (_("for"), _("against"), _("abstaining")), strict=True):
            self.votes[name].setAccessibleName(
                _("Votes {kind}: {text}").format(kind=words, text=decision.text))
            show_number(self.votes[name], getattr(before, name) or 0, getattr(decision, name) or 0)
        for shown in (*self.votes.values(), *self._vote_words):
            shown.setVisible(decision.how == "vote")
        self._versions.show_parts([KeyedPart("two", tuple(found), partial(self._two, found))]
                                  if found else [])

    def _two(self, found: Sequence[TwoVersions]) -> QWidget:
        return card_of(self.desk, found, named=False) or QWidget()

    def _keep_votes(self, name: str) -> None:
        if self.votes[name].value() != (getattr(self.decision, name) or 0):
            self._edit(name, self.votes[name].value())

    def _edit(self, name: str, value: Any) -> None:
        record: uuid.UUID = self.decision.id
        self.desk.vault.do(edit_record, record, {name: value})
