"""One behaviour for every kind of shared folder, on real servers of this computer."""

import hashlib
import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from desktop.commands.records import add_record, edit_record
from desktop.queries.records import get_record
from desktop.sync.rounds.check import check_store
from desktop.sync.stores.base import Store
from desktop.sync.stores.open import open_storage
from desktop.sync.stores.storage import Credentials, StoreError, StoreProblem, without_user
from desktop.tasks import shared_folder
from tests.sync.laptops import Laptops
from tests.sync.servers import SERVERS, Running, Server


def package(data: bytes) -> str:
    return f"w/00ff00ff00ff00ff/000000/0000000001-{hashlib.sha256(data).hexdigest()}.pkg"


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, servers: Running) -> Server:
    return servers.server(request.param)


@pytest.fixture
def store(server: Server) -> Store:
    return opened(server.fresh(), server.credentials)


def opened(url: str, credentials: Credentials) -> Store:
    made = open_storage(url, credentials)
    assert isinstance(made, Store)
    return made


def test_what_is_put_is_listed_and_read(store: Store) -> None:
    data = random.Random(3).randbytes(300_000)
    assert store.names("") == [] and store.names("w") == [] and store.get(package(data)) is None
    store.put(package(data), data)
    store.put("format.json", b"{}\n")
    store.put("heads/00ff", b"\n")
    assert store.get(package(data)) == data and store.get("heads/00ff") == b"\n"
    assert store.names("") == ["format.json", "heads", "w"]
    assert store.names("w") == ["00ff00ff00ff00ff"]
    assert store.names("w/00ff00ff00ff00ff/000000") == [package(data).rsplit("/", 1)[-1]]
    assert store.names("w/00ff00ff00ff00ff/000001") == []


def test_a_name_is_written_once(store: Store) -> None:
    store.put("format.json", b'{"format": 1}\n')
    store.put("format.json", b'{"format": 1}\n')
    with pytest.raises(StoreError, match="n’a été écrasé") as caught:
        store.put("format.json", b'{"format": 2}\n')
    assert (caught.value.code is StoreProblem.DIFFERENT
            and store.get("format.json") == b'{"format": 1}\n')


def test_a_damaged_package_is_healed_and_another_one_is_not_touched(store: Store) -> None:
    data = random.Random(4).randbytes(9000)
    other = f"trust/000001-{'0' * 64}.age"
    for present in (b"", data[:4000], b"\0" * 9000):
        store.write(package(data), present)
        store.put(package(data), data)
        assert store.get(package(data)) == data
    store.put(other, b"one")
    with pytest.raises(StoreError, match="n’a été écrasé"):
        store.put(other, b"two")
    assert store.get(other) == b"one"


def test_a_hint_may_be_replaced_and_removed(store: Store) -> None:
    for content in (b"one", b"two"):
        store.put("heads/00ff", content)
        assert store.get("heads/00ff") == content
    store.remove("heads/00ff")
    store.remove("heads/00ff")
    assert store.get("heads/00ff") is None and store.names("heads") == []


def test_many_names_are_listed_whole(store: Store) -> None:
    names = [f"{number:010d}-{number:064x}" for number in range(40)]
    for name in random.Random(5).sample(names, len(names)):
        store.put(f"heads/{name}", b"\n")
    assert store.names("heads") == names


def test_a_collective_founded_joined_and_exchanged_on_a_server(server: Server,
                                                               tmp_path: Path) -> None:
    with closing(Laptops(tmp_path, server.fresh(), server.credentials)) as laptops:
        made = laptops.founder.do(add_record, "organisation", {"name": "Maison des Œillets"})
        laptops.sync(laptops.founder)
        second = laptops.join("second")
        laptops.sync(second)
        assert second.ask(get_record, made)["name"] == "Maison des Œillets"
        second.do(edit_record, made, {"name": "Maison des Lilas"})
        laptops.sync(second)
        laptops.sync(laptops.founder)
        assert laptops.founder.ask(get_record, made)["name"] == "Maison des Lilas"
        # The founder, that has not written since, says what it read; that is answered by nobody.
        for vault in (laptops.founder, second):
            laptops.sync(vault)
        for vault in (laptops.founder, second):
            done = laptops.sync(vault)
            assert (done.sealed, done.pushed, done.pulled, done.refused) == (0, 0, 0, [])
        packages, wrong = check_store(second, shared_folder.open_store(second, None))
        assert packages >= 3 and wrong == []
        with pytest.raises(StoreError, match="autre collectif"):
            Laptops(tmp_path / "others", shared_folder.open_store(second, None).url,
                    server.credentials)


def test_a_share_that_goes_away_is_not_made_anew(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    store = open_storage(share.as_uri())
    shutil.move(share, tmp_path / "away")
    with pytest.raises(StoreError, match="n’est pas là") as caught:
        store.put("format.json", b"{}\n")
    assert caught.value.code is StoreProblem.ABSENT and not share.exists()


@pytest.mark.parametrize(("url", "told"), [
    ("ftp://exemple.fr/carnet", "ne connaît pas"), ("carnet", "ne connaît pas"),
    ("", "ne connaît pas"),
    ("https://zoe:secret@exemple.fr/carnet", "mot de passe"), ("https://[::1/carnet", "mal formée"),
    ("sftp://exemple.fr:99999/carnet", "mal formée"), ("s3://", "mal formée"),
    ("s3://seau?endpoint=ftp://x", "mal formée"),
    ("s3://seau?secret=x", "mal formée"), ("s3://seau?endpoint=http://exemple.fr", "https"),
    ("file://serveur/carnet", "autre ordinateur"),
])
def test_a_wrong_address_is_told(url: str, told: str) -> None:
    with pytest.raises(StoreError, match=told) as caught:
        open_storage(url)
    assert caught.value.code is StoreProblem.ADDRESS and "secret" not in str(caught.value)


def test_the_user_is_taken_out_of_the_address() -> None:
    assert (without_user("sftp://zoe@exemple.fr:2222/carnet")
            == ("sftp://exemple.fr:2222/carnet", "zoe"))
    assert without_user("sftp://zoe@[::1]:22/x") == ("sftp://[::1]:22/x", "zoe")
    assert without_user("file:///media/a@b") == ("file:///media/a@b", "")
