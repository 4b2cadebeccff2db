"""A group is made confidential from the directory: what it means is said first, and what it does is
marked afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.commands.meetings import create_meeting
from desktop.commands.records import add_record
from desktop.models.channels import channel_of_group
from desktop.queries.directory import groups_of
from desktop.queries.meetings.rows import meetings_of
from desktop.sync.trust import state
from desktop.sync.trust.links import own_key
from desktop.tasks.groups import secrecy_of
from desktop.ui.directory.secrecy import SecrecyPanel
from desktop.ui.directory.workspace import DirectoryWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.sync.laptops import Laptops
from tests.ui.test_sync_screen import click, words
from tests.window import settle, shown

GROUP = "Accompagnement des victimes"


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def prepared(laptops: Laptops) -> tuple[Vault, Vault]:
    """A founder and a member, whose person is of the group."""
    member = laptops.join("member")
    for vault in (laptops.founder, member, laptops.founder):
        laptops.sync(vault)
    group = laptops.founder.do(add_record, "group", {"name": GROUP, "kind": "groupe_de_travail"})
    laptops.founder.do(add_record, "membership",
                       {"group_id": str(group), "person_id": str(member.identity.person_id)})
    laptops.founder.do(create_meeting, group_id=group, title="Avant", kind="groupe_de_travail",
                       starts_at="2026-10-03T14:00")
    return laptops.founder, member


def panel(window: MainWindow) -> SecrecyPanel:
    """The group's page, opened as one does."""
    window.go("directory")
    screen = window.current
    assert isinstance(screen, DirectoryWorkspace)
    screen.show_tab(2)
    row = next(row for row in window.vault.ask(groups_of) if row.name == GROUP)
    screen.open_record(row.id)
    settle()
    return next(found for found in screen.findChildren(SecrecyPanel)
                if found.isVisible() and found.group.id == row.id)


def test_the_coordination_makes_a_group_confidential_by_keyboard(qtbot: QtBot,
                                                                 laptops: Laptops) -> None:
    founder, member = prepared(laptops)
    group = next(row.id for row in founder.ask(groups_of) if row.name == GROUP)
    with shown(founder.home, founder) as window:
        found = panel(window)
        assert "Tous les ordinateurs du collectif" in words(found)
        click(found, "Le rendre confidentiel…")
        assert "restent lisibles par tous" in words(found)
        own, theirs = (found.ticks[own_key(vault)] for vault in (founder, member))
        assert own.isChecked() and not own.isEnabled() and theirs.isChecked()
        # The first computer that can be chosen has the focus: Space chooses.
        assert window.focusWidget() is theirs
        qtbot.keyClick(theirs, Qt.Key.Key_Space)
        assert not theirs.isChecked()
        qtbot.keyClick(theirs, Qt.Key.Key_Space)
        click(found, "Le rendre confidentiel")
        qtbot.waitUntil(lambda: founder.ask(secrecy_of, group, own_key(founder)).kept,
                        timeout=20_000)
        qtbot.waitUntil(lambda: "Jo MEMBER" in words(panel(window)), timeout=20_000)
        founder.do(create_meeting, group_id=group, title="Après", kind="groupe_de_travail",
                   starts_at="2026-11-03T14:00")
        window.go("meetings")
        settle()
    again = laptops.open(founder.home)
    laptops.sync(again)
    laptops.sync(member)
    assert {(row.title, row.confidential)
            for row in member.ask(meetings_of)} == {("Avant", False), ("Après", True)}
    assert again.ask(state.roster_in_force).channels[channel_of_group(group)].epoch == 1


def test_who_does_not_coordinate_sees_who_reads_and_changes_nothing(laptops: Laptops) -> None:
    founder, member = prepared(laptops)
    for vault in (founder, member):
        laptops.sync(vault)
    with shown(member.home, member) as window:
        found = panel(window)
        assert "L’ordinateur qui tient la coordination peut le rendre confidentiel" in words(found)
        assert found.ticks == {}
