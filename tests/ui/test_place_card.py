"""Where the shared folder is, in the window: what was found is said, and each failure has its next
step, by keyboard too."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import paramiko
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.queries.sync import sync_state
from desktop.sync.stores.storage import Credentials, host_fingerprint
from desktop.sync.trust import state
from desktop.ui.sync.place import NEXTCLOUD, S3, SFTP, WEBDAV, PlaceCard, way_of
from desktop.ui.sync.workspace import SyncWorkspace
from desktop.ui.window.main_window import MainWindow
from tests.stories.hands import plain
from tests.sync.faulty import faulty_server
from tests.sync.laptops import Laptops
from tests.sync.servers import PASSWORD, USER, sftp, wsgidav
from tests.sync.ssh_server import ssh_server
from tests.window import press, settle, shown, type_into


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    with closing(Laptops(tmp_path)) as made:
        yield made


def words(widget: QWidget) -> str:
    return plain("\n".join(made.text() for made in widget.findChildren(QLabel) if made.isVisible()))


def opened(window: MainWindow, way: int) -> PlaceCard:
    window.desk.rounds.pause()
    window.go("sync")
    screen = window.current
    assert isinstance(screen, SyncWorkspace)
    screen.choose_place()
    screen.place_card.show_way(way)
    settle()
    return screen.place_card


def fill(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.clear()
    type_into(field, text)


def tried(qtbot: QtBot, card: PlaceCard) -> None:
    qtbot.waitUntil(lambda: card.try_button.isEnabled() and not card.progress.isVisible(),
                    timeout=20_000)
    settle()


def test_a_nextcloud_is_found_its_folder_made_and_all_of_it_said(qtbot: QtBot,
                                                                 laptops: Laptops) -> None:
    with faulty_server() as server, shown(laptops.founder.home, laptops.founder) as window:
        server.program, server.free = "31.0.4", 12_460_000_000
        for part in ("remote.php", "remote.php/dav", "remote.php/dav/files",
                     "remote.php/dav/files/zoé"):
            server.folders.add(part)
        card = opened(window, NEXTCLOUD)
        assert "« Appareils & sessions »" in words(card)
        fill(card.fields["address"], server.url + "/apps/files/files?dir=/")
        fill(card.fields["folder"], "Carnet")
        fill(card.access.password, "tamaris\n")
        assert "nom d’utilisateur" in card.told.text()
        fill(card.access.user, "zoé\n")
        tried(qtbot, card)
        assert "aucun dossier" in card.told.text() and "URL WebDAV" in card.next_step.text()
        assert laptops.founder.ask(sync_state).store == laptops.url
        card.make_button.setFocus()
        press(card.make_button, Qt.Key.Key_Space)
        tried(qtbot, card)
        assert "Nextcloud 31.0.4 répond" in words(card) and "vide : il est prêt" in words(card)
        assert "Place libre : 12,5 Go" in words(card)
        assert (laptops.founder.ask(sync_state).store
                == server.url + "/remote.php/dav/files/zo%C3%A9/Carnet")
        assert QApplication.focusWidget() is card.seen_button
        press(card.seen_button, Qt.Key.Key_Space)
        assert not card.isVisible()
        settle()
        qtbot.waitUntil(lambda: not window.desk.rounds.course.running, timeout=20_000)
        again = opened(window, NEXTCLOUD)
        assert (again.fields["address"].text().endswith("/Carnet")
                and again.access.user.text() == "zoé")
        assert again.access.password.text() == ""
        again.attempt()
        tried(qtbot, again)
        assert "Le dossier du collectif est là : 1 ordinateur" in words(again)


def test_a_certificate_that_is_not_known_asks_for_its_authority(qtbot: QtBot, laptops: Laptops,
                                                                tmp_path: Path) -> None:
    with wsgidav(tls=True) as server, shown(laptops.founder.home, laptops.founder) as window:
        (tmp_path / "autorité.pem").write_text(server.credentials.authority)
        (tmp_path / "lettre.txt").write_text("Bonjour")
        card = opened(window, WEBDAV)
        assert not card.access.authority.isVisible() and card.access.more_button.isVisible()
        fill(card.fields["address"], server.fresh())
        fill(card.access.user, USER)
        fill(card.access.password, PASSWORD + "\n")
        tried(qtbot, card)
        assert "certificat" in card.told.text() and card.access.authority.isVisible()
        assert QApplication.focusWidget() is card.access.authority.choose_button
        card.access.authority.choose(str(tmp_path / "lettre.txt"))
        assert "n’est pas un certificat" in card.access.authority.said.text()
        card.access.authority.choose(str(tmp_path / "absent.pem"))
        assert "absent.pem" in card.access.authority.said.text() and not card.access.authority.text
        card.access.authority.choose(str(tmp_path / "autorité.pem"))
        assert card.access.authority.said.text() == "autorité.pem"
        card.access.password.setFocus()
        press(card.access.password, Qt.Key.Key_Return)
        tried(qtbot, card)
        assert "il est prêt" in words(card)
        kept = laptops.founder.ask(state.store_credentials,
                                   laptops.founder.ask(sync_state).store or "")
        assert kept.authority.strip() == server.credentials.authority.strip()


def test_the_new_key_of_a_server_is_accepted_knowingly(qtbot: QtBot, laptops: Laptops,
                                                       tmp_path: Path) -> None:
    founder = laptops.founder
    with ssh_server(tmp_path / "server") as server, shown(founder.home, founder) as window:
        card = opened(window, SFTP)
        fill(card.fields["address"], server.url)
        fill(card.access.user, USER)
        fill(card.access.password, PASSWORD + "\n")
        tried(qtbot, card)
        other = card.access.other_key
        assert ("pour la première fois. Ni votre nom" in words(card) and not card.told.isVisible()
                and server.asked_by == [])
        assert (other.isVisible() and other.fingerprint.text().replace("\u200b", "")
                == host_fingerprint(server.shown_key))
        assert QApplication.focusWidget() is other.accept_button
        press(other.accept_button, Qt.Key.Key_Space)
        tried(qtbot, card)
        assert "il est prêt" in words(card)
        card.seen_button.click()
        qtbot.waitUntil(lambda: not window.desk.rounds.course.running, timeout=20_000)
        first, server.host_key = server.shown_key, paramiko.ECDSAKey.generate()
        window.desk.rounds.exchange()
        qtbot.waitUntil(lambda: window.desk.rounds.course.store_problem is not None, timeout=20_000)
        settle()
        screen = window.current
        assert isinstance(screen, SyncWorkspace)
        (compare,) = [one for one in screen.findChildren(QPushButton)
                      if one.accessibleName().startswith("Comparer la")]
        compare.setFocus()
        press(compare, Qt.Key.Key_Space)
        settle()
        assert (other.isVisible() and other.fingerprint.text().replace("\u200b", "")
                == host_fingerprint(server.shown_key))
        assert ("quelqu’un s’est glissé" in words(card)
                and founder.ask(state.store_credentials, server.url).host_key == first)
        assert QApplication.focusWidget() is other.accept_button
        press(other.accept_button, Qt.Key.Key_Space)
        tried(qtbot, card)
        assert ("ordinateur" in words(card)
                and founder.ask(state.store_credentials, server.url).host_key == server.shown_key)
        qtbot.waitUntil(lambda: window.desk.rounds.course.error is None
                        and not window.desk.rounds.course.running, timeout=20_000)


def test_a_private_key_is_given_as_a_file(qtbot: QtBot, laptops: Laptops, tmp_path: Path) -> None:
    with sftp() as server, shown(laptops.founder.home, laptops.founder) as window:
        (tmp_path / "id_ed25519").write_text(server.credentials.private_key)
        card = opened(window, SFTP)
        fill(card.fields["address"], server.fresh())
        fill(card.access.user, server.credentials.user)
        card.access.private_key.choose(str(tmp_path / "id_ed25519"))
        assert card.access.private_key.said.text() == "id_ed25519"
        card.attempt()
        tried(qtbot, card)
        press(card.access.other_key.accept_button, Qt.Key.Key_Space)
        tried(qtbot, card)
        assert "il est prêt" in words(card), card.told.text()
        assert card.access.credentials() == Credentials(server.credentials.user)
        card.seen_button.click()
        settle()
        card = opened(window, SFTP)
        assert (card.access.private_key.said.text() == "Celle qui est gardée"
                and card.access.forgets() == [])
        press(card.access.private_key.leave_button, Qt.Key.Key_Space)
        assert (card.access.private_key.said.text() == ""
                and card.access.forgets() == ["private_key"])
        fill(card.access.password, "faux\n")
        tried(qtbot, card)
        assert "refuse le nom ou le mot de passe" in card.told.text()


def test_an_address_and_a_password_stay_with_the_kind_of_place_they_were_typed_for(
    qtbot: QtBot, laptops: Laptops) -> None:
    with shown(laptops.founder.home, laptops.founder) as window:
        card = opened(window, NEXTCLOUD)
        fill(card.fields["address"], "https://cloud.exemple.org")
        fill(card.fields["folder"], "Carnet")
        fill(card.access.password, "tamaris")
        card.show_way(WEBDAV)
        assert (card.fields["address"].text() == "https://cloud.exemple.org"
                and card.access.password.text() == "tamaris")
        card.show_way(S3)
        assert card.fields["address"].text() == "" and card.access.password.text() == ""
        fill(card.fields["address"], "s3://compartiment")
        card.show_way(NEXTCLOUD)
        assert (card.fields["address"].text(),
                card.fields["folder"].text()) == ("https://cloud.exemple.org", "Carnet")
        card.show_way(S3)
        assert card.fields["address"].text() == "s3://compartiment"


def test_each_way_asks_what_it_needs(qtbot: QtBot, laptops: Laptops) -> None:
    with shown(laptops.founder.home, laptops.founder) as window:
        card = opened(window, S3)
        assert card.access.more_button.isVisible() and not card.access.private_key.isVisible()
        card.show_way(SFTP)
        assert card.access.private_key.isVisible() and not card.access.more_button.isVisible()
        card.show_way(WEBDAV)
        press(card.access.more_button, Qt.Key.Key_Space)
        assert card.access.authority.isVisible() and not card.access.more_button.isVisible()
    assert [way_of(url) for url in ("file:///x", "https://x/remote.php/dav", "https://x/dav",
                                    "s3://x", "sftp://x/y")] == [
                                        0, NEXTCLOUD, WEBDAV, S3, SFTP]
