"""F1: each key that a screen declares does what it says, and the panel that shows them takes
nothing away."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop.base.dates.french import long_date
from desktop.base.i18n import _
from desktop.base.paths import Home
from desktop.commands.meetings import add_decision, create_meeting
from desktop.commands.preparation import prepare_next
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.models.states import ReferralState
from desktop.queries.actions import action_detail, actions_of
from desktop.queries.carry_over import proposals_for
from desktop.queries.internships.lists import ApplicationRow, offer_detail
from desktop.queries.meetings.notes import Embed, blocks_of
from desktop.queries.meetings.rows import (
    AttendanceRow,
    agenda_of,
    decisions_of,
    meeting_detail,
    roll_call_of,
)
from desktop.queries.plan import plans_of
from desktop.queries.referrals import referrals_of
from desktop.queries.resources import resource_detail
from desktop.queries.watch import inbox_of
from desktop.ui.actions.workspace import ActionsWorkspace
from desktop.ui.bin.workspace import BinWorkspace
from desktop.ui.directory.workspace import DirectoryWorkspace
from desktop.ui.help.workspace import HelpWorkspace
from desktop.ui.internships.workspace import InternshipsWorkspace
from desktop.ui.meetings.decisions import DecisionsWorkspace
from desktop.ui.meetings.workspace import MeetingsWorkspace
from desktop.ui.observations.workspace import ObservationsWorkspace
from desktop.ui.places.workspace import PlacesWorkspace
from desktop.ui.plan.workspace import PlanWorkspace
from desktop.ui.records.parts import Parts, PartsSection
from desktop.ui.records.register import Register
from desktop.ui.records.tabs import RegistersWorkspace
from desktop.ui.screen.shortcuts_panel import GENERAL
from desktop.ui.sync.workspace import SyncWorkspace
from desktop.ui.widgets.lists.rows import ROW
from desktop.ui.window.main_window import MainWindow
from desktop.ui.window.page import WorkPage
from desktop.ui.window.rail import PLACES
from desktop.vault import Vault
from tests.stories.hands import Hands
from tests.ui.collective import TODAY, Small, fill
from tests.window import press, settle, shown, type_into, wait

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass
class Place:
    """A window over the small collective, on one screen."""

    window: MainWindow
    vault: Vault
    small: Small

    @property
    def hands(self) -> Hands:
        return Hands(self.window)

    @property
    def work(self) -> WorkPage:
        assert self.window.work is not None
        return self.window.work

    @property
    def register(self) -> Register:
        return self.window.current.register  # type: ignore[union-attr]

    def states(self) -> dict[str, tuple[str, str, str]]:
        detail = self.vault.ask(meeting_detail, self.small.meeting)
        assert detail is not None
        return {row.name: (row.state, row.arrived_at, row.represented_by)
                for row in detail.attendance}


Proof = Callable[[Place], None]


def _palette(at: Place) -> None:
    at.hands.keys(Qt.Key.Key_K, CTRL)
    assert at.work.palette_panel.isVisible()


def _narrowed(at: Place) -> None:
    at.hands.keys(Qt.Key.Key_K, CTRL)
    at.hands.type("type:action avec:benali depuis:2020 avant:2090 ")
    panel = at.work.palette_panel
    assert ([one.what for one in panel.filters] == ["kind", "with", "since", "before"]
            and panel.field.text() == "")
    assert panel.entries.rows and {entry.about for entry in panel.entries.rows} == {"Action"}
    at.hands.keys(Qt.Key.Key_Backspace)
    assert len(panel.filters) == 3


def _observation(at: Place) -> None:
    at.hands.keys(Qt.Key.Key_O, CTRL | SHIFT)
    assert at.window.current is not None and at.window.current.name == "observations"


def _new(at: Place) -> None:
    at.window.go("actions")
    at.hands.keys(Qt.Key.Key_N, CTRL)
    assert "Nouvelle action" in at.hands.screen() and at.register.form is not None


def _search(at: Place) -> None:
    at.window.go("actions")
    at.hands.keys(Qt.Key.Key_F, CTRL)
    assert at.register.search.hasFocus()


def _tabs(at: Place) -> None:
    for name, there, back in (("charter", 1, 0), ("actions", "board", "list"), ("meetings", 2, 1)):
        at.window.go(name, at.small.meeting if name == "meetings" else None)
        settle()
        at.hands.keys(Qt.Key.Key_Tab, CTRL)
        assert _tab_of(at) == there
        at.hands.keys(Qt.Key.Key_Backtab, CTRL | SHIFT)
        assert _tab_of(at) == back
        focus = QApplication.focusWidget()
        assert focus is not None and at.window.current is not None
        assert at.window.current.isAncestorOf(focus)


def _tab_of(at: Place) -> object:
    screen = at.window.current
    if isinstance(screen, ActionsWorkspace):
        return screen.view
    assert isinstance(screen, MeetingsWorkspace | RegistersWorkspace)
    return screen.tabs.checkedId()


def _documents(at: Place) -> None:
    at.window.go("meetings", at.small.meeting)
    at.hands.keys(Qt.Key.Key_F9)
    assert [d.windowTitle() for d in at.window.findChildren(QDialog)] == ["Documents"]


def _copy_lines(at: Place) -> None:
    at.window.go("actions")
    settle()
    at.register.table.setFocus()
    at.hands.keys(Qt.Key.Key_C, CTRL)
    assert at.register.table.current_row().title in QGuiApplication.clipboard().text()


def _columns(at: Place) -> None:
    at.window.go("actions")
    settle()
    at.register.table.setFocus()
    at.hands.keys(Qt.Key.Key_F10, SHIFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert _("State") in [action.text() for action in menu.actions() if action.isCheckable()]
    menu.close()


def _undo_redo(at: Place) -> None:
    at.vault.do(delete_record, at.small.meeting)
    at.hands.keys(Qt.Key.Key_Z, CTRL)
    assert at.vault.ask(meeting_detail, at.small.meeting) is not None
    at.hands.keys(Qt.Key.Key_Y, CTRL)
    assert at.vault.ask(meeting_detail, at.small.meeting) is None


def _lock(at: Place) -> None:
    at.hands.keys(Qt.Key.Key_L, CTRL)
    assert not at.vault.is_open


def _keys(at: Place) -> None:
    at.hands.keys(Qt.Key.Key_F1)
    assert at.work.keys_panel.isVisible()


def _quit(at: Place) -> None:
    at.hands.keys(Qt.Key.Key_Q, CTRL)
    assert not at.window.isVisible()


def _choose_line(at: Place) -> None:
    table = at.register.table
    table.setFocus()
    table.selectRow(0)
    press(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() == 1
    press(table, Qt.Key.Key_Up)
    assert table.currentIndex().row() == 0


def _edit_line(at: Place) -> None:
    at.register.table.setFocus()
    at.register.table.selectRow(0)
    press(at.register.table, Qt.Key.Key_Return)
    assert at.register.forms.begun.record_id is not None and at.register.form is not None


def _paste(at: Place) -> None:
    screen = at.window.current
    assert isinstance(screen, DirectoryWorkspace | PlacesWorkspace)
    QGuiApplication.clipboard().setText("Nom\tPrénom\nKaczmarek\tJulie\n")
    screen.register.table.setFocus()
    at.hands.keys(Qt.Key.Key_V, CTRL)
    assert screen.importing.isVisible() and "Kaczmarek" in screen.importing.text.toPlainText()


def _member(at: Place) -> None:
    screen = at.window.current
    assert isinstance(screen, DirectoryWorkspace)
    screen.show_tab(2)
    settle()
    screen.register.table.setFocus()
    at.hands.keys(Qt.Key.Key_M)
    extra = screen.register.extra
    assert isinstance(extra, Parts) and extra.sections["membership"].forms.form is not None


def _new_meeting(at: Place) -> None:
    at.hands.keys(Qt.Key.Key_N, CTRL)
    assert "Nouvelle réunion" in at.hands.screen()
    assert at.window.current is not None and at.window.current.name == "meetings"


def _erase(at: Place) -> None:
    at.vault.do(delete_record, at.small.meeting)
    settle()
    screen = at.window.current
    assert isinstance(screen, BinWorkspace)
    screen.refresh()
    screen.table.setFocus()
    press(screen.table, Qt.Key.Key_Delete)
    assert screen.question.isVisible() and screen.question.keep_button.hasFocus()
    at.hands.keys(Qt.Key.Key_Escape)
    assert not screen.question.isVisible() and screen.table.hasFocus()


def _bring_back(at: Place) -> None:
    at.vault.do(delete_record, at.small.meeting)
    settle()
    screen = at.window.current
    assert isinstance(screen, BinWorkspace)
    screen.refresh()
    screen.table.setFocus()
    press(screen.table, Qt.Key.Key_Return)
    assert at.vault.ask(meeting_detail, at.small.meeting) is not None


def _form(at: Place) -> ObservationsWorkspace:
    screen = at.window.current
    assert isinstance(screen, ObservationsWorkspace)
    screen.new()
    settle()
    assert screen.form is not None
    return screen


def _answer(at: Place) -> None:
    form = _form(at).form
    assert form is not None and form.domain.field.hasFocus()
    type_into(form.domain.field, "logement social\n")
    assert form.domain.chosen == "LOGEMENT_SOCIAL" and form.criterion.field.hasFocus()


def _save_and_next(at: Place) -> None:
    screen = _form(at)
    form = screen.form
    assert form is not None
    before = screen.register.table.rows.rowCount()
    type_into(form.domain.field, "logement social\n")
    type_into(form.criterion.field, "origine\n")
    type_into(form.account.edit, "Une mère attend toujours.")
    form.account.edit.setFocus()
    press(form.account.edit, Qt.Key.Key_Return, CTRL)
    assert form.isVisible() and form.account.text() == "" and form.domain.field.hasFocus()
    screen.register.refresh()
    assert screen.register.table.rows.rowCount() == before + 1


def _edit_observation(at: Place) -> None:
    screen = at.window.current
    assert isinstance(screen, ObservationsWorkspace)
    table = screen.register.table
    table.setFocus()
    handed_in = next(row.id for row in screen.register.all_rows() if row.state == "saisie")
    table.select_id(handed_in)
    press(table, Qt.Key.Key_Return)
    assert screen.is_in_form and screen.form is not None and screen.form.editing == handed_in


def _tell_apart(at: Place) -> None:
    form = _form(at).form
    assert form is not None
    form.criterion.field.setFocus()
    type_into(form.criterion.field, "voile\n")
    assert form.criterion.chosen == "RELI" and len(form.criterion.buttons) == 2
    type_into(form.criterion.field, "2")
    assert form.criterion.chosen == "PHYS" and not form.criterion.field.hasFocus()


def _one_key(at: Place) -> None:
    form = _form(at).form
    assert form is not None
    form.period.setFocus()
    type_into(form.period, "3")
    assert form.period.value().startswith("avant-") and not form.period.hasFocus()
    form.details.toggle()
    settle()
    type_into(form.details.fields["recourse"], "a")
    assert form.details.fields["recourse"].value() == ["AUCUN"]


def _next_identity(at: Place) -> None:
    form = _form(at).form
    assert form is not None
    form.account.edit.setFocus()
    type_into(form.account.edit, "Le guichet a dit à Mme Lenoir de revenir.")
    wait(lambda: len(form.account.spans) == 1)
    press(form.account.edit, Qt.Key.Key_F8)
    assert form.account.edit.textCursor().selectedText() == "Lenoir"


def _in_inbox(letter: str, state: str) -> Proof:
    """The letter pressed on the first that was handed in; its state after it, where it changes at
    once."""
    def proof(at: Place) -> None:
        screen = at.window.current
        assert isinstance(screen, ObservationsWorkspace) and screen.inbox is not None
        screen.show_tab(1)
        settle()
        at.vault.do(edit_record, at.small.me, {"function": "Juriste"})
        page, read = screen.inbox, screen.inbox.current
        assert read is not None
        type_into(page.list, letter)
        settle()
        if state:
            assert next(row.state for row in at.vault.ask(inbox_of) if row.id == read) == state
        elif letter == "j":
            assert page.legal is not None and page.legal.qualification.hasFocus()
        else:
            assert (page.action if letter == "l" else page.reason).hasFocus()

    return proof


def _leave_form(at: Place) -> None:
    screen = _form(at)
    form = screen.form
    assert form is not None
    type_into(form.account.edit, "Une mère attend.")
    press(form.domain.field, Qt.Key.Key_Escape)
    assert not form.isVisible()
    screen.new()
    assert screen.form is form and form.account.text() == "Une mère attend."


def _session(at: Place) -> MeetingsWorkspace:
    at.window.go("meetings", at.small.meeting)
    screen = at.window.current
    assert isinstance(screen, MeetingsWorkspace)
    screen.show_tab(1)
    settle()
    return screen


def _add_point(at: Place) -> None:
    screen = _session(at)
    screen.show_tab(0)
    type_into(screen.preparation.new_item, "Questions diverses\n")
    detail = at.vault.ask(meeting_detail, at.small.meeting)
    assert detail is not None and detail.agenda[-1].title == "Questions diverses"


def _move_point(at: Place) -> None:
    screen = _session(at)
    screen.show_tab(0)
    before = [item.title for item in at.vault.ask(agenda_of, at.small.meeting)]
    first = at.vault.ask(agenda_of, at.small.meeting)[0].id
    press(screen.preparation.agenda.lines[first].title, Qt.Key.Key_Down,
          Qt.KeyboardModifier.AltModifier)
    assert ([item.title for item in at.vault.ask(agenda_of, at.small.meeting)]
            == [before[1], before[0], *before[2:]])
    assert screen.preparation.agenda.lines[first].title.hasFocus()


def _expect_group(at: Place) -> None:
    member = at.small.people[10]
    at.vault.do(add_record, "membership", {"group_id": at.small.group, "person_id": member})
    gone = at.vault.do(add_record, "person", {"family_name": "Parti"})
    at.vault.do(add_record, "membership", {
        "group_id": at.small.group, "person_id": gone,
        "until": (TODAY - timedelta(days=90)).isoformat()})
    screen = _session(at)
    screen.show_tab(0)
    screen.preparation.new_item.setFocus()
    at.hands.keys(Qt.Key.Key_G, CTRL)
    expected = {row.person_id for row in at.vault.ask(roll_call_of, at.small.meeting)}
    assert member in expected and gone not in expected
    at.hands.keys(Qt.Key.Key_G, CTRL)
    at.hands.said("Toutes les personnes du groupe sont déjà convoquées")


def _from_pane_to_pane(at: Place) -> None:
    screen = _session(at)
    section = screen.session.sections[1].edit
    section.setFocus()
    for wanted in (screen.session.roll_call.field, section):
        at.hands.keys(Qt.Key.Key_F6)
        assert wanted.hasFocus()
    screen.show_tab(0)
    screen.preparation.new_item.setFocus()
    for wanted in (screen.preparation.chooser, screen.preparation.new_item):
        at.hands.keys(Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None and (wanted is focus or wanted.isAncestorOf(focus))


def _leave_out(at: Place) -> None:
    made = at.vault.do(prepare_next, at.small.meeting, TODAY)
    screen = _session(at)
    screen.open_record(made)
    screen.show_tab(0)
    proposed = at.vault.ask(proposals_for, made)
    take = next(b for b in screen.preparation.findChildren(QPushButton)
                if proposed[0].title in b.accessibleName())
    press(take, Qt.Key.Key_Delete)
    assert at.vault.ask(proposals_for, made) == proposed[1:]


def _note(at: Place, line: str) -> MeetingsWorkspace:
    screen = _session(at)
    edit = screen.session.sections[1].edit
    edit.setFocus()
    type_into(edit, line + "\n")
    settle()
    return screen


def _note_action(at: Place) -> None:
    line = "> Fatima B. 12/01: call the CPAM back"
    friday = TODAY + timedelta(days=(4 - TODAY.weekday() - 1) % 7 + 1)
    for typed, title, day in ((line, "Call the CPAM back", "12 janvier"),
                              (_(line), "Relancer la CPAM", long_date(friday, weekday=False))):
        screen = _note(at, typed)
        made = [words for (kind, _id), words in screen.session._words.items() if kind == "action"]
        assert any(words.title == title and "BENALI Fatima" in words.about and day in words.about
                   for words in made), made


def _note_decision(at: Place) -> None:
    _note(at, "! Deux permanences par mois")
    assert "Deux permanences par mois" in [d.text
                                           for d in at.vault.ask(decisions_of, at.small.meeting)]


def _apart(line: str, audience: str, kind: str) -> Proof:
    def proof(at: Place) -> None:
        screen = _note(at, line)
        screen.flush()
        found = [b for b in at.vault.ask(blocks_of, at.small.meeting) if line in b.segments]
        assert [(b.audience, b.kind) for b in found] == [(audience, kind)]

    return proof


def _complete(at: Place) -> None:
    screen = _session(at)
    edit = screen.session.sections[1].edit
    edit.setFocus()
    type_into(edit, "> fat")
    press(edit, Qt.Key.Key_Tab)
    assert edit.current_line() == "> Fatima BENALI" and edit.hasFocus()
    type_into(edit, " ")
    press(edit, Qt.Key.Key_Tab)
    press(edit, Qt.Key.Key_Tab)
    assert edit.current_line() == "> Fatima BENALI sous 8 j"


def _keep_date(at: Place) -> None:
    screen = _session(at)
    section = screen.session.sections[1]
    section.edit.setFocus()
    type_into(section.edit, "> Rappeler la fermeture du guichet avant le 15/12")
    assert "Maj+Entrée" in section.preview.text() and "15 décembre" in section.preview.text()
    press(section.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    made = [row for row in at.vault.ask(actions_of)
            if row.title.startswith("Rappeler la fermeture")]
    assert [(row.title, row.due_on)
            for row in made] == [("Rappeler la fermeture du guichet avant le 15/12", None)]


def _next_name(at: Place) -> None:
    screen = _session(at)
    section, check = screen.session.sections[1], screen.session.identities.check
    section.edit.setFocus()
    type_into(section.edit, "Mme Traoré attend.")
    wait(lambda: [span.text for span in check.spans_of(section.edit)] == ["Traoré"])
    press(section.edit, Qt.Key.Key_F8)
    assert section.edit.textCursor().selectedText() == "Traoré"


def _turn(at: Place) -> None:
    screen = _session(at)
    edit = screen.session.sections[1].edit
    edit.setFocus()
    type_into(edit, "Relire la charte")
    for kind in ("action", "decision", ""):
        press(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        cursor = edit.textCursor()
        cursor.setPosition(0)
        edit.setTextCursor(cursor)
        assert [part.kind for part in edit.segments()
                if isinstance(part, Embed)] == [kind] * bool(kind)
    assert edit.current_line() == "Relire la charte"


def _called(line: str, name: str, state: str, *more: str) -> Proof:
    def proof(at: Place) -> None:
        type_into(_session(at).session.roll_call.field, line + "\n")
        found = at.states()[name]
        assert found[0] == state and all(words in found for words in more), found

    return proof


def _everyone(at: Place) -> None:
    assert "attendu" in {found[0] for found in at.states().values()}
    type_into(_session(at).session.roll_call.field, "*\n")
    assert "attendu" not in {found[0] for found in at.states().values()}


def _walk_in(at: Place) -> None:
    type_into(_session(at).session.roll_call.field, "+ DUPONT Marie, CCAS\n")
    assert at.states()["DUPONT Marie"][0] == "present"


def _paper(at: Place) -> None:
    type_into(_session(at).session.roll_call.field, "1-7 9 12x\n")
    detail = at.vault.ask(meeting_detail, at.small.meeting)
    assert detail is not None
    states = {row.number: row.state for row in detail.attendance}
    assert {states[n] for n in (*range(1, 8), 9)} == {"present"} and states[12] == "absent"


def _read_decisions(at: Place) -> None:
    at.vault.do(add_decision, at.small.meeting, "Une permanence de plus")
    at.window.go("decisions")
    settle()
    _choose_line(at)


def _open_meeting(at: Place) -> None:
    at.window.go("decisions")
    screen = at.window.current
    assert isinstance(screen, DecisionsWorkspace)
    table = screen.register.table
    table.setFocus()
    row = table.current_row()
    press(table, Qt.Key.Key_Return)
    assert (isinstance(at.window.current, MeetingsWorkspace)
            and at.window.current.place()["record"] == row.meeting_id)


def _number(at: Place) -> None:
    panel = _session(at).session.roll_call
    panel.list.setFocus()
    type_into(panel.list, "12")
    row: AttendanceRow = panel.list.currentIndex().data(ROW)
    assert row.number == 12


def _half_day(at: Place) -> None:
    training = at.vault.do(create_meeting, group_id=at.small.group, title="Formation",
                           kind="formation",
                           starts_at="2026-03-12T09:00", ends_at="2026-03-13T17:00")
    at.window.go("meetings", training)
    screen = at.window.current
    assert isinstance(screen, MeetingsWorkspace)
    screen.show_tab(1)
    panel = screen.session.roll_call
    for key, code in ((Qt.Key.Key_PageDown, "2026-03-12 pm"), (Qt.Key.Key_PageUp, "2026-03-12 am")):
        press(panel.field, key, Qt.KeyboardModifier.ControlModifier)
        assert panel.half_days.chosen is not None and panel.half_days.chosen.code == code


def _list_key(keys: dict[Qt.Key, str]) -> Proof:
    def proof(at: Place) -> None:
        view = _session(at).session.roll_call.list
        for key, state in keys.items():
            view.setFocus()
            view.setCurrentIndex(view.model().index(0, 0))
            detail = at.vault.ask(meeting_detail, at.small.meeting)
            assert detail is not None
            name = detail.attendance[0].name
            press(view, key)
            assert at.states()[name][0] == state
            settle()

    return proof


def _try_address(at: Place) -> None:
    screen = at.window.current
    assert isinstance(screen, SyncWorkspace)
    screen.choose_place()
    type_into(screen.place_card.fields["address"], "partage\n")
    assert "chemin" in screen.place_card.told.text()


def _first_page(at: Place) -> None:
    at.window.go("help")
    screen = at.window.current
    assert isinstance(screen, HelpWorkspace)
    type_into(screen.search, "nextcloud\n")
    assert screen.shown is not None and screen.shown.name == "sync" and screen.view.hasFocus()


def _leave_help(at: Place) -> None:
    at.window.go("plan")
    at.work.open_help("plan")
    at.hands.keys(Qt.Key.Key_Escape)
    assert at.window.current is not None and at.window.current.name == "plan"


def _leave_about(at: Place) -> None:
    at.window.go("plan")
    at.window.go("about")
    at.hands.keys(Qt.Key.Key_Escape)
    assert at.window.current is not None and at.window.current.name == "plan"


PART = {"actions": ("follow_up", {"text": "Deux mairies inscrites"}),
        "plan": ("objective", {"title": "Former"}),
        "referrals": ("referral_step", {"step": "contact"}), "charter": ("commitment", {}),
        "internships": ("internship_application", {"answer": "refusee"}),
        "resources": ("resource_use", {"rating": 4}), "directory": ("membership", {}),
        "places": ("names", {"name": "Autre nom"})}
"""Screen -> a kind of part of its records, and what is typed in its form beside what it
proposes."""


def _part(at: Place) -> PartsSection:
    """The form of a new part, in the sheet of the chosen record."""
    if isinstance(at.window.current, InternshipsWorkspace):
        at.window.current.show_tab(1)
    if isinstance(at.window.current, DirectoryWorkspace):
        at.window.current.show_tab(2)
        settle()
    extra = at.register.extra
    assert isinstance(extra, Parts) and at.window.current is not None
    kind, values = PART[at.window.current.name]
    section = extra.sections[kind]
    section.add()
    settle()
    assert section.forms.form is not None
    if kind == "membership":
        values = {"person_id": str(at.small.people[-1])}
    section.forms.form.set_values(section.forms.form.values() | values)
    return section


def _save_part(at: Place) -> None:
    section = _part(at)
    at.hands.keys(Qt.Key.Key_S, CTRL)
    assert section.forms.form is None and "Enregistré" in at.window.messages.text


def _leave_part(at: Place) -> None:
    section = _part(at)
    at.hands.keys(Qt.Key.Key_Escape)
    assert section.forms.form is None and len(section.forms.left) == (at.window.current.name != "charter")  # type: ignore


def _opens(kind: str) -> Proof:
    def proof(at: Place) -> None:
        extra = at.register.extra
        assert isinstance(extra, Parts)
        at.register.table.setFocus()
        at.hands.keys(Qt.Key.Key_V if kind == "validation" else Qt.Key.Key_N)
        assert ((extra.sections[kind].forms.form is not None)
                == (kind == "follow_up" or _lacks_accord(at)))
    return proof


def _lacks_accord(at: Place) -> bool:
    found = at.vault.ask(action_detail, at.register.table.current_row().id)
    return found is not None and bool(found.lacking)


def _tell(at: Place) -> None:
    at.register.table.setFocus()
    at.hands.keys(Qt.Key.Key_P)
    found = at.vault.ask(action_detail, at.register.table.current_row().id)
    assert found is not None and len(found.notices) == 1


def _open_person(at: Place) -> None:
    row = at.register.table.current_row()
    at.register.table.setFocus()
    at.hands.keys(Qt.Key.Key_Return)
    assert at.window.current is not None and at.window.current.name == "directory"
    assert at.register.table.current_row().id == row.id


def _views(at: Place) -> None:
    screen = at.window.current
    assert isinstance(screen, ActionsWorkspace)
    # With Shift on AZERTY, and without: the key of the figure is meant.
    figures = (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_1)
    french = (Qt.Key.Key_Eacute, Qt.Key.Key_QuoteDbl, Qt.Key.Key_Ampersand)
    for keys in (figures, french):
        for key, view in zip(keys, ("board", "calendar", "list"), strict=True):
            at.hands.keys(key, Qt.KeyboardModifier.AltModifier)
            assert screen.view == view


def _filters(at: Place) -> None:
    screen = at.window.current
    assert isinstance(screen, ActionsWorkspace)
    at.hands.keys(Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert screen.filters.panel.isVisible() and screen.filters.choices["axis"].hasFocus()


def _step(at: Place) -> None:
    at.register.table.select_id(
        next(one.id for one in at.vault.ask(referrals_of) if one.state != ReferralState.CLOSED))
    at.register.table.setFocus()
    row = at.register.table.current_row()
    at.hands.keys(Qt.Key.Key_3)
    steps = next(one for one in at.vault.ask(referrals_of) if one.id == row.id).steps
    assert [one.step for one in steps if one not in row.steps] == ["rendez_vous_manque"]


def _apply(at: Place) -> None:
    at.register.table.setFocus()
    at.hands.keys(Qt.Key.Key_1)
    (one,) = _applications_of_offer(at)
    assert one.said == "attente" and one.code


def _answer_application(at: Place) -> None:
    at.register.table.setFocus()
    at.hands.keys(Qt.Key.Key_1)
    at.hands.keys(Qt.Key.Key_R)
    (one,) = _applications_of_offer(at)
    assert one.said == "refusee"


def _applications_of_offer(at: Place) -> Sequence[ApplicationRow]:
    row = at.register.table.current_row()
    found = at.vault.ask(offer_detail, row.id, TODAY)
    assert found is not None
    return found.applications


def _begins(kind: str, key: Qt.Key) -> Proof:
    def proof(at: Place) -> None:
        extra = at.register.extra
        assert isinstance(extra, Parts)
        at.register.table.setFocus()
        at.hands.keys(key)
        assert extra.sections[kind].forms.form is not None
    return proof


def _follow(at: Place) -> None:
    screen = at.window.current
    assert isinstance(screen, PlanWorkspace)
    ended = next(row.id for row in at.vault.ask(plans_of) if row.successor)
    screen.show_tab(1)
    screen.register.open_record(ended)
    settle()
    screen.register.table.setFocus()
    at.hands.keys(Qt.Key.Key_S)
    extra = screen.register.extra
    assert isinstance(extra, Parts) and extra.sections["axis"].forms.form is not None


def _back(at: Place) -> None:
    row, today = at.register.table.current_row(), date.today()
    at.vault.do(add_record, "resource_loan", {
        "resource_id": str(row.id), "organisation_id": str(at.small.organisations[0]),
        "lent_on": today.isoformat(),
        "due_on": (today + timedelta(days=5)).isoformat()})
    settle()
    at.register.table.setFocus()
    at.hands.keys(Qt.Key.Key_R)
    (loan,) = at.vault.ask(resource_detail, row.id, today).loans
    assert loan.back_on == today.isoformat()


def _attach(at: Place) -> None:
    at.register.table.setFocus()
    at.hands.keys(Qt.Key.Key_J)
    (dialog,) = at.window.findChildren(QFileDialog)
    assert dialog.isVisible()
    dialog.reject()


def _sign(at: Place) -> None:
    at.register.table.setFocus()
    at.hands.keys(Qt.Key.Key_Return)
    extra = at.register.extra
    assert isinstance(extra, Parts) and extra.sections["commitment"].forms.form is not None


EVERYWHERE: dict[str, Proof] = {
    "Ctrl+K": _palette, "kind: with: since: before:": _narrowed, "Ctrl+Shift+O": _observation,
    "Ctrl+N": _new, "Ctrl+F": _search, "Ctrl+Tab, Ctrl+Shift+Tab": _tabs,
    "F9": _documents,
    "Ctrl+C": _copy_lines, "Shift+F10": _columns,
    "Ctrl+Z": _undo_redo, "Ctrl+Y": _undo_redo, "Ctrl+L": _lock, "F1": _keys, "Ctrl+Q": _quit,
}
REGISTER: dict[str, Proof] = {"Up, Down": _choose_line, "Enter": _edit_line}
PARTS: dict[str, Proof] = {"Ctrl+S": _save_part, "Escape": _leave_part}
OWN: dict[str, dict[str, Proof]] = {
    "today": {"Ctrl+N": _new_meeting},
    "meetings": {
        "Ctrl+G": _expect_group, "F6": _from_pane_to_pane,
        "Enter": _add_point, "> Fatima B. 12/01: call the CPAM back": _note_action,
        "! Two sessions a month": _note_decision,
        "Alt+Up, Alt+Down": _move_point, "Del": _leave_out,
        "? Who pays for the room": _apart("? Qui paie", "commun", "question"),
        "~ Ms K. came alone": _apart("~ Mme K.", "interne", "texte"),
        "~~": _apart("~~ Mme K.", "observatoire", "texte"),
        "Tab": _complete, "Ctrl+Enter": _turn, "Shift+Enter": _keep_date,
        "F8": _next_name,
        "fat": _called("fat", "BENALI Fatima", "present"),
        "fat e": _called("fat e", "BENALI Fatima", "excuse"),
        "fat r kar": _called("fat r kar", "BENALI Fatima", "represente", "HADDAD Karim"),
        "fat v": _called("fat v", "BENALI Fatima", "distance"),
        "fat x": _called("fat x", "BENALI Fatima", "absent"),
        "fat 14:20": _called("fat 14:20", "BENALI Fatima", "present", "14:20"), "*": _everyone,
        "+ DUPONT Marie, CCAS": _walk_in, "1-7 9 12x": _paper, "12": _number,
        "Ctrl+PgUp, Ctrl+PgDn": _half_day,
        "Space": _list_key({Qt.Key.Key_Space: "attendu"}),
        "P E V X": _list_key(
            {Qt.Key.Key_E: "excuse", Qt.Key.Key_V: "distance", Qt.Key.Key_X: "absent",
             Qt.Key.Key_P: "present"}),
    },
    "actions": REGISTER | PARTS | {"V": _opens("validation"), "N": _opens("follow_up"), "P": _tell,
                                   "Alt+1, Alt+2, Alt+3": _views,
                                    "Ctrl+Shift+F": _filters},
    "referrals": REGISTER | PARTS | {"1 to 7": _step}, "plan": REGISTER | PARTS | {"S": _follow},
    "places": REGISTER | PARTS | {"Ctrl+V": _paste},
    "charter": REGISTER | PARTS | {"Enter": _sign},
    "internships": REGISTER | PARTS | {"1 to 6": _apply, "A R S": _answer_application},
    "trainings": REGISTER | {"Enter": _open_person},
    "resources": REGISTER | PARTS | {"P": _begins("resource_loan", Qt.Key.Key_P), "R": _back,
                                     "U": _begins("resource_use", Qt.Key.Key_U), "J": _attach},
    "directory": REGISTER | PARTS | {"Ctrl+V": _paste, "M": _member},
    "observations": REGISTER | {
        "Enter": _edit_observation, "1, 2, 3": _tell_apart, "A figure or a letter": _one_key,
        "F8": _next_identity,
        "R": _in_inbox("r", "recue"), "E": _in_inbox("e", "qualifiee"), "L": _in_inbox("l", ""),
        "X": _in_inbox("x", ""),
        "J": _in_inbox("j", ""),
        "Enter in the form": _answer, "Ctrl+Enter": _save_and_next, "Escape": _leave_form},
    "sync": {"Enter": _try_address},
    "decisions": {"Up, Down": _read_decisions, "Enter": _open_meeting},
    "bin": {"Enter": _bring_back, "Del": _erase},
    "help": {"Enter": _first_page, "Escape": _leave_help},
    "about": {"Escape": _leave_about},
}


def _declared(name: str) -> list[str]:
    """The keys of a screen; Enter twice in one screen is told apart by the title above it."""
    made = next(place.make for place in PLACES if place.name == name)
    found: list[str] = []
    title = ""
    for key, words in made.keys:  # type: ignore[attr-defined]
        title = title if key else words
        if key:
            found.append(f"{key} {title[0].lower()}{title[1:]}"
                         if key == "Enter" and title == "In the form" else key)
    return found


@pytest.mark.parametrize("name", [place.name for place in PLACES])
def test_every_declared_key_has_its_proof(name: str) -> None:
    assert sorted(_declared(name)) == sorted(OWN.get(name, {}))


def test_every_general_key_has_its_proof() -> None:
    assert [key for key, _words in GENERAL] == list(EVERYWHERE)


ONE_WINDOW = {"everywhere": set(EVERYWHERE) - {"Ctrl+L", "Ctrl+Q"},
              "meetings": {key for key in OWN["meetings"] if key.startswith("fat")},
              } | {name: {*REGISTER, *PARTS} - {"Enter"} for name in OWN if name != "meetings"}
"""Keys that one window tries after each other, each from the screen as one comes to it."""


def _together() -> Iterator[Any]:
    for name, proofs in {"everywhere": EVERYWHERE, **OWN}.items():
        screen = "today" if name == "everywhere" else name
        shared = {key: proof for key, proof in proofs.items() if key in ONE_WINDOW[name]}
        if shared:
            yield pytest.param(screen, list(shared.values()), id=f"{name} {', '.join(shared)}")
        for key, proof in proofs.items():
            if key not in shared:
                yield pytest.param(screen, [proof], id=f"{name} {key}")


@pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support")
@pytest.mark.parametrize(("name", "proofs"), list(_together()))
def test_every_declared_key_does_what_it_says(qtbot: QtBot, vault: Vault, home: Home, name: str,
                                              proofs: list[Proof]) -> None:
    small = fill(vault)
    with shown(home, vault) as window:
        for number, proof in enumerate(proofs):
            if number:
                leave(window)
            window.go(name)
            settle()
            proof(Place(window, vault, small))


def leave(window: MainWindow) -> None:
    """Close what the last key opened, and go elsewhere."""
    for dialog in window.findChildren(QDialog):
        dialog.close()
    for _twice in range(2):
        if (field := QApplication.focusWidget()) is not None:
            press(field, Qt.Key.Key_Escape)
    window.go("about")
    settle()


def test_the_panel_follows_the_screen_and_gives_the_focus_back(qtbot: QtBot, vault: Vault,
                                                               home: Home) -> None:
    fill(vault)
    with shown(home, vault) as window:
        hands = Hands(window)
        window.go("actions")
        hands.keys(Qt.Key.Key_F, CTRL)
        before = QApplication.focusWidget()
        hands.keys(Qt.Key.Key_F1)
        assert window.work is not None
        panel = window.work.keys_panel
        assert panel.hasFocus() and "modifier la fiche choisie" in panel.accessibleDescription()
        assert "Ctrl+Maj+O" in panel.accessibleDescription()
        window.go("meetings")
        settle()
        # Of a screen with parts, the keys of the part in which one is.
        assert panel.isVisible() and {"Alt+Haut, Alt+Bas",
                                      "Ctrl+Entrée"} & {w.text()
                                                        for w in panel.findChildren(QLabel)}
        assert "modifier la fiche choisie" not in panel.accessibleDescription()
        window.go("actions")
        panel.setFocus()
        hands.keys(Qt.Key.Key_Escape)
        assert not panel.isVisible() and QApplication.focusWidget() is before
        # It stays while one works beside it.
        hands.keys(Qt.Key.Key_F1)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_F, CTRL)
        assert panel.isVisible() and before is QApplication.focusWidget()


def test_the_panel_follows_the_part_of_a_screen(qtbot: QtBot, vault: Vault, home: Home) -> None:
    small = fill(vault)
    with shown(home, vault) as window:
        hands = Hands(window)
        window.go("meetings", small.meeting)
        screen = window.current
        assert isinstance(screen, MeetingsWorkspace) and window.work is not None
        hands.click("Préparation")
        hands.keys(Qt.Key.Key_F1)
        panel = window.work.keys_panel
        assert "Alt+Haut, Alt+Bas" in hands.screen() and "Ctrl+Entrée" not in hands.screen()
        screen.show_tab(1)
        settle()
        assert (panel.isVisible() and "Ctrl+Entrée" in hands.screen()
                and "Alt+Haut, Alt+Bas" not in hands.screen())
        screen.session.roll_call.field.setFocus()
        settle()
        assert "fat r kar" in panel.accessibleDescription() and "Ctrl+Entrée" not in hands.screen()
        screen.show_tab(0)
        settle()
        assert ("Alt+Haut, Alt+Bas" in panel.accessibleDescription()
                and "fat r kar" not in hands.screen())
        # On another screen, what happens in this one says nothing.
        window.go("actions")
        before = panel.accessibleDescription()
        screen.show_tab(1)
        settle()
        assert panel.accessibleDescription() == before
