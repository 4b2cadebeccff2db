"""Lists: columns chosen and kept, lines copied to a spreadsheet and taken back at the lock, several
lines chosen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.base.home.settings import load_settings
from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.exchange.tables import rows_of
from desktop.ui.records.register import Register
from desktop.ui.widgets.lists.table import Table
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.stories.hands import Hands
from tests.ui.collective import fill
from tests.window import settle, shown

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(autouse=True)
def _empty(qtbot: QtBot) -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def window(qtbot: QtBot, vault: Vault, home: Home) -> Iterator[MainWindow]:
    fill(vault)
    with shown(home, vault) as made:
        made.go("directory")
        settle()
        yield made


def _people(window: MainWindow) -> Register:
    screen = window.current
    screen.show_tab(1)  # type: ignore[union-attr]
    settle()
    register: Register = screen.register  # type: ignore[union-attr]
    register.table.setFocus()
    return register


def _titles(table: Table) -> list[str]:
    return [column.called() for number, column in enumerate(table.rows.columns)
            if not table.isColumnHidden(number)]


def _menu() -> QMenu:
    settle()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def _choose(words: str) -> None:
    """Go down the menu that is open to a line, and Enter."""
    menu = _menu()
    for _unused in range(len(menu.actions())):
        QTest.keyClick(menu, Qt.Key.Key_Down)
        action = menu.activeAction()
        if action is not None and action.text().split("\t")[0] == words:
            break
    else:
        raise AssertionError(words)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle()


def test_columns_are_hidden_by_the_keyboard_and_stay_so_after_the_lock(window: MainWindow,
                                                                       home: Home) -> None:
    register = _people(window)
    table = register.table
    assert _titles(table) == ["Nom", "Structure", "Fonction"]
    QTest.keyClick(table, Qt.Key.Key_F10, SHIFT)
    _choose("Structure")
    assert _titles(table) == ["Nom", "Fonction"] and table.columnWidth(2) == 190
    assert load_settings(home).hidden_columns == {"person/3": [1]}
    # The first can go too: the row that is read stays.
    before = table.current_row().id
    QTest.keyClick(table, Qt.Key.Key_Menu)
    _choose("Nom")
    assert _titles(table) == ["Fonction"] and table.current_row().id == before
    assert table.columnWidth(2) > 300, "the room that is left"
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current_row().id != before
    QTest.keyClick(table, Qt.Key.Key_F10, SHIFT)
    last = next(a for a in _menu().actions() if a.text() == "Fonction")
    assert last.isChecked() and not last.isEnabled(), "one always stays"
    QTest.keyClick(_menu(), Qt.Key.Key_Escape)
    window.lock()
    window.vault.unlock("cerisier bleu du jardin")
    window.show_right_page()
    settle()
    assert _titles(_people(window).table) == ["Fonction"]


def test_a_right_click_on_the_header_chooses_columns(window: MainWindow, home: Home) -> None:
    table = _people(window).table
    header = table.horizontalHeader()
    header.customContextMenuRequested.emit(QPoint(20, 8))
    assert [a.text() for a in _menu().actions()] == ["Nom", "Structure", "Fonction"]
    _choose("Fonction")
    assert _titles(table) == ["Nom", "Structure"]
    header.customContextMenuRequested.emit(QPoint(20, 8))
    _choose("Fonction")
    assert (_titles(table) == ["Nom", "Structure", "Fonction"]
            and load_settings(home).hidden_columns == {})


def test_a_column_without_title_has_a_name_and_damaged_settings_hide_nothing(
    qtbot: QtBot, vault: Vault, home: Home) -> None:
    fill(vault)
    home.settings.write_text('{"hidden_columns": {"action/4": [0, 1, 2, 3], "person/3": "all", '
                             '"bin/4": [true]}}')
    assert load_settings(home).hidden_columns == {"action/4": [0, 1, 2, 3]}
    with shown(home, vault) as window:
        window.keep_settings(load_settings(home))
        window.go("actions")
        settle()
        table = window.current.register.table  # type: ignore[union-attr]
        assert _titles(table) == ["Action", "Responsable", "Échéance", "État"]


def test_the_line_is_copied_without_titles_and_several_with_them(window: MainWindow) -> None:
    register = _people(window)
    table, hands = register.table, Hands(window)
    table.selectRow(0)
    hands.keys(Qt.Key.Key_C, CTRL)
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "BENALI Fatima\tCCAS\tmédiatrice sociale\n"
    hands.said("1 ligne copiée")
    QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert register.place() == table.current_row().id, "the current line is read at the right"
    assert "CHÂTAIGNE Zoé" in hands.screen()
    hands.keys(Qt.Key.Key_C, CTRL)
    assert [cells for _number, cells in rows_of(clipboard.text())] == [
        ["Nom", "Structure", "Fonction"], ["BENALI Fatima", "CCAS", "médiatrice sociale"],
        ["CHÂTAIGNE Zoé", "Association Les Passerelles", "juriste"]]
    assert "<tr><th>Nom</th>" in clipboard.mimeData().html()
    assert "<td>médiatrice sociale</td></tr>" in clipboard.mimeData().html()
    hands.said("2 lignes copiées")


def test_all_the_lines_that_are_shown_are_copied_without_the_hidden_columns(
    window: MainWindow) -> None:
    register = _people(window)
    hands = Hands(window)
    register.search.setText("jean martin")
    table = register.table
    table.hide_columns([0])
    table.setFocus()
    hands.keys(Qt.Key.Key_A, CTRL)
    hands.keys(Qt.Key.Key_C, CTRL)
    assert sorted(QGuiApplication.clipboard().text().splitlines()) == [
        "CPAM\tagent d’accueil", "Sambre-Logis\tgardien d’immeuble", "Structure\tFonction"]


def test_no_cell_becomes_a_formula_nor_breaks_the_table(window: MainWindow, vault: Vault) -> None:
    vault.do(add_record, "person",
             {"family_name": "=HYPERLINK(1)", "given_name": "a\tb\nc", "function": "<b>+33 6</b>"})
    vault.do(add_record, "person", {"family_name": "=ZYX", "function": "@home"})
    register = _people(window)
    register.search.setText("=")
    settle()
    Hands(window).keys(Qt.Key.Key_Escape)
    register.table.setFocus()
    Hands(window).keys(Qt.Key.Key_A, CTRL)
    Hands(window).keys(Qt.Key.Key_C, CTRL)
    text, html = QGuiApplication.clipboard().text(), QGuiApplication.clipboard().mimeData().html()
    assert text.splitlines()[1:] == ["'=HYPERLINK(1) a b c\t\t<b>+33 6</b>", "'=ZYX\t\t'@home"]
    assert "&lt;b&gt;+33 6" in html and "<td>=" not in html and "<td>@" not in html
    # Pasted back into Carnet they are what they were.
    assert rows_of(text)[2][1] == ["=ZYX", "", "@home"]


def test_what_was_copied_leaves_the_clipboard_at_the_lock_but_not_what_came_since(
    window: MainWindow) -> None:
    table = _people(window).table
    table.selectRow(0)
    Hands(window).keys(Qt.Key.Key_C, CTRL)
    clipboard = QGuiApplication.clipboard()
    assert "BENALI" in clipboard.text()
    window.lock()
    assert clipboard.text() == ""
    window.vault.unlock("cerisier bleu du jardin")
    window.show_right_page()
    settle()
    window.go("directory")
    _people(window).table.selectRow(0)
    Hands(window).keys(Qt.Key.Key_C, CTRL)
    assert "BENALI" in clipboard.text()
    clipboard.setText("d’ailleurs")
    window.lock()
    assert clipboard.text() == "d’ailleurs"


def test_a_line_chosen_by_carnet_is_chosen_alone_whatever_key_is_held(window: MainWindow) -> None:
    table = _people(window).table
    for modifier in (SHIFT, CTRL):
        table.selectRow(0)
        QTest.keyPress(table, Qt.Key.Key_Down, modifier)
        table.selectRow(4)
        assert [row.id for row in table.selected_rows()] == [table.current_row().id]
        QTest.keyRelease(table, Qt.Key.Key_Down)


def test_the_chosen_lines_stay_chosen_when_news_comes_and_when_sorted(window: MainWindow,
                                                                      vault: Vault) -> None:
    register = _people(window)
    table = register.table
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton,
                     pos=table.visualRect(table.model().index(1, 0)).center())
    for _unused in range(2):
        QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    chosen = [row.id for row in table.selected_rows()]
    current = table.current_row().id
    assert len(chosen) == 3
    vault.do(add_record, "person", {"family_name": "Aubert"})
    settle()
    assert [row.id for row in table.selected_rows()] == chosen and table.current_row().id == current
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert ([row.id for row in table.selected_rows()] == chosen[::-1]
            and table.current_row().id == current)
    # An arrow alone goes back to one line.
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert len(table.selected_rows()) == 1


def test_a_screen_reader_opens_a_line_of_a_table_and_of_the_rail(window: MainWindow) -> None:
    people = _people(window)
    read = QAccessible.queryAccessibleInterface(people.table)
    third = people.table.rows.index(2, 0).data()
    cell = next(read.child(at) for at in range(read.childCount())
                if read.child(at).text(QAccessible.Text.Name) == third)
    cell.actionInterface().doAction(QAccessibleActionInterface.toggleAction())
    assert people.table.currentIndex().row() == 2
    assert window.work is not None
    rail = QAccessible.queryAccessibleInterface(window.work.lower_rail)
    rail.child(1).actionInterface().doAction(QAccessibleActionInterface.toggleAction())
    assert window.current is not None and window.current.name == "settings"


def test_the_first_column_stays_when_a_table_is_scrolled_sideways(window: MainWindow) -> None:
    window.go("charter")
    settle()
    table = window.current.register.table  # type: ignore[union-attr]
    across = table.horizontalScrollBar()
    assert across.maximum() > 100
    header = table.horizontalHeader()
    # All but the line that parts it from what goes under it.
    names, title = table.viewport().rect(), header.viewport().rect()
    names.setWidth(header.sectionSize(0) - 2)
    title.setWidth(header.sectionSize(0) - 8)
    at_rest = [table.viewport().grab(names).toImage(), header.viewport().grab(title).toImage()]
    across.setValue(across.maximum())
    settle()
    assert [table.viewport().grab(names).toImage(),
            header.viewport().grab(title).toImage()] == at_rest
    assert not table.visualRect(table.rows.index(0, 1)).intersects(table.viewport().rect())
