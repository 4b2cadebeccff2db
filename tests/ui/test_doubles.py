"""In the directory, one person who stands twice is told, made one, taken back by Ctrl+Z, and found
by either name."""


import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.queries.directory import listed_people, organisations_of, people_of
from desktop.queries.person_aliases import alias_map
from desktop.ui.directory.doubles import DoublesPanel
from desktop.ui.directory.workspace import DirectoryWorkspace
from desktop.ui.widgets.fields.choices import ChoiceField
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.ui.test_sync_screen import click, words
from tests.window import settle, shown


def panel(window: MainWindow) -> QWidget:
    current = window.current
    assert isinstance(current, DirectoryWorkspace)
    settle()
    return next(found for found in current.findChildren(DoublesPanel) if found.isVisible())


@pytest.fixture
def benali(vault: Vault) -> Vault:
    for function in ("médiatrice", "médiatrice sociale"):
        vault.do(add_record, "person",
                 {"given_name": "Fatima", "family_name": "Benali", "function": function})
    return vault


def test_two_entries_become_one_and_two_again(benali: Vault, home: Home) -> None:
    one, other = (row.id for row in benali.ask(listed_people) if row.double)
    with shown(home, benali) as window:
        window.go("directory", one)
        assert "Peut-être la même personne" in words(panel(window))
        click(panel(window), "Comparer")
        # Nothing is joined before one has seen what would be.
        assert {row.id for row in window.vault.ask(listed_people) if row.double} == {one, other}
        assert ("Ce qui serait réuni" in words(panel(window))
                and "médiatrice sociale" in words(panel(window)))
        click(panel(window), "C’est la même personne")
        assert [row.id for row in window.vault.ask(listed_people)
                if row.family_name == "Benali"] == [one]
        assert "Aussi dans l’annuaire" in words(panel(window))
        # Whatever still names the other entry opens the one who stands for it.
        window.go("directory", other)
        current = window.current
        assert isinstance(current, DirectoryWorkspace) and current.register.place() == one
        click(panel(window), "Ce sont deux personnes")
        assert {row.id for row in window.vault.ask(listed_people) if row.double} == {one, other}
        click(panel(window), "Comparer")
        click(panel(window), "C’est la même personne")
        assert window.work is not None
        window.work.undo()
        settle()
        assert {row.id for row in window.vault.ask(listed_people) if row.double} == {one, other}
        assert any("doublon possible" in text for text in _cells(current))


def test_escape_leaves_the_comparison_and_joins_nothing(benali: Vault, home: Home) -> None:
    one, other = (row.id for row in benali.ask(listed_people) if row.double)
    with shown(home, benali) as window:
        window.go("directory", one)
        click(panel(window), "Comparer")
        focus = QApplication.focusWidget()
        assert focus is not None and focus.accessibleName() == "Ce qui serait réuni"
        QTest.keyClick(focus, Qt.Key.Key_Escape)
        settle()
        assert "Ce qui serait réuni" not in words(panel(window))
        assert {row.id for row in window.vault.ask(listed_people) if row.double} == {one, other}


def test_two_names_that_do_not_look_alike_are_joined_by_hand(vault: Vault, home: Home) -> None:
    kept = vault.do(add_record, "person", {"given_name": "Fatima", "family_name": "Benali"})
    other = vault.do(add_record, "person",
                     {"given_name": "Fatima", "family_name": "Cherif", "email": "f@exemple.test"})
    with shown(home, vault) as window:
        window.go("directory", kept)
        click(panel(window), "Réunir avec…")
        choice = panel(window).findChild(ChoiceField)
        assert choice is not None and choice.hasFocus()
        choice.setCurrentIndex(choice.findData(str(other)))
        choice.activated.emit(choice.currentIndex())
        settle()
        assert ("CHERIF" in words(panel(window)).upper()
                and "→ f@exemple.test" in words(panel(window)).replace("\u200b", ""))
        click(panel(window), "C’est la même personne")
        assert vault.ask(alias_map) == {other: kept}


def test_an_organisation_under_two_names_becomes_one_and_two_again(vault: Vault,
                                                                   home: Home) -> None:
    one = vault.do(add_record, "organisation", {"name": "CCAS de Maubeuge", "college": "commune"})
    other = vault.do(add_record, "organisation",
                     {"name": "CCAS Maubeuge", "territory": "Maubeuge", "college": "association"})
    person = vault.do(add_record, "person",
                      {"given_name": "Jo", "family_name": "Martin", "organisation_id": str(other)})
    with shown(home, vault) as window:
        window.go("directory", one)
        assert "Peut-être la même structure" in words(panel(window))
        click(panel(window), "Comparer")
        said = words(panel(window))
        assert "Collège (type d’acteur) ≠" in said and "→ Maubeuge" in said and "Personne" in said
        click(panel(window), "C’est la même structure")
        assert [row.id for row in vault.ask(organisations_of)] == [one]
        assert [row.id for row in vault.ask(people_of, one)] == [person]
        window.go("directory", other)
        current = window.current
        assert isinstance(current, DirectoryWorkspace) and current.register.place() == one
        click(panel(window), "Ce sont deux structures")
        assert {row.id for row in vault.ask(organisations_of)} == {one, other}


def _cells(screen: DirectoryWorkspace) -> list[str]:
    table = screen.register.table.rows
    return [str(table.data(table.index(row, column))) for row in range(table.rowCount())
            for column in range(table.columnCount())]
