"""What can be printed: the one list of documents, each a question to the vault and a drawing of the answer."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from desktop.base.i18n import N_, _
from desktop.queries.convocation import convocation_of, extracts_of
from desktop.queries.documents import minutes_of, sheet_of
from desktop.queries.papers import action_plan, decisions_of, my_day, person_actions
from desktop.reports import actions, attendance_sheet, convocation, decisions, handouts, minutes, week


@dataclass(frozen=True)
class Report:
    """One kind of document.

    `needs`: the kind of record that it is about. `query(session, record_id)` gives the plain data (for `vault.ask`);
    `draw(data)` gives the bytes of a PDF, needs no vault and may run in any thread.
    """

    kind: str
    title: str
    needs: str
    query: Callable[[Session, uuid.UUID], Any]
    draw: Callable[[Any], bytes]
    others: dict[str, Callable[[Any], bytes]] = field(default_factory=dict)
    """The same content in other forms: the ending of the file's name, what makes its bytes."""

    @property
    def label(self) -> str:
        """The title in the current language."""
        return _(self.title)


def _diffusion(session: Session, meeting_id: uuid.UUID) -> Any:
    return minutes_of(session, meeting_id, "diffusion")


def _interne(session: Session, meeting_id: uuid.UUID) -> Any:
    return minutes_of(session, meeting_id, "interne")


def _sheet(session: Session, meeting_id: uuid.UUID) -> Any:
    return sheet_of(session, meeting_id)


def _docx(content: Any) -> bytes:
    # Imported late: a window that saves no such file must not pay for it.
    from desktop.reports.minutes_docx import docx
    return docx(content)


def _ics(content: Any) -> bytes:
    from desktop.reports.calendar import ics
    return ics(content)


REPORTS: dict[str, Report] = {report.kind: report for report in (
    Report("attendance_sheet", N_("Attendance sheet"), "meeting", _sheet, attendance_sheet.draw),
    Report("convocation", N_("Convocation"), "meeting", convocation_of, convocation.draw,
           {"ics": _ics, "txt": convocation.text}),
    Report("minutes", N_("Minutes for circulation"), "meeting", _diffusion, minutes.draw, {"docx": _docx}),
    Report("minutes_internal", N_("Internal minutes"), "meeting", _interne, minutes.draw, {"docx": _docx}),
    Report("extracts", N_("Extracts by organisation"), "meeting", extracts_of, handouts.draw_extracts),
    Report("attestations", N_("Attestations"), "meeting", _sheet, handouts.draw_attestations),
    Report("decisions", N_("List of decisions"), "meeting", decisions_of, decisions.draw),
    Report("my_actions", N_("Actions of one person"), "person", person_actions, actions.draw_mine),
    Report("my_day", N_("My week on one page"), "person", my_day, week.draw),
    Report("action_plan", N_("Action plan"), "plan", action_plan, actions.draw_plan),
)}
