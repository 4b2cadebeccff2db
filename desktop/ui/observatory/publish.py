"""« Publier »: choose a closed period and an audience, read what would be shown, then publish it
for good."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.i18n import _
from desktop.privacy.disclosure.rules import THRESHOLDS
from desktop.queries.documents.publication import AUDIENCES
from desktop.queries.releases import PeriodChoice, periods_of
from desktop.tasks.publish import Preview, preview, publish
from desktop.ui.jobs.lanes import Lane
from desktop.ui.observatory.published import PublicationView
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, button, label
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.fields.files import ask_folder
from desktop.ui.widgets.layout.flow import Flow


class PublishPanel(QWidget):
    """Stands in the place of the views until it is done or left."""

    progressed = Signal(str)

    def __init__(self, desk: Desk, left: Callable[[], None]) -> None:
        super().__init__()
        self.desk, self._left = desk, left
        self._running = self._stop = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        card = Card()
        card.box.addWidget(label(_("Preview: nothing is written yet"), "muted"))
        line = Flow(10)
        self.audience = ChoiceField(_("For whom"),
                               [(code, _("{name}: nothing under {k}")
                                 .format(name=_(name), k=THRESHOLDS[code]))
                               for code, name in AUDIENCES.items()], required=True)
        self.period = ChoiceField(_("Period"), [], required=True)
        for field, words in ((self.period, _("Period")), (self.audience, _("For whom"))):
            title = label(words, "small")
            title.setBuddy(field)
            field.setMinimumContentsLength(28)
            line.addWidget(title)
            line.addWidget(field)
        self.looking = button(_("Look at it"), self.look, icon_name="search")
        line.addWidget(self.looking)
        line.addStretch(1)
        line.addWidget(button(_("Close"), self.leave, style="quiet", tip=_("Escape")))
        card.box.addLayout(line)
        self.told = label("", wrap=True)
        card.box.addWidget(self.told)
        box.addWidget(card)
        self.view = PublicationView()
        self.view.hide()
        box.addWidget(self.view, 1)
        low = QHBoxLayout()
        self.lock = label(_("A published period does not change any more. What comes later counts "
                            "in the next one."), "small",
                          wrap=True)
        low.addWidget(self.lock, 1)
        self.publishing = button(_("Publish"), self._on_publish, style="primary")
        self.publishing.setEnabled(False)
        low.addWidget(self.publishing)
        box.addLayout(low)
        box.addStretch(0)
        self.audience.currentIndexChanged.connect(self._show_periods)
        self.period.currentIndexChanged.connect(self._on_period)
        self.progressed.connect(self.told.setText)
        self._shown: tuple[str, str] | None = None
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.leave)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def begin(self) -> None:
        """Offer what may be published today."""
        self._choices = self.desk.vault.ask(periods_of, self.desk.today())
        self._show_periods()
        self.period.setFocus()

    def _show_periods(self) -> None:
        audience = self.audience.value()
        rows = [row for row in self._choices if row.audience == audience]
        self.period.set_options([(row.period, _words(row)) for row in reversed(rows)])
        free = [row.period for row in rows if row.barred is None]
        if free:
            self.period.set_value(free[-1])
        self._on_period()

    def _on_period(self) -> None:
        self._shown = None
        self.publishing.setEnabled(False)
        self.view.hide()
        self.told.setText("")

    def _chosen(self) -> tuple[str, str]:
        return str(self.period.value() or ""), str(self.audience.value() or "")

    def look(self) -> None:
        """Make the figures and attack them, behind the window; nothing is kept."""
        if self._running:
            self._stop = True
            return
        chosen, vault, today = self._chosen(), self.desk.vault, self.desk.today()
        self._set_running(True)
        self.desk.jobs.run(
            Lane.VAULT, lambda: preview(vault, *chosen, today, progress=self.progressed.emit,
                                        stopping=self._is_stopped),
            lambda found: self._on_seen(chosen, found), self._on_failed, owner=self)

    def _is_stopped(self) -> bool:
        return self._stop or self.desk.jobs.stopping.is_set()

    def _set_running(self, running: bool) -> None:
        self._running, self._stop = running, False
        self.looking.setText(_("Stop") if running else _("Look at it"))
        self.publishing.setEnabled(not running and self._shown is not None)

    def _on_seen(self, chosen: tuple[str, str], found: Preview) -> None:
        self._shown = chosen
        self._set_running(False)
        self.told.setText(_("Published already: it is written again as it was.") if found.kept else
                          _("This is what would be shown."))
        self.publishing.setText(_("Publish for {audience}")
                                .format(audience=found.publication.audience.lower()))
        self.view.show_publication(found.publication)
        self.view.show()

    def _on_failed(self, error: AppError) -> None:
        self._set_running(False)
        self.told.setText(str(error))

    def _on_publish(self) -> None:
        ask_folder(self, _("Choose where the folder of the publication goes"), self.publish_into)

    def publish_into(self, parent: str) -> None:
        """Keep the release for good, and write its files into a new folder of `parent`."""
        if self._shown is None or self._running:
            return
        chosen, vault, today = self._shown, self.desk.vault, self.desk.today()
        out = Path(parent) / f"observatoire-{chosen[0]}-{chosen[1]}"
        self._set_running(True)
        self.desk.jobs.run(
            Lane.VAULT, lambda: publish(vault, *chosen, out, today, progress=self.progressed.emit,
                                        stopping=self._is_stopped),
            lambda found: self._on_published(out, found), self._on_failed, owner=self)

    def _on_published(self, out: Path, found: Preview) -> None:
        self._set_running(False)
        said = _("Published; the files are in {folder}.").format(folder=out)
        if found.shared:
            said += " " + _("The shared folder has them in {folder}.").format(folder=found.shared)
        self.desk.messages.say(said)
        self._left()

    def leave(self) -> None:
        """Publish nothing."""
        self._stop = True
        self._left()


def _words(row: PeriodChoice) -> str:
    if row.barred is None:
        return row.period
    why = {"open": _("still open"), "within": _("in a longer one, published already"),
           "across": _("overlaps one that is published"), "clock": _("before the last publication")}
    return f"{row.period} ({why.get(row.barred.reason, _('not for this audience'))})"


__all__ = ["PublishPanel"]
