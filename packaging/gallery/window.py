"""A window over a real vault, and typing that knows French letters."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from gettext import NullTranslations

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.app import application, make_window
from desktop.base.home.settings import Settings
from desktop.base.i18n import speak_from
from desktop.base.paths import Home
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault

LONG_S = 30


@contextmanager
def shown(home: Home, vault: Vault | None, theme: str = "light", text_percent: int = 100,
          language: str = "fr",
          words: NullTranslations | None = None) -> Iterator[MainWindow]:
    """The main window, shown at the size of a small laptop; `words` are taken instead of those of
    its language."""
    settings = Settings(theme=theme, text_percent=text_percent, language=language, lock_minutes=0)
    application(settings)
    if words is not None:
        speak_from(words)
    jobs = Jobs()
    window = make_window(home, jobs, settings, vault)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    settle()
    try:
        yield window
    finally:
        window.close()
        jobs.close(window.release)
        window.deleteLater()
        settle()
        # What it was stays until all is gone through, which a window in use does when nobody types;
        # what is left then is not gone through again for the next window.
        gc.collect()
        gc.freeze()


def wait(until: Callable[[], bool]) -> None:
    """Wait for something that the computer does by itself."""
    last = time.monotonic() + LONG_S
    while not until():
        if time.monotonic() > last:
            raise TimeoutError(until)
        # QTest.qWait would keep Python's other threads, and so the vault's, from working.
        loop = QEventLoop()
        QTimer.singleShot(5, loop.quit)
        loop.exec()
    settle()


def settle() -> None:
    """Let Qt do what is due, and what was asked behind the windows come back."""
    for _unused in range(4):
        QCoreApplication.processEvents()
        while any(_is_busy(widget) for widget in QApplication.topLevelWidgets()):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _is_busy(widget: QWidget) -> bool:
    return isinstance(widget, MainWindow) and (
        widget.jobs.has_short_tasks
        or (widget.current is not None and not widget.current.is_settled))


def type_into(widget: QWidget, text: str) -> None:
    """Type text, accents and all, as a keyboard would; a line break is the Enter key."""
    for letter in text:
        if letter == "\n":
            press(widget, Qt.Key.Key_Return)
            continue
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(widget,
                                       QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def press(widget: QWidget, key: Qt.Key,
          modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press and release one key."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(widget,
                                   QKeyEvent(kind, key, modifiers,
                                             "\r" if key == Qt.Key.Key_Return else ""))
