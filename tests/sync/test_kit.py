"""Everything is lost but two sheets of paper; or the coordination passes to somebody else."""

import itertools
from datetime import date
from pathlib import Path

import msgspec
import pytest

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.queries.digest import digest_of
from desktop.queries.records import list_records
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.storage import Credentials, StoreError
from desktop.sync.trust import state
from desktop.sync.trust.alarms import ENTRUSTED, SUCCESSION, acknowledge, alarms
from desktop.sync.trust.links import add_link, own_key
from desktop.sync.trust.rescue import kit_identity
from desktop.tasks import enrol, kit, shared_folder
from desktop.tasks.removal import remove_device
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptops

TODAY = date(2026, 11, 23)


def names(vault: Vault) -> set[str]:
    return {record["name"] for record in vault.ask(list_records, "organisation")}


def add(vault: Vault, name: str) -> None:
    vault.do(add_record, "organisation", {"name": name})


def make(laptops: Laptops) -> list[str]:
    return kit.make_kit(laptops.founder, shared_folder.open_store(laptops.founder, None), TODAY)


def rescued(laptops: Laptops, codes: tuple[str, str], lost: list[str],
            name: str = "rescued") -> Vault:
    vault, _code = kit.rescue_collective(Home(laptops.folder / name), PASSPHRASE, laptops.url,
                                         Credentials(), codes,
                                         "Nour BENALI", lost, Cost.TEST)
    laptops.opened.append(vault)
    return vault


def told(vault: Vault) -> set[str]:
    return {alarm.kind for alarm in vault.ask(alarms)}


@pytest.mark.parametrize("pair", list(itertools.permutations(range(3), 2)))
def test_any_two_sheets_bring_everything_back_on_a_new_computer(laptops: Laptops,
                                                                pair: tuple[int, int]) -> None:
    codes = make(laptops)
    add(laptops.founder, "D’avant la perte")
    laptops.founder.do(add_record, "observation",
                       {"month": "2026-11", "domain": "SANTE", "principal_criterion": "ORIG"})
    laptops.sync(laptops.founder)
    lost = own_key(laptops.founder)
    new = rescued(laptops, (codes[pair[0]].lower(), codes[pair[1]].replace("-", " ")), [lost])
    done = laptops.sync(new)
    assert done.refused == [] and done.unread == 0
    assert "D’avant la perte" in names(new) and len(new.ask(list_records, "observation")) == 1
    assert new.identity.roles == {"coordination", "observatoire", "secretariat"}
    with pytest.raises(StoreError):
        laptops.sync(laptops.founder)


def test_who_takes_over_invites_and_the_others_go_on(laptops: Laptops) -> None:
    stays = laptops.join("stays")
    laptops.sync(stays)
    codes = make(laptops)
    laptops.sync(laptops.founder)
    laptops.sync(stays)
    new = rescued(laptops, (codes[0], codes[2]), [own_key(laptops.founder)])
    laptops.sync(new)
    add(new, "De la nouvelle")
    add(stays, "De qui reste")
    for vault in (new, stays, new, stays):
        assert laptops.sync(vault).refused == []
    assert {"De la nouvelle", "De qui reste"} <= names(stays) & names(new)
    assert stays.ask(digest_of) == new.ask(digest_of)
    laptops.founder = new
    third = laptops.join("third")
    assert laptops.sync(third).refused == []
    assert "De la nouvelle" in names(third)
    # The kit holds on: it was not used up.
    again = rescued(laptops, (codes[0], codes[1]), [own_key(new)], "again")
    assert laptops.sync(again).refused == [] and "De la nouvelle" in names(again)


def test_a_colleague_takes_over_in_the_vault_that_is_there(laptops: Laptops) -> None:
    stays = laptops.join("stays")
    laptops.sync(stays)
    codes = make(laptops)
    laptops.sync(laptops.founder)
    add(stays, "Pas encore envoyée")
    kit.take_over(stays, shared_folder.open_store(stays, None), codes[1], codes[2],
                  [own_key(laptops.founder)])
    laptops.sync(stays)
    assert "Pas encore envoyée" in names(stays) and stays.ask(state.root_key) is not None
    assert "coordination" in stays.identity.roles
    laptops.founder = stays
    third = laptops.join("third", "coordination")
    assert laptops.sync(third).refused == []
    assert third.ask(digest_of).records >= stays.ask(digest_of).records


def test_what_is_typed_wrong_is_told_and_opens_nothing(laptops: Laptops, tmp_path: Path) -> None:
    old, new = make(laptops), make(laptops)
    storage = shared_folder.open_store(laptops.founder, None)
    last = "0" if new[1][-1] != "0" else "1"
    for one, other, words in ((new[0], new[1][:-1] + last, "feuille 2"),
                              (new[0], new[0], "deux fois"),
                              (old[0], new[1], "même jeu"), ("", new[1], "feuille 1")):
        with pytest.raises(AppError, match=words):
            kit.try_kit(laptops.founder, one, other, TODAY)
        with pytest.raises(AppError, match=words):
            rescued(laptops, (one, other), [])
    with pytest.raises(AppError, match="en vigueur"):
        kit.try_kit(laptops.founder, old[0], old[1], TODAY)
    assert (not (laptops.folder / "rescued").exists()
            or not list((laptops.folder / "rescued").glob("*.db")))
    (tmp_path / "empty").mkdir()
    with pytest.raises(AppError):
        kit.rescue_collective(Home(tmp_path / "nowhere"), PASSPHRASE, (tmp_path / "empty").as_uri(),
                              Credentials(),
                              (new[0], new[1]), "Nour BENALI", [], Cost.TEST)
    kit.try_kit(laptops.founder, new[2], new[0], TODAY)
    assert laptops.founder.ask(kit.kit_dates) == (TODAY, TODAY)
    assert storage.names("trust")


def test_a_kit_that_was_replaced_takes_nothing_over(laptops: Laptops) -> None:
    old = make(laptops)
    make(laptops)
    before = sorted(path.name for path in laptops.share.rglob("*"))
    with pytest.raises(AppError, match="plus récente"):
        rescued(laptops, (old[0], old[1]), [])
    assert sorted(path.name for path in laptops.share.rglob("*")) == before


def test_one_sheet_alone_says_nothing(laptops: Laptops) -> None:
    codes = make(laptops)
    other = make(laptops)
    assert len(set(codes + other)) == 6
    # A guessed second sheet opens something else, which is the kit of nobody.
    from desktop.base.codes.crockford import bytes_of, code_of
    mine = bytes_of(codes[0], 21)
    assert mine is not None
    forged = code_of(bytes([2]) + bytes(16) + mine[17:])
    identity, _tag = kit_identity(codes[0], forged)
    right, _tag = kit_identity(codes[0], codes[1])
    assert identity != right
    with pytest.raises(AppError):
        rescued(laptops, (codes[0], forged), [])


def test_the_coordination_is_handed_over(laptops: Laptops) -> None:
    heir = laptops.join("heir")
    laptops.sync(heir)
    founder = laptops.founder
    kit.hand_over(founder, shared_folder.open_store(founder, None), own_key(heir))
    with pytest.raises(AppError, match="tient la coordination"):
        enrol.invite(founder, ["membre"])
    laptops.sync(founder)
    laptops.sync(heir)
    assert "coordination" in heir.identity.roles
    assert told(heir) == {ENTRUSTED} and told(founder) == set()
    laptops.founder = heir
    third = laptops.join("third")
    for vault in (third, founder, heir):
        assert laptops.sync(vault).refused == []
    remove_device(heir, shared_folder.open_store(heir, None), own_key(founder))
    with pytest.raises(StoreError):
        laptops.sync(founder)
    assert run_round(third, shared_folder.open_store(third, None)).refused == []


def test_a_founder_that_comes_back_lets_the_root_key_go(laptops: Laptops) -> None:
    stays = laptops.join("stays")
    laptops.sync(stays)
    codes = make(laptops)
    laptops.sync(laptops.founder)
    kit.take_over(stays, shared_folder.open_store(stays, None), codes[0], codes[1], [])
    laptops.sync(laptops.founder)
    assert laptops.founder.ask(state.root_key) is None and stays.ask(state.root_key) is not None
    with pytest.raises(AppError, match="tient la coordination"):
        enrol.invite(laptops.founder, ["membre"])


def test_a_list_signed_by_who_kept_a_copy_of_the_key_is_told_to_all_and_taken_back_by_the_kit(
    laptops: Laptops) -> None:
    founder, heir, other = laptops.founder, laptops.join("heir"), laptops.join("other")
    codes = make(laptops)
    root = founder.ask(state.root_key)
    kit.hand_over(founder, shared_folder.open_store(founder, None), own_key(heir))
    for vault in (founder, heir, other):
        laptops.sync(vault)
    for vault, kind in ((heir, ENTRUSTED), (other, SUCCESSION)):
        assert told(vault) == {kind}
        vault.do(acknowledge, kind)
    assert root is not None
    roster, last = founder.ask(state.roster_in_force), founder.ask(state.last_trust)
    assert last is not None
    add_link(founder, shared_folder.open_store(founder, None), msgspec.structs.replace(
        roster, number=last[0] + 1, previous=last[1], holder=own_key(founder)), root, {})
    for vault in (heir, other):
        laptops.sync(vault)
        assert told(vault) == {SUCCESSION}
    kit.take_over(heir, shared_folder.open_store(heir, None), codes[0], codes[2],
                  [own_key(founder)])
    assert laptops.sync(other).refused == []
    assert other.ask(state.roster_in_force).holder == own_key(heir)
    with pytest.raises(StoreError):
        laptops.sync(founder)
