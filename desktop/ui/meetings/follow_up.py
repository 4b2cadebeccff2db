"""After the meeting: its minutes on their way, decisions, actions, open points, who was not there, the next one."""

import uuid
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.commands.minutes import settle_point
from desktop.commands.preparation import prepare_next
from desktop.commands.records import edit_record
from desktop.models.choices import label as choice_label
from desktop.queries.actions import ActionRow, actions_of
from desktop.queries.follow_up import FollowUp, follow_up_of
from desktop.queries.meetings import DecisionRow, MeetingDetail, decisions_of
from desktop.ui.meetings.minutes_card import MinutesCard
from desktop.ui.records import options
from desktop.ui.records.attachments import AttachmentsCard
from desktop.ui.records.versions import versions_card
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, Chip, button, empty_layout, label, rule, scrolled
from desktop.ui.widgets.fields.form import Choice, Spin
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import scaled

STATE_TONES = {"idee": "neutral", "proposee": "accent", "a_valider": "warn", "en_cours": "accent", "faite": "ok",
               "abandonnee": "neutral"}


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
        self._column = QVBoxLayout()
        self._column.setSpacing(14)
        around.addLayout(self._column)
        around.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scrolled(inside))

    def show_meeting(self, meeting: MeetingDetail) -> None:
        """Show what a meeting left."""
        found = self.desk.vault.ask(follow_up_of, meeting.id)
        if found is None:
            return
        self.minutes.show_minutes(meeting, found)
        empty_layout(self._column)
        frozen = meeting.state in ("valide", "archivee")
        self._column.addWidget(self._decisions(self.desk.vault.ask(decisions_of, meeting.id), frozen))
        self._column.addWidget(self._actions(self.desk.vault.ask(actions_of, None, meeting.id)))
        self._column.addWidget(AttachmentsCard(self.desk, "meeting", meeting.id, _(
            "The scan of the signed sheet, for instance: it is kept in the vault, encrypted, and named in the minutes.")))
        for card in (self._points(found), self._withheld(found), self._absent(found), self._next(meeting, found)):
            if card is not None:
                self._column.addWidget(card)

    def _decisions(self, decisions: list[DecisionRow], frozen: bool) -> Card:
        card = Card(_("Decisions"))
        for number, decision in enumerate(reversed(decisions)):
            if number:
                card.box.addWidget(rule())
            card.box.addWidget(label(decision.text, wrap=True))
            versions = None if frozen else versions_card(self.desk, "decision", decision.id)
            if versions is not None:
                card.box.addWidget(versions)
            if frozen:
                about = " · ".join(part for part in (decision.number, choice_label("decision_how", decision.how)) if part)
                card.box.addWidget(label(about, "small", wrap=True))
            else:
                card.box.addLayout(self._how(decision))
        if not decisions:
            card.box.addWidget(label(_("None. In the notes, a line that begins with ! is a decision."), "muted", wrap=True))
        return card

    def _how(self, decision: DecisionRow) -> Flow:
        """How it was adopted, and the votes where it was by vote."""
        line = Flow()
        line.addWidget(label(decision.number, "small"))
        how = Choice(_("How it was taken: {text}").format(text=decision.text), options.fixed("decision_how"))
        how.set_value(decision.how)
        how.activated.connect(lambda _place: self._edit(decision.id, "how", how.value()))
        line.addWidget(how)
        if decision.how == "vote":
            for name, words, votes in (("votes_for", _("for"), decision.votes_for),
                                       ("votes_against", _("against"), decision.votes_against),
                                       ("votes_abstained", _("abstaining"), decision.votes_abstained)):
                spin = Spin()
                spin.setRange(0, 999)
                spin.setValue(votes or 0)
                spin.setFixedWidth(scaled(36) + 44)
                spin.setAccessibleName(_("Votes {kind}: {text}").format(kind=words, text=decision.text))
                spin.editingFinished.connect(partial(self._edit_votes, decision.id, name, spin, votes or 0))
                line.addWidget(spin)
                line.addWidget(label(words, "small"))
        return line

    def _edit_votes(self, record_id: uuid.UUID, name: str, spin: Spin, before: int) -> None:
        if spin.value() != before:
            self._edit(record_id, name, spin.value())

    def _edit(self, record_id: uuid.UUID, name: str, value: Any) -> None:
        self.desk.vault.do(edit_record, record_id, {name: value})

    def _actions(self, actions: list[ActionRow]) -> Card:
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
        return card

    def _points(self, found: FollowUp) -> Card | None:
        if not found.points:
            return None
        card = Card(_("Open points"))
        for point in found.points:
            line = QHBoxLayout()
            words = label(point.text, wrap=True)
            line.addWidget(words, 1)
            if point.settled_on is not None:
                line.addWidget(Chip(_("settled"), "ok"))
                line.addWidget(button(_("Open again"), partial(self.desk.vault.do, settle_point, point.id, None),
                                      style="quiet"))
            else:
                line.addWidget(button(_("Settled"), partial(self.desk.vault.do, settle_point, point.id, self.desk.today()),
                                      icon_name="check", tip=_("“{text}” is settled").format(text=point.text)))
            card.box.addLayout(line)
        card.box.addWidget(label(_("The next meeting of the group is offered those that are not settled."), "small",
                                 wrap=True))
        return card

    @staticmethod
    def _withheld(found: FollowUp) -> Card | None:
        if not found.withheld:
            return None
        card = Card(_("Not in the minutes for circulation"))
        for line in found.withheld:
            row = QHBoxLayout()
            row.addWidget(label(line.text, wrap=True), 1)
            row.addWidget(Chip(choice_label("audience", line.audience), "warn"))
            card.box.addLayout(row)
        return card

    @staticmethod
    def _absent(found: FollowUp) -> Card | None:
        if not found.absent:
            return None
        card = Card(_("To be told: they were not there"))
        card.box.addWidget(label(", ".join(found.absent), wrap=True))
        return card

    def _next(self, meeting: MeetingDetail, found: FollowUp) -> Card | None:
        if meeting.state in ("brouillon", "convoquee") or meeting.group_id is None:
            return None
        card = Card(_("Next meeting"))
        line = QHBoxLayout()
        if found.next_id is not None:
            line.addWidget(button(_("Open the next meeting"), partial(self.next_asked.emit, found.next_id),
                                  icon_name="arrow-right"))
        else:
            line.addWidget(label(_("Nothing is planned yet for this group."), "muted", wrap=True), 1)
            line.addWidget(button(_("Prepare the next meeting"), partial(self._prepare, meeting.id), icon_name="plus"))
        line.addStretch(1)
        card.box.addLayout(line)
        return card

    def _prepare(self, meeting_id: uuid.UUID) -> None:
        made = self.desk.vault.do(prepare_next, meeting_id, self.desk.today())
        self.desk.done(_("The next meeting is prepared like this one: check its date."))
        self.next_asked.emit(made)
