"""An observation by real keys: few of them, corrected until it is received, and told as the same
facts as another."""

import time
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.collective import found_records
from desktop.commands.directory import person_named
from desktop.commands.records import edit_record
from desktop.queries.observations import own_observations
from desktop.queries.records import get_record
from desktop.ui.observations.workspace import ObservationsWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.keyboard import CONTROL, ENTER, FRENCH, SHIFT, TAB, Stroke, type_on
from tests.window import settle, shown

ACCOUNT = ("Une mère appelle une agence pour un trois-pièces. On lui dit qu’il est libre. Quand "
           "elle se présente avec sa fille, il est déjà loué. Une collègue rappelle le jour même : "
           "il est encore libre, sans dossier.")
MOST_KEYS, MOST_SECONDS = 45, 90
SPACE = Stroke(Qt.Key.Key_Space, " ")
KEYS_A_SECOND = 3.0
"""How fast a person who looks at the keyboard types: what the story takes is reckoned at that
pace."""


class Counter(QObject):
    """Counts the keys that are pressed, those held not among them; composed letters too."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = 0
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
            and watched is QApplication.focusWidget()):
            self.keys += 1
        return False


def focus_types(text: str, *strokes: Stroke) -> None:
    """Type where the cursor stands, then press these keys."""
    focus = QApplication.focusWidget()
    assert focus is not None
    type_on(FRENCH, focus, text)
    for stroke in strokes:
        focus = QApplication.focusWidget()
        assert focus is not None
        stroke.send(focus)
        settle()


def tab(window: MainWindow) -> None:
    """Press Tab, which the window leads as the eye reads."""
    focus = QApplication.focusWidget()
    assert focus is not None
    TAB.send(focus)
    settle()


def screen_of(window: MainWindow) -> ObservationsWorkspace:
    screen = window.current
    assert isinstance(screen, ObservationsWorkspace)
    return screen


def founded(vault: Vault) -> None:
    vault.do(found_records, "maubeuge-val-de-sambre", "Collectif")
    vault.save_identity(
        replace(vault.identity, person_id=vault.do(person_named, "Noor", "Adam", "Centre social")))


def test_an_observation_with_its_place_and_account_in_few_keys(qtbot: QtBot, vault: Vault,
                                                               home: Home) -> None:
    founded(vault)
    assert 195 <= len(ACCOUNT) <= 215
    with shown(home, vault) as window:
        counter, began = Counter(), time.perf_counter()
        Stroke(Qt.Key.Key_O).send(window, CONTROL | SHIFT)
        settle()
        focus_types("loca", ENTER)
        focus_types("racisme", ENTER)
        focus_types("é")  # the unshifted key of 2
        settle()
        focus_types("hautm", ENTER)
        focus_types("&")  # and of 1
        settle()
        before = counter.keys
        focus_types(ACCOUNT)
        account_keys = counter.keys - before
        tab(window)
        focus_types("", SPACE)
        focus = QApplication.focusWidget()
        assert focus is not None
        ENTER.send(focus, CONTROL)
        settle()
        took = time.perf_counter() - began
        keys = counter.keys - account_keys + 1  # the opening shortcut meets no field
        human = (keys + len(ACCOUNT)) / KEYS_A_SECOND
        print(f"{keys} keys beside {len(ACCOUNT)} characters; {took:.1f} s here, "
              f"{human:.0f} s at {KEYS_A_SECOND:.0f} keys a second")
        assert "Observation enregistrée" in window.messages.text
        assert keys <= MOST_KEYS and took <= MOST_SECONDS and human <= MOST_SECONDS
        [made] = vault.ask(own_observations, vault.identity.person_id)
        assert (made.domain, made.principal_criterion,
                made.account) == ("LOGEMENT_PRIVE", "ETHN", ACCOUNT)
        row = vault.ask(get_record, made.id)
        assert row["place_kind"] == "commune" and row["commune"] and row["neighbourhood"] is None
        assert row["facts_period"].count("-T") == 1 and row["agrees"] is True
        assert row["elements"] == ["critere", "domaine"]
        form = screen_of(window).form
        assert (form is not None and form.domain.field.hasFocus()
                and form.place.chosen == f"commune:{row['commune']}")


def test_an_observation_is_corrected_until_the_watch_group_has_it(qtbot: QtBot, vault: Vault,
                                                                  home: Home) -> None:
    founded(vault)
    with shown(home, vault) as window:
        window.desk.new_observation()
        settle()
        focus_types("hlm", ENTER)
        focus_types("grossesse", ENTER)
        form = screen_of(window).form
        assert form is not None
        form.save()
        settle()
        made = vault.ask(own_observations, vault.identity.person_id)[0]
        screen = screen_of(window)
        screen.register.edit(made.id)
        settle()
        form = screen.form
        assert form is not None and form.editing == made.id and form.criterion.chosen == "GROS"
        form.domain.field.selectAll()
        focus_types("bus", ENTER)
        form.details.toggle()
        form.details.fields["recourse"].setFocus()
        focus_types("a")
        form.details.fields["no_recourse_reason"].setFocus()
        focus_types("c")
        form.details.fields["evidence"].setFocus()
        focus_types("é")
        form.save()
        settle()
        row = vault.ask(get_record, made.id)
        assert (row["domain"], row["recourse"], row["no_recourse_reason"], row["evidence"]) == (
            "TRANSPORT", ["AUCUN"], "PEUR", ["TEMOIN"])
        vault.do(edit_record, made.id, {"state": "recue"})
        screen.register.refresh()
        screen.register.edit(made.id)
        settle()
        assert not screen.is_in_form


def test_the_same_facts_as_one_of_mine(qtbot: QtBot, vault: Vault, home: Home) -> None:
    founded(vault)
    with shown(home, vault) as window:
        window.desk.new_observation()
        settle()
        focus_types("hlm", ENTER)
        focus_types("nationalité", ENTER, ENTER)
        form = screen_of(window).form
        assert form is not None and form.same.isHidden()
        form.save_and_next()
        settle()
        focus_types("hlm", ENTER)
        focus_types("racisme", ENTER, ENTER)
        first = vault.ask(own_observations, vault.identity.person_id)[0]
        assert not form.same.isHidden()
        form.same.choose(first.id)
        form.save()
        settle()
        both = vault.ask(own_observations, vault.identity.person_id)
        assert len(both) == 2 and [row.same_as_id for row in both
                                   if row.id != first.id] == [first.id]


def test_a_word_that_fits_nothing_is_not_taken_for_an_answer(qtbot: QtBot, vault: Vault,
                                                             home: Home) -> None:
    founded(vault)
    with shown(home, vault) as window:
        window.desk.new_observation()
        settle()
        focus_types("xqzwv", ENTER)
        form = screen_of(window).form
        assert form is not None and form.domain.chosen is None and form.domain.field.hasFocus()
        assert form.domain.buttons and not form.domain.unknown.isHidden()
        form.save()
        settle()
        assert ("Domaine" in window.messages.text
                and vault.ask(own_observations, vault.identity.person_id) == [])
