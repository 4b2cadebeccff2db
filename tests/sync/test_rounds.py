"""Two and three laptops around a folder: what one writes the others read, and only those who
may."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.base.codes import sshsig
from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.meetings import create_meeting, mark_attendance
from desktop.commands.notes import ensure_block, write_note
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.models.sync import Version
from desktop.queries.meetings.notes import note_of
from desktop.queries.records import get_record, list_records
from desktop.queries.sync import sync_state
from desktop.sync.rounds.check import check_store
from desktop.sync.rounds.engine import CancelledError, run_round
from desktop.sync.trust import state
from desktop.tasks import enrol, profiles, shared_folder
from desktop.vault import Cost, Vault
from desktop.vault.search.index import search
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptops


def versions(session: Session) -> list[str | None]:
    return [row.value for row in session.scalars(select(Version))]


def everything(vault: Vault, *kinds: str) -> list[object]:
    return [vault.ask(list_records, kind, True) for kind in kinds]


def test_what_one_writes_the_other_reads_and_finds(laptops: Laptops) -> None:
    made = laptops.founder.do(add_record, "organisation",
                              {"name": "Maison des Œillets", "college": "association"})
    laptops.sync(laptops.founder)
    second = laptops.join("second")
    laptops.sync(second)
    assert second.ask(get_record, made)["name"] == "Maison des Œillets"
    assert [hit.id for hit in second.ask(search, "oeillets")
            or second.ask(search, "œillets")] == [made]
    assert everything(second, "term", "place",
                      "axis") == everything(laptops.founder, "term", "place", "axis")


def test_a_round_with_nothing_new_writes_nothing(laptops: Laptops) -> None:
    second = laptops.join("second")
    for vault in (laptops.founder, second) * 3:
        laptops.sync(vault)
    before = sorted(p.name for p in laptops.share.rglob("*"))
    for vault in (laptops.founder, second):
        done = laptops.sync(vault)
        assert (done.sealed, done.pushed, done.pulled) == (0, 0, 0)
    assert sorted(p.name for p in laptops.share.rglob("*")) == before


def test_two_edit_at_once_and_agree_with_the_loser_kept(laptops: Laptops) -> None:
    made = laptops.founder.do(add_record, "action", {"title": "Départ", "progress": 1})
    laptops.sync(laptops.founder)
    second = laptops.join("second")
    laptops.sync(second)
    laptops.founder.do(edit_record, made, {"title": "Titre de l’une"})
    second.do(edit_record, made, {"title": "Titre de l’autre", "progress": 60})
    for vault in (laptops.founder, second, laptops.founder, second):
        laptops.sync(vault)
    one, two = laptops.founder.ask(get_record, made), second.ask(get_record, made)
    assert one == two and one["progress"] == 60
    for vault in (laptops.founder, second):
        kept = vault.ask(versions)
        assert {one["title"], *kept} == {"Titre de l’une", "Titre de l’autre"}


def test_an_edit_made_after_reading_leaves_no_version(laptops: Laptops) -> None:
    made = laptops.founder.do(add_record, "action", {"title": "Un"})
    laptops.sync(laptops.founder)
    second = laptops.join("second")
    laptops.sync(second)
    second.do(edit_record, made, {"title": "Deux"})
    laptops.sync(second)
    laptops.sync(laptops.founder)
    assert laptops.founder.ask(get_record, made)["title"] == "Deux"
    assert laptops.founder.ask(versions) == []


def test_two_tick_the_same_person_and_make_one_row(laptops: Laptops) -> None:
    person = laptops.founder.do(add_record, "person", {"family_name": "BENALI"})
    meeting = laptops.founder.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                                 starts_at="2026-11-03T14:00")
    laptops.sync(laptops.founder)
    second = laptops.join("second", "secretariat")
    laptops.sync(second)
    laptops.founder.do(mark_attendance, meeting, person, "present")
    second.do(mark_attendance, meeting, person, "excuse")
    for vault in (laptops.founder, second, laptops.founder):
        laptops.sync(vault)
    rows = laptops.founder.ask(list_records, "attendance")
    assert len(rows) == 1 and rows == second.ask(list_records, "attendance")


def test_notes_typed_on_two_laptops_merge_by_character(laptops: Laptops) -> None:
    meeting = laptops.founder.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                                 starts_at="2026-11-03T14:00")
    block = laptops.founder.do(ensure_block, meeting)
    laptops.founder.do(write_note, block, ["Bonjour à tous"])
    laptops.sync(laptops.founder)
    second = laptops.join("second", "secretariat")
    laptops.sync(second)
    laptops.founder.do(write_note, block, ["Bonjour à tous et à toutes"])
    second.do(write_note, block, ["Ouverture. Bonjour à tous"])
    for vault in (laptops.founder, second, laptops.founder):
        laptops.sync(vault)
    assert laptops.founder.ask(note_of, block) == second.ask(note_of, block) == \
        ["Ouverture. Bonjour à tous et à toutes"]


def test_observations_reach_the_team_alone(laptops: Laptops) -> None:
    worker = laptops.join("worker")
    laptops.sync(worker)
    values = {"month": "2026-11", "domain": "SANTE", "principal_criterion": "ORIG",
              "account": "ZYGOMATIQUE au guichet"}
    made = worker.do(add_record, "observation", values)
    laptops.sync(worker)
    team, other = laptops.join("team", "observatoire"), laptops.join("other")
    laptops.sync(team)
    done = laptops.sync(other)
    assert team.ask(get_record, made)["account"] == "ZYGOMATIQUE au guichet"
    assert team.ask(get_record, made)["created_by_id"] is None
    assert worker.ask(get_record, made)["created_by_id"] is not None
    assert other.ask(list_records, "observation") == [] and done.unread >= 1
    assert ("observatoire", 1) not in other.ask(state.channel_keys)


def test_a_deletion_travels_and_an_edit_does_not_undo_it(laptops: Laptops) -> None:
    made = laptops.founder.do(add_record, "resource", {"title": "Affiche", "kind": "outil"})
    laptops.sync(laptops.founder)
    second = laptops.join("second")
    laptops.sync(second)
    laptops.founder.do(delete_record, made)
    second.do(edit_record, made, {"access": "À la médiathèque"})
    for vault in (laptops.founder, second, laptops.founder):
        laptops.sync(vault)
    for vault in (laptops.founder, second):
        record = vault.ask(get_record, made)
        assert record["deleted"] is True and record["access"] == "À la médiathèque"


def test_what_waits_is_told_from_receipts(laptops: Laptops) -> None:
    laptops.sync(laptops.founder)
    assert laptops.founder.ask(sync_state).to_send == 0
    laptops.founder.do(add_record, "organisation", {"name": "A"})
    shutil.move(laptops.share, laptops.folder / "unplugged")
    with pytest.raises(AppError, match="n’est pas là"):
        laptops.sync(laptops.founder)
    assert laptops.founder.ask(sync_state).to_send == 1
    shutil.move(laptops.folder / "unplugged", laptops.share)
    laptops.sync(laptops.founder)
    assert laptops.founder.ask(sync_state).to_send == 0


def test_stock_tools_verify_and_open_a_package(laptops: Laptops, tmp_path: Path) -> None:
    laptops.sync(laptops.founder)
    data = laptops.packages()[0].read_bytes()
    end = data.index(b"-----END SSH SIGNATURE-----\n") + len(b"-----END SSH SIGNATURE-----\n")
    line = data[:data.index(b"\n") + 1]
    (tmp_path / "header").write_bytes(line)
    (tmp_path / "header.sig").write_bytes(data[len(line):end])
    (tmp_path / "rest").write_bytes(data[end:])
    public = sshsig.public_key(laptops.founder.identity.signing_key)
    (tmp_path / "allowed").write_text(f"laptop {sshsig.openssh_line(public)}\n")
    with (tmp_path / "header").open("rb") as stream:
        subprocess.run(
            ["ssh-keygen", "-Y", "verify", "-f", tmp_path / "allowed", "-I", "laptop", "-n",
             "carnet-package", "-s", tmp_path / "header.sig"], stdin=stream, check=True, timeout=30,
                       capture_output=True)
    header = json.loads(line)
    key = laptops.founder.ask(state.channel_keys)[(header["channel"], header["epoch"])]
    (tmp_path / "key").write_text(key + "\n")
    opened = subprocess.run(
        f"age -d -i {tmp_path}/key {tmp_path}/rest | zstd -d | jq -c 'select(.table == \"axis\") | "
        f".fields'",
        shell=True, check=True, timeout=30, capture_output=True, text=True)
    assert "title" in json.loads(opened.stdout.splitlines()[0])
    assert len(data) - end >= 4096


def test_a_stopped_round_goes_on_from_there(laptops: Laptops) -> None:
    laptops.founder.do(add_record, "organisation", {"name": "A"})
    storage = shared_folder.open_store(laptops.founder, None)
    with pytest.raises(CancelledError):
        run_round(laptops.founder, storage, cancelled=lambda: True)
    done = run_round(laptops.founder, storage)
    assert done.pushed >= 1
    assert check_store(laptops.founder, storage) == (len(laptops.packages()), [])


def test_a_restored_backup_goes_on_as_another_writer(laptops: Laptops, tmp_path: Path) -> None:
    copy = tmp_path / "copie.carnet"
    laptops.founder.back_up(copy)
    laptops.founder.do(add_record, "organisation", {"name": "Après la copie"})
    laptops.sync(laptops.founder)
    laptops.founder.close()
    laptops.founder.restore(copy, PASSPHRASE)
    laptops.founder.do(add_record, "organisation", {"name": "Après le retour"})
    laptops.sync(laptops.founder)
    names = {o["name"] for o in laptops.founder.ask(list_records, "organisation")}
    assert {"Après la copie", "Après le retour"} <= names
    second = laptops.join("second")
    laptops.sync(second)
    assert {o["name"] for o in second.ask(list_records, "organisation")} == names


def test_wrong_words_let_nobody_in(laptops: Laptops) -> None:
    home = Home(laptops.folder / "stranger")
    stranger, _code, _words = profiles.join(
        home, PASSPHRASE, enrol.invite(laptops.founder, []), "Qui QUE CE SOIT", Cost.TEST)
    laptops.opened.append(stranger)
    storage = shared_folder.open_store(laptops.founder, None)
    (request,) = enrol.pending_requests(laptops.founder, storage)
    with pytest.raises(AppError, match="six mots"):
        enrol.approve(laptops.founder, storage, request.id, "un deux trois quatre cinq six")
    assert laptops.sync(stranger).waiting_for_approval
    assert stranger.ask(list_records, "term") == []
