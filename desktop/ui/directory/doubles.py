"""One person who stands twice in the directory: told where it may be so, made one in a click, parted again as easily."""

import uuid
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.i18n import _
from desktop.commands.directory import merge_people, part_people
from desktop.queries.directory import PersonRow, person_rows
from desktop.queries.same_person import all_of, possible_doubles
from desktop.ui.records.sheet import Extra
from desktop.ui.screen.keyed import keeps_hand
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button, empty_layout, label
from desktop.ui.widgets.layout.flow import Flow


class DoublesPanel(Extra):
    """Stands under a person of the directory; empty for nearly everybody."""

    def __init__(self, desk: Desk, person: PersonRow) -> None:
        super().__init__()
        self.desk, self.person = desk, person
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 8, 0, 0)
        self._box.setSpacing(6)
        self._shown: tuple[list[PersonRow], list[PersonRow]] = [], []
        self.refresh()

    @keeps_hand
    def refresh(self) -> None:
        vault, person = self.desk.vault, self.person
        joined = vault.ask(person_rows, vault.ask(all_of, person.id) - {person.id})
        alike = vault.ask(person_rows, set(vault.ask(possible_doubles).get(person.id, ())))
        if (joined, alike) == self._shown:
            return
        self._shown = joined, alike
        box = self._box
        empty_layout(box)
        if joined:
            box.addWidget(label(_("Also in the directory as"), "subheading", wrap=True))
            for row in joined:
                box.addLayout(_line(_about(row), button(_("Two people after all"), partial(self.part, row.id), style="quiet")))
        if alike:
            box.addWidget(label(_("Perhaps the same person"), "subheading", wrap=True))
            for row in alike:
                box.addLayout(_line(_about(row), button(_("It is the same person"), partial(self.merge, row.id))))
            box.addWidget(label(_("Nothing is lost: meetings, actions and groups of both are then read as those of one person."),
                                "small", wrap=True))

    def merge(self, other: uuid.UUID) -> None:
        """The person shown stands for both."""
        self.desk.vault.do(merge_people, self.person.id, other)
        self.desk.done(_("One person in the directory now."))

    def part(self, other: uuid.UUID) -> None:
        """They are two people again."""
        self.desk.vault.do(part_people, other)
        self.desk.done(_("Two people in the directory again."))


def _about(row: PersonRow) -> str:
    return ", ".join(part for part in (row.name, row.function, row.organisation) if part)


def _line(words: str, gesture: QWidget) -> Flow:
    line = Flow(8)
    line.add(label(words, wrap=True), 1, readable=160)
    line.addWidget(gesture)
    return line
