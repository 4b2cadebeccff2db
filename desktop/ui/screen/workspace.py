"""What every screen of the rail is: a page with a title that asks the vault again when what it
shows has changed."""

import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.base.errors import LockedError
from desktop.base.home.settings import Settings
from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.screen.messages import Messages
from desktop.ui.screen.rounds import Rounds
from desktop.ui.widgets.basics import label
from desktop.ui.widgets.layout.flow import Flow
from desktop.vault.prefetch import Prefetched, QueryLog
from desktop.vault.vault import Vault

NEW_TRAINING = "new training"
"""The part of the screen of meetings that is the form of a new session of a training."""
TRIES = 3
"""How many times a screen is asked for behind the window while something is written all the
time."""


@dataclass(frozen=True)
class Printable:
    """A document that can be made of what is open: the kind of report and the record it is
    about."""

    report: str
    record_id: uuid.UUID | None = None


@dataclass
class Desk:
    """What a screen may reach: the vault, the jobs, the messages, and the way to another screen."""

    vault: Vault
    home: Home
    settings: Settings
    jobs: Jobs
    messages: Messages
    go: Callable[..., None]
    print: Callable[["list[Printable]"], None]
    restyle: Callable[[Settings], None]
    new_record: Callable[[], None]
    new_observation: Callable[[], None]
    undo: Callable[[int | None], None]
    rounds: Rounds
    help_on: Callable[[str], None]
    keep_settings: Callable[[Settings], None]
    """Keeps settings that do not change what is shown."""
    came_from: str = "today"
    """The last screen that was neither the help nor what Carnet is made of."""
    hears_the_desktop: Callable[[], bool] = lambda: False
    """Whether the desktop says when its session locks or the computer sleeps."""
    now: Callable[[], datetime] = field(default=datetime.now)
    """The clock that every screen reads."""

    def today(self) -> date:
        """Return the day that the clock shows."""
        return self.now().date()

    def done(self, text: str) -> None:
        """Say what the last gesture did, with "Undo" beside it."""
        number = self.vault.history.last
        self.messages.say(text, lambda: self.undo(number))


class Workspace(QWidget):
    """One screen of the rail. `areas` are the words of the vault's news that it watches.

    `keys`: what F1 shows of this screen, each gesture as it is typed with what it does, both
    translated where they are shown; a line without a gesture is the title of those that follow.
    """

    name: ClassVar[str] = ""
    icon: ClassVar[str] = ""
    areas: ClassVar[frozenset[str]] = frozenset()
    keys: ClassVar[tuple[tuple[str, str], ...]] = ()

    def __init__(self, desk: Desk, title: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.desk = desk
        self.stale = True
        self._asked = QueryLog()
        self._foreseen: Prefetched | None = None
        self._parts: deque[Callable[[], None]] = deque()
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._show_next)
        self.page = QVBoxLayout(self)
        self.page.setContentsMargins(24, 18, 24, 18)
        self.page.setSpacing(14)
        self.header = Flow(10)
        self.heading = label(title, "title", wrap=True)
        self.header.add(self.heading, 1)
        self.page.addLayout(self.header)

    def keys_here(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of the part of this screen in which one is."""
        return self.keys

    def refresh(self) -> None:
        """Ask the vault again and show what it says."""

    def news(self, areas: frozenset[str]) -> None:
        """Something changed: refresh if it is shown here and visible, else wait until it is."""
        if not areas & self.areas:
            return
        if not self.isVisible():
            self.stale = True
        elif self.desk.jobs.is_remote_update:
            self.freshen_behind()
        else:
            self.freshen()

    def freshen(self, foreseen: Prefetched | None = None) -> None:
        """Refresh now; what was foreseen is not asked again, and may be shown part by part."""
        self.stale = False
        self._asked = QueryLog()
        self._parts.clear()
        self._foreseen = foreseen
        asking = self.desk.vault.asking
        asking.note_in(self._asked)
        try:
            # The list, the sheet and what is said above ask the same: once is enough.
            with asking.foreseen(foreseen or Prefetched(asking.written, {})):
                self.refresh()
        finally:
            if not self._parts:
                self._foreseen = None

    def freshen_behind(self, tries: int = TRIES) -> None:
        """Refresh in a moment: what was asked last is asked anew behind the window, so that showing
        it asks next to nothing.

        What is shown is what the vault says then: answers that do not hold any more are not taken.
        """
        vault, asked = self.desk.vault, self._asked
        questions = list(asked)

        def ask() -> Prefetched | None:
            try:
                return vault.asking.ahead(vault.ask, questions)
            except LockedError:
                return None

        def show(answers: Prefetched | None) -> None:
            if answers is None or not vault.is_open or self._asked is not asked:
                # Locked, or shown anew meanwhile.
                return
            if not self.isVisible():
                self.stale = True
            elif tries > 1 and not vault.asking.holds(answers):
                self.freshen_behind(tries - 1)
            else:
                self.freshen(answers)

        self.desk.jobs.run_short(ask, show, owner=self)

    def show_parts(self, *parts: Callable[[], None]) -> None:
        """Show these: at once, or each in its turn where nobody waits for them, so as to hold
        nobody up."""
        if self._foreseen is None:
            for part in parts:
                part()
        else:
            self._parts = deque(parts)
            self._turn.start()

    def _show_next(self) -> None:
        if self._parts and self.desk.vault.is_open:
            part = self._parts.popleft()
            with self.desk.vault.asking.foreseen(self._foreseen):
                part()
        else:
            self._parts.clear()
        if not self._parts:
            self._foreseen = None
            self._turn.stop()

    @property
    def is_settled(self) -> bool:
        """All of it is shown."""
        return not self._parts

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stale or self.areas & self.desk.jobs.unannounced_areas:
            self.freshen()
        else:
            self.desk.vault.asking.note_in(self._asked)

    def open_record(self, record_id: uuid.UUID) -> None:
        """Show one record of this screen."""

    def show_part(self, name: str) -> None:
        """Show one part of this screen, by its name."""

    def new(self) -> None:
        """Begin a new record (Ctrl+N); a screen of none says where they are begun."""
        tell_nothing_begins(self.desk)

    def start_search(self) -> None:
        """Put the focus in the search field (Ctrl+F)."""

    def flush(self) -> None:
        """Write what was typed and not yet kept; called before the vault is locked."""

    def printables(self) -> list[Printable]:
        """Return the documents that F9 offers for what is open."""
        return []

    def draft(self) -> dict[str, Any] | None:
        """Return what stands in a form and is not saved, as JSON values; None where there is
        nothing to lose."""
        return None

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Open the form again with what `draft` gave."""

    def place(self) -> dict[str, Any]:
        """Where the person is, so that unlocking returns there."""
        return {}

    def return_to(self, place: dict[str, Any]) -> None:
        """Go back to a place given by `place`."""
        if place.get("record") is not None:
            self.open_record(place["record"])


def tell_nothing_begins(desk: Desk) -> None:
    """Say that nothing is begun on the screen that is shown, and what leads to where it is."""
    desk.messages.say(_("Nothing is begun on this screen. Ctrl+K begins a meeting, an action, an "
                        "observation."))


def choose_one() -> str:
    """Return what a detail pane says while nothing is chosen."""
    return _("Choose a line in the list to read it here.")
