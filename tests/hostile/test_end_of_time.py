"""A stamp at the end of time holds no field for ever: the coordination corrects it, and everybody
sees it."""

import uuid

import pytest

from desktop.base.clock import LAST, ORDINARY
from desktop.base.errors import AppError
from desktop.commands.records import add_record, edit_record
from desktop.queries.records import get_record
from desktop.sync.packages.package import Rows
from desktop.vault import Vault
from tests.sync.forge import drop
from tests.sync.laptops import Laptops


@pytest.fixture
def member(laptops: Laptops) -> Vault:
    made = laptops.join("member")
    laptops.sync(made)
    return made


@pytest.mark.parametrize(("stamp", "taken"), [(LAST, False), (ORDINARY, True)],
                         ids=["last", "last of a member"])
def test_what_a_member_stamps_at_the_end_of_time_is_corrected_everywhere(
    laptops: Laptops, member: Vault, stamp: bytes,
                                                                        taken: bool) -> None:
    founder, third = laptops.founder, laptops.join("third")
    made = founder.do(add_record, "organisation", {"name": "Vraie"})
    laptops.sync(founder)
    # Of two stamps of one moment the greater writer's stands.
    drop(member, laptops.share,
         Rows("organisation", ["name"], [[made.hex, (stamp + b"\xff" * 8).hex(), "Fausse"]]))
    for vault in (third, founder):
        laptops.sync(vault)
        assert vault.ask(get_record, made)["name"] == ("Fausse" if taken else "Vraie")
    if taken:
        with pytest.raises(AppError, match="coordination"):
            third.do(edit_record, made, {"name": "D’une membre"})
    founder.do(edit_record, made, {"name": "Corrigée"})
    for vault in (founder, third, member):
        laptops.sync(vault)
        assert vault.ask(get_record, made)["name"] == "Corrigée"


def test_a_clock_at_the_end_of_time_writes_what_others_take(laptops: Laptops,
                                                            member: Vault) -> None:
    later = laptops.open(member.home, now=lambda: 2**60) if member.close() is None else member
    made = later.do(add_record, "organisation", {"name": "D’un autre âge"})
    for vault in (later, laptops.founder):
        assert laptops.sync(vault).refused == []
    assert laptops.founder.ask(get_record, made)["name"] == "D’un autre âge"
    laptops.founder.do(edit_record, made, {"name": "Corrigée"})
    for vault in (laptops.founder, later):
        laptops.sync(vault)
    assert later.ask(get_record, uuid.UUID(str(made)))["name"] == "Corrigée"
