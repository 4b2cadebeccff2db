"""What opens the server of a shared folder: a name and a password, a key, an authority; a server's
key, accepted knowingly.

The same fields for the first run and for the screen of synchronisation.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error
from desktop.base.i18n import N_, _
from desktop.sync.stores.given import authority_of, private_key_of
from desktop.sync.stores.storage import Credentials, StoreError, StoreProblem, host_fingerprint
from desktop.ui.widgets.basics import button, label, restyled, reword
from desktop.ui.widgets.fields.files import ask_file

USER, PASSWORD = N_("User name of the shared folder"), N_("Password of the shared folder")
OTHER_KEY = (
    N_("The server shows another key than the one that is known: either the people who run it "
       "changed it, or somebody stands between it and you."),
    N_("Ask them for its fingerprint by telephone. Accept it only when it is this one:"),
    N_("It is the same: accept this key"),
)
MET_KEY = (
    N_("This computer meets this server for the first time. Neither your name nor your password "
       "was sent to it yet."),
    N_("Compare its fingerprint with the one that the people who run it give:"),
    N_("It is the same: go on"),
)


class FileField(QWidget):
    """A text taken from a file that the person chooses: its name is shown, and it can be left out
    again.

    `left_out`: one that is kept from before is to be done without.
    """

    def __init__(self, title: str, read: Callable[[bytes], str]) -> None:
        super().__init__()
        self.text, self.left_out, self._is_kept = "", False, False
        self._title, self._read = title, read
        self.choose_button = button(_("Choose the file…"), self._on_choose, icon_name="folder-open")
        self.choose_button.setAccessibleName(title)
        self.leave_button = button("", self._on_leave, style="quiet", icon_name="x",
                                   tip=_("Do without this file"))
        self.said = label("", "small", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.choose_button)
        row.addWidget(self.said, 1)
        row.addWidget(self.leave_button)
        self.clear()

    def _on_choose(self) -> None:
        ask_file(self, self._title, self.choose)

    def choose(self, path: str) -> None:
        """Take this file, or say why not."""
        try:
            self.text = self._read(Path(path).read_bytes())
        except OSError as error:
            self._refuse(disk_error(error, Path(path)))
        except AppError as error:
            self._refuse(error)
        else:
            self._say(Path(path).name, "small")
            self.leave_button.show()

    def clear(self) -> None:
        """Nothing is given, and nothing is known of."""
        self.text, self.left_out, self._is_kept = "", False, False
        self._say("", "small")
        self.leave_button.hide()

    def keep(self) -> None:
        """Say that one is kept from before: it serves as long as no other is chosen, and it can be
        left out."""
        self.clear()
        self._is_kept = True
        self._say(_("The one that is kept"), "small")
        self.leave_button.show()

    def _on_leave(self) -> None:
        left_out = self._is_kept
        self.clear()
        self.left_out = left_out
        self.choose_button.setFocus()

    def _refuse(self, error: AppError) -> None:
        self.clear()
        self._say(str(error), "bad")

    def _say(self, words: str, style: str) -> None:
        restyled(self.said, style)
        self.said.setText(words)


class OtherKey(QWidget):
    """Shown when an SSH server has another key than the one that is known, or is met for the first
    time."""

    def __init__(self, accepted: Callable[[], None]) -> None:
        super().__init__()
        self._shown = ""
        self.accepted = ""
        self._accepted = accepted
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 4)
        self._words = [label("", wrap=True), label("", wrap=True)]
        for words in self._words:
            box.addWidget(words)
        self.fingerprint = label("", "code", wrap=True)
        self.fingerprint.setAccessibleName(_("Fingerprint of the key that the server shows"))
        box.addWidget(self.fingerprint)
        line = QHBoxLayout()
        self.accept_button = button(_(OTHER_KEY[-1]), self._on_accept, icon_name="key-round")
        line.addWidget(self.accept_button)
        line.addStretch(1)
        box.addLayout(line)
        self.hide()

    def ask(self, host_key: str, *, met: bool) -> None:
        """Show the key of the server and what it would mean to accept it. `met`: for the first
        time."""
        self._shown, self.accepted = host_key, ""
        *words, accept = MET_KEY if met else OTHER_KEY
        for shown, text in zip(self._words, words, strict=True):
            shown.setText(_(text))
        reword(self.accept_button, _(accept))
        whole = host_fingerprint(host_key)
        # It has no space: where the window is narrow it may be broken after each eighth letter.
        self.fingerprint.setText(
            "\u200b".join(whole[start:start + 8] for start in range(0, len(whole), 8)))
        self.fingerprint.setAccessibleDescription(whole)
        self.show()

    def forget(self) -> None:
        """No key is asked about any more."""
        self._shown = self.accepted = ""
        self.hide()

    def _on_accept(self) -> None:
        self.accepted = self._shown
        self.hide()
        self._accepted()


class Access:
    """Puts its rows in a grid from a row on, labels beside the fields or above them; `entered` on
    Enter and on a key accepted."""

    def __init__(self, grid: QGridLayout, row: int, entered: Callable[[], None], *,
                 beside: bool) -> None:
        self._grid, self._row, self._beside = grid, row, beside
        self._scheme, self._opened = "", False
        self.user, self.password = QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for field in (self.user, self.password):
            field.returnPressed.connect(entered)
        self.private_key = FileField(_("Private key (OpenSSH), instead of a password"),
                                     private_key_of)
        self.authority = FileField(_("Certificate of the server's own authority (PEM)"),
                                   authority_of)
        self.more_button = button(_("This server has its own authority…"), self.open_more,
                                  style="quiet",
                                  tip=_("For a server whose certificate the system does not know"))
        self.other_key = OtherKey(entered)
        self._titles: dict[QWidget, QLabel] = {}
        rows: tuple[tuple[QWidget, str], ...] = (
            (self.user, _(USER)), (self.password, _(PASSWORD)),
            (self.private_key, _("Private key")),
            (self.authority, _("Its authority's certificate")))
        for asked, title in rows:
            self._titles[asked] = label(title, "" if beside else "small")
            self._add(asked, self._titles[asked])
        for alone in (self.more_button, self.other_key):
            self._add(alone, None)
        self.show_for("")

    def _add(self, field: QWidget, title: QLabel | None) -> None:
        if title is not None:
            self._grid.addWidget(title, self._row, 0)
            self._row += 0 if self._beside else 1
            self._grid.addWidget(field, self._row, 1 if self._beside else 0)
        else:
            # What stands alone has the room of the labels too.
            line = QHBoxLayout()
            line.addWidget(field)
            if field is self.more_button:
                line.addStretch(1)
            self._grid.addLayout(line, self._row, 0, 1, 2 if self._beside else 1)
        self._row += 1

    def show_for(self, scheme: str, user: str = USER, password: str = PASSWORD,
                 example: str = "") -> None:
        """Ask what a place of this scheme needs, under these words; nothing for a folder."""
        if scheme != self._scheme:
            # What opens one kind of place is not shown to another.
            self.clear_secrets()
        self._scheme = scheme
        for field, words in ((self.user, user), (self.password, password)):
            self._titles[field].setText(_(words))
            field.setAccessibleName(_(words))
        self.password.setPlaceholderText(example)
        asks, web = scheme not in ("", "file"), scheme in ("https", "http", "s3")
        shown: dict[QWidget, bool] = {
            self.user: asks, self.password: asks, self.private_key: scheme == "sftp",
            self.authority: web and (self._opened or bool(self.authority.text))}
        for asked, is_shown in shown.items():
            self._titles[asked].setVisible(is_shown)
            asked.setVisible(is_shown)
        self.more_button.setVisible(web and self.authority.isHidden())

    def open_more(self) -> None:
        """Show what few servers need."""
        self.show_authority()
        self.authority.choose_button.setFocus()

    def show_authority(self) -> None:
        """Ask for the authority too."""
        self._opened = True
        self.authority.show()
        self._titles[self.authority].show()
        self.more_button.hide()

    def credentials(self) -> Credentials:
        """Return what was given; what is left empty may be known already."""
        web = self._scheme in ("https", "http", "s3")
        return Credentials(self.user.text().strip(), self.password.text(),
                           self.private_key.text if self._scheme == "sftp" else "",
                           self.authority.text if web else "", self.other_key.accepted)

    def forgets(self) -> list[str]:
        """Return what is to be done without of the credentials that are held."""
        fields = {"private_key": self.private_key, "authority": self.authority}
        return [name for name, field in fields.items() if field.left_out and not field.text]

    def show_kept(self, held: Credentials) -> None:
        """Say which files are kept from before."""
        self.user.setText(held.user)
        if held.private_key:
            self.private_key.keep()
        if held.authority:
            self.authority.keep()
            self.show_authority()

    def offer(self, error: AppError) -> None:
        """Show the way out that goes with a failure, where it is here."""
        if not isinstance(error, StoreError):
            return
        if error.code is StoreProblem.CERTIFICATE:
            self.open_more()
        elif error.host_key:
            self.other_key.ask(error.host_key, met=error.code is StoreProblem.MET)
            self.other_key.accept_button.setFocus()

    def clear_secrets(self) -> None:
        """Forget what was typed and given."""
        self.password.clear()
        self.private_key.clear()
        self.other_key.forget()
