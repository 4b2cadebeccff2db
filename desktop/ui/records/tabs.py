"""A screen of several registers, one at a time, chosen by a row of words under the title."""

import uuid
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from desktop.ui.records.register import Register, RegisterPlan
from desktop.ui.screen.workspace import Desk, Workspace
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.tab import TabGroup


class RegistersWorkspace(Workspace):
    """Shows `plans`; the search field and the button of the header are those of the shown
    register."""

    def __init__(self, desk: Desk, title: str, plans: Sequence[RegisterPlan]) -> None:
        super().__init__(desk, title)
        self.registers = [Register(desk, plan) for plan in plans]
        self.stack = QStackedWidget()
        self.tabs = TabGroup(self, [plan.name for plan in plans])
        line = Flow(6)
        for tab, register in zip(self.tabs.tabs, self.registers, strict=True):
            self.stack.addWidget(register)
            line.addWidget(tab)
            self.header.addWidget(register.search)
            self.header.addWidget(register.add_button)
        line.addStretch(1)
        self.tabs.choose(0)
        if len(self.registers) > 1:
            self.page.addLayout(line)
        else:
            tab.hide()
        self.page.addWidget(self.stack, 1)
        self.tabs.idClicked.connect(self.show_tab)
        self._show_header()

    def _show_header(self) -> None:
        for number, register in enumerate(self.registers):
            shown = number == self.stack.currentIndex()
            register.search.setVisible(shown)
            register.add_button.setVisible(shown and register.begins)

    @property
    def register(self) -> Register:
        """The register that is shown."""
        return self.registers[self.stack.currentIndex()]

    def show_tab(self, number: int) -> None:
        """Show one register."""
        self.tabs.choose(number)
        self.stack.setCurrentIndex(number)
        self._show_header()
        self.register.refresh()

    def refresh(self) -> None:
        self.register.refresh()

    def open_record(self, record_id: uuid.UUID) -> None:
        self.stale = False
        for number, register in enumerate(self.registers):
            if any(row.id == record_id for row in register.all_rows()):
                self.show_tab(number)
                register.open_record(record_id)
                return

    def new(self) -> None:
        self.register.new()

    def start_search(self) -> None:
        self.register.search.setFocus()

    def draft(self) -> dict[str, Any] | None:
        drafts = {str(number): draft for number, register in enumerate(self.registers)
                  if (draft := register.draft()) is not None}
        return {"tab": self.stack.currentIndex(), "registers": drafts} if drafts else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.show_tab(draft["tab"])
        for number, typed in draft["registers"].items():
            self.registers[int(number)].take_draft(typed)

    def place(self) -> dict[str, Any]:
        return {"tab": self.stack.currentIndex(), "record": self.register.place()}

    def return_to(self, place: dict[str, Any]) -> None:
        self.show_tab(place.get("tab", 0))
        super().return_to(place)
