"""What can be printed: the one list of documents, each a question to the vault and a drawing of the
answer."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any

from sqlalchemy.orm import Session

from desktop.base.i18n import N_, _
from desktop.queries.documents.accords import accords_paper
from desktop.queries.documents.changes import publication_report
from desktop.queries.documents.charter import charter_paper, commitments_paper, organisation_paper
from desktop.queries.documents.consent import consent_form_of
from desktop.queries.documents.convocation import convocation_of, extracts_of
from desktop.queries.documents.organisation_return import organisation_return
from desktop.queries.documents.papers import action_plan, decisions_of, my_day, person_actions
from desktop.queries.documents.register import printed_register
from desktop.queries.documents.reminder import reminder_of
from desktop.queries.documents.rights import leave_behind_of, processing_of
from desktop.queries.documents.sheet import minutes_of, sheet_of
from desktop.queries.documents.slip import slip_of
from desktop.queries.documents.trainings import trainings_paper


@dataclass(frozen=True)
class Report:
    """One kind of document.

    `needs`: the kind of record that it is about. `query(session, record_id, today)` gives the plain
    data (for `vault.ask`), `today` being the day that the paper bears;
    `draw(data)` gives the bytes of a PDF, needs no vault and may run in any thread.
    """

    kind: str
    title: str
    needs: str
    query: Callable[[Session, uuid.UUID, date], Any]
    draw: Callable[[Any], bytes]
    others: dict[str, Callable[[Any], bytes]] = field(default_factory=dict)
    """The same content in other forms: the ending of the file's name, what makes its bytes."""

    @property
    def label(self) -> str:
        """The title in the current language."""
        return _(self.title)


def _diffusion(session: Session, meeting_id: uuid.UUID, today: date) -> Any:
    return minutes_of(session, meeting_id, "diffusion", today)


def _interne(session: Session, meeting_id: uuid.UUID, today: date) -> Any:
    return minutes_of(session, meeting_id, "interne", today)


def _late(module: str, draw: str = "draw") -> Callable[[Any], bytes]:
    """Return a drawing that is imported when it is asked for: who prints nothing today need not
    hold pages and fonts in memory."""

    def drawn(content: Any) -> bytes:
        made: bytes = getattr(import_module(f"desktop.reports.{module}"), draw)(content)
        return made

    return drawn


_MINUTES, _DOCX = _late("minutes.paper"), {"docx": _late("minutes.docx", "docx")}
REPORTS: dict[str, Report] = {report.kind: report for report in (
    Report("attendance_sheet", N_("Attendance sheet"), "meeting", sheet_of,
           _late("attendance_sheet")),
    Report("convocation", N_("Convocation"), "meeting", convocation_of, _late("convocation"),
           {"ics": _late("calendar", "ics"), "txt": _late("convocation", "text")}),
    Report("minutes", N_("Minutes for circulation"), "meeting", _diffusion, _MINUTES, _DOCX),
    Report("minutes_internal", N_("Internal minutes"), "meeting", _interne, _MINUTES, _DOCX),
    Report("extracts", N_("Extracts by organisation"), "meeting", extracts_of,
           _late("handouts", "draw_extracts")),
    Report("attestations", N_("Attestations"), "meeting", sheet_of,
           _late("handouts", "draw_attestations")),
    Report("decisions", N_("List of decisions"), "meeting", decisions_of, _late("decisions")),
    Report("decision_register", N_("Register of decisions"), "collective", printed_register,
           _late("decisions", "draw_register")),
    Report("my_actions", N_("Actions of one person"), "person", person_actions,
           _late("actions", "draw_mine")),
    Report("my_day", N_("My week on one page"), "person", my_day, _late("week")),
    Report("charter", N_("Charter to be signed"), "charter", charter_paper, _late("charter")),
    Report("commitments", N_("Commitments of the charter"), "charter", commitments_paper,
           _late("charter", "draw_matrix")),
    Report("organisation_commitments", N_("Commitments of one organisation"), "organisation",
           organisation_paper,
           _late("charter", "draw_organisation")),
    Report("reminder", N_("Reminder of one organisation"), "organisation", reminder_of,
           _late("reminder"),
           {"txt": _late("reminder", "text")}),
    Report("referral_slip", N_("Referral slip"), "referral", slip_of, _late("referral_slip")),
    Report("referral_slip_large", N_("Referral slip in large print"), "referral", slip_of,
           _late("referral_slip", "draw_large")),
    Report("consent_form", N_("Consent form (health, rights)"), "referral", consent_form_of,
           _late("consent_form")),
    Report("action_plan", N_("Action plan"), "plan", action_plan, _late("actions", "draw_plan")),
    Report("action_plan_a3", N_("Action plan on A3"), "plan", action_plan,
           _late("actions", "draw_large_plan")),
    Report("accords", N_("Accords awaited"), "collective", accords_paper,
           _late("actions", "draw_accords")),
    Report("trainings", N_("Trainings: who is trained, who is to be"), "collective",
           trainings_paper, _late("trainings")),
    Report("observatory", N_("Report of the observatory, with what it changes"), "release",
           publication_report, _late("observatory", "draw_report")),
    Report("organisation_return", N_("Yearly return to one organisation"), "organisation",
           organisation_return, _late("organisation_return")),
    Report("leave_behind", N_("Sheet to leave with the person"), "collective", leave_behind_of,
           _late("leave_behind")),
    Report("notice_members", N_("Information of members about their data"), "collective",
           processing_of,
           _late("data_protection", "draw_notice")),
    Report("dpia", N_("Impact assessment (AIPD)"), "collective", processing_of,
           _late("impact_assessment", "draw_dpia")),
    Report("processing_entry", N_("Entry of the register of processing"), "collective",
           processing_of,
           _late("data_protection", "draw_entry")),
)}
