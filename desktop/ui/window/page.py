"""The working page of an open vault: the rail, one screen at a time, the trust strip at the
bottom."""

import uuid
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.base.clock import wall_ms
from desktop.base.errors import AppError
from desktop.base.home.settings import Settings
from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.queries.directory import collective_name
from desktop.sync.merging.unknown import lift_known
from desktop.tasks.backups import is_due, make_backup, plan_of
from desktop.tasks.profiles import is_sample
from desktop.tasks.purge import purge
from desktop.ui.help.workspace import HelpWorkspace
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.jobs.lanes import Lane
from desktop.ui.screen.drafts import Drafts
from desktop.ui.screen.forms import OpenForm
from desktop.ui.screen.messages import Messages
from desktop.ui.screen.rounds import Rounds
from desktop.ui.screen.shortcuts_panel import KeysPanel
from desktop.ui.screen.workspace import Desk, Printable, Workspace
from desktop.ui.widgets.basics import Elided, button, label
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.stacking import ScrollingStack
from desktop.ui.widgets.layout.tab import Tab
from desktop.ui.widgets.running import running
from desktop.ui.widgets.tab_order import first_stop, stops_of
from desktop.ui.widgets.theme import scaled
from desktop.ui.window.palette import Palette
from desktop.ui.window.palette.entries import PaletteEntry, gestures
from desktop.ui.window.rail import LOWER, PLACES, UPPER, Rail
from desktop.ui.window.status_strip import TrustStrip
from desktop.vault.gestures import TakenBack
from desktop.vault.vault import Vault

MANY = 200
BESIDE = frozenset({"help", "about"})
"""Screens that one leaves for the screen where one was."""


class WorkPage(QWidget):
    """All screens over one open vault; thrown away when it locks."""

    def __init__(self, vault: Vault, home: Home, settings: Settings, jobs: Jobs, messages: Messages,
                 rounds: Rounds,
                 lock: Callable[[], None], restyle: Callable[[Settings], None],
                 keep_settings: Callable[[Settings], None],
                 erase_sample: Callable[[], None]) -> None:
        super().__init__()
        self.setObjectName("page")
        self.messages = messages
        self.desk = Desk(vault, home, settings, jobs, messages, self.go, self.print_documents,
                         restyle, self.new,
                         self.new_observation, self.undo, rounds, self.open_help, keep_settings)
        self.screens: dict[str, Workspace] = {}
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._make_rail(lock))
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self.stage = ScrollingStack()
        self.stack = self.stage.stack
        self.trust = TrustStrip(self.desk)
        if vault.ask(is_sample):
            right.addWidget(_sample_banner(erase_sample))
        right.addWidget(self.stage, 1)
        right.addWidget(self.trust)
        across.addLayout(right, 1)
        self.palette_panel = Palette(self, self.desk, self._offers, self.enter_screen)
        self.keys_panel = KeysPanel(self, self.desk, self.trust)
        self._lock = lock
        self.drafts = Drafts(self, vault, jobs, self.screens.values, self.workspace)
        self._begin_backup()
        jobs.run(Lane.VAULT, lambda: lift_known(vault), lambda _lifted: None, self._on_daily_failed,
                 owner=self)
        jobs.run(Lane.VAULT, lambda: purge(vault, wall_ms(), jobs.stopping.is_set),
                 lambda _erased: None,
                 self._on_daily_failed, owner=self)
        jobs.changed.connect(self._on_news)
        running().focusChanged.connect(self._on_focus)
        self.trust.refresh()

    def _begin_backup(self) -> None:
        """Make a backup that is due behind the first screen; a folder that is away is told, and
        asked again next time."""
        vault, now = self.desk.vault, self.desk.now()
        if is_due(vault.ask(plan_of), now):
            self.desk.jobs.run(Lane.VAULT, lambda: make_backup(vault, now), lambda _made: None,
                               self._on_daily_failed,
                               owner=self)

    def _on_daily_failed(self, error: AppError) -> None:
        if self.desk.vault.is_open:
            self.messages.error(error)

    def _make_rail(self, lock: Callable[[], None]) -> QWidget:
        self.upper_rail, self.lower_rail = Rail(UPPER,
                                                _("Screens")), Rail(LOWER, _("Sync and settings"))
        rail = QWidget()
        rail.setObjectName("rail")
        rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rail.setFixedWidth(max(scaled(180), self.upper_rail.widest, self.lower_rail.widest) + 24)
        rail.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        box = QVBoxLayout(rail)
        box.setContentsMargins(12, 16, 12, 12)
        box.setSpacing(2)
        box.addWidget(label("Carnet", "brand"))
        self._collective = Elided(self.desk.vault.ask(collective_name), "small")
        box.addWidget(self._collective)
        box.addSpacing(12)
        # Where they do not all fit, the screens scroll; what stands below them never leaves.
        box.addWidget(self.upper_rail, 1)
        box.addStretch()
        box.addWidget(self.lower_rail)
        lock_button = button(_("Lock"), lock, style="quiet", icon_name="lock", tip="Ctrl+L")
        lock_button.setStyleSheet("text-align: left; padding-left: 10px;")
        box.addWidget(lock_button)
        for nav in (self.upper_rail, self.lower_rail):
            nav.currentItemChanged.connect(self._on_nav)
        return rail

    def _on_nav(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.go(item.data(Qt.ItemDataRole.UserRole))

    def workspace(self, name: str) -> Workspace:
        """One screen, made when it is first wanted."""
        made = self.screens.get(name)
        if made is None:
            place = next(place for place in PLACES if place.name == name)
            made = self.screens[name] = place.make(self.desk)
            self.stack.addWidget(made)
        return made

    def go(self, name: str, record_id: uuid.UUID | None = None, part: str = "") -> None:
        """Show a screen, and one record or one part of it where it is given."""
        made = self.workspace(name)
        for nav in (self.upper_rail, self.lower_rail):
            blocked = nav.blockSignals(True)
            nav.select(name)
            nav.blockSignals(blocked)
        current = self.current
        if current is not None and current is not made:
            current.flush()
            if current.name not in BESIDE:
                self.desk.came_from = current.name
        leaves = current is not None and current is not made and _let_go_of_focus(current)
        self.stack.setCurrentWidget(made)
        self.keys_panel.show_screen(made)
        if record_id is not None:
            made.open_record(record_id)
        if part:
            made.show_part(part)
        if leaves:
            self.enter_screen()

    @property
    def current(self) -> Workspace | None:
        """The screen that is shown; None before the first."""
        found = self.stack.currentWidget()
        return found if isinstance(found, Workspace) else None

    def print_documents(self, documents: list[Printable]) -> None:
        """Open the documents of what is shown."""
        if not documents:
            self.messages.say(_("Nothing here can be printed yet: open a meeting first."))
            return
        current = self.current
        if current is not None:
            current.flush()
        # Imported with the first document: the page and the viewer weigh a tenth of the window.
        from desktop.ui.screen.printing import DocumentDialog

        DocumentDialog(self.window(), self.desk, documents).open()

    def _on_news(self, areas: frozenset[str]) -> None:
        if not self.desk.vault.is_open:
            return
        for screen in list(self.screens.values()):
            screen.news(areas)
        self.trust.refresh_soon()
        if areas & {"sync", "directory"}:
            # Whoever joins learns it from the first exchange.
            self._collective.set_whole(self.desk.vault.ask(collective_name))

    def give_back_drafts(self) -> None:
        """Open the forms that were left unsaved; where they are not on the screen that is shown,
        say so."""
        names = [name for name in self.drafts.give_back()
                 if self.current is None or name != self.current.name]
        if names:
            titles = ", ".join(_(place.title) for place in PLACES if place.name in names)
            self.messages.say(_("What you had not saved is kept: {screens}.")
                              .format(screens=titles))

    def flush(self) -> None:
        """Write what was typed and not yet kept."""
        self.drafts.keep()
        for screen in self.screens.values():
            screen.flush()

    def documents(self) -> None:
        """Open the documents of what is shown."""
        if self.current is not None:
            self.print_documents(self.current.printables())

    def new(self) -> None:
        """Begin a record on the screen that is shown."""
        if self.current is not None:
            self.current.new()

    def new_observation(self) -> None:
        """Begin an observation, wherever one is."""
        self.go("observations")
        self.workspace("observations").new()

    def show_keys(self) -> None:
        """F1: the keys of the place one is in; once more, its page of the help."""
        if self.current is None:
            return
        if self.keys_panel.isVisible():
            self.open_help(self.current.name)
        else:
            self.keys_panel.open(self.current)

    def open_help(self, name: str) -> None:
        """Show a page of the help: of a screen, or of its own."""
        self.keys_panel.close_it()
        self.go("help")
        screen = self.workspace("help")
        if isinstance(screen, HelpWorkspace):
            screen.read(name)

    def open_palette(self) -> None:
        """Ctrl+K: go to, create, print, or find."""
        self.palette_panel.open()

    def enter_screen(self) -> None:
        """Put the focus in the form that is open on the screen that is shown, else in its list,
        unless it is in that screen or in another window."""
        focus, shown = QApplication.focusWidget(), self.current
        if shown is None or (focus is not None and focus.isVisible() and (
                shown.isAncestorOf(focus) or focus.window() is not self.window())):
            return
        lists = [view for view in shown.findChildren(QAbstractItemView)
                 if view.isVisibleTo(shown) and view.focusPolicy() & Qt.FocusPolicy.TabFocus]
        # A list that is entered shows its record, and would close the form.
        opened = next((form for form in shown.findChildren(OpenForm) if form.isVisible()), None)
        wanted = (first_stop(opened) if opened is not None
                  else lists[0] if lists else first_stop(shown))
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Take the focus to the screen again where the field that had it went and nothing took
        it."""
        if now is None and before is not None and QApplication.activeWindow() is self.window():
            QTimer.singleShot(0, self, self._enter_if_lost)

    def _enter_if_lost(self) -> None:
        if QApplication.focusWidget() is None and self.isVisible():
            self.enter_screen()

    def _offers(self) -> list[PaletteEntry]:
        make = {_("New observation"): self.new_observation}
        for name, title in (("meetings", _("New meeting")), ("actions", _("New action")),
                            ("referrals", _("New referral"))):
            make[title] = partial(self.begin, name)
        return gestures(self.desk, self.current, self._lock, make)

    def begin(self, name: str) -> None:
        """Begin a record on one screen."""
        self.go(name)
        self.workspace(name).new()

    def find_words(self) -> None:
        """Put the focus in the search field of the screen."""
        if self.current is not None:
            self.current.start_search()

    def next_tab(self) -> None:
        """Choose the tab after the chosen one of the screen, and begin again after the last."""
        self._turn_tab(1)

    def previous_tab(self) -> None:
        """Choose the tab before the chosen one of the screen."""
        self._turn_tab(-1)

    def _turn_tab(self, way: int) -> None:
        shown = self.current
        tabs = [] if shown is None else [stop for stop in stops_of(shown) if isinstance(stop, Tab)]
        group = tabs[0].group() if tabs else None
        if group is None:
            self.messages.say(_("This screen has no tabs."))
            return
        seen = [tab for tab in group.buttons() if tab.isVisible()]
        chosen = group.checkedButton()
        at = seen.index(chosen) if chosen in seen else 0
        wanted = seen[(at + way) % len(seen)]
        # One stands on what was chosen, unless what it shows has taken the hand.
        wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        wanted.click()

    def undo(self, number: int | None = None) -> None:
        """Take back the last gesture, or the one of that number, wherever it was made."""
        vault = self.desk.vault
        gesture = vault.history.find(number)
        if gesture is not None and len(gesture.changes) > MANY:
            # Taking back an import of thousands of lines takes seconds.
            self.messages.say(_("Undoing…"))
            self.desk.jobs.run(Lane.VAULT, lambda: vault.undo(number), self._say_undone,
                               self.messages.error, owner=self)
            return
        self._say_undone(vault.undo(number))

    def _say_undone(self, taken: TakenBack | None) -> None:
        self._say_taken(taken, _("Undone: {words}"), _("Undone."), _("There is nothing to undo."))

    def redo(self) -> None:
        """Do again what was undone last."""
        self._say_taken(self.desk.vault.redo(), _("Done again: {words}"), _("Done again."),
                        _("There is nothing to redo."))

    def _say_taken(self, taken: TakenBack | None, full: str, short: str, nothing: str) -> None:
        if taken is None:
            self.messages.say(nothing)
            return
        text = full.format(words=taken.words[:80]) if taken.words else short
        if taken.kept:
            text += " " + _("What was changed again meanwhile is left as it is.")
        self.messages.say(text)


def _let_go_of_focus(screen: Workspace) -> bool:
    """Whether a screen had the focus. It has not any more: Qt would take it to whatever stop of the
    next screen was made first."""
    focus = QApplication.focusWidget()
    if focus is None or not screen.isAncestorOf(focus):
        return False
    focus.clearFocus()
    return True


def _sample_banner(erase: Callable[[], None]) -> QWidget:
    """Says on every screen that nothing here is real, and how to be rid of it."""
    banner = QFrame()
    banner.setObjectName("banner")
    line = Flow()
    banner.setLayout(line)
    line.setContentsMargins(24, 4, 24, 4)
    line.add(label(_("This is the fictional collective: nobody here exists, try everything."),
                   "small", wrap=True), 1)
    line.add(button(_("Erase it and begin for good"), erase, style="quiet", icon_name="trash-2"))
    return banner
