"""A shared folder that is suddenly empty, or whose format.json is spoilt: told as it is, and put
right when asked to."""

import shutil
from pathlib import Path

import pytest

from desktop.commands.actions import create_action
from desktop.commands.attachments import attach
from desktop.commands.meetings import create_meeting
from desktop.queries.attachments import bytes_of
from desktop.queries.records import list_records
from desktop.queries.sync import sync_state
from desktop.sync.merging.enclosures import fetch_enclosure
from desktop.sync.rounds.check import check_server, mend
from desktop.sync.stores.storage import Credentials, StoreError, StoreProblem
from desktop.sync.trust.alarms import EMPTIED
from desktop.tasks import shared_folder
from desktop.tasks.place import fill_again, try_place
from desktop.vault import Vault
from tests.sync.laptops import Laptops


@pytest.fixture
def second(laptops: Laptops) -> Vault:
    made = laptops.join("second")
    laptops.founder.do(create_action, "Écrire l’affiche")
    for vault in (laptops.founder, made, laptops.founder):
        laptops.sync(vault)
    return made


def spoil(laptops: Laptops, how: str) -> Path:
    path = laptops.share / "format.json"
    path.unlink() if how == "missing" else path.write_bytes(
        {"empty": b"", "cut": b'{"form', "rubbish": b"\0\xff"}[how])
    return path


@pytest.mark.parametrize("how", ["empty", "cut", "rubbish", "missing"])
@pytest.mark.parametrize("who", ["founder", "second"])
def test_a_spoilt_format_file_is_told_and_put_back_by_whoever_knows_it(
        laptops: Laptops, second: Vault, how: str, who: str) -> None:
    vault = laptops.founder if who == "founder" else second
    path = laptops.share / "format.json"
    before = path.read_bytes()
    spoil(laptops, how)
    with pytest.raises(StoreError) as caught:
        laptops.sync(vault)
    assert caught.value.code is (StoreProblem.MISSING if how == "missing" else StoreProblem.SPOILT)
    assert "format.json" in caught.value.message and "check --server --mend" in caught.value.hint
    assert "adresse" not in caught.value.hint
    storage = shared_folder.open_to_check(vault)
    found = check_server(vault, storage)
    assert found.can_mend and any("format.json" in problem for problem in found.problems)
    assert any("format.json" in done for done in mend(vault, storage, found))
    assert path.read_bytes() == before
    assert check_server(vault, shared_folder.open_to_check(vault)).problems == []
    for each in (laptops.founder, second):
        laptops.sync(each)


def test_a_format_file_is_not_put_into_a_folder_that_is_not_known(laptops: Laptops,
                                                                  second: Vault) -> None:
    shutil.rmtree(laptops.share)
    (laptops.share / "trust").mkdir(parents=True)
    (laptops.share / "w").mkdir()
    spoiling = laptops.share / "format.json"
    spoiling.write_bytes(b"")
    with pytest.raises(StoreError):
        check_server(second, shared_folder.open_to_check(second))
    assert spoiling.read_bytes() == b""


def emptied(laptops: Laptops) -> None:
    shutil.rmtree(laptops.share)
    laptops.share.mkdir()


def test_a_folder_that_is_suddenly_empty_is_told_and_nothing_is_written(
        laptops: Laptops, second: Vault) -> None:
    emptied(laptops)
    for vault in (laptops.founder, second):
        for _twice in range(2):
            with pytest.raises(StoreError, match="est vide") as caught:
                laptops.sync(vault)
        assert "branché" in f"{caught.value}" or "monté" in caught.value.hint
        with pytest.raises(StoreError, match="est vide"):
            check_server(vault, shared_folder.open_to_check(vault))
    with pytest.raises(StoreError, match="est vide"):
        try_place(laptops.founder, laptops.url, Credentials())
    assert list(laptops.share.iterdir()) == []
    assert laptops.founder.ask(sync_state).alarms == (EMPTIED,)
    assert second.ask(sync_state).alarms == ()


def test_a_folder_that_comes_back_takes_its_alarm_away(laptops: Laptops, second: Vault) -> None:
    aside = laptops.share.with_name("aside")
    laptops.share.rename(aside)
    laptops.share.mkdir()
    with pytest.raises(StoreError, match="est vide"):
        laptops.sync(laptops.founder)
    laptops.share.rmdir()
    aside.rename(laptops.share)
    laptops.sync(laptops.founder)
    assert laptops.founder.ask(sync_state).alarms == ()


def test_an_emptied_folder_is_filled_once_somebody_says_so(laptops: Laptops, second: Vault) -> None:
    meeting = second.do(create_meeting, group_id=None, title="Séance", kind="pleniere",
                        starts_at="2026-11-03T14:00")
    scan = second.do(attach, "meeting", meeting, "Feuille.pdf", b"%PDF scan")
    laptops.sync(second)
    emptied(laptops)
    with pytest.raises(StoreError, match="est vide"):
        laptops.sync(laptops.founder)
    fill_again(laptops.founder)
    assert laptops.founder.ask(sync_state).alarms == ()
    laptops.founder.do(create_action, "Après")
    late = laptops.join("late")
    for vault in (laptops.founder, second, late):
        laptops.sync(vault)
    for vault in (second, late):
        assert ({row["title"] for row in vault.ask(list_records, "action")}
                == {"Écrire l’affiche", "Après"})
    fetch_enclosure(late, shared_folder.open_store(late, None), scan)
    assert late.ask(bytes_of, scan) == b"%PDF scan"
    with pytest.raises(StoreError, match="est vide"):
        emptied(laptops)
        fill_again(second)


def test_a_new_place_is_prepared_without_a_question(laptops: Laptops, second: Vault) -> None:
    new = laptops.folder / "new"
    new.mkdir()
    assert try_place(laptops.founder, new.as_uri(), Credentials()).prepared
    assert (new / "format.json").exists() and laptops.founder.ask(sync_state).alarms == ()
