"""The settings' card of backups: where they go, how often, the last one, and a restore that is
really tried."""

from datetime import datetime
from pathlib import Path

import msgspec
from PySide6.QtWidgets import QLineEdit, QProgressBar

from desktop.base.dates.french import long_date, time_of
from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.tasks.backups import Tried, keep_plan, make_backup, plan_of, try_restore
from desktop.ui.jobs.lanes import Lane
from desktop.ui.screen.workspace import Desk
from desktop.ui.widgets.basics import Card, button, label
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.widgets.fields.files import ask_folder
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import scaled


class BackupsCard(Card):
    """Nothing is backed up until a folder is chosen, and the card says so."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Backups"))
        self.desk = desk
        self.told = label("", wrap=True)
        self.box.addWidget(self.told)
        line = Flow()
        self.rhythm = ChoiceField(_("How often"),
                             [(1, _("every day")), (7, _("every week")), (30, _("every month")),
                              (0, _("only when I ask"))], required=True)
        self.rhythm.setMinimumContentsLength(20)
        self.rhythm.activated.connect(lambda _at: self._on_rhythm())
        line.addWidget(self.rhythm)
        line.addWidget(button(_("Choose the folder"), self._on_choose, icon_name="folder-open"))
        self.now_button = button(_("Back up now"), self.back_up, icon_name="download")
        line.addWidget(self.now_button)
        line.addStretch(1)
        self.box.addLayout(line)
        self.box.addWidget(
            label(_("A backup is encrypted like the vault: your passphrase or the recovery code "
                    "opens it. Keep it on another disk or on a USB key."), "small", wrap=True))
        trial = Flow()
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setPlaceholderText(_("Passphrase"))
        self.secret.setAccessibleName(_("Passphrase, to try a restore"))
        self.secret.setMaximumWidth(scaled(320))
        self.secret.returnPressed.connect(self.attempt)
        trial.add(self.secret, 1)
        self.try_button = button(_("Try a restore"), self.attempt, icon_name="shield-check")
        trial.addWidget(self.try_button)
        trial.addStretch(1)
        self.box.addLayout(trial)
        self.result = label("", "small", wrap=True)
        self.box.addWidget(self.result)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(_("Backup under way"))
        self.progress.hide()
        self.box.addWidget(self.progress)

    def refresh(self) -> None:
        """Say what the vault remembers of backups."""
        plan = self.desk.vault.ask(plan_of)
        self.rhythm.set_value(plan.every_days)
        self.now_button.setEnabled(bool(plan.folder))
        if not plan.folder:
            self.told.setText(
                _("No backup is made yet: choose a folder, on another disk if you can."))
        elif not plan.last:
            self.told.setText(_("In {folder}; none has been made yet.").format(folder=plan.folder))
        else:
            self.told.setText(_("In {folder}; the last one {when}.")
                              .format(folder=plan.folder, when=_words(plan.last)))
        if plan.tried:
            self.result.setText(_("A restore was last tried {when}: every record was there.")
                                .format(when=_words(plan.tried)))

    def _on_rhythm(self) -> None:
        vault = self.desk.vault
        vault.do(keep_plan,
                 msgspec.structs.replace(vault.ask(plan_of), every_days=self.rhythm.value()))
        self.refresh()

    def _on_choose(self) -> None:
        ask_folder(self, _("Choose the folder of the backups"), self.choose)

    def choose(self, path: str) -> None:
        """Back up in this folder from now on, and once at once."""
        vault = self.desk.vault
        vault.do(keep_plan, msgspec.structs.replace(vault.ask(plan_of), folder=path))
        self.refresh()
        self.back_up()

    def back_up(self) -> None:
        """Make one now."""
        vault = self.desk.vault
        self._busy(True)
        self.desk.jobs.run(Lane.VAULT, lambda: make_backup(vault, self.desk.now()), self._on_made,
                           self._on_failed,
                           owner=self)

    def _on_made(self, made: Path) -> None:
        if self.desk.vault.is_open:
            self._busy(False)
            self.refresh()
            self.desk.messages.say(_("Backed up: {name}").format(name=made.name))

    def attempt(self) -> None:
        """Really restore a fresh backup into a scratch vault, and compare."""
        passphrase, vault = self.secret.text(), self.desk.vault
        if not passphrase:
            self.result.setText(
                _("Type your passphrase first: the trial opens the backup as you would."))
            self.secret.setFocus()
            return
        self.secret.clear()
        self._busy(True)
        self.desk.jobs.run(Lane.VAULT, lambda: try_restore(vault, passphrase, self.desk.now()),
                           self._on_tried,
                           self._on_failed, owner=self)

    def _on_tried(self, tried: Tried) -> None:
        if not self.desk.vault.is_open:
            return
        self._busy(False)
        self.refresh()
        if tried.same:
            self.result.setText(
                ngettext("Restored in a scratch place and compared: {count} record, identical.",
                         "Restored in a scratch place and compared: {count} records, all "
                         "identical.",
                         tried.records).format(count=tried.records))
        else:
            self.result.setText(_("The restored records differ from those of the vault. Keep the "
                                  "earlier backups, and speak to whoever looks after Carnet."))

    def _on_failed(self, error: AppError) -> None:
        if self.desk.vault.is_open:
            self._busy(False)
            self.result.setText(str(error))

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.try_button.setEnabled(not busy)
        self.now_button.setEnabled(not busy
                                   and bool(self.desk.vault.is_open
                                            and self.desk.vault.ask(plan_of).folder))


def _words(moment: str) -> str:
    when = datetime.fromisoformat(moment)
    return _("on {day} at {time}").format(day=long_date(when.date(), weekday=False),
                                          time=time_of(when))
