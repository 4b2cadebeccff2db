"""How far this computer's clock is from the server's: measured by the way, told above two minutes,
gone when it is gone."""

import time
from collections.abc import Iterator
from contextlib import closing, suppress
from email.utils import formatdate
from pathlib import Path

import pytest

from desktop.commands.records import add_record
from desktop.queries.sync import sync_state
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.base import Store
from desktop.sync.stores.open import open_storage
from desktop.sync.stores.storage import Credentials, Storage, StoreError
from desktop.tasks import shared_folder
from desktop.tasks.place import try_place
from tests.sync.faulty import PAGE, Fault, Faulty, faulty_server
from tests.sync.laptops import Laptops
from tests.sync.servers import PASSWORD, USER, Running, Server
from tests.sync.ssh_server import ssh_server

WHO = Credentials("zoé", "tamaris")
TWELVE = 720.0


@pytest.fixture
def server() -> Iterator[Faulty]:
    with faulty_server() as made:
        yield made


def near(storage: Storage, ahead: float) -> bool:
    return storage.ahead is not None and abs(storage.ahead - ahead) < 3


@pytest.mark.parametrize("kind", ["folder", "wsgidav", "apache", "nginx", "rclone", "s3", "sftp"])
def test_on_this_computer_every_store_has_our_hour(servers: Running, kind: str) -> None:
    real: Server = servers.server(kind)
    storage = open_storage(real.fresh(), real.credentials)
    assert storage.ahead is None
    storage.put("format.json", b"{}\n")
    assert near(storage, 0)


@pytest.mark.parametrize("ahead", [TWELVE, -TWELVE, 86_400.0 * 400])
def test_any_answer_of_a_server_tells_its_hour(server: Faulty, ahead: float) -> None:
    server.clock = -ahead
    storage = open_storage(server.url, WHO)
    assert storage.get("format.json") is None
    assert near(storage, ahead)


@pytest.mark.parametrize("fault", [
    Fault(200, {"Content-Type": "text/html", "Content-Length": str(len(PAGE))}, PAGE),
    Fault(200, {"Age": "720", "Content-Length": "3"}, b"{}\n"),
    Fault(302, {"Location": "https://portail.invalid"}),
    Fault(200, {"Date": "hier"}), Fault(200, {"Date": formatdate(0, usegmt=True)})])
def test_the_hour_of_a_portal_a_cache_or_nobody_is_not_taken(server: Faulty, fault: Fault) -> None:
    server.clock = -TWELVE
    server.fault = lambda _method, _name: fault
    storage = open_storage(server.url, WHO)
    with suppress(StoreError):
        storage.get("format.json")
    assert storage.ahead is None


def test_the_times_of_the_files_tell_it_where_there_is_no_date(tmp_path: Path) -> None:
    with ssh_server(tmp_path / "server") as server:
        storage = open_storage(server.url, Credentials(USER, PASSWORD))
        assert storage.names("") == [] and storage.ahead is None
        server.clock = -720
        storage.put("heads/00ff", b"\n")
        assert near(storage, TWELVE)
        server.clock = 0
        storage.compare_clocks()
        assert near(storage, 0) and storage.names("heads") == ["00ff"]


def test_a_round_remembers_it_and_forgets_it_when_it_is_right_again(server: Faulty,
                                                                    tmp_path: Path) -> None:
    server.clock = -TWELVE
    with closing(Laptops(tmp_path, server.url, WHO)) as laptops:
        founder = laptops.founder
        assert founder.ask(sync_state).ahead is None
        laptops.sync(founder)
        found = founder.ask(sync_state)
        assert found.ahead is not None and abs(found.ahead - TWELVE) < 3 and found.clock_is_off
        server.fault = lambda _method, _name: Fault(503)
        with pytest.raises(StoreError):
            laptops.sync(founder)
        assert founder.ask(sync_state).clock_is_off
        server.fault = lambda _method, _name: None
        server.clock = 0
        laptops.sync(founder)
        assert not founder.ask(sync_state).clock_is_off


def test_a_quiet_round_with_files_alone_measures_again_what_was_told(tmp_path: Path) -> None:
    who = Credentials(USER, PASSWORD)
    with (ssh_server(tmp_path / "server") as server,
          closing(Laptops(tmp_path, server.url, who)) as laptops):
        founder = laptops.founder
        laptops.sync(founder)
        server.clock = 300
        founder.do(add_record, "organisation", {"name": "Écrite plus tard"})
        laptops.sync(founder)
        found = founder.ask(sync_state)
        assert found.ahead is not None and found.ahead < -290 and found.clock_is_off
        server.clock = 0
        assert laptops.sync(founder).pushed == 0
        assert not founder.ask(sync_state).clock_is_off


def test_a_small_difference_is_not_told_and_a_key_says_nothing(server: Faulty,
                                                               tmp_path: Path) -> None:
    server.clock = 100
    with closing(Laptops(tmp_path, server.url, WHO)) as laptops:
        founder = laptops.founder
        laptops.sync(founder)
        assert not founder.ask(sync_state).clock_is_off
        server.clock = 200
        laptops.sync(founder)
        key = tmp_path / "key"
        key.mkdir()
        run_round(founder, shared_folder.open_other_store(founder, key.as_uri()))
        assert founder.ask(sync_state).clock_is_off


def test_a_try_tells_it_with_the_version_and_the_room(server: Faulty, tmp_path: Path) -> None:
    server.clock, server.free = -TWELVE, 12_460_000_000
    with closing(Laptops(tmp_path)) as laptops:
        found = try_place(laptops.founder, server.url, WHO)
        assert found.ahead is not None and abs(found.ahead - TWELVE) < 3
        assert (found.prepared, found.computers, found.free,
                found.program) == (True, 1, 12_460_000_000, "")
        server.clock, server.free = 0, None
        again = try_place(laptops.founder, server.url, WHO)
        assert (again.prepared, again.free, again.ahead) == (False, None, None)


def test_a_long_wait_is_no_measure() -> None:
    with faulty_server() as server:
        storage = open_storage(server.url, WHO)
        assert storage.get("one") is None and near(storage, 0)
        before = storage.ahead
        assert isinstance(storage, Store)
        now = time.time()
        storage.note_time(now - 500, now - 90, now)
        storage.note_time(now - 500, now + 90, now)
        storage.note_time(0, now, now)
        assert storage.ahead == before
