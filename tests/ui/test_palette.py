"""Ctrl+K by the keyboard: screens, gestures, words found anywhere and narrowed, and the focus given
back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.i18n import set_language
from desktop.base.paths import Home
from desktop.ui.directory.workspace import DirectoryWorkspace
from desktop.ui.records.kinds import kind_name
from desktop.ui.window.main_window import MainWindow
from desktop.ui.window.palette import Palette
from desktop.vault import Vault
from tests.ui.collective import fill
from tests.window import press, settle, shown, type_into


def _opened(window: MainWindow) -> Palette:
    focused = QApplication.focusWidget()
    QTest.keyClick(focused or window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.work is not None
    panel = window.work.palette_panel
    assert panel.isVisible() and panel.field.hasFocus()
    return panel


def _titles(panel: Palette) -> list[str]:
    return [entry.title for entry in panel.entries.rows]


def test_it_goes_to_a_screen_and_begins_a_record(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        panel = _opened(window)
        type_into(panel.field, "repert")
        type_into(panel.field, "\b")
        panel.field.clear()
        type_into(panel.field, "ressources")
        assert _titles(panel)[0] == "Ressources"
        press(panel.field, Qt.Key.Key_Return)
        settle()
        assert window.current is not None and window.current.name == "resources"
        assert not panel.isVisible()
        panel = _opened(window)
        type_into(panel.field, "nouvelle obs\n")
        settle()
        assert window.current is not None and window.current.name == "observations"


def test_the_screen_it_goes_to_has_the_keys(qtbot: QtBot, vault: Vault, home: Home) -> None:
    """A list that nobody entered by Tab takes the keys at once: lines pasted, arrows, Enter."""
    fill(vault)
    with shown(home, vault) as window:
        panel = _opened(window)
        type_into(panel.field, "annuaire\n")
        settle()
        page = window.current
        assert isinstance(page, DirectoryWorkspace) and page.register.table.hasFocus()
        QGuiApplication.clipboard().setText("NOM\tPrénom\nNouvelle\tPersonne")
        press(page.register.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert page.importing.isVisible() and page.importing.text.hasFocus()


def test_words_are_found_without_their_accents_and_opened(qtbot: QtBot, vault: Vault,
                                                          home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        panel = _opened(window)
        type_into(panel.field, "lefevre")
        assert "Lefèvre Éric" in _titles(panel)
        press(panel.field, Qt.Key.Key_Tab)
        assert panel.kinds.checkedId() == 1
        assert "Lefèvre Éric" not in _titles(panel)
        press(panel.field, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        position = _titles(panel).index("Lefèvre Éric")
        for _unused in range(position):
            press(panel.field, Qt.Key.Key_Down)
        press(panel.field, Qt.Key.Key_Return)
        settle()
        assert window.current is not None and window.current.name == "directory"


def test_notes_open_their_meeting(qtbot: QtBot, vault: Vault, home: Home) -> None:
    small = fill(vault)
    with shown(home, vault) as window:
        panel = _opened(window)
        type_into(panel.field, "a")
        assert "Taper un mot" not in panel.foot.text()
        panel.field.clear()
        for _unused in range(1):
            press(panel.field, Qt.Key.Key_Tab)
        type_into(panel.field, "bilan")
        found = [entry for entry in panel.entries.rows if entry.snippet or entry.title]
        assert found, panel.foot.text()
        press(panel.field, Qt.Key.Key_Return)
        settle()
        assert window.current is not None and window.current.name == "meetings"
        assert small.meeting


def test_escape_gives_the_focus_back_and_nothing_found_says_so(qtbot: QtBot, vault: Vault,
                                                               home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        window.go("meetings")
        settle()
        assert window.current is not None
        window.current.start_search()
        before = QApplication.focusWidget()
        panel = _opened(window)
        type_into(panel.field, "zzzxqw")
        assert panel.entries.rows == []
        assert panel.foot.text().startswith("Aucune fiche")
        press(panel.field, Qt.Key.Key_Return)
        assert panel.isVisible()
        press(panel.field, Qt.Key.Key_Escape)
        assert not panel.isVisible()
        assert QApplication.focusWidget() is before


def test_locking_closes_it(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        panel = _opened(window)
        type_into(panel.field, "verrou\n")
        settle()
        assert not vault.is_open
        assert window.current is None


def _kinds(panel: Palette) -> set[str]:
    return {entry.about for entry in panel.entries.rows}


def _chips(panel: Palette) -> list[str]:
    return [one.words for one in panel.filters]


def test_filters_are_typed_completed_and_taken_away_by_the_keyboard_alone(
    qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        panel = _opened(window)
        assert "type: avec: depuis: avant:" in panel.foot.text()
        type_into(panel.field, "type:ac")
        assert _titles(panel) == ["Action"] and "Tab pose le filtre" in panel.foot.text()
        press(panel.field, Qt.Key.Key_Tab)
        assert (_chips(panel) == ["type\u202f: Action"] and panel.field.text() == ""
                and panel.field.hasFocus())
        assert panel.chips.isVisible() and _kinds(panel) == {"Action"} and len(_titles(panel)) > 5
        type_into(panel.field, "avec:benali ")
        assert _chips(panel)[1:] == ["avec Benali Fatima"] and panel.field.text() == ""
        assert (_kinds(panel) == {"Action"}
                and "Relancer la CPAM au sujet des refus de soins" in _titles(panel))
        type_into(panel.field, "depuis:2020 relancer")
        assert _chips(panel)[2:] == ["depuis le\u00a01er janvier 2020"]
        assert _titles(panel) == ["Relancer la CPAM au sujet des refus de soins"]
        press(panel.field, Qt.Key.Key_Home)
        for left in (2, 1, 0):
            press(panel.field, Qt.Key.Key_Backspace)
            assert len(panel.filters) == left and panel.field.text() == "relancer"
        assert not panel.chips.isVisible()
        press(panel.field, Qt.Key.Key_End)
        press(panel.field, Qt.Key.Key_Return)
        settle()
        assert window.current is not None and window.current.name == "actions"


def test_days_narrow_and_each_word_says_the_day_it_means(qtbot: QtBot, vault: Vault,
                                                         home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        panel = _opened(window)
        type_into(panel.field, "depuis:")
        assert _titles(panel)[:2] == ["aujourd’hui", "hier"]
        type_into(panel.field, "mar")
        assert _titles(panel) == ["mars", "mardi"]
        panel.field.setText("type:reunions avant:2000-01-01 ")
        assert panel.entries.rows == [] and "Aucune fiche ne répond" in panel.foot.text()
        type_into(panel.field, "avant:aujourd’hui ")
        assert len(panel.filters) == 2 and _kinds(panel) == {"Réunion"}
        before = len(_titles(panel))
        type_into(panel.field, "depuis:aujourd’hui ")
        assert (panel.entries.rows == []
                and panel.foot.text().startswith("Aucun jour n’est à la fois depuis"))
        panel.remove_filter(1)
        assert panel.entries.rows and len(_titles(panel)) != before


@pytest.mark.parametrize(("typed", "told"), [
    ("type:zzz ", "Aucun type de fiche ne s’appelle «\u202fzzz\u202f»."),
    ("type:zzz", "Aucun type de fiche"),
    ("avec:zzz ", "Personne dans l’annuaire ne s’appelle"),
    ("avec:zzz", "Personne dans l’annuaire ne s’appelle"),
    ("avec:", "Tapez le début d’un nom."), ("depuis:zzz ", "«\u202fzzz\u202f» n’est pas une date."),
    ("avant:31/02/2026 loyer", "«\u202f31/02/2026\u202f» n’est pas une date."),
    ("type:re ", "Plusieurs types de fiches"),
    ("avec:moi ", "Cet ordinateur n’est encore lié")])
def test_a_filter_that_means_nothing_says_why(qtbot: QtBot, vault: Vault, home: Home, typed: str,
                                              told: str) -> None:
    with shown(home, vault) as window:
        panel = _opened(window)
        type_into(panel.field, typed)
        assert (panel.foot.text().startswith(told) and panel.filters == []
                and panel.field.text() == typed)
        assert panel.entries.rows or typed.startswith("avec")
        press(panel.field, Qt.Key.Key_Escape)
        assert not panel.isVisible()


def test_several_people_of_a_name_and_oneself(qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        panel = _opened(window)
        type_into(panel.field, "avec:martin ")
        assert _chips(panel) == ["avec martin (2 personnes)"]
        type_into(panel.field, "avec:mo")
        press(panel.field, Qt.Key.Key_Return)
        assert _chips(panel)[1:] == ["avec moi"] and panel.isVisible()
        panel.remove_filter(0)
        assert "Action" in _kinds(panel)
        type_into(panel.field, "dumont")
        assert _titles(panel) == ["Dumont Claire"]


def test_the_row_of_kinds_and_a_kind_typed_never_hide_everything(qtbot: QtBot, vault: Vault,
                                                                 home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        panel = _opened(window)
        press(panel.field, Qt.Key.Key_Tab)
        type_into(panel.field, "type:action ")
        assert panel.kinds.checkedId() == 0 and _kinds(panel) == {"Action"}
        press(panel.field, Qt.Key.Key_Tab)
        assert panel.kinds.checkedId() == 1 and panel.filters == []


def test_english_prefixes_are_offered_and_both_languages_understood(qtbot: QtBot, vault: Vault,
                                                                    home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        set_language("en")
        panel = _opened(window)
        type_into(panel.field, "bef")
        titles = _titles(panel)
        assert "before:" in titles
        for _unused in range(titles.index("before:")):
            press(panel.field, Qt.Key.Key_Down)
        press(panel.field, Qt.Key.Key_Return)
        assert panel.field.text() == "before:" and panel.isVisible()
        type_into(panel.field, "today type:meeting ")
        assert ([one.what for one in panel.filters] == ["before", "kind"]
                and _kinds(panel) == {kind_name("meeting")})
