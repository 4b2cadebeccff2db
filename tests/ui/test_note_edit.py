"""The editor of notes: restricted lines keep what they hold, whatever the keys."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.models.note_lines import lines_of, sign_of
from desktop.queries.meetings.notes import Embed
from desktop.ui.meetings.notes.cards import CardWords
from desktop.ui.meetings.notes.edit import NoteEdit

CARD = Embed("action", uuid.UUID(int=5))
PUBLIC, SECRET = "clair", "zqx"
KEYS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_A, Qt.Key.Key_Space)


def editor(qtbot: QtBot, text: str) -> NoteEdit:
    edit = NoteEdit("Notes", lambda kind, record_id: CardWords(kind, "titre", "", "neutral"))
    qtbot.addWidget(edit)
    edit.set_segments([text])
    return edit


def choose(edit: NoteEdit, start: int, stop: int) -> None:
    cursor = edit.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
    edit.setTextCursor(cursor)


def common_words(edit: NoteEdit) -> str:
    return "".join(str(part) for line in lines_of(edit.segments()) if sign_of(line)[0] == "commun"
                   for part in line)


@pytest.mark.parametrize(("text", "start", "stop", "key", "wanted"), [
    ("clair\n~ zqx", 6, 6, Qt.Key.Key_Backspace, "~ clair~ zqx"),
    ("clair\n~ zqx", 5, 5, Qt.Key.Key_Delete, "~ clair~ zqx"),
    ("clair\n~ zqx", 2, 9, Qt.Key.Key_Delete, "~ clqx"),
    ("clair\n~ zqx", 2, 9, Qt.Key.Key_A, "~ claqx"),
    ("~ zqx zqx", 5, 5, Qt.Key.Key_Return, "~ zqx\n~  zqx"),
    ("~ zqx", 5, 5, Qt.Key.Key_Return, "~ zqx\n"),
    ("~~ zqx zqx", 6, 6, Qt.Key.Key_Return, "~~ zqx\n~~  zqx"),
    ("~ zqx", 1, 1, Qt.Key.Key_Backspace, " zqx"),
    ("clair\nclair", 6, 6, Qt.Key.Key_Backspace, "clairclair"),
])
def test_keys_at_the_edges_of_a_restricted_line(qtbot: QtBot, text: str, start: int, stop: int,
                                                key: Qt.Key,
                                                wanted: str) -> None:
    edit = editor(qtbot, text)
    choose(edit, start, stop)
    QTest.keyClick(edit, key)
    assert edit.toPlainText() == wanted


def test_a_break_within_a_line_is_a_new_line(qtbot: QtBot) -> None:
    edit = editor(qtbot, "~ zqx zqx")
    choose(edit, 5, 5)
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert edit.toPlainText() == "~ zqx\n~  zqx"


def test_a_page_pasted_into_a_restricted_line_is_restricted(qtbot: QtBot) -> None:
    edit = editor(qtbot, "clair\n~ ici")
    choose(edit, 11, 11)
    data = QMimeData()
    data.setHtml("<table><tr><td>zqx</td></tr></table>")
    data.setText("zqx\nzqx\u2028zqx\r\nzqx")
    edit.insertFromMimeData(data)
    assert edit.toPlainText() == "clair\n~ icizqx\n~ zqx\n~ zqx\n~ zqx"


@settings(max_examples=150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from((PUBLIC, f"~ {SECRET}", f"~~ {SECRET}", "", f"? {PUBLIC}")),
                min_size=1, max_size=4),
       st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from((*KEYS, "cut"))),
                min_size=1, max_size=4))
def test_no_key_lets_a_restricted_word_out(qtbot: QtBot, lines: list[str],
                                           keys: list[tuple[int, int, object]]) -> None:
    edit = editor(qtbot, "\n".join(lines))
    for start, stop, key in keys:
        last = edit.document().characterCount() - 1
        start, stop = min(start, last), min(stop, last)
        block = edit.document().findBlock(min(start, stop))
        sign = len(block.text()) - len(block.text().lstrip("~ "))
        if min(start,
               stop) - block.position() <= sign and sign_of([block.text()])[0] != "commun" and (
                       max(start, stop) - block.position() <= sign):
            # The sign itself is taken away: that is the gesture which lifts the restriction.
            continue
        choose(edit, start, stop)
        if isinstance(key, Qt.Key):
            QTest.keyClick(edit, key)
        else:
            edit.cut()
        assert not set("zqx") & set(common_words(edit)), edit.toPlainText()
    edit.deleteLater()


def test_the_menu_and_the_key_turn_a_line(qtbot: QtBot) -> None:
    edit = editor(qtbot, "~ revoir la personne")
    with qtbot.waitSignal(edit.captured) as told:
        QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["~> revoir la personne", True]
    edit.replace_line(CARD)
    assert lines_of(edit.segments()) == [["~ ", CARD], []]
    choose(edit, 2, 2)
    menu = edit.menu()
    assert [a.text() for a in menu.actions() if a.text()][:4] == [
        "Ouvrir la fiche", "En faire une décision", "En faire du texte simple",
        "Lever la restriction"]
    menu.close()
    with qtbot.waitSignal(edit.turned) as turned:
        QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert turned.args == [CARD, "decision", True]
    edit.replace_line("revoir")
    assert edit.toPlainText().startswith("~ revoir")
