"""After the meeting: what is missing before the minutes are closed, its decisions and its actions."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.dates_fr import long_date
from desktop.base.i18n import _, ngettext
from desktop.models.choices import label as choice_label
from desktop.queries.actions import ActionRow, actions_of
from desktop.queries.meetings import MeetingDetail, decisions_of
from desktop.ui.theme import tokens
from desktop.ui.widgets.basics import Card, Chip, button, empty_layout, label, rule, scrolled
from desktop.ui.widgets.icons import pixmap
from desktop.ui.workspace import Desk

STATE_TONES = {"idee": "neutral", "proposee": "accent", "a_valider": "warn", "en_cours": "accent", "faite": "ok",
               "abandonnee": "neutral"}


def gaps_of(meeting: MeetingDetail, actions: list[ActionRow]) -> list[str]:
    """What should be settled before the minutes are closed, each in a sentence."""
    gaps = []
    if meeting.secretary_id is None:
        gaps.append(_("The meeting has no secretary."))
    waiting = sum(row.state == "attendu" for row in meeting.attendance)
    if waiting:
        gaps.append(ngettext("{count} person is neither present, excused nor absent.",
                             "{count} people are neither present, excused nor absent.", waiting).format(count=waiting))
    for action in actions:
        if not action.owner and not action.organisation:
            gaps.append(_("The action “{title}” has no owner.").format(title=action.title))
        if action.due_on is None and action.is_open:
            gaps.append(_("The action “{title}” has no date.").format(title=action.title))
    return gaps


class FollowUpView(QWidget):
    """What follows from one meeting."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(14)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scrolled(inside))

    def show_meeting(self, meeting: MeetingDetail) -> None:
        """Show what a meeting left."""
        actions = self.desk.vault.ask(actions_of, None, meeting.id)
        decisions = self.desk.vault.ask(decisions_of, meeting.id)
        empty_layout(self._column)
        gaps = gaps_of(meeting, actions)
        card = Card(_("Before the minutes are closed"))
        for gap in gaps or [_("Nothing is missing.")]:
            line = QHBoxLayout()
            sign = label("")
            sign.setPixmap(pixmap("triangle-alert" if gaps else "circle-check", 18,
                                  tokens().warn if gaps else tokens().ok))
            line.addWidget(sign)
            line.addWidget(label(gap, wrap=True), 1)
            card.box.addLayout(line)
        self._column.addWidget(card)
        card = Card(_("Decisions"))
        for number, decision in enumerate(reversed(decisions)):
            if number:
                card.box.addWidget(rule())
            card.box.addWidget(label(decision.text, wrap=True))
            about = " · ".join(part for part in (decision.number, choice_label("decision_how", decision.how)) if part)
            card.box.addWidget(label(about, "small", wrap=True))
        if not decisions:
            card.box.addWidget(label(_("None. In the notes, a line that begins with ! is a decision."), "muted", wrap=True))
        self._column.addWidget(card)
        card = Card(_("Actions"))
        for number, action in enumerate(actions):
            if number:
                card.box.addWidget(rule())
            line = QHBoxLayout()
            line.addWidget(label(action.title, wrap=True), 1)
            line.addWidget(Chip(choice_label("action_state", action.state), STATE_TONES.get(action.state, "neutral")))
            line.addWidget(button("", partial(self.desk.go, "actions", action.id), style="quiet",
                                  icon_name="arrow-right", tip=_("Open “{title}”").format(title=action.title)))
            card.box.addLayout(line)
            due = long_date(action.due_on) if action.due_on else _("without date")
            card.box.addWidget(label(f"{action.owner or action.organisation or _('without owner')} · {due}", "small", wrap=True))
        if not actions:
            card.box.addWidget(label(_("None. In the notes, a line that begins with > is an action."), "muted", wrap=True))
        self._column.addWidget(card)
        self._column.addStretch(1)
