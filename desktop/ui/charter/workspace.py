"""Charter: which organisation signed, what its records show of each clause, and the text with its
versions."""

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from desktop.base.dates.french import long_date, short_date
from desktop.base.i18n import _, ngettext
from desktop.models.authority import READERS, Verb, names_of, roles_for
from desktop.models.choices import label as choice_label
from desktop.models.record import OBSERVATORY
from desktop.queries.charter import (
    CharterRow,
    CharterText,
    Signature,
    charter_in_force,
    charter_rows,
    charters_of,
)
from desktop.queries.charter_evidence import Standing
from desktop.queries.charter_words import RULES, SHORT, TONES, cell_words, fact_words, kept_words
from desktop.queries.releases import releases_of
from desktop.queries.reminders import reminders_to
from desktop.ui.records import options
from desktop.ui.records.parts import PARTS_KEYS, Part, Parts, PartsPlan
from desktop.ui.records.register import REGISTER_KEYS, RegisterPlan
from desktop.ui.records.sheet import Fact, RecordSheet
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.reminders.listing import reminders_plan
from desktop.ui.reminders.words import reminder_entries, reminder_part
from desktop.ui.screen.workspace import Desk, Printable
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.fields.form import Entry
from desktop.ui.widgets.lists.columns import Column


class CharterWorkspace(RegistersWorkspace):
    """The screen of the charter."""

    name = "charter"
    icon = "scroll-text"
    areas = frozenset(
        {"charter", "directory", "meetings", "attendance", "actions", "resources", "observations",
         "reminders"})
    keys = (*REGISTER_KEYS, *PARTS_KEYS)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Charter"), (
            self._signatures(desk), self._texts(desk), reminders_plan(desk)))
        self.told = label("", "muted", wrap=True)
        self.header.insertWidget(1, self.told)

    # Which organisation does what

    def _signatures(self, desk: Desk) -> RegisterPlan:
        return RegisterPlan(
            kind="engagements", name=_("Commitments"), icon="scroll-text",
            columns=(Column[CharterRow](_("Organisation"), lambda row: row.name, strong=True),
                     Column[CharterRow](_("Signed"), _signed_words,
                                        key=lambda row: row.signed.signed_on if row.signed
                                        else None,
                                        width=104, tone=lambda row: "" if row.signed else "warn"),
                     *(_column(evidence) for evidence in SHORT)),
            rows=charter_rows, arguments=self._arguments, sheet=self._sheet, entries=list,
            new_label="", empty_title=_("No organisation yet"),
            empty_text=_("The organisations of the directory come here, with what their meetings "
                         "and actions show."),
            extra=lambda row: _Signing(desk, row.id, self._arguments), open=self._sign,
            begin=self._sign, shares=(3, 2))

    def _arguments(self) -> tuple[Any, ...]:
        roles = self.desk.vault.identity.roles
        return self.desk.today(), not roles or bool(roles & READERS[OBSERVATORY])

    def _sheet(self, row: CharterRow) -> RecordSheet:
        charter = self.desk.vault.ask(charter_in_force, self.desk.today())
        sections: list[tuple[str, Sequence[tuple[str, str]]]] = []
        for clause in charter.clauses if charter is not None else ():
            cell = row.cells.get(clause.evidence)
            lines = [("", f"« {clause.text} »")]
            if cell is not None:
                lines.append((_(RULES[clause.evidence]), kept_words(clause.evidence, cell)))
                lines += [(f"{short_date(line.on)} · {fact_words(line)}" if line.on
                           else fact_words(line), line.title)
                          for line in cell.lines[:12]]
                if len(cell.lines) > 12:
                    rest = len(cell.lines) - 12
                    lines.append(
                        ("",
                         ngettext("and {count} more", "and {count} more", rest).format(count=rest)))
            sections.append((clause.label, lines))
        alert = ("", "")
        if charter is not None and row.signed is None:
            alert = (_("Version {number} of the charter is not signed.")
                     .format(number=charter.version),
                     _("“Sign” below writes the day and who signed."))
        lacking = [_(SHORT[kind]) for kind, cell in row.cells.items()
                   if cell.kept in (Standing.IN_PART, Standing.NOT_YET)]
        said = (_("To be completed: {clauses}").format(clauses=", ".join(lacking).lower())
                if lacking
                else "")
        return RecordSheet(row.name, said, (), (), sections, alert)

    def _sign(self, _row: CharterRow | None = None) -> None:
        """Open the form of a signature of the organisation that is read."""
        extra = self.registers[0].extra
        if isinstance(extra, _Signing):
            extra.sign()
        else:
            self.desk.messages.say(_("An organisation signs: choose it in the list."))

    # The text

    def _texts(self, desk: Desk) -> RegisterPlan:
        return RegisterPlan(
            kind="charter", name=_("Text"), icon="scroll-text",
            columns=(Column[CharterText](_("Charter"), lambda row: row.title, strong=True),
                     Column[CharterText](_("Version"), lambda row: str(row.version),
                                         key=lambda row: row.version, width=90,
                                         right=True),
                     Column[CharterText](_("From"), lambda row: short_date(row.starts_on)
                                         if row.starts_on else "",
                                         key=lambda row: row.starts_on, width=110)),
            rows=charters_of, sheet=_text_sheet,
            entries=lambda: [Entry("title", _("Title"), required=True, wide=True),
                             Entry("version", _("Version"), "number", required=True,
                                   initial=1
                                   + max((one.version for one in desk.vault.ask(charters_of)),
                                         default=0)),
                             Entry("starts_on", _("From"), "date"),
                             Entry("text", _("Text"), "lines")],
            new_label=_("New version"), empty_title=_("No charter yet"),
            empty_text=_("The coordination writes it here: its text, then its clauses. Each "
                         "organisation then signs it."),
            extra=lambda row: _Clauses(desk, row.id), shares=(2, 3))

    def refresh(self) -> None:
        super().refresh()
        self._tell()

    def show_tab(self, number: int) -> None:
        super().show_tab(number)
        self._tell()

    def _tell(self) -> None:
        self.told.setVisible(self.stack.currentIndex() == 0)
        if self.stack.currentIndex():
            return
        charter = self.desk.vault.ask(charter_in_force, self.desk.today())
        rows = self.desk.vault.ask(charter_rows, *self._arguments())
        signed = sum(row.signed is not None for row in rows)
        self.told.setText("" if charter is None
                          else _("{count} of {whole} have signed version {number}").format(
                              count=signed, whole=len(rows), number=charter.version))

    def printables(self) -> list[Printable]:
        charter = self.desk.vault.ask(charter_in_force, self.desk.today())
        if charter is None:
            return []
        found = [Printable("charter", charter.id), Printable("commitments", charter.id)]
        row = self.registers[0].table.current_row()
        if self.stack.currentIndex() == 0 and row is not None:
            found[:0] = [Printable("organisation_commitments", row.id),
                         Printable("reminder", row.id),
                         *([Printable("organisation_return", row.id)]
                           if self.desk.vault.ask(releases_of) else [])]
        return found


def _column(evidence: str) -> Column[CharterRow]:
    return Column[CharterRow](
        _(SHORT[evidence]), lambda row: cell_words(evidence, row.cells[evidence]),
        key=lambda row: row.cells[evidence].count, width=92,
        tone=lambda row: TONES[row.cells[evidence].kept])


def _signed_words(row: CharterRow) -> str:
    if row.signed is None:
        return _("to sign")
    return short_date(row.signed.signed_on) if row.signed.signed_on else _("signed")


def _text_sheet(row: CharterText) -> RecordSheet:
    return RecordSheet(row.title, _("Version {number}").format(number=row.version), (), (
        Fact(_("From"), long_date(row.starts_on, weekday=False) if row.starts_on else ""),
        Fact("", row.text)))


class _Signing(Parts):
    """The signatures of one organisation."""

    def __init__(self, desk: Desk, organisation_id: uuid.UUID,
                 arguments: Callable[[], tuple[Any, ...]]) -> None:
        self.desk = desk
        super().__init__(desk, organisation_id, partial(_row_of, desk, arguments, organisation_id),
                         (
                             PartsPlan("commitment", _("Signatures"), "organisation_id", self._rows,
                                       self._entries, _("Sign"),
                                       _("Nothing was signed yet.")),
                             PartsPlan("reminder", _("Reminders"), "organisation_id",
                                       self._reminders,
                                       lambda: reminder_entries(desk.today()), _("Note a reminder"),
                                       _("Not reminded yet. F9 prints or sends the reminder, and "
                                         "notes it here."))))

    def _reminders(self, row: CharterRow) -> Sequence[Part]:
        return [reminder_part(one) for one in self.desk.vault.ask(reminders_to, row.id)]

    def _rows(self, row: CharterRow) -> Sequence[Part]:
        return [Part(str(one.id), one.id, _version_words(one), " · ".join(part for part in (
            long_date(one.signed_on, weekday=False) if one.signed_on else "", one.signed_by,
            one.function,
            _("confidentiality on {day}").format(day=short_date(one.confidentiality_on))
            if one.confidentiality_on else "")
            if part)) for one in row.signatures]

    def _entries(self) -> list[Entry]:
        charters = self.desk.vault.ask(charters_of)
        today = self.desk.today().isoformat()
        return [Entry("signed_on", _("Signed on"), "date", required=True, initial=today, past=True),
                Entry("signed_by", _("Signed by")), Entry("function", _("Function")),
                Entry("confidentiality_on", _("Confidentiality accepted on"), "date", initial=today,
                      past=True),
                Entry("charter_id", _("Version of the charter"), "choice",
                      lambda: [(str(one.id), f"{one.version}. {one.title}") for one in charters],
                      initial=str(charters[0].id) if charters else None)]

    def sign(self) -> None:
        """Open the form of a signature."""
        if self.sections["commitment"].writes:
            self.sections["commitment"].add()
        else:
            self.desk.messages.say(_("Written by: {roles}").format(
                roles=names_of(roles_for("commitment", Verb.EDIT))))


def _version_words(one: Signature) -> str:
    return _("Version {number}").format(number=one.version) if one.version else _("Charter")


def _row_of(desk: Desk, arguments: Callable[[], tuple[Any, ...]],
            organisation_id: uuid.UUID) -> CharterRow | None:
    """Return the row of the list itself: what is asked for the list is not asked again for its
    sheet."""
    return next((row for row in desk.vault.ask(charter_rows, *arguments())
                 if row.id == organisation_id), None)


class _Clauses(Parts):
    """The clauses of one version."""

    def __init__(self, desk: Desk, charter_id: uuid.UUID) -> None:
        super().__init__(desk, charter_id, partial(desk.vault.ask, _charter_of, charter_id), (
            PartsPlan("clause", _("Clauses"), "charter_id", _clauses, _clause_entries,
                      _("Add a clause"),
                      _("A charter has clauses: what each organisation promises.")),))


def _charter_of(session: Any, charter_id: uuid.UUID) -> CharterText | None:
    return next((one for one in charters_of(session) if one.id == charter_id), None)


def _clauses(charter: CharterText) -> Sequence[Part]:
    return [
        Part(str(one.id), one.id, f"{one.order} {one.label}".strip(), " — ".join(part for part in (
            one.text, choice_label("clause_evidence", one.evidence)) if part))
        for one in charter.clauses]


def _clause_entries() -> list[Entry]:
    return [Entry("label", _("In two words"), required=True),
            Entry("text", _("Text"), "lines", required=True),
            Entry("order", _("Order")),
            Entry("evidence", _("What shows it"), "choice",
                  lambda: options.fixed("clause_evidence"))]



