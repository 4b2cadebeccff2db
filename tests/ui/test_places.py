"""The screen of the territory by the keyboard: a neighbourhood added, renamed, ended, a list pasted
and undone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.queries.places import neighbourhoods_of, terms_in
from desktop.ui.places.workspace import PlacesWorkspace
from desktop.ui.records import options
from desktop.vault import Vault
from tests.stories.hands import Hands
from tests.ui.collective import fill
from tests.window import settle, shown

# lists that open, under the offscreen platform
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hands(qtbot: QtBot, vault: Vault, home: Home) -> Iterator[Hands]:
    fill(vault)
    with shown(home, vault) as window:
        window.go("settings")
        made = Hands(window)
        made.click("Lieux et mots")
        yield made


def _page(hands: Hands) -> PlacesWorkspace:
    page = hands.window.current
    assert isinstance(page, PlacesWorkspace)
    return page


def _names(vault: Vault) -> list[str]:
    return [row.name for row in vault.ask(neighbourhoods_of)]


def test_the_screen_says_what_is_to_be_completed(hands: Hands) -> None:
    said = hands.screen()
    assert ("11 quartiers · liste à compléter par la coordination · 2 dont le code est à confirmer"
            in said)
    assert "populations de 2023" in said


def test_the_list_is_declared_complete_and_a_place_verified(hands: Hands, vault: Vault) -> None:
    page = _page(hands)
    page.complete.setFocus()
    hands.keys(Qt.Key.Key_Space)
    assert "liste à compléter" not in hands.screen() and page.complete.isChecked()
    hands.keys(Qt.Key.Key_Z, CTRL)
    assert "liste à compléter" in hands.screen() and not page.complete.isChecked()
    row = next(row for row in vault.ask(neighbourhoods_of) if row.code == "QN05915M")
    page.open_record(row.id)
    settle()
    hands.click("À jour")
    assert next(one for one in vault.ask(neighbourhoods_of)
                if one.id == row.id).verified_on == page.desk.today().isoformat()


def test_a_neighbourhood_is_added_offered_at_once_and_undone(hands: Hands, vault: Vault) -> None:
    page = _page(hands)
    hands.keys(Qt.Key.Key_N, CTRL)
    hands.type("Les Présidents")
    hands.choose("Commune", "Maubeuge")
    hands.keys(Qt.Key.Key_S, CTRL)
    row = next(row for row in vault.ask(neighbourhoods_of) if row.name == "Les Présidents")
    assert row.to_confirm and row.parent == "Maubeuge" and row.code.startswith("X59-")
    assert ("X59-LES-PRESIDENTS", "Les Présidents") in options.places(page.desk, "neighbourhood")
    hands.keys(Qt.Key.Key_Z, CTRL)
    assert "Les Présidents" not in _names(vault)


def test_what_is_wrong_is_said_beside_its_field(hands: Hands, vault: Vault) -> None:
    hands.keys(Qt.Key.Key_N, CTRL)
    hands.type("Pont de pierre")
    hands.choose("Commune", "Maubeuge")
    hands.keys(Qt.Key.Key_S, CTRL)
    assert "Cette commune a déjà un quartier de ce nom : QN05915M" in hands.screen()
    assert len(_names(vault)) == 11


def test_a_neighbourhood_is_renamed_then_ended(hands: Hands, vault: Vault) -> None:
    page = _page(hands)
    row = next(row for row in vault.ask(neighbourhoods_of) if row.code == "QN05915M")
    page.open_record(row.id)
    settle()
    hands.click("Renommer…")
    hands.write("Nouveau nom", "Pont Neuf")
    hands.keys(Qt.Key.Key_S, CTRL)
    assert "Pont Neuf" in _names(vault) and "Pont de Pierre" in hands.screen()
    hands.click("Mettre fin…")
    hands.write("Dernier jour", "01/01/2025")
    hands.keys(Qt.Key.Key_S, CTRL)
    assert "Pont Neuf" not in [name for _code, name in options.places(page.desk, "neighbourhood")]
    assert "terminé" in hands.screen()


def test_a_list_is_pasted_shown_imported_and_undone(hands: Hands, vault: Vault) -> None:
    page = _page(hands)
    QGuiApplication.clipboard().setText(
        "code\tnom\tcommune\nQN05915M\tPont Neuf\t59392\nQN05998M\tLes "
        "Présidents\tMaubeuge\nQN05997M\tRien\tParis\n")
    page.register.table.setFocus()
    hands.keys(Qt.Key.Key_V, CTRL)
    hands.wait(lambda: page.importing.plan is not None)
    assert "1 nouvelle · 1 renommée · 1 écartée" in hands.screen()
    hands.click("Importer 2 lignes")
    hands.said("1 quartier ajouté, 1 complété.")
    assert {"Pont Neuf", "Les Présidents"} <= set(_names(vault)) and page.stack.isVisible()
    hands.keys(Qt.Key.Key_Z, CTRL)
    assert "Pont de Pierre" in _names(vault) and "Les Présidents" not in _names(vault)


def test_a_word_is_added_with_its_everyday_words(hands: Hands, vault: Vault) -> None:
    _page(hands).show_tab(2)
    hands.keys(Qt.Key.Key_N, CTRL)
    hands.choose("Liste", "Domaines")
    hands.write("Libellé français", "Sport amateur")
    hands.write("Mots de tous les jours", "tatamis")
    hands.keys(Qt.Key.Key_S, CTRL)
    row = next(row for row in vault.ask(terms_in, "domains") if row.label_fr == "Sport amateur")
    assert (row.code, row.also) == ("SPORT_AMATEUR", "tatamis")
    assert ("SPORT_AMATEUR", "Sport amateur") in options.terms(_page(hands).desk, "domains")
