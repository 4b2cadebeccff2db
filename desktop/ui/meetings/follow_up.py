"""After the meeting: its minutes on their way, decisions, actions, open points, who was not there,
the next one."""

import uuid
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.commands.minutes import settle_point
from desktop.commands.preparation import prepare_next
from desktop.models.choices import label as choice_label
from desktop.models.states import ActionState, is_frozen, is_planned
from desktop.queries.actions import ActionRow, actions_of
from desktop.queries.attachments import attachments_of
from desktop.queries.follow_up import MeetingFollowUp, follow_up_of
from desktop.queries.meetings.rows import DecisionRow, MeetingDetail, decisions_of
from desktop.ui.meetings.decisions_card import DecisionsCard
from desktop.ui.meetings.minutes_card import MinutesCard
from desktop.ui.records.attachments import AttachmentsCard
from desktop.ui.records.versions import waiting_for_choice
from desktop.ui.screen.keyed import KeyedColumn, KeyedPart
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, Chip, button, label, rule, scrolled

STATE_TONES: dict[str, str] = {ActionState.IDEA: "neutral", ActionState.PROPOSED: "accent",
                               ActionState.TO_VALIDATE: "warn",
               ActionState.UNDER_WAY: "accent", ActionState.DONE: "ok",
               ActionState.GIVEN_UP: "neutral"}


class FollowUpView(QWidget):
    """What follows from one meeting. `next_asked` tells which meeting is to be opened."""

    next_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 8, 0)
        around.setSpacing(14)
        self.minutes = MinutesCard(desk)
        around.addWidget(self.minutes)
        self._column = KeyedColumn(14)
        around.addLayout(self._column)
        around.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scrolled(inside))

    def show_meeting(self, meeting: MeetingDetail) -> None:
        """Show what a meeting left."""
        found = self.desk.vault.ask(follow_up_of, meeting.id, self.desk.today())
        if found is None:
            return
        self.minutes.show_minutes(meeting, found)
        frozen = is_frozen(meeting.state)
        actions = self.desk.vault.ask(actions_of, None, meeting.id)
        parts = [
            self._decisions(self.desk.vault.ask(decisions_of, meeting.id), frozen),
            KeyedPart("actions", tuple(actions), partial(self._actions, actions)),
            KeyedPart(("attachments", meeting.id),
                      tuple(self.desk.vault.ask(attachments_of, meeting.id)),
                 partial(self._attachments, meeting.id), AttachmentsCard.show_files),
        ]
        if found.points:
            parts.append(KeyedPart("points", tuple(found.points), partial(self._points, found)))
        if found.withheld:
            parts.append(
                KeyedPart("withheld", tuple(found.withheld), partial(self._withheld, found)))
        if found.absent:
            parts.append(KeyedPart("absent", tuple(found.absent), partial(self._absent, found)))
        if not is_planned(meeting.state) and meeting.group_id is not None:
            parts.append(
                KeyedPart("next", (meeting.id, found.next_id), partial(self._next, meeting, found)))
        self._column.show_parts(parts)

    def _decisions(self, decisions: list[DecisionRow], frozen: bool) -> KeyedPart:
        shown = [
            (decision, [] if frozen else waiting_for_choice(self.desk, "decision", decision.id))
                 for decision in reversed(decisions)]
        return KeyedPart("decisions", (shown, frozen),
                         lambda: DecisionsCard(self.desk, shown, frozen),
                    lambda card: card.show_decisions(shown, frozen))

    def _attachments(self, meeting_id: uuid.UUID) -> Card:
        return AttachmentsCard(self.desk, "meeting", meeting_id, _(
            "The scan of the signed sheet, for instance: it is kept in the vault, encrypted, and "
            "named in the minutes."))

    def _actions(self, actions: list[ActionRow]) -> Card:
        card = Card(_("Actions"))
        for number, action in enumerate(actions):
            if number:
                card.box.addWidget(rule())
            line = QHBoxLayout()
            line.addWidget(label(action.title, wrap=True), 1)
            line.addWidget(Chip(choice_label("action_state", action.state),
                                STATE_TONES.get(action.state, "neutral")))
            line.addWidget(button("", partial(self.desk.go, "actions", action.id), style="quiet",
                                  icon_name="arrow-right",
                                  tip=_("Open “{title}”").format(title=action.title)))
            card.box.addLayout(line)
            due = long_date(action.due_on) if action.due_on else _("without date")
            card.box.addWidget(label(f"{action.owner or action.organisation or _('without owner')} "
                                     f"· {due}", "small", wrap=True))
        if not actions:
            card.box.addWidget(
                label(_("None. In the notes, a line that begins with > is an action."), "muted",
                      wrap=True))
        return card

    def _points(self, found: MeetingFollowUp) -> Card:
        card = Card(_("Open points"))
        for point in found.points:
            line = QHBoxLayout()
            words = label(point.text, wrap=True)
            line.addWidget(words, 1)
            if point.settled_on is not None:
                line.addWidget(Chip(_("settled"), "ok"))
                line.addWidget(button(_("Open again"),
                                      partial(self.desk.vault.do, settle_point, point.id, None),
                                      style="quiet"))
            else:
                line.addWidget(
                    button(_("Settled"),
                           partial(self.desk.vault.do, settle_point, point.id, self.desk.today()),
                           icon_name="check", tip=_("“{text}” is settled").format(text=point.text)))
            card.box.addLayout(line)
        card.box.addWidget(
            label(_("The next meeting of the group is offered those that are not settled."),
                  "small",
                  wrap=True))
        return card

    @staticmethod
    def _withheld(found: MeetingFollowUp) -> Card:
        card = Card(_("Not in the minutes for circulation"))
        for line in found.withheld:
            row = QHBoxLayout()
            row.addWidget(label(line.text, wrap=True), 1)
            row.addWidget(Chip(choice_label("audience", line.audience), "warn"))
            card.box.addLayout(row)
        return card

    @staticmethod
    def _absent(found: MeetingFollowUp) -> Card:
        card = Card(_("To be told: they were not there"))
        card.box.addWidget(label(", ".join(found.absent), wrap=True))
        return card

    def _next(self, meeting: MeetingDetail, found: MeetingFollowUp) -> Card:
        card = Card(_("Next meeting"))
        line = QHBoxLayout()
        if found.next_id is not None:
            line.addWidget(
                button(_("Open the next meeting"), partial(self.next_asked.emit, found.next_id),
                       icon_name="arrow-right"))
        else:
            line.addWidget(label(_("Nothing is planned yet for this group."), "muted", wrap=True),
                           1)
            line.addWidget(button(_("Prepare the next meeting"), partial(self._prepare, meeting.id),
                                  icon_name="plus"))
        line.addStretch(1)
        card.box.addLayout(line)
        return card

    def _prepare(self, meeting_id: uuid.UUID) -> None:
        made = self.desk.vault.do(prepare_next, meeting_id, self.desk.today())
        self.desk.done(_("The next meeting is prepared like this one: check its date."))
        self.next_asked.emit(made)
