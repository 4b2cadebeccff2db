"""What an SSH server has of its own: a key that is pinned, accounts by key, connections that
end."""

import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec
import pytest

from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.queries.sync import sync_state
from desktop.sync.stores.base import Store
from desktop.sync.stores.open import open_storage
from desktop.sync.stores.storage import Credentials, Storage, StoreError, StoreProblem, Timeouts
from desktop.sync.trust import state
from desktop.tasks import enrol, profiles, shared_folder
from desktop.vault import Cost
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptops
from tests.sync.servers import Running, Server, program

HURRIED = Timeouts(connect=2, answer=2)


@pytest.fixture
def server(servers: Running) -> Server:
    return servers.server("sftp")


@pytest.fixture
def other_key(tmp_path: Path) -> str:
    subprocess.run([program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f",
                    tmp_path / "other"], check=True, timeout=30)
    return " ".join((tmp_path / "other.pub").read_text().split()[:2])


@pytest.fixture
def laptops(tmp_path: Path, server: Server) -> Iterator[Laptops]:
    with closing(Laptops(tmp_path, server.fresh(), server.credentials)) as made:
        yield made


def code_of(storage: Storage) -> StoreProblem:
    with pytest.raises(StoreError) as caught:
        storage.get("format.json")
    assert caught.value.hint
    return caught.value.code


def test_the_key_of_the_server_is_pinned_and_another_is_refused(laptops: Laptops,
                                                                other_key: str) -> None:
    founder, url = laptops.founder, laptops.url
    pinned = founder.ask(state.store_credentials, url)
    assert pinned.host_key.startswith("ssh-ed25519 ")
    laptops.sync(founder)
    founder.do(state.remember_store, url, msgspec.structs.replace(pinned, host_key=other_key))
    founder.do(add_record, "organisation", {"name": "Retenue"})
    with pytest.raises(StoreError, match="une autre clé") as caught:
        laptops.sync(founder)
    assert caught.value.code is StoreProblem.HOST_KEY and founder.ask(sync_state).to_send == 1
    with pytest.raises(StoreError, match="une autre clé"):
        shared_folder.open_store(founder, url)
    shared_folder.open_store(founder, None, forget=["host_key"])
    assert founder.ask(state.store_credentials, url) == pinned
    assert laptops.sync(founder).pushed == 1


def test_an_invitation_carries_the_pinned_key_and_nothing_secret(laptops: Laptops, other_key: str,
                                                                 tmp_path: Path) -> None:
    assert laptops.credentials is not None
    invitation = msgspec.json.decode(enrol.invite(laptops.founder, []))
    assert invitation["server"] == {"authority": "", "host_key": laptops.founder.ask(
        state.store_credentials, laptops.url).host_key}
    assert laptops.credentials.private_key[60:200] not in str(invitation)
    invitation["server"]["host_key"] = other_key
    home = Home(tmp_path / "second")
    with pytest.raises(StoreError, match="une autre clé"):
        profiles.join(home, PASSPHRASE, msgspec.json.encode(invitation), "Jo ANNE", Cost.TEST,
                      laptops.credentials)
    assert not home.exists


def test_a_wrong_account_is_told(server: Server, tmp_path: Path) -> None:
    url = server.fresh()
    subprocess.run([program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f",
                    tmp_path / "stranger"], check=True, timeout=30)
    stranger = (tmp_path / "stranger").read_text()
    for wrong in (Credentials(server.credentials.user, private_key=stranger),
                  Credentials(server.credentials.user, "faux"),
                  Credentials(server.credentials.user, private_key="rien")):
        assert code_of(open_storage(url, wrong, HURRIED)) is StoreProblem.PASSWORD


def test_a_key_with_a_passphrase_opens(server: Server, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(server.credentials.private_key)
    (tmp_path / "key").chmod(0o600)
    subprocess.run([program("ssh-keygen"), "-q", "-p", "-N", "tamaris", "-P", "", "-f",
                    tmp_path / "key"], check=True, timeout=30)
    locked = Credentials(server.credentials.user, "tamaris", (tmp_path / "key").read_text())
    url = server.fresh()
    open_storage(url, locked).put("format.json", b"{}\n")
    assert open_storage(url, server.credentials).get("format.json") == b"{}\n"
    assert (code_of(open_storage(url, msgspec.structs.replace(locked, password="faux"), HURRIED))
            is StoreProblem.PASSWORD)


def test_a_folder_that_is_not_there_is_told(server: Server) -> None:
    store = open_storage(server.fresh() + "/absent", server.credentials)
    assert store.get("format.json") is None
    for ask in (lambda: store.names(""), lambda: store.put("heads/one", b"\n"),
                lambda: store.put("format.json", b"\n")):
        with pytest.raises(StoreError, match="aucun dossier") as caught:
            ask()
        assert caught.value.code is StoreProblem.ABSENT


def test_what_the_server_cannot_do_is_told_and_leaves_nothing_behind(server: Server) -> None:
    url = server.fresh()
    store = open_storage(url, server.credentials)
    assert isinstance(store, Store)
    store.put("heads/one/two", b"\n")
    assert store.get("heads/one") is None and store.strange == {"heads/one"}
    with pytest.raises(StoreError) as caught:
        store.write("heads/one", b"a file where a folder is")
    assert caught.value.code is StoreProblem.SERVER and caught.value.hint
    here = Path(unquote(urlsplit(url).path))
    assert sorted(path.relative_to(here).as_posix()
                  for path in here.rglob("*")) == ["heads", "heads/one", "heads/one/two"]


def test_nobody_there_no_such_name_and_a_server_that_says_nothing() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        url = f"sftp://127.0.0.1:{listening.getsockname()[1]}/partage"
        who = Credentials("zoé", "secret")
        assert code_of(open_storage(url, who, HURRIED)) is StoreProblem.OFFLINE
        assert (code_of(open_storage("sftp://carnet.invalid/partage", who, HURRIED))
                is StoreProblem.NAME)
        listening.listen()
        assert (code_of(open_storage(url, who, Timeouts(connect=0.5, answer=0.3)))
                is StoreProblem.OFFLINE)


class Relay:
    """Carries connections to a server until they are cut."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._ends: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                pair = (self._listening.accept()[0],
                        socket.create_connection(("127.0.0.1", self._to)))
                self._ends += pair
                for one, other in (pair, pair[::-1]):
                    carrying = threading.Thread(target=self._carry, args=(one, other))
                    self._threads.append(carrying)
                    carrying.start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)

    def cut(self) -> None:
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self.cut()
        for thread in self._threads:
            thread.join()
        for end in (self._listening, *self._ends):
            end.close()


def test_a_connection_that_is_cut_is_told_and_made_anew(server: Server) -> None:
    url = server.fresh()
    with closing(Relay(urlsplit(url).port or 0)) as relay:
        store = open_storage(url.replace(f":{urlsplit(url).port}", f":{relay.port}"),
                             server.credentials, HURRIED)
        store.put("format.json", b"{}\n")
        relay.cut()
        assert code_of(store) is StoreProblem.OFFLINE
        assert store.get("format.json") == b"{}\n"


def test_what_a_killed_writing_left_goes_after_a_day_and_nothing_else(laptops: Laptops) -> None:
    laptops.sync(laptops.founder)
    storage = open_storage(laptops.url, laptops.founder.ask(state.store_credentials, laptops.url))
    folder = Path(unquote(urlsplit(laptops.url).path)) / "heads"
    old = time.time() - 3 * 24 * 3600
    left, other, young = (folder / name for name
                          in (".0011223344556677.tmp", ".notes.tmp", ".0011223344556688.tmp"))
    for path in (left, other, young):
        path.write_bytes(b"x")
    for path in (left, other):
        os.utime(path, (old, old))
    storage.tidy("heads")
    storage.tidy("not/there")
    assert not left.exists() and other.exists() and young.exists()
    assert len(list(folder.glob(".*.tmp"))) == 2
