"""Enter, arrows and letters do the same from every keyboard: numeric pad, AZERTY, QWERTY, AltGr."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.meetings import create_meeting
from desktop.models.notes import Embed
from desktop.models.states import ReferralState
from desktop.queries.meetings.notes import blocks_of
from desktop.queries.meetings.rows import agenda_of, roll_call_of
from desktop.queries.records import get_record
from desktop.queries.referrals import referrals_of
from desktop.ui.actions.workspace import ActionsWorkspace
from desktop.ui.first_run import FirstRun
from desktop.ui.help.workspace import HelpWorkspace
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.observations.workspace import ObservationsWorkspace
from desktop.ui.referrals.workspace import ReferralsWorkspace
from desktop.ui.unlocking.unlock import UnlockScreen
from desktop.ui.widgets.fields.choices import Picking
from desktop.ui.widgets.fields.dates import DateField
from desktop.ui.widgets.fields.people import People, PeopleField
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.conftest import PASSPHRASE
from tests.keyboard import (
    ALT,
    AMERICAN,
    BELGIAN,
    BOTH_ENTERS,
    CONTROL,
    FRENCH,
    FRENCH_ON_WINDOWS,
    NOTHING,
    PAD,
    Layout,
    Stroke,
    type_on,
    type_on_pad,
)
from tests.ui.collective import Small, fill
from tests.window import settle, shown, wait


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


@pytest.fixture
def desk(qtbot: QtBot, vault: Vault, home: Home) -> Iterator[Desk]:
    small = fill(vault)
    with shown(home, vault) as window:
        yield Desk(window, vault, small)


@BOTH_ENTERS
def test_enter_on_a_line_of_the_notes_makes_it_an_action(desk: Desk, enter: Stroke) -> None:
    edit = desk.meeting(1).session.sections[1].edit
    edit.setFocus()
    type_on(FRENCH, edit, "> Relancer la CPAM d\u2019ici l\u2019été")
    enter.send(edit)
    settle()
    assert [embed.kind for embed in edit.segments() if isinstance(embed, Embed)] == ["action"]


@BOTH_ENTERS
def test_ctrl_enter_turns_a_line_of_the_notes(desk: Desk, enter: Stroke) -> None:
    edit = desk.meeting(1).session.sections[1].edit
    edit.setFocus()
    type_on(FRENCH, edit, "Relire la charte")
    enter.send(edit, CONTROL)
    settle()
    assert [embed.kind for embed in edit.segments() if isinstance(embed, Embed)] == ["action"]


@BOTH_ENTERS
def test_enter_adds_a_point_to_the_agenda(desk: Desk, enter: Stroke) -> None:
    field = desk.meeting(0).preparation.new_item
    type_on(FRENCH, field, "Questions diverses")
    enter.send(field)
    settle()
    assert desk.vault.ask(agenda_of, desk.small.meeting)[-1].title == "Questions diverses"


@BOTH_ENTERS
def test_enter_opens_what_the_palette_found(desk: Desk, enter: Stroke) -> None:
    work = desk.window.work
    assert work is not None
    desk.window.setFocus()
    Stroke(Qt.Key.Key_K).send(desk.window, CONTROL)
    settle()
    field = work.palette_panel.field
    assert field.hasFocus()
    type_on(FRENCH, field, "Ressources")
    settle()
    enter.send(field)
    settle()
    assert desk.window.current is not None and desk.window.current.name == "resources"


@pytest.mark.parametrize(("layout", "text"),
                         [(FRENCH, FRENCH.unshifted("3")), (FRENCH, "3"), (AMERICAN, "3")],
                         ids=["AZERTY", "AZERTY with Shift", "QWERTY"])
def test_a_figure_notes_a_step_of_the_referral(desk: Desk, layout: Layout, text: str) -> None:
    desk.window.go("referrals")
    screen = desk.window.current
    assert isinstance(screen, ReferralsWorkspace)
    row = next(one for one in desk.vault.ask(referrals_of) if one.state != ReferralState.CLOSED)
    screen.register.table.select_id(row.id)
    screen.register.table.setFocus()
    type_on(layout, screen.register.table, text)
    settle()
    after = next(one for one in desk.vault.ask(referrals_of) if one.id == row.id)
    assert [one.step for one in after.steps if one not in row.steps] == ["rendez_vous_manque"]


@BOTH_ENTERS
def test_enter_answers_and_ctrl_enter_keeps_the_observation(desk: Desk, enter: Stroke) -> None:
    desk.window.go("observations")
    screen = desk.window.current
    assert isinstance(screen, ObservationsWorkspace)
    before = screen.register.table.rows.rowCount()
    screen.new()
    settle()
    form = screen.form
    assert form is not None
    for picker, words in ((form.domain, "logement social"), (form.criterion, "origine")):
        assert picker.field.hasFocus()
        type_on(FRENCH, picker.field, words)
        enter.send(picker.field)
    assert form.domain.chosen == "LOGEMENT_SOCIAL" and not form.criterion.field.hasFocus()
    form.account.edit.setFocus()
    type_on(FRENCH, form.account.edit, "Une mère attend.")
    enter.send(form.account.edit, CONTROL)
    settle()
    screen.register.refresh()
    assert (screen.register.table.rows.rowCount() == before + 1
            and form.account.edit.toPlainText() == "")


@BOTH_ENTERS
def test_enter_opens_a_line_and_ctrl_enter_saves_its_form(desk: Desk, enter: Stroke) -> None:
    desk.window.go("actions")
    settle()
    screen = desk.window.current
    assert isinstance(screen, ActionsWorkspace)
    table = screen.register.table
    table.setFocus()
    table.selectRow(0)
    chosen = table.current_row().id
    enter.send(table)
    settle()
    form = screen.register.form
    assert form is not None
    title = form.fields["title"]
    assert isinstance(title, QLineEdit)
    title.selectAll()
    type_on(FRENCH, title, "Relire la charte")
    enter.send(title, CONTROL)
    settle()
    assert screen.register.form is None
    assert desk.vault.ask(get_record, chosen)["title"] == "Relire la charte"


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("name", ["owner_id", "axis_id", "owner_organisation_id", "due_on"])
def test_escape_closes_the_list_that_is_open_then_the_form(desk: Desk, name: str) -> None:
    desk.window.go("actions")
    screen = desk.window.current
    assert isinstance(screen, ActionsWorkspace)
    Stroke(Qt.Key.Key_N).send(desk.window, CONTROL)
    settle()
    form = screen.register.form
    assert form is not None
    field = form.fields[name]
    field.setFocus()
    focus = QApplication.focusWidget()
    assert focus is not None
    Stroke(Qt.Key.Key_Down).send(focus, ALT)
    settle()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    Stroke(Qt.Key.Key_Escape).send(popup)
    settle()
    assert QApplication.activePopupWidget() is None and screen.register.form is form
    Stroke(Qt.Key.Key_Escape).send(field)
    settle()
    assert screen.register.form is None


@BOTH_ENTERS
def test_enter_opens_the_page_of_help_that_is_searched(desk: Desk, enter: Stroke) -> None:
    desk.window.go("help")
    screen = desk.window.current
    assert isinstance(screen, HelpWorkspace)
    type_on(FRENCH, screen.search, "nextcloud")
    enter.send(screen.search)
    assert screen.shown is not None and screen.shown.name == "sync" and screen.view.hasFocus()


@BOTH_ENTERS
def test_enter_opens_the_notebook(qtbot: QtBot, vault: Vault, home: Home, enter: Stroke) -> None:
    fill(vault)
    vault.close()
    with shown(home, Vault(home)) as window:
        page = window.root.currentWidget()
        assert isinstance(page, UnlockScreen)
        type_on(FRENCH, page.secret, PASSPHRASE)
        enter.send(page.secret)
        wait(lambda: window.work is not None)


@BOTH_ENTERS
def test_enter_goes_on_in_the_first_run(qtbot: QtBot, home: Home, enter: Stroke) -> None:
    with shown(home, None) as window:
        page = window.root.currentWidget()
        assert isinstance(page, FirstRun)
        page.next_button.setFocus()
        enter.send(page.next_button)
        settle()
        assert page.pages.currentIndex() == 1


@BOTH_ENTERS
@pytest.mark.parametrize("count", [5, 20])
def test_enter_picks_in_a_list_that_acts_at_once(qtbot: QtBot, count: int, enter: Stroke) -> None:
    made = Picking("Personne", [(number, f"Personne {number:02}") for number in range(count)])
    qtbot.addWidget(made)
    picked: list[object] = []
    made.picked.connect(picked.append)
    made.show()
    made.setFocus()
    settle()
    Stroke(Qt.Key.Key_Down).send(made)
    enter.send(made)
    assert picked == [0]


@BOTH_ENTERS
def test_words_with_a_space_are_found_in_a_short_list(qtbot: QtBot, enter: Stroke) -> None:
    made = Picking("Groupe", [(1, "Groupe de travail"), (2, "Groupe de suivi")])
    qtbot.addWidget(made)
    picked: list[object] = []
    made.picked.connect(picked.append)
    made.show()
    made.activateWindow()
    made.setFocus()
    settle()
    type_on(FRENCH, made, "groupe de s")
    assert QApplication.activePopupWidget() is None
    enter.send(made)
    assert picked == [2]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_space_alone_opens_a_short_list(qtbot: QtBot) -> None:
    made = Picking("Groupe", [(1, "Groupe de travail"), (2, "Groupe de suivi")])
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    settle()
    type_on(FRENCH, made, " ")
    assert made.view().isVisible()
    made.hidePopup()


@pytest.mark.qt_log_ignore("This plugin does not support")
@BOTH_ENTERS
def test_enter_takes_somebody_of_the_list_of_people(qtbot: QtBot, enter: Stroke) -> None:
    known = [("1", "BENALI Fatima"), ("2", "BENOÎT Zoé")]
    made = PeopleField("Personne", People(lambda: known, list, str))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    settle()
    type_on(FRENCH, made.line, "ben")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    Stroke(Qt.Key.Key_Down).send(popup)
    enter.send(popup)
    settle()
    assert made.value() == "1"


@pytest.mark.qt_log_ignore("This plugin does not support")
@BOTH_ENTERS
def test_enter_takes_the_day_of_the_calendar(qtbot: QtBot, enter: Stroke) -> None:
    made = DateField("Jour", lambda: date(2026, 3, 12))
    qtbot.addWidget(made)
    made.show()
    made.open_calendar()
    settle()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    days = popup.findChild(QTableView)
    assert days is not None
    Stroke(Qt.Key.Key_Right).send(days)
    enter.send(days)
    settle()
    assert made.day() == date(2026, 3, 13)


WITHOUT_NUM_LOCK = pytest.mark.parametrize("pad", [
    pytest.param(NOTHING, id="arrows"), pytest.param(PAD, id="pad without Num Lock")])


@WITHOUT_NUM_LOCK
def test_ctrl_page_down_turns_the_half_day(desk: Desk, pad: Qt.KeyboardModifier) -> None:
    desk.window.go("meetings", desk.vault.do(
        create_meeting, group_id=desk.small.group, title="Formation", kind="formation",
        starts_at="2026-03-12T09:00", ends_at="2026-03-13T17:00"))
    screen = desk.window.current
    assert isinstance(screen, MeetingsWorkspace)
    screen.show_tab(1)
    settle()
    panel = screen.session.roll_call
    Stroke(Qt.Key.Key_PageDown, "", pad).send(panel.field, CONTROL)
    assert panel.half_days.chosen is not None and panel.half_days.chosen.code == "2026-03-12 pm"


@WITHOUT_NUM_LOCK
def test_alt_down_moves_a_point_of_the_agenda(desk: Desk, pad: Qt.KeyboardModifier) -> None:
    screen = desk.meeting(0)
    first, second, *rest = (item.id for item in desk.vault.ask(agenda_of, desk.small.meeting))
    Stroke(Qt.Key.Key_Down, "", pad).send(screen.preparation.agenda.lines[first].title, ALT)
    settle()
    after = [item.id for item in desk.vault.ask(agenda_of, desk.small.meeting)]
    assert after == [second, first, *rest]


@pytest.mark.qt_log_ignore("This plugin does not support")
@WITHOUT_NUM_LOCK
def test_the_down_key_goes_a_day_on(qtbot: QtBot, pad: Qt.KeyboardModifier) -> None:
    made = DateField("Jour", lambda: date(2026, 3, 12))
    qtbot.addWidget(made)
    made.show()
    type_on_pad(made.line, "12/3/2026")
    Stroke(Qt.Key.Key_Down, "", pad).send(made.line)
    assert made.day() == date(2026, 3, 13)


LAYOUTS = pytest.mark.parametrize("layout", [FRENCH, FRENCH_ON_WINDOWS, BELGIAN, AMERICAN],
                                  ids=lambda layout: layout.name)


@LAYOUTS
def test_accents_and_signs_of_every_keyboard_reach_the_notes(desk: Desk, layout: Layout) -> None:
    line = "L\u2019été à Noël : 12 € (#3) pour Zoé {zoe@exemple.fr}"
    screen = desk.meeting(1)
    edit = screen.session.sections[1].edit
    edit.setFocus()
    type_on(layout, edit, line)
    screen.flush()
    assert any(line in block.segments for block in desk.vault.ask(blocks_of, desk.small.meeting))


@LAYOUTS
def test_a_walk_in_is_written_from_every_keyboard(desk: Desk, layout: Layout) -> None:
    panel = desk.meeting(1).session.roll_call
    type_on(layout, panel.field, "+ GÂCHÉ Noël, Maison d\u2019Été\n")
    settle()
    assert "GÂCHÉ Noël" in [row.name for row in desk.vault.ask(roll_call_of, desk.small.meeting)]
