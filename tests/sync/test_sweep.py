"""What lies on the store for nobody goes, by whoever can; nothing else does."""

import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.commands.purge import erase_record
from desktop.commands.records import delete_record
from desktop.queries.purge import Left, left_on_folder
from desktop.sync.rounds.engine import run_round
from desktop.sync.snapshots.make import make
from desktop.sync.snapshots.sweep import DAYS_OF_A_HINT, DAYS_OF_A_REQUEST
from desktop.sync.stores.folder import FolderStorage
from desktop.sync.trust import state
from desktop.sync.trust.links import own_key
from desktop.tasks import shared_folder
from desktop.tasks.removal import remove_device
from tests.sync.laptops import Laptops
from tests.sync.test_snapshots import DAY, Team, add, names, read_alike

OLD = time.time() - 3 * 24 * 3600


@pytest.fixture
def team(laptops: Laptops) -> Iterator[Team]:
    made = Team(laptops)
    made.round(2)
    yield made


def lay(share: Path, name: str, content: bytes = b"\n", old: bool = True) -> Path:
    path = share / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if old:
        os.utime(path, (OLD, OLD))
    return path


def one_more(team: Team) -> None:
    """Enough to agree when one leaves."""
    made = team.laptops.join("fourth", "coordination")
    made.close()
    team.everyone.append(team.laptops.open(made.home, lambda: team.ms))
    team.round(2)


def days(team: Team, count: int) -> None:
    for _day in range(count):
        team.ms += DAY
        team.laptops.sync(team.member)


def test_hints_that_nobody_can_answer_go_after_some_days(laptops: Laptops, team: Team) -> None:
    idle = [lay(laptops.share, f"heads/{name}") for name in (
        "want-00112233445566aa-0000000007", f"want-trust-{'0' * 64}", "want-snap-00112233445566aa",
        "trust-000999")]
    others = [lay(laptops.share, f"heads/{name}")
              for name in ("want-", "want-xyz", "lisez-moi.txt", "trust-x", "want-snap-A")]
    # Whoever wrote nothing since says after a day what it read: its hint is another then.
    stays = {path.name.partition("-")[0] for path in laptops.share.glob("heads/*")
             if path not in idle}
    days(team, DAYS_OF_A_HINT - 1)
    assert all(path.exists() for path in idle)
    days(team, 2)
    assert not any(path.exists() for path in idle) and all(path.exists() for path in others)
    assert {path.name.partition("-")[0] for path in laptops.share.glob("heads/*")} >= stays
    # Then an exchange has nothing to do again, and is one request.
    assert run_round(team.member, shared_folder.open_store(team.member, None),
                     thorough=False).pulled == 0


def test_a_hint_that_is_still_wanted_is_put_again(laptops: Laptops, team: Team) -> None:
    team.write()
    path = laptops.packages()[-1]
    path.write_bytes(path.read_bytes()[:50])
    newcomer = laptops.join("newcomer")
    laptops.sync(newcomer)
    hint = next(laptops.share.glob("heads/want-*"))
    for later in laptops.share.glob("heads/want-*"):
        later.unlink()
    laptops.sync(newcomer)
    assert hint.exists()
    team.round()
    assert laptops.sync(newcomer).refused == [] and read_alike(team.founder, newcomer, "membre")


def test_requests_go_when_no_invitation_can_be_good_any_more(laptops: Laptops, team: Team) -> None:
    request = lay(laptops.share, f"join/{secrets.token_hex(16)}.req.age", b"x")
    other = lay(laptops.share, "join/notes.txt", b"x")
    days(team, DAYS_OF_A_REQUEST - 1)
    assert request.exists()
    # A clock that jumps counts as one day.
    team.ms += 3650 * DAY
    laptops.sync(team.second)
    assert request.exists()
    days(team, 2)
    assert not request.exists() and other.exists()


def test_what_a_killed_writing_left_goes_after_a_day_and_nothing_else(laptops: Laptops,
                                                                      team: Team) -> None:
    team.write()
    shard = sorted(laptops.share.glob("w/*/*"))[0].relative_to(laptops.share)
    places = ["", "heads/", "trust/keys/", "join/", f"{shard}/"]
    left = [lay(laptops.share, f"{place}.{secrets.token_hex(8)}.tmp") for place in places]
    kept = [lay(laptops.share, f"{place}{name}") for place in places for name in (
        ".notes.tmp", f".{secrets.token_hex(8)}.tmp.txt", f"{secrets.token_hex(8)}.tmp",
        ".0011223344556677.TMP")]
    young = lay(laptops.share, f".{secrets.token_hex(8)}.tmp", old=False)
    days(team, 1)
    assert not any(path.exists() for path in left) and all(path.exists() for path in [*kept, young])
    assert len(list(laptops.share.glob(".*.tmp"))) == 2


def test_age_is_told_by_the_clock_of_the_share(tmp_path: Path) -> None:
    """Which may be years from ours: a file of this moment, left in the past or the future, is none
    of a day ago."""
    ahead = time.time() + 365 * 24 * 3600

    class Ahead(FolderStorage):
        def now_in(self, folder: str) -> float:
            return ahead

    young, old = (lay(tmp_path, f".{secrets.token_hex(8)}.tmp") for _number in range(2))
    os.utime(young, (ahead - 60, ahead - 60))
    Ahead(tmp_path.as_uri(), tmp_path).tidy("")
    assert young.exists() and not old.exists()
    Ahead(tmp_path.as_uri(), tmp_path).tidy("not/there")


def test_packages_put_back_after_they_went_go_again(laptops: Laptops, team: Team) -> None:
    team.write()
    team.round()
    before = {path: path.read_bytes() for path in laptops.packages()}
    team.snapshot()
    team.compact()
    gone = {path: data for path, data in before.items() if not path.exists()}
    assert len(gone) >= 12
    for path, data in gone.items():
        path.write_bytes(data)
    team.ms += DAY
    team.round()
    assert not any(path.exists() for path in gone)
    newcomer = laptops.join("newcomer", "coordination")
    for vault in (newcomer, team.founder):
        laptops.sync(vault)
    assert read_alike(team.founder, newcomer)


def test_what_who_left_had_sent_goes_by_the_hand_of_the_coordination(laptops: Laptops,
                                                                     team: Team) -> None:
    one_more(team)
    team.write()
    team.round()
    left = team.everyone.pop(2)
    folder = laptops.share / "w" / left.identity.writer.hex()
    before = len(list(folder.glob("*/*")))
    remove_device(team.founder, shared_folder.open_store(team.founder, None), own_key(left))
    team.round(2)
    team.snapshot()
    for _time in range(2):
        team.compact()
    assert before > 2 and len(list(folder.glob("*/*"))) == 1
    newcomer = laptops.join("newcomer", "coordination")
    for vault in (newcomer, team.founder):
        laptops.sync(vault)
    assert read_alike(team.founder, newcomer)


# What was erased for good leaves the store too

def snapshots(share: Path) -> set[str]:
    return ({path.name for path in (share / "snap").iterdir() if any(path.iterdir())}
            if (share / "snap").is_dir() else set())


def test_a_snapshot_is_made_some_days_after_an_erasure_and_the_older_one_leaves(laptops: Laptops,
                                                                                team: Team) -> None:
    team.write()
    record = add(team.founder, "Nom à effacer")
    team.round()
    first = team.snapshot()
    packages = set(laptops.packages())
    team.compact()
    assert snapshots(laptops.share) == {first}
    team.founder.do(delete_record, record)
    team.founder.do(erase_record, record)
    team.round(2)
    team.ms += 6 * DAY
    team.round()
    assert snapshots(laptops.share) == {first}
    left = team.member.ask(left_on_folder)
    assert left.since and not left.without
    team.ms += 8 * DAY
    team.round(3)
    (second,) = snapshots(laptops.share) - {first}
    left = team.member.ask(left_on_folder)
    assert left.without > left.since == "" and left.older == 1
    for _time in range(2):
        team.compact()
    assert snapshots(laptops.share) == {second}
    assert team.founder.ask(left_on_folder) == Left(without=left.without)
    assert "Nom à effacer" not in names(team.member)
    # One is enough, until something else is erased.
    for _time in range(3):
        team.compact()
    assert snapshots(laptops.share) == {second}
    assert len(packages & set(laptops.packages())) <= len(team.everyone)


def test_the_first_snapshot_too_is_made_for_an_erasure(laptops: Laptops, team: Team) -> None:
    record = add(team.second, "Nom à effacer")
    team.round(2)
    team.second.do(delete_record, record)
    team.second.do(erase_record, record)
    team.round()
    assert not snapshots(laptops.share)
    for _time in range(2):
        team.ms += 8 * DAY
        team.round(2)
    assert len(snapshots(laptops.share)) == 1


def test_the_snapshot_of_who_left_goes_too(laptops: Laptops, team: Team) -> None:
    one_more(team)
    team.write()
    made = make(team.third, team.third.ask(state.roster_in_force))
    assert made is not None
    team.round(3)
    left = team.everyone.pop(2)
    remove_device(team.founder, shared_folder.open_store(team.founder, None), own_key(left))
    team.round(3)
    assert len(snapshots(laptops.share)) == 2
    for _time in range(2):
        team.compact()
    assert made not in snapshots(laptops.share) and len(snapshots(laptops.share)) == 1
