"""The main window: the rail on the left, one screen at a time, the trust strip at the bottom."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QIcon, QKeySequence, QPainter, QPen, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.base.settings import Settings, save_settings
from desktop.queries.directory import collective_name
from desktop.ui.jobs import Jobs
from desktop.ui.messages import Messages
from desktop.ui.printing import DocumentDialog
from desktop.ui.rail import LOWER, PLACES, UPPER, Place
from desktop.ui.theme import apply_theme, tokens
from desktop.ui.trust import TrustStrip
from desktop.ui.unlock import UnlockScreen
from desktop.ui.widgets.basics import Elided, button, label
from desktop.ui.widgets.icons import icon
from desktop.ui.workspace import Desk, Printable, Workspace
from desktop.vault.vault import Vault

Index = QModelIndex | QPersistentModelIndex


@dataclass
class Remembered:
    """Where the person was when the vault was locked."""

    screen: str
    place: dict[str, Any]


class _Lines(QStyledItemDelegate):
    """Lines of the rail: the chosen one on a soft ground, with a ring where the list has the focus."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, option.fontMetrics.height() + 22)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box = option.rect.adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(t.accent_soft if chosen else t.neutral_soft))
            painter.drawRoundedRect(box, 8, 8)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(t.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 8, 8)
        drawing = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(drawing, QIcon):
            mode = QIcon.Mode.Selected if chosen else QIcon.Mode.Normal
            drawing.paint(painter, QRect(box.x() + 12, box.y() + (box.height() - 20) // 2, 20, 20),
                          Qt.AlignmentFlag.AlignCenter, mode)
        font = option.font
        if chosen:
            font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(t.accent if chosen else t.text))
        words = QRect(box.x() + 42, box.y(), box.width() - 48, box.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, painter.fontMetrics().elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, words.width()))
        painter.restore()


class Rail(QListWidget):
    """The list of screens; going up or down past its end goes on in the other list."""

    def __init__(self, places: tuple[Place, ...], name: str) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setItemDelegate(_Lines(self))
        self.setAccessibleName(name)
        self.setIconSize(QSize(20, 20))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for place in places:
            item = QListWidgetItem(icon(place.icon, tokens().muted, tokens().accent), _(place.title))
            item.setData(Qt.ItemDataRole.UserRole, place.name)
            self.addItem(item)

    def select(self, name: str) -> bool:
        """Mark one screen; none where it is not in this list."""
        for number in range(self.count()):
            if self.item(number).data(Qt.ItemDataRole.UserRole) == name:
                self.setCurrentRow(number)
                return True
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()
        return False

    def fit(self) -> None:
        """Be as tall as the lines."""
        height = sum(self.sizeHintForRow(number) for number in range(self.count()))
        self.setFixedHeight(height + 4)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class MainWindow(QMainWindow):
    """Everything that is seen. `vault` may be locked or not yet made; `first_run` makes the screens that make one."""

    def __init__(self, home: Home, vault: Vault, jobs: Jobs, settings: Settings,
                 first_run: Callable[["MainWindow"], QWidget] | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Carnet")
        self.setMinimumSize(1000, 620)
        self.home, self.vault, self.jobs, self.settings = home, vault, jobs, settings
        self._first_run = first_run
        self._remembered: Remembered | None = None
        self._screens: dict[str, Workspace] = {}
        self._stop_listening: Callable[[], None] | None = None
        self.root = QStackedWidget()
        self.setCentralWidget(self.root)
        self.messages = Messages(self)
        self.desk = self._make_desk()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        self.jobs.changed.connect(self._on_news)
        for keys, gesture in (
            ("Ctrl+L", self.lock), ("Ctrl+Shift+O", self._on_observation), ("Ctrl+N", self._on_new),
            ("Ctrl+F", self._on_find), ("F9", self._on_documents), ("F1", self._on_keys), ("Ctrl+Z", self._on_undo),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(gesture)
        self.show_right_page()

    def _make_desk(self) -> Desk:
        return Desk(self.vault, self.home, self.settings, self.jobs, self.messages, self.go, self.print_documents,
                    self.restyle, self._on_new, self._on_observation)

    def set_vault(self, vault: Vault) -> None:
        """Work on another vault: the one that first run made."""
        self.vault = vault
        self.desk = self._make_desk()
        self.show_right_page()

    def show_right_page(self) -> None:
        """First run, unlock or work, by the state of the vault."""
        if self.vault.is_open:
            self._show_work()
        elif self.home.exists or self._first_run is None:
            self._replace(UnlockScreen(self.vault, self.jobs, self._show_work))
        else:
            self._replace(self._first_run(self))

    def _replace(self, page: QWidget) -> None:
        while self.root.count():
            old = self.root.widget(0)
            if old is not None:
                self.root.removeWidget(old)
                old.deleteLater()
        self._screens = {}
        self.root.addWidget(page)
        if isinstance(page, UnlockScreen):
            page.secret.setFocus()

    def _show_work(self) -> None:
        self.jobs.stopping.clear()
        if self._stop_listening is None:
            self._stop_listening = self.vault.listen(self.jobs.heard)
        page = QWidget()
        page.setObjectName("page")
        across = QHBoxLayout(page)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._make_rail())
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self.stack = QStackedWidget()
        self.trust = TrustStrip(self.desk)
        right.addWidget(self.stack, 1)
        right.addWidget(self.trust)
        across.addLayout(right, 1)
        self._replace(page)
        remembered, self._remembered = self._remembered, None
        self.go(remembered.screen if remembered else "today")
        if remembered is not None:
            self._screens[remembered.screen].return_to(remembered.place)
        self.trust.refresh()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._still_here()

    def _make_rail(self) -> QWidget:
        rail = QWidget()
        rail.setObjectName("rail")
        rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rail.setFixedWidth(round(204 * self.settings.text_percent / 100))
        rail.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        box = QVBoxLayout(rail)
        box.setContentsMargins(12, 16, 12, 12)
        box.setSpacing(2)
        box.addWidget(label("Carnet", "brand"))
        box.addWidget(Elided(self.vault.ask(collective_name), "small"))
        box.addSpacing(12)
        self.upper_rail, self.lower_rail = Rail(UPPER, _("Screens")), Rail(LOWER, _("Sync and settings"))
        box.addWidget(self.upper_rail)
        box.addStretch(1)
        box.addWidget(self.lower_rail)
        lock = button(_("Lock"), self.lock, style="quiet", icon_name="lock", tip="Ctrl+L")
        lock.setStyleSheet("text-align: left; padding-left: 10px;")
        box.addWidget(lock)
        for nav in (self.upper_rail, self.lower_rail):
            nav.ensurePolished()
            nav.fit()
            nav.currentItemChanged.connect(self._on_nav)
        return rail

    def _on_nav(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.go(item.data(Qt.ItemDataRole.UserRole))

    def workspace(self, name: str) -> Workspace:
        """One screen, made when it is first wanted."""
        made = self._screens.get(name)
        if made is None:
            place = next(place for place in PLACES if place.name == name)
            made = self._screens[name] = place.make(self.desk)
            self.stack.addWidget(made)
        return made

    def go(self, name: str, record_id: uuid.UUID | None = None) -> None:
        """Show a screen, and one record in it where it is given."""
        made = self.workspace(name)
        for nav in (self.upper_rail, self.lower_rail):
            blocked = nav.blockSignals(True)
            nav.select(name)
            nav.blockSignals(blocked)
        current = self.stack.currentWidget()
        if isinstance(current, Workspace) and current is not made:
            current.flush()
        self.stack.setCurrentWidget(made)
        if record_id is not None:
            made.open_record(record_id)

    @property
    def current(self) -> Workspace | None:
        """The screen that is shown; None while locked."""
        found = self.stack.currentWidget() if self._screens else None
        return found if isinstance(found, Workspace) else None

    def lock(self) -> None:
        """Keep what was typed, empty the window, drop the key; nothing is asked, nothing is lost."""
        current = self.current
        if not self.vault.is_open or current is None:
            return
        for screen in self._screens.values():
            screen.flush()
        self._remembered = Remembered(current.name, current.place())
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self._idle.stop()
        if self._stop_listening is not None:
            self._stop_listening()
            self._stop_listening = None
        for dialog in self.findChildren(DocumentDialog):
            dialog.close()
        self.messages.hide()
        self.jobs.stopping.set()
        self._replace(UnlockScreen(self.vault, self.jobs, self._show_work))
        self.vault.lock()

    def restyle(self, settings: Settings) -> None:
        """Keep other settings and dress the window again."""
        save_settings(self.home, settings)
        self.settings = self.desk.settings = settings
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, settings.theme, settings.text_percent)
        current = self.current
        if current is not None:
            for screen in self._screens.values():
                screen.flush()
            self._remembered = Remembered(current.name, current.place())
            QTimer.singleShot(0, self._show_work)

    def print_documents(self, documents: list[Printable]) -> None:
        """Open the documents of what is shown."""
        if not documents:
            self.messages.say(_("Nothing here can be printed yet: open a meeting first."))
            return
        current = self.current
        if current is not None:
            current.flush()
        DocumentDialog(self, self.desk, documents).open()

    def _on_news(self, areas: frozenset[str]) -> None:
        if not self.vault.is_open:
            return
        for screen in list(self._screens.values()):
            screen.news(areas)
        if self._screens:
            self.trust.refresh()

    def _on_documents(self) -> None:
        if self.current is not None:
            self.print_documents(self.current.printables())

    def _on_observation(self) -> None:
        if self.current is not None:
            self.go("observations")
            self.workspace("observations").new()

    def _on_new(self) -> None:
        if self.current is not None:
            self.current.new()

    def _on_find(self) -> None:
        if self.current is not None:
            self.current.start_search()

    def _on_undo(self) -> None:
        if self.current is not None and self.current.undo():
            self.messages.say(_("Undone."))

    def _on_keys(self) -> None:
        self.messages.say(_("Ctrl+Shift+O observation · Ctrl+N new · Ctrl+F search · F9 documents · Ctrl+Z undo · "
                            "Ctrl+L lock"))

    def _still_here(self) -> None:
        if self.settings.lock_minutes > 0:
            self._idle.start(self.settings.lock_minutes * 60_000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel):
            self._still_here()
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        for screen in self._screens.values():
            screen.flush()
        super().closeEvent(event)
