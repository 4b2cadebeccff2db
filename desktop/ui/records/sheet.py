"""The sheet of one record: its title, what it says, and what a screen adds under it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.base.i18n import _
from desktop.ui.widgets.basics import Card, Chips, label


@dataclass(frozen=True)
class Fact:
    """One line of a detail pane: what it is and what it says; an empty text is not shown."""

    title: str
    text: str


@dataclass(frozen=True)
class RecordSheet:
    """What the detail pane shows of one record."""

    title: str
    subtitle: str = ""
    chips: Sequence[tuple[str, str]] = ()
    facts: Sequence[Fact] = ()
    sections: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()
    alert: tuple[str, str] = ("", "")
    """What bars the way, in a sentence, and what goes with it: a band under the title."""
    is_copied: bool = True
    """Whether its words may be chosen with the mouse and copied: rows of some kinds stay in
    Carnet."""


class Extra(QWidget):
    """What a screen adds under what is read of one record."""

    def refresh(self) -> None:
        """Ask the vault again: something may have changed that the record itself does not tell."""

    def draft(self) -> dict[str, Any] | None:
        """Return what is typed here and not saved, as JSON values; None where there is nothing to
        lose."""
        return None

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Show again what `draft` gave."""


def write_head(box: QVBoxLayout, sheet: RecordSheet) -> None:
    """Write the title of a sheet, with its state."""
    box.addWidget(read_text(sheet.title, "heading", is_copied=sheet.is_copied))
    if sheet.subtitle:
        box.addWidget(label(sheet.subtitle, "muted", wrap=True))
    chips = [(text, tone) for text, tone in sheet.chips if text]
    if chips:
        box.addWidget(Chips(chips))
    if sheet.alert[0]:
        box.addWidget(_alert_band(*sheet.alert))


def _alert_band(said: str, about: str) -> QFrame:
    band = QFrame()
    band.setObjectName("alert")
    box = QVBoxLayout(band)
    box.setContentsMargins(12, 8, 12, 8)
    box.setSpacing(2)
    box.addWidget(read_text(said, "warn"))
    if about:
        box.addWidget(read_text(about))
    return band


def write_facts(box: QVBoxLayout, sheet: RecordSheet, wrong: Sequence[str]) -> None:
    """Write what a sheet says under its title. `wrong`: the rules that the record breaks."""
    if wrong:
        box.addWidget(_wrong_card(wrong))
    for fact in sheet.facts:
        if fact.text:
            box.addLayout(fact_lines(fact, is_copied=sheet.is_copied))
    for heading, lines in sheet.sections:
        if lines:
            box.addSpacing(4)
            box.addWidget(label(heading, "subheading", wrap=True))
            for first, second in lines:
                box.addLayout(fact_lines(Fact(first, second)))


def _wrong_card(wrong: Sequence[str]) -> Card:
    """Build what a record breaks: somebody else's program wrote it, or a rule came after it."""
    card = Card(_("To be corrected"))
    for sentence in wrong:
        card.box.addWidget(label(sentence, wrap=True))
    return card


def fact_lines(fact: Fact, *, is_copied: bool = True) -> QVBoxLayout:
    """Build a small title above its text."""
    box = QVBoxLayout()
    box.setSpacing(1)
    if fact.title:
        box.addWidget(label(fact.title, "small", wrap=True))
    box.addWidget(read_text(fact.text, is_copied=is_copied))
    return box


def read_text(text: str, style: str = "", *, is_copied: bool = True) -> QLabel:
    """Words that can be chosen with the mouse, to be copied, unless they may not."""
    made = label(text, style, wrap=True)
    if is_copied:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
