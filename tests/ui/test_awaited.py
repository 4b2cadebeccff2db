"""« À valider par moi »: who speaks for the State or the agglomeration sees what is awaited, opens
it and prints the list."""

import shutil
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from desktop.base.paths import Home
from desktop.commands.accords import ask_accord, save_accord
from desktop.commands.actions import create_action, move_action
from desktop.commands.records import add_record
from desktop.models.channels import channel_of_group
from desktop.models.record import COMMON
from desktop.models.states import POLITIQUE_DE_LA_VILLE
from desktop.queries.accords import awaited_accords
from desktop.queries.actions import action_detail
from desktop.queries.documents.accords import accords_paper
from desktop.reports import actions
from desktop.ui.today.workspace import TodayWorkspace
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.day import TODAY
from tests.reports import papers
from tests.ui.collective import Small
from tests.window import settle, shown


def asked(vault: Vault, title: str, party: str = "etat", channel: str = COMMON,
          **values: str) -> uuid.UUID:
    action = vault.do(create_action, title, funding=POLITIQUE_DE_LA_VILLE, channel=channel)
    vault.do(add_record, "action_funding",
             {"action_id": str(action), "source": POLITIQUE_DE_LA_VILLE, "cents": 1250050})
    vault.do(add_record, "action_funding",
             {"action_id": str(action), "source": "droit_commun", "cents": 500000})
    vault.do(ask_accord, {"action_id": str(action), "party": party} | values)
    return action


def today_of(window: MainWindow) -> TodayWorkspace:
    window.go("today")
    settle()
    assert isinstance(window.current, TodayWorkspace)
    return window.current


def words(screen: TodayWorkspace) -> str:
    return " | ".join(one.text() for one in screen.findChildren(QLabel) if one.isVisible())


def speaking(vault: Vault, *roles: str) -> None:
    vault.save_identity(replace(vault.identity, roles=frozenset(roles)))


def test_who_speaks_for_a_party_sees_what_is_awaited_of_it(qtbot: QtBot, vault: Vault, home: Home,
                                                           small: Small) -> None:
    mine = asked(vault, "Former les gardiens", asked_on="2000-01-01", until_on="2000-02-01",
                 committee="Comité technique de juin")
    asked(vault, "Permanence itinérante", "agglo")
    speaking(vault, "validation_etat")
    with shown(home, vault) as window:
        screen = today_of(window)
        said = words(screen)
        for part in ("À valider par moi", "12\u202f500,50", "Comité technique de juin"):
            assert part in said, part
        assert "Permanence itinérante" not in said
        assert "accords" in [one.report for one in screen.printables()]
        next(one for one in screen.findChildren(QAbstractButton)
             if one.isVisible() and "Former les gardiens" in one.toolTip()).click()
        settle()
        assert window.current is not None and window.current.name == "actions"
        detail = vault.ask(action_detail, mine)
        assert detail is not None
        vault.do(save_accord, detail.validations[0].id,
                 {"answer": "donnee", "answered_on": "2030-01-02"})
        assert "Aucun accord n’est attendu de vous" in words(today_of(window))


def test_who_speaks_for_none_sees_no_such_card(qtbot: QtBot, vault: Vault, home: Home,
                                               small: Small) -> None:
    asked(vault, "Former les gardiens")
    speaking(vault, "membre")
    with shown(home, vault) as window:
        screen = today_of(window)
        assert "À valider par moi" not in words(screen)
        assert "accords" not in [one.report for one in screen.printables()]


def test_only_what_is_open_is_awaited_the_soonest_first(vault: Vault) -> None:
    late, soon = asked(vault, "Tard",
                       until_on="2030-06-01"), asked(vault, "Tôt", until_on="2030-05-01")
    gone = asked(vault, "Abandonnée")
    vault.do(move_action, gone, "abandonnee", reason="Plus personne")
    assert [row.action_id for row in vault.ask(awaited_accords, ["etat"])] == [soon, late]
    assert vault.ask(awaited_accords, []) == () == vault.ask(awaited_accords, ["agglo"])


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils reads the files")
def test_the_list_for_a_committee_tells_no_confidential_group(vault: Vault, tmp_path: Path) -> None:
    asked(vault, "Former les gardiens", committee="Comité technique de juin")
    group = vault.do(add_record, "group",
                     {"name": "Cellule", "kind": "groupe_de_travail", "confidential": True})
    asked(vault, "Zqx", channel=channel_of_group(group))
    assert [row.title for row in vault.ask(awaited_accords, ["etat"])
            if row.confidential] == ["Zqx"]
    text = papers.text_of(
        papers.written(tmp_path,
                       actions.draw_accords(vault.ask(accords_paper, uuid.UUID(int=0), TODAY))))
    assert ("Accords attendus" in text and "Former les gardiens" in text
            and "Comité technique de juin" in text)
    assert "Zqx" not in text and "Aucun accord n’est attendu." in text
