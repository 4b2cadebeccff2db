"""The screen of synchronisation: a key, the computers, a computer taken out, the kit, what was
refused."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.codes.crockford import bytes_of
from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.models.record import RECORDS
from desktop.queries.records import list_records
from desktop.queries.sync import sync_state
from desktop.sync.trust import alarms as alarms_module
from desktop.sync.trust.alarms import ROLLBACK, WORDS, alarms, raise_alarm
from desktop.sync.trust.fingerprint import fingerprint_of
from desktop.sync.trust.links import own_key
from desktop.tasks import enrol, profiles, shared_folder
from desktop.tasks.kit import kit_dates, make_kit
from desktop.tasks.removal import remove_device
from desktop.ui.first_run import FirstRun
from desktop.ui.sync.workspace import KINDS, SyncWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.stories.hands import plain
from tests.sync.laptops import Laptops
from tests.sync.test_kit import TODAY
from tests.window import settle, shown


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def words(widget: QWidget) -> str:
    settle()  # A label that was just added is shown by a posted event.
    return "\n".join(made.text() for made in widget.findChildren(QLabel) if made.isVisible())


def click(screen: QWidget, text: str) -> None:
    made = next(b for b in screen.findChildren(QPushButton)
                if b.isVisible() and b.text().replace("\u2009", "").strip() == text)
    made.click()
    settle()


def opened(window: MainWindow) -> SyncWorkspace:
    window.go("sync")
    screen = window.current
    assert isinstance(screen, SyncWorkspace)
    settle()
    return screen


def two(laptops: Laptops) -> Vault:
    second = laptops.join("second")
    for vault in (laptops.founder, second, laptops.founder):
        laptops.sync(vault)
    return second


def test_a_colleague_who_has_it_all_is_said_to_have_it_all(qtbot: QtBot, laptops: Laptops) -> None:
    second = two(laptops)
    second.do(add_record, "organisation", {"name": "CCAS"})
    for vault in (second, laptops.founder):
        laptops.sync(vault)
    third = laptops.join("third")
    # That a computer was taken out is told in a package without a record: whoever has read it
    # writes none to say so.
    remove_device(laptops.founder, shared_folder.open_store(laptops.founder, None), own_key(third))
    for vault in (laptops.founder, second, laptops.founder):
        laptops.sync(vault)
    with shown(laptops.founder.home, laptops.founder) as window:
        assert "a reçu tout ce que cet ordinateur a envoyé" in words(opened(window).computers)


def test_a_computer_is_taken_out_after_being_told_what_it_means(qtbot: QtBot,
                                                                laptops: Laptops) -> None:
    two(laptops)
    with shown(laptops.founder.home, laptops.founder) as window:
        screen = opened(window)
        assert "Jo SECOND" in words(screen.computers)
        click(screen.computers, "Retirer…")
        assert "rien n’est effacé à distance" in words(screen.computers)
        click(screen.computers, "Annuler")
        assert "rien n’est effacé à distance" not in words(screen.computers)
        click(screen.computers, "Retirer…")
        click(screen.computers, "Retirer cet ordinateur")
        qtbot.waitUntil(screen.to_do.isVisible, timeout=20_000)
        assert "Changez le mot de passe" in words(screen.to_do)
        settle()
        assert not any(b.isVisible() and b.text() == "Retirer…"
                       for b in screen.computers.findChildren(QPushButton))
        click(screen.to_do, "C’est fait")
        assert not screen.to_do.isVisible()


def test_who_does_not_hold_the_root_key_only_looks(qtbot: QtBot, laptops: Laptops) -> None:
    second = two(laptops)
    with shown(second.home, second) as window:
        screen = opened(window)
        assert "Camille LEROY" in words(screen.computers)
        texts = {b.text().replace("\u2009", "").strip() for b in screen.findChildren(QPushButton)
                 if b.isVisible()}
        assert not texts & {"Retirer…", "Transmettre…", "Faire les trois feuilles"}
        assert "Reprendre la coordination" in texts


def test_the_kit_is_made_saved_tried_and_taken_up(qtbot: QtBot, laptops: Laptops,
                                                  tmp_path: Path) -> None:
    second = two(laptops)
    codes: list[str] = []
    with shown(laptops.founder.home, laptops.founder) as window:
        screen = opened(window)
        assert "Aucune feuille" in words(screen.kit)
        click(screen.kit, "Faire les trois feuilles")
        qtbot.waitUntil(lambda: "Montrées cette seule fois" in words(screen.kit), timeout=20_000)
        codes = [made.text().split("\u2002")[1] for made in screen.kit.findChildren(QLabel)
                 if made.isVisible() and "\u2002" in made.text()]
        assert len(codes) == 3 and all(bytes_of(code, 21) for code in codes)
        screen.kit.save(str(tmp_path / "kit.pdf"))
        assert (tmp_path / "kit.pdf").read_bytes().startswith(b"%PDF")
        click(screen.kit, "Elles sont sur papier")
        assert all(code not in words(screen.kit) for code in codes)
        click(screen.kit, "Essayer deux feuilles")
        for field, code in zip(screen.kit.sheets.fields, (codes[0], codes[2]), strict=True):
            field.setText(code)
        screen.kit.answer()
        qtbot.waitUntil(lambda: laptops.founder.ask(kit_dates)[1] is not None, timeout=20_000)
        settle()
    laptops.sync(second)
    with shown(second.home, second) as window:
        screen = opened(window)
        click(screen.kit, "Reprendre la coordination")
        for field, code in zip(screen.kit.sheets.fields, codes[1:], strict=True):
            field.setText(code)
        screen.kit.answer()
        qtbot.waitUntil(lambda: "coordination" in second.identity.roles, timeout=20_000)
        qtbot.waitUntil(lambda: "Faire les trois feuilles" in
                        {b.text().replace("\u2009", "").strip()
                         for b in screen.kit.findChildren(QPushButton)}, timeout=20_000)
        qtbot.waitUntil(lambda: "restent bonnes" in words(screen.kit), timeout=20_000)
        qtbot.waitUntil(screen.devices.isVisible, timeout=20_000)
    laptops.founder.unlock(PASSPHRASE)
    laptops.sync(laptops.founder)
    with shown(laptops.founder.home, laptops.founder) as window:
        assert not opened(window).devices.isVisible(), "it could only be refused"


def test_a_wrong_sheet_is_told_and_what_was_typed_stays(qtbot: QtBot, laptops: Laptops) -> None:
    codes = make_kit(laptops.founder, shared_folder.open_store(laptops.founder, None), TODAY)
    with shown(laptops.founder.home, laptops.founder) as window:
        screen = opened(window)
        click(screen.kit, "Essayer deux feuilles")
        for field in screen.kit.sheets.fields:
            field.setText(codes[0])
        screen.kit.answer()
        qtbot.waitUntil(window.messages.isVisible, timeout=20_000)
        assert screen.kit.sheets.codes() == (codes[0], codes[0])


def test_a_key_is_used_from_the_window(qtbot: QtBot, laptops: Laptops, tmp_path: Path) -> None:
    second, key = two(laptops), tmp_path / "key"
    key.mkdir()
    (key / "photos de vacances.txt").write_text("x")
    laptops.founder.do(add_record, "organisation", {"name": "Par la clé"})
    for vault in (laptops.founder, second):
        with shown(vault.home, vault) as window:
            window.desk.rounds.pause()
            screen = opened(window)
            finished: list[object] = []
            window.desk.rounds.finished.connect(finished.append)
            screen.carry_by(str(key))
            qtbot.waitUntil(lambda finished=finished: bool(finished), timeout=20_000)
            settle()
    laptops.founder.unlock(PASSPHRASE)
    assert laptops.founder.ask(sync_state).store == laptops.url
    second.unlock(PASSPHRASE)
    assert "Par la clé" in {record["name"] for record in second.ask(list_records, "organisation")}
    assert (key / "Carnet" / "format.json").exists() and (key / "photos de vacances.txt").exists()


def test_what_was_refused_is_explained(qtbot: QtBot, laptops: Laptops) -> None:
    second = two(laptops)
    before = set(laptops.packages())
    laptops.founder.do(add_record, "organisation", {"name": "Coupée"})
    laptops.sync(laptops.founder)
    (package,) = set(laptops.packages()) - before
    package.write_bytes(b"x")
    laptops.sync(second)
    with shown(second.home, second) as window:
        screen = opened(window)
        assert screen.refused_card.isVisible()
        assert "coupé ou abîmé" in words(screen.refused_card)


def test_the_collective_is_brought_back_from_the_first_screen(qtbot: QtBot, laptops: Laptops,
                                                              tmp_path: Path) -> None:
    laptops.founder.do(add_record, "organisation", {"name": "Sauvée"})
    codes = make_kit(laptops.founder, shared_folder.open_store(laptops.founder, None), TODAY)
    laptops.sync(laptops.founder)
    with shown(Home(tmp_path / "new"), None) as window:
        screen = window.root.currentWidget()
        assert isinstance(screen, FirstRun)
        chosen = screen.ways.button(3)
        assert chosen is not None
        chosen.click()
        screen.go_on()
        for field, text in ((screen.rescue.first, codes[1]), (screen.rescue.second, codes[1]),
                            (screen.rescue.address, str(laptops.share)),
                            (screen.person, "Nour BENALI")):
            field.setText(text)
        screen.go_on()
        assert "deux fois" in screen.error.text()
        screen.rescue.second.setText(codes[2].lower())
        screen.go_on()
        screen.secret.passphrase.setText(PASSPHRASE)
        screen.secret.again.setText(PASSPHRASE)
        screen.go_on()
        qtbot.waitUntil(lambda: screen.vault is not None or bool(screen.error.text()),
                        timeout=60_000)
        assert screen.vault is not None, screen.error.text()
        assert "Sauvée" in {record["name"]
                            for record in screen.vault.ask(list_records, "organisation")}
        assert "coordination" in screen.vault.identity.roles and screen.code
        screen.vault.close()


def test_every_kind_that_waits_has_its_word() -> None:
    assert set(RECORDS) <= set(KINDS)


def test_the_folder_is_verified_mended_and_the_six_words_are_read(qtbot: QtBot,
                                                                  laptops: Laptops) -> None:
    second = two(laptops)
    path = laptops.packages()[0]
    whole = path.read_bytes()
    path.write_bytes(whole[:80])
    with shown(laptops.founder.home, laptops.founder) as window:
        card = opened(window).check_card
        assert not card.mend_button.isVisible()
        click(card, "Vérifier")
        qtbot.waitUntil(lambda: card.mend_button.isVisible() and card.check_button.isEnabled(),
                        timeout=20_000)
        assert ("1 problème trouvé" in words(card) and "coupé" in words(card)
                and path.read_bytes() == whole[:80])
        click(card, "Réparer")
        qtbot.waitUntil(lambda: card.check_button.isEnabled() and not card.mend_button.isVisible(),
                        timeout=20_000)
        assert "1 paquet est remis" in words(card) and path.read_bytes() == whole
        click(card, "Les six mots")
        qtbot.waitUntil(card.words.isVisible, timeout=20_000)
        assert card.words.text() == second.ask(fingerprint_of).words
        assert card.words.accessibleDescription() == card.words.text(), "who hears the screen hears the words"
        click(card, "Vérifier")
        card.cancel()
        qtbot.waitUntil(card.check_button.isEnabled, timeout=20_000)
        assert "arrêtée" in words(card)


def test_the_words_of_the_newcomer_stay_until_it_is_let_in(qtbot: QtBot, laptops: Laptops) -> None:
    joiner, _code, said = profiles.join(Home(laptops.folder / "second"), PASSPHRASE,
                                        enrol.invite(laptops.founder, ["membre"]), "Jo ANNE",
                                        Cost.TEST)
    laptops.opened.append(joiner)
    with shown(joiner.home, joiner) as window:
        screen = opened(window)
        assert said in words(
            screen) and not screen.check_card.isVisible(), "there are no other six words to be mistaken for"
        storage = shared_folder.open_store(laptops.founder, None)
        (request,) = enrol.pending_requests(laptops.founder, storage)
        enrol.approve(laptops.founder, storage, request.id, said)
        screen.exchange()
        qtbot.waitUntil(lambda: said not in words(screen) and screen.check_card.isVisible(),
                        timeout=20_000)


def test_an_empty_folder_is_an_alarm_and_is_filled_from_the_window(
        qtbot: QtBot, laptops: Laptops) -> None:
    laptops.sync(laptops.founder)
    shutil.rmtree(laptops.share)
    laptops.share.mkdir()
    with shown(laptops.founder.home, laptops.founder) as window:
        screen = opened(window)
        assert not screen.alarms.isVisible()
        screen.exchange()
        qtbot.waitUntil(lambda: "est-il bien branché" in words(screen.alarms), timeout=20_000)
        assert list(laptops.share.iterdir()) == []
        click(screen, "Remplir ce dossier")
        qtbot.waitUntil(lambda: not screen.alarms.isVisible() and bool(laptops.packages()),
                        timeout=20_000)
    assert (laptops.share / "format.json").exists()


def test_a_spoilt_format_file_is_put_back_from_the_window(qtbot: QtBot, laptops: Laptops) -> None:
    laptops.sync(laptops.founder)
    path = laptops.share / "format.json"
    whole = path.read_bytes()
    path.write_bytes(b"")
    with shown(laptops.founder.home, laptops.founder) as window:
        card = opened(window).check_card
        click(card, "Vérifier")
        qtbot.waitUntil(card.mend_button.isVisible, timeout=20_000)
        assert "format.json" in words(card) and path.read_bytes() == b""
        click(card, "Réparer")
        qtbot.waitUntil(lambda: card.check_button.isEnabled() and not card.mend_button.isVisible(),
                        timeout=20_000)
    assert path.read_bytes() == whole


def test_every_alarm_has_its_words(qtbot: QtBot, laptops: Laptops) -> None:
    every = [value for name, value in vars(alarms_module).items()
             if name.isupper() and isinstance(value, str) and name[0] != "_"]
    assert len(every) >= 7 and set(every) == set(WORDS)
    for kind in every:
        laptops.founder.do(raise_alarm, kind, datetime(2026, 11, 23, 9, 30))
    with shown(laptops.founder.home, laptops.founder) as window:
        told = words(opened(window).alarms)
        assert all(sentence in told for sentence in (
            "Deux ordinateurs ont tenu la coordination", "n’est pas pour celui-ci",
            "fausse liste d’ordinateurs",
            "Carnet plus récent", "est passée à un autre ordinateur"))


@pytest.mark.parametrize("kind", sorted(WORDS))
def test_the_strip_tells_every_alarm(qtbot: QtBot, laptops: Laptops, kind: str) -> None:
    laptops.founder.do(raise_alarm, kind, datetime(2026, 11, 23, 9, 30))
    with shown(laptops.founder.home, laptops.founder) as window:
        assert window.work is not None
        assert (f"à regarder : {_(WORDS[kind].short)}"
                in plain(window.work.trust.words.accessibleName()))


def test_an_alarm_is_shown_until_it_is_seen(qtbot: QtBot, laptops: Laptops) -> None:
    laptops.founder.do(raise_alarm, ROLLBACK, datetime(2026, 11, 23, 9, 30))
    with shown(laptops.founder.home, laptops.founder) as window:
        screen = opened(window)
        assert "montre moins qu’avant" in words(screen.alarms)
        click(screen.alarms, "Vu")
        assert not screen.alarms.isVisible() and laptops.founder.ask(alarms) == []
