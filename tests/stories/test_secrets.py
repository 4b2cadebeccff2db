"""A forgotten passphrase, a changed one, a new recovery code, by window; the meter's honesty; the
sheet's words."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.reports.recovery_sheet import RecoverySheet, draw
from desktop.ui.first_run import FirstRun
from desktop.ui.settings.workspace import SettingsWorkspace
from desktop.ui.unlocking.unlock import UnlockScreen
from desktop.vault import Cost, Vault
from desktop.vault.keys.slots import WrongPassphraseError
from desktop.vault.keys.strength import strength_of
from tests.conftest import PASSPHRASE
from tests.reports import papers
from tests.sync.faulty import Fault, faulty_server
from tests.window import press, settle, shown, type_into

NEW = "lampe rouge du couloir"


def test_a_forgotten_passphrase_is_replaced_with_the_code(qtbot: QtBot, home: Home) -> None:
    vault, code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    vault.close()
    with shown(home, None) as window:
        page = window.root.currentWidget()
        assert isinstance(page, UnlockScreen)
        page.other_button.click()
        type_into(page.secret, code + "\n")
        qtbot.waitUntil(page.fields.isVisible, timeout=30_000)
        type_into(page.fields.passphrase, NEW)
        type_into(page.fields.again, "autre chose\n")
        assert page.error.isVisible()
        page.fields.again.clear()
        type_into(page.fields.again, NEW + "\n")
        qtbot.waitUntil(lambda: window.current is not None, timeout=30_000)
        window.lock()
        settle()
    again = Vault(home)
    with pytest.raises(WrongPassphraseError):
        again.unlock(PASSPHRASE)
    again.unlock(NEW)
    again.close()
    again.unlock_with_code(code)
    again.close()


def test_the_settings_change_the_passphrase_and_the_code(qtbot: QtBot, home: Home,
                                                         tmp_path: Path) -> None:
    vault, code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    with shown(home, vault) as window:
        window.go("settings")
        settle()
        page = window.current
        assert isinstance(page, SettingsWorkspace)
        card = page.secrets
        card.change_button.click()
        assert "actuelle" in card.told.text()
        type_into(card.current, "une fausse phrase")
        card.change_button.click()
        type_into(card.fields.passphrase, NEW)
        type_into(card.fields.again, NEW + "\n")
        qtbot.waitUntil(lambda: card.change_button.isEnabled() and bool(card.told.text()),
                        timeout=30_000)
        assert "vigueur" not in card.told.text()
        card.current.clear()
        type_into(card.current, PASSPHRASE)
        press(card.fields.again, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "nouvelle phrase" in card.told.text(), timeout=30_000)
        type_into(card.current, NEW)
        card.renew_button.click()
        qtbot.waitUntil(card.recovery.isVisible, timeout=30_000)
        window.lock()
        vault.unlock_with_code(code)
        window.show_right_page()
        settle()
        page = window.current
        assert isinstance(page, SettingsWorkspace)
        card = page.secrets
        type_into(card.current, NEW)
        card.renew_button.click()
        qtbot.waitUntil(card.recovery.isVisible, timeout=30_000)
        fresh = card.recovery.code
        assert fresh != code
        card.recovery.save(str(tmp_path / "feuille.pdf"))
        for at, field in zip(card.recovery.asked, card.recovery.proofs, strict=True):
            type_into(field, card.recovery.parts()[at])
        card.prove()
        qtbot.waitUntil(lambda: "en vigueur" in card.told.text() and not card.recovery.isVisible(),
                        timeout=30_000)
    with pytest.raises(AppError):
        vault.unlock_with_code(code)
    vault.unlock_with_code(fresh)
    vault.close()
    vault.unlock(NEW)
    vault.close()


def test_the_sheet_says_the_code_and_nobodys_name(tmp_path: Path) -> None:
    _vault, code = Vault.create(Home(tmp_path / "p"), PASSPHRASE, cost=Cost.TEST)
    _vault.close()
    text = papers.text_of(papers.written(tmp_path, draw(RecoverySheet(code, date(2026, 11, 23)))))
    assert "Feuille de secours" in text
    for part in code.replace("-", " ").split():
        assert part in text


@pytest.mark.parametrize(("passphrase", "level"), (
    ("motdepasse", 0), ("azertyuiop", 0), ("aaaaaaaaaaaaaaaaaa", 0), ("Camille Leroy", 0),
    ("cerisier bleu", 1),
    ("cerisier bleu du jardin", 3), ("lampe rouge couloir", 2), ("x7$Kp2!qZw9&", 2),
    ("extraordinaire", 0), ("chocolatvanille", 0), ("qsdfghjklm", 0), ("Extraordin@ire1", 0),
    ("reglementaires", 0),
    ("cerisierbleudujardin", 2),
))
def test_the_meter_is_honest(passphrase: str, level: int) -> None:
    assert strength_of(passphrase, ["Camille LEROY", "Maubeuge-Val de Sambre"]).level == level


def test_joining_by_window_asks_for_the_password_of_the_server(qtbot: QtBot,
                                                               tmp_path: Path) -> None:
    from contextlib import closing

    from desktop.sync.stores.storage import Credentials
    from desktop.tasks import enrol
    from tests.sync.laptops import Laptops

    with (faulty_server() as server,
          closing(Laptops(tmp_path, server.url, Credentials("zoé", "tamaris"))) as laptops):
        file = tmp_path / "invitation.carnet"
        file.write_bytes(enrol.invite(laptops.founder, ["membre"]))
        server.fault = lambda _method, _name: Fault(401)
        with shown(Home(tmp_path / "venu"), None) as window:
            page = window.root.currentWidget()
            assert isinstance(page, FirstRun)
            chosen = page.ways.button(1)
            assert chosen is not None
            chosen.click()
            page.go_on()
            assert not page.access.user.isVisible()
            page.invitation.choose(str(tmp_path / "absent"))
            assert page.error.text()
            page.invitation.choose(str(file))
            assert page.access.user.isVisible() and page.access.password.isVisible()
            type_into(page.access.user, "zoé")
            type_into(page.access.password, "tamaris")
            type_into(page.person, "Lou MARTIN")
            page.go_on()
            type_into(page.secret.passphrase, PASSPHRASE)
            type_into(page.secret.again, PASSPHRASE + "\n")
            qtbot.waitUntil(lambda: "mot de passe" in page.error.text(), timeout=30_000)
            assert page.pages.currentIndex() == 1 and page.access.password.hasFocus(), "where it is put right"
            server.fault = lambda _method, _name: None
            page.go_on()
            assert page.secret.passphrase.text() == PASSPHRASE, "not to be typed again"
            page.go_on()
            qtbot.waitUntil(lambda: page.pages.currentIndex() == 3, timeout=30_000)
            assert page.vault is not None
            page.vault.close()
