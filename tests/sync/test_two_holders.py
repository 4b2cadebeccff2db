"""Two computers hold the root key and each signs a next link: all come to the same one, and nothing
that either did is lost."""

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pyrage
import pytest
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.meetings import create_meeting
from desktop.commands.records import add_record
from desktop.models.channels import channel_of_group
from desktop.queries.digest import digest_of
from desktop.queries.records import list_records
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.folder import FolderStorage
from desktop.sync.stores.storage import Credentials, StoreError, StoreProblem
from desktop.sync.trust import roster as rosters
from desktop.sync.trust import state
from desktop.sync.trust.alarms import FORGED, HOLDERS, OUTSIDE, acknowledge, alarms
from desktop.sync.trust.links import own_key
from desktop.sync.trust.roster import Roster
from desktop.tasks import enrol, kit, profiles, shared_folder
from desktop.tasks.groups import set_readers
from desktop.tasks.removal import remove_device
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptops

TODAY = date(2026, 11, 23)


def names(vault: Vault) -> set[str]:
    return {record["name"] for record in vault.ask(list_records, "organisation")}


def add(vault: Vault, name: str) -> None:
    vault.do(add_record, "organisation", {"name": name})


def kinds(vault: Vault) -> set[str]:
    return {alarm.kind for alarm in vault.ask(alarms)}


def members(vault: Vault) -> set[str]:
    return {device.key for device in vault.ask(state.roster_in_force).devices}


class Two:
    """A founder, a copy of its profile, two more; each holder signs on a view of the folder that
    does not show the other's."""

    def __init__(self, laptops: Laptops) -> None:
        self.laptops = laptops
        self.second, self.third = laptops.join("second", "coordination"), laptops.join("third")
        self.everybody = [laptops.founder, self.second, self.third]
        self.round(2)
        laptops.founder.close()
        shutil.copytree(laptops.founder.home.folder, laptops.folder / "copy")
        self.copy = laptops.open(Home(laptops.folder / "copy"))
        self.founder = laptops.founder = self.everybody[0] = laptops.open(laptops.founder.home)
        self.everybody.append(self.copy)
        self.views: list[Path] = []

    def round(self, times: int = 1) -> None:
        for _time in range(times):
            for vault in self.everybody:
                self.laptops.sync(vault)

    def view(self) -> FolderStorage:
        """The folder as it is now, and what comes there later is not seen."""
        folder = self.laptops.folder / f"view-{len(self.views)}"
        shutil.copytree(self.laptops.share, folder)
        self.views.append(folder)
        return FolderStorage(folder.as_uri(), folder)

    def show(self) -> None:
        """All that was written anywhere is on the folder."""
        for view in self.views:
            shutil.copytree(view, self.laptops.share, dirs_exist_ok=True)

    def asks(self, holder: Vault, name: str, role: str = "membre") -> tuple[Vault, str]:
        vault, _code, words = profiles.join(Home(self.laptops.folder / name), PASSPHRASE,
                                            enrol.invite(holder, [role]),
                                            f"Jo {name.upper()}", Cost.TEST)
        self.laptops.opened.append(vault)
        return vault, words

    def approves(self, holder: Vault, storage: FolderStorage, words: str) -> None:
        (request,) = [one for one in enrol.pending_requests(holder, storage) if one.words == words]
        enrol.approve(holder, storage, request.id, words)


@pytest.fixture
def two(laptops: Laptops) -> Two:
    return Two(laptops)


def agree(two: Two, *others: Vault) -> None:
    everybody = [*two.everybody, *others]
    for _time in range(3):
        for vault in everybody:
            two.laptops.sync(vault)
    assert all(two.laptops.sync(vault).refused == [] for vault in everybody)
    assert len({vault.ask(state.last_trust) for vault in everybody}) == 1
    readers = [vault for vault in everybody if "coordination" in vault.identity.roles]
    assert len({vault.ask(digest_of) for vault in readers}) == 1
    assert len({frozenset(names(vault)) for vault in everybody}) == 1


def test_who_was_let_in_by_either_takes_part_in_the_end(two: Two) -> None:
    asked = [two.asks(holder, name)
             for holder, name in ((two.founder, "fourth"), (two.copy, "fifth"))]
    views = two.view(), two.view()
    for holder, storage, (vault, words) in zip((two.founder, two.copy), views, asked, strict=True):
        two.approves(holder, storage, words)
        run_round(vault, storage)
        add(vault, f"De {vault.home.folder.name}")
        run_round(vault, storage)
    one, other = two.founder.ask(state.last_trust), two.copy.ask(state.last_trust)
    assert one is not None and other is not None and one[0] == other[0] and one[1] != other[1]
    two.show()
    # The others have followed one or the other already.
    run_round(two.second, views[0])
    run_round(two.third, views[1])
    newer = [vault for vault, _words in asked]
    agree(two, *newer)
    assert {own_key(vault) for vault in newer} < members(two.third)
    assert {"De fourth", "De fifth"} <= names(two.second)
    assert all(HOLDERS in kinds(vault) for vault in (two.founder, two.copy, two.second, two.third))
    for vault in two.everybody:
        vault.do(acknowledge, HOLDERS)
    two.round(2)
    assert not any(kinds(vault) for vault in two.everybody)


def test_who_was_let_in_by_the_link_that_lost_waits_and_is_not_told_to_be_removed(two: Two) -> None:
    (fourth, words), (fifth, other) = two.asks(two.founder, "fourth"), two.asks(two.copy, "fifth")
    views = two.view(), two.view()
    two.approves(two.founder, views[0], words)
    two.approves(two.copy, views[1], other)
    for vault, storage in zip((fourth, fifth), views, strict=True):
        run_round(vault, storage)
    two.show()
    # Neither holder comes: both go on waiting, and reading what they can.
    add(two.second, "Lisible")
    two.laptops.sync(two.second)
    for vault in (fourth, fifth):
        done = two.laptops.sync(vault)
        assert not done.waiting_for_approval
        assert OUTSIDE in kinds(vault)
    agree(two, fourth, fifth)
    assert "Lisible" in names(fourth) & names(fifth)


@pytest.mark.parametrize("more", [0, 1, 2])
def test_a_removal_stands_whatever_the_other_signed(two: Two, more: int) -> None:
    """However many links the other branch has."""
    asked = [two.asks(two.copy, f"new-{number}") for number in range(more)]
    views = two.view(), two.view()
    remove_device(two.founder, views[0], own_key(two.third))
    add(two.founder, "Sous les clés d’après")
    run_round(two.founder, views[0])
    for _vault, words in asked:
        two.approves(two.copy, views[1], words)
    run_round(two.copy, views[1])
    leaver = two.everybody.pop(2)
    two.show()
    run_round(two.second, views[0])
    for vault in (two.second, two.copy, two.founder):
        two.laptops.sync(vault)
    agree(two, *(vault for vault, _words in asked))
    assert own_key(leaver) not in members(two.second)
    assert all(own_key(vault) in members(two.second) for vault, _words in asked)
    assert "Sous les clés d’après" in names(two.second)
    with pytest.raises(StoreError) as told:
        two.laptops.sync(leaver)
    assert told.value.code is StoreProblem.REMOVED
    # What is written now is for those who remain.
    before = set(two.laptops.packages())
    add(two.second, "Sans qui est parti")
    two.laptops.sync(two.second)
    held = [pyrage.x25519.Identity.from_str(one) for text in leaver.ask(state.channel_keys).values()
            for one in text.split()]
    for path in set(two.laptops.packages()) - before:
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(path.read_bytes().split(b"-----END SSH SIGNATURE-----\n", 1)[1], held)


def test_each_removes_another_and_what_was_sealed_meanwhile_is_read(two: Two) -> None:
    fourth = two.laptops.join("fourth", "coordination")
    fifth = two.laptops.join("fifth", "coordination")
    two.everybody += [fourth, fifth]
    two.round(2)
    views = two.view(), two.view()
    remove_device(two.founder, views[0], own_key(two.third))
    remove_device(two.copy, views[1], own_key(fourth))
    # Each of the two that remain in both follows another one, and writes under its keys.
    for vault, storage, name in ((two.second, views[0], "Clés de l’un"),
                                 (fifth, views[1], "Clés de l’autre")):
        run_round(vault, storage)
        add(vault, name)
        run_round(vault, storage)
    two.show()
    leavers = [two.third, fourth]
    two.everybody = [vault for vault in two.everybody if vault not in leavers]
    agree(two)
    assert not {own_key(vault) for vault in leavers} & members(two.second)
    assert ({"Clés de l’un", "Clés de l’autre"}
            <= names(two.second) & names(fifth) & names(two.founder))
    newcomer = two.laptops.join("newcomer", "coordination")
    agree(two, newcomer)
    for vault in leavers:
        with pytest.raises(StoreError):
            two.laptops.sync(vault)


def test_a_rescue_while_the_coordinator_lives_and_signs(two: Two) -> None:
    codes = kit.make_kit(two.founder, shared_folder.open_store(two.founder, None), TODAY)
    two.everybody.remove(two.copy)
    two.round()
    fourth, words = two.asks(two.founder, "fourth")
    views = two.view(), two.view()
    two.approves(two.founder, views[0], words)
    rescued, _code = kit.rescue_collective(Home(two.laptops.folder / "rescued"), PASSPHRASE,
                                           two.views[1].as_uri(),
                                           Credentials(), (codes[0], codes[2]), "Nour BENALI", [],
                                           Cost.TEST)
    two.laptops.opened.append(rescued)
    rescued.do(state.remember_store, two.laptops.share.as_uri(), Credentials())
    two.show()
    for vault in (two.second, two.third, rescued, fourth):
        two.laptops.sync(vault)
    agree(two, rescued, fourth)
    assert rescued.ask(state.root_key) is not None and two.founder.ask(state.root_key) is None
    assert {own_key(rescued), own_key(fourth)} < members(two.second)
    assert two.second.ask(state.roster_in_force).holder == own_key(rescued)
    two.laptops.founder = rescued
    newcomer = two.laptops.join("newcomer")
    agree(two, rescued, fourth, newcomer)


def test_a_coordinator_that_was_given_up_and_signs_more_is_taken_out_by_who_took_over(
    two: Two) -> None:
    codes = kit.make_kit(two.founder, shared_folder.open_store(two.founder, None), TODAY)
    two.everybody.remove(two.copy)
    two.round()
    asked = [two.asks(two.founder, f"new-{number}") for number in range(3)]
    views = two.view(), two.view()
    for _vault, words in asked:
        two.approves(two.founder, views[0], words)
    rescued, _code = kit.rescue_collective(Home(two.laptops.folder / "rescued"), PASSPHRASE,
                                           two.views[1].as_uri(),
                                           Credentials(), (codes[0], codes[2]), "Nour BENALI",
                                           [own_key(two.founder)], Cost.TEST)
    two.laptops.opened.append(rescued)
    rescued.do(state.remember_store, two.laptops.share.as_uri(), Credentials())
    two.show()
    for vault in (two.second, two.founder, rescued):
        two.laptops.sync(vault)
    lost = two.everybody.pop(0)
    newer = [vault for vault, _words in asked]
    agree(two, rescued, *newer)
    assert members(two.second) == {own_key(vault)
                                   for vault in (two.second, two.third, rescued, *newer)}
    with pytest.raises(StoreError):
        two.laptops.sync(lost)
    before = set(two.laptops.packages())
    add(two.second, "Sans l’ancienne coordination")
    two.laptops.sync(two.second)
    held = [pyrage.x25519.Identity.from_str(one) for text in lost.ask(state.channel_keys).values()
            for one in text.split()]
    for path in set(two.laptops.packages()) - before:
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(path.read_bytes().split(b"-----END SSH SIGNATURE-----\n", 1)[1], held)


def test_what_a_lost_coordinator_signs_after_it_was_taken_out_is_not_done_again(two: Two) -> None:
    codes = kit.make_kit(two.founder, shared_folder.open_store(two.founder, None), TODAY)
    two.everybody.remove(two.copy)
    two.round()
    stranger, words = two.asks(two.founder, "stranger")
    view = two.view()
    two.approves(two.founder, view, words)
    kit.take_over(two.second, shared_folder.open_store(two.second, None), codes[0], codes[1],
                  [own_key(two.founder)])
    lost = two.everybody.pop(0)
    two.show()
    two.round(3)
    assert own_key(stranger) not in members(two.second) | members(two.third)
    assert not two.laptops.sync(stranger).waiting_for_approval and OUTSIDE in kinds(stranger)
    with pytest.raises(StoreError):
        two.laptops.sync(lost)
    add(stranger, "D’une inconnue")
    two.laptops.sync(stranger)
    two.round()
    assert "D’une inconnue" not in names(two.second)


def test_old_links_put_back_under_any_number_change_nothing(two: Two) -> None:
    (fourth, words), (fifth, other) = two.asks(two.founder, "fourth"), two.asks(two.copy, "fifth")
    views = two.view(), two.view()
    two.approves(two.founder, views[0], words)
    two.approves(two.copy, views[1], other)
    two.show()
    agree(two, fourth, fifth)
    remove_device(two.founder, shared_folder.open_store(two.founder, None), own_key(fourth))
    two.round(2)
    stands = two.second.ask(state.last_trust)
    for number, path in enumerate(sorted(two.laptops.share.glob("trust/*.age"))):
        shutil.copy(path, path.with_name(f"{90 + number:06d}-{path.name.split('-')[1]}"))
    for vault in two.everybody:
        vault.do(acknowledge, HOLDERS)
        assert two.laptops.sync(vault).refused == []
    two.round()
    assert {vault.ask(state.last_trust) for vault in two.everybody} == {stands}
    assert own_key(fourth) not in members(two.third)
    with pytest.raises(StoreError):
        two.laptops.sync(fourth)


def test_a_list_that_the_root_key_did_not_sign_bars_nobodys_way(two: Two) -> None:
    roster = two.third.ask(state.roster_in_force)
    _clear, sealed = rosters.encode(
        Roster(roster.number + 1, two.third.ask(last_hash), roster.collective, roster.root,
               roster.recovery,
               roster.devices, roster.channels), two.third.identity.signing_key)
    (two.laptops.share
     / f"trust/{roster.number + 1:06d}-{hashlib.sha256(sealed).hexdigest()}.age").write_bytes(
         sealed)
    add(two.third, "Tout de même")
    two.round(2)
    assert "Tout de même" in names(two.second)
    assert two.second.ask(state.last_trust) == (roster.number, two.third.ask(last_hash))
    assert kinds(two.second) == {FORGED}
    two.second.do(acknowledge, FORGED)
    two.round()
    assert kinds(two.second) == set()


def last_hash(session: Session) -> str:
    last = state.last_trust(session)
    assert last is not None
    return last[1]


def test_a_copy_from_before_the_handing_over_signs_nothing(two: Two) -> None:
    kit.hand_over(two.founder, shared_folder.open_store(two.founder, None), own_key(two.second))
    with pytest.raises(AppError, match="tient la coordination"):
        remove_device(two.copy, shared_folder.open_store(two.copy, None), own_key(two.third))
    assert own_key(two.third) in members(two.copy)


def test_a_confidential_group_of_both_is_read_by_whom_either_named(two: Two) -> None:
    group = two.founder.do(add_record, "group",
                           {"name": "Groupe logement", "kind": "groupe_de_travail"})
    two.round()
    views = two.view(), two.view()
    for holder, reader, storage, title in ((two.founder, two.second, views[0], "De l’un"),
                                           (two.copy, two.third, views[1], "De l’autre")):
        set_readers(holder, storage, group, {own_key(reader)})
        run_round(reader, storage)
        reader.do(create_meeting, group_id=group, title=title, kind="groupe_de_travail",
                  starts_at="2026-11-03T14:00")
        run_round(reader, storage)
    two.show()
    agree(two)
    for vault in two.everybody:
        assert {"De l’un", "De l’autre"} <= {row["title"]
                                             for row in vault.ask(list_records, "meeting")}
    # Whom one of two leaves out again hears nothing more, whatever the other does.
    fourth, words = two.asks(two.copy, "fourth")
    views = two.view(), two.view()
    set_readers(two.founder, views[0], group, {own_key(two.second)})
    two.approves(two.copy, views[1], words)
    run_round(two.copy, views[1])
    two.show()
    agree(two, fourth)
    channel = two.second.ask(state.roster_in_force).channels[channel_of_group(group)]
    assert set(channel.readers) == {own_key(vault) for vault in (two.founder, two.second)}
    two.second.do(create_meeting, group_id=group, title="Sans la troisième",
                  kind="groupe_de_travail",
                  starts_at="2026-11-03T14:00")
    two.round(2)
    assert "Sans la troisième" not in {row["title"]
                                       for row in two.third.ask(list_records, "meeting")}
    assert "Sans la troisième" in {row["title"] for row in two.founder.ask(list_records, "meeting")}
