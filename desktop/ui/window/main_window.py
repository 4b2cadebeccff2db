"""The window: first run, the unlock screen, or the working page; it locks, and finds its place
again."""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QWidget

from desktop.base.errors import AppError
from desktop.base.home.notebooks import latest
from desktop.base.home.settings import Settings, load_settings, save_settings
from desktop.base.log import close_log, move_log, open_log, unexpected
from desktop.base.paths import Home
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.jobs.lanes import Lane
from desktop.ui.screen.messages import Messages
from desktop.ui.unlocking.first_page import FirstPage
from desktop.ui.unlocking.notebooks import notebook_choices
from desktop.ui.unlocking.throttle import UnlockThrottle
from desktop.ui.unlocking.unlock import UnlockScreen
from desktop.ui.widgets.clipboard import ClipboardGuard
from desktop.ui.widgets.language import speak
from desktop.ui.widgets.tab_order import step
from desktop.ui.widgets.theme import apply_theme
from desktop.ui.window.activity import Activity
from desktop.ui.window.idle_collector import IdleCollector
from desktop.ui.window.network import Network
from desktop.ui.window.quit_screen import QuitScreen
from desktop.ui.window.remembered import Remembered
from desktop.ui.window.session_lock import SessionWatcher
from desktop.ui.window.single_instance import Doorbell, raise_other
from desktop.ui.window.successor import Succession

if TYPE_CHECKING:
    import uuid

    from desktop.ui.screen.rounds import Rounds
    from desktop.ui.screen.workspace import Desk, Workspace
    from desktop.ui.window.page import WorkPage
    from desktop.vault.vault import Vault


class MainWindow(QMainWindow):
    """Everything that is seen. `vault` may be locked or not yet made; `first_run` makes one.

    What the screens need is imported behind the unlock screen, which waits for none of it."""

    def __init__(self, home: Home, vault: "Vault | None", jobs: Jobs, settings: Settings,
                 first_run: Callable[["MainWindow"], QWidget] | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Carnet")
        self.setMinimumSize(1000, 620)
        self.home, self.jobs, self.settings = home, jobs, settings
        self._vault = vault
        self._making = threading.Lock()
        self._throttle = UnlockThrottle(home)
        self._first_run = first_run
        self._remembered: Remembered | None = None
        self.succession: Succession | None = None
        """How the lock hands over to another process; given by the application, which has one
        process a window."""
        self._stop_listening: Callable[[], None] | None = None
        self.work: WorkPage | None = None
        self._quit_screen: QuitScreen | None = None
        self._session_ends = False
        self.rounds: Rounds | None = None
        self._doorbell: Doorbell | None = None
        self._session_watcher: SessionWatcher | None = None
        self.root = QStackedWidget()
        self.setCentralWidget(self.root)
        self.messages = Messages(self)
        jobs.failed.connect(self.messages.error)
        self._clipboard_guard = ClipboardGuard(self)
        self._activity = Activity(self, lambda: self.settings.lock_minutes)
        self._activity.seen.connect(self._on_seen)
        self._activity.gone.connect(self.lock)
        self.idle_collector = IdleCollector(self,
                                     lambda: self.rounds is not None and self.rounds.course.running)
        for keys, gesture in (
            ("Ctrl+Shift+O", "new_observation"), ("Ctrl+N", "new"), ("Ctrl+F", "find_words"),
            ("F9", "documents"), ("Ctrl+Z", "undo"), ("Ctrl+Shift+Z", "redo"), ("Ctrl+Y", "redo"),
            ("Ctrl+K", "open_palette"), ("F1", "show_keys"),
            ("Ctrl+Tab", "next_tab"), ("Ctrl+Shift+Tab", "previous_tab")):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(partial(self._on_gesture, gesture))
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.lock)
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self.close)
        self.show_right_page()

    @property
    def vault(self) -> "Vault":
        """The vault of the profile, made (locked) when it is first wanted; from any thread."""
        with self._making:
            if self._vault is None:
                from desktop.vault.vault import Vault

                self._vault = Vault(self.home)
            return self._vault

    @property
    def is_open(self) -> bool:
        """The vault is there and unlocked."""
        return self._vault is not None and self._vault.is_open

    @property
    def desk(self) -> "Desk":
        """What the screens reach; LookupError while there are none."""
        if self.work is None:
            raise LookupError("the window shows no screens")
        return self.work.desk

    @property
    def current(self) -> "Workspace | None":
        """The screen that is shown; None while locked."""
        return self.work.current if self.work is not None else None

    def go(self, name: str, record_id: "uuid.UUID | None" = None) -> None:
        """Show a screen, and one record in it where it is given."""
        if self.work is not None:
            self.work.go(name, record_id)

    def set_vault(self, vault: "Vault") -> None:
        """Work on another vault: the one that first run made."""
        if vault.home != self.home:
            self._move_to(vault.home)
        save_settings(self.home, self.settings)
        self._vault = vault
        self.show_right_page()

    def open_home(self, home: Home) -> None:
        """Go to another notebook of this computer, locked or not yet made; the one that was here is
        closed."""
        if home != self.home and raise_other(home):
            return
        self._move_to(home)
        self.show_right_page()

    def _turn_to(self, home: Home) -> None:
        """Ask for the passphrase of another notebook, on the locked screen that is there."""
        self._move_to(home)
        page = self.root.currentWidget()
        if isinstance(page, UnlockScreen):
            page.turn(self._throttle, self.settings.keyring)

    def _move_to(self, home: Home) -> None:
        self.jobs.forget()
        self.release()
        self._vault = self._remembered = self.rounds = None
        self.home = home
        self._throttle = UnlockThrottle(home)
        move_log(home)
        if self._doorbell is not None:
            self._doorbell.close()
            self._doorbell = Doorbell(home, self.show_up, self)
        before = self.settings
        # A new notebook looks as the one before; what opens it, and its name, are its own.
        self.settings = (load_settings(home) if home.settings.exists()
                         else replace(before, title="", keyring=False))
        speak(self.settings.language)
        app = QApplication.instance()
        if isinstance(app, QApplication) and (before.theme,
                                              before.text_percent) != (self.settings.theme,
                                                                       self.settings.text_percent):
            apply_theme(app, self.settings.theme, self.settings.text_percent)

    def show_right_page(self) -> None:
        """First run, unlock or work, by the state of the vault."""
        if self.is_open:
            self._show_work()
        elif self.home.exists or self._first_run is None:
            self._replace(self._unlock_screen())
        else:
            self._replace(self._first_run(self))

    def prepare(self) -> None:
        """Import what opening the vault will need, while the passphrase is typed; listen for a
        second start and for leaving."""
        self._doorbell = Doorbell(self.home, self.show_up, self)
        self._session_watcher = SessionWatcher(self)
        self._session_watcher.left.connect(self.lock)
        Network(self).came_back.connect(lambda: self.rounds.network_came_back()
                                        if self.rounds is not None else None)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.commitDataRequest.connect(self.on_session_end, Qt.ConnectionType.DirectConnection)
        self.jobs.run(Lane.VAULT, lambda: import_module("desktop.ui.window.page"),
                      lambda _module: None, owner=self)

    def stop_listening(self) -> None:
        """Stop answering a second start: the window goes."""
        if self._doorbell is not None:
            # Once: the mark that lies there next is that of the process that comes after.
            self._doorbell.close()
            self._doorbell = None

    def show_up(self) -> None:
        """Come to the front, because a second start asks."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def _replace(self, page: QWidget) -> None:
        self.work = None
        while self.root.count():
            old = self.root.widget(0)
            if old is not None:
                self.root.removeWidget(old)
                old.deleteLater()
        self.root.addWidget(page)
        if isinstance(page, UnlockScreen):
            page.secret.setFocus()

    def _show_work(self) -> None:
        from desktop.ui.screen.rounds import Rounds
        from desktop.ui.window.page import WorkPage

        self.idle_collector.begin()
        self.idle_collector.heard()
        if self._stop_listening is None:
            self._stop_listening = self.vault.listen(self.jobs.on_vault_changed)
        if self.rounds is None:
            self.rounds = Rounds(lambda: self.vault, self.jobs, parent=self)
            self.rounds.woke.connect(self.lock)
        page = WorkPage(self.vault, self.home, self.settings, self.jobs, self.messages, self.rounds,
                        self.lock,
                        self.restyle, self.keep_settings, self.erase_sample)
        page.desk.hears_the_desktop = (lambda: self._session_watcher is not None
                                       and self._session_watcher.answers())
        self._replace(page)
        self.work = page
        remembered, self._remembered = self._remembered or self._place_handed_over(), None
        page.go(remembered.screen if remembered else "today")
        if remembered is not None:
            page.screens[remembered.screen].return_to(remembered.place)
        page.give_back_drafts()
        self.jobs.resume()
        self.rounds.resume()
        self._activity.begin()

    def _place_handed_over(self) -> Remembered | None:
        found = self.succession.take(self.vault) if self.succession is not None else None
        return Remembered(*found) if found is not None else None

    def _remember(self) -> bool:
        work, current = self.work, self.current
        if work is None or current is None:
            return False
        work.flush()
        self._remembered = Remembered(current.name, current.place())
        if self.succession is not None:
            self.succession.keep(self.vault, current.name, self._remembered.place)
        return True

    def _try_to_remember(self) -> AppError | None:
        # A screen that fails to keep its place must not keep the vault open.
        try:
            self._remember()
        except Exception as error:
            return error if isinstance(error, AppError) else unexpected(error)
        return None

    def _end_work(self) -> None:
        self._activity.end()
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None
        self.messages.hide()
        if self.rounds is not None:
            self.rounds.pause()

    def lock(self) -> None:
        """Keep what was typed, empty the window, drop the key; nothing is asked, nothing is
        lost."""
        if self._quit_screen is not None:
            # Leaving already: the end of the process drops the key.
            self.close()
            return
        if not self.is_open or self.current is None:
            return
        failure = self._try_to_remember()
        self._clipboard_guard.take_back()
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self._end_work()
        self.jobs.stopping.set()
        self._replace(self._unlock_screen())
        # Shown at once: closing the database writes out its log first, which takes a moment after a
        # long session.
        self.root.repaint()
        self.vault.lock()
        if failure is not None:
            self.messages.error(failure)
        if self.succession is not None:
            self.stop_listening()
            self.release()
            if not self.succession.give_way(self.home):
                self._doorbell = Doorbell(self.home, self.show_up, self)

    def _unlock_screen(self) -> UnlockScreen:
        return UnlockScreen(lambda: self.vault, self.jobs, self._show_work, self._throttle,
                            self.settings.keyring,
                            *notebook_choices(self.home, self._turn_to, self.open_home))

    def erase_sample(self) -> None:
        """Throw the fictional collective away, and begin anew."""
        from desktop.tasks.profiles import erase

        if self.work is None:
            return
        self._end_work()
        ringing, self._doorbell = self._doorbell, None
        if ringing is not None:
            ringing.close()
        writing = close_log()
        try:
            erase(self.vault)
        finally:
            self.open_home(latest(self.home))
            if writing:
                open_log(self.home)
            if ringing is not None:
                self._doorbell = Doorbell(self.home, self.show_up, self)

    def release(self) -> None:
        """Close the vault where there is one; called when the window goes."""
        if self._vault is not None:
            self._vault.close()

    def keep_settings(self, settings: Settings) -> None:
        """Keep settings that change nothing of what is shown."""
        save_settings(self.home, settings)
        self.settings = settings
        if self.work is not None:
            self.work.desk.settings = settings

    def restyle(self, settings: Settings) -> None:
        """Keep other settings and dress the window again."""
        self.keep_settings(settings)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, settings.theme, settings.text_percent)
        if self.work is not None:
            QTimer.singleShot(0, partial(self._show_anew, self.work))

    def _show_anew(self, page: "WorkPage") -> None:
        # Locked, or locked and opened again, in between: what is shown then is new already.
        if self.work is page and self._remember():
            self._show_work()

    def _on_gesture(self, name: str) -> None:
        if self.work is not None:
            getattr(self.work, name)()
        elif name == "show_keys" and isinstance(page := self.root.currentWidget(), FirstPage):
            page.show_keys()

    def _on_seen(self) -> None:
        self._session_ends = False
        self.idle_collector.heard()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step(self, forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.work is not None:
            self.work.flush()
        self._clipboard_guard.take_back()
        if self._sends_before_quitting():
            event.ignore()
            return
        if self._quit_screen is not None and self.rounds is not None:
            self.rounds.cancel()
        super().closeEvent(event)

    def on_session_end(self) -> None:
        """Keep what was typed, for the desktop is about to close every program, and hold it up for
        nothing."""
        self._session_ends = True
        if self.work is not None:
            self.work.flush()

    def _sends_before_quitting(self) -> bool:
        """Send what waits before going, unless that has begun already; whether it has now."""
        if (self.work is None or self.rounds is None or self._session_ends
            or not self.rounds.has_to_send()):
            return False
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self.messages.hide()
        self._quit_screen = QuitScreen(self.rounds)
        self._quit_screen.over.connect(self.close)
        self._replace(self._quit_screen)
        self._quit_screen.at_once.setFocus()
        return True
