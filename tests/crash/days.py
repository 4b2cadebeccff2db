"""Scripted days of one laptop, for a test that ends it in the middle: a line for each thing that
was promised.

The folder of a day is a copy of what `prepared` made.
"""

import os
import shutil
import sys
import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.orm import Session

from desktop.base.paths import Home
from desktop.commands.attachments import attach
from desktop.commands.meetings import create_meeting
from desktop.commands.purge import erase_record
from desktop.commands.records import add_record, delete_record, edit_record
from desktop.models.meetings import Attachment
from desktop.sync.merging.enclosures import PART, fetch_enclosure
from desktop.sync.rounds.engine import run_round
from desktop.sync.rounds.pull import LARGE_STEP
from desktop.sync.stores.open import open_storage
from desktop.sync.stores.storage import Credentials
from desktop.sync.trust.links import own_key
from desktop.tasks import backups, enrol, profiles, shared_folder
from desktop.tasks.backups import BackupPlan, keep_plan, make_backup
from desktop.tasks.groups import set_readers
from desktop.tasks.kit import hand_over, make_kit, rescue_collective, take_over
from desktop.tasks.removal import remove_device
from desktop.vault import Cost, Vault, database, identity, schema
from desktop.vault.keys import slots as keys
from tests.conftest import PASSPHRASE
from tests.crash.snapshots import snapshotting

OTHER = "une autre phrase de passe"
SCAN = b"%PDF-1.7 zygomatique " * (PART // 20 + 1000)
"""Two parts."""
NOON = datetime(2026, 11, 23, 12)


def said(*words: object) -> None:
    """Promise something: whoever reads this line may count on it."""
    print(*words, flush=True)


def opened(folder: Path, name: str, passphrase: str = PASSPHRASE) -> Vault:
    vault = Vault(Home(folder / name))
    vault.unlock(passphrase)
    return vault


def sync(vault: Vault, folder: Path, step: int = LARGE_STEP) -> None:
    run_round(vault, shared_folder.open_store(vault, (folder / "share").as_uri()), step=step)


def prepared(folder: Path) -> None:
    """A founder and a colleague around a share, something of the colleague's to read, a file to
    erase; an older vault."""
    share = folder / "share"
    share.mkdir(parents=True)
    founder, _code = profiles.create_collective(
        Home(folder / "founder"), PASSPHRASE, preset="maubeuge-val-de-sambre", name="Essai",
        person="Camille LEROY",
        store=share.as_uri(), cost=Cost.TEST)
    second, _code, words = profiles.join(Home(folder / "second"), PASSPHRASE,
                                         enrol.invite(founder, ["coordination"]),
                                         "Jo SECOND", Cost.TEST)
    storage = shared_folder.open_store(founder, None)
    (request,) = enrol.pending_requests(founder, storage)
    enrol.approve(founder, storage, request.id, words)
    meeting = founder.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                         starts_at="2026-11-03T14:00")
    gone = founder.do(attach, "meeting", meeting, "Effacée.pdf", b"zygomatique")
    for vault in (founder, second, founder, second):
        sync(vault, folder)
    second.do(attach, "meeting", meeting, "Reçue.pdf", SCAN)
    second.do(edit_record, meeting, {"title": "Séance de l’une"})
    second.do(add_record, "organisation", {"name": "De la seconde"})
    sync(second, folder)
    founder.do(edit_record, meeting, {"title": "Séance de l’autre"})
    founder.do(delete_record, gone)
    founder.do(erase_record, gone)
    for vault in (founder, second):
        vault.close()
    older(Home(folder / "older"))
    (folder / "backups").mkdir()


def older(home: Home) -> None:
    """A vault as the second migration left it."""
    home.folder.mkdir()
    key = keys.new_data_key()
    recipient = str(keys.recovery_identity(keys.new_recovery_code()).to_public())
    keys.write_slots(home, keys.make_slots([key], PASSPHRASE, recipient, Cost.TEST.value))
    engine = database.open_engine(home.database, key)
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with database.for_writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.exec_driver_sql(
            "INSERT INTO organisation (id, channel, name, name_stamp) VALUES (?, 'commun', "
            "'Ancienne', ?)",
            (uuid.uuid4().bytes, bytes(16)))
    made = identity.new_identity()
    identity.write_token(home, made)
    with Session(database.for_writing(engine)) as session:
        identity.write_identity(session, made)
        session.commit()
    engine.dispose()


# The days

def exchange(folder: Path) -> None:
    founder = opened(folder, "founder")
    for name in ("Une", "Deux"):
        said("made", founder.do(add_record, "organisation", {"name": name}))
    meeting = founder.do(create_meeting, group_id=None, title="Matin", kind="atelier",
                         starts_at="2026-11-23T09:00")
    said("made", meeting)
    said("made", founder.do(attach, "meeting", meeting, "Feuille.pdf", SCAN))
    sync(founder, folder)
    said("made", founder.do(add_record, "organisation", {"name": "Trois"}))
    sync(founder, folder)
    storage = shared_folder.open_store(founder, None)
    received = founder.ask(lambda session: session.query(Attachment.id).filter_by(name="Reçue.pdf")
                           .scalar())
    fetch_enclosure(founder, storage, received)
    said("here", received)
    founder.lock()
    founder.unlock(PASSPHRASE)
    founder.close()


def enrolment(folder: Path) -> None:
    founder = opened(folder, "founder")
    invitation = enrol.invite(founder, ["coordination"], (folder / "share").as_uri())
    (folder / "invitation").write_bytes(invitation)
    third, _code, words = profiles.join(Home(folder / "third"), PASSPHRASE, invitation, "Li TROIS",
                                        Cost.TEST)
    said("joined")
    storage = shared_folder.open_store(founder, None)
    (request,) = enrol.pending_requests(founder, storage)
    enrol.approve(founder, storage, request.id, words)
    said("approved")
    sync(third, folder, 50)
    third.close()
    founder.close()


def founding(folder: Path) -> None:
    (folder / "new").mkdir()
    vault, _code = profiles.create_collective(Home(folder / "third"), PASSPHRASE,
                                              preset="maubeuge-val-de-sambre",
                                              name="Nouveau", person="Li TROIS", cost=Cost.TEST)
    said("founded")
    shared_folder.open_store(vault, (folder / "new").as_uri())
    said("published")
    vault.close()


def secrets(folder: Path) -> None:
    founder = opened(folder, "founder")
    founder.change_passphrase(PASSPHRASE, OTHER, cost=Cost.TEST)
    said("passphrase")
    founder.rekey(OTHER)
    code = founder.offer_recovery_code(OTHER)
    said("offered", code)
    founder.renew_recovery_code(OTHER, code)
    said("code", code)
    founder.close()


def copies(folder: Path) -> None:
    founder = opened(folder, "founder")
    founder.do(keep_plan, BackupPlan(str(folder / "backups")))
    for number in range(backups.KEPT):
        (folder / "backups" / f"carnet-2026010{number}-000000.sauvegarde").write_bytes(b"")
    said("backed-up", make_backup(founder, NOON))
    said("made", founder.do(add_record, "organisation", {"name": "Après la copie"}))
    make_backup(founder, NOON.replace(hour=13))
    founder.close()


def restoring(folder: Path) -> None:
    founder = opened(folder, "founder")
    copy = folder / "backups" / "copie.sauvegarde"
    founder.back_up(copy)
    said("after-copy", founder.do(add_record, "organisation", {"name": "Après la copie"}))
    founder.close()
    founder.restore(copy, PASSPHRASE)
    said("restored")
    founder.close()


def migration(folder: Path) -> None:
    opened(folder, "older").close()


def removing(folder: Path) -> None:
    founder = opened(folder, "founder")
    invitation = enrol.invite(founder, ["coordination"], (folder / "share").as_uri())
    leaver, _code, words = profiles.join(Home(folder / "third"), PASSPHRASE, invitation, "Li TROIS",
                                         Cost.TEST)
    storage = shared_folder.open_store(founder, None)
    (request,) = enrol.pending_requests(founder, storage)
    enrol.approve(founder, storage, request.id, words)
    sync(leaver, folder)
    leaver.do(add_record, "organisation", {"name": "De qui part"})
    sync(leaver, folder)
    sync(founder, folder)
    key = own_key(leaver)
    leaver.close()
    said("leaver", key)
    remove_device(founder, storage, key)
    said("removed")
    said("made", founder.do(add_record, "organisation", {"name": "Après le départ"}))
    sync(founder, folder)
    founder.close()


def taking_over(folder: Path) -> None:
    founder, second = opened(folder, "founder"), opened(folder, "second")
    sync(founder, folder)
    codes = make_kit(founder, shared_folder.open_store(founder, None), NOON.date())
    said("kit", *codes)
    sync(second, folder)
    take_over(second, shared_folder.open_store(second, (folder / "share").as_uri()), codes[0],
              codes[2], [])
    said("taken")
    sync(founder, folder)
    founder.close()
    second.close()


def handing_over(folder: Path) -> None:
    founder, second = opened(folder, "founder"), opened(folder, "second")
    sync(founder, folder)
    hand_over(founder, shared_folder.open_store(founder, None), own_key(second))
    said("handed")
    sync(second, folder)
    sync(founder, folder)
    founder.close()
    second.close()


def confiding(folder: Path) -> None:
    """A group is made confidential, then its readers change."""
    founder, second = opened(folder, "founder"), opened(folder, "second")
    group = founder.do(add_record, "group", {"name": "Confidentiel", "kind": "groupe_de_travail"})
    said("group", str(group))
    storage = shared_folder.open_store(founder, None)
    set_readers(founder, storage, group, {own_key(second)})
    founder.do(create_meeting, group_id=group, title="Dedans", kind="groupe_de_travail",
               starts_at="2026-11-03T14:00")
    said("met")
    sync(founder, folder)
    sync(second, folder)
    set_readers(founder, storage, group, set())
    founder.close()
    second.close()


def rescuing(folder: Path) -> None:
    founder = opened(folder, "founder")
    sync(founder, folder)
    codes = make_kit(founder, shared_folder.open_store(founder, None), NOON.date())
    founder.close()
    said("kit", *codes)
    vault, _code = rescue_collective(Home(folder / "third"), PASSPHRASE,
                                     (folder / "share").as_uri(), Credentials(),
                                     (codes[0], codes[1]), "Li TROIS", [], Cost.TEST)
    said("rescued")
    vault.close()


def parting(folder: Path) -> None:
    """Two copies of the founder's profile have both sent something; the copy goes on."""
    shutil.copytree(folder / "founder", folder / "copy")
    founder = opened(folder, "founder")
    said("made", founder.do(add_record, "organisation", {"name": "De l’original"}))
    sync(founder, folder)
    founder.close()
    copy = opened(folder, "copy")
    said("made-by-copy", copy.do(add_record, "organisation", {"name": "De la copie"}))
    sync(copy, folder)
    copy.close()


def forking(folder: Path) -> None:
    """A copy of the founder's profile lets somebody in without seeing that the founder does; the
    founder sees it then."""
    founder = opened(folder, "founder")
    sync(founder, folder)
    asked = [profiles.join(Home(folder / name), PASSPHRASE, enrol.invite(founder, ["coordination"]),
                           f"Jo {name.upper()}",
                           Cost.TEST) for name in ("third", "fourth")]
    for vault, _code, _words in asked:
        vault.close()
    founder.close()
    shutil.copytree(folder / "founder", folder / "copy")
    shutil.copytree(folder / "share", folder / "view")
    for name, share, (_vault, _code,
                      words) in zip(("copy", "founder"), ("view", "share"), asked, strict=True):
        holder = opened(folder, name)
        storage = open_storage((folder / share).as_uri())
        (request,) = [one for one in enrol.pending_requests(holder, storage) if one.words == words]
        said(f"let-in-by-{name}", enrol.approve(holder, storage, request.id, words).key)
        holder.close()
    shutil.copytree(folder / "view" / "trust", folder / "share" / "trust", dirs_exist_ok=True)
    said("shown")
    for name in ("founder", "copy"):
        holder = opened(folder, name)
        sync(holder, folder)
        holder.close()


DAYS: dict[str, Callable[[Path], None]] = {day.__name__: day for day in (
    exchange, enrolment, founding, secrets, copies, restoring, migration, removing, taking_over,
    handing_over, rescuing,
    confiding, parting, forking, snapshotting)}


# Long writes, which are killed from outside

def large(vault: Vault) -> None:
    """Some megabytes of records."""
    vault.do(
        lambda session: [add_record(session, "organisation",
                                    {"name": f"N{number}", "notes": f"{number} " * 2000})
                         for number in range(400)])


def rekeying(folder: Path) -> None:
    vault = opened(folder, "profile")
    while True:
        vault.rekey(PASSPHRASE)


def copying(folder: Path) -> None:
    vault = opened(folder, "profile")
    while True:
        vault.back_up(folder / "other")


def compacting(folder: Path) -> None:
    vault = opened(folder, "profile")
    engine = database.open_engine(vault.home.database, vault.data_key)
    while True:
        database.compact(engine)


def ended(day: str, folder: Path, point: str) -> None:
    """Live a day in this process, which ends at a point; what was said is in the file `said`."""
    os.environ["CARNET_CRASH_AT"] = point
    with (folder / "said").open("w") as lines:
        sys.stdout = sys.stderr = lines
        DAYS[day](folder)
