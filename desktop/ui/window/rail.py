"""The rail at the left of the window: the list of screens, in its order; a new screen is one line
in `UPPER` or `LOWER`."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.base.i18n import N_, _
from desktop.ui.actions.workspace import ActionsWorkspace
from desktop.ui.bin.workspace import BinWorkspace
from desktop.ui.charter.workspace import CharterWorkspace
from desktop.ui.directory.workspace import DirectoryWorkspace
from desktop.ui.help.about import AboutWorkspace
from desktop.ui.help.workspace import HelpWorkspace
from desktop.ui.internships.workspace import InternshipsWorkspace
from desktop.ui.meetings.decisions import DecisionsWorkspace
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.observations.workspace import ObservationsWorkspace
from desktop.ui.observatory.workspace import ObservatoryWorkspace
from desktop.ui.places.workspace import PlacesWorkspace
from desktop.ui.plan.workspace import PlanWorkspace
from desktop.ui.referrals.workspace import ReferralsWorkspace
from desktop.ui.resources.workspace import ResourcesWorkspace
from desktop.ui.screen.workspace import Desk, Workspace
from desktop.ui.settings.workspace import SettingsWorkspace
from desktop.ui.sync.workspace import SyncWorkspace
from desktop.ui.today.workspace import TodayWorkspace
from desktop.ui.trainings.workspace import TrainingsWorkspace
from desktop.ui.widgets.accessibility import follow_marks
from desktop.ui.widgets.icons import icon
from desktop.ui.widgets.theme import outline, scaled, tokens

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class RailItem:
    """One line of the rail; the title is translated where it is shown."""

    name: str
    title: str
    icon: str
    make: Callable[[Desk], Workspace]


UPPER = (
    RailItem("today", N_("Today"), "house", TodayWorkspace),
    RailItem("meetings", N_("Meetings"), "calendar-days", MeetingsWorkspace),
    RailItem("actions", N_("Actions"), "list-checks", ActionsWorkspace),
    RailItem("observations", N_("Observations"), "notebook-pen", ObservationsWorkspace),
    RailItem("referrals", N_("Referrals"), "signpost", ReferralsWorkspace),
    RailItem("directory", N_("Directory"), "book-user", DirectoryWorkspace),
    RailItem("charter", N_("Charter"), "scroll-text", CharterWorkspace),
    RailItem("plan", N_("Plan"), "target", PlanWorkspace),
    RailItem("trainings", N_("Trainings"), "presentation", TrainingsWorkspace),
    RailItem("internships", N_("Internships"), "graduation-cap", InternshipsWorkspace),
    RailItem("resources", N_("Resources"), "library", ResourcesWorkspace),
    RailItem("observatory", N_("Observatory"), "chart-column", ObservatoryWorkspace),
)
LOWER = (
    RailItem("sync", N_("Synchronisation"), "refresh-cw", SyncWorkspace),
    RailItem("settings", N_("Settings"), "settings", SettingsWorkspace),
)
ASIDE = (
    RailItem("decisions", N_("Decisions"), "circle-check", DecisionsWorkspace),
    RailItem("bin", N_("Bin"), "trash-2", BinWorkspace),
    RailItem("places", N_("Territory"), "building-2", PlacesWorkspace),
    RailItem("help", N_("Help"), "circle-question-mark", HelpWorkspace),
    RailItem("about", N_("About"), "info", AboutWorkspace),
)
"""Screens that are no line of the rail: another screen leads to them."""
BEFORE, AFTER = 22, 6
"""The room at the left of a title, its drawing apart, and at its right."""
PLACES = (*UPPER, *LOWER, *ASIDE)


class _RailDelegate(QStyledItemDelegate):
    """Lines of the rail: the chosen one on a soft ground, with a ring where the list has the
    focus."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.fontMetrics.height(), option.fontMetrics.height() + 22)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        box = option.rect.adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(outline(t.accent if chosen else t.muted))
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(t.accent_soft if chosen else t.neutral_soft))
            painter.drawRoundedRect(box, 8, 8)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(t.ring), 4 if t.high else 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 8, 8)
        drawing = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(drawing, QIcon):
            mode = QIcon.Mode.Selected if chosen else QIcon.Mode.Normal
            side = scaled(20)
            drawing.paint(painter,
                          QRect(box.x() + 12, box.y() + (box.height() - side) // 2, side, side),
                          Qt.AlignmentFlag.AlignCenter, mode)
        font = option.font
        if chosen:
            font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(t.accent if chosen else t.text))
        words = QRect(box.x() + BEFORE + scaled(20), box.y(),
                      box.width() - BEFORE - AFTER - scaled(20), box.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, painter.fontMetrics().elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight,
            words.width()))
        painter.restore()


class Rail(QListWidget):
    """The list of screens; going up or down past its end goes on in the other list."""

    def __init__(self, places: tuple[RailItem, ...], name: str) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.setItemDelegate(_RailDelegate(self))
        follow_marks(self)
        self.setAccessibleName(name)
        self.setIconSize(QSize(scaled(20), scaled(20)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for place in places:
            item = QListWidgetItem(icon(place.icon, tokens().muted, tokens().accent, scaled(20)),
                                   _(place.title))
            item.setData(Qt.ItemDataRole.UserRole, place.name)
            self.addItem(item)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.ensurePolished()
        height = sum(self.sizeHintForRow(number) for number in range(self.count())) + 4
        self.setMaximumHeight(height)
        self.setMinimumHeight(min(height, 3 * self.sizeHintForRow(0)))

    def sizeHint(self) -> QSize:
        return QSize(self.widest, self.maximumHeight())

    @property
    def widest(self) -> int:
        """The width that shows the longest title whole, chosen and beside a scroll bar."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        words = max(QFontMetrics(font).horizontalAdvance(self.item(number).text())
                    for number in range(self.count()))
        return words + BEFORE + AFTER + scaled(20) + self.verticalScrollBar().sizeHint().width() + 2

    def select(self, name: str) -> bool:
        """Mark one screen; none where it is not in this list."""
        for number in range(self.count()):
            if self.item(number).data(Qt.ItemDataRole.UserRole) == name:
                self.setCurrentRow(number)
                return True
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()
        return False
