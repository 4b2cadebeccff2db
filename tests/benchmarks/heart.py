"""The window's heart while thousands of records are read behind it: on each screen, and with a
person who types."""

import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.paths import Home
from desktop.commands.meetings import create_meeting
from desktop.models.actions import Action
from desktop.models.directory import Person
from desktop.models.meetings import Meeting
from desktop.sample import fill
from desktop.sync.rounds.engine import run_round
from desktop.tasks import enrol, profiles, shared_folder
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.screen.workspace import Workspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Cost, Vault
from tests.benchmarks.measure import quantile, say
from tests.window import settle, shown, type_into

PASSPHRASE = "cerisier bleu du jardin"
TODAY = date(2026, 11, 22)
SCREENS: dict[str, type[Action | Meeting | Person] | None] = {
    "today": None, "meetings": Meeting, "actions": Action, "directory": Person, "sync": None}
"""The screens shown, with a record of this kind open."""
SHARE = "heart"
BEFORE = 3
"""How large the collective is here before, in times the sample."""
BEAT_MS, LATE_MS = 1, 16
KEY_MS = 90
"""Between two keys: somebody who types fast."""
LETTERS = "relancer la caisse "


def measure(folder: Path, waiting: int) -> None:
    """Says the figures; `waiting`: how much is read behind the window, in times the sample."""
    founder, second, meeting = _prepared(folder, waiting)
    for name, kind in SCREENS.items():
        with _opened(second, folder, name) as (window, vault):
            window.go(name, None if kind is None else vault.ask(_any_of, kind))
            _reading(window, name)
    with _opened(second, folder, "typing") as (window, _vault):
        _typing(window, meeting)
    founder.close()


def _prepared(folder: Path, waiting: int) -> tuple[Vault, Path, uuid.UUID]:
    """A founder whose work waits on the share, a second computer that has read its beginning, a
    meeting to take notes of."""
    share = folder / SHARE
    share.mkdir()
    founder, _code = profiles.create_collective(
        Home(folder / "heart-founder"), PASSPHRASE, preset="maubeuge-val-de-sambre", name="Mesures",
        person="Camille LEROY", store=share.as_uri(), cost=Cost.TEST)
    home = folder / "heart-second"
    second, _code, words = profiles.join(Home(home), PASSPHRASE, enrol.invite(founder, ["membre"]),
                                         "Jo", Cost.TEST)
    storage = shared_folder.open_store(founder, None)
    (request,) = enrol.pending_requests(founder, storage)
    enrol.approve(founder, storage, request.id, words)
    meeting = founder.do(create_meeting, group_id=None, title="Séance", kind="pleniere",
                         starts_at="2026-11-03T14:00")
    written = 0

    def exchanged(_sentence: str) -> None:
        nonlocal written
        written += 1
        if written == BEFORE:
            run_round(founder, storage)
            run_round(second, shared_folder.open_store(second, None))
            second.close()

    fill(founder, scale=BEFORE + waiting, today=TODAY, progress=exchanged)
    run_round(founder, storage)
    return founder, home, meeting


@contextmanager
def _opened(second: Path, folder: Path, name: str) -> Iterator[tuple[MainWindow, Vault]]:
    """The window over a copy of the second computer as it was before it read more, the share as
    nobody has read it."""
    share, untouched = folder / SHARE, folder / f"{SHARE}-untouched"
    if untouched.exists():
        shutil.rmtree(share)
        shutil.copytree(untouched, share)
    else:
        shutil.copytree(share, untouched)
    home = Home(folder / f"heart-{name}-home")
    shutil.copytree(second, home.folder)
    vault = Vault(home)
    vault.unlock(PASSPHRASE)
    with shown(home, vault) as window:
        yield window, vault
    vault.close()


def _any_of(session: Session, kind: type[Action | Meeting | Person]) -> uuid.UUID:
    return session.scalars(select(kind.id).where(kind.deleted.is_not(True)).order_by(kind.id)
                           .limit(1)).one()


@dataclass(frozen=True)
class _Beat:
    """When; how long since the one before, and how much of that the processor worked for Carnet, in
    milliseconds.

    On a core that others want too, the second is what the first would be if they did not.
    """

    at: float
    gap: float
    own: float

    def lies_in(self, start: float, end: float) -> bool:
        """The whole gap lies between two moments."""
        return self.at - self.gap / 1000 >= start and self.at <= end


@dataclass
class _Heart:
    """The beats of a timer."""

    beats: list[_Beat] = field(default_factory=list)

    def between(self, start: float, end: float) -> list[float]:
        """The gaps that lie wholly between two moments."""
        return [beat.gap for beat in self.beats if beat.lies_in(start, end)]

    def own_between(self, start: float, end: float) -> list[float]:
        """What of each the processor worked for Carnet."""
        return [beat.own for beat in self.beats if beat.lies_in(start, end)]

    def around(self, moment: float) -> _Beat:
        """The gap in which a moment lies."""
        return next((beat for beat in self.beats if beat.at >= moment), _Beat(moment, 0.0, 0.0))


def _beating(wait: Callable[[QEventLoop], object], longest: float) -> _Heart:
    """Let the window live, as it does of itself, until what `wait` was given is quit."""
    heart, loop, timer, last = _Heart(), QEventLoop(), QTimer(), (time.perf_counter(),
                                                                  time.process_time())

    def beat() -> None:
        nonlocal last
        now = time.perf_counter(), time.process_time()
        heart.beats.append(_Beat(now[0], 1000 * (now[0] - last[0]), 1000 * (now[1] - last[1])))
        last = now

    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    timer.start(BEAT_MS)
    kept = wait(loop)
    QTimer.singleShot(round(longest * 1000), loop, loop.quit)
    loop.exec()
    timer.stop()
    del kept
    return heart


def _round(window: MainWindow) -> tuple[_Heart, float, float, int]:
    """(beats, when the round began, when it had ended and was shown, records applied)."""
    rounds = window.rounds
    assert rounds is not None
    ended: list[tuple[float, int]] = []
    start = time.perf_counter()

    def wait(loop: QEventLoop) -> QObject:
        def end(done: object) -> None:
            ended.append((time.perf_counter(), getattr(done, "applied", 0)))
            # What the strip and the screen do after the end belongs to it.
            QTimer.singleShot(1_000, loop, loop.quit)

        rounds.finished.connect(end)
        rounds.exchange()
        return rounds

    heart = _beating(wait, 600.0)
    ((end, applied),) = ended
    return heart, start, end, applied


def _reading(window: MainWindow, name: str) -> None:
    settle()
    quiet = _beating(lambda _loop: None, 2.0)
    idle = quiet.between(0.0, time.perf_counter())
    screen = window.current
    assert screen is not None
    heart, start, end, applied = _round(window)
    say(f"heartbeat_{name}", max(heart.between(start, end)), "ms", **_spread(heart, start, end),
        idle_longest=_two(max(idle)), idle_p99=_two(quantile(idle, 0.99)),
        at_the_end=_two(heart.around(end).gap),
        own_at_the_end=_two(heart.around(end).own),
        after=_two(max(heart.own_between(end, end + 2), default=0.0)),
        refresh=_two(_refresh(screen)), records=applied,
        records_per_second=round(applied / (end - start)))


def _spread(heart: _Heart, start: float, end: float) -> dict[str, float]:
    gaps, own = heart.between(start, end), heart.own_between(start, end)
    return {"p99": _two(quantile(gaps, 0.99)), "above_16": sum(gap > LATE_MS for gap in gaps),
            "beats": len(gaps),
            "own_longest": _two(max(own)), "own_p999": _two(quantile(own, 0.999)),
            "own_p99": _two(quantile(own, 0.99)),
            "own_above_16": sum(one > LATE_MS for one in own)}


def _refresh(screen: Workspace) -> float:
    """Milliseconds of the processor for asking and showing anew what is shown, nothing of it being
    changed."""
    start = time.process_time()
    screen.freshen()
    QCoreApplication.processEvents()
    return 1000 * (time.process_time() - start)


def _typing(window: MainWindow, meeting: uuid.UUID) -> None:
    """From the moment a key is due to the moment its letter is painted, in a note that is kept
    meanwhile."""
    window.go("meetings", meeting)
    screen = window.current
    assert isinstance(screen, MeetingsWorkspace)
    screen.show_tab(1)
    settle()
    edit = screen.session.sections[0].edit
    edit.setFocus()
    keys: list[tuple[float, float]] = []
    due = 0.0

    def press() -> None:
        nonlocal due
        # Keys fall when they fall: those of a stall wait, and are typed after it.
        while due <= time.perf_counter():
            type_into(edit, LETTERS[len(keys) % len(LETTERS)])
            QCoreApplication.processEvents()
            keys.append((due, time.perf_counter()))
            due += KEY_MS / 1000

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(press)
    timer.start(BEAT_MS)
    due = time.perf_counter()
    _beating(lambda _loop: None, 5.0)
    idle = [1000 * (painted - at) for at, painted in keys]
    keys.clear()
    due = time.perf_counter()
    heart, start, end, applied = _round(window)
    timer.stop()
    while_reading = [1000 * (painted - at) for at, painted in keys if painted <= end]
    afterwards = [1000 * (painted - at) for at, painted in keys if painted > end]
    say("key_while_reading", max(while_reading), "ms", p50=_two(quantile(while_reading, 0.5)),
        p95=_two(quantile(while_reading, 0.95)), late=sum(late > LATE_MS for late in while_reading),
        keys=len(while_reading),
        idle_longest=_two(max(idle)), idle_p50=_two(quantile(idle, 0.5)),
        **_spread(heart, start, end),
        after=_two(max(heart.own_between(end, end + 2), default=0.0)),
        key_after=_two(max(afterwards, default=0.0)),
        records=applied, records_per_second=round(applied / (end - start)))


def _two(number: float) -> float:
    return round(number, 2)
