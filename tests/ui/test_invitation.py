"""Inviting by the window: a square, a text, a file, a sheet; and joining by what was pasted."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import paramiko
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.reports.page.qr import squares_of
from desktop.sync.stores.storage import Credentials, host_fingerprint
from desktop.tasks import enrol, shared_folder
from desktop.tasks.invitation import as_file, as_text, in_lines
from desktop.ui.first_run import FirstRun
from desktop.ui.sync.workspace import SyncWorkspace
from desktop.ui.widgets.qr import LEAST, QUIET, QrPicture
from desktop.ui.window.main_window import MainWindow
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptops
from tests.sync.servers import PASSWORD, USER, wsgidav
from tests.sync.ssh_server import ssh_server
from tests.window import press, settle, shown, type_into


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    with closing(Laptops(tmp_path)) as made:
        yield made


def joining(window: MainWindow) -> FirstRun:
    page = window.root.currentWidget()
    assert isinstance(page, FirstRun)
    chosen = page.ways.button(1)
    assert chosen is not None
    chosen.click()
    page.go_on()
    return page


def drawn(picture: QrPicture) -> list[list[bool]]:
    """What a camera sees: the middle of each square, without the quiet edge, which must be
    light."""
    image = picture.grab().toImage()
    whole = image.width() // LEAST - 2 * QUIET
    assert image.width() == image.height()
    dark = [[image.pixelColor(round((x + 0.5) * LEAST), round((y + 0.5) * LEAST)).lightness() < 128
             for x in range(whole + 2 * QUIET)] for y in range(whole + 2 * QUIET)]
    edge = [*dark[:QUIET], *dark[-QUIET:], *[row[:QUIET] + row[-QUIET:] for row in dark]]
    assert not any(any(row) for row in edge)
    return [row[QUIET:-QUIET] for row in dark[QUIET:-QUIET]]


def named(page: FirstRun, person: str) -> None:
    type_into(page.person, person)
    page.go_on()
    for field in (page.secret.passphrase, page.secret.again):
        field.setText(PASSPHRASE)
    page.go_on()


def test_an_invitation_is_shown_copied_saved_and_put_away(qtbot: QtBot, laptops: Laptops,
                                                          tmp_path: Path) -> None:
    with shown(laptops.founder.home, laptops.founder) as window:
        window.go("sync")
        screen = window.current
        assert isinstance(screen, SyncWorkspace)
        screen.devices.inviting.setFocus()
        press(screen.devices.inviting, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: screen.devices.panel is not None
                        and screen.devices.panel.isVisible(), timeout=20_000)
        settle()
        panel = screen.devices.panel
        assert panel is not None and panel.picture is not None and panel.picture.accessibleName()
        assert drawn(panel.picture) == squares_of(panel.text)
        assert (as_text(panel.data) == panel.text
                and panel.shown.toPlainText() == in_lines(panel.text))
        assert QApplication.focusWidget() is panel.copy_button
        press(panel.copy_button, Qt.Key.Key_Space)
        assert QGuiApplication.clipboard().text() == in_lines(panel.text)
        panel.save(str(tmp_path / "invitation.carnet"), panel.data)
        panel.save(str(tmp_path / "invitation.pdf"), panel.sheet())
        assert (enrol.read_invitation((tmp_path / "invitation.carnet").read_bytes())["roles"]
                == ["membre"])
        assert (tmp_path / "invitation.pdf").read_bytes().startswith(b"%PDF-")
        (done,) = [one for one in panel.findChildren(QPushButton)
                   if one.accessibleName() == "Elle est remise"]
        done.setFocus()
        press(done, Qt.Key.Key_Space)
        settle()
        assert screen.devices.panel is None and screen.devices.inviting.isEnabled()
        text = QGuiApplication.clipboard().text()
        window.lock()
        settle()
        assert QGuiApplication.clipboard().text() != text, "the lock takes it back"


def test_who_pastes_the_message_joins(qtbot: QtBot, laptops: Laptops, tmp_path: Path) -> None:
    text = as_text(enrol.invite(laptops.founder, ["membre"]))
    with shown(Home(tmp_path / "venu"), None) as window:
        page = joining(window)
        field = page.invitation.pasted
        type_into(page.person, "Lou MARTIN")
        page.go_on()
        assert "collez son texte" in page.error.text() and page.invitation.file_button.hasFocus()
        QGuiApplication.clipboard().setText("> " + in_lines(text)[:-30])
        field.setFocus()
        field.paste()
        press(field, Qt.Key.Key_Return)
        assert "coupée" in page.error.text() and field.hasFocus() and page.pages.currentIndex() == 1
        QGuiApplication.clipboard().setText("Bonjour Lou,\n> "
                                            + in_lines(text).replace("\n", "\n> ") + "\nCamille")
        field.selectAll()
        field.paste()
        assert page.invitation.data == as_file(text.encode()) and not page.error.text()
        assert "complète" in page.invitation.said.text()
        page.person.clear()
        named(page, "Lou MARTIN")
        qtbot.waitUntil(lambda: page.vault is not None or bool(page.error.text()), timeout=60_000)
        assert page.vault is not None, page.error.text()
        page.vault.close()
    (request,) = enrol.pending_requests(laptops.founder,
                                        shared_folder.open_store(laptops.founder, None))
    assert request.name == "Lou MARTIN"


def test_what_is_typed_afterwards_undoes_what_was_good(qtbot: QtBot, laptops: Laptops,
                                                       tmp_path: Path) -> None:
    text = as_text(enrol.invite(laptops.founder, ["membre"]))
    with shown(Home(tmp_path / "venu"), None) as window:
        page = joining(window)
        page.invitation.pasted.setFocus()
        type_into(page.invitation.pasted, text)
        assert page.invitation.data is not None
        press(page.invitation.pasted, Qt.Key.Key_Backspace)
        assert page.invitation.data is None and not page.invitation.said.isVisible()


def test_an_authority_that_the_invitation_lacks_is_given_by_who_joins(qtbot: QtBot,
                                                                      tmp_path: Path) -> None:
    with (wsgidav(tls=True) as server,
          closing(Laptops(tmp_path, server.fresh(), server.credentials)) as laptops):
        (tmp_path / "autorité.pem").write_text(server.credentials.authority)
        invitation = json.loads(enrol.invite(laptops.founder, ["membre"]))
        invitation["server"]["authority"] = ""
        with shown(Home(tmp_path / "venu"), None) as window:
            page = joining(window)
            (tmp_path / "invitation").write_text(json.dumps(invitation))
            page.invitation.choose(str(tmp_path / "invitation"))
            type_into(page.access.user, USER)
            type_into(page.access.password, PASSWORD)
            named(page, "Lou MARTIN")
            qtbot.waitUntil(lambda: bool(page.error.text()), timeout=60_000)
            assert "certificat" in page.error.text() and page.access.authority.isVisible()
            page.access.authority.choose(str(tmp_path / "autorité.pem"))
            page.go_on()
            page.go_on()
            qtbot.waitUntil(lambda: page.pages.currentIndex() == 3, timeout=60_000)
            assert page.vault is not None
            page.vault.close()


def test_a_server_with_another_key_than_the_invitation_says_is_accepted_knowingly(
    qtbot: QtBot, tmp_path: Path) -> None:
    who = Credentials(USER, PASSWORD)
    with (ssh_server(tmp_path / "server") as server,
          closing(Laptops(tmp_path, server.url, who)) as laptops):
        text = as_text(enrol.invite(laptops.founder, ["membre"]))
        server.host_key = paramiko.ECDSAKey.generate()
        with shown(Home(tmp_path / "venu"), None) as window:
            page = joining(window)
            page.invitation.pasted.setFocus()
            type_into(page.invitation.pasted, text)
            assert page.access.private_key.isVisible()
            type_into(page.access.user, USER)
            type_into(page.access.password, PASSWORD)
            named(page, "Lou MARTIN")
            qtbot.waitUntil(lambda: bool(page.error.text()), timeout=60_000)
            other = page.access.other_key
            assert (other.isVisible() and other.fingerprint.text().replace("\u200b", "")
                    == host_fingerprint(server.shown_key))
            assert other.accept_button.hasFocus()
            press(other.accept_button, Qt.Key.Key_Space)
            page.go_on()
            qtbot.waitUntil(lambda: page.pages.currentIndex() == 3, timeout=60_000)
            assert page.vault is not None
            page.vault.close()
