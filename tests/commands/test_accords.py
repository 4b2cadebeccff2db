"""The two accords of an action: asked for, reminded of, answered; a refusal after the start; the
notice to the members."""

import uuid

import pytest
from sqlalchemy import select

from desktop.base.errors import AppError
from desktop.commands.accords import announce, ask_accord, save_accord
from desktop.commands.actions import create_action, move_action
from desktop.models.actions import Action, Notice, Validation
from desktop.models.states import POLITIQUE_DE_LA_VILLE
from desktop.queries.actions import ActionDetail, action_detail
from desktop.vault import Vault

PARTIES = ("etat", "agglo")


@pytest.fixture
def action(vault: Vault) -> uuid.UUID:
    return vault.do(create_action, "Former les agents", funding=POLITIQUE_DE_LA_VILLE)


def state_of(vault: Vault, action: uuid.UUID) -> str | None:
    return vault.ask(lambda session: session.get_one(Action, action).state)


def detail(vault: Vault, action: uuid.UUID) -> ActionDetail:
    found = vault.ask(action_detail, action)
    assert found is not None
    return found


def asked(vault: Vault, action: uuid.UUID, party: str) -> uuid.UUID:
    return vault.do(ask_accord, {"action_id": str(action), "party": party})


def test_asking_for_an_accord_has_the_action_wait_for_it(vault: Vault, action: uuid.UUID) -> None:
    assert detail(vault, action).lacking == ["etat", "agglo"]
    made = asked(vault, action, "etat")
    assert state_of(vault, action) == "a_valider"
    assert vault.ask(lambda session: session.get_one(Validation, made).asked_on)
    assert [getattr(one, "party", one)
            for one in detail(vault, action).lacking] == ["etat", "agglo"]


def test_an_accord_is_asked_for_once(vault: Vault, action: uuid.UUID) -> None:
    assert asked(vault, action, "etat") == asked(vault, action, "etat")


def test_both_accords_let_it_begin_and_a_later_refusal_suspends_it(vault: Vault,
                                                                   action: uuid.UUID) -> None:
    made = {party: asked(vault, action, party) for party in PARTIES}
    with pytest.raises(AppError, match="accord"):
        vault.do(move_action, action, "en_cours")
    for party in PARTIES:
        vault.do(save_accord, made[party], {"answer": "donnee", "answered_on": "2030-01-02"})
    assert detail(vault, action).lacking == []
    vault.do(move_action, action, "en_cours")
    with pytest.raises(AppError, match="refus"):
        vault.do(save_accord, made["agglo"], {"answer": "refusee"})
    vault.do(save_accord, made["agglo"], {"answer": "refusee", "remark": "Le budget manque"})
    assert state_of(vault, action) == "suspendue"
    (lacking,) = detail(vault, action).lacking
    assert getattr(lacking, "remark", "") == "Le budget manque"


def test_members_are_told_once_a_meeting(vault: Vault, action: uuid.UUID) -> None:
    assert vault.do(announce, action) == vault.do(announce, action)
    assert vault.ask(lambda session: len(session.scalars(select(Notice)).all())) == 1


def test_money_of_the_politique_de_la_ville_asks_for_accords_too(vault: Vault) -> None:
    from desktop.commands.records import add_record
    made = vault.do(create_action, "Tenir une permanence")
    assert detail(vault, made).lacking == []
    vault.do(add_record, "action_funding",
             {"action_id": str(made), "source": POLITIQUE_DE_LA_VILLE, "cents": 100})
    assert detail(vault, made).lacking == ["etat", "agglo"]
