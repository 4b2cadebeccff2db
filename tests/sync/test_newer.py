"""What a newer Carnet laid on the folder is told plainly, and never taken for something else."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.queries.records import list_records
from desktop.queries.sync import refused_of
from desktop.sync.rounds.engine import run_round
from desktop.sync.rounds.schedule import ScheduleFacts, next_round
from desktop.sync.snapshots.make import make
from desktop.sync.stores.storage import Credentials, StoreError, StoreProblem
from desktop.sync.trust.alarms import NEWER, acknowledge, alarms
from desktop.sync.trust.state import roster_in_force
from desktop.tasks import enrol, kit, profiles, shared_folder
from desktop.vault import Cost
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptops
from tests.sync.test_hostile import lay
from tests.sync.test_kit import TODAY

NOON = datetime(2026, 11, 28, 12)


def say(laptops: Laptops, **members: object) -> dict[Path, bytes]:
    """Another format.json; what the folder holds then."""
    path = laptops.share / "format.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | members))
    return {one: one.read_bytes() for one in laptops.share.rglob("*") if one.is_file()}


@pytest.mark.parametrize("members",
                         [{"format": 2}, {"format": 2, "collective": {"id": "autre"}},
                          {"format": 10**9}], ids=str)
def test_a_folder_of_a_later_form_is_neither_read_nor_written(laptops: Laptops,
                                                              members: dict[str, object]) -> None:
    codes = kit.make_kit(laptops.founder, shared_folder.open_store(laptops.founder, None), TODAY)
    invitation = enrol.invite(laptops.founder, ["membre"])
    storage = shared_folder.open_store(laptops.founder, None)
    laptops.founder.do(add_record, "organisation", {"name": "Attend"})
    before = say(laptops, **members)

    def all_that_touch_it() -> None:
        home = Home(laptops.folder / "new")
        for attempt in (lambda: run_round(laptops.founder, storage),
                        lambda: shared_folder.open_store(laptops.founder, None),
                        lambda: profiles.join(home, PASSPHRASE, invitation, "Jo NOUVEAU",
                                              Cost.TEST),
                        lambda: kit.rescue_collective(home, PASSPHRASE, laptops.url, Credentials(),
                                                      (codes[0], codes[1]),
                                                      "Jo NOUVEAU", [], Cost.TEST)):
            with pytest.raises(StoreError, match="Carnet plus récent") as caught:
                attempt()
            assert caught.value.code is StoreProblem.NEWER and "à jour" in caught.value.hint

    all_that_touch_it()
    assert {one: one.read_bytes() for one in laptops.share.rglob("*") if one.is_file()} == before
    say(laptops, format=1, collective=laptops.founder.ask(roster_in_force).collective)
    assert laptops.sync(laptops.founder).pushed == 1


@pytest.mark.parametrize("version", ["2", True, 0, -1, 1.5, None, [2]], ids=str)
def test_a_form_that_is_no_number_is_damage(laptops: Laptops, version: object) -> None:
    storage = shared_folder.open_store(laptops.founder, None)
    say(laptops, format=version)
    with pytest.raises(AppError, match="abîmé"):
        run_round(laptops.founder, storage)


def test_only_a_person_can_help() -> None:
    known = ScheduleFacts(True, NOON, tried_at=NOON, failures=1, problem=StoreProblem.NEWER)
    assert next_round(known) is None


@pytest.mark.parametrize("header",
                         [b'{"version":3,"type":"changes","what":[]}\n',
                          b'{"version":2,"type":"photo"}\n'])
def test_a_package_of_a_later_form_is_told_and_holds_no_other_up(laptops: Laptops,
                                                                 header: bytes) -> None:
    second = laptops.join("second")
    for vault in (second, laptops.founder):
        laptops.sync(vault)
    lay(laptops.share, laptops.founder.identity.writer, 99, header + b"anything")
    laptops.founder.do(add_record, "organisation", {"name": "Lisible"})
    laptops.sync(laptops.founder)
    laptops.sync(second)
    assert "Lisible" in {row["name"] for row in second.ask(list_records, "organisation")}
    assert [row.reason for row in second.ask(refused_of)] == ["made by a newer version"]


def test_a_snapshot_of_a_later_form_is_told_once_and_another_is_read(laptops: Laptops) -> None:
    laptops.founder.do(add_record, "organisation", {"name": "Lisible"})
    laptops.sync(laptops.founder)
    assert make(laptops.founder, laptops.founder.ask(roster_in_force)) is not None
    laptops.sync(laptops.founder)
    newer = b'{"version":3,"type":"manifest"}\n'
    path = (laptops.share / "snap" / "00112233445566aa"
            / f"manifest-{hashlib.sha256(newer).hexdigest()}.pkg")
    path.parent.mkdir()
    path.write_bytes(newer)
    second = laptops.join("second")
    laptops.sync(second)
    assert "Lisible" in {row["name"] for row in second.ask(list_records, "organisation")}
    assert [alarm.kind for alarm in second.ask(alarms)] == [NEWER]
    second.do(acknowledge, NEWER)
    laptops.sync(second)
    assert not second.ask(alarms)
