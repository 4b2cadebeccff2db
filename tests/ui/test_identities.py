"""Names are underlined while one types, wherever a text may be circulated or must name nobody; one
key decides.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.records import add_record, edit_record
from desktop.privacy.case_codes import make_case_code
from desktop.queries.dismissed import dismissed_words
from desktop.queries.follow_up import follow_up_of
from desktop.ui.identities.check import IdentityCheck
from desktop.ui.meetings.section import Section
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.screen.forms import OpenForm
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.day import TODAY
from tests.keyboard import ENTER, FRENCH, type_on
from tests.ui.collective import Small
from tests.window import settle, shown, type_into

F8, N, ESCAPE = Qt.Key.Key_F8, Qt.Key.Key_N, Qt.Key.Key_Escape


@pytest.fixture
def window(vault: Vault, home: Home, small: Small) -> Iterator[MainWindow]:
    with shown(home, vault) as made:
        yield made


def meeting_screen(window: MainWindow, small: Small, tab: int) -> MeetingsWorkspace:
    window.go("meetings", small.meeting)
    screen = window.current
    assert isinstance(screen, MeetingsWorkspace)
    screen.show_tab(tab)
    settle()
    return screen


def words_in(check: IdentityCheck, field: QWidget) -> list[str]:
    return [span.text for span in check.spans_of(field)]


def wait_for(qtbot: QtBot, check: IdentityCheck, field: QWidget, words: list[str]) -> None:
    qtbot.waitUntil(lambda: words_in(check, field) == words, timeout=20_000)


def press(field: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(field, key)
    settle()


def second_note(screen: MeetingsWorkspace) -> Section:
    section = screen.session.sections[1]
    section.edit.setFocus()
    return section


def test_a_name_in_the_notes_is_underlined_and_generalised_by_enter(
    qtbot: QtBot, window: MainWindow, small: Small
) -> None:
    screen = meeting_screen(window, small, 1)
    section, check = second_note(screen), screen.session.identities.check
    type_into(section.edit, "Reçu hier.\nMme Aminata Koulibaly attend.")
    wait_for(qtbot, check, section.edit, ["Aminata Koulibaly"])
    (mark,) = [
        mark
        for mark in section.edit.extraSelections()
        if mark.cursor.selectedText() == "Aminata Koulibaly"
    ]
    assert mark.format.underlineStyle() == QTextCharFormat.UnderlineStyle.SingleUnderline
    press(section.edit, F8)
    assert section.edit.textCursor().selectedText() == "Aminata Koulibaly"
    ENTER.send(section.edit)
    settle()
    assert section.edit.toPlainText() == "Reçu hier.\nune femme attend."
    assert check.strip.span is None and words_in(check, section.edit) == []
    ENTER.send(section.edit)
    assert section.edit.toPlainText().count("\n") == 2, "Enter is a new line again"


def test_those_of_the_directory_may_be_named_in_minutes_and_a_given_name_alone_if_it_attends(
    qtbot: QtBot, window: MainWindow, small: Small
) -> None:
    screen = meeting_screen(window, small, 1)
    section, check = second_note(screen), screen.session.identities.check
    type_into(
        section.edit,
        "Mme Benali propose une date, Fatima est d'accord.\nMme Dumont rappelle Mme Traoré.",
    )
    wait_for(qtbot, check, section.edit, ["Traoré"])


def test_a_restricted_line_may_name_since_it_is_not_circulated(
    qtbot: QtBot, window: MainWindow, small: Small
) -> None:
    screen = meeting_screen(window, small, 1)
    section, check = second_note(screen), screen.session.identities.check
    type_into(section.edit, "~ Mme Traoré craint son bailleur.\nM. Okafor aussi.")
    wait_for(qtbot, check, section.edit, ["Okafor"])


def test_what_is_no_identity_is_asked_once_for_all_screens(
    qtbot: QtBot, window: MainWindow, small: Small
) -> None:
    screen = meeting_screen(window, small, 1)
    section, check = second_note(screen), screen.session.identities.check
    type_into(section.edit, "Salle Traoré réservée, Mme Traoré.")
    qtbot.waitUntil(lambda: bool(check.spans_of(section.edit)), timeout=20_000)
    press(section.edit, F8)
    press(section.edit, N)
    assert (
        "Traoré" not in words_in(check, section.edit) and "n" not in section.edit.toPlainText()[:5]
    )
    assert window.vault.ask(dismissed_words)("TRAORE")
    press(section.edit, ESCAPE)
    assert section.edit.toPlainText() == "Salle Traoré réservée, Mme Traoré."


def test_a_figure_of_azerty_takes_the_second_wording(
    qtbot: QtBot, window: MainWindow, small: Small
) -> None:
    screen = meeting_screen(window, small, 1)
    section, check = second_note(screen), screen.session.identities.check
    type_into(section.edit, "Mme Traoré attend.")
    wait_for(qtbot, check, section.edit, ["Traoré"])
    press(section.edit, F8)
    span = check.strip.span
    assert span is not None and len(span.suggestions) > 1
    type_on(FRENCH, section.edit, FRENCH.unshifted("2"))
    settle()
    assert section.edit.toPlainText() == f"{span.suggestions[1]} attend."


def test_letters_beyond_the_basic_plane_do_not_shift_what_is_written_over(
    qtbot: QtBot, window: MainWindow, small: Small
) -> None:
    screen = meeting_screen(window, small, 1)
    section, check = second_note(screen), screen.session.identities.check
    section.edit.insertPlainText("🙂🙂 ok\n🙂 Mme Traoré attend 🙂.")
    wait_for(qtbot, check, section.edit, ["Traoré"])
    press(section.edit, F8)
    ENTER.send(section.edit)
    settle()
    assert section.edit.toPlainText() == "🙂🙂 ok\n🙂 une femme attend 🙂."


def test_the_title_of_a_point_is_underlined_and_generalised(
    qtbot: QtBot, window: MainWindow, small: Small
) -> None:
    screen = meeting_screen(window, small, 0)
    agenda = screen.preparation.agenda
    line = next(iter(agenda.lines.values()))
    line.title.setFocus()
    line.title.selectAll()
    type_into(line.title, "Situation de Mme Traoré")
    wait_for(qtbot, agenda.identities.check, line.title, ["Traoré"])
    press(line.title, F8)
    assert line.title.selectedText() == "Traoré"
    ENTER.send(line.title)
    settle()
    assert (
        line.title.text() == "Situation de une femme" and agenda.identities.check.strip.span is None
    )
    line.title.undo()
    assert line.title.text() == "Situation de Mme Traoré"


def form_of(window: MainWindow) -> OpenForm:
    (opened,) = [form for form in window.current.findChildren(OpenForm) if form.isVisible()]
    assert opened.check is not None
    return opened


@pytest.mark.parametrize(
    ("screen", "name"), [("actions", "title"), ("resources", "description"), ("meetings", "title")]
)
def test_titles_and_texts_that_are_circulated_are_looked_through(
    qtbot: QtBot, window: MainWindow, screen: str, name: str
) -> None:
    window.go(screen)
    settle()
    window.current.new()
    settle()
    opened = form_of(window)
    field = opened.form.fields[name]
    field.setFocus()
    type_into(field, "Avec Mme Benali, pour Mme Traoré")
    wait_for(qtbot, opened.check, field, ["Traoré"])
    press(field, F8)
    ENTER.send(field)
    settle()
    assert "Traoré" not in str(opened.form.values()[name]) and "Benali" in str(
        opened.form.values()[name]
    )


def test_a_step_of_a_referral_may_name_nobody_not_even_a_member(
    qtbot: QtBot, window: MainWindow, vault: Vault, small: Small
) -> None:
    code = make_case_code()
    referral = vault.do(
        add_record, "referral", {"case_code": code, "kind": "ccas", "state": "proposee"}
    )
    window.go("referrals", referral)
    settle()
    assert isinstance(window.current, RegistersWorkspace)
    add = next(
        made
        for made in window.current.findChildren(QPushButton)
        if made.isVisible() and "autre mois" in made.text()
    )
    add.click()
    settle()
    opened = form_of(window)
    field = opened.form.fields["text"]
    assert isinstance(field, QPlainTextEdit)
    field.setFocus()
    type_into(field, "Vu avec Mme Benali.")
    wait_for(qtbot, opened.check, field, ["Benali"])


def test_the_gate_lists_what_remains_and_leads_to_it(
    qtbot: QtBot, window: MainWindow, vault: Vault, small: Small
) -> None:
    screen = meeting_screen(window, small, 1)
    section = second_note(screen)
    type_into(section.edit, "Bien.\nrappeler kadiatou au 06 12 34 56 78")
    screen.flush()
    vault.do(edit_record, small.meeting, {"state": "projet"})
    screen.show_tab(2)
    settle()
    found = vault.ask(follow_up_of, small.meeting, TODAY)
    assert found is not None
    named = [gap for gap in found.gaps if gap.place == "note" and gap.record_id == section.item_id]
    assert [gap.words for gap in named] == ["kadiatou", "06 12 34 56 78"]
    ways = [
        made
        for made in screen.follow_up.minutes.findChildren(QPushButton)
        if made.isVisible() and "kadiatou" in made.toolTip()
    ]
    ways[0].setFocus()
    QTest.keyClick(ways[0], Qt.Key.Key_Space)
    settle()
    assert screen.session.isVisible() and section.edit.hasFocus()
    assert section.edit.textCursor().selectedText() == "kadiatou"
    ENTER.send(section.edit)
    settle()
    assert "kadiatou" not in section.edit.toPlainText()


def test_each_warning_of_the_gate_leads_to_its_place(
    window: MainWindow, vault: Vault, small: Small
) -> None:
    vault.do(edit_record, small.meeting, {"state": "projet", "secretary_id": None})
    item = vault.do(
        add_record, "agenda_item", {"meeting_id": str(small.meeting), "title": "Cas de Mme Traoré"}
    )
    screen = meeting_screen(window, small, 2)

    def follow(words: str) -> None:
        screen.show_tab(2)
        settle()
        (way,) = [
            made
            for made in screen.follow_up.minutes.findChildren(QPushButton)
            if made.isVisible() and words in made.toolTip()
        ]
        way.click()
        settle()

    follow("Traoré")
    assert screen.preparation.agenda.lines[item].title.selectedText() == "Traoré"
    follow("ni présent")
    assert screen.session.roll_call.field.hasFocus()
    follow("secrétaire")
    assert screen.forms.form is not None
    assert screen.forms.form.fields["secretary_id"].isAncestorOf(window.focusWidget() or screen)


def test_a_line_that_is_typed_on_keeps_its_text_and_cursor_while_it_is_marked(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.go("actions")
    settle()
    window.current.new()
    settle()
    opened = form_of(window)
    field = opened.form.fields["title"]
    assert isinstance(field, QLineEdit)
    field.setFocus()
    type_into(field, "Aider Mme Traoré")
    wait_for(qtbot, opened.check, field, ["Traoré"])
    field.setCursorPosition(5)
    type_into(field, " vite")
    wait_for(qtbot, opened.check, field, ["Traoré"])
    assert field.text() == "Aider vite Mme Traoré" and field.cursorPosition() == 10
