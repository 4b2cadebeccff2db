"""From a warning of the minutes to the place where it is mended, the hand on what is meant."""

from typing import Protocol
from uuid import UUID

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.queries.gaps import Gap
from desktop.queries.meetings.notes import Embed
from desktop.ui.meetings.agenda_line import PointLine
from desktop.ui.meetings.decisions_card import DecisionLine
from desktop.ui.meetings.preparation import PreparationView
from desktop.ui.meetings.section import Section
from desktop.ui.meetings.session import SessionView
from desktop.ui.screen.forms import Forms
from desktop.ui.screen.workspace import Desk

PREPARATION, SESSION, FOLLOW_UP = range(3)


class MeetingScreen(Protocol):
    """What the way to a place asks of the screen of meetings."""

    desk: Desk
    preparation: PreparationView
    session: SessionView
    forms: Forms

    def show_tab(self, number: int) -> None: ...
    def edit(self) -> None: ...
    def findChildren(self, kind: type[DecisionLine]) -> list[DecisionLine]: ...


def go_to_gap(screen: MeetingScreen, gap: Gap) -> None:
    """Open the form, the tab or the record where a gap is, and put the hand there."""
    match gap.place:
        case "meeting":
            screen.edit()
            if screen.forms.form is not None and gap.field in screen.forms.form.fields:
                field = screen.forms.form.fields[gap.field]
                (
                    field if isinstance(field, QLineEdit) else field.findChild(QLineEdit) or field
                ).setFocus()
        case "roll_call":
            screen.show_tab(SESSION)
            screen.session.roll_call.field.setFocus()
        case "action":
            if gap.record_id is not None:
                screen.desk.go("actions", gap.record_id)
        case "decision":
            _go_to_decision(screen, gap)
        case "point":
            _go_to_title(screen, gap)
        case "note":
            screen.show_tab(SESSION)
            for section in screen.session.sections:
                if section.item_id == gap.record_id:
                    _choose_words(screen.session, section, gap.words)


def _go_to_decision(screen: MeetingScreen, gap: Gap) -> None:
    if gap.words:
        screen.show_tab(SESSION)
        for section in screen.session.sections:
            _choose_card(section, gap.record_id)
        return
    screen.show_tab(FOLLOW_UP)
    for line in screen.findChildren(DecisionLine):
        if line.decision.id == gap.record_id:
            line.how.setFocus()


def _go_to_title(screen: MeetingScreen, gap: Gap) -> None:
    screen.show_tab(PREPARATION)
    agenda = screen.preparation.agenda
    line = agenda.lines.get(gap.record_id) if gap.record_id is not None else None
    if isinstance(line, PointLine):
        line.title.setFocus()
        agenda.identities.check.look_now()
        agenda.identities.check.go_to(line.title, gap.words)


def _choose_words(session: SessionView, section: Section, words: str) -> None:
    section.edit.setFocus()
    session.identities.check.look_now()
    if not session.identities.check.go_to(section.edit, words):
        section.edit.moveCursor(QTextCursor.MoveOperation.Start)
        section.edit.find(words)
    _bring_to_sight(section)


def _choose_card(section: Section, record_id: UUID | None) -> None:
    """Put the cursor before the card of a record, if it stands in this section."""
    at = 0
    for part in section.edit.segments():
        if isinstance(part, Embed) and part.id == record_id:
            cursor = section.edit.textCursor()
            cursor.setPosition(at)
            section.edit.setTextCursor(cursor)
            section.edit.setFocus()
            _bring_to_sight(section)
        at += 1 if isinstance(part, Embed) else len(part.encode("utf-16-le")) // 2


def _bring_to_sight(widget: QWidget) -> None:
    """Scroll what holds the cursor into view; a note is as high as its text."""
    parent = widget.parentWidget()
    while parent is not None:
        show = getattr(parent, "ensureWidgetVisible", None)
        if show is not None:
            show(widget)
            return
        parent = parent.parentWidget()
