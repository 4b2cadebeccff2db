"""The people field: found by letters, never guessed between two, added on the spot, taken back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.queries.actions import actions_of
from desktop.queries.directory import organisations_of, people_of
from desktop.queries.records import get_record
from desktop.ui.widgets.fields.form import Form
from desktop.ui.widgets.fields.people import PeopleField, newcomers
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.stories.hands import Hands, plain
from tests.ui.collective import Small, fill
from tests.window import settle, shown, type_into

CTRL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def small(vault: Vault) -> Small:
    return fill(vault)


@pytest.fixture
def window(qtbot: QtBot, vault: Vault, home: Home, small: Small) -> Iterator[MainWindow]:
    with shown(home, vault) as made:
        made.go("actions")
        settle()
        Hands(made).keys(Qt.Key.Key_N, CTRL)
        yield made


def _form(window: MainWindow) -> Form:
    form = window.current.register.form  # type: ignore[union-attr]
    assert isinstance(form, Form)
    return form


def _owner(window: MainWindow) -> PeopleField:
    field = _form(window).fields["owner_id"]
    assert isinstance(field, PeopleField)
    field.setFocus()
    settle()
    return field


def _list() -> list[str]:
    settle()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QListView)
    model = popup.model()
    return [plain(str(model.index(row, 0).data())) for row in range(model.rowCount())]


def _press(field: PeopleField, key: Qt.Key) -> None:
    """A key as it comes: to the list that is open, which passes on what is not for it."""
    popup = QApplication.activePopupWidget()
    if popup is None:
        field.window().activateWindow()
    QTest.keyClick(popup or field.line, key)
    settle()


def _choose(field: PeopleField, words: str) -> None:
    for _unused in range(_list().index(words) + 1):
        _press(field, Qt.Key.Key_Down)
    _press(field, Qt.Key.Key_Return)


@pytest.mark.parametrize("typed", ["fat", "BENA", "fatima b", "ben fat", "méd", "benali fatima"])
def test_letters_of_one_person_and_enter_take_them(window: MainWindow, small: Small,
                                                   typed: str) -> None:
    field = _owner(window)
    type_into(field.line, "fat" if typed == "méd" else typed)
    _press(field, Qt.Key.Key_Return)
    assert (field.text == "BENALI Fatima, CCAS" and field.value() == str(small.people[0])
            and field.validation_error() == "")
    assert QApplication.activePopupWidget() is None


def test_accents_are_ignored_and_names_come_before_organisations(window: MainWindow,
                                                                 small: Small) -> None:
    field = _owner(window)
    type_into(field.line, "lef")
    assert _list()[0] == "LEFÈVRE Éric, Mission locale"
    field.line.clear()
    type_into(field.line, "mission")
    assert _list()[:2] == ["HADDAD Karim, Mission locale", "LEFÈVRE Éric, Mission locale"]
    field.line.clear()
    type_into(field.line, "chat")
    _press(field, Qt.Key.Key_Return)
    assert field.value() == str(small.people[4])


def test_between_homonyms_it_waits_for_a_choice(window: MainWindow, small: Small) -> None:
    field = _owner(window)
    type_into(field.line, "jean martin")
    assert _list()[:2] == ["MARTIN Jean, CPAM", "MARTIN Jean, Sambre-Logis"]
    _press(field, Qt.Key.Key_Return)
    assert (field.value() == "jean martin" and "pas encore choisi" in field.told.text()
            and field.told.isVisible())
    _choose(field, "MARTIN Jean, Sambre-Logis")
    assert field.value() == str(small.people[6]) and not field.told.isVisible()
    # Their organisation is enough to tell them apart.
    field.line.clear()
    type_into(field.line, "martin cpam")
    _press(field, Qt.Key.Key_Return)
    assert field.value() == str(small.people[5])


def test_homonyms_of_one_organisation_are_told_apart_by_what_they_do(
    window: MainWindow, vault: Vault, small: Small) -> None:
    vault.do(edit_record, small.people[6], {"organisation_id": str(small.organisations[4])})
    field = _owner(window)
    field.open_everyone()
    assert {words for words in _list() if words.startswith("MARTIN")} == {
        "MARTIN Jean, CPAM (agent d’accueil)", "MARTIN Jean, CPAM (gardien d’immeuble)"}
    _press(field, Qt.Key.Key_Escape)


def test_letters_left_behind_choose_nobody_but_a_whole_name_does(window: MainWindow,
                                                                 small: Small) -> None:
    field = _owner(window)
    type_into(field.line, "ben")
    _press(field, Qt.Key.Key_Escape)
    _press(field, Qt.Key.Key_Tab)
    assert field.value() == "ben" and "pas encore choisi" in field.told.text()
    field.setFocus()
    field.line.selectAll()
    type_into(field.line, "fatima benali")
    _press(field, Qt.Key.Key_Escape)
    _press(field, Qt.Key.Key_Tab)
    assert field.value() == str(small.people[0]) and field.text == "BENALI Fatima, CCAS"
    field.setFocus()
    field.line.selectAll()
    _press(field, Qt.Key.Key_Backspace)
    assert field.value() is None and field.validation_error() == "", "emptied: nobody"


def test_the_whole_list_opens_for_the_mouse_and_the_down_key(window: MainWindow) -> None:
    field = _owner(window)
    _press(field, Qt.Key.Key_Down)
    assert len(_list()) == 12 and _list()[0] == "BENALI Fatima, CCAS"
    _press(field, Qt.Key.Key_Escape)
    field.line.actions()[0].trigger()
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QListView) and len(_list()) == 12
    at = popup.visualRect(popup.model().index(1, 0)).center()
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=at)
    settle()
    assert field.text == "CHÂTAIGNE Zoé, Association Les Passerelles"


def test_somebody_is_added_on_the_spot_and_taken_back(window: MainWindow, vault: Vault) -> None:
    hands = Hands(window)
    hands.write("Titre", "Relancer la CPAM")
    field = _owner(window)
    type_into(field.line, "Marie Dupont, ccas")
    assert _list() == ["+ Marie DUPONT, CCAS", "+ Dupont MARIE, CCAS"]
    _choose(field, "+ Marie DUPONT, CCAS")
    assert field.text == "DUPONT Marie, CCAS"
    hands.said("DUPONT Marie est maintenant dans l’annuaire.")
    made = next(p for p in vault.ask(people_of) if p.name == "DUPONT Marie")
    assert made.organisation == "CCAS" and field.value() == str(made.id)
    hands.keys(Qt.Key.Key_Z, CTRL)
    assert all(p.name != "DUPONT Marie" for p in vault.ask(people_of))
    hands.click("Enregistrer")
    hands.said("« DUPONT Marie, CCAS » n’est plus dans l’annuaire.")
    hands.keys(Qt.Key.Key_Y, CTRL)
    hands.click("Enregistrer")
    hands.said("Enregistré")
    assert next(a for a in vault.ask(actions_of)
                if a.title == "Relancer la CPAM").owner == "DUPONT Marie"


def test_a_new_organisation_is_said_to_be_new(window: MainWindow, vault: Vault) -> None:
    field = _owner(window)
    type_into(field.line, "KACZMAREK Julie, Régie du Haut-Escaut")
    assert _list() == ["+ Julie KACZMAREK, Régie du Haut-Escaut (nouvelle structure)"]
    _choose(field, _list()[0])
    assert field.text == "KACZMAREK Julie, Régie du Haut-Escaut"
    assert [o.people for o in vault.ask(organisations_of)
            if o.name == "Régie du Haut-Escaut"] == [1]


@pytest.mark.parametrize(("typed", "names"), [
    ("j", []), ("  ,CCAS", []), ("zoé", [("", "Zoé")]), ("DUPONT marie", [("Marie", "DUPONT")]),
    ("Jean-Luc de La FONTAINE", [("Jean-Luc de La", "FONTAINE")]),
    ("anne marie roy", [("Anne Marie", "Roy"),
                     ("Marie Roy", "Anne")]),
])
def test_names_of_somebody_new(typed: str, names: list[tuple[str, str]]) -> None:
    assert [(one.given, one.family) for one in newcomers(typed, ["CCAS"])] == names


def test_half_a_name_bars_saving_and_survives_the_lock(window: MainWindow, vault: Vault) -> None:
    hands = Hands(window)
    hands.write("Titre", "Relancer la CPAM")
    field = _owner(window)
    type_into(field.line, "jean m")
    _press(field, Qt.Key.Key_Escape)
    hands.click("Enregistrer")
    hands.said("« jean m » n’est pas encore choisi")
    assert all(a.title != "Relancer la CPAM" for a in vault.ask(actions_of))
    window.lock()
    window.vault.unlock(PASSPHRASE)
    window.show_right_page()
    settle()
    assert _owner(window).text == "jean m"


def test_whoever_left_the_directory_stays_in_the_record(window: MainWindow, vault: Vault,
                                                        small: Small) -> None:
    action = next(a for a in vault.ask(actions_of) if a.owner_id == small.people[1])
    vault.do(delete_record, small.people[1])
    screen = window.current
    assert screen is not None
    screen.register.edit(action.id)  # type: ignore[attr-defined]
    field = _owner(window)
    assert ("plus dans l’annuaire" in field.text and field.value() == str(small.people[1])
            and field.validation_error() == "")
    Hands(window).click("Enregistrer")
    assert vault.ask(get_record, action.id)["owner_id"] == str(small.people[1])


def test_members_and_meetings_choose_people_so_too(window: MainWindow, vault: Vault,
                                                   small: Small) -> None:
    hands = Hands(window)
    window.go("directory")
    window.current.show_tab(3)  # type: ignore[union-attr]
    window.current.new()  # type: ignore[union-attr]
    settle()
    form = _form(window)
    hands.click("Enregistrer")
    form.fields["group_id"].set_value(str(small.group))  # type: ignore[attr-defined]
    hands.click("Enregistrer")
    hands.said("« Personne » est à remplir.")
    person = form.fields["person_id"]
    assert isinstance(person, PeopleField) and person.line.hasFocus()
    window.go("meetings")
    hands.keys(Qt.Key.Key_N, CTRL)
    hands.write("Titre", "Une réunion de plus")
    for name, typed in (("Animation", "fat"), ("Secrétaire", "lef")):
        hands.write(name, typed)
        _press_at(Qt.Key.Key_Return)
    hands.click("Enregistrer")
    screen = window.current
    assert screen is not None
    record = vault.ask(get_record, screen.place()["record"])
    assert (record["animator_id"],
            record["secretary_id"]) == (str(small.people[0]), str(small.people[1]))


def _press_at(key: Qt.Key) -> None:
    target: QWidget | None = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key)
    settle()


def test_a_person_added_meanwhile_is_found(window: MainWindow, vault: Vault) -> None:
    field = _owner(window)
    vault.do(add_record, "person", {"family_name": "Zadig", "given_name": "Ada"})
    field.open_everyone()
    _choose(field, "ZADIG Ada")
    assert field.text == "ZADIG Ada"
