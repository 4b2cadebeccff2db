"""Synchronisation: the state with the right next step, what waits, where the shared folder is,
letting others in."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.i18n import N_, _, ngettext
from desktop.queries.sync import SyncState, sync_state
from desktop.queries.today import UnsentChanges, waiting_of
from desktop.sync.rounds.engine import Round
from desktop.sync.rounds.schedule import NEEDS_PERSON
from desktop.sync.stores.format import OWN
from desktop.sync.stores.storage import FORMAT, StoreProblem, path_of
from desktop.sync.trust.links import own_key
from desktop.sync.trust.state import current_roster
from desktop.ui.screen.exchange_words import clock_words, course_words, trust_words
from desktop.ui.screen.keyed import keeps_hand
from desktop.ui.screen.workspace import Desk, Workspace
from desktop.ui.sync.alarms import AlarmsCard
from desktop.ui.sync.check import CheckCard
from desktop.ui.sync.computers import ComputersCard, ToDoCard
from desktop.ui.sync.devices import DevicesCard
from desktop.ui.sync.held_erasures import HeldErasuresCard
from desktop.ui.sync.kit import KitCard
from desktop.ui.sync.place import PlaceCard
from desktop.ui.sync.refused import RefusedCard
from desktop.ui.widgets.basics import (
    Card,
    Elided,
    Last,
    button,
    empty_layout,
    label,
    reword,
    scrolled,
)
from desktop.ui.widgets.clipboard import keep_secret
from desktop.ui.widgets.fields.files import ask_folder
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.stacking import StackingRow
from desktop.ui.widgets.tab_order import lead_to

KINDS = {
    "meeting": N_("meetings"), "agenda_item": N_("agenda points"),
    "note_block": N_("blocks of notes"),
    "note_update": N_("pieces of notes"), "attendance": N_("attendances"),
    "decision": N_("decisions"),
    "action": N_("actions"), "organisation": N_("organisations"), "person": N_("people"),
    "group": N_("groups"),
    "membership": N_("memberships"), "observation": N_("observations"), "referral": N_("referrals"),
    "term": N_("vocabulary entries"), "place": N_("places"), "resource": N_("resources"),
    "objective": N_("objectives"),
    "axis": N_("axes"), "follow_up": N_("follow-ups"), "commitment": N_("charter commitments"),
    "internship_offer": N_("internship offers"), "internship_request": N_("internship searches"),
    "internship_application": N_("applications for internships"),
    "action_funding": N_("funding of actions"), "attachment": N_("attached files"),
    "attendance_slot": N_("half-days"),
    "collective": N_("the collective itself"), "dispositif": N_("schemes"),
    "feedback": N_("answers to observations"),
    "indicator": N_("indicators"), "indicator_value": N_("values of indicators"),
    "minutes_version": N_("validated minutes"),
    "notice": N_("notices"), "plan": N_("plans"), "referral_step": N_("steps of referrals"),
    "sheet": N_("printed sheets"),
    "validation": N_("validations"), "erasure_request": N_("requests to erase"),
    "charter": N_("versions of the charter"), "clause": N_("clauses of the charter"),
    "release": N_("publications"),
    "training": N_("training programmes"), "reminder": N_("reminders"),
    "resource_loan": N_("loans of resources"), "resource_use": N_("uses of resources"),
}
CLOCK_HELP = N_("Set the date and the hour of this computer; best, let it take them from the "
                "network. Nothing is barred nor lost meanwhile, but of two changes of the same "
                "thing the wrong one may count as the last. If this computer is right, tell "
                "whoever looks after the server.")
Step = tuple[str, Callable[[], None], str]
SHOWN = 10
PLACE_WRONG = frozenset(
    {StoreProblem.ADDRESS, StoreProblem.OTHERS, StoreProblem.ABSENT, StoreProblem.PASSWORD,
     StoreProblem.FORBIDDEN,
     StoreProblem.CERTIFICATE, StoreProblem.HOST_KEY, StoreProblem.MET})

MENDING = {StoreProblem.HOST_KEY: N_("Compare the server's new key"),
           StoreProblem.MET: N_("Compare the server's key"),
           StoreProblem.CERTIFICATE: N_("Give the authority's certificate")}
OTHERWISE = N_("Change the address or the password")


def _place(url: str | None) -> str:
    """Return the address of a shared folder as a person writes it."""
    if url is None:
        return _("none")
    return str(path_of(url)) if urlsplit(url).scheme == "file" else url


class SyncWorkspace(Workspace):
    """The screen of synchronisation."""

    name = "sync"
    icon = "refresh-cw"
    areas = frozenset(
        {"meetings", "attendance", "notes", "attachments", "actions", "observations", "directory",
         "referrals", "plan", "charter", "resources", "internships", "vocabularies", "sync"})
    keys = (
        (N_("Enter"), N_("in the address of the shared folder: try it and use it")),
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Synchronisation"))
        self.place_button = button(_("Choose the shared folder"), self.choose_place,
                                   icon_name="folder-open")
        self.round_button = button(_("Exchange now"), self.exchange, style="primary",
                                   icon_name="refresh-cw")
        self.key_button = button(_("By a USB key"), self.carry, icon_name="usb",
                                 tip=_("Exchange with a key or a folder carried by hand; the "
                                       "shared folder stays the same"))
        self.header.addWidget(self.key_button)
        self.header.addWidget(self.place_button)
        self.header.addWidget(self.round_button)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        beside = StackingRow()
        self._state, self._waiting = Card(_("State")), Card(_("What waits on this computer"))
        self._course, self._facts, self._kinds = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._last_facts, self._last_kinds = Last(), Last()
        self.progress = Elided("", "small")
        for card, parts in ((self._state, (self._course, self._facts)),
                            (self._waiting, (self._kinds,))):
            for part in parts:
                part.setSpacing(card.box.spacing())
                card.box.addLayout(part)
            card.box.addStretch(1)
            beside.add(card, 1)
        self._state.box.addWidget(self._make_running())
        self.alarms = AlarmsCard(desk)
        column.addWidget(self.alarms)
        self.place_card = PlaceCard(desk, self._on_place, self.place_left)
        self.place_card.hide()
        column.addWidget(self.place_card)
        column.addLayout(beside)
        self.to_do = ToDoCard()
        column.addWidget(self.to_do)
        self.held_erasures = HeldErasuresCard(desk)
        column.addWidget(self.held_erasures)
        self.refused_card = RefusedCard(desk)
        column.addWidget(self.refused_card)
        self.computers = ComputersCard(desk, self.to_do.show_steps)
        column.addWidget(self.computers)
        self.devices = DevicesCard(desk)
        column.addWidget(self.devices)
        self.kit = KitCard(desk)
        column.addWidget(self.kit)
        self.check_card = CheckCard(desk)
        column.addWidget(self.check_card)
        column.addStretch(1)
        self.page.addWidget(scrolled(inside), 1)
        # The end of an exchange is told by several: what it changed is asked for once.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._freshen_here)
        desk.rounds.changed.connect(self._on_course)
        desk.rounds.finished.connect(self._on_finished)

    def _make_running(self) -> QWidget:
        self.running = QWidget()
        # Its room is kept: where the page were laid out anew each time that an exchange begins, the
        # window would stall.
        policy = self.running.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.running.setSizePolicy(policy)
        self.running.hide()
        line = QHBoxLayout(self.running)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.progress, 1)
        line.addWidget(button(_("Stop"), self.desk.rounds.cancel))
        return self.running

    def refresh(self) -> None:
        state = self.desk.vault.ask(sync_state)
        known = state.store is not None
        self.round_button.setEnabled(known)
        reword(self.place_button,
               _("Change the shared folder") if known else _("Choose the shared folder"))
        self._show_course()
        waiting = self.desk.vault.ask(waiting_of)
        roster = self.desk.vault.ask(current_roster)
        # Whoever handed the coordination over keeps the role, and could only be refused.
        holds = roster is None or roster.holder in ("", own_key(self.desk.vault))
        self.devices.setVisible(holds and "coordination" in self.desk.vault.identity.roles)
        self.key_button.setEnabled(state.devices > 0)
        # It has six words too: whoever is not let in yet has others to read.
        self.check_card.setVisible(not state.words)
        self.alarms.refresh()
        self.computers.refresh()
        self.kit.refresh()
        self.held_erasures.refresh()
        self.refused_card.refresh()
        self.devices.set_store(known)
        self.show_parts(lambda: self._show_facts(state), lambda: self._show_waiting(waiting))

    def news(self, areas: frozenset[str]) -> None:
        if areas & self.areas and self.isVisible():
            self._soon.start()
        else:
            super().news(areas)

    def _freshen_here(self) -> None:
        if self.isVisible() and self.desk.vault.is_open:
            self.freshen_behind()
        else:
            self.stale = True

    def exchange(self) -> None:
        """One round in the background, because a person asks."""
        self.desk.rounds.exchange()

    def carry(self) -> None:
        """Ask for the folder of a key, and exchange with it."""
        ask_folder(self, _("Choose the key, or a folder on it"), self.carry_by)

    def carry_by(self, path: str) -> None:
        """Exchange with a key. Where it holds other things, Carnet keeps to a folder of its own on
        it."""
        folder = Path(path)
        try:
            if (not (folder / FORMAT).exists()
                and any(not entry.name.startswith(".") for entry in folder.iterdir())):
                folder = folder / OWN
                folder.mkdir(exist_ok=True)
        except OSError as error:
            self.desk.messages.error(disk_error(error, folder))
            return
        self.desk.rounds.carry(folder.as_uri())

    def _on_course(self) -> None:
        course = self.desk.rounds.course
        if not course.running:
            self._soon.start()
        elif self.isVisible():
            self._show_running()
        else:
            self.stale = True

    def _show_running(self) -> None:
        # Nothing else is shown anew at each step: whoever is about to press a button keeps it under
        # the hand.
        course = self.desk.rounds.course
        self.running.setVisible(course.running)
        self.progress.set_whole(course_words(course) if course.running else "")

    @keeps_hand
    def _show_course(self) -> None:
        """How the exchange stands, with the right next step."""
        empty_layout(self._course)
        self._show_running()
        course = self.desk.rounds.course
        if course.running:
            return
        if course.error is not None:
            self._course.addWidget(label(course.error.message, "bad", wrap=True))
            if course.error.hint:
                self._course.addWidget(label(course.error.hint, wrap=True))
            steps: list[Step] = [(_("Try again"), self.desk.rounds.exchange, "primary")]
            if course.store_problem in PLACE_WRONG:
                steps.append(
                    (_(MENDING.get(course.store_problem, OTHERWISE)), self.choose_place, ""))
            self._steps(steps)
            if course.store_problem not in NEEDS_PERSON:
                self._course.addWidget(
                    label(_("Carnet tries again by itself, less and less often."), "small",
                          wrap=True))
        elif course.awaits_approval:
            self._course.addWidget(
                label(_("The coordinator has not let this computer in yet."), wrap=True))
            self._course.addWidget(
                label(_("Call, read your six words, then exchange again."), "muted", wrap=True))

    def _steps(self, steps: list[Step]) -> None:
        line = Flow()
        for words, gesture, style in steps:
            line.addWidget(button(words, gesture, style=style))
        line.addStretch(1)
        self._course.addLayout(line)

    @keeps_hand
    def _show_facts(self, state: SyncState) -> None:
        if not self._last_facts.is_news((state, trust_words(state, self.desk.today()))):
            return
        empty_layout(self._facts)
        if state.ahead is not None and state.clock_is_off:
            words = clock_words(state.ahead)
            self._facts.addWidget(label(words[0].upper() + words[1:] + ".", "warn", wrap=True))
            self._facts.addWidget(label(_(CLOCK_HELP), "small", wrap=True))
        if state.words:
            self._facts.addWidget(
                label(_("Read these words to the coordinator, who lets this computer in:"),
                      wrap=True))
            read = label(state.words, "code", wrap=True)
            read.setAccessibleName(_("Six words of this computer"))
            # The name stands before a screen reader in place of what is written: the words are told
            # beside it.
            read.setAccessibleDescription(state.words)
            keep_secret(read)
            self._facts.addWidget(read)
        lines = [trust_words(state, self.desk.today()), _("Shared folder: {url}").format(url=_place(state.store))]
        if state.devices:
            lines.append(ngettext("{count} computer in the collective",
                                  "{count} computers in the collective",
                                  state.devices).format(count=state.devices))
        if state.unread:
            lines.append(
                ngettext("{count} package that this computer may not read, kept and counted",
                         "{count} packages that this computer may not read, kept and counted",
                         state.unread)
                         .format(count=state.unread))
        for line in lines:
            self._facts.addWidget(label(line, wrap=True))

    @keeps_hand
    def _show_waiting(self, waiting: UnsentChanges) -> None:
        if not self._last_kinds.is_news(waiting):
            return
        empty_layout(self._kinds)
        if not waiting.total:
            self._kinds.addWidget(
                label(_("Nothing: all that is kept here has been packed."), "muted", wrap=True))
        for kind, count in waiting.kinds[:SHOWN]:
            line = QHBoxLayout()
            line.addWidget(
                label(_(KINDS[kind]) if kind in KINDS else _("other records"), wrap=True), 1)
            line.addWidget(label(str(count), "muted"))
            self._kinds.addLayout(line)
        rest = sum(count for _kind, count in waiting.kinds[SHOWN:])
        if rest:
            self._kinds.addWidget(
                label(ngettext("and {count} more", "and {count} more", rest).format(count=rest),
                      "small"))

    def choose_place(self) -> None:
        """Ask where the shared folder is."""
        course = self.desk.rounds.course
        self.place_card.show()
        self.place_card.begin(course.error if course.store_problem in PLACE_WRONG else None)
        # Where a server's key is to be compared, the card has its focus there.
        lead_to(self.place_card.focusWidget() or self.place_card.fields["address"], self.place_card)

    def place_left(self) -> None:
        """Leave the place as it is."""
        self.place_card.hide()
        self.place_button.setFocus()

    def _on_place(self) -> None:
        self.refresh()
        self.desk.rounds.exchange()

    def _on_finished(self, outcome: object) -> None:
        if isinstance(outcome, AppError):
            if self.desk.vault.is_open:
                self.desk.messages.error(outcome)
        elif isinstance(outcome, Round):
            if outcome.waiting_for_approval:
                self.desk.messages.say(_("The coordinator has not let this computer in yet."))
                return
            self.desk.messages.say(_("Exchanged: {pushed} packages sent, {pulled} received.")
                                   .format(
                                       pushed=outcome.pushed, pulled=outcome.pulled))
