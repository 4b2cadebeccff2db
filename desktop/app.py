"""The only place where the window is put together: fonts, theme, vault, jobs, the window, and what
happens on a crash."""

import os
import sys
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.base.errors import AppError
from desktop.base.home.notebooks import latest, notebooks, sample_place
from desktop.base.home.settings import Settings, load_settings
from desktop.base.i18n import _
from desktop.base.log import log, open_log, report_of, unexpected
from desktop.base.paths import Home
from desktop.base.system.libraries import platform_error
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.widgets.basics import button, label
from desktop.ui.widgets.icons import pixmap
from desktop.ui.widgets.language import speak
from desktop.ui.widgets.running import running
from desktop.ui.widgets.theme import apply_theme, load_fonts
from desktop.ui.window.main_window import MainWindow
from desktop.ui.window.single_instance import raise_other
from desktop.ui.window.successor import Succession, begin_process, take_geometry

if TYPE_CHECKING:
    from desktop.ui.first_run import Wish
    from desktop.vault.vault import Vault


def application(settings: Settings) -> QApplication:
    """Return the one QApplication, dressed: Inter, Fusion, the theme, the standard buttons in the
    reader's language."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Carnet")
    app.setDesktopFileName("carnet")
    speak(settings.language)
    load_fonts()
    tokens = apply_theme(app, settings.theme, settings.text_percent)
    app.setWindowIcon(QIcon(pixmap("notebook-pen", 64, tokens.accent)))
    return app


AGAIN = "start_again"
"""Property of the application: after a crash, the person asked for another start."""


class CrashWindow(QDialog):
    """What is shown after a bug: the vault is locked, and the report holds no word of the
    collective."""

    def __init__(self, report: str) -> None:
        super().__init__()
        self.setWindowTitle("Carnet")
        self.setObjectName("page")
        self.resize(680, 420)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.addWidget(label(_("Carnet met an error and locked itself"), "title", wrap=True))
        box.addWidget(
            label(_("What you had written is kept. The lines below hold no name and no text of the "
                    "collective; you can send them to whoever looks after Carnet."), "muted",
                  wrap=True))
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(_("Report of the error"))
        box.addWidget(self.report, 1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(button(_("Close"), self.accept))
        again = button(_("Start Carnet again"), self._on_restart, style="primary",
                       icon_name="refresh-cw")
        line.addWidget(again)
        box.addLayout(line)
        again.setFocus()

    def _on_restart(self) -> None:
        running().setProperty(AGAIN, True)
        self.accept()


STORM, STORM_SECONDS = 3, 10.0
"""So many bugs within so many seconds mean that the window itself cannot go on: a drawing that
fails at each paint."""


def exception_hook(window: Callable[[], MainWindow | None],
                   clock: Callable[[], float] = time.monotonic) -> Callable[..., None]:
    """Return what handles an error that nobody caught in the window's thread.

    An AppError is told. A bug fails its gesture: it is told in one sentence, its places are logged,
    the window lives. A storm of bugs, or one without a window, locks the vault and shows the crash
    window.
    """
    crashed: list[CrashWindow] = []
    recent: deque[float] = deque(maxlen=STORM)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        found_window = window()
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
            return
        if found_window is not None and isinstance(error, AppError):
            found_window.messages.error(error)
            return
        told = unexpected(error.with_traceback(trace))
        if crashed:
            return
        recent.append(clock())
        if (found_window is not None
            and not (len(recent) == STORM and recent[-1] - recent[0] < STORM_SECONDS)):
            found_window.messages.error(told)
            return
        if found_window is not None:
            try:
                found_window.lock()
            finally:
                if found_window.is_open:
                    found_window.vault.lock()
                found_window.hide()
        dialog = CrashWindow(report_of(error))
        crashed.append(dialog)
        dialog.finished.connect(QApplication.quit)
        dialog.open()

    return hook


def make_window(home: Home, jobs: Jobs, settings: Settings,
                vault: "Vault | None" = None) -> MainWindow:
    """Return the window over a profile: first run where it is empty, unlock where it is locked."""

    def first_run(window: MainWindow) -> QWidget:
        from desktop.ui.first_run import FirstRun
        from desktop.ui.first_run.founding import found

        here = window.home
        others = notebooks(here)

        def make(wish: "Wish") -> "tuple[Vault, str, str]":
            return found(sample_place(here) if wish.way == "sample" else here, wish)

        return FirstRun(jobs, make, window.set_vault,
                        (lambda: window.open_home(latest(here))) if others else None,
                        offers_sample=not sample_place(here).exists)

    return MainWindow(home, vault, jobs, settings, first_run)


def run(home: Home, vault: "Vault | None" = None,
        ready: Callable[[MainWindow], None] | None = None) -> int:
    """Open the window over `home` (on `vault` where one is already open) until it is closed; the
    exit code.

    `ready` is called once the window is shown, for measures and pictures.
    """
    if vault is None and raise_other(home):
        return 0
    settings = load_settings(home)
    app = application(settings)
    jobs = Jobs()
    windows: list[MainWindow] = []
    sys.excepthook = exception_hook(lambda: windows[0] if windows else None)
    window = make_window(home, jobs, settings, vault)
    windows.append(window)
    app.styleHints().colorSchemeChanged.connect(
        lambda _scheme: window.restyle(window.settings) if window.settings.theme == "system"
        else None,
        Qt.ConnectionType.QueuedConnection)
    if not take_geometry(window):
        window.resize(1366, 768)
    window.succession = Succession(window, QApplication.quit)
    window.show()
    if ready is not None:
        QTimer.singleShot(0, lambda: ready(window))
    QTimer.singleShot(0, lambda: open_log(home))
    QTimer.singleShot(0, window.prepare)
    code = app.exec()
    window.stop_listening()
    jobs.close(window.release)
    if app.property(AGAIN):
        # Only now: the profile is free for the next process.
        begin_process(window.home)
    return code


def open_window(home: Home) -> int:
    """Return what the command `carnet` opens; unlocked at once where CARNET_PASSPHRASE says the
    passphrase.

    OSError, with the words of the loader, if the system lacks a library that the display asks for.
    """
    if sys.platform == "linux":
        failed = platform_error(Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)),
                                os.environ)
        if failed is not None:
            raise failed
    passphrase = os.environ.get("CARNET_PASSPHRASE")
    vault = None
    if passphrase and home.exists:
        from desktop.vault.vault import Vault

        vault = Vault(home)
        try:
            vault.unlock(passphrase)
        except AppError as error:
            # Another process, a wrong passphrase, damage: the window says it when the person tries.
            log.warning("not unlocked at start: %s", type(error).__name__)
    return run(home, vault)
