"""A day of snapshots that ends in the middle: they are made, vouched for, read by a newcomer; what
they cover goes."""

from contextlib import ExitStack, closing
from pathlib import Path

from sqlalchemy.orm import Session

from desktop.base.clock import wall_ms
from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.models.sync import Unread
from desktop.queries.digest import digest_of
from desktop.queries.records import list_records
from desktop.sync.merging.sealing import pending_count
from desktop.sync.rounds.engine import run_round
from desktop.sync.snapshots.make import make
from desktop.sync.trust import state
from desktop.tasks import enrol, profiles, shared_folder
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE

DAY_MS = 24 * 3600 * 1000


class Team:
    """Some laptops of a prepared folder, on one clock."""

    def __init__(self, folder: Path, ahead: int = 0) -> None:
        self.folder, self.ms = folder, wall_ms() + ahead * DAY_MS
        self.all: list[Vault] = []

    def open(self, name: str) -> Vault:
        vault = Vault(Home(self.folder / name), lambda: self.ms)
        vault.unlock(PASSPHRASE)
        self.all.append(vault)
        return vault

    def let_in(self, name: str) -> Vault:
        """One more who reads every channel, and has not exchanged yet."""
        founder = self.all[0]
        vault, _code, words = profiles.join(Home(self.folder / name), PASSPHRASE,
                                            enrol.invite(founder, ["coordination"],
                                                         (self.folder / "share").as_uri()),
                                            f"Jo {name.upper()}", Cost.TEST)
        vault.close()
        storage = shared_folder.open_store(founder, None)
        (request,) = [one for one in enrol.pending_requests(founder, storage) if one.words == words]
        enrol.approve(founder, storage, request.id, words)
        return self.open(name)

    def round(self, times: int = 1) -> None:
        for _time in range(times):
            for vault in self.all:
                done = run_round(vault,
                                 shared_folder.open_store(vault, (self.folder / "share").as_uri()))
                assert done.refused == []

    def later(self) -> None:
        self.ms += 31 * DAY_MS


def snapshotting(folder: Path) -> None:
    """Two snapshots, a month between them; a newcomer reads the first, the second takes its
    place."""
    team = Team(folder)
    founder, second = team.open("founder"), team.open("second")
    team.round(2)
    team.let_in("third")
    for number in range(2):
        for vault in team.all:
            print("made", vault.do(add_record, "organisation", {"name": f"Structure {number}"}),
                  flush=True)
            team.round()
    for maker in (founder, second):
        assert make(maker, maker.ask(state.roster_in_force)) is not None, maker.ask(standing)
        team.round(3)
        before = {path: path.read_bytes() for path in (folder / "share" / "w").rglob("*.pkg")}
        team.later()
        team.round(2)
        if maker is founder:
            # Somebody who was away puts back what went.
            for path, data in before.items():
                path.write_bytes(data)
            team.ms += DAY_MS
            team.let_in("fourth")
            team.round()
    for vault in team.all:
        vault.close()


def standing(session: Session) -> tuple[int, int]:
    """(records that are not sealed, packages that are not read): either keeps a snapshot from being
    made."""
    return pending_count(session), session.query(Unread).count()


def after_snapshotting(folder: Path, said: dict[str, str]) -> None:
    """All come to the same; once more a snapshot is made, all behind it goes, and a newcomer holds
    what the others hold."""
    team = Team(folder, 100)
    with ExitStack() as stack:
        for name in ("founder", "second", "third", "fourth"):
            if Home(folder / name).exists:
                stack.enter_context(closing(team.open(name)))
        team.round(3)
        assert len({vault.ask(digest_of) for vault in team.all}) == 1
        assert said["made"] in {str(row["id"])
                                for row in team.all[0].ask(list_records, "organisation")}
        assert make(team.all[0], team.all[0].ask(state.roster_in_force)) is not None
        team.round(4)
        before = packages(folder)
        team.later()
        team.round(3)
        assert packages(folder) < before
        stack.enter_context(closing(team.let_in("newer")))
        team.round(2)
        assert len({vault.ask(digest_of) for vault in team.all}) == 1
        assert all(vault.damage() == [] for vault in team.all)


def packages(folder: Path) -> int:
    return len(list((folder / "share" / "w").rglob("*.pkg")))
