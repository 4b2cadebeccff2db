"""A secretary's evening through the window: namesakes, the signed sheet, restricted lines,
validation, correction."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.queries.documents.frozen import versions_of
from desktop.queries.documents.minutes import minutes_of
from desktop.queries.follow_up import follow_up_of
from desktop.queries.meetings.rows import meeting_detail
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.vault import Vault
from tests.day import TODAY
from tests.ui.collective import Small, fill
from tests.window import press, settle, shown, type_into


def _click(screen: QWidget, words: str) -> None:
    settle()
    made = next(b for b in screen.findChildren(QPushButton) if b.isVisible() and words in b.text())
    made.setFocus()
    press(made, Qt.Key.Key_Space)
    settle()


def test_from_the_roll_call_to_the_corrected_minutes(qtbot: QtBot, vault: Vault,
                                                     home: Home) -> None:
    small: Small = fill(vault)

    def states() -> list[tuple[str, str, str, int]]:
        detail = vault.ask(meeting_detail, small.meeting)
        assert detail is not None
        return [(row.name, row.organisation, row.state, row.number) for row in detail.attendance]

    with shown(home, vault) as window:
        window.go("meetings", small.meeting)
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace)
        screen.show_tab(1)
        settle()
        panel = screen.session.roll_call
        for _name, _organisation, _state, number in [one for one in states()
                                                     if one[0] == "MARTIN Jean"]:
            type_into(panel.field, f"{number}x\n")
        before = states()
        type_into(panel.field, "martin\n")
        settle()
        assert states() == before and "2 personnes portent ce nom" in panel.hint.text()
        press(panel.field, Qt.Key.Key_Down)
        press(panel.field, Qt.Key.Key_Return)
        settle()
        assert [one[2] for one in states() if one[0] == "MARTIN Jean"].count("present") == 1
        type_into(panel.field, "1-999999999\n")
        settle()
        assert {one[2] for one in states()} == {"present"}
        section = screen.session.sections[1]
        section.edit.setFocus()
        type_into(section.edit, "Échanges nourris.\n~ Une dame craint zqx\n? Qui prend la salle\n")
        screen.flush()
        _click(screen, "Clore la séance")
        screen.show_tab(2)
        settle()
        found = vault.ask(follow_up_of, small.meeting, TODAY)
        assert found is not None and [line.text
                                      for line in found.withheld] == ["Une dame craint zqx"]
        _click(screen, "Valider")
        (version,) = vault.ask(versions_of, small.meeting)
        assert (version.whole and "zqx"
                not in repr(vault.ask(minutes_of, small.meeting, "diffusion", TODAY)))
        screen.show_tab(1)
        settle()
        assert all(one.edit.isReadOnly() for one in screen.session.sections)
        screen.show_tab(2)
        _click(screen, "Rectifier")
        reason = screen.follow_up.minutes.reason
        assert reason is not None and reason.hasFocus()
        type_into(reason, "Un nom mal écrit\n")
        settle()
        screen.show_tab(1)
        settle()
        section = screen.session.sections[1]
        section.edit.setFocus()
        type_into(section.edit, "Ajout. ")
        screen.show_tab(2)
        settle()
        _click(screen, "Valider le rectificatif")
        shown_now = vault.ask(minutes_of, small.meeting, "diffusion", TODAY)
        assert (shown_now.state, shown_now.version) == ("rectificatif", 2)
        assert any(line.change == "added" and "Ajout." in line.text for point in shown_now.points
                   for line in point.lines)
