"""Where the shared folder is: a folder of this computer or a server, tried before it is kept."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QLineEdit, QProgressBar, QWidget

from desktop.base.errors import AppError
from desktop.base.i18n import N_, _
from desktop.sync.storage import Credentials, Storage
from desktop.tasks.enrol import open_store
from desktop.ui.widgets.basics import Card, button, label
from desktop.ui.widgets.files import ask_folder
from desktop.ui.widgets.flow import Flow
from desktop.ui.workspace import Desk

FOLDER, NEXTCLOUD, WEBDAV, S3, SFTP = range(5)
WAYS = (N_("Folder or USB key"), "Nextcloud", "WebDAV", "S3", "SFTP")
# Field -> (words, what to expect there), by way.
FIELDS: dict[int, tuple[tuple[str, str, str], ...]] = {
    FOLDER: (("address", N_("Folder"), N_("/media/partage/carnet")),),
    NEXTCLOUD: (("address", N_("Address of the Nextcloud"), "https://cloud.exemple.org"),
                ("folder", N_("Folder in the Nextcloud"), "Carnet"), ("user", N_("User name"), ""),
                ("password", N_("App password"), "xxxxx-xxxxx-xxxxx-xxxxx-xxxxx")),
    WEBDAV: (("address", N_("Address of the WebDAV folder"), "https://exemple.org/dav/carnet"), ("user", N_("User name"), ""),
             ("password", N_("Password"), "")),
    S3: (("address", N_("Address of the bucket"), "s3://compartiment/carnet?endpoint=https://s3.exemple.org&region=fr"),
         ("user", N_("Access key"), ""), ("password", N_("Secret key"), "")),
    SFTP: (("address", N_("Address of the SFTP folder"), "sftp://exemple.org/home/carnet"), ("user", N_("User name"), ""),
           ("password", N_("Password"), "")),
}
HELP = {
    FOLDER: N_("A folder that the others reach too: a share of the network, a folder that another program keeps in sync, "
               "or a USB key that you carry from one computer to the other."),
    NEXTCLOUD: N_("The app password is made in Nextcloud: Settings, Security, Devices & sessions, “Create new app "
                  "password”. Your own password is then never written here."),
    WEBDAV: N_("The whole address of the folder, as the people who run the server give it."),
    S3: N_("Bucket and folder, with the endpoint of the provider."),
    SFTP: N_("The server's key is remembered at the first exchange; another one would be refused."),
}


def nextcloud_url(address: str, user: str, folder: str) -> str:
    """The WebDAV address of a folder of a Nextcloud, from the address that a person reads in the browser.

    A whole WebDAV address is taken as it is. Source: Nextcloud's user manual, "Accessing files using WebDAV".
    """
    whole = address.strip() if "://" in address else f"https://{address.strip()}"
    if "/remote.php/" in whole:
        return whole
    parts = urlsplit(whole)
    base = parts.path.split("/index.php")[0].split("/apps/")[0].rstrip("/")
    inside = "/".join(quote(part, safe="") for part in folder.split("/") if part)
    return f"{parts.scheme}://{parts.netloc}{base}/remote.php/dav/files/{quote(user, safe='')}/{inside}".rstrip("/")


class PlaceCard(Card):
    """Asks for the place, tries it in the background, and keeps it where it answers."""

    def __init__(self, desk: Desk, kept: Callable[[], None], left: Callable[[], None]) -> None:
        super().__init__(_("Where the shared folder is"))
        self.desk, self._kept = desk, kept
        self.ways = QButtonGroup(self)
        row = Flow(4)
        for number, words in enumerate(WAYS):
            segment = button(_(words), style="segment")
            segment.setCheckable(True)
            self.ways.addButton(segment, number)
            row.addWidget(segment)
        row.addStretch(1)
        self.box.addLayout(row)
        self.help = label("", "muted", wrap=True)
        self.box.addWidget(self.help)
        inside = QWidget()
        inside.setObjectName("clear")
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(12)
        self._grid.setColumnStretch(1, 1)
        self.fields: dict[str, QLineEdit] = {}
        self._labels: dict[str, QLabel] = {}
        for line, name in enumerate(("address", "folder", "user", "password")):
            title, field = label(""), QLineEdit()
            field.returnPressed.connect(self.attempt)
            self._labels[name], self.fields[name] = title, field
            self._grid.addWidget(title, line, 0)
            self._grid.addWidget(field, line, 1)
        self.fields["password"].setEchoMode(QLineEdit.EchoMode.Password)
        self.browse = button(_("Browse"), self._on_browse, icon_name="folder-open")
        self._grid.addWidget(self.browse, 0, 2)
        self.box.addWidget(inside)
        self.told = label("", "bad", wrap=True)
        self.told.hide()
        self.box.addWidget(self.told)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(_("Trying the address"))
        self.progress.hide()
        self.box.addWidget(self.progress)
        line_ = Flow()
        self.try_button = button(_("Try it and use it"), self.attempt, style="primary", icon_name="check")
        line_.addWidget(self.try_button)
        line_.addWidget(button(_("Cancel"), left))
        line_.addStretch(1)
        self.box.addLayout(line_)
        self.ways.idToggled.connect(lambda number, on: self._show_way(number) if on else None)
        first = self.ways.button(FOLDER)
        if first is not None:
            first.setChecked(True)

    def show_way(self, number: int) -> None:
        """Choose a kind of place."""
        segment = self.ways.button(number)
        if segment is not None:
            segment.setChecked(True)

    def _show_way(self, number: int) -> None:
        self.help.setText(_(HELP[number]))
        wanted = {name: (_(words), _(example) if example else "") for name, words, example in FIELDS[number]}
        for name, field in self.fields.items():
            words, example = wanted.get(name, ("", ""))
            field.setVisible(name in wanted)
            self._labels[name].setVisible(name in wanted)
            self._labels[name].setText(words)
            field.setAccessibleName(words)
            field.setPlaceholderText(example)
        self.browse.setVisible(number == FOLDER)
        self.told.hide()

    def _on_browse(self) -> None:
        ask_folder(self, _("Choose the shared folder"), self._on_folder)

    def _on_folder(self, path: str) -> None:
        self.fields["address"].setText(path)
        self.attempt()

    def _address(self) -> tuple[str, Credentials]:
        way = self.ways.checkedId()
        typed = {name: field.text().strip() for name, field in self.fields.items()}
        if not typed["address"]:
            raise AppError(_("Give the address first."))
        if way == FOLDER:
            if "://" in typed["address"]:
                return typed["address"], Credentials()
            path = Path(typed["address"]).expanduser()
            if not path.is_absolute():
                raise AppError(_("Give the whole path of the folder, from its beginning."))
            return path.as_uri(), Credentials()
        password = self.fields["password"].text()
        if way == NEXTCLOUD:
            if not typed["user"]:
                raise AppError(_("Give the user name of the Nextcloud."))
            return nextcloud_url(typed["address"], typed["user"], typed["folder"]), Credentials(typed["user"], password)
        scheme = {WEBDAV: "https", S3: "s3", SFTP: "sftp"}[way]
        address = typed["address"] if "://" in typed["address"] else f"{scheme}://{typed['address']}"
        return address, Credentials(typed["user"], password)

    def attempt(self) -> None:
        """Try the place; it is kept only where it answers as it should."""
        if not self.try_button.isEnabled():
            return
        try:
            url, credentials = self._address()
        except AppError as error:
            self._tell(str(error))
            return
        self._busy(True)
        vault, stopped = self.desk.vault, self.desk.jobs.stopping.is_set
        self.desk.jobs.run(lambda: open_store(vault, url, credentials, cancelled=stopped), self._on_open, self._on_failed)

    def _busy(self, busy: bool) -> None:
        self.try_button.setEnabled(not busy)
        self.progress.setVisible(busy)
        if busy:
            self.told.hide()

    def _on_open(self, _storage: Storage) -> None:
        if not self.desk.vault.is_open:
            return
        self._busy(False)
        self.fields["password"].clear()
        self.desk.rounds.store_changed()
        self._kept()

    def _on_failed(self, error: AppError) -> None:
        # Locked meanwhile, this card is gone.
        if self.desk.vault.is_open:
            self._busy(False)
            self._tell(str(error))

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.show()
