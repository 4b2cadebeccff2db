"""Preparing a meeting on a small laptop: names are whole, a point stands on one line."""

from PySide6.QtCore import QPoint

from desktop.commands.meetings import expect_people
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.widgets.basics import Elided
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.ui.collective import Small
from tests.window import settle


def test_people_and_their_organisations_are_whole_and_a_point_takes_one_line(
        window: MainWindow, vault: Vault, small: Small) -> None:
    vault.do(expect_people, small.meeting, list(small.people))
    window.resize(1366, 768)
    window.go("meetings", small.meeting)
    screen = window.current
    assert isinstance(screen, MeetingsWorkspace)
    screen.show_tab(0)
    settle()
    names = screen.preparation.people.findChildren(Elided)
    cut = [made.accessibleName() for made in names if "…" in made.text()]
    assert len(names) >= 2 * len(small.people) - 2 and cut == []
    for line in screen.preparation.agenda.lines.values():
        middles = {part.mapTo(line, QPoint(0, part.height() // 2)).y() // 4
                   for part in (line.title, line.minutes)}
        assert len(middles) == 1 and line.title.width() >= 200
        assert line.height() < 3 * line.title.height() and not line.minutes.x() < line.title.x()
