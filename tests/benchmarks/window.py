"""The window: from the command to the first screen, against a bare QMainWindow; a keystroke of the
roll-call; the lock."""

import os
import subprocess
import sys
import time
import uuid
from pathlib import Path
from statistics import median

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtTest import QTest

from desktop.base.paths import Home
from desktop.commands.meetings import create_meeting, expect_people
from desktop.commands.records import add_record
from desktop.sample import fill
from desktop.ui.identities.check import PAUSE_MS
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.observations.form import ObservationForm
from desktop.ui.observations.workspace import ObservationsWorkspace
from desktop.ui.unlocking.unlock import UnlockScreen
from desktop.vault import Cost, Vault
from tests.benchmarks.measure import quantile, say, seconds
from tests.window import settle, shown, type_into

_BARE = ("import time; from PySide6.QtCore import QTimer; from PySide6.QtWidgets import "
         "QApplication, QMainWindow; a = QApplication([]); w = QMainWindow(); w.resize(1366, 768); "
         "w.show(); QTimer.singleShot(0, lambda: (print(time.time()), a.quit())); a.exec()")
_CARNET = ("import sys, time; from pathlib import Path; from desktop.app import run; from "
           "desktop.base.paths import Home; from PySide6.QtWidgets import QApplication; "
           "sys.exit(run(Home(Path(sys.argv[1])), ready=lambda window: (print(time.time()), "
           "QApplication.exit(0))))")


DIRECTORY = 400
"""People in the directory, whom the first letters of a name must tell apart."""


def _process(code: str, compiled: Path, *arguments: str) -> float:
    """Seconds from the launch of the process until its window is shown. `compiled`: where the byte
    code is, as installed."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen",
                                "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.time()
    done = subprocess.run([sys.executable, "-c", code, *arguments], env=environment, check=True,
                          capture_output=True)
    return float(done.stdout) - start


def measure(folder: Path) -> None:
    """Roll-call with 60 and with 400 people expected, the lock in the middle of a sentence, then
    the start."""
    home = Home(folder / "window")
    vault, _code = Vault.create(home, "x", cost=Cost.TEST)
    fill(vault)
    people = [vault.do(add_record, "person",
                       {"given_name": f"Prénom{i}", "family_name": f"ROLL{i:03d}NOM"})
              for i in range(DIRECTORY)]
    meeting = vault.do(create_meeting, group_id=None, title="Séance", kind="pleniere",
                       starts_at="2026-11-03T14:00")
    vault.do(expect_people, meeting, people[:60])
    crowd = vault.do(create_meeting, group_id=None, title="Foule", kind="pleniere",
                     starts_at="2026-11-04T14:00")
    vault.do(expect_people, crowd, people)
    for called, expected in ((meeting, 60), (crowd, DIRECTORY)):
        times = _roll_call(home, vault, called)
        vault.unlock("x")
        say("roll_call_keystroke", median(times) * 1000, "ms",
            p95=round(quantile(times, 0.95) * 1000, 2),
            people=expected, directory=DIRECTORY)
    times, kept = _notes(home, vault, meeting)
    say("notes_keystroke", median(times) * 1000, "ms", p95=round(quantile(times, 0.95) * 1000, 2),
        characters=20_000,
        kept=round(median(kept) * 1000, 1), kept_worst=round(max(kept) * 1000, 1))
    for rested, times in zip((False, True), _account(home, vault), strict=True):
        say("account_keystroke", median(times) * 1000, "ms",
            p95=round(quantile(times, 0.95) * 1000, 2), worst=round(max(times) * 1000, 2),
            looked_through_meanwhile=rested)
    vault.unlock("x")
    hidden, dropped = zip(*_lock(home, vault, meeting), strict=True)
    say("lock_in_meeting", median(hidden) * 1000, "ms", worst=round(max(hidden) * 1000, 2),
        key_dropped=round(median(dropped) * 1000, 2),
        key_dropped_worst=round(max(dropped) * 1000, 2))
    vault.close()
    compiled = folder / "compiled"
    # The first start of each compiles what it imports.
    pairs = [(_process(_CARNET, compiled, str(home.folder)), _process(_BARE, compiled))
             for _unused in range(8)][1:]
    say("start_to_unlock", median(p[0] for p in pairs), "s",
        bare=round(median(p[1] for p in pairs), 3),
        ratio=round(median(p[0] / p[1] for p in pairs), 2))


ACCOUNT = (
    "Mme Aminata Koulibaly, 34 ans, aide-soignante à Bavay, a rappelé le 12 mars 2024. Son fils "
    "Yanis n'est plus pris à la cantine. La directrice de l'école Jules-Ferry a dit non, M. "
    "Delattre aussi. Elle habite 12 rue des Lilas, 2e étage, tél 06 12 34 56 78, mail "
    "aminata.k@exemple.org. Le gardien de la tour B rit. "
)


def _account(home: Home, vault: Vault) -> tuple[list[float], list[float]]:
    """Seconds of each key in an account full of what is underlined: typed without a rest, and after
    the rest at which the text is looked through, so that both go on at once."""
    quick: list[float] = []
    met: list[float] = []
    with shown(home, vault) as window:
        window.go("observations")
        settle()
        screen = window.current
        assert isinstance(screen, ObservationsWorkspace)
        screen.new()
        settle()
        (form,) = screen.findChildren(ObservationForm)
        field = form.account
        field.edit.setFocus()
        field.set_text(ACCOUNT)
        field.check.look_now()
        for times, rest in ((quick, 0), (met, PAUSE_MS + 3)):
            for letter in "relancer la caisse, mme koulibaly attend " * (1 if rest else 3):
                QTest.qWait(rest)
                start = time.perf_counter()
                QTest.keyClicks(field.edit, letter)
                QCoreApplication.processEvents()
                times.append(time.perf_counter() - start)
    return quick, met


def _notes(home: Home, vault: Vault, meeting: uuid.UUID) -> tuple[list[float], list[float]]:
    """Seconds of each key in a note of 20,000 characters with restricted lines, and of keeping what
    was typed."""
    lines = [("~ " if n % 20 == 7 else "? " if n % 20 == 13 else "")
             + "Une phrase de notes assez longue pour durer." * 2
             for n in range(220)]
    times, kept = [], []
    with shown(home, vault) as window:
        window.go("meetings", meeting)
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace)
        screen.show_tab(1)
        settle()
        section = screen.session.sections[0]
        section.edit.set_segments(["\n".join(lines)])
        section.dirty = True
        screen.flush()
        section.edit.setFocus()
        for place in range(5):
            cursor = section.edit.textCursor()
            cursor.setPosition(3_500 * (place + 1))
            section.edit.setTextCursor(cursor)
            settle()
            for letter in "relancer la caisse ":
                start = time.perf_counter()
                QTest.keyClicks(section.edit, letter)
                QCoreApplication.processEvents()
                times.append(time.perf_counter() - start)
            start = time.perf_counter()
            screen.flush()
            kept.append(time.perf_counter() - start)
    return times, kept


def _roll_call(home: Home, vault: Vault, meeting: uuid.UUID) -> list[float]:
    """Seconds of each key, the screens up to date again."""
    times = []
    with shown(home, vault) as window:
        window.go("meetings")
        settle()
        screen = window.current
        assert screen is not None
        screen.open_record(meeting)
        screen.show_tab(1)  # type: ignore[attr-defined]
        field = screen.session.roll_call.field  # type: ignore[attr-defined]
        for number in range(60):
            for letter in f"roll{number:03d}\n":
                times.append(
                    seconds(lambda letter=letter: (type_into(field, letter),
                                                   QCoreApplication.processEvents())))
    return times


class _Painted(QObject):
    """Notes when the neutral screen is first drawn."""

    at = 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, UnlockScreen) and not self.at:
            self.at = time.perf_counter()
        return False


def _lock(home: Home, vault: Vault, meeting: uuid.UUID) -> list[tuple[float, float]]:
    """Seconds from Ctrl+L to the neutral screen and to the key dropped; the meeting open and a
    sentence half typed."""
    vault.unlock("x")
    times, key = [], vault.data_key
    app = QCoreApplication.instance()
    assert app is not None
    with shown(home, vault) as window:
        for number in range(7):
            window.go("meetings")
            settle()
            screen = window.current
            assert screen is not None
            screen.open_record(meeting)
            screen.show_tab(1)  # type: ignore[attr-defined]
            settle()
            notes = screen.session.sections[0].edit  # type: ignore[attr-defined]
            notes.setFocus()
            type_into(notes, f"Une phrase qui s’arrête au milieu, {number} foi")
            painted = _Painted()
            app.installEventFilter(painted)
            start = time.perf_counter()
            window.lock()
            end = time.perf_counter()
            app.removeEventFilter(painted)
            times.append((painted.at - start, end - start))
            assert painted.at and not vault.is_open and window.current is None
            vault.unlock_with_key(key)
            window.show_right_page()
            settle()
    return times
