"""Annuaire: organisations, people, groups and members, each a register."""

import uuid
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut

from desktop.base.dates.french import long_date, short_date
from desktop.base.i18n import N_, _
from desktop.models.choices import label as choice_label
from desktop.queries.directory import (
    GroupRow,
    MemberRow,
    OrganisationRow,
    PersonRow,
    groups_of,
    listed_people,
    members_of,
    organisations_of,
    people_of,
    terms_of,
)
from desktop.queries.organisation_aliases import canonical_organisation_id
from desktop.queries.person_aliases import canonical_id
from desktop.ui.directory.doubles import DoublesPanel
from desktop.ui.directory.importing import PeopleImportCard
from desktop.ui.directory.members import GroupParts
from desktop.ui.records import options
from desktop.ui.records.parts import PARTS_KEYS
from desktop.ui.records.register import REGISTER_KEYS, RegisterPlan
from desktop.ui.records.sheet import Fact, RecordSheet
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import button
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.lists.columns import Column

GROUPS = 2
"""The place of the groups among the lists."""
ROLE_TONES = {"pilote": "accent", "coordination": "ok", "secretaire": "warn"}


def day_words(text: str) -> str:
    """Return a stored day as a sentence writes it."""
    return long_date(date.fromisoformat(text), weekday=False) if text else ""


def organisations_plan(desk: Desk) -> RegisterPlan:
    """Return the structures of the collective."""
    def sheet(row: OrganisationRow) -> RecordSheet:
        names = {term.code: term.label_fr for term in desk.vault.ask(terms_of, "domains")}
        people = desk.vault.ask(people_of, row.id)
        chips = [(choice_label("college", row.college), "neutral")]
        if row.signed_on:
            chips.append((_("charter signed"), "ok"))
        return RecordSheet(
            row.name, row.short_name, chips,
            (Fact(_("Domains of intervention"),
                  ", ".join(names.get(code, code) for code in row.domains)),
             Fact(_("Territory"), row.territory), Fact(_("Contact point"), row.contact),
             Fact(_("Web site"), row.web),
             Fact(_("Charter signed on"), day_words(row.signed_on)),
             Fact(_("Confidentiality accepted on"), day_words(row.confidentiality_on)),
             Fact(_("Notes"), row.notes)),
            ((_("People"), [(p.function, p.name) for p in people]),))

    return RegisterPlan(
        kind="organisation", name=_("Organisations"), icon="building-2",
        columns=(Column[OrganisationRow](
                     _("Organisation"), lambda row: f"{row.name} · {_('possible double')}"
                     if row.double else row.name,
                     key=lambda row: row.name, strong=True),
                 Column[OrganisationRow](_("College"),
                                         lambda row: choice_label("college", row.college),
                                         width=170),
                 Column[OrganisationRow](_("People"), lambda row: str(row.people),
                                         key=lambda row: row.people, width=90,
                                         right=True),
                 Column[OrganisationRow](_("Charter"),
                                         lambda row: _("signed") if row.signed_on else _("to sign"),
                                         tone=lambda row: "ok" if row.signed_on else "warn",
                                         width=100)),
        rows=organisations_of, sheet=sheet, extra=lambda row: DoublesPanel(desk, row),
        entries=lambda: [
            Entry("name", _("Name"), required=True, wide=True),
            Entry("short_name", _("Short name")),
            Entry("college", _("College"), "choice", lambda: options.fixed("college")),
            Entry("domains", _("Domains of intervention"), "choices",
                  lambda: options.terms(desk, "domains")),
            Entry("territory", _("Territory")), Entry("contact", _("Contact point")),
            Entry("web", _("Web site")),
            Entry("notes", _("Notes"), "lines")],
        new_label=_("New organisation"), empty_title=_("No organisation yet"),
        empty_text=_(
            "The structures that take part in the collective, and those that help people."))


def people_plan(desk: Desk) -> RegisterPlan:
    """Professionals, elected people, volunteers."""
    def sheet(row: PersonRow) -> RecordSheet:
        groups = [(choice_label("membership_role", m.role), m.group)
                  for m in desk.vault.ask(members_of, None, row.id)]
        return RecordSheet(row.name,
                           ", ".join(part for part in (row.function, row.organisation) if part),
                     (),
                     (Fact(_("Professional e-mail"), row.email),
                      Fact(_("Professional phone"), row.phone)),
                     ((_("Groups"), groups),))

    return RegisterPlan(
        kind="person", name=_("People"), icon="users",
        columns=(Column[PersonRow](_("Name"), lambda row: f"{row.name} · {_('possible double')}"
                                   if row.double else row.name,
                                   key=lambda row: row.name, strong=True),
                 Column[PersonRow](_("Organisation"), lambda row: row.organisation, width=190),
                 Column[PersonRow](_("Function"), lambda row: row.function, width=190)),
        rows=listed_people, sheet=sheet, extra=lambda row: DoublesPanel(desk, row),
        entries=lambda: [
            Entry("family_name", _("Family name"), required=True),
            Entry("given_name", _("Given name")),
            Entry("organisation_id", _("Organisation"), "choice",
                  lambda: options.organisations(desk)),
            Entry("function", _("Function")), Entry("email", _("Professional e-mail")),
            Entry("phone", _("Professional phone"),
                  hint=_("Professionals, elected people and volunteers only: never a victim or a "
                         "witness."))],
        new_label=_("New person"), empty_title=_("Nobody yet"),
        empty_text=_("Professionals, elected people and volunteers only: never a victim or a "
                     "witness."))


def groups_plan(desk: Desk) -> RegisterPlan:
    """Return the plenary, the working groups, the committees."""
    def sheet(row: GroupRow) -> RecordSheet:
        axes = dict(options.axes(desk))
        chips = [(choice_label("group_kind", row.kind), "accent")]
        if row.confidential:
            chips.append((_("confidential"), "warn"))
        return RecordSheet(row.name, axes.get(str(row.axis_id), ""), chips,
                     (Fact(_("Description"), row.description),))

    return RegisterPlan(
        kind="group", name=_("Groups"), icon="users",
        columns=(Column[GroupRow](_("Group"), lambda row: row.name, strong=True),
                 Column[GroupRow](_("Kind"), lambda row: choice_label("group_kind", row.kind),
                                  width=170),
                 Column[GroupRow](_("Members"), lambda row: str(row.members),
                                  key=lambda row: row.members, width=100,
                                  right=True)),
        rows=groups_of, sheet=sheet,
        entries=lambda: [
            Entry("name", _("Name"), required=True, wide=True),
            Entry("kind", _("Kind"), "choice", lambda: options.fixed("group_kind")),
            Entry("axis_id", _("Axis"), "choice", lambda: options.axes(desk)),
            Entry("description", _("Description"), "lines")],
        extra=lambda row: GroupParts(desk, row), shares=(1, 1), new_label=_("New group"),
        empty_title=_("No group yet"),
        empty_text=_("The plenary, the working groups, the steering and technical committees."))


def members_plan(desk: Desk) -> RegisterPlan:
    """Who belongs to which group."""
    def sheet(row: MemberRow) -> RecordSheet:
        return RecordSheet(row.name, row.organisation if row.organisation != row.name else "",
                     ((choice_label("membership_role", row.role),
                       ROLE_TONES.get(row.role, "neutral")),),
                     (Fact(_("Group"), row.group), Fact(_("Function"), row.function),
                      Fact(_("Since"), day_words(row.since)),
                      Fact(_("Until"), day_words(row.until))))

    return RegisterPlan(
        kind="membership", name=_("Members"), icon="user-plus",
        columns=(Column[MemberRow](_("Name"), lambda row: row.name, strong=True),
                 Column[MemberRow](_("Group"), lambda row: row.group, width=220),
                 Column[MemberRow](_("Role"), lambda row: choice_label("membership_role", row.role),
                                   tone=lambda row: ROLE_TONES.get(row.role, "neutral"), width=130),
                 Column[MemberRow](_("Since"), lambda row: short_date(date.fromisoformat(row.since))
                                   if row.since else "",
                                   key=lambda row: row.since, width=100)),
        rows=members_of, sheet=sheet,
        entries=lambda: [
            Entry("group_id", _("Group"), "choice", lambda: options.groups(desk), required=True,
                  wide=True),
            Entry("person_id", _("Person"), "person", people=options.directory(desk),
                  required=True),
            Entry("role", _("Role"), "choice", lambda: options.fixed("membership_role"),
                  initial="membre"),
            Entry("function", _("Function")), Entry("since", _("Since"), "date", past=True),
            Entry("until", _("Until"), "date")],
        new_label=_("New member"), empty_title=_("No member yet"),
        empty_text=_("The members of a group are expected at its meetings."))


class DirectoryWorkspace(RegistersWorkspace):
    """The screen of the directory."""

    name = "directory"
    icon = "book-user"
    areas = frozenset({"directory", "plan"})
    keys = (*REGISTER_KEYS, *PARTS_KEYS,
            ("Ctrl+V", N_("in a list: import the lines copied from a spreadsheet")),
            ("M", N_("in a group: add a member")))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Directory"),
                         (organisations_plan(desk), people_plan(desk), groups_plan(desk),
                          members_plan(desk)))
        self.import_button = button(_("Import"), self.begin_import, icon_name="download",
                                    tip=_("From a spreadsheet; Ctrl+V in a list pastes its lines"))
        self.header.insertWidget(self.header.count() - len(self.registers) * 2, self.import_button)
        self.importing = PeopleImportCard(desk, self.end_import)
        self.importing.hide()
        for register in self.registers:
            register.forms.opened.connect(self.show_lists)
        self.page.addWidget(self.importing, 1)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self._on_paste)
        member = QShortcut(QKeySequence("M"), self.registers[GROUPS], self._add_member)
        member.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _add_member(self) -> None:
        extra = self.registers[GROUPS].extra
        if isinstance(extra, GroupParts):
            extra.add_member()

    def open_record(self, record_id: uuid.UUID) -> None:
        ask = self.desk.vault.ask
        super().open_record(ask(canonical_organisation_id, ask(canonical_id, record_id)))

    def begin_import(self, text: str = "") -> None:
        """Show what a spreadsheet holds, in the place of the lists."""
        self.stack.hide()
        self.importing.show()
        self.importing.begin(text)

    def end_import(self) -> None:
        """Back to the lists."""
        self.show_tab(1)
        self.register.table.setFocus()

    def show_lists(self) -> None:
        """Show the lists in the place of what would be imported."""
        self.importing.hide()
        self.stack.show()

    def show_tab(self, number: int) -> None:
        self.show_lists()
        super().show_tab(number)

    def _on_paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if "\t" in text or "\n" in text.strip():
            self.begin_import(text)
        else:
            self.desk.messages.say(_("The clipboard holds no lines of a spreadsheet."))
