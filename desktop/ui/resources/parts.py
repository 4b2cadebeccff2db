"""What belongs to a resource, in its sheet: its files, its loans, and what its users thought of
it."""

import uuid
from collections.abc import Sequence
from functools import partial

from desktop.base.i18n import _
from desktop.commands.resources import bring_back
from desktop.models.authority import may
from desktop.models.states import ResourceKind
from desktop.queries.resources import LoanRow, ResourceDetail, ResourceRow, resource_detail
from desktop.ui.records import options
from desktop.ui.records.attachments import AttachmentsCard
from desktop.ui.records.parts import Part, Parts, PartsPlan, PartsSection
from desktop.ui.resources.words import day_words, loan_words, short_day
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.fields.form import Entry

RATINGS = ((1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5"))


class ResourceParts(Parts):
    """The parts of one resource. `lend`, `back` and `rate` are its gestures of one key."""

    def __init__(self, desk: Desk, row: ResourceRow) -> None:
        self.desk, self.resource_id = desk, row.id
        self._files: AttachmentsCard | None = None
        loans = () if row.kind == ResourceKind.SPEAKER else (PartsPlan(
            "resource_loan", _("Loans"), "resource_id", self._loans, self._loan_entries, _("Lend"),
            _("Nobody has it."), on_gesture=self._bring_back),)
        super().__init__(desk, row.id,
                         partial(desk.vault.ask, resource_detail, row.id, desk.today()), (
                             *loans,
                             PartsPlan("resource_use", _("Uses"), "resource_id", _uses,
                                       self._use_entries, _("Rate a use"),
                                       _("Nobody has said yet what it was worth."))))
        self._files = AttachmentsCard(desk, "resource", row.id, _(
            "The tool itself, its manual, a poster: drop the files here. They are encrypted, and "
            "go to all the computers."))
        box = self.layout()
        if box is not None:
            box.addWidget(self._files)

    def refresh(self) -> None:
        super().refresh()
        if self._files is not None:
            self._files.show_files()

    def lend(self) -> None:
        """Open the form of a new loan."""
        if "resource_loan" in self.sections:
            self.sections["resource_loan"].add()
        else:
            self.desk.messages.say(_("A speaker is invited, not lent."))

    def back(self) -> None:
        """Note that the resource is back today."""
        section = self.sections.get("resource_loan")
        detail = self.desk.vault.ask(resource_detail, self.resource_id, self.desk.today())
        out = next((loan for loan in detail.loans if loan.is_now), None)
        if section is None or out is None:
            self.desk.messages.say(_("It is lent to nobody today."))
            return
        self._note_back(section, out.id)

    def rate(self) -> None:
        """Open the form of a use."""
        self.sections["resource_use"].add()

    def attach(self) -> None:
        """Ask for a file to be joined."""
        if self._files is not None:
            self._files.ask()

    def _bring_back(self, section: PartsSection, part: Part, _gesture: str) -> None:
        if part.id is not None:
            self._note_back(section, part.id)

    def _note_back(self, section: PartsSection, loan_id: uuid.UUID) -> None:
        section.run(lambda: self.desk.vault.do(bring_back, loan_id), _("Back today."))

    def _loans(self, detail: ResourceDetail) -> Sequence[Part]:
        back = ((("back", _("It is back")),) if may(self.desk.vault.identity.roles, "resource_loan")
                else ())
        return [Part(str(loan.id), loan.id, loan.borrower or "—", _days(loan), loan_words(loan),
                     back if loan.is_now else ()) for loan in detail.loans]

    def _loan_entries(self) -> list[Entry]:
        today = self.desk.today().isoformat()
        return [Entry("organisation_id", _("Lent to"), "choice",
                      lambda: options.organisations(self.desk)),
                Entry("person_id", _("Lent to (person)"), "person",
                      people=options.directory(self.desk)),
                Entry("lent_on", _("From"), "date", required=True, initial=today),
                Entry("due_on", _("Until"), "date", required=True),
                Entry("back_on", _("Back on"), "date", past=True), Entry("remark", _("Remark"))]

    def _use_entries(self) -> list[Entry]:
        return [Entry("organisation_id", _("Used by"), "choice",
                      lambda: options.organisations(self.desk), required=True),
                Entry("used_on", _("Used on"), "date", required=True,
                      initial=self.desk.today().isoformat(), past=True),
                Entry("rating", _("Rating (1 to 5)"), "choice", lambda: RATINGS, required=True),
                Entry("remark", _("Remark"), "lines", names="members",
                      hint=_("What helped, what was missing; never about a person."))]


def _days(loan: LoanRow) -> str:
    days = _("from {first} to {last}").format(first=short_day(loan.lent_on),
                                              last=short_day(loan.due_on))
    return " · ".join(part for part in (days, loan.remark) if part)


def _uses(detail: ResourceDetail) -> Sequence[Part]:
    return [Part(str(use.id), use.id, " · ".join(part for part in (
        _("{count} of 5").format(count=use.rating), use.remark) if part),
        " · ".join(part for part in (use.organisation, day_words(use.used_on)) if part))
            for use in detail.uses]
