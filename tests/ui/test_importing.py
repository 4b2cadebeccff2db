"""The directory filled from the clipboard and from a file, by window."""

from pathlib import Path

from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.queries.directory import organisations_of, people_of
from desktop.ui.directory.workspace import DirectoryWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from desktop.vault.gestures import LARGEST
from tests.stories.hands import Hands, plain
from tests.ui.collective import fill
from tests.window import settle, shown

LINES = "NOM\tPrénom\tStructure\nBENALI\tFatima\tAilleurs\nNouvelle\tPersonne\tMaison de quartier\n\tsans nom\t\n"


def _directory(window: MainWindow) -> DirectoryWorkspace:
    window.go("directory")
    settle()
    page = window.current
    assert isinstance(page, DirectoryWorkspace)
    return page


def test_lines_pasted_in_the_list_are_shown_then_imported_and_undone(qtbot: QtBot, vault: Vault,
                                                                     home: Home) -> None:
    fill(vault)
    before = len(vault.ask(people_of))
    with shown(home, vault) as window:
        page = _directory(window)
        QGuiApplication.clipboard().setText(LINES)
        page.register.table.setFocus()
        QTest.keyClick(page.register.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        card = page.importing
        qtbot.waitUntil(lambda: card.plan is not None)
        assert [line.state for line in card.plan.lines] == ["homonym", "new", "refused"]  # type: ignore[union-attr]
        assert card.import_button.accessibleName() == "Importer 1 ligne"
        card.homonyms.setChecked(True)
        assert card.import_button.accessibleName() == "Importer 2 lignes"
        QTest.mouseClick(card.import_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "2 personnes ajoutées" in window.messages.text)
        assert len(vault.ask(people_of)) == before + 2
        assert not card.isVisible() and page.stack.isVisible()
        QTest.keyClick(page.register.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert len(vault.ask(people_of)) == before


def test_lines_are_imported_by_the_keys_alone(qtbot: QtBot, vault: Vault, home: Home) -> None:
    """Pasted, counted in words that agree, kept by Ctrl+S; then the list has the keys, not the
    rail."""
    fill(vault)
    with shown(home, vault) as window:
        page = _directory(window)
        QGuiApplication.clipboard().setText(
            "NOM\tPrénom\nAncelin\tRose\nBertaux\tGuy\n\tsans nom")
        page.register.table.setFocus()
        QTest.keyClick(page.register.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        card = page.importing
        qtbot.waitUntil(lambda: card.plan is not None)
        assert card.text.hasFocus()
        assert plain(card.told.text()).startswith("2 nouvelles · 1 écartée.")
        QTest.keyClick(card.text, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: "2 personnes ajoutées" in window.messages.text)
        assert page.register.table.isVisible() and page.register.table.hasFocus()


def test_a_file_that_is_no_table_is_told_and_nothing_is_lost(qtbot: QtBot, vault: Vault, home: Home,
                                                             tmp_path: Path) -> None:
    fill(vault)
    with shown(home, vault) as window:
        page = _directory(window)
        page.begin_import()
        card = page.importing
        wrong = tmp_path / "classeur.xlsx"
        wrong.write_bytes(b"PK\x03\x04")
        card.read_file(str(wrong))
        assert "CSV" in card.told.text() and not card.import_button.isEnabled()
        card.read_file(str(tmp_path / "absent.csv"))
        assert card.told.text()
        right = tmp_path / "liste.csv"
        right.write_bytes("nom;prénom\nDupré;Zoé\n".encode("cp1252"))
        card.read_file(str(right))
        qtbot.waitUntil(lambda: card.plan is not None)
        assert card.import_button.isEnabled()


def test_an_import_too_large_to_undo_offers_no_other_gesture(qtbot: QtBot, vault: Vault,
                                                             home: Home) -> None:
    vault.do(add_record, "organisation", {"name": "Geste précédent"})
    with shown(home, vault) as window:
        page = _directory(window)
        page.begin_import("nom;prénom\n" + "".join(f"Nom{n};P\n" for n in range(LARGEST + 1)))
        card = page.importing
        qtbot.waitUntil(lambda: card.plan is not None, timeout=60_000)
        QTest.mouseClick(card.import_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "personnes ajoutées" in window.messages.text, timeout=60_000)
        settle()
        assert not [b for b in window.messages.findChildren(QPushButton) if b.isVisible()]
        assert [o.name for o in vault.ask(organisations_of)] == ["Geste précédent"]


def test_columns_are_matched_by_hand_and_remembered(qtbot: QtBot, vault: Vault, home: Home) -> None:
    vault.do(add_record, "organisation", {"name": "CCAS"})
    with shown(home, vault) as window:
        page = _directory(window)
        page.begin_import("Nom\tNote\tOù\nDupré\tZoé\tCCAS\n")
        card = page.importing
        qtbot.waitUntil(lambda: card.plan is not None)
        assert [choice.value() for choice in card.choices] == ["family_name", "", ""]
        assert [choice.accessibleName() for choice in card.choices][1:] == [
            "Ce que contient «\u202fNote\u202f»", "Ce que contient «\u202fOù\u202f»"]
        for number, letters, name in ((1, "Prénom", "given_name"),
                                      (2, "Structure", "organisation")):
            Hands(window).choose(plain(card.choices[number].accessibleName()), letters)
            qtbot.waitUntil(lambda at=number, said=name: card.plan is not None
                            and card.plan.columns[at] == said)
        assert [(line.name, line.organisation)
                for line in card.plan.lines] == [("DUPRÉ Zoé", "CCAS")]
        QTest.mouseClick(card.import_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: "1 personne ajoutée" in window.messages.text)
        page.begin_import("Nom\tNote\tOù\nMartin\tLou\tCCAS\n")
        qtbot.waitUntil(lambda: card.plan is not None and card.plan.lines[0].name == "MARTIN Lou")
        assert ([choice.value() for choice in card.choices]
                == ["family_name", "given_name", "organisation"])
        assert "choisies auparavant" in card.told.text()
        assert [p.organisation for p in vault.ask(people_of)] == ["CCAS"]


def test_a_column_is_said_once_the_last_choice_holds(qtbot: QtBot, vault: Vault,
                                                     home: Home) -> None:
    with shown(home, vault) as window:
        page = _directory(window)
        page.begin_import("Nom\tPrénom\tNote\nDupré\tZoé\tLou\n")
        card = page.importing
        qtbot.waitUntil(lambda: card.plan is not None)
        Hands(window).choose("Ce que contient « Note »", "Prénom")
        qtbot.waitUntil(lambda: card.plan is not None
                        and card.plan.columns == ("family_name", "", "given_name"))
        assert card.plan.lines[0].name == "DUPRÉ Lou"


def test_the_sheet_of_a_workbook_is_told_and_chosen(qtbot: QtBot, vault: Vault, home: Home,
                                                    tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "Partenaires"
    for row in (("Nom", "Prénom"), ("Dupré", "Zoé")):
        first.append(row)
    second = book.create_sheet("Élus")
    for row in (("Nom", "Prénom"), ("Martin", "Lou")):
        second.append(row)
    path = tmp_path / "listes.xlsx"
    book.save(path)
    with shown(home, vault) as window:
        page = _directory(window)
        page.begin_import()
        card = page.importing
        card.read_file(str(path))
        qtbot.waitUntil(lambda: card.plan is not None)
        assert card.sheet.isVisible() and card.sheet.currentText() == "Partenaires"
        assert card.plan.lines[0].name == "DUPRÉ Zoé"
        Hands(window).choose("Feuille du classeur", "Élus")
        qtbot.waitUntil(lambda: card.plan is not None and card.plan.lines[0].name == "MARTIN Lou")
        page.begin_import("Nom\tPrénom\nUn\tDeux\n")
        assert not card.sheet.isVisible()


def test_a_long_import_says_how_far_it_is_and_can_be_stopped(qtbot: QtBot, vault: Vault,
                                                             home: Home) -> None:
    with shown(home, vault) as window:
        page = _directory(window)
        text = "nom;prénom\n" + "".join(f"Nom{n};P\n" for n in range(3_000))
        page.begin_import(text)
        card = page.importing
        qtbot.waitUntil(lambda: card.plan is not None, timeout=30_000)
        Hands(window).click("Importer 3000 lignes")
        Hands(window).click("Annuler")
        qtbot.waitUntil(lambda: "L’import est arrêté" in card.told.text(), timeout=30_000)
        assert vault.ask(people_of) == [] and not card.progress.isVisible()
        Hands(window).click("Importer 3000 lignes")
        qtbot.waitUntil(lambda: card.progress.isVisible() and card.progress.maximum() == 6_000,
                        timeout=30_000)
        qtbot.waitUntil(lambda: "3000 personnes ajoutées" in window.messages.text, timeout=60_000)
        assert len(vault.ask(people_of)) == 3_000
