"""An SSH account that a password opens: given as such, or as the answer to what the server asks;
and what it tells of itself."""

import base64
import hashlib
from contextlib import closing
from io import StringIO
from pathlib import Path

import msgspec
import paramiko
import pytest

from desktop.commands.records import add_record
from desktop.queries.records import get_record
from desktop.sync.stores.open import open_storage
from desktop.sync.stores.storage import (
    Credentials,
    StoreError,
    StoreProblem,
    Timeouts,
    host_fingerprint,
)
from desktop.sync.trust import state
from desktop.tasks import shared_folder
from desktop.tasks.place import try_place
from tests.sync.laptops import Laptops
from tests.sync.servers import PASSWORD, USER
from tests.sync.ssh_server import SshServer, ssh_server

WHO = Credentials(USER, PASSWORD)


def accepted(server: SshServer) -> Credentials:
    """The same, once somebody has accepted the key that the server shows."""
    return msgspec.structs.replace(WHO, host_key=server.shown_key)


@pytest.mark.parametrize("ways", ["password", "keyboard-interactive"])
def test_a_collective_lives_on_an_account_with_a_password(tmp_path: Path, ways: str) -> None:
    with (ssh_server(tmp_path / "server", ways) as server,
          closing(Laptops(tmp_path, server.url, WHO)) as laptops):
        made = laptops.founder.do(add_record, "organisation", {"name": "Maison des Œillets"})
        laptops.sync(laptops.founder)
        second = laptops.join("second")
        laptops.sync(second)
        assert second.ask(get_record, made)["name"] == "Maison des Œillets"
        assert (server.files / "partage" / "format.json").exists()


@pytest.mark.parametrize("ways", ["password", "keyboard-interactive"])
@pytest.mark.parametrize("who", [Credentials(USER, "faux"), Credentials("personne", PASSWORD)])
def test_a_wrong_password_is_told(tmp_path: Path, ways: str, who: Credentials) -> None:
    with ssh_server(tmp_path / "server", ways) as server, pytest.raises(StoreError) as caught:
        open_storage(server.url, who, Timeouts(2, 4)).get("format.json")
    assert caught.value.code is StoreProblem.PASSWORD and caught.value.hint


def test_the_key_that_is_met_is_told_and_another_one_is_accepted_by_itself_alone(
    tmp_path: Path) -> None:
    with (ssh_server(tmp_path / "server") as server,
          closing(Laptops(tmp_path, server.url, WHO)) as laptops):
        founder = laptops.founder
        first = server.shown_key
        digest = hashlib.sha256(base64.b64decode(first.split()[1])).digest()
        assert host_fingerprint(first) == "SHA256:" + base64.b64encode(digest).decode().rstrip("=")
        assert try_place(founder, server.url,
                         Credentials()).computers == 1, "its key is known already"
        for other in (paramiko.ECDSAKey.generate(), paramiko.RSAKey.generate(2048)):
            server.host_key = other
            with pytest.raises(StoreError, match="une autre clé") as caught:
                try_place(founder, server.url, Credentials())
            assert (caught.value.code is StoreProblem.HOST_KEY
                    and caught.value.host_key == server.shown_key)
        third = f"{other.get_name()} {paramiko.RSAKey.generate(2048).get_base64()}"
        with pytest.raises(StoreError, match="une autre clé"):
            try_place(founder, server.url, Credentials(host_key=third))
        try_place(founder, server.url, Credentials(host_key=caught.value.host_key))
        assert founder.ask(state.store_credentials,
                           server.url).host_key == server.shown_key != first
        laptops.sync(founder)


@pytest.mark.parametrize("ways", ["password", "keyboard-interactive"])
def test_a_server_met_for_the_first_time_gets_nothing_before_its_key_is_accepted(tmp_path: Path,
                                                                                 ways: str) -> None:
    with ssh_server(tmp_path / "server", ways) as server, closing(Laptops(tmp_path)) as laptops:
        with pytest.raises(StoreError, match="première fois") as caught:
            try_place(laptops.founder, server.url, WHO)
        assert (caught.value.code, caught.value.host_key) == (StoreProblem.MET, server.shown_key)
        assert (server.asked_by == []
                and not server.files.joinpath("partage", "format.json").exists())
        assert laptops.founder.ask(state.store_url) == laptops.url
        known = accepted(server)
        found = try_place(laptops.founder, server.url, known)
        assert (found.prepared, found.computers) == (True, 1)
        assert not try_place(laptops.founder, server.url, WHO).prepared
        laptops.sync(laptops.founder)


def test_another_server_than_the_one_that_was_accepted_gets_nothing(tmp_path: Path) -> None:
    with ssh_server(tmp_path / "server") as server, closing(Laptops(tmp_path)) as laptops:
        known = accepted(server)
        server.host_key = paramiko.ECDSAKey.generate()
        with pytest.raises(StoreError, match="une autre clé"):
            try_place(laptops.founder, server.url, known)
        assert server.asked_by == []


def test_from_a_key_back_to_a_password(tmp_path: Path) -> None:
    key = paramiko.RSAKey.generate(2048)
    held = StringIO()
    key.write_private_key(held)
    with ssh_server(tmp_path / "server") as server, closing(Laptops(tmp_path)) as laptops:
        founder = laptops.founder
        known = accepted(server)
        founder.do(state.remember_store, server.url,
                   msgspec.structs.replace(known, private_key=held.getvalue(), password=""))
        with pytest.raises(StoreError) as caught:
            try_place(founder, server.url, WHO)
        assert caught.value.code is StoreProblem.PASSWORD, "the key that is kept goes before"
        assert try_place(founder, server.url, WHO, forget=["private_key"]).prepared
        assert founder.ask(state.store_credentials, server.url) == known


def test_a_folder_that_is_not_there_is_made_when_that_is_asked(tmp_path: Path) -> None:
    with ssh_server(tmp_path / "server") as server, closing(Laptops(tmp_path)) as laptops:
        url = server.url + "/Carnet"
        with pytest.raises(StoreError) as caught:
            try_place(laptops.founder, url, accepted(server))
        assert caught.value.code is StoreProblem.ABSENT
        with pytest.raises(StoreError, match="au-dessus"):
            try_place(laptops.founder, url + "/plus/loin", accepted(server), make=True)
        assert try_place(laptops.founder, url, accepted(server), make=True).prepared
        assert shared_folder.open_store(laptops.founder, None).get("format.json")
