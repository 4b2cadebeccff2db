"""The exchanges of the window: when they begin, how far they are, how the last one ended. They
never block an edit."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.base.errors import AppError
from desktop.queries.sync import sync_state, waits_to_leave
from desktop.sync.rounds.engine import Progress, Round, run_round
from desktop.sync.rounds.schedule import NEEDS_PERSON, ScheduleFacts, next_round, slept
from desktop.sync.stores.storage import StoreError, StoreProblem
from desktop.tasks.shared_folder import open_other_store, open_store
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.jobs.lanes import Lane
from desktop.vault.vault import Vault

TICK_MS = 5_000
SHORT_STEP, SHORT_TIME = 250, 0.008
"""Records merged at once while somebody may read, and the seconds that it may take while they
write."""
SHOWN_EVERY = 0.1
"""Seconds between two words on how far it is: thousands of small packages would be as many events
for the window."""


@dataclass(frozen=True)
class Course:
    """How the exchange stands: `step`, `done` of `whole` while it runs; `store_problem` and its
    words after it failed."""

    running: bool = False
    step: str = ""
    done: int = 0
    whole: int = 0
    error: AppError | None = None
    awaits_approval: bool = False

    @property
    def store_problem(self) -> StoreProblem | None:
        """Why the store could not be used, where that is why."""
        return self.error.code if isinstance(self.error, StoreError) else None


class Rounds(QObject):
    """Lives as long as the window; waits while the vault is locked. `now` gives local moments;
    tests hand in their own."""

    changed = Signal()
    finished = Signal(object)
    """The `Round` that a person asked for, or the `AppError` that ended it."""
    woke = Signal()
    """The computer slept, or somebody set its clock: the vault should be locked."""
    _progress = Signal(str, int, int)

    def __init__(self, vault: Callable[[], Vault], jobs: Jobs,
                 now: Callable[[], datetime] = datetime.now,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vault, self._jobs, self._now = vault, jobs, now
        self.course = Course()
        self._asked = False
        self._stop = False
        self._started_at: datetime | None = None
        self._looked_at = now()
        self._known = ScheduleFacts(store=False, opened_at=now())
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._progress.connect(self._on_progress)
        jobs.changed.connect(self._on_news)

    def resume(self) -> None:
        """Plan a round soon: the vault was opened."""
        state = self._vault().ask(sync_state)
        self._known = replace(self._known, store=state.store is not None, waiting=state.to_send > 0,
                              opened_at=self._now(),
                              tried_at=None)
        self._looked_at = self._now()
        self._timer.start()

    def pause(self) -> None:
        """Stop, for the vault is being locked: a round under way stops at its next step and goes on
        after unlocking."""
        self._timer.stop()
        self._stop = True

    def tick(self) -> None:
        """Look at the clock, and exchange when it is time."""
        now = self._now()
        if slept(self._looked_at, now):
            self._known = replace(self._known, tried_at=None, failures=0)
            self.woke.emit()
        self._looked_at = now
        due = next_round(self._known, random.random())
        if due is not None and due <= now and not self.course.running and self._vault().is_open:
            self._begin(asked=False)

    def network_came_back(self) -> None:
        """Try again: the computer says that it reaches more than before."""
        self._known = replace(self._known, network_at=self._now())

    def exchange(self) -> None:
        """Exchange now, because a person asks; `finished` tells how it went."""
        if self.course.running:
            self._asked = True
            return
        self._begin(asked=True)

    def carry(self, url: str) -> None:
        """Exchange with a key carried by hand, now; what waits for the shared folder goes on
        waiting."""
        if not self.course.running:
            self._begin(asked=True, by_hand=url)

    def cancel(self) -> None:
        """Stop at the next step; what was sent stays sent."""
        self._stop = True

    def has_to_send(self) -> bool:
        """Whether something would leave if there were an exchange now, as far as is known."""
        vault = self._vault()
        return (vault.is_open and self._known.problem not in NEEDS_PERSON
                and vault.ask(waits_to_leave))

    def send_last(self) -> None:
        """Exchange before the window goes."""
        if not self.course.running:
            self._begin(asked=False)

    def store_changed(self) -> None:
        """Forget, where the address or what opens it is another, the failures of the old one."""
        self._known = replace(self._known, store=True, failures=0, problem=None)
        self._set(Course())

    def _begin(self, asked: bool, by_hand: str | None = None) -> None:
        vault, jobs = self._vault(), self._jobs
        self._asked, self._stop = asked, False
        self._started_at = self._now()
        self._set(Course(running=True))

        def stopped() -> bool:
            return self._stop or jobs.stopping.is_set()

        def work() -> Round:
            store = (open_store(vault, None, cancelled=stopped) if by_hand is None
                     else open_other_store(vault, by_hand, stopped))
            return run_round(vault, store, _at_times(self._progress.emit), stopped, step=SHORT_STEP,
                             within=SHORT_TIME,
                             thorough=asked)

        # A round has its own way of going on after unlocking.
        if by_hand is None:
            jobs.run(Lane.EXCHANGE, work, self._on_done, self._on_failed, owner=self, again=False)
        else:
            jobs.run(Lane.EXCHANGE, work, self._on_carried, self._on_not_carried, owner=self,
                     again=False)

    def _on_progress(self, step: str, done: int, whole: int) -> None:
        if self.course.running:
            self._set(Course(running=True, step=step, done=done, whole=whole))

    def _on_done(self, done: Round) -> None:
        edited = self._known.edited_at
        still = edited is not None and self._started_at is not None and edited >= self._started_at
        self._known = replace(self._known, store=True, tried_at=self._now(), failures=0,
                              problem=None, waiting=still)
        self._set(Course(awaits_approval=done.waiting_for_approval))
        self._jobs.on_vault_changed(frozenset({"sync"}))
        self._finish(done)

    def _on_failed(self, error: AppError) -> None:
        if self._stop or not self._vault().is_open:
            # Stopped by a person or by the lock: that is no failure.
            self._known = replace(self._known,
                                  tried_at=self._now() if self._vault().is_open else None)
            self._set(Course())
            self._finish(error)
            return
        trouble = error.code if isinstance(error, StoreError) else None
        self._known = replace(self._known, tried_at=self._now(), failures=self._known.failures + 1,
                              problem=trouble)
        self._set(Course(error=error))
        self._finish(error)

    def _on_carried(self, done: Round) -> None:
        self._set(Course())
        self._jobs.on_vault_changed(frozenset({"sync"}))
        self._finish(done)

    def _on_not_carried(self, error: AppError) -> None:
        # A key that is not there says nothing of the shared folder.
        self._set(Course())
        self._finish(error)

    def _finish(self, outcome: object) -> None:
        asked, self._asked = self._asked, False
        if asked:
            self.finished.emit(outcome)

    def _on_news(self, areas: frozenset[str]) -> None:
        if areas - {"sync"}:
            self._known = replace(self._known, waiting=True, edited_at=self._now())

    def _set(self, course: Course) -> None:
        self.course = course
        self.changed.emit()


def _at_times(tell: Progress) -> Progress:
    """Another step at once, one more of the same now and then, the last of them always."""
    told: tuple[str, float] | None = None

    def progress(step: str, done: int, whole: int) -> None:
        nonlocal told
        now = time.monotonic()
        if told is None or told[0] != step or now - told[1] >= SHOWN_EVERY or done >= whole:
            told = step, now
            tell(step, done, whole)

    return progress
