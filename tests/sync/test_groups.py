"""Confidential groups: who is not a reader holds no readable byte of them; nothing of them leaves
them by any gesture."""

import uuid
from datetime import date, datetime

import pyrage
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.actions import create_action
from desktop.commands.attachments import attach
from desktop.commands.meetings import (
    add_agenda_item,
    add_decision,
    create_meeting,
    end_meeting,
    mark_attendance,
)
from desktop.commands.minutes import validate
from desktop.commands.notes import record_from_line, write_notes
from desktop.commands.records import add_record, add_records, edit_record
from desktop.models.actions import Action, FollowUp
from desktop.models.channels import channel_of_group
from desktop.models.meetings import Meeting
from desktop.models.notes import Embed
from desktop.models.record import COMMON, INTERNAL, RECORDS, in_channel
from desktop.models.sync import HeldPackage, Unread
from desktop.queries.digest import channel_digests
from desktop.queries.documents.minutes import minutes_of
from desktop.queries.records import list_records
from desktop.sync.packages.package import read_header
from desktop.sync.stores.storage import Credentials
from desktop.sync.trust import state
from desktop.sync.trust.links import own_key
from desktop.tasks import shared_folder
from desktop.tasks.groups import secrecy_of, set_readers
from desktop.tasks.kit import hand_over, make_kit, rescue_collective
from desktop.tasks.removal import remove_device
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.day import TODAY
from tests.sync.laptops import Laptops

SECRET = "zygomatique"


class Team:
    """A founder, a member of the group, somebody of none; the group is made confidential for the
    first two."""

    def __init__(self, laptops: Laptops) -> None:
        self.laptops, self.founder = laptops, laptops.founder
        self.inside = laptops.join("inside", "secretariat")
        self.outside = laptops.join("outside", "secretariat")
        self.sync(self.founder, self.inside, self.outside, self.founder)
        self.group = self.founder.do(add_record, "group",
                                     {"name": "Groupe de travail logement",
                                      "kind": "groupe_de_travail"})

    def sync(self, *vaults: Vault) -> None:
        for vault in vaults:
            assert self.laptops.sync(vault).refused == []

    def all(self) -> None:
        self.sync(self.founder, self.inside, self.outside, self.founder, self.inside, self.outside)

    def let_read(self, *vaults: Vault) -> None:
        set_readers(self.founder, shared_folder.open_store(self.founder, None), self.group,
                    {own_key(vault) for vault in vaults})

    def meeting(self, vault: Vault, title: str = "Séance") -> uuid.UUID:
        return vault.do(create_meeting, group_id=self.group, title=f"{title} {SECRET}",
                        kind="groupe_de_travail",
                        starts_at="2026-11-03T14:00")

    def write(self, vault: Vault, meeting: uuid.UUID) -> None:
        """Something of every kind that a meeting brings."""
        item = vault.do(add_agenda_item, meeting, f"Point {SECRET}")
        person = vault.do(add_record, "person", {"family_name": "Haddad", "given_name": "Karim"})
        action = vault.do(record_from_line, meeting, item, "action", f"Relancer {SECRET}", COMMON)
        apart = vault.do(record_from_line, meeting, item, "action", f"Restreinte {SECRET}",
                         INTERNAL)
        vault.do(write_notes, meeting, item,
                 [f"Dit {SECRET}\n", Embed("action", action), f"\n~ Tu {SECRET} ",
                  Embed("action", apart)])
        vault.do(add_record, "follow_up",
                 {"action_id": str(action), "on": "2026-11-04", "text": f"Suite {SECRET}"})
        vault.do(add_record, "action_funding",
                 {"action_id": str(action), "label": SECRET, "cents": 100})
        vault.do(add_decision, meeting, f"Décidé {SECRET}", item)
        vault.do(mark_attendance, meeting, person, "present")
        vault.do(attach, "meeting", meeting, f"{SECRET}.txt", SECRET.encode())
        vault.do(end_meeting, meeting, datetime(2026, 11, 3, 16))
        vault.do(validate, meeting, date(2026, 11, 5))


@pytest.fixture
def team(laptops: Laptops) -> Team:
    return Team(laptops)


def titles(vault: Vault) -> set[str]:
    return {row["title"] for row in vault.ask(list_records, "meeting")}


def everything(vault: Vault) -> bytes:
    """Every value of every record, and all that its keys open of the packages that it holds."""
    def read(session: Session) -> bytes:
        rows = [session.connection().exec_driver_sql(f'SELECT * FROM "{kind}"').all()
                for kind in RECORDS]
        return repr(rows).encode()

    return vault.ask(read) + b"".join(opened(vault))


def opened(vault: Vault) -> list[bytes]:
    identities = [pyrage.x25519.Identity.from_str(text)
                  for text in vault.ask(state.channel_keys).values()]
    identities.append(pyrage.x25519.Identity.from_str(vault.identity.age_identity))
    held = vault.ask(lambda session: [(row.sha256, row.data)
                                      for row in session.scalars(select(HeldPackage)) if row.data])
    found = []
    for sha256, data in held:
        try:
            found.append(pyrage.decrypt(read_header(data, sha256)[2], identities))
        except pyrage.DecryptError:
            continue
    return found


def test_who_is_not_a_reader_holds_no_readable_byte(team: Team) -> None:
    team.let_read(team.inside)
    team.all()
    meeting = team.meeting(team.inside)
    team.write(team.inside, meeting)
    team.all()
    assert any(SECRET in title for title in titles(team.founder))
    assert SECRET.encode() not in everything(team.outside)
    assert team.outside.ask(
        lambda session: {row.channel for row in session.scalars(select(Unread))}) == {
            channel_of_group(team.group)}
    # Nor do the keys of who stands outside open anything that lies on the folder.
    keys = [pyrage.x25519.Identity.from_str(text)
            for text in team.outside.ask(state.channel_keys).values()]
    for file in team.laptops.share.rglob("*.pkg"):
        rest = read_header(file.read_bytes(), file.stem.rpartition("-")[2])
        if rest[0].channel == channel_of_group(team.group):
            with pytest.raises(pyrage.DecryptError):
                pyrage.decrypt(rest[2], keys)
    for file in team.laptops.share.rglob("blob/*/*"):
        with pytest.raises(pyrage.DecryptError):
            pyrage.decrypt(file.read_bytes(), keys)


def test_all_that_a_confidential_meeting_brings_stays_in_its_group(team: Team) -> None:
    team.let_read(team.inside)
    team.all()
    meeting = team.meeting(team.founder)
    team.write(team.founder, meeting)

    def channels(session: Session) -> dict[str, set[str]]:
        wanted = f"%{SECRET.encode().hex()}%"
        return {kind: {row[0] for column in cls.__table__.columns
                       for row in session.connection().exec_driver_sql(
                           f'SELECT channel FROM "{kind}" WHERE hex("{column.name}") LIKE ?',
                           (wanted,))} for kind, cls in RECORDS.items()}

    found = {kind: where for kind, where in team.founder.ask(channels).items() if where}
    assert {"meeting", "agenda_item", "note_update", "action", "follow_up", "action_funding",
            "decision", "attachment",
            "minutes_version"} <= set(found)
    assert set().union(*found.values()) == {channel_of_group(team.group)}
    team.all()
    ours, theirs = team.founder.ask(channel_digests), team.inside.ask(channel_digests)
    assert {ours[name] == theirs[name] for name in (COMMON, channel_of_group(team.group))} == {True}


def test_minutes_of_a_confidential_meeting_say_what_its_group_may_read(team: Team) -> None:
    team.let_read(team.inside)
    meeting = team.meeting(team.founder)
    team.write(team.founder, meeting)
    for vault in (team.founder, team.inside):
        team.all()
        told = repr(vault.ask(minutes_of, meeting, "diffusion", TODAY))
        assert (f"Dit {SECRET}" in told and f"Relancer {SECRET}" in told
                and f"Tu {SECRET}" not in told)
        assert f"Restreinte {SECRET}" not in told
        assert f"Tu {SECRET}" in repr(vault.ask(minutes_of, meeting, "interne", TODAY))
        heading = vault.ask(minutes_of, meeting, "diffusion", TODAY).heading
        assert (heading.confidential
                and heading.group_marked == "Groupe de travail logement · confidentiel")


def test_outside_nobody_begins_a_meeting_that_everybody_would_read(team: Team) -> None:
    team.let_read(team.inside)
    team.all()
    with pytest.raises(AppError, match="n’en fait pas partie"):
        team.meeting(team.outside)
    assert titles(team.outside) == set()


def test_a_group_that_is_only_said_to_be_confidential_takes_no_meeting(team: Team) -> None:
    said = team.founder.do(add_record, "group",
                           {"name": "Dit", "kind": "groupe_de_travail", "confidential": True})
    with pytest.raises(AppError, match="n’en fait pas partie"):
        team.founder.do(create_meeting, group_id=said, title="Trop tôt", kind="groupe_de_travail",
                        starts_at="2026-11-03T14:00")


def test_the_word_on_the_group_opens_nothing_again(team: Team) -> None:
    before = team.founder.history.last
    team.let_read(team.inside)
    assert team.founder.history.last == before
    team.all()
    with pytest.raises(AppError, match="n’en fait pas partie"):
        team.outside.do(edit_record, team.group, {"confidential": False})
    team.inside.do(edit_record, team.group, {"confidential": False})
    with pytest.raises(AppError, match="n’en fait pas partie"):
        team.meeting(team.outside)
    meeting = team.meeting(team.inside)
    assert (team.inside.ask(lambda session: session.get_one(Meeting, meeting).channel)
            == channel_of_group(team.group))


def test_a_meeting_is_moved_neither_in_nor_out(team: Team) -> None:
    before = team.meeting(team.founder, "Avant")
    other = team.founder.do(create_meeting, group_id=None, title="Autre", kind="pleniere",
                            starts_at="2026-11-03T14:00")
    team.let_read(team.inside)
    within = team.meeting(team.founder, "Dedans")
    with pytest.raises(AppError, match="reste dans ce groupe"):
        team.founder.do(edit_record, other, {"group_id": str(team.group)})
    with pytest.raises(AppError, match="reste dans ce groupe"):
        team.founder.do(edit_record, within, {"group_id": None})
    # What everybody had already stays everybody's.
    team.founder.do(edit_record, before, {"place": "Salle 2"})
    team.all()
    assert titles(team.outside) == {f"Avant {SECRET}", "Autre"}


def test_who_is_let_in_later_reads_all_and_who_is_left_out_nothing_more(team: Team) -> None:
    team.let_read()
    first = team.meeting(team.founder, "Première")
    team.all()
    assert titles(team.inside) == set()
    team.let_read(team.inside)
    team.all()
    assert titles(team.inside) == {f"Première {SECRET}"}
    team.let_read()
    team.founder.do(edit_record, first, {"title": "Changé"})
    team.meeting(team.founder, "Seconde")
    team.all()
    assert titles(team.inside) == {f"Première {SECRET}"}
    team.let_read(team.inside)
    team.all()
    assert titles(team.inside) == {"Changé", f"Seconde {SECRET}"}


def test_a_computer_that_is_taken_out_reads_nothing_more_of_its_groups(team: Team) -> None:
    team.let_read(team.inside, team.outside)
    team.all()
    remove_device(team.founder, shared_folder.open_store(team.founder, None), own_key(team.outside))
    team.meeting(team.founder)
    team.sync(team.founder, team.inside)
    assert titles(team.inside) == {f"Séance {SECRET}"}
    channel = team.founder.ask(state.roster_in_force).channels[channel_of_group(team.group)]
    assert (set(channel.readers) == {own_key(team.founder), own_key(team.inside)}
            and channel.epoch == 2)
    keys = [pyrage.x25519.Identity.from_str(text)
            for text in team.outside.ask(state.channel_keys).values()]
    newest = max(team.laptops.share.glob("w/*/*/*.pkg"), key=lambda file: file.stat().st_mtime_ns)
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(read_header(newest.read_bytes(), newest.stem.rpartition("-")[2])[2], keys)


def test_only_the_coordination_says_who_reads(team: Team) -> None:
    team.all()
    with pytest.raises(AppError, match="tient la coordination"):
        set_readers(team.inside, shared_folder.open_store(team.inside, None), team.group, set())
    assert not team.inside.ask(secrecy_of, team.group, own_key(team.inside)).can_change


def test_groups_go_with_the_coordination(team: Team) -> None:
    team.let_read()
    team.meeting(team.founder)
    team.all()
    hand_over(team.founder, shared_folder.open_store(team.founder, None), own_key(team.inside))
    team.all()
    assert titles(team.inside) == {f"Séance {SECRET}"}
    set_readers(team.inside, shared_folder.open_store(team.inside, None), team.group,
                {own_key(team.outside)})
    team.all()
    assert titles(team.outside) == {f"Séance {SECRET}"}


def test_groups_come_back_with_the_kit(team: Team) -> None:
    team.let_read(team.inside)
    codes = make_kit(team.founder, shared_folder.open_store(team.founder, None), date(2026, 11, 3))
    team.sync(team.inside)
    team.meeting(team.inside)
    team.sync(team.inside)
    found, _code = rescue_collective(Home(team.laptops.folder / "rescued"), PASSPHRASE,
                                     team.laptops.url, Credentials(),
                                     (codes[0], codes[2]), "Zoé LEFÈVRE", [], Cost.TEST)
    team.laptops.opened.append(found)
    team.sync(found)
    assert titles(found) == {f"Séance {SECRET}"}
    seen = found.ask(secrecy_of, team.group, own_key(found))
    assert seen.kept and {one.name for one in seen.readers if one.reads} >= {"Zoé LEFÈVRE"}


def test_many_records_made_at_once_are_born_where_they_belong(team: Team) -> None:
    team.let_read(team.inside)
    channel = channel_of_group(team.group)
    meeting = in_channel(uuid.uuid4(), channel)
    team.founder.do(add_records, [
        (Meeting,
         {"id": meeting, "group_id": team.group, "title": "Reprise", "kind": "groupe_de_travail",
          "starts_at": "2026-10-03T14:00"}),
        (Action, {"title": "Reprise", "meeting_id": meeting}), (Action, {"title": "Ailleurs"})])
    assert team.founder.ask(
        lambda session: {a.title: a.channel for a in session.scalars(select(Action))}) == {
            "Reprise": channel, "Ailleurs": COMMON}


def test_what_follows_a_restricted_action_is_as_restricted(team: Team) -> None:
    action = team.founder.do(create_action, "Tenue", channel=INTERNAL)
    team.founder.do(add_record, "follow_up",
                    {"action_id": str(action), "on": "2026-11-04", "text": "Tenue aussi"})
    member = team.laptops.join("member")
    team.all()
    team.sync(member)
    assert (team.founder.ask(lambda session: session.scalars(select(FollowUp.channel)).all())
            == [INTERNAL])
    assert member.ask(list_records, "follow_up") == []
    assert [row["text"] for row in team.outside.ask(list_records, "follow_up")] == ["Tenue aussi"]
