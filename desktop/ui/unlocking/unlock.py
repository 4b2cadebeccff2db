"""The neutral screen of a locked vault: a passphrase or the recovery code, and nothing that says
whose it is."""

from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QWidget

from desktop.base.errors import AppError
from desktop.base.i18n import N_, _, ngettext
from desktop.ui.jobs.jobs import Jobs
from desktop.ui.jobs.lanes import Lane
from desktop.ui.unlocking.first_page import FirstPage, Keys
from desktop.ui.unlocking.passphrase import PassphraseFields
from desktop.ui.unlocking.throttle import UnlockThrottle
from desktop.ui.widgets.basics import Card, button, label
from desktop.ui.widgets.clipboard import keep_secret
from desktop.ui.widgets.icons import pixmap
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.theme import scaled, tokens

if TYPE_CHECKING:
    from desktop.vault.vault import Vault


class UnlockScreen(FirstPage):
    """Asks for the secret, opens the vault in the background, calls `opened` when it is open.

    `vault` is called in the background too: what it must import shall not hold the screen. `choice`
    and `foot`: which notebook, and the way to one more, where there is a choice.
    """

    def __init__(self, vault: "Callable[[], Vault]", jobs: Jobs, opened: Callable[[], None],
                 throttle: UnlockThrottle | None = None, keyring: bool = False,
                 choice: QWidget | None = None,
                 foot: QWidget | None = None) -> None:
        super().__init__()
        self.vault, self.jobs, self._opened = vault, jobs, opened
        self._by_code = False
        self._choice = choice
        self._aside = [widget for widget in (choice, foot) if widget is not None]
        self._throttle = throttle or UnlockThrottle()
        self._asked = False
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(self._on_waited)
        card = Card(margins=32)
        card.setFixedWidth(scaled(440))
        card.box.setSpacing(10)
        sign = QLabel()
        sign.setPixmap(pixmap("lock", scaled(32), tokens().accent))
        card.box.addWidget(sign)
        self.title = label(_("Carnet is locked"), "title", wrap=True)
        card.box.addWidget(self.title)
        if choice is not None:
            card.box.addWidget(choice)
        self.explain = label("", "muted", wrap=True)
        card.box.addWidget(self.explain)
        card.box.addSpacing(4)
        self.secret = QLineEdit()
        self.secret.setMinimumHeight(scaled(38))
        keep_secret(self.secret)
        card.box.addWidget(self.secret)
        self.error = label("", "bad", wrap=True)
        self.error.hide()
        card.box.addWidget(self.error)
        self.pause = label("", "muted", wrap=True)
        self.pause.hide()
        card.box.addWidget(self.pause)
        self.fields = PassphraseFields(self.set_passphrase)
        self.fields.hide()
        card.box.addWidget(self.fields)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(_("Opening"))
        self.progress.hide()
        card.box.addWidget(self.progress)
        line = Flow()
        self.open_button = button(_("Unlock"), self.unlock, style="primary", icon_name="key-round")
        self.other_button = button(_("Passphrase forgotten?"), self._on_other, style="quiet")
        self.keep_button = button(_("Use this passphrase"), self.set_passphrase, style="primary",
                                  icon_name="check")
        self.keep_button.hide()
        line.addWidget(self.open_button)
        self.keyring_button = button(_("Open with the keyring"), self.unlock_with_keyring,
                                     icon_name="shield-check")
        line.addWidget(self.keep_button)
        line.addStretch(1)
        line.addWidget(self.other_button)
        card.box.addLayout(line)
        card.box.addWidget(self.keyring_button)
        self.lay_out(card, foot, _("What you write here never leaves this computer unencrypted."))
        self.secret.returnPressed.connect(self.unlock)
        self.keyring_button.setVisible(keyring)
        self._show_way()
        self._wait()

    def _show_way(self) -> None:
        if self._by_code:
            self.explain.setText(_("Type the recovery code of your printed sheet."))
            self.secret.setEchoMode(QLineEdit.EchoMode.Normal)
            self.secret.setAccessibleName(_("Recovery code"))
            self.secret.setPlaceholderText(_("Recovery code"))
            self.other_button.setText(_("Use the passphrase"))
        else:
            self.explain.setText(_("Your passphrase opens everything where you left it."))
            self.secret.setEchoMode(QLineEdit.EchoMode.Password)
            self.secret.setAccessibleName(_("Passphrase"))
            self.secret.setPlaceholderText(_("Passphrase"))
            self.other_button.setText(_("Passphrase forgotten?"))
        self.other_button.setAccessibleName(self.other_button.text())

    def keys_here(self) -> Keys:
        if self.fields.isVisibleTo(self):
            return ((N_("Enter"), N_("keep this passphrase and open the notebook")),)
        opens = ((N_("Enter"), N_("in the field: open the notebook")),)
        choose = (((N_("Up, Down"), N_("in the list: another notebook")),)
                  if self._choice is not None else ())
        back = ((N_("Escape"), N_("back to the passphrase")),) if self._by_code else ()
        return (*opens, *choose, *back)

    def step_back(self) -> None:
        if self._by_code and self.other_button.isVisibleTo(self) and self.secret.isEnabled():
            self._on_other()

    def _on_other(self) -> None:
        self._by_code = not self._by_code
        self.secret.clear()
        self.error.hide()
        self._show_way()
        self.renew_keys()
        self.secret.setFocus()

    def turn(self, throttle: UnlockThrottle, keyring: bool) -> None:
        """Another notebook was chosen: its own throttle, its own keyring, and nothing of what was
        typed."""
        self._throttle = throttle
        self._waiting.stop()
        self._asked = self._by_code = False
        self.secret.clear()
        self.error.hide()
        self.pause.hide()
        self.open_button.setEnabled(True)
        self._wait()
        self._show_way()
        self.renew_keys()
        self.keyring_button.setVisible(keyring)

    def unlock(self) -> None:
        """Try what was typed."""
        secret = self.secret.text()
        if not secret or not self.secret.isEnabled():
            return
        if self._waiting.isActive():
            self._asked = True
            return
        by_code = self._by_code
        self._busy(True)

        def opening() -> None:
            vault = self.vault()
            if by_code:
                vault.unlock_with_code(secret)
            else:
                vault.unlock(secret)

        self.jobs.run(Lane.VAULT, opening, lambda _none: self._on_open(), self._on_failed,
                      owner=self)

    def unlock_with_keyring(self) -> None:
        """Open with the key that the system's keyring holds; where it holds none, the passphrase is
        asked."""
        self._by_code = False
        self._show_way()
        self._busy(True)

        def opening() -> None:
            from desktop.vault.keys import keychain

            vault = self.vault()
            key = keychain.recall(vault.home)
            if key is None:
                raise AppError(_("The keyring does not hold the key."), _("Type the passphrase."))
            vault.unlock_with_key(key)

        self.jobs.run(Lane.VAULT, opening, lambda _none: self._on_open(), self._on_refused,
                      owner=self)

    def _busy(self, busy: bool) -> None:
        self.secret.setEnabled(not busy)
        self.open_button.setEnabled(not busy)
        self.keep_button.setEnabled(not busy)
        # The secret under way would otherwise be taken for the other kind; and the focus goes
        # nowhere meanwhile.
        self.other_button.setEnabled(not busy)
        self.keyring_button.setEnabled(not busy)
        for widget in self._aside:
            widget.setEnabled(not busy)
        self.progress.setVisible(busy)
        if busy:
            self.error.hide()

    def _on_open(self) -> None:
        self.secret.clear()
        self._busy(False)
        self._throttle.opened()
        if not self._by_code:
            self._opened()
            return
        self.title.setText(_("Choose a new passphrase"))
        self.explain.setText(_("The recovery code opened the notebook. From now on this passphrase "
                               "opens it; the code stays valid."))
        self.secret.hide()
        self.other_button.hide()
        self.keyring_button.hide()
        self.open_button.hide()
        for widget in self._aside:
            widget.hide()
        self.keep_button.show()
        self.fields.show()
        self.renew_keys()
        self.fields.passphrase.setFocus()

    def set_passphrase(self) -> None:
        """Keep the new passphrase, then open."""
        refusal = self.fields.refusal()
        if refusal is not None:
            words, field = refusal
            self._say(words)
            field.setFocus()
            return
        passphrase = self.fields.passphrase.text()
        self.fields.clear()
        self._busy(True)
        self.jobs.run(Lane.VAULT, lambda: self.vault().set_passphrase(passphrase),
                      lambda _none: self._opened(),
                      self._on_refused, owner=self)

    def _on_failed(self, error: AppError) -> None:
        # Imported here: what opens a vault is loaded once one was tried.
        from desktop.vault.keys.slots import WrongPassphraseError

        self._busy(False)
        if isinstance(error, WrongPassphraseError):
            self._throttle.failed()
        self._say(str(error))
        self._wait()
        self.secret.selectAll()
        self.secret.setFocus()

    def _on_refused(self, error: AppError) -> None:
        """No guess went wrong: there is nothing to wait for."""
        self._busy(False)
        self._say(str(error))
        (self.fields.passphrase if self.fields.isVisible() else self.secret).setFocus()

    def _say(self, words: str) -> None:
        self.error.setText(words)
        self.error.show()

    def _wait(self) -> None:
        """Hold the next try for a while, where too many were wrong; what is typed meanwhile is
        kept."""
        left = self._throttle.left
        if not left:
            return
        pause = ceil(left)
        self.pause.setText(ngettext("Carnet waits {count} second before the next try.",
                                    "Carnet waits {count} seconds before the next try.", pause)
                           .format(count=pause))
        self.pause.show()
        self.open_button.setEnabled(False)
        self._waiting.start(ceil(left * 1000))

    def _on_waited(self) -> None:
        self.open_button.setEnabled(True)
        self.error.hide()
        self.pause.hide()
        if self._asked:
            self._asked = False
            self.unlock()
