"""Aujourd'hui: what awaits me, the meetings to come, what became of my observations, the
charter."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.dates.french import long_date, of_month, short_date, short_day_month, time_of
from desktop.base.i18n import N_, _, ngettext
from desktop.base.money import euros
from desktop.models.authority import BY_PARTY
from desktop.models.choices import label as choice_label
from desktop.models.states import SHOWN_OBSERVATION_STATES, MeetingState, ObservationState
from desktop.queries.accords import Awaited, awaited_accords
from desktop.queries.actions import ActionRow
from desktop.queries.commitments import Commitments, commitments_of
from desktop.queries.feedback import AuthorFeedback, states_of
from desktop.queries.meetings.decisions import collective_id
from desktop.queries.meetings.rows import MeetingRow
from desktop.queries.today import Today, today_of
from desktop.queries.upkeep import Upkeep, upkeep_of
from desktop.ui.records.questions import question_line
from desktop.ui.records.versions import card_of, waiting_for_choice
from desktop.ui.screen.keyed import KeyedColumn, KeyedPart
from desktop.ui.screen.workspace import Desk, Printable, Workspace
from desktop.ui.today.upkeep import upkeep_card
from desktop.ui.widgets.basics import Card, Chip, Elided, button, label, rule, scrolled
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.stacking import StackingRow
from desktop.ui.widgets.theme import scaled

SHOWN = 6
TOLD = 3


class Slot(KeyedColumn):
    """The place of a card, which is made again where what it says is another."""

    def show_card(self, said: object, make: Callable[[], QWidget], *, wanted: bool = True) -> None:
        """Show a card that says this; none where none is wanted."""
        self.show_parts([KeyedPart("card", said, make)] if wanted else [])
        self.setContentsMargins(0, 0, 0, 14 if wanted else 0)


class TodayWorkspace(Workspace):
    """The start screen."""

    name = "today"
    icon = "house"
    areas = frozenset(
        {"meetings", "attendance", "actions", "observations", "directory", "resources", "referrals",
         "internships", "vocabularies"})
    keys = (("Ctrl+N", N_("new meeting")),)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Today"))
        day = long_date(desk.today())
        self.heading.setText(day[:1].upper() + day[1:])
        self.header.addWidget(button(_("Print"), lambda: desk.print(self.printables()),
                                     style="quiet", icon_name="printer",
                                     tip="F9"))
        self.header.addWidget(
            button(_("New observation"), self._on_observation, icon_name="notebook-pen",
                   tip="Ctrl+Shift+O"))
        self.header.addWidget(button(_("New meeting"), self.new, style="primary", icon_name="plus"))
        inside = QWidget()
        self._row = StackingRow()
        inside.setLayout(self._row)
        self._row.setContentsMargins(0, 0, 8, 0)
        self._versions, self._awaited, self._mine, self._seen, self._signed = slots = [
            Slot() for _unused in range(5)]
        self._coming, self._promised, self._kept_up = beside = [Slot(), Slot(), Slot()]
        for cards, share in ((slots, 3), (beside, 2)):
            column = QVBoxLayout()
            column.setSpacing(0)
            for slot in cards:
                column.addLayout(slot)
            column.addStretch(1)
            self._row.addLayout(column, share)
        self.page.addWidget(scrolled(inside), 1)

    def _on_observation(self) -> None:
        self.desk.new_observation()

    def new(self) -> None:
        self.desk.go("meetings")
        self.desk.new_record()

    def printables(self) -> list[Printable]:
        me = self.desk.vault.identity.person_id
        found = [Printable("my_day", me), Printable("my_actions", me)] if me is not None else []
        collective = self.desk.vault.ask(collective_id) if self._parties() else None
        return [*found, Printable("accords", collective)] if collective is not None else found

    def _parties(self) -> list[str]:
        """Return the parties that this computer speaks for."""
        roles = self.desk.vault.identity.roles
        return [party for party, speaking in BY_PARTY.items() if roles & speaking]

    def refresh(self) -> None:
        today = self.desk.today()
        mine = self.desk.vault.ask(commitments_of, self.desk.vault.identity.person_id, today)
        seen = self.desk.vault.ask(today_of, today, self.desk.vault.identity.person_id)
        parties = self._parties()
        awaited = self.desk.vault.ask(awaited_accords, parties)
        versions = waiting_for_choice(self.desk)
        upkeep = self.desk.vault.ask(upkeep_of, today, self.desk.vault.identity.roles)
        charter = "coordination" in self.desk.vault.identity.roles or mine is None
        acting = (seen.late, seen.soon, seen.later, seen.all_late, today)
        self.show_parts(
            lambda: self._versions.show_card(tuple(versions),
                                             lambda: card_of(self.desk, versions, named=True)
                                             or QWidget(),
                                             wanted=bool(versions)),
            lambda: self._awaited.show_card((awaited, today),
                                            lambda: self._accords(awaited, len(parties) > 1, today),
                                            wanted=bool(parties)),
            lambda: self._mine.show_card(acting, lambda: self._actions(seen, today)),
            lambda: self._coming.show_card((seen.next_meetings, seen.last_meetings),
                                           lambda: self._meetings(seen)),
            lambda: self._seen.show_card(seen.observations, lambda: self._observations(seen)),
            lambda: self._promised.show_card(mine, lambda: self._commitments(mine)
                                             if mine is not None else QWidget(),
                                             wanted=mine is not None),
            lambda: self._kept_up.show_card(upkeep, lambda: upkeep_card(self.desk, upkeep),
                                            wanted=upkeep != Upkeep()),
            lambda: self._signed.show_card(
                (seen.unsigned, seen.organisations, seen.list_checked_on),
                                           lambda: self._charter(seen), wanted=charter))

    def _accords(self, awaited: tuple[Awaited, ...], named: bool, today: date) -> Card:
        """Build what the parties that this computer speaks for are awaited for. `named`: each line
        says which party."""
        card = Card(_("For me to validate"))
        if not awaited:
            card.box.addWidget(label(_("No accord is awaited from you."), "muted", wrap=True))
        for row in awaited[:SHOWN]:
            card.box.addLayout(self._accord_line(row, named, today))
        more = len(awaited) - SHOWN
        if more > 0:
            card.box.addWidget(
                label(ngettext("and {count} more", "and {count} more", more).format(count=more),
                      "small"))
        return card

    def _accord_line(self, row: Awaited, named: bool, today: date) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Elided(row.title, lines=2))
        words.addWidget(Elided(" · ".join(part for part in (
            choice_label("validation_party", row.party) if named else "", row.organisation,
            euros(row.cents) if row.cents else "", row.committee,
            _("asked for on {day}").format(day=short_date(row.asked_on)) if row.asked_on else "")
                                          if part), "small"))
        line.addLayout(words, 1)
        if row.until_on is not None:
            tone = "bad" if row.until_on < today else "warn"
            line.addWidget(Chip(_("for {day}").format(day=short_date(row.until_on)), tone))
        line.addWidget(button("", lambda: self.desk.go("actions", row.action_id), style="quiet",
                              icon_name="arrow-right",
                              tip=_("Open “{title}”").format(title=row.title)))
        return line

    def _actions(self, seen: Today, today: date) -> Card:
        card = Card(_("My actions"))
        card.head.addWidget(
            button(_("All actions"), lambda: self.desk.go("actions"), style="quiet"))
        rows = [*seen.late, *seen.soon]
        rows += seen.later[:max(0, SHOWN - len(rows))]
        for row in rows[:SHOWN]:
            card.box.addLayout(self._action_line(row, today))
        if len(rows) > SHOWN:
            more = len(rows) - SHOWN
            card.box.addWidget(
                label(ngettext("and {count} more", "and {count} more", more).format(count=more),
                      "small"))
        if not rows:
            card.box.addWidget(
                label(_("Nothing late and nothing due this week."), "muted", wrap=True))
        others = seen.all_late - len(seen.late)
        if others > 0:
            card.box.addWidget(rule())
            line = QHBoxLayout()
            line.addWidget(label(ngettext("{count} action of other members is late.",
                                          "{count} actions of other members are late.", others)
                                 .format(count=others), "small"))
            line.addStretch(1)
            card.box.addLayout(line)
        card.box.addStretch(1)
        return card

    def _action_line(self, row: ActionRow, today: date) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        lateness = row.lateness(today)
        due = short_date(row.due_on) if row.due_on else ""
        line.addWidget(Elided(row.title, lines=2), 1)
        tone = {"late": "bad", "later": "neutral"}.get(lateness, "warn")
        words = _("late since {day}") if lateness == "late" else _("for {day}")
        line.addWidget(Chip(words.format(day=due), tone))
        line.addWidget(button("", lambda: self.desk.go("actions", row.id), style="quiet",
                              icon_name="arrow-right",
                              tip=_("Open “{title}”").format(title=row.title)))
        return line

    def _meetings(self, seen: Today) -> Card:
        card = Card(_("Meetings to come"))
        for row in seen.next_meetings:
            card.box.addLayout(self._meeting_line(row))
        if not seen.next_meetings:
            card.box.addWidget(label(_("No meeting is planned."), "muted"))
        drafts = [row for row in seen.last_meetings
                  if row.state in (MeetingState.IN_SESSION, MeetingState.MINUTES_DRAFT)]
        if drafts:
            card.box.addWidget(rule())
            card.box.addWidget(label(_("Minutes to finish"), "overline"))
            for row in drafts:
                card.box.addLayout(self._meeting_line(row))
        card.box.addStretch(1)
        return card

    def _meeting_line(self, row: MeetingRow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        if row.starts_at is not None:
            day, month = short_day_month(row.starts_at.date())
            box = QVBoxLayout()
            box.setSpacing(0)
            figure, word = label(day, "heading"), label(month, "small")
            for part in (figure, word):
                part.setAlignment(Qt.AlignmentFlag.AlignCenter)
                part.setFixedWidth(scaled(44))
                box.addWidget(part)
            line.addLayout(box)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Elided(row.title, lines=2))
        words.addWidget(Elided(" · ".join(part for part in (
            time_of(row.starts_at) if row.starts_at else "", row.place,
            ngettext("{count} expected", "{count} expected", row.expected)
            .format(count=row.expected)
            if row.expected else "") if part), "small"))
        line.addLayout(words, 1)
        line.addWidget(button("", lambda: self.desk.go("meetings", row.id), style="quiet",
                              icon_name="arrow-right",
                              tip=_("Open “{title}”").format(title=row.title)))
        return line

    def _observations(self, seen: Today) -> Card:
        card = Card(_("What became of my observations"))
        card.head.addWidget(
            button(_("All observations"), lambda: self.desk.go("observations"), style="quiet"))
        if not seen.observations:
            card.box.addWidget(
                label(_("You have recorded none on this computer. Ctrl+Shift+O opens the form; it "
                        "takes 90 seconds."), "muted", wrap=True))
        line = Flow(24)
        counts = states_of(seen.observations)
        for state in SHOWN_OBSERVATION_STATES:
            count = counts.get(state, 0)
            if count:
                whole = QWidget()
                cell = QVBoxLayout(whole)
                cell.setContentsMargins(0, 0, 0, 0)
                cell.setSpacing(0)
                cell.addWidget(label(str(count), "figure"))
                cell.addWidget(label(choice_label("observation_shown", state), "small"))
                line.addWidget(whole)
        card.box.addLayout(line)
        last = [told for told in seen.observations if told.month]
        asked = [told for told in last if told.question and not told.answer]
        for told in [*asked, *(one for one in last if one not in asked)][:TOLD]:
            card.box.addWidget(rule())
            card.box.addWidget(self._told(told))
        card.box.addStretch(1)
        return card

    def _told(self, told: AuthorFeedback) -> QWidget:
        """Build what the watch group said of one of one's own observations, and what it asks."""
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        line = QHBoxLayout()
        line.addWidget(label(_told_in_words(told), wrap=True), 1)
        line.addWidget(button("", lambda: self.desk.go("observations", told.id), style="quiet",
                              icon_name="arrow-right",
                              tip=_("Open the observation {of_month}")
                              .format(of_month=of_month(told.written))))
        box.addLayout(line)
        for words in (told.action_title, told.sentence):
            if words:
                box.addWidget(label(words, "muted", wrap=True))
        if told.question:
            box.addLayout(question_line(self.desk, told))
        return whole

    def _commitments(self, mine: Commitments) -> Card:
        card = Card(_("Commitments of {organisation}").format(organisation=mine.organisation))
        lines = [
            (_("Charter"), _("signed on {day}").format(day=short_date(mine.signed_on))
             if mine.signed_on else _("to sign"),
             "ok" if mine.signed_on else "warn"),
            (_("Confidentiality"), _("accepted") if mine.confidentiality_on else _("to accept"),
             "ok" if mine.confidentiality_on else "warn"),
            (_("Meetings over twelve months"), _("{attended} of {expected}").format(
                attended=mine.meetings_attended, expected=mine.meetings_expected), "neutral"),
            (_("People trained"), str(mine.trained), "neutral"),
            (_("Actions carried"), str(mine.actions), "neutral")]
        for title, words, tone in lines:
            line = QHBoxLayout()
            line.addWidget(Elided(title, lines=2), 1)
            line.addWidget(Chip(words, tone))
            card.box.addLayout(line)
        card.box.addStretch(1)
        return card

    def _charter(self, seen: Today) -> Card:
        card = Card(_("Charter"))
        if not seen.organisations:
            card.box.addWidget(
                label(_("No organisation is in the directory yet."), "muted", wrap=True))
        elif not seen.unsigned:
            card.box.addWidget(
                label(_("Every organisation has signed and accepted confidentiality."), "muted",
                      wrap=True))
        for row in seen.unsigned[:4]:
            line = QHBoxLayout()
            line.addWidget(Elided(row.name), 1)
            line.addWidget(Chip(_("confidentiality to accept") if row.signed
                                else _("charter to sign"), "warn"))
            card.box.addLayout(line)
        more = len(seen.unsigned) - 4
        if more > 0:
            card.box.addWidget(
                label(ngettext("and {count} more", "and {count} more", more).format(count=more),
                      "small"))
        if seen.list_checked_on:
            checked = short_date(date.fromisoformat(seen.list_checked_on))
            card.box.addWidget(
                label(_("The criteria of the law were last checked on {day}: compare them with the "
                        "texts, or install a newer Carnet.").format(day=checked), "small",
                      wrap=True))
        card.box.addStretch(1)
        return card


def _told_in_words(told: AuthorFeedback) -> str:
    """One sentence: which observation, what became of it, when."""
    sentences: dict[str, str] = {
        ObservationState.RECEIVED: _("Your observation {of_month} was received."),
        ObservationState.QUALIFIED: _("Your observation {of_month} was examined."),
        ObservationState.LINKED: _("Your observation {of_month} led to an action."),
        ObservationState.SET_ASIDE: _("Your observation {of_month} was set aside.")}
    words = sentences.get(told.state, _("Your observation {of_month} was handed in."))
    return words.format(of_month=of_month(told.written))
