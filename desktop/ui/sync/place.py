"""Where the shared folder is: a folder of this computer or a server, tried before it is kept, and
what was found there."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QGridLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from desktop.base.errors import AppError
from desktop.base.i18n import N_, _, ngettext
from desktop.base.sizes import size_in_words
from desktop.queries.sync import sync_state
from desktop.sync.stores.storage import Credentials, StoreError, StoreProblem, path_of, without_user
from desktop.sync.trust.state import root_key, store_credentials
from desktop.tasks.place import PlaceReport, nextcloud_url, nextcloud_user, try_place
from desktop.ui.jobs.lanes import Lane
from desktop.ui.screen.exchange_words import clock_words
from desktop.ui.screen.workspace import Desk
from desktop.ui.sync.server_access import Access
from desktop.ui.widgets.basics import Card, button, empty_layout, label
from desktop.ui.widgets.fields.files import ask_folder
from desktop.ui.widgets.layout.flow import Flow
from desktop.ui.widgets.tab_order import lead_to

FOLDER, NEXTCLOUD, WEBDAV, S3, SFTP = range(5)
WAYS = (N_("Folder or USB key"), "Nextcloud", "WebDAV", "S3", "SFTP")
SCHEMES = ("file", "https", "https", "s3", "sftp")
# Field -> (words, what to expect there), by way.
FIELDS: dict[int, tuple[tuple[str, str, str], ...]] = {
    FOLDER: (("address", N_("Folder"), N_("/media/partage/carnet")),),
    NEXTCLOUD: (("address", N_("Address of the Nextcloud"), "https://cloud.exemple.org"),
                ("folder", N_("Folder in the Nextcloud"), "Carnet")),
    WEBDAV: (("address", N_("Address of the WebDAV folder"), "https://exemple.org/dav/carnet"),),
    S3: (("address", N_("Address of the bucket"),
          "s3://compartiment/carnet?endpoint=https://s3.exemple.org&region=fr"),),
    SFTP: (("address", N_("Address of the SFTP folder"), "sftp://exemple.org/home/carnet"),),
}
# (User, password, what a password looks like), by way.
ASKED = {
    FOLDER: ("", "", ""),
    NEXTCLOUD: (N_("User name"), N_("App password"), "xxxxx-xxxxx-xxxxx-xxxxx-xxxxx"),
    WEBDAV: (N_("User name"), N_("Password"), ""),
    S3: (N_("Access key"), N_("Secret key"), ""),
    SFTP: (N_("User name"), N_("Password, or what opens the private key"), ""),
}
HELP = {
    FOLDER: N_("A folder that the others reach too: a share of the network, a folder that another "
               "program keeps in sync, or a USB key that you carry from one computer to the "
               "other."),
    NEXTCLOUD: N_("The app password is made in Nextcloud: Settings, Security, “Devices & "
                  "sessions”, “Create new app password”. Your own password is then never written "
                  "here. Any address that your browser shows there will do, and so will the "
                  "“WebDAV URL” of the “Files settings”."),
    WEBDAV: N_("The whole address of the folder, as the people who run the server give it."),
    S3: N_("Bucket and folder, with the endpoint of the provider."),
    SFTP: N_("The server shows its key before anything is sent to it: have its fingerprint given "
             "by the people who run it. It is remembered, and another one is refused."),
}
# What to do next, where it is more than the failure itself says.
NEXT = {
    (NEXTCLOUD, StoreProblem.PASSWORD): N_("Nextcloud often wants an app password where yours "
                                      "opens the web page; it is shown once, with the user name "
                                      "that goes with it."),
    (NEXTCLOUD, StoreProblem.ABSENT): N_("If the folder is there, the user name may be another "
                                    "inside Nextcloud: paste the “WebDAV URL” of the “Files "
                                    "settings” as the address."),
    (FOLDER, StoreProblem.OTHERS): N_("A folder of its own inside this one would do."),
}


def way_of(url: str) -> int:
    """Return the kind of place that an address names."""
    scheme = urlsplit(url).scheme
    if scheme in ("https", "http"):
        return NEXTCLOUD if "/remote.php/" in url else WEBDAV
    return {"s3": S3, "sftp": SFTP}.get(scheme, FOLDER)


def found_words(found: PlaceReport) -> list[str]:
    """Return what a try found, a sentence a thing."""
    lines = [_("{program} answers.").format(program=found.program)] if found.program else []
    if found.prepared:
        lines.append(_("The folder was empty: it is ready for the collective."))
    elif found.computers:
        lines.append(ngettext("The folder of the collective is there: {count} computer.",
                              "The folder of the collective is there: {count} computers.",
                              found.computers)
                     .format(count=found.computers))
    else:
        lines.append(_("The folder is there."))
    if found.free is not None:
        lines.append(_("Free space: {size}.").format(size=size_in_words(found.free)))
    if found.ahead is not None:
        words = clock_words(found.ahead)
        lines.append(words[:1].upper() + words[1:] + ".")
    return lines


class PlaceCard(Card):
    """Asks for the place, tries it in the background, keeps it where it answers, and says what it
    found."""

    def __init__(self, desk: Desk, kept: Callable[[], None], left: Callable[[], None]) -> None:
        super().__init__(_("Where the shared folder is"))
        self.desk, self._kept = desk, kept
        self._asking, self._answer = QWidget(), QWidget()
        for part in (self._asking, self._answer):
            part.setObjectName("clear")
            self.box.addWidget(part)
        box = QVBoxLayout(self._asking)
        box.setContentsMargins(0, 0, 0, 0)
        self.ways = QButtonGroup(self)
        row = Flow(4)
        for number, words in enumerate(WAYS):
            segment = button(_(words), style="segment")
            segment.setCheckable(True)
            self.ways.addButton(segment, number)
            row.addWidget(segment)
        row.addStretch(1)
        box.addLayout(row)
        self.help = label("", "muted", wrap=True)
        box.addWidget(self.help)
        inside = QWidget()
        inside.setObjectName("clear")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        self.fields: dict[str, QLineEdit] = {}
        self._labels: dict[str, QLabel] = {}
        for line, name in enumerate(("address", "folder")):
            title, field = label(""), QLineEdit()
            field.returnPressed.connect(self.attempt)
            self._labels[name], self.fields[name] = title, field
            grid.addWidget(title, line, 0)
            grid.addWidget(field, line, 1)
        self.browse = button(_("Browse"), self._on_browse, icon_name="folder-open")
        grid.addWidget(self.browse, 0, 2)
        self.access = Access(grid, 2, self.attempt, beside=True)
        box.addWidget(inside)
        self.told = label("", "bad", wrap=True)
        self.next_step = label("", wrap=True)
        self.make_button = button(_("Make this folder"), self.make_it, icon_name="plus")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(_("Trying the address"))
        for hidden in (self.told, self.next_step, self.progress):
            hidden.hide()
            box.addWidget(hidden)
        last = Flow()
        self.try_button = button(_("Try it and use it"), self.attempt, style="primary",
                                 icon_name="check")
        last.addWidget(self.try_button)
        last.addWidget(self.make_button)
        last.addWidget(button(_("Cancel"), left))
        last.addStretch(1)
        box.addLayout(last)
        self._lines = QVBoxLayout(self._answer)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._left = left
        self._way, self._typed = FOLDER, dict[int, dict[str, str]]()
        self._pressed = False
        self.ways.idToggled.connect(lambda number, on: self._show_way(number) if on else None)
        self.show_way(FOLDER)
        self._answer.hide()

    def begin(self, error: AppError | None = None) -> None:
        """Ask; a place that is known already is shown as it is, without what opens it, and with
        what is wrong with it."""
        self._answer.hide()
        self._asking.show()
        vault = self.desk.vault
        url = vault.ask(sync_state).store
        if url is not None and not self.fields["address"].text():
            self.show_way(way_of(url))
            self.fields["address"].setText(str(path_of(url)) if urlsplit(url).scheme == "file"
                                           else url)
            self.access.show_kept(vault.ask(store_credentials, url))
        self.fields["address"].setFocus()
        if error is not None:
            self._tell(error)

    def show_way(self, number: int) -> None:
        """Choose a kind of place."""
        segment = self.ways.button(number)
        if segment is not None:
            segment.setChecked(True)

    def _show_way(self, number: int) -> None:
        # An address of one kind is none of another.
        self._typed[self._way] = {name: field.text() for name, field in self.fields.items()}
        there = (self._typed.get(number)
                 or (self._typed[self._way] if SCHEMES[number] == SCHEMES[self._way] else {}))
        self._way = number
        self.help.setText(_(HELP[number]))
        wanted = {name: (_(words), _(example) if example else "")
                  for name, words, example in FIELDS[number]}
        for name, field in self.fields.items():
            words, example = wanted.get(name, ("", ""))
            field.setVisible(name in wanted)
            self._labels[name].setVisible(name in wanted)
            self._labels[name].setText(words)
            field.setAccessibleName(words)
            field.setPlaceholderText(example)
            field.setText(there.get(name, ""))
        self.browse.setVisible(number == FOLDER)
        self.access.show_for(SCHEMES[number], *ASKED[number])
        self._quiet()

    def _quiet(self) -> None:
        for hidden in (self.told, self.next_step, self.make_button):
            hidden.hide()

    def _on_browse(self) -> None:
        ask_folder(self, _("Choose the shared folder"), self._on_folder)

    def _on_folder(self, path: str) -> None:
        self.fields["address"].setText(path)
        self.attempt()

    def _address(self) -> tuple[str, Credentials]:
        way, given = self.ways.checkedId(), self.access.credentials()
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
        if way == NEXTCLOUD:
            user = given.user or nextcloud_user(typed["address"])
            self.access.user.setText(user)
            return nextcloud_url(typed["address"], user, typed["folder"]), self.access.credentials()
        return (typed["address"] if "://" in typed["address"]
                else f"{SCHEMES[way]}://{typed['address']}", given)

    def attempt(self) -> None:
        """Try the place; it is kept only where it answers as it should."""
        self._try(make=False)

    def make_it(self) -> None:
        """Make the folder that is not there, then try it."""
        self._try(make=True)

    def _try(self, make: bool) -> None:
        if not self.try_button.isEnabled():
            return
        try:
            url, credentials = self._address()
            # Looked at here too: the address of a store that is known must not be asked for with a
            # password in it.
            without_user(url)
        except AppError as error:
            self._tell(error)
            return
        self._busy(True)
        vault, stopped, forgets = self.desk.vault, self.desk.jobs.stopping.is_set, self.access.forgets()
        self.desk.jobs.run(Lane.EXCHANGE,
                           lambda: try_place(vault, url, credentials, stopped, make=make,
                                             forget=forgets),
                           self._on_found, self._on_failed, owner=self)

    def _busy(self, busy: bool) -> None:
        if busy:
            # A button that falls asleep throws the focus to the other end of the window: it gets it
            # back below.
            self._pressed = self.try_button.hasFocus()
        self.try_button.setEnabled(not busy)
        self.progress.setVisible(busy)
        if busy:
            self._quiet()

    def _on_found(self, found: PlaceReport) -> None:
        if not self.desk.vault.is_open:
            return
        self._busy(False)
        self.access.clear_secrets()
        self._typed.clear()
        for field in self.fields.values():
            field.clear()
        empty_layout(self._lines)
        for words in found_words(found):
            self._lines.addWidget(label(words, wrap=True))
        self._lines.addSpacing(6)
        line = Flow()
        self.seen_button = button(_("All right"), self._left, style="primary", icon_name="check")
        line.addWidget(self.seen_button)
        line.addStretch(1)
        self._lines.addLayout(line)
        self._asking.hide()
        self._answer.show()
        lead_to(self.seen_button, self)
        self.desk.rounds.store_changed()
        self._kept()

    def _on_failed(self, error: AppError) -> None:
        # Locked meanwhile, this card is gone.
        if self.desk.vault.is_open:
            self._busy(False)
            self._tell(error)
            focus = QApplication.focusWidget()
            if self._pressed and (focus is None or not self.isAncestorOf(focus)):
                lead_to(self.try_button, self)

    def _tell(self, error: AppError) -> None:
        self._quiet()
        self.told.setText(str(error))
        # Nothing is wrong with a server that is met for the first time: what there is to do is
        # asked above.
        self.told.setVisible(not (isinstance(error, StoreError) and error.code is StoreProblem.MET))
        if isinstance(error, StoreError):
            way = self.ways.checkedId()
            more = NEXT.get((way, error.code), "")
            self.next_step.setText(_(more) if more else "")
            self.next_step.setVisible(bool(more))
            # Who did not found the collective looks for a folder that is there: a new one would be
            # the wrong one.
            may = self.desk.vault.ask(root_key) is not None
            self.make_button.setVisible(error.code is StoreProblem.ABSENT and way != S3 and may)
        self.access.offer(error)
