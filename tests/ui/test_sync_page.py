"""The page of synchronisation around a server: a round, a refusal that is told, another round."""

from contextlib import closing
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.commands.records import add_record
from desktop.queries.sync import sync_state
from desktop.sync.storage import Credentials
from desktop.ui.sync import SyncWorkspace
from tests.sync.faulty import Fault, faulty_server
from tests.sync.laptops import Laptops
from tests.window import shown


def test_the_page_exchanges_with_a_server_and_tells_its_refusal(qtbot: QtBot, tmp_path: Path) -> None:
    with faulty_server() as server, closing(Laptops(tmp_path, server.url, Credentials("zoé", "tamaris"))) as laptops:
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
            qtbot.waitUntil(lambda: "refuse le nom ou le mot de passe" in window.messages.text, timeout=15_000)
            qtbot.waitUntil(page.round_button.isEnabled, timeout=15_000)
            assert vault.ask(sync_state).to_send == 1
            server.fault = lambda _method, _name: None
            page.exchange()
            qtbot.waitUntil(lambda: vault.ask(sync_state).to_send == 0, timeout=15_000)
