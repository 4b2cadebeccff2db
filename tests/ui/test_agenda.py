"""The points of an agenda are put in order with the pointer; Escape lets go."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.meetings import add_agenda_item, create_meeting
from desktop.queries.meetings.rows import meeting_detail
from desktop.ui.meetings.agenda import AgendaCard
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.widgets.grip import Grip
from desktop.vault import Vault
from tests.stories.hands import Hands
from tests.window import settle, shown

TITLES = ["Accueil", "Bilan", "Charte", "Dates"]


@pytest.mark.parametrize(("taken", "onto", "below", "cancelled", "after"), [
    (0, 2, True, False, ["Bilan", "Charte", "Accueil", "Dates"]),
    (3, 0, False, False, ["Dates", "Accueil", "Bilan", "Charte"]),
    (1, 3, True, False, ["Accueil", "Charte", "Dates", "Bilan"]),
    (1, 3, True, True, TITLES),
    (2, 2, True, False, TITLES),
])
def test_a_point_is_dragged_to_its_place(qtbot: QtBot, vault: Vault, home: Home, taken: int,
                                         onto: int, below: bool,
                                         cancelled: bool, after: list[str]) -> None:
    meeting = vault.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                       starts_at="2026-12-03T14:00")
    for title in TITLES:
        vault.do(add_agenda_item, meeting, title, minutes=10)

    def order() -> list[str]:
        detail = vault.ask(meeting_detail, meeting)
        assert detail is not None
        return [item.title for item in detail.agenda]

    with shown(home, vault) as window:
        window.go("meetings", meeting)
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace)
        screen.show_tab(0)
        settle()
        (card,) = screen.findChildren(AgendaCard)
        grips = sorted(card.findChildren(Grip), key=lambda grip: grip.mapToGlobal(QPoint()).y())
        assert len(grips) == len(TITLES)
        grip, target = grips[taken], grips[onto]
        there: Callable[[], QPoint] = lambda: grip.mapFromGlobal(target.mapToGlobal(  # noqa: E731
            QPoint(4, target.height() + 3 if below and onto != taken
                   else target.height() // 2 - (0 if below else 12))))
        QTest.mousePress(grip, Qt.MouseButton.LeftButton, pos=grip.rect().center())
        QTest.mouseMove(grip, there())
        assert card._drop.isVisible()
        if cancelled:
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
            assert not card._drop.isVisible()
        QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=there())
        settle()
        assert order() == after and not card._drop.isVisible()
        if after != TITLES:
            assert window.work is not None
            window.work.undo()
            settle()
            assert order() == TITLES


def test_a_new_meeting_is_saved_and_its_points_typed(qtbot: QtBot, vault: Vault,
                                                     home: Home) -> None:
    """Ctrl+N, a title, Ctrl+S, then six points: what is typed goes to the agenda, never to the
    rail."""
    with shown(home, vault) as window:
        one = Hands(window)
        window.go("meetings")
        settle()
        one.keys(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        one.type("Plénière")
        one.keys(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        one.type("Accueil\nActions\nObservatoire\nStages\nFormation\nDivers\n")
        page = window.current
        assert isinstance(page, MeetingsWorkspace) and page.preparation.new_item.hasFocus()
        assert len(page.preparation.agenda.lines) == 6
