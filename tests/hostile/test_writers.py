"""A writer's number is made of its device's key: nobody is first under another's, and no verdict
stays."""

import pytest
from sqlalchemy import update

from desktop.commands.records import add_record
from desktop.models.sync import Seen
from desktop.queries.records import list_records
from desktop.sync.packages.package import Rows
from desktop.sync.trust import state
from desktop.vault import Vault
from tests.sync.forge import STAMP, drop
from tests.sync.laptops import Laptops

FALSE = Rows("organisation", ["name"], [["00" * 16, STAMP.hex(), "Fausse"]])


def names(vault: Vault) -> set[str]:
    return {row["name"] for row in vault.ask(list_records, "organisation")}


@pytest.mark.parametrize("nonce", ["its own", "the founder's"])
def test_nobody_is_first_under_anothers_number(laptops: Laptops, nonce: str) -> None:
    member = laptops.join("member")
    laptops.sync(member)
    founder = laptops.founder.identity
    drop(member, laptops.share, FALSE, writer=founder.writer,
         nonce=founder.nonce if nonce == "the founder's" else member.identity.nonce)
    newcomer = laptops.join("newcomer")
    done = laptops.sync(newcomer)
    assert [why.partition(": ")[2]
            for why in done.refused] == ["this writer belongs to another device"]
    laptops.founder.do(add_record, "organisation", {"name": "Vraie"})
    laptops.sync(laptops.founder)
    assert laptops.sync(newcomer).refused == []
    assert "Vraie" in names(newcomer) and "Fausse" not in names(newcomer)


def test_a_wrong_word_on_whose_a_number_is_falls_with_its_next_package(laptops: Laptops) -> None:
    # As a snapshot may say it.
    member = laptops.join("member")
    laptops.sync(laptops.founder)
    laptops.sync(member)
    member.do(lambda session: session.execute(
        update(Seen).where(Seen.writer == laptops.founder.identity.writer)
        .values(device="ab" * 32)))
    laptops.founder.do(add_record, "organisation", {"name": "Vraie"})
    laptops.sync(laptops.founder)
    assert laptops.sync(member).refused == []
    assert "Vraie" in names(member)
    device = member.ask(lambda session: session.get_one(Seen, laptops.founder.identity.writer)
                        .device)
    assert device in {one.key for one in member.ask(state.roster_in_force).devices}
