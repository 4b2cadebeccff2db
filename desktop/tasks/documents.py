"""Making a document from the vault: the query of its report, then the drawing."""

import uuid
from datetime import date

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.commands.journal import append
from desktop.commands.meetings import convene
from desktop.commands.paper import freeze_sheet
from desktop.commands.reminders import note_reminder
from desktop.models.states import JournalWhat, ReminderHow
from desktop.queries.documents.convocation import Convocation
from desktop.queries.documents.reminder import ReminderPaper
from desktop.queries.documents.sheet import AttendanceSheet
from desktop.queries.records import get_record
from desktop.reports import REPORTS
from desktop.vault import Vault

REMINDED = {JournalWhat.PRINTED: ReminderHow.PAPER, JournalWhat.SENT: ReminderHow.MESSAGE}
"""In which way an organisation was reminded, by what became of the paper; a file alone reminds
nobody."""


def check_kind(kind: str) -> None:
    """AppError for a document that does not exist, with the list of those that do."""
    if kind not in REPORTS:
        raise AppError(_("There is no document called {kind}.").format(kind=kind[:40]),
                       _("Choose one of: {kinds}.").format(kinds=", ".join(sorted(REPORTS))))


def make(vault: Vault, kind: str, record_id: uuid.UUID | None, today: date,
         form: str = "pdf") -> bytes:
    """Return the bytes of a document that goes out; AppError where it is about a record that is not
    there or of another kind.

    `form`: the ending of the file's name, PDF where the document has no such form.
    """
    report = REPORTS[kind]
    if record_id is None:
        raise AppError(_("This document is about one record: give its id."),
                       _("`carnet list {kind}` lists them.").format(kind=report.needs))
    if vault.ask(get_record, record_id)["kind_of_record"] != report.needs:
        raise AppError(_("This document is about a record of another kind."),
                       _("`carnet list {kind}` lists them.").format(kind=report.needs))
    content = vault.ask(report.query, record_id, today)
    data = report.others.get(form, report.draw)(content)
    went_out(vault, record_id, content, kind, JournalWhat.SAVED)
    return data


def went_out(vault: Vault, record_id: uuid.UUID, content: object, kind: str,
             what: JournalWhat) -> bool:
    """Remember what must be of a document of this kind that left the screen for a file, a message
    or a printer.

    Whether a reminder was noted, which can be undone.
    """
    vault.do(append, what, kind)
    if isinstance(content, AttendanceSheet):
        vault.do(freeze_sheet, record_id, [person.id for person in content.people])
    elif isinstance(content, Convocation):
        vault.do(convene, record_id, content.heading.as_of)
    elif isinstance(content, ReminderPaper) and what in REMINDED and not content.empty:
        vault.do(note_reminder, content.organisation_id, REMINDED[what], content.about,
                 content.action_ids)
        return True
    return False
