"""Observations: one's own with what became of them, the inbox of the watch group, and the fast
form."""

import uuid
from typing import Any

from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.base.dates.french import month_label
from desktop.base.i18n import N_, _
from desktop.queries.meetings.decisions import collective_id
from desktop.queries.watch import sees_inbox, waiting_count
from desktop.ui.observations.form import ObservationForm
from desktop.ui.observations.mine import OwnObservations
from desktop.ui.observations.watch.inbox import WATCH_KEYS, InboxPage
from desktop.ui.records.register import REGISTER_KEYS
from desktop.ui.screen.workspace import Desk, Printable, Workspace
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.layout.tab import TabGroup

LEAVE_BEHIND = "leave_behind"
"""The report of the sheet that is left with the person."""


class ObservationsWorkspace(Workspace):
    """The screen of observations."""

    name = "observations"
    icon = "notebook-pen"
    areas = frozenset({"observations", "vocabularies"})
    keys = (
        ("", N_("In the form")),
        (N_("Enter"), N_("choose the first answer that fits the word typed, and go on")),
        (N_("1, 2, 3"), N_("choose among the grounds that the word may mean")),
        (N_("A figure or a letter"), N_("give the answer whose key it is")),
        ("F8", N_("go to the next word that would let somebody be recognised")),
        (N_("Ctrl+Enter"), N_("save, and begin another in the same place")),
        (N_("Escape"), N_("leave the form; what is typed stays there")),
        ("", N_("In the list")),
        *REGISTER_KEYS,
        *WATCH_KEYS,
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Observations"))
        self.form: ObservationForm | None = None
        self.register = OwnObservations(desk, self.correct)
        self._back = button("", lambda: self._on_done(None), style="quiet",
                            icon_name="chevron-left", tip=_("Back to the list"))
        self._add = button(_("New observation"), self.new, style="primary", icon_name="plus",
                           tip="Ctrl+Shift+O")
        self._month = label("", "muted")
        self.header.insertWidget(0, self._back)
        for part in (self._month, self.register.search, self._add):
            self.header.addWidget(part)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.register)
        self.inbox: InboxPage | None = None
        self.tabs = TabGroup(self, [_("Mine"), _("Watch group")])
        if sees_inbox(desk.vault.identity.roles):
            self.inbox = InboxPage(desk)
            self.inbox.waiting.connect(self._on_waiting)
            self.stack.addWidget(self.inbox)
        for at, tab in enumerate(self.tabs.tabs):
            self.header.insertWidget(2 + at, tab)
        self.tabs.choose(0)
        self.tabs.idClicked.connect(self.show_tab)
        self.page.addWidget(self.stack, 1)
        self._show_header()

    @property
    def page_shown(self) -> QWidget:
        """The list that is chosen: one's own, or the inbox."""
        return (self.inbox if self.inbox is not None and self.tabs.checkedId() == 1
                else self.register)

    def show_tab(self, number: int) -> None:
        """Show one's own (0) or the inbox of the watch group (1)."""
        self.tabs.choose(number if self.inbox is not None else 0)
        focus = QApplication.focusWidget()
        if focus is not None and self.stack.isAncestorOf(focus):
            # Hidden with its page it would throw the focus on whatever comes next.
            focus.clearFocus()
        self.stack.setCurrentWidget(self.page_shown)
        self._show_header()
        self.refresh()
        (self.inbox.list if self.inbox is not None and number == 1
         else self.register.table).setFocus()

    def _on_waiting(self, count: int) -> None:
        words = f"{_('Watch group')}\u2002{count}" if count else _("Watch group")
        self.tabs.tabs[1].setText(words)

    def _show_header(self) -> None:
        """Show the title of what is shown: the form has its own, and its own buttons at its
        foot."""
        form = self.form if self.is_in_form else None
        self.heading.setText(_("Observations") if form is None else
                             _("New observation") if form.editing is None
                             else _("Correct the observation"))
        self._month.setText(month_label(self.desk.today().isoformat()[:7]))
        lists = form is None
        for part, shown in ((self._back, not lists), (self._month, not lists), (self._add, lists),
                            (self.register.search, lists and self.page_shown is self.register)):
            part.setVisible(shown)
        for tab in self.tabs.tabs:
            tab.setVisible(lists and self.inbox is not None)

    def _open_form(self, editing: uuid.UUID | None) -> ObservationForm:
        if self.form is None or self.form.editing != editing:
            self._drop_form()
            self.form = ObservationForm(self.desk, self._on_done, self.printables, editing)
            self.stack.addWidget(self.form)
        self.stack.setCurrentWidget(self.form)
        self._show_header()
        self.form.begin()
        return self.form

    def new(self) -> None:
        self._open_form(None)

    def correct(self, record_id: uuid.UUID) -> None:
        """Open the form of one's own observation."""
        self._open_form(record_id)

    def _drop_form(self) -> None:
        if self.form is not None:
            self.stack.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _on_done(self, made: uuid.UUID | None) -> None:
        if made is not None:
            self.tabs.choose(0)
        self.stack.setCurrentWidget(self.page_shown)
        if made is not None or (self.form is not None and self.form.editing is not None):
            self._drop_form()
        if made is not None:
            self.register.open_record(made)
        else:
            self.register.refresh()
        self._show_header()
        self.register.table.setFocus()

    @property
    def is_in_form(self) -> bool:
        """Whether the form is shown."""
        return self.form is not None and self.stack.currentWidget() is self.form

    def draft(self) -> dict[str, Any] | None:
        if self.form is not None and self.is_in_form:
            answers = self.form.answers()
            return {"form": answers} if answers else None
        typed = self.inbox.draft() if self.inbox is not None else None
        return {"inbox": typed} if typed else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        if "form" in draft:
            editing = draft["form"]["editing"]
            self._open_form(uuid.UUID(editing) if editing else None).set_answers(draft["form"])
        elif "inbox" in draft and self.inbox is not None:
            self.show_tab(1)
            self.inbox.take_draft(draft["inbox"])

    def printables(self) -> list[Printable]:
        # The sheet is about nobody: it needs a place alone.
        return [Printable(LEAVE_BEHIND, self.desk.vault.ask(collective_id) or uuid.UUID(int=0))]

    def refresh(self) -> None:
        if self.page_shown is self.register:
            self.register.refresh()
            if self.inbox is not None:
                self._on_waiting(self.desk.vault.ask(waiting_count))
        elif self.inbox is not None:
            self.inbox.refresh()

    def open_record(self, record_id: uuid.UUID) -> None:
        if self.is_in_form:
            self._on_done(None)
        self.stale = False
        mine = self.register.all_rows()
        if self.inbox is not None and not any(row.id == record_id for row in mine):
            self.show_tab(1)
            self.inbox.open_record(record_id)
        else:
            self.show_tab(0)
            self.register.open_record(record_id)

    def start_search(self) -> None:
        self.register.search.setFocus()

    def place(self) -> dict[str, Any]:
        inbox = self.inbox if self.page_shown is self.inbox else None
        return {"tab": self.tabs.checkedId(),
                "record": inbox.current if inbox is not None else self.register.place()}

    def return_to(self, place: dict[str, Any]) -> None:
        if place.get("tab") == 1 and self.inbox is not None:
            self.show_tab(1)
            if place.get("record") is not None:
                self.inbox.open_record(place["record"])
        else:
            super().return_to(place)
