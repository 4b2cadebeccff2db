"""What can be printed: the one list of documents, each a question to the vault and a drawing of the answer."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from desktop.base.i18n import N_, _
from desktop.queries.documents import minutes_of, sheet_of
from desktop.queries.papers import action_plan, decisions_of, my_day, person_actions


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


# The page and its fonts are imported when a document is drawn: who prints nothing today need not hold them in memory.

def _draw_sheet(data: Any) -> bytes:
    from desktop.reports import attendance_sheet

    return attendance_sheet.draw(data)


def _draw_minutes(data: Any) -> bytes:
    from desktop.reports import minutes

    return minutes.draw(data)


def _draw_decisions(data: Any) -> bytes:
    from desktop.reports import decisions

    return decisions.draw(data)


def _draw_mine(data: Any) -> bytes:
    from desktop.reports import actions

    return actions.draw_mine(data)


def _draw_plan(data: Any) -> bytes:
    from desktop.reports import actions

    return actions.draw_plan(data)


def _draw_week(data: Any) -> bytes:
    from desktop.reports import week

    return week.draw(data)


REPORTS: dict[str, Report] = {report.kind: report for report in (
    Report("attendance_sheet", N_("Attendance sheet"), "meeting", _sheet, _draw_sheet),
    Report("minutes", N_("Minutes for circulation"), "meeting", _diffusion, _draw_minutes),
    Report("minutes_internal", N_("Internal minutes"), "meeting", _interne, _draw_minutes),
    Report("decisions", N_("List of decisions"), "meeting", decisions_of, _draw_decisions),
    Report("my_actions", N_("Actions of one person"), "person", person_actions, _draw_mine),
    Report("my_day", N_("My week on one page"), "person", my_day, _draw_week),
    Report("action_plan", N_("Action plan"), "plan", action_plan, _draw_plan),
)}
