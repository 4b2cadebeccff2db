"""Ctrl+N begins something on every screen and tab, or says where it is begun."""

import pytest
from PySide6.QtCore import Qt

from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.observatory.workspace import ObservatoryWorkspace
from desktop.ui.screen.forms import OpenForm
from desktop.ui.trainings.workspace import TrainingsWorkspace
from desktop.ui.widgets.layout.tab import Tab
from desktop.ui.window.main_window import MainWindow
from desktop.ui.window.rail import PLACES
from tests.stories.hands import Hands, plain
from tests.ui.collective import Small
from tests.window import settle

CONTROL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _answer(window: MainWindow, hands: Hands) -> str:
    """What Ctrl+N gave: the screen and "form", or what was said."""
    window.messages.hide()
    window.messages.text = ""
    hands.keys(Qt.Key.Key_N, CONTROL)
    screen = window.current
    assert screen is not None
    # The fast form of an observation and the preview of a publication are forms of their own.
    own = getattr(screen, "form", None) or getattr(screen, "publishing", None)
    if (any(made.isVisible() for made in screen.findChildren(OpenForm))
            or (own is not None and own.isVisible())):
        return f"{screen.name}: form"
    return plain(window.messages.text)


def test_every_screen_and_tab_answers(window: MainWindow, small: Small) -> None:
    hands = Hands(window)
    said: dict[str, list[str]] = {}
    for place in PLACES:
        window.go(place.name)
        settle()
        assert window.current is not None
        tabs = [tab for tab in window.current.findChildren(Tab) if tab.isVisible()]
        for number in range(max(len(tabs), 1)):
            window.go(place.name)
            settle()
            if tabs and tabs[number].isVisible():
                tabs[number].click()
                settle()
            said.setdefault(place.name, []).append(_answer(window, hands))
            hands.keys(Qt.Key.Key_Escape)
    assert all(all(answers) for answers in said.values()), said
    assert said["charter"] == ["charter: form"] * 3
    assert said["trainings"] == ["meetings: form", "meetings: form", "trainings: form"]
    assert said["observatory"] == ["observatory: form"] * 2
    assert "notes de sa réunion" in said["decisions"][0]
    assert "Ctrl+K" in said["help"][0]


@pytest.mark.parametrize("tab", [0, 1])
def test_a_session_of_a_training_is_begun_from_the_list_of_who_needs_it(
        window: MainWindow, small: Small, tab: int) -> None:
    window.go("trainings")
    settle()
    screen = window.current
    assert isinstance(screen, TrainingsWorkspace)
    screen.show_tab(tab)
    settle()
    Hands(window).click("Nouvelle séance")
    meetings = window.current
    assert isinstance(meetings, MeetingsWorkspace) and meetings.forms.form is not None
    assert meetings.forms.form.values()["kind"] == "formation"


def test_publishing_begins_with_its_period(window: MainWindow, small: Small) -> None:
    window.go("observatory")
    settle()
    screen = window.current
    assert isinstance(screen, ObservatoryWorkspace)
    Hands(window).keys(Qt.Key.Key_N, CONTROL)
    assert screen.publishing.period.hasFocus()
    Hands(window).keys(Qt.Key.Key_Escape)
    assert not screen.publishing.isVisible()
