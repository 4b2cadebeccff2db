"""Snapshots: judged by who read the same, loaded by who comes later, and the packages behind them
go."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.base.clock import wall_ms
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.models.record import CHANNELS, INTERNAL
from desktop.models.sync import HeldPackage, Outbox, Snapshot, SnapshotFile, SnapshotMatch, Version
from desktop.queries.digest import Digest, channel_digests
from desktop.queries.records import list_records
from desktop.sync.rounds.engine import run_round
from desktop.sync.snapshots.catalogue import kept
from desktop.sync.snapshots.make import make
from desktop.sync.trust import state
from desktop.sync.trust.links import own_key
from desktop.sync.trust.roster import may_read
from desktop.tasks import enrol, shared_folder
from desktop.tasks.removal import remove_device
from desktop.vault import Vault
from tests.sync.laptops import Laptops

DAY = 24 * 3600 * 1000


def names(vault: Vault) -> set[str]:
    return {record["name"] for record in vault.ask(list_records, "organisation")}


def add(vault: Vault, name: str) -> uuid.UUID:
    return vault.do(add_record, "organisation", {"name": name})


class Team:
    """A founder, a secretary, two more who read every channel; on a clock that the test sets."""

    def __init__(self, laptops: Laptops) -> None:
        self.laptops, self.ms = laptops, wall_ms()
        for name, role in (("second", "coordination"), ("third", "coordination"),
                           ("member", "membre")):
            laptops.join(name, role)
        self.everyone = []
        for vault in laptops.opened[:4]:
            vault.close()
            self.everyone.append(laptops.open(vault.home, lambda: self.ms))
        laptops.founder = self.everyone[0]
        self.founder, self.second, self.third, self.member = self.everyone

    def write(self) -> None:
        """Everybody writes a little, and all of it goes round."""
        for number, vault in enumerate(self.everyone * 2):
            add(vault, f"Structure {number}")
            vault.do(add_record, "observation",
                     {"month": "2026-11", "domain": "SANTE", "principal_criterion": "ORIG"})
            vault.do(add_record, "action", {"title": f"Action {number}"}, INTERNAL)
            self.laptops.sync(vault)
        self.round()

    def round(self, times: int = 1) -> None:
        """Each exchanges."""
        for _time in range(times):
            for vault in self.everyone:
                self.laptops.sync(vault)

    def snapshot(self) -> str:
        """The founder makes one, and all judge it."""
        made = make(self.founder, self.founder.ask(state.roster_in_force))
        assert made is not None
        self.round(3)
        return made

    def compact(self) -> None:
        """A month later."""
        self.ms += 31 * DAY
        self.round()


@pytest.fixture
def team(laptops: Laptops) -> Iterator[Team]:
    made = Team(laptops)
    made.round(2)
    yield made


def digests(vault: Vault) -> dict[str, Digest]:
    found: dict[str, Digest] = vault.ask(channel_digests)
    return found


def read_alike(one: Vault, other: Vault, role: str = "coordination") -> bool:
    ours, theirs = digests(one), digests(other)
    return all(ours.get(channel) == theirs.get(channel) for channel in CHANNELS
               if may_read([role], channel))


def witnesses(session: Session, channel: str) -> int:
    return session.scalar(select(func.count()).select_from(SnapshotMatch)
                          .where(SnapshotMatch.channel == channel)) or 0


def bytes_held(session: Session) -> int:
    return sum(
        session.scalar(select(func.count()).select_from(table).where(table.data.is_not(None))) or 0
               for table in (Outbox, HeldPackage))


def test_who_read_the_same_says_so_and_the_packages_go_a_month_later(laptops: Laptops,
                                                                     team: Team) -> None:
    team.write()
    snapshot = team.snapshot()
    assert (laptops.share / "snap" / snapshot).is_dir()
    # Two others read every channel, one more reads the channel of all.
    assert {channel: team.founder.ask(witnesses, channel) for channel in CHANNELS} == {
        "commun": 3, "interne": 2, "observatoire": 2}
    before, held = len(laptops.packages()), team.member.ask(bytes_held)
    team.round()
    assert len(laptops.packages()) == before
    team.compact()
    # Each writer's last package stays, and what was said since the snapshot.
    assert len(laptops.packages()) <= before - 12
    assert team.member.ask(bytes_held) <= held - 12
    assert all(read_alike(team.founder, vault) for vault in (team.second, team.third))


def test_a_new_computer_starts_from_the_snapshot(laptops: Laptops, team: Team) -> None:
    team.write()
    record = add(team.founder, "Avant")
    team.round(2)
    team.second.do(edit_record, record, {"name": "D'une main"})
    team.third.do(edit_record, record, {"name": "De l'autre"})
    team.round(2)
    team.snapshot()
    team.compact()
    add(team.second, "Après")
    team.round()
    newcomer = laptops.join("newcomer", "coordination")
    for vault in (newcomer, team.founder):
        laptops.sync(vault)
    assert read_alike(team.founder, newcomer)
    assert {"Structure 0", "Structure 7", "Après"} <= names(newcomer)
    assert newcomer.ask(versions) == team.founder.ask(versions) != set()
    # It goes on like the others, and the others hear it.
    add(newcomer, "De la nouvelle")
    laptops.sync(newcomer)
    team.round()
    assert "De la nouvelle" in names(team.member)
    assert laptops.sync(newcomer).refused == []


def versions(session: Session) -> set[tuple[str, bytes, str, str | None]]:
    return {(row.kind, row.record_id, row.field, row.value)
            for row in session.scalars(select(Version))}


def test_a_member_starts_from_what_it_may_read(laptops: Laptops, team: Team) -> None:
    team.write()
    team.snapshot()
    team.compact()
    newcomer = laptops.join("newcomer", "membre")
    for vault in (newcomer, team.founder):
        laptops.sync(vault)
    assert read_alike(team.founder, newcomer, "membre")
    assert not newcomer.ask(list_records, "observation")
    # What it cannot read it holds all the same, for who loses it.
    shutil.rmtree(laptops.share / "snap")
    laptops.sync(newcomer)
    assert (sorted(path.name for path in (laptops.share / "snap").glob("*/*"))
            == sorted(newcomer.ask(file_names)))


def file_names(session: Session) -> list[str]:
    return list(session.scalars(select(SnapshotFile.name)))


def test_who_was_away_catches_up_and_keeps_what_it_wrote(laptops: Laptops, team: Team) -> None:
    team.write()
    record = add(team.founder, "Un nom")
    team.round(2)
    away = team.everyone.pop()
    assert "Un nom" in names(away)
    team.founder.do(edit_record, record, {"name": "Un autre nom"})
    erased = add(team.founder, "À jeter")
    team.write()
    team.founder.do(delete_record, erased)
    team.round(2)
    team.snapshot()
    team.compact()
    away.do(edit_record, record, {"name": "Le nom du large"})
    add(away, "Écrite au large")
    for vault in (away, team.founder, team.second, away):
        laptops.sync(vault)
    assert read_alike(team.founder, away, "membre")
    assert {"Écrite au large", "Structure 7"} <= names(away) and "À jeter" not in names(away)
    # The two names were given by people who had not seen each other's.
    kept_names = {value for kind, _record, _field, value in team.founder.ask(versions)
                  if kind == "organisation"}
    assert not kept_names or kept_names == {"Un autre nom", "Le nom du large"}
    # What it had seen change in order are no two versions.
    assert away.ask(versions) == team.founder.ask(versions)
    assert not list(laptops.share.glob("heads/want-*"))


def test_a_server_that_lost_the_snapshot_gets_it_back_from_anybody(laptops: Laptops,
                                                                   team: Team) -> None:
    team.write()
    snapshot = team.snapshot()
    team.compact()
    shutil.rmtree(laptops.share / "snap")
    laptops.sync(team.member)
    newcomer = laptops.join("newcomer")
    laptops.sync(newcomer)
    assert {"Structure 0", "Structure 7"} <= names(newcomer)
    assert (laptops.share / "snap" / snapshot).is_dir()


def test_a_snapshot_that_says_something_else_is_told_and_nothing_goes_for_it(laptops: Laptops,
                                                                             team: Team) -> None:
    team.write()
    # A founder whose vault was tampered with makes one.
    team.founder.do(lambda session: session.connection().exec_driver_sql(
        "UPDATE organisation SET name = 'Rien' WHERE name = 'Structure 0'").rowcount)
    team.snapshot()
    assert (team.founder.ask(witnesses, "commun") == 0
            and team.founder.ask(witnesses, "observatoire") == 2)
    (one,) = team.second.ask(kept, team.second.ask(state.roster_in_force))
    assert one.judged == {"commun": False, "interne": True, "observatoire": True}
    before = team.member.ask(common_packages)
    team.compact()
    assert (set(team.member.ask(common_packages)) >= set(before)
            and "Structure 0" in names(team.second))


def common_packages(session: Session) -> list[int]:
    return list(
        session.scalars(select(Outbox.sequence)
                        .where(Outbox.channel == "commun", Outbox.data.is_not(None))))


def test_what_lacks_something_is_no_match(laptops: Laptops, team: Team) -> None:
    team.write()
    team.founder.do(lambda session: session.connection().exec_driver_sql(
        "DELETE FROM organisation WHERE name = 'Structure 0'").rowcount)
    team.snapshot()
    assert team.founder.ask(witnesses, "commun") == 0


def test_a_snapshot_by_a_member_is_not_believed(laptops: Laptops, team: Team) -> None:
    team.write()
    made = team.snapshot()
    team.compact()
    (forged,) = team.founder.ask(
        lambda session: [bytes(row.manifest) for row in session.scalars(select(Snapshot))])
    manifest = msgspec.json.decode(forged)
    share = laptops.share / "snap" / "00112233445566aa"
    share.mkdir(parents=True)
    for path in (laptops.share / "snap" / made).iterdir():
        shutil.copy(path, share / path.name)
    # The same signed files under another name are not another snapshot.
    newcomer = laptops.join("newcomer")
    laptops.sync(newcomer)
    assert (newcomer.ask(lambda session: list(session.scalars(select(Snapshot.id))))
            == [manifest["id"]])
    assert "Structure 7" in names(newcomer)


def test_a_damaged_part_waits_for_who_holds_it(laptops: Laptops, team: Team) -> None:
    team.write()
    snapshot = team.snapshot()
    team.compact()
    parts = sorted((laptops.share / "snap" / snapshot).glob("0*.pkg"))
    parts[0].write_bytes(parts[0].read_bytes()[:100])
    newcomer = laptops.join("newcomer")
    laptops.sync(newcomer)
    assert "Structure 0" not in names(newcomer)
    laptops.sync(team.member)
    laptops.sync(newcomer)
    assert "Structure 0" in names(newcomer)


def test_a_role_given_later_opens_what_the_snapshot_holds(laptops: Laptops, team: Team) -> None:
    team.write()
    team.snapshot()
    team.compact()
    assert len(names_of(team.member, "observation")) == 2
    grant(team.founder, team.member, "coordination")
    team.round(2)
    assert read_alike(team.founder, team.member)
    assert len(names_of(team.member, "observation")) == 8


def grant(founder: Vault, vault: Vault, role: str) -> None:
    invitation = enrol.read_invitation(enrol.invite(founder, [role]))
    assert vault.identity.person_id is not None
    words = enrol.ask_to_join(vault, invitation, "Jo", vault.identity.person_id)
    storage = shared_folder.open_store(founder, None)
    (request,) = enrol.pending_requests(founder, storage)
    enrol.approve(founder, storage, request.id, words)


def names_of(vault: Vault, kind: str) -> list[object]:
    return list(vault.ask(list_records, kind))


def test_after_its_maker_left_another_one_is_made(laptops: Laptops, team: Team) -> None:
    team.write()
    made = make(team.second, team.second.ask(state.roster_in_force))
    team.round(3)
    team.compact()
    remove_device(team.founder, shared_folder.open_store(team.founder, None), own_key(team.second))
    team.everyone.remove(team.second)
    team.round(2)
    fresh = {path.name for path in (laptops.share / "snap").iterdir()} - {made}
    assert len(fresh) == 1
    newcomer = laptops.join("newcomer", "coordination")
    for vault in (newcomer, team.founder):
        laptops.sync(vault)
    assert read_alike(team.founder, newcomer)


def test_an_older_snapshot_goes_when_a_newer_one_stands(laptops: Laptops, team: Team) -> None:
    team.write()
    first = team.snapshot()
    team.compact()
    team.write()
    second = team.snapshot()
    assert {path.name for path in (laptops.share / "snap").iterdir()} == {first, second}
    team.compact()
    team.round()
    assert not list((laptops.share / "snap" / first).glob("*"))
    assert [one.manifest.id for one
            in team.member.ask(kept, team.member.ask(state.roster_in_force))] == [second]
    newcomer = laptops.join("newcomer", "coordination")
    for vault in (newcomer, team.founder):
        laptops.sync(vault)
    assert read_alike(team.founder, newcomer)


def test_no_snapshot_of_what_is_not_sealed_yet(team: Team) -> None:
    add(team.founder, "Pas encore scellée")
    assert make(team.founder, team.founder.ask(state.roster_in_force)) is None


def test_a_key_carried_by_hand_takes_the_snapshot_too(laptops: Laptops, team: Team,
                                                      tmp_path: Path) -> None:
    away = laptops.join("away")
    laptops.sync(away)
    team.write()
    team.snapshot()
    team.compact()
    key = tmp_path / "key"
    key.mkdir()
    run_round(team.member, shared_folder.open_other_store(team.member, key.as_uri()))
    run_round(away, shared_folder.open_other_store(away, key.as_uri()))
    assert {"Structure 0", "Structure 7"} <= names(away)


def test_of_two_that_cover_the_same_one_goes_and_stays_away(laptops: Laptops) -> None:
    team = Team(laptops)
    team.write()
    made: list[str] = []
    while len(made) < 2:
        another = make(team.founder, team.founder.ask(state.roster_in_force))
        assert another is not None
        # One that is replaced from the first is not sent at all.
        if another > max(made, default=""):
            laptops.sync(team.founder)
            made.append(another)
    team.round(3)
    assert {path.name for path in (laptops.share / "snap").iterdir()
            if any(path.iterdir())} == set(made)
    team.compact()
    team.round(2)
    left = {path.name for path in (laptops.share / "snap").iterdir() if any(path.iterdir())}
    assert len(left) == 1
    for vault in team.everyone:
        done = laptops.sync(vault)
        assert (done.sealed, done.pushed, done.pulled) == (0, 0, 0)
    assert {path.name for path in (laptops.share / "snap").iterdir() if any(path.iterdir())} == left
