"""The settings' card of what opens the notebook: another passphrase, a new recovery code."""

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QProgressBar

from desktop.base.errors import AppError
from desktop.base.i18n import _, ngettext
from desktop.commands.journal import append
from desktop.ui.jobs.lanes import Lane
from desktop.ui.screen.workspace import Desk
from desktop.ui.unlocking.passphrase import PassphraseFields
from desktop.ui.unlocking.recovery import RecoveryFields
from desktop.ui.widgets.basics import Card, button, label
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.layout.wrapped import WrappedCheckBox
from desktop.ui.widgets.theme import scaled


class SecretsCard(Card):
    """Both ask for the passphrase of today first: an open notebook left alone gives nobody a way
    back in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Passphrase and recovery code"))
        self.desk = desk
        line = Flow()
        self.current = QLineEdit()
        self.current.setEchoMode(QLineEdit.EchoMode.Password)
        self.current.setPlaceholderText(_("Passphrase of today"))
        self.current.setAccessibleName(_("Passphrase of today"))
        self.current.setMaximumWidth(scaled(320))
        line.add(self.current, 1)
        self.change_button = button(_("Change the passphrase"), self._on_change,
                                    icon_name="key-round")
        self.renew_button = button(_("Make a new recovery code"), self.renew,
                                   icon_name="shield-check")
        line.addWidget(self.change_button)
        line.addWidget(self.renew_button)
        line.addStretch(1)
        self.box.addLayout(line)
        self.told = label("", "small", wrap=True)
        self.box.addWidget(self.told)
        self.fields = PassphraseFields(self.change)
        self.fields.hide()
        self.box.addWidget(self.fields)
        self.recovery = RecoveryFields(
            self.prove, lambda what: desk.vault.do(append, what, "recovery sheet"), desk.today)
        self.recovery.hide()
        self.box.addWidget(self.recovery)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(_("Changing what opens the notebook"))
        self.progress.hide()
        self.box.addWidget(self.progress)
        last = Flow()
        self.save_button = button(_("Use this passphrase"), self.change, style="primary")
        self.proved_button = button(_("It is on paper"), self.prove, style="primary")
        for made in (self.save_button, self.proved_button):
            made.hide()
            last.addWidget(made)
        last.addStretch(1)
        self.box.addLayout(last)
        self.keyring = WrappedCheckBox(
            _("Remember the key in the keyring of this computer's account"))
        self.keyring.setChecked(desk.settings.keyring)
        self.keyring.toggled.connect(self._on_keyring)
        self.box.addWidget(self.keyring)
        self.box.addWidget(
            label(_("Whoever opens your session can then open the notebook. The passphrase still "
                    "works."), "small",
                  wrap=True))

    def _given(self) -> str:
        if not self.current.text():
            self.told.setText(_("Type the passphrase of today first."))
            self.current.setFocus()
        return self.current.text()

    def _on_change(self) -> None:
        if self._given():
            self.told.setText("")
            self.fields.show()
            self.save_button.show()
            self.fields.passphrase.setFocus()

    def change(self) -> None:
        """Keep the new passphrase."""
        refusal = self.fields.refusal()
        if refusal is not None:
            self.told.setText(refusal[0])
            refusal[1].setFocus()
            return
        old, new, vault = self.current.text(), self.fields.passphrase.text(), self.desk.vault
        self._busy(True)
        self.desk.jobs.run(Lane.EXCHANGE, lambda: vault.change_passphrase(old, new),
                           self._on_changed,
                           self._on_failed, owner=self)

    def _on_changed(self, copies: int) -> None:
        if not self.desk.vault.is_open:
            return
        self._busy(False)
        self._rest()
        words = _("The new passphrase opens the notebook. Earlier backups still open with the old "
                  "one.")
        if copies:
            words += " " + ngettext("{count} copy set aside on this computer was removed.",
                                    "{count} copies set aside on this computer were removed.",
                                    copies).format(count=copies)
        self.told.setText(words)

    def _on_keyring(self, wanted: bool) -> None:
        vault, home = self.desk.vault, self.desk.home
        self.keyring.setEnabled(False)

        def work() -> None:
            # Only now: few keep the key there, and the keyring's imports weigh on every screen.
            from desktop.vault.keys import keychain

            if wanted:
                keychain.remember(home, vault.data_key)
            else:
                keychain.forget(home)

        self.desk.jobs.run(Lane.POOL, work, lambda _none: self._on_kept(wanted),
                           lambda error: self._on_keyring_refused(error, wanted), owner=self)

    def _on_kept(self, wanted: bool) -> None:
        if self.desk.vault.is_open:
            self.desk.restyle(replace(self.desk.settings, keyring=wanted))
            self.desk.messages.say(_("The keyring holds the key.") if wanted
                                   else _("The keyring holds nothing of Carnet."))

    def _on_keyring_refused(self, error: AppError, wanted: bool) -> None:
        if self.desk.vault.is_open and not wanted:
            # It is not used any more, whatever a keyring that does not answer may still hold.
            self.desk.restyle(replace(self.desk.settings, keyring=False))
            self.desk.messages.error(error)
        elif self.desk.vault.is_open:
            self.keyring.blockSignals(True)
            self.keyring.setChecked(not wanted)
            self.keyring.blockSignals(False)
            self.keyring.setEnabled(True)
            self.told.setText(str(error))

    def renew(self) -> None:
        """Offer a new code. The old one holds until the new one is proved to be on paper: a lock in
        between loses neither."""
        passphrase, vault = self._given(), self.desk.vault
        if not passphrase:
            return
        self._busy(True)
        self.desk.jobs.run(Lane.EXCHANGE, lambda: vault.offer_recovery_code(passphrase),
                           self._on_offered,
                           self._on_failed, owner=self)

    def _on_offered(self, code: str) -> None:
        if not self.desk.vault.is_open:
            return
        self._busy(False)
        self.current.setEnabled(False)
        self.told.setText(_("This code opens nothing yet. Print it, then type back the two parts "
                            "asked: from then on the old one opens nothing."))
        self.recovery.show_code(code)
        self.recovery.show()
        self.proved_button.show()
        self.recovery.proofs[0].setFocus()

    def prove(self) -> None:
        """Put the code that is on paper in force, with a new key of the vault, so that the old
        paper opens nothing."""
        refusal = self.recovery.refusal()
        if refusal is not None:
            self.told.setText(refusal[0])
            refusal[1].setFocus()
            return
        passphrase, code, vault = self.current.text(), self.recovery.code, self.desk.vault
        remembered, home = self.desk.settings.keyring, self.desk.home

        def work() -> str:
            vault.renew_recovery_code(passphrase, code)
            if remembered:
                from desktop.vault.keys import keychain

                # The vault has another key now: the copy would be stale.
                try:
                    keychain.remember(home, vault.data_key)
                except AppError as error:
                    return str(error)
            return ""

        self._busy(True)
        self.desk.jobs.run(Lane.EXCHANGE, work, self._on_renewed, self._on_failed, owner=self)

    def _on_renewed(self, trouble: str) -> None:
        self._busy(False)
        self.recovery.show_code("")
        self._rest()
        self.told.setText(
            " ".join(filter(None, [_("The new recovery code is in force."), trouble])))

    def _rest(self) -> None:
        self.current.clear()
        self.current.setEnabled(True)
        self.fields.clear()
        for shown in (self.fields, self.recovery, self.save_button, self.proved_button):
            shown.hide()

    def _busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        for made in (self.change_button, self.renew_button, self.save_button, self.proved_button):
            made.setEnabled(not busy)

    def _on_failed(self, error: AppError) -> None:
        if self.desk.vault.is_open:
            self._busy(False)
            self.told.setText(str(error))
