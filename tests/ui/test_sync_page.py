"""The page of synchronisation around a server: rounds, refusals that are told, letting a computer
in, quitting."""

import time
from contextlib import closing
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.base.text import fold
from desktop.commands.records import add_record
from desktop.queries.sync import sync_state
from desktop.sync.stores.storage import Credentials, Timeouts
from desktop.tasks import enrol, profiles
from desktop.ui.sync.workspace import SyncWorkspace
from desktop.vault import Cost
from tests.conftest import PASSPHRASE
from tests.sync.faulty import Fault, faulty_server
from tests.sync.laptops import Laptops
from tests.window import shown


def test_the_page_exchanges_with_a_server_and_tells_its_refusal(qtbot: QtBot,
                                                                tmp_path: Path) -> None:
    with (faulty_server() as server,
          closing(Laptops(tmp_path, server.url, Credentials("zoé", "tamaris"))) as laptops):
        vault = laptops.founder
        with shown(vault.home, vault) as window:
            window.go("sync")
            page = window.current
            assert isinstance(page, SyncWorkspace) and page.round_button.isEnabled()
            page.exchange()
            qtbot.waitUntil(lambda: "paquets envoyés" in window.messages.text, timeout=15_000)
            vault.do(add_record, "organisation", {"name": "Retenue"})
            server.fault = lambda _method, _name: Fault(401)
            page.exchange()
            qtbot.waitUntil(lambda: "refuse le nom ou le mot de passe" in window.messages.text,
                            timeout=15_000)
            qtbot.waitUntil(page.round_button.isEnabled, timeout=15_000)
            assert vault.ask(sync_state).to_send == 1
            server.fault = lambda _method, _name: None
            page.exchange()
            qtbot.waitUntil(lambda: vault.ask(sync_state).to_send == 0, timeout=15_000)


def pressed(page: QWidget, text: str) -> None:
    (found,) = [one for one in page.findChildren(QPushButton) if one.accessibleName() == text]
    found.click()


def test_a_computer_is_let_in_through_a_server_and_wrong_words_stay(qtbot: QtBot,
                                                                    tmp_path: Path) -> None:
    who = Credentials("zoé", "tamaris")
    with faulty_server() as server, closing(Laptops(tmp_path, server.url, who)) as laptops:
        vault = laptops.founder
        joiner, _code, words = profiles.join(Home(tmp_path / "second"), PASSPHRASE,
                                             enrol.invite(vault, ["membre"]),
                                             "Jo ANNE", Cost.TEST, who)
        laptops.opened.append(joiner)
        with shown(vault.home, vault) as window:
            window.go("sync")
            page = window.current
            assert isinstance(page, SyncWorkspace)
            pressed(page, "Chercher les demandes")
            qtbot.waitUntil(lambda: len(page.devices.requests) == 1, timeout=15_000)
            (heard,) = [field for field in page.findChildren(QLineEdit)
                        if "ANNE" in field.accessibleName()]
            assert heard.hasFocus(), "what was found is led to"
            heard.setText("un deux trois quatre cinq six")
            pressed(page, "Faire entrer")
            qtbot.waitUntil(lambda: "six mots" in window.messages.text, timeout=15_000)
            assert heard.text() == "un deux trois quatre cinq six"
            heard.setText(fold(words).upper())
            pressed(page, "Faire entrer")
            qtbot.waitUntil(lambda: page.devices.requests == [], timeout=15_000)
        assert laptops.sync(joiner).waiting_for_approval is False


def test_quitting_does_not_wait_for_a_silent_server(qtbot: QtBot, tmp_path: Path) -> None:
    with (faulty_server() as server,
          closing(Laptops(tmp_path, server.url, Credentials("zoé", "tamaris"))) as laptops):
        with shown(laptops.founder.home, laptops.founder) as window:
            window.go("sync")
            page = window.current
            assert isinstance(page, SyncWorkspace)
            before = len(server.asked)
            server.fault = lambda _method, _name: Fault(silent=True)
            page.exchange()
            qtbot.waitUntil(lambda: len(server.asked) > before, timeout=15_000)
            begun = time.monotonic()
        # A call that nobody ends gives up after 30 s by itself: what ended before was ended.
        assert time.monotonic() - begun < Timeouts().answer - 5
