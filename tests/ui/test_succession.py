"""What a plan that ends hands on is chosen in its sheet by keys alone, matched by one button, and
undone."""

import uuid

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.queries.succession import successions_of
from desktop.ui.plan.succession import SuccessionParts
from desktop.ui.plan.workspace import PLANS, PlanWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.ui.collective import Small
from tests.window import settle, shown


@pytest.fixture
def plans(vault: Vault, small: Small) -> tuple[uuid.UUID, uuid.UUID]:
    following = vault.do(add_record, "plan", {"name": "Quartiers 2030"})
    ended = vault.do(add_record, "plan",
                     {"name": "Contrat de ville", "successor_id": str(following)})
    for plan in (ended, following):
        for code, title in (("1", "Emploi"), ("2", "Logement")):
            vault.do(add_record, "axis",
                     {"plan_id": str(plan), "code": code, "order": code, "title": title})
    return ended, following


def opened(window: MainWindow, plan: uuid.UUID) -> SuccessionParts:
    window.go("plan")
    screen = window.current
    assert isinstance(screen, PlanWorkspace)
    screen.show_tab(PLANS)
    screen.register.open_record(plan)
    settle()
    screen.register.table.setFocus()
    assert isinstance(screen.register.extra, SuccessionParts)
    return screen.register.extra


def followed(window: MainWindow, plan: uuid.UUID) -> list[str]:
    (one,) = window.vault.ask(successions_of, plan)
    return [axis.next_title for axis in one.axes]


def test_the_next_axis_is_chosen_by_keys_alone(
        qtbot: QtBot, home: Home, vault: Vault, plans: tuple[uuid.UUID, uuid.UUID]) -> None:
    ended, _following = plans
    with shown(home, vault) as window:
        extra = opened(window, ended)
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_S)
        settle()
        form = extra.sections["axis"].forms.form
        assert form is not None
        # An empty choice comes first: nothing follows it.
        focus = QApplication.focusWidget()
        assert focus is not None and extra.isAncestorOf(focus)
        QTest.keyClick(focus, Qt.Key.Key_Down)
        QTest.keyClick(focus, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert followed(window, ended) == ["1. Emploi", ""]
        window.desk.undo(None)
        settle()
        assert followed(window, ended) == ["", ""]


def test_one_button_matches_by_the_titles_and_the_axis_says_from_what_it_goes_on(
        qtbot: QtBot, home: Home, vault: Vault, plans: tuple[uuid.UUID, uuid.UUID]) -> None:
    ended, _following = plans
    with shown(home, vault) as window:
        extra = opened(window, ended)
        (match,) = (b for b in extra.findChildren(QPushButton)
                    if b.text().endswith("Apparier par les titres"))
        match.click()
        settle()
        assert followed(window, ended) == ["1. Emploi", "2. Logement"] and not match.isVisible()
        (one,) = window.vault.ask(successions_of, ended)
        screen = window.current
        assert isinstance(screen, PlanWorkspace) and one.axes[0].next_id is not None
        screen.show_tab(0)
        screen.register.open_record(one.axes[0].next_id)
        settle()
        said = " ".join(label.text() for label in screen.register.detail.findChildren(QLabel)
                        if label.isVisible())
        assert "1. Emploi (Contrat de ville)" in said
