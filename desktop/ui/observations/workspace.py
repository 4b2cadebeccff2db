"""Observations: one's own with what became of them, the inbox of the watch group, and the fast form."""

import uuid
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from desktop.base.dates.french import month_label
from desktop.base.i18n import N_, _
from desktop.ui.observations.form import LEAVE_BEHIND, ObservationForm
from desktop.ui.observations.mine import OwnObservations
from desktop.ui.records.register import REGISTER_KEYS
from desktop.ui.screen.workspace import Desk, Printable, Workspace
from desktop.ui.widgets.basics import button, label


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
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Observations"))
        self.form: ObservationForm | None = None
        self.register = OwnObservations(desk, self.correct)
        self._back = button("", lambda: self._on_done(None), style="quiet", icon_name="chevron-left", tip=_("Back to the list"))
        self._add = button(_("New observation"), self.new, style="primary", icon_name="plus", tip="Ctrl+Shift+O")
        self._month = label("", "muted")
        self.header.insertWidget(0, self._back)
        for part in (self._month, self.register.search, self._add):
            self.header.addWidget(part)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.register)
        self.page.addWidget(self.stack, 1)
        self._show_header()

    def _show_header(self) -> None:
        """The title of what is shown: the form has its own, and its own buttons at its foot."""
        form = self.form if self.is_in_form else None
        self.heading.setText(_("Observations") if form is None else
                             _("New observation") if form.editing is None else _("Correct the observation"))
        self._month.setText(month_label(self.desk.today().isoformat()[:7]))
        for part, shown in ((self._back, form is not None), (self._month, form is not None),
                            (self.register.search, form is None), (self._add, form is None)):
            part.setVisible(shown)

    def _open_form(self, editing: uuid.UUID | None) -> ObservationForm:
        if self.form is None or self.form.editing != editing:
            self._drop_form()
            self.form = ObservationForm(self.desk, self._on_done, editing)
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
        self.stack.setCurrentWidget(self.register)
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
        return None

    def take_draft(self, draft: dict[str, Any]) -> None:
        if "form" in draft:
            editing = draft["form"]["editing"]
            self._open_form(uuid.UUID(editing) if editing else None).set_answers(draft["form"])

    def printables(self) -> list[Printable]:
        return [Printable(LEAVE_BEHIND)]

    def refresh(self) -> None:
        self.register.refresh()

    def open_record(self, record_id: uuid.UUID) -> None:
        if self.is_in_form:
            self._on_done(None)
        self.stale = False
        self.register.open_record(record_id)

    def start_search(self) -> None:
        self.register.search.setFocus()

    def place(self) -> dict[str, Any]:
        return {"record": self.register.place()}
