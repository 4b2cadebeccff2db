"""What a check says of the vault and of the shared folder, and puts right: it never takes anything
away."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.base.paths import Home
from desktop.commands.records import add_record, edit_record
from desktop.sync.rounds.check import check_server, check_vault, mend
from desktop.sync.rounds.engine import run_round
from desktop.sync.snapshots.make import make
from desktop.sync.stores.folder import FolderStorage
from desktop.sync.trust import state
from desktop.sync.trust.alarms import FORK, OMISSION, ROLLBACK, acknowledge, alarms
from desktop.sync.trust.fingerprint import fingerprint_of
from desktop.tasks import shared_folder
from desktop.vault import Vault
from desktop.vault.search.index import search
from tests.sync.laptops import Laptops


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


@pytest.fixture
def second(laptops: Laptops) -> Vault:
    made = laptops.join("second", "coordination")
    for number, vault in enumerate((laptops.founder, made, laptops.founder, made)):
        vault.do(add_record, "organisation", {"name": f"Zygomatique {number}"})
        laptops.sync(vault)
    for vault in (laptops.founder, made):
        laptops.sync(vault)
    return made


def whole(laptops: Laptops, vault: Vault) -> bool:
    found = check_server(vault, shared_folder.open_store(vault, None))
    return found.problems == [] and not found.can_mend and found.packages == len(laptops.packages())


def test_a_whole_vault_and_a_whole_folder(laptops: Laptops, second: Vault) -> None:
    for vault in (laptops.founder, second):
        found = check_vault(vault)
        assert (found.problems == [] and not found.can_mend
                and found.packages == len(laptops.packages()))
        assert whole(laptops, vault)


def test_a_spoilt_index_is_told_and_made_again(laptops: Laptops) -> None:
    vault = laptops.founder
    made = vault.do(add_record, "organisation", {"name": "Zygomatique"})
    right = vault.do(lambda session: session.connection()
                     .exec_driver_sql("SELECT count(*) FROM search").scalar_one())

    def spoil(session: object) -> None:
        connection = session.connection()  # type: ignore[attr-defined]
        connection.exec_driver_sql("DELETE FROM search_row WHERE record_id = ?", (made.bytes,))
        connection.exec_driver_sql("INSERT INTO search_row (number, kind, record_id) VALUES "
                                   "(999999, 'person', x'00')")
    vault.do(spoil)
    assert vault.ask(search, "zygomatique") == []
    found = check_vault(vault)
    assert found.index >= 2 and len(found.problems) == 1
    assert check_vault(vault).index == found.index, "a check changes nothing"
    assert len(mend(vault, None, found)) == 1
    assert ([hit.id for hit in vault.ask(search, "zygomatique")] == [made]
            and check_vault(vault).problems == [])
    assert vault.do(lambda session: session.connection()
                    .exec_driver_sql("SELECT count(*) FROM search").scalar_one()) == right


@pytest.mark.parametrize("harm", ("cut", "gone", "rubbish"))
@pytest.mark.parametrize("what", ("w/*/*/*.pkg", "trust/*.age", "trust/keys/*.age", "snap/*/*.pkg"))
def test_what_is_harmed_on_the_folder_is_told_and_mended(laptops: Laptops, second: Vault, harm: str,
                                                         what: str) -> None:
    if what.startswith("snap"):
        assert make(laptops.founder, laptops.founder.ask(state.roster_in_force)) is not None
        for vault in (laptops.founder, second, laptops.founder, second):
            laptops.sync(vault)
    before = {path: path.read_bytes() for path in laptops.share.rglob("*") if path.is_file()}
    for path in sorted(laptops.share.glob(what))[:2]:
        if harm == "gone":
            path.unlink()
        else:
            path.write_bytes(before[path][:60] if harm == "cut" else b"rubbish")
    storage = shared_folder.open_store(laptops.founder, None)
    harmed = {path: path.read_bytes() for path in laptops.share.rglob("*") if path.is_file()}
    found = check_server(laptops.founder, storage)
    assert found.problems and found.can_mend
    assert {path: path.read_bytes() for path in laptops.share.rglob("*")
            if path.is_file()} == harmed, "a check changes nothing"
    assert mend(laptops.founder, storage, found)
    for vault in (second, laptops.founder):
        laptops.sync(vault)
    assert whole(laptops, laptops.founder) and whole(laptops, second)
    for path, data in before.items():
        if path.parts[-4:][0] == "w" or "trust" in path.parts:
            assert path.read_bytes() == data


def test_what_nobody_here_holds_is_asked_of_the_others(laptops: Laptops, second: Vault) -> None:
    third = laptops.join("third")
    second.do(add_record, "organisation", {"name": "Cachée"})
    laptops.sync(second)
    path = max(laptops.share.glob(f"w/{second.identity.writer.hex()}/*/*.pkg"))
    data = path.read_bytes()
    path.write_bytes(data[:80])
    storage = shared_folder.open_store(laptops.founder, None)
    found = check_server(laptops.founder, storage)
    assert found.wanted and len(mend(laptops.founder, storage, found)) == 1
    assert path.read_bytes() == data[:80]
    laptops.sync(second)
    assert path.read_bytes() == data
    for vault in (laptops.founder, third):
        laptops.sync(vault)
        assert whole(laptops, vault)


def test_what_a_stranger_left_is_told_and_stays(laptops: Laptops, second: Vault) -> None:
    folder = laptops.share / "w" / ("ab" * 8) / "000000"
    folder.mkdir(parents=True)
    stranger = folder / f"0000000001-{'c' * 64}.pkg"
    stranger.write_bytes(b"rien")
    storage = shared_folder.open_store(laptops.founder, None)
    found = check_server(laptops.founder, storage)
    assert len(found.problems) == 1 and "abab" in found.problems[0]
    mend(laptops.founder, storage, found)
    assert stranger.read_bytes() == b"rien"


def test_the_same_six_words_for_who_holds_the_same(laptops: Laptops, second: Vault) -> None:
    for vault in (second, laptops.founder, second):
        laptops.sync(vault)
    ours, theirs = laptops.founder.ask(fingerprint_of), second.ask(fingerprint_of)
    assert (ours.words == theirs.words and len(ours.words.split()) == 6
            and ours.waiting == theirs.waiting == 0)
    made = second.do(add_record, "organisation", {"name": "De plus"})
    changed = second.ask(fingerprint_of)
    assert changed.words != ours.words and changed.waiting == 1 and changed.said() != ours.said()
    for vault in (second, laptops.founder):
        laptops.sync(vault)
    assert (laptops.founder.ask(fingerprint_of).words == second.ask(fingerprint_of).words
            == changed.words)
    laptops.founder.do(edit_record, made, {"name": "De moins"})
    assert laptops.founder.ask(fingerprint_of).words != changed.words
    # A member reads less, and says the same.
    third = laptops.join("third", "membre")
    for vault in (laptops.founder, third, second, laptops.founder):
        laptops.sync(vault)
    assert (third.ask(fingerprint_of).words == laptops.founder.ask(fingerprint_of).words
            == second.ask(fingerprint_of).words)


def kinds(vault: Vault) -> list[str]:
    return [alarm.kind for alarm in vault.ask(alarms)]


def test_a_server_put_back_to_an_older_day_is_told_once(laptops: Laptops, second: Vault) -> None:
    before = {path: path.read_bytes() for path in laptops.share.rglob("*") if path.is_file()}
    for number in range(3):
        laptops.founder.do(add_record, "organisation", {"name": f"Perdue {number}"})
        laptops.sync(laptops.founder)
    laptops.sync(second)
    assert kinds(laptops.founder) == kinds(second) == []
    for _time in range(2):
        for path in [path for path in laptops.share.rglob("*")
                     if path.is_file() and path not in before]:
            path.unlink()
        for path, data in before.items():
            path.write_bytes(data)
        laptops.sync(laptops.founder)
    assert kinds(laptops.founder) == [ROLLBACK] and whole(laptops, laptops.founder)
    (alarm,) = laptops.founder.ask(alarms)
    assert alarm.times == 2
    laptops.founder.do(acknowledge, ROLLBACK)
    laptops.sync(laptops.founder)
    assert kinds(laptops.founder) == []


def test_what_others_have_read_and_the_folder_hides_is_told_when_it_stays_so(laptops: Laptops,
                                                                             second: Vault,
                                                                              tmp_path: Path) -> None:
    third = laptops.join("third", "coordination")
    for vault in (laptops.founder, third, second):
        laptops.sync(vault)
    second.do(add_record, "organisation", {"name": "Cachée"})
    laptops.sync(second)
    laptops.sync(laptops.founder)
    laptops.founder.do(add_record, "organisation", {"name": "Vue"})
    laptops.sync(laptops.founder)
    hidden = f"w/{second.identity.writer.hex()}/000000/"

    class Hiding(FolderStorage):
        def names(self, folder: str) -> list[str]:
            listed = super().names(folder)
            if folder == "heads":
                return [name for name in listed
                        if not name.startswith(second.identity.writer.hex())]
            return listed[:-1] if f"{folder}/" == hidden else listed

    for number in range(4):
        assert kinds(third) == ([OMISSION] if number >= 3 else [])
        run_round(third, Hiding(laptops.url, laptops.share))
    assert kinds(third) == [OMISSION]
    third.do(acknowledge, OMISSION)
    for vault in (second, laptops.founder, third, second, third):
        laptops.sync(vault)
    assert kinds(third) == kinds(second) == kinds(laptops.founder) == []


def test_two_copies_that_write_are_told_to_the_others(laptops: Laptops, second: Vault,
                                                      tmp_path: Path) -> None:
    home = second.home
    second.close()
    shutil.copytree(home.folder, tmp_path / "copy")
    one, two = laptops.open(home), laptops.open(Home(tmp_path / "copy"))
    one.do(add_record, "organisation", {"name": "D’ici"})
    two.do(add_record, "organisation", {"name": "De là"})
    before = {path.name for path in laptops.share.rglob("*")}
    laptops.sync(one)
    late = {path.name for path in laptops.share.rglob("*")} - before

    class Late(FolderStorage):
        """Its listing is not of this minute: the copy does not see what the other has just sent."""

        def names(self, folder: str) -> list[str]:
            return [name for name in super().names(folder) if name not in late]

        def get(self, name: str) -> bytes | None:
            return None if name.rsplit("/", 1)[-1] in late else super().get(name)

    run_round(two, Late(laptops.url, laptops.share))
    for vault in (laptops.founder, one, two, laptops.founder):
        laptops.sync(vault)
    assert kinds(laptops.founder) == [FORK] and whole(laptops, laptops.founder)
    assert one.identity.writer != two.identity.writer
