"""The half-days of a training, side by side: the roll-call is that of the one which is down."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.base.dates.french import short_date
from desktop.base.i18n import _
from desktop.models.half_days import NOON, HalfDay
from desktop.ui.screen.keyed import keeps_hand
from desktop.ui.widgets.basics import button, empty_layout
from desktop.ui.widgets.layout.flow import Flow


class HalfDays(QWidget):
    """Nothing for a meeting of one half-day; else a button for each. `changed` tells that another
    is called."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[HalfDay, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(lambda _number: self.changed.emit())
        self._line = Flow(4)
        self.setLayout(self._line)
        self.hide()

    @property
    def chosen(self) -> HalfDay | None:
        """The half-day that is called; None where the meeting has no half-days."""
        return self._shown[self._group.checkedId()] if self._shown else None

    @keeps_hand
    def show_all(self, half_days: Sequence[HalfDay], at: datetime) -> None:
        """Offer these half-days; the one that runs now is down, or the first."""
        if tuple(half_days) == self._shown:
            return
        for made in self._group.buttons():
            self._group.removeButton(made)
        empty_layout(self._line)
        self._shown = tuple(half_days)
        for number, one in enumerate(self._shown):
            half = _("afternoon") if one.afternoon else _("morning")
            made = button(f"{short_date(one.day)[:5]} {half}", style="segment",
                          tip=_("Ctrl+PgUp, Ctrl+PgDn"))
            made.setCheckable(True)
            made.setAccessibleName(_("Half-day: {date}, {half}")
                                   .format(date=short_date(one.day), half=half))
            self._group.addButton(made, number)
            self._line.add(made)
        now = HalfDay(at.date(), at.time() >= NOON)
        first = self._group.button(self._shown.index(now) if now in self._shown else 0)
        if first is not None:
            first.setChecked(True)
        self.setVisible(bool(self._shown))

    def turn(self, step: int) -> None:
        """Call the next half-day, or the one before."""
        wanted = self._group.button(self._group.checkedId() + step) if self._shown else None
        if wanted is not None:
            wanted.setChecked(True)
            self.changed.emit()
