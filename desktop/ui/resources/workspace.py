"""Ressources: tools, speakers, documents, places that the members share; who has them, and what
they are worth."""

import uuid
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.base.home.files import disk_error, write_atomically
from desktop.base.i18n import N_, _, language, ngettext
from desktop.models.choices import label as choice_label
from desktop.queries.directory import terms_of
from desktop.queries.resources import ResourceRow, resources_of
from desktop.tasks.exports import export_actions
from desktop.ui.jobs.lanes import Lane
from desktop.ui.records import options
from desktop.ui.records.parts import PARTS_KEYS
from desktop.ui.records.register import REGISTER_KEYS, RegisterPlan
from desktop.ui.records.sheet import Fact, RecordSheet
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.resources.parts import ResourceParts
from desktop.ui.resources.words import availability, day_words, mean_words, state_words
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.fields.files import ask_target
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.wrapped import WrappedCheckBox
from desktop.ui.widgets.lists.columns import Column


class ResourcesWorkspace(RegistersWorkspace):
    """The screen of resources."""

    name = "resources"
    icon = "library"
    areas = frozenset({"resources", "directory", "attachments"})
    keys = (*REGISTER_KEYS, *PARTS_KEYS, ("P", N_("lend the resource")),
            ("R", N_("note that it is back")),
            ("U", N_("rate a use of it")), ("J", N_("attach a file to it")))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Resources"), (self._plan(desk),))
        self.kind = ChoiceField(_("Kind"), options.fixed("resource_kind"), nothing=_("Every kind"))
        self.domain = ChoiceField(_("Domain"), options.terms(desk, "domains"),
                                  nothing=_("Every domain"))
        self.available = WrappedCheckBox(_("Only what is available"))
        self.available.toggled.connect(lambda: self.register.refresh())
        self.header.insertWidget(self.header.count() - len(self.registers) * 2, button(
            _("Census of the actions"), self._on_census, icon_name="download",
            tip=_("All actions as a table for Excel or LibreOffice")))
        line = Flow(8)
        for choice in (self.kind, self.domain):
            choice.setMinimumContentsLength(18)
            choice.currentIndexChanged.connect(lambda: self.register.refresh())
            line.addWidget(choice)
        line.addWidget(self.available)
        line.addStretch(1)
        self.page.insertLayout(1, line)
        for key, gesture in (("P", "lend"), ("R", "back"), ("U", "rate"), ("J", "attach")):
            shortcut = QShortcut(QKeySequence(key), self.register,
                                 partial(self._part_gesture, gesture))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _plan(self, desk: Desk) -> RegisterPlan:
        return RegisterPlan(
            kind="resource", name=_("Resources"), icon="library",
            columns=(Column[ResourceRow](_("Title"), lambda row: row.title, strong=True),
                     Column[ResourceRow](_("Available"), state_words,
                                         key=lambda row: (row.loan is None,
                                                          row.loan.due_on if row.loan else ""),
                                         tone=lambda row: availability(row)[1], width=132),
                     Column[ResourceRow](_("Kind"),
                                         lambda row: choice_label("resource_kind", row.kind),
                                         width=124),
                     Column[ResourceRow](_("Held by"), lambda row: row.organisation, width=128)),
            rows=resources_of, arguments=self._wanted, sheet=self._sheet,
            entries=lambda: [
                Entry("title", _("Title"), required=True, wide=True, names="members"),
                Entry("kind", _("Kind"), "choice", lambda: options.fixed("resource_kind"),
                      required=True),
                Entry("organisation_id", _("Held by"), "choice",
                      lambda: options.organisations(desk)),
                Entry("description", _("Description"), "lines", names="members"),
                Entry("access", _("How to get it"), wide=True),
                Entry("domains", _("Domains"), "choices", lambda: options.terms(desk, "domains")),
                Entry("period", _("Period"), names="members",
                      hint=_("Memory of the territory: “1962 to 1975”, “the 1980s”.")),
                Entry("place", _("Place")), Entry("sources", _("Sources"), "lines"),
                Entry("named_people", _("People named"), hint=_(
                    "Only those who have permitted it in writing; otherwise the function, the "
                    "family tie, the trade.")),
                Entry("authorised_on", _("Written permission received on"), "date", past=True)],
            new_label=_("New resource"), empty_title=_("No resource here"),
            empty_text=_("What a member can borrow, invite, read or visit. Loosen the filters, or "
                         "add one."),
            extra=lambda row: ResourceParts(desk, row), shares=(1, 1))

    def _wanted(self) -> tuple[Any, ...]:
        return (self.desk.today(), self.kind.value() or "", self.domain.value() or "",
                self.available.isChecked())

    def _part_gesture(self, name: str) -> None:
        """Do a gesture of one key about the resource that is read."""
        if self.register.writes and isinstance(self.register.extra, ResourceParts):
            getattr(self.register.extra, name)()

    def _on_census(self) -> None:
        called = f"{_('Census of the actions')} {self.desk.today().isoformat()}.xlsx"
        ask_target(self, _("Save the census of the actions"), called, "XLSX (*.xlsx)",
                   self.save_census)

    def save_census(self, path: str) -> None:
        """Write the census of the actions where one wants it."""
        vault, today, words = self.desk.vault, self.desk.today(), language()

        def work() -> int:
            data, count = export_actions(vault, today, words)
            try:
                write_atomically(Path(path), data)
            except OSError as error:
                raise disk_error(error, Path(path)) from error
            return count

        def say(count: int) -> None:
            self.desk.messages.say(ngettext(
                "{count} action in {name}. Outside the vault it is not encrypted any more.",
                "{count} actions in {name}. Outside the vault they are not encrypted any more.",
                count).format(
                count=count, name=Path(path).name))

        self.desk.jobs.run(Lane.VAULT, work, say, self.desk.messages.error, owner=self)

    def open_record(self, record_id: uuid.UUID) -> None:
        if (any(self._wanted()[1:])
            and not any(row.id == record_id for row in self.register.all_rows())):
            self.kind.setCurrentIndex(0)
            self.domain.setCurrentIndex(0)
            self.available.setChecked(False)
        super().open_record(record_id)

    def _sheet(self, row: ResourceRow) -> RecordSheet:
        names = {term.code: term.label(language())
                 for term in self.desk.vault.ask(terms_of, "domains")}
        where, tone = availability(row)
        borrower = row.loan.borrower if row.loan is not None else ""
        return RecordSheet(row.title, row.organisation,
                     ((choice_label("resource_kind", row.kind), "accent"),
                      (where, tone)),
                     (Fact(_("Lent to"), borrower), Fact(_("Description"), row.description),
                      Fact(_("How to get it"), row.access),
                      Fact(_("Domains"), ", ".join(names.get(code, code) for code in row.domains)),
                      Fact(_("Period"), row.period), Fact(_("Place"), row.place),
                      Fact(_("Sources"), row.sources),
                      Fact(_("People named"), row.named_people),
                      Fact(_("Written permission received on"), day_words(row.authorised_on)),
                      Fact(_("Rating by use"), mean_words(row.mean, row.uses))))
