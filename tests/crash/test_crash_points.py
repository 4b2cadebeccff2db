"""The process ends at each named moment of a day; the profile opens again, nothing promised is
lost, all devices agree."""

import hashlib
import json
import re
import shutil
import signal
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyrage
import pytest
from sqlalchemy.orm import Session

from desktop.base.codes import sshsig
from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.models.meetings import Attachment
from desktop.queries.attachments import bytes_of
from desktop.queries.digest import digest_of
from desktop.queries.records import get_record, list_records
from desktop.queries.sync import sync_state
from desktop.sync.merging.enclosures import fetch_enclosure
from desktop.sync.rounds.check import check_store
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.storage import Storage
from desktop.sync.trust import state
from desktop.tasks import backups, enrol, profiles, shared_folder
from desktop.tasks.backups import make_backup
from desktop.vault import Cost, Vault, database
from desktop.vault.keys.slots import WrongPassphraseError
from tests.conftest import PASSPHRASE
from tests.crash.days import NOON, OTHER, SCAN, ended, opened, prepared
from tests.crash.snapshots import after_snapshotting
from tests.crash.trust import (
    after_confiding,
    after_forking,
    after_handing_over,
    after_parting,
    after_removing,
    after_rescuing,
    after_taking_over,
)
from tests.length import AT_LENGTH
from tests.processes import ready

ROOT = Path(__file__).parents[2]
POINTS = {
    "exchange": (
        "do.before-commit do.committed seal.before-rows seal.package seal.before-commit "
        "seal.committed push.before-put push.put push.receipt push.before-head push.head "
        "push.old-head-removed pull.got apply.losers-kept apply.batch apply.batch:2 "
        "apply.before-cursor apply.cursor apply.committed round.before-success "
        "enclosure.taken-away enclosure.part enclosure.part:2 enclosure.sent enclosure.fetched "
        "lock.forgotten lock.closed folder.temporary folder.synced folder.renamed folder.synced:2 "
        "folder.renamed:4"),
    "enrolment": (
        "invite.kept join.request-put join.kept trust.link-signed trust.before-key "
        "trust.before-key:3 trust.before-link trust.put trust.put:4 approve.kept trust.link-kept "
        "trust.before-keys:2 trust.key-kept trust.key-kept:2 apply.step apply.step:2"),
    "founding": (
        "create.before create.database create.identity create.token create.slots found.author "
        "found.records found.whole trust.link-signed trust.before-key:2 trust.put:2 trust.put:4 "
        "found.before-format found.format-put folder.synced:2"),
    "secrets": (
        "passphrase.before passphrase.changed file.written file.synced file.renamed "
        "rekey.both-keys rekey.before rekey.reencrypted rekey.reopened file.synced:2 "
        "file.renamed:2 file.written:3 code.before code.renewed rekey.reencrypted:2"),
    "copies": (
        "backup.copied backup.verified backup.half-packed backup.packed backup.in-place "
        "backup.before-plan backup.old-removed backup.half-packed:2"),
    "restoring": (
        "restore.verified restore.decided restore.aside restore.aside:2 restore.database "
        "restore.slots restore.kept-old identity.kept"),
    "migration": (
        "migrate.half-copied migrate.copied migrate.middle migrate.middle:2 migrate.before-commit "
        "migrate.committed migrate.compacted"),
    "removing": "removal.keys-kept trust.link-signed:2 trust.before-key:5 trust.before-link:2 "
                "trust.put:8",
    "taking_over": (
        "trust.link-signed trust.before-key:2 trust.put:3 kit.linked takeover.kept takeover.linked "
        "takeover.read root.let-go trust.link-signed:2 trust.before-link:2"),
    "handing_over": "trust.link-signed trust.before-key trust.before-link handover.linked "
                    "root.taken-up",
    "confiding": (
        "group.said group.key-kept trust.link-signed trust.before-key trust.before-link trust.put "
        "group.said:2 group.key-kept:2 trust.link-signed:2 trust.before-link:2"),
    "rescuing": "takeover.kept trust.link-signed:2 takeover.linked takeover.read",
    "parting": "part-ways.before part-ways.renewed part-ways.done",
    "forking": (
        "trust.link-signed:2 trust.before-link:2 trust.link-kept trust.before-keys:4 "
        "reissue.keys-kept trust.link-signed:3 trust.before-link:3 reissue.linked"),
    "snapshotting": (
        "snapshot.made snapshot.kept snapshot.before-put snapshot.put snapshot.put:2 "
        "snapshot.put:4 snapshot.learnt snapshot.fetched snapshot.fetched:2 compact.removed "
        "compact.removed:3 compact.let-go snapshot.step snapshot.step:3 snapshot.taken-over "
        "snapshot.made:2 snapshot.kept:2 compact.snapshot-removed compact.snapshot-removed:2 "
        "sweep.removed sweep.removed:2"),
}

ALONE = ("founding", "migration", "forking", "snapshotting")
"""Days of another vault, in which the collective has no part; or in which packages go."""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Makes a copy of a prepared collective."""
    whole = tmp_path_factory.mktemp("prepared") / "whole"
    prepared(whole)
    return lambda folder: shutil.copytree(whole, folder / "day")


def test_every_point_of_the_source_is_in_the_list() -> None:
    there = {name for file in (ROOT / "desktop").rglob("*.py")
             for name in re.findall(r'crash_point\("([^"]+)"\)', file.read_text(encoding="utf-8"))}
    listed = {point.partition(":")[0] for points in POINTS.values() for point in points.split()}
    assert there == listed and len(there) >= 30


# At length, a process also ends where it comes by a moment for the second time, or later.
@pytest.mark.parametrize(("day", "point"), [
    (day, point) for day, points in POINTS.items() for point in points.split()
    if AT_LENGTH or ":" not in point])
def test_ended_there_everything_holds(day: str, point: str, copied: Callable[[Path], Path],
                                      tmp_path: Path) -> None:
    folder = copied(tmp_path)
    process = ready().Process(target=ended, args=(day, folder, point))
    process.start()
    # It takes some seconds; many times that where the machine is busy with other things.
    process.join(400)
    code = process.exitcode
    if code is None:
        process.kill()
        process.join()
    lines = (folder / "said").read_text().splitlines()
    assert code == -signal.SIGKILL, (code, lines)
    said = [tuple(line.split(" ", 1)) for line in lines]
    AFTER[day](folder, {words[0]: words[-1] for words in said})
    if day in ALONE:
        return
    made = [words[1] for words in said if words[0] == "made"]
    converges(folder, made, [OTHER, PASSPHRASE] if day == "secrets" else [PASSPHRASE])


def opened_by_any(folder: Path, passphrases: list[str]) -> Vault:
    for passphrase in passphrases[:-1]:
        try:
            return opened(folder, "founder", passphrase)
        except WrongPassphraseError:
            continue
    return opened(folder, "founder", passphrases[-1])


def sealed_files(share: Path) -> dict[str, bytes]:
    return {str(path.relative_to(share)): path.read_bytes() for path in share.rglob("*")
            if path.is_file() and not path.name.startswith(".")}


def files_of(session: Session) -> dict[str, Attachment]:
    return {row.name: row for row
            in session.query(Attachment).filter(Attachment.deleted.is_not(True))}


def converges(folder: Path, made: list[str], passphrases: list[str]) -> None:
    """What was promised is there; the exchange goes on to the same records on both sides; no number
    has two contents."""
    share = folder / "share"
    before = sealed_files(share)
    for name, data in before.items():
        named = re.search("[0-9a-f]{64}", name)
        assert named is None or "heads" in name or hashlib.sha256(data).hexdigest() == named[
            0], name
    with (closing(opened_by_any(folder, passphrases)) as founder,
          closing(opened(folder, "second")) as second):
        assert founder.damage() == [] and list(founder.home.folder.glob("*.tmp")) == []
        assert set(made) <= {str(record["id"]) for kind in ("organisation", "meeting", "attachment")
                             for record in founder.ask(list_records, kind)}
        for vault in (founder, second, founder, second):
            done = run_round(vault, shared_folder.open_store(vault, share.as_uri()))
            assert done.refused == [] and done.unread == 0
        assert founder.ask(digest_of) == second.ask(digest_of)
        assert set(made) <= {str(record["id"]) for kind in ("organisation", "meeting", "attachment")
                             for record in second.ask(list_records, kind)}
        assert founder.ask(sync_state).to_send == second.ask(sync_state).to_send == 0
        storage = shared_folder.open_store(second, None)
        for name, row in second.ask(files_of).items():
            if name == "Feuille.pdf":
                fetch_enclosure(second, storage, row.id)
                assert second.ask(bytes_of, row.id) == SCAN
        after = sealed_files(share)
        packages = [name for name in after if name.startswith("w/")]
        assert len({name.split("-")[0] for name in packages}) == len(packages)
        assert all(after[name] == data for name, data in before.items()
                   if name.startswith(("w/", "trust/")))
        assert check_store(founder, storage) == (len(packages), [])
        for vault in (founder, second):
            run_round(vault, shared_folder.open_store(vault, None))
        assert sealed_files(share) == after
        assert sum(name.startswith("blob/") for name in after) == 2 * len(founder.ask(files_of))


# What else must hold after each day

def after_exchange(folder: Path, said: dict[str, str]) -> None:
    with closing(opened(folder, "founder")) as founder:
        if "here" in said:
            (found,) = (row for name, row in founder.ask(files_of).items() if name == "Reçue.pdf")
            assert founder.ask(bytes_of, found.id) == SCAN


def after_enrolment(folder: Path, said: dict[str, str]) -> None:
    home, share = Home(folder / "third"), (folder / "share").as_uri()
    with closing(opened(folder, "founder")) as founder:
        if not (folder / "invitation").exists():
            (folder / "invitation").write_bytes(enrol.invite(founder, ["coordination"], share))
        storage = shared_folder.open_store(founder, share)
        let_another_in(folder, founder, storage)
        if home.exists:
            third = opened(folder, "third")
        else:
            assert "joined" not in said
            invitation = (folder / "invitation").read_bytes()
            third, _code, _words = profiles.join(home, PASSPHRASE, invitation, "Li TROIS",
                                                 Cost.TEST)
        with closing(third):
            key = sshsig.public_key(third.identity.signing_key).hex()
            if founder.ask(state.roster_in_force).device(key) is None:
                assert "approved" not in said
                words = enrol.six_words(json.loads((folder / "invitation").read_bytes())["secret"],
                                        founder.ask(state.roster_in_force).root, key,
                                        str(pyrage.x25519.Identity.from_str(
                                            third.identity.age_identity).to_public()))
                (request,) = [r for r in enrol.pending_requests(founder, storage)
                              if r.words == words]
                enrol.approve(founder, storage, request.id, words)
            for vault in (third, founder, third):
                assert run_round(vault, shared_folder.open_store(vault, share)).refused == []
            assert third.ask(digest_of) == founder.ask(digest_of)
            assert len(third.ask(state.channel_keys)) == 3


def let_another_in(folder: Path, founder: Vault, storage: Storage) -> None:
    """The next link of the chain follows the one that was published when the process ended."""
    other, _code, words = profiles.join(Home(folder / "fourth"), PASSPHRASE,
                                        enrol.invite(founder, []), "Jo QUATRE",
                                        Cost.TEST)
    (request,) = [r for r in enrol.pending_requests(founder, storage) if r.words == words]
    enrol.approve(founder, storage, request.id, words)
    other.close()


def after_founding(folder: Path, said: dict[str, str]) -> None:
    home, share = Home(folder / "third"), folder / "new"
    if not home.exists:
        assert "founded" not in said and list(share.iterdir()) == []
        made, _code = profiles.create_collective(home, PASSPHRASE, preset="maubeuge-val-de-sambre",
                                                 name="Nouveau",
                                                 person="Li TROIS", cost=Cost.TEST)
        made.close()
    with closing(opened(folder, "third")) as vault:
        assert vault.identity.collective_id is not None and not home.making.exists()
        storage = shared_folder.open_store(vault, share.as_uri())
        run_round(vault, storage)
        assert check_store(vault, storage) == (1, [])
        fourth, _code, words = profiles.join(Home(folder / "fourth"), PASSPHRASE,
                                             enrol.invite(vault, ["coordination"]),
                                             "Jo QUATRE", Cost.TEST)
        with closing(fourth):
            enrol.approve(vault, storage, enrol.pending_requests(vault, storage)[0].id, words)
            run_round(fourth, shared_folder.open_store(fourth, None))
            run_round(vault, storage)
            assert fourth.ask(digest_of) == vault.ask(digest_of)


def after_secrets(folder: Path, said: dict[str, str]) -> None:
    vault = Vault(Home(folder / "founder"))
    with closing(vault):
        if "passphrase" in said:
            with pytest.raises(WrongPassphraseError):
                vault.unlock(PASSPHRASE)
            vault.unlock(OTHER)
            vault.lock()
        if "code" in said:
            vault.unlock_with_code(said["code"])


def after_copies(folder: Path, said: dict[str, str]) -> None:
    with closing(opened(folder, "founder")) as founder:
        whole = founder.ask(digest_of)
        for number, copy in enumerate(sorted((folder / "backups").glob("carnet-*.sauvegarde"))):
            with closing(Vault(Home(folder / f"tried-{number}"))) as tried:
                if copy.stat().st_size:
                    tried.restore(copy, PASSPHRASE)
                    assert whole.records - tried.ask(digest_of).records in (0, 1)
                else:
                    with pytest.raises(AppError, match="abîmé"):
                        tried.restore(copy, PASSPHRASE)
        assert "backed-up" not in said or Path(said["backed-up"]).stat().st_size
        founder.do(backups.keep_plan, backups.BackupPlan(str(folder / "backups")))
        make_backup(founder, NOON.replace(hour=14))
        left = sorted(path.name for path in (folder / "backups").iterdir())
        assert len(left) == backups.KEPT and all(name.startswith("carnet-") for name in left)


def after_restoring(folder: Path, said: dict[str, str]) -> None:
    home = Home(folder / "founder")
    assert home.exists
    with closing(opened(folder, "founder")) as founder:
        assert not home.restoring.exists() and list(home.folder.glob(".restore-*")) == []
        there = {str(record["id"]) for record in founder.ask(list_records, "organisation")}
    aside = list(home.folder.glob("before-restore-*"))
    if said["after-copy"] in there:
        assert aside == []
        return
    old = Home(aside[0])
    assert len(aside) == 1 and old.slots.exists()
    with closing(Vault(old)) as vault:
        vault.unlock(PASSPHRASE)
        assert vault.ask(get_record, uuid.UUID(said["after-copy"]))["name"] == "Après la copie"


def after_migration(folder: Path, said: dict[str, str]) -> None:
    with closing(opened(folder, "older")) as vault:
        assert [o["name"] for o in vault.ask(list_records, "organisation")] == ["Ancienne"]
        assert vault.damage() == []
        copies = sorted(vault.home.folder.glob("before-migration-*"))
        assert all(copy.suffix == ".db" and database.damage(copy, vault.data_key) == []
                   for copy in copies)
        assert 1 <= len(copies) <= 2


AFTER = {"exchange": after_exchange, "enrolment": after_enrolment, "founding": after_founding,
         "secrets": after_secrets,
         "copies": after_copies, "restoring": after_restoring, "migration": after_migration,
         "removing": after_removing,
         "taking_over": after_taking_over, "handing_over": after_handing_over,
         "rescuing": after_rescuing,
         "confiding": after_confiding, "parting": after_parting, "forking": after_forking,
         "snapshotting": after_snapshotting}
