"""A computer that is taken out: it hears nothing more, honest laggards are heard, and all who
remain agree."""

import shutil
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.commands.records import add_record
from desktop.models.sync import Seen, Unread
from desktop.queries.digest import digest_of
from desktop.queries.records import list_records
from desktop.queries.sync import sync_state
from desktop.sync.packages.package import read_header
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.storage import StoreError, StoreProblem
from desktop.sync.trust import state
from desktop.sync.trust.links import own_key
from desktop.tasks import enrol, shared_folder
from desktop.tasks.late import settle_late
from desktop.tasks.removal import computers, remove_device
from desktop.vault import Vault
from tests.sync.laptops import Laptops


def names(vault: Vault) -> set[str]:
    return {record["name"] for record in vault.ask(list_records, "organisation")}


def add(vault: Vault, name: str) -> None:
    vault.do(add_record, "organisation", {"name": name})


def remove(laptops: Laptops, vault: Vault) -> None:
    remove_device(laptops.founder, shared_folder.open_store(laptops.founder, None), own_key(vault))


@pytest.fixture
def three(laptops: Laptops) -> tuple[Vault, Vault, Vault]:
    """A founder, one who stays, one who will be taken out; all up to date."""
    stays, leaves = laptops.join("stays"), laptops.join("leaves", "coordination")
    for vault in (laptops.founder, stays, leaves, laptops.founder, stays):
        laptops.sync(vault)
    return laptops.founder, stays, leaves


def test_the_keys_of_who_left_open_nothing_that_is_written_after(laptops: Laptops,
                                                                 three: tuple[Vault, ...]) -> None:
    founder, stays, leaves = three
    remove(laptops, leaves)
    before = set(laptops.packages())
    add(founder, "Après le départ")
    founder.do(add_record, "observation",
               {"month": "2026-11", "domain": "SANTE", "principal_criterion": "ORIG"})
    for vault in (founder, stays):
        laptops.sync(vault)
    assert "Après le départ" in names(stays)
    held = [pyrage.x25519.Identity.from_str(text)
            for text in leaves.ask(state.channel_keys).values()]
    held.append(pyrage.x25519.Identity.from_str(leaves.identity.age_identity))
    written = set(laptops.packages()) - before
    assert len(written) >= 3
    for path in written:
        _header, _signer, rest = read_header(path.read_bytes(), path.stem.split("-")[-1])
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(rest, held)
    for path in laptops.share.glob("trust/keys/*-2-*"):
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(path.read_bytes(), held)


def test_who_left_is_told_keeps_reading_and_sends_nothing(laptops: Laptops,
                                                          three: tuple[Vault, ...]) -> None:
    founder, _stays, leaves = three
    add(leaves, "Écrite trop tard")
    remove(laptops, leaves)
    packages = laptops.packages()
    with pytest.raises(StoreError) as told:
        laptops.sync(leaves)
    assert told.value.code is StoreProblem.REMOVED and "retiré" in str(told.value)
    assert laptops.packages() == packages
    assert "Écrite trop tard" in names(leaves) and leaves.ask(sync_state).to_send == 1
    laptops.sync(founder)
    assert "Écrite trop tard" not in names(founder)


def test_what_another_had_read_waits_until_the_coordination_takes_it(
    laptops: Laptops, three: tuple[Vault, ...]) -> None:
    founder, stays, leaves = three
    add(leaves, "Lue à temps")
    laptops.sync(leaves)
    laptops.sync(stays)
    # The founder had not read it when it removed its author; the other had.
    remove(laptops, leaves)
    for vault in (founder, stays, founder, stays):
        laptops.sync(vault)
    assert "Lue à temps" not in names(founder) and "Lue à temps" in names(stays)
    (waiting,) = [one for one in founder.ask(computers, own_key(founder), founder.identity.writer)
                  if one.gone]
    assert waiting.late == 1
    settle_late(founder, shared_folder.open_store(founder, None), waiting.key, take=True)
    for vault in (founder, stays, founder, stays):
        laptops.sync(vault)
    assert "Lue à temps" in names(founder) and "Lue à temps" in names(stays)
    assert founder.ask(digest_of) == stays.ask(digest_of)
    before = laptops.packages()
    for vault in (founder, stays):
        done = laptops.sync(vault)
        assert (done.sealed, done.pushed, done.pulled, done.refused) == (0, 0, 0, [])
    assert laptops.packages() == before


def test_what_comes_after_is_held_and_told_once(laptops: Laptops, three: tuple[Vault, ...],
                                                tmp_path: Path) -> None:
    founder, stays, leaves = three
    older = tmp_path / "older"
    shutil.copytree(laptops.share, older)
    remove(laptops, leaves)
    # Whoever left still has the password, and a folder as it was: two packages that nobody asked
    # for.
    for name in ("Une", "Deux"):
        add(leaves, name)
        run_round(leaves, shared_folder.open_store(leaves, older.as_uri()))
    shutil.copytree(older / "w", laptops.share / "w", dirs_exist_ok=True)
    shutil.copytree(older / "heads", laptops.share / "heads", dirs_exist_ok=True)
    for vault in (founder, stays):
        assert len(laptops.sync(vault).refused) == 1
        again = laptops.sync(vault)
        assert (again.refused, again.pulled) == ([], 0)
        assert not {"Une", "Deux"} & names(vault)
        assert vault.ask(sync_state).held == 1 and vault.ask(sync_state).refused == 0
    assert founder.ask(digest_of) == stays.ask(digest_of)
    # Left outside, nobody is asked again; what comes later still is told again.
    settle_late(founder, shared_folder.open_store(founder, None), own_key(leaves), take=False)
    for vault in (founder, stays):
        laptops.sync(vault)
        assert not {"Une", "Deux"} & names(vault)
        assert all(not one.late for one
                   in vault.ask(computers, own_key(vault), vault.identity.writer))


@pytest.mark.parametrize("friend", ["a false word", "a true one"])
def test_no_friend_makes_a_removed_computer_heard(laptops: Laptops, three: tuple[Vault, ...],
                                                  tmp_path: Path,
                                                  friend: str) -> None:
    founder, stays, leaves = three
    older = tmp_path / "older"
    shutil.copytree(laptops.share, older)
    remove(laptops, leaves)
    laptops.sync(founder)
    add(leaves, "Après")
    run_round(leaves, shared_folder.open_store(leaves, older.as_uri()))
    if friend == "a true one":
        run_round(stays, shared_folder.open_store(stays, older.as_uri()))
        assert "Après" in names(stays)
    else:
        # I had read a thousand million packages of it.
        stays.do(lambda session: session.execute(
            update(Seen).where(Seen.writer == leaves.identity.writer)
            .values(sequence=1_000_000_000)))
    add(stays, "Un mot")
    laptops.sync(stays)
    shutil.copytree(older / "w", laptops.share / "w", dirs_exist_ok=True)
    shutil.copytree(older / "heads", laptops.share / "heads", dirs_exist_ok=True)
    for _time in range(2):
        laptops.sync(founder)
    newcomer = laptops.join("newcomer")
    laptops.sync(newcomer)
    for vault in (founder, newcomer):
        assert "Un mot" in names(vault) and "Après" not in names(vault)


def test_a_laggard_is_never_refused(laptops: Laptops, three: tuple[Vault, ...]) -> None:
    founder, stays, leaves = three
    add(stays, "Tapée hors ligne")
    remove(laptops, leaves)
    laptops.sync(founder)
    assert laptops.sync(stays).refused == []
    assert laptops.sync(founder).refused == []
    assert "Tapée hors ligne" in names(founder)


def test_who_comes_after_reads_everything_from_before(laptops: Laptops,
                                                      three: tuple[Vault, ...]) -> None:
    founder, _stays, leaves = three
    add(founder, "D’avant")
    laptops.sync(founder)
    remove(laptops, leaves)
    add(founder, "D’après")
    laptops.sync(founder)
    new = laptops.join("new", "coordination")
    assert laptops.sync(new).refused == []
    laptops.sync(founder)
    assert {"D’avant", "D’après"} <= names(new) and new.ask(digest_of) == founder.ask(digest_of)
    assert len(new.ask(state.channel_keys)) == 6


def test_a_computer_is_let_in_again(laptops: Laptops, three: tuple[Vault, ...]) -> None:
    founder, stays, leaves = three
    remove(laptops, leaves)
    add(leaves, "Écrite dehors")
    with pytest.raises(StoreError):
        laptops.sync(leaves)
    invitation = enrol.read_invitation(enrol.invite(founder, ["membre"]))
    assert leaves.identity.person_id is not None
    words = enrol.ask_to_join(leaves, invitation, "De retour", leaves.identity.person_id)
    storage = shared_folder.open_store(founder, None)
    (request,) = enrol.pending_requests(founder, storage)
    enrol.approve(founder, storage, request.id, words)
    for vault in (leaves, founder, stays):
        assert laptops.sync(vault).refused == []
    assert "Écrite dehors" in names(founder) & names(stays)


def test_only_the_holder_of_the_root_key_removes_and_never_itself(laptops: Laptops,
                                                                  three: tuple[Vault, ...]) -> None:
    founder, stays, leaves = three
    with pytest.raises(AppError, match="tient la coordination"):
        remove_device(leaves, shared_folder.open_store(leaves, None), own_key(stays))
    with pytest.raises(AppError, match="vous travaillez"):
        remove_device(founder, shared_folder.open_store(founder, None), own_key(founder))
    with pytest.raises(AppError):
        remove_device(founder, shared_folder.open_store(founder, None), "00" * 32)
    assert len(founder.ask(state.roster_in_force).devices) == 3


def test_a_role_that_is_given_later_opens_what_was_counted(laptops: Laptops) -> None:
    def unread(session: Session) -> int:
        return session.scalar(select(func.count()).select_from(Unread)) or 0

    worker = laptops.join("worker")
    laptops.founder.do(add_record, "observation",
                       {"month": "2026-11", "domain": "SANTE", "principal_criterion": "ORIG"})
    laptops.sync(laptops.founder)
    laptops.sync(worker)
    assert worker.ask(unread) == 1 and worker.ask(list_records, "observation") == []
    invitation = enrol.read_invitation(enrol.invite(laptops.founder, ["observatoire"]))
    assert worker.identity.person_id is not None
    words = enrol.ask_to_join(worker, invitation, "Jo", worker.identity.person_id)
    storage = shared_folder.open_store(laptops.founder, None)
    (request,) = enrol.pending_requests(laptops.founder, storage)
    enrol.approve(laptops.founder, storage, request.id, words)
    laptops.sync(worker)
    assert worker.ask(unread) == 0 and len(worker.ask(list_records, "observation")) == 1


def test_who_has_read_what_is_known_by_what_they_say(laptops: Laptops,
                                                     three: tuple[Vault, ...]) -> None:
    founder, stays, leaves = three
    add(founder, "À lire")
    laptops.sync(founder)
    laptops.sync(stays)
    add(stays, "Réponse")
    laptops.sync(stays)
    laptops.sync(founder)
    found = {made.name: made for made
             in founder.ask(computers, own_key(founder), founder.identity.writer)}
    assert [made.is_here for made in found.values()].count(True) == 1
    assert found["Jo STAYS"].read == found["Jo STAYS"].written > found["Jo LEAVES"].read
    remove(laptops, leaves)
    found = {made.name: made for made
             in founder.ask(computers, own_key(founder), founder.identity.writer)}
    assert found["Jo LEAVES"].gone and not found["Jo STAYS"].gone
