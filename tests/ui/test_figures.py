"""The roll-call takes its figures from every keyboard, and Enter from the numeric pad."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.meetings import mark_attendance
from desktop.queries.meetings.rows import roll_call_of
from desktop.ui.meetings.roll_call.attendance import AttendancePanel
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.widgets.keys import digit_of
from desktop.ui.widgets.lists.rows import ROW
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.keyboard import (
    AMERICAN,
    BELGIAN,
    BOTH_ENTERS,
    FRENCH,
    Layout,
    Stroke,
    type_on,
    type_on_pad,
)
from tests.ui.collective import Small, fill
from tests.window import settle, shown

Typing = Callable[[QWidget, str], None]


def _on(layout: Layout) -> Typing:
    return lambda widget, text: type_on(layout, widget, text)


def _unshifted(layout: Layout) -> Typing:
    return lambda widget, text: type_on(layout, widget, layout.unshifted(text))


def _under_caps_lock(widget: QWidget, text: str) -> None:
    for letter in FRENCH.unshifted(text).upper():
        Stroke(Qt.Key(ord(letter)), letter).send(widget)


WITH_FIGURES = [pytest.param(_on(FRENCH), id="AZERTY"), pytest.param(_on(BELGIAN), id="Belgian"),
                pytest.param(_on(AMERICAN), id="QWERTY"), pytest.param(type_on_pad, id="pad")]
WITHOUT_SHIFT = [pytest.param(_unshifted(FRENCH), id="AZERTY without Shift"),
                 pytest.param(_unshifted(BELGIAN), id="Belgian without Shift"),
                 pytest.param(_under_caps_lock, id="AZERTY under Caps Lock")]

@dataclass
class Desk:
    """A window over the small collective."""

    window: MainWindow
    vault: Vault
    small: Small

    def meeting(self, tab: int) -> MeetingsWorkspace:
        """The meeting that is held, at one of its parts."""
        self.window.go("meetings", self.small.meeting)
        screen = self.window.current
        assert isinstance(screen, MeetingsWorkspace)
        screen.show_tab(tab)
        settle()
        return screen

    def roll_call(self) -> AttendancePanel:
        """Its roll-call."""
        return self.meeting(1).session.roll_call

    def states(self) -> dict[int, str]:
        """How each takes part, by the number on the sheet."""
        return {row.number: row.state for row in self.vault.ask(roll_call_of, self.small.meeting)}

    def all_awaited(self) -> None:
        """Nobody has come yet."""
        for row in self.vault.ask(roll_call_of, self.small.meeting):
            self.vault.do(mark_attendance, self.small.meeting, row.person_id, "attendu")
        settle()


@pytest.fixture
def desk(qtbot: QtBot, vault: Vault, home: Home) -> Iterator[Desk]:
    small = fill(vault)
    with shown(home, vault) as window:
        yield Desk(window, vault, small)


def _chosen(panel: AttendancePanel) -> int:
    return int(panel.list.currentIndex().data(ROW).number)


def _copy_sheet(desk: Desk) -> AttendancePanel:
    panel = desk.roll_call()
    panel.paper.click()
    settle()
    assert panel.list.hasFocus() and _chosen(panel) == 1
    return panel


@pytest.mark.parametrize("typing", WITH_FIGURES)
def test_figures_of_any_keyboard_go_to_a_line_of_the_sheet(desk: Desk, typing: Typing) -> None:
    panel = desk.roll_call()
    panel.list.setFocus()
    typing(panel.list, "12")
    assert _chosen(panel) == 12


@pytest.mark.parametrize("typing", [*WITH_FIGURES, *WITHOUT_SHIFT])
def test_a_signed_sheet_is_copied_from_any_keyboard_even_without_shift(desk: Desk,
                                                                      typing: Typing) -> None:
    panel = _copy_sheet(desk)
    typing(panel.list, "10")
    assert _chosen(panel) == 10


class _Heard(QWidget):
    """Notes which figures it hears, "." for what is none."""

    def __init__(self, unshifted: bool) -> None:
        super().__init__()
        self.figures, self._unshifted = "", unshifted

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Shift:
            self.figures += digit_of(event, self._unshifted) or "."


@pytest.mark.parametrize("typing", [*WITH_FIGURES, *WITHOUT_SHIFT])
def test_every_figure_is_understood_where_a_figure_is_meant(qtbot: QtBot, typing: Typing) -> None:
    heard = _Heard(unshifted=True)
    qtbot.addWidget(heard)
    heard.show()
    typing(heard, "1234567890")
    assert heard.figures == "1234567890"


@pytest.mark.parametrize(("unshifted", "figures"), [(True, "." * 12), (False, "." * 22)])
def test_signs_are_no_figures(qtbot: QtBot, unshifted: bool, figures: str) -> None:
    heard = _Heard(unshifted)
    qtbot.addWidget(heard)
    heard.show()
    type_on(AMERICAN, heard, "!@#$%^&*()ab")
    if not unshifted:
        type_on(FRENCH, heard, FRENCH.unshifted("1234567890"))
    assert heard.figures == figures


def test_outside_the_copy_azerty_without_shift_types_no_figure(desk: Desk) -> None:
    panel = desk.roll_call()
    panel.list.setFocus()
    for letter in [*"&é\"'(-è_çà", "²"]:
        panel.list.setCurrentIndex(panel.people.index(0, 0))
        before = _chosen(panel)
        type_on(FRENCH, panel.list, letter)
        assert _chosen(panel) == before, letter


def test_the_exponent_left_of_the_figures_of_azerty_is_no_figure(desk: Desk) -> None:
    panel = _copy_sheet(desk)
    type_on(FRENCH, panel.list, "²12")
    assert _chosen(panel) == 12


def test_an_american_exclamation_mark_is_no_figure(desk: Desk) -> None:
    panel = _copy_sheet(desk)
    type_on(AMERICAN, panel.list, "2!")
    assert _chosen(panel) == 2


@pytest.mark.parametrize("typing", WITH_FIGURES)
def test_the_field_takes_numbers_of_the_sheet_from_any_keyboard(desk: Desk, typing: Typing) -> None:
    panel = desk.roll_call()
    desk.all_awaited()
    typing(panel.field, "3-5\n")
    assert {number for number, state in desk.states().items() if state == "present"} == {3, 4, 5}


@BOTH_ENTERS
def test_enter_ticks_a_line_and_goes_on_to_the_next(desk: Desk, enter: Stroke) -> None:
    desk.all_awaited()
    panel = _copy_sheet(desk)
    enter.send(panel.list)
    enter.send(panel.list)
    settle()
    assert {number for number, state in desk.states().items() if state == "present"} == {1, 2}
    assert _chosen(panel) == 3
