"""A place tried and kept: the addresses that a Nextcloud shows, the files that open a server,
folders made on request."""

import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.base.errors import AppError
from desktop.queries.sync import sync_state
from desktop.sync.stores.given import authority_of, private_key_of
from desktop.sync.stores.storage import Credentials, StoreError, StoreProblem
from desktop.tasks.place import nextcloud_url, nextcloud_user, try_place
from tests.sync.faulty import Fault, faulty_server
from tests.sync.laptops import Laptops
from tests.sync.servers import program, wsgidav

WHO = Credentials("zoé", "tamaris")
OWN = "https://nuage.fr/remote.php/dav/files/zo%C3%A9"


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    with closing(Laptops(tmp_path)) as made:
        yield made


@pytest.mark.parametrize("address", [
    "nuage.fr", "https://nuage.fr/", "https://nuage.fr/apps/files/files?dir=/",
    "https://nuage.fr/index.php/apps/dashboard/",
    "https://nuage.fr/login?redirect_url=/apps/files", "https://nuage.fr/settings/user/security",
    "https://nuage.fr/f/1234",
    "https://nuage.fr/index.php/settings/user", "https://nuage.fr/u/zo%C3%A9", OWN, OWN + "/",
    " https://nuage.fr/call/x7 ",
])
def test_any_address_that_a_nextcloud_shows_will_do(address: str) -> None:
    assert nextcloud_url(address, "zoé", "Carnet") == OWN + "/Carnet"


@pytest.mark.parametrize(("address", "folder", "url"), [
    ("https://ville.fr/nuage/index.php/apps/files/?dir=/", "",
     "https://ville.fr/nuage/remote.php/dav/files/zo%C3%A9"),
    ("https://nuage.fr/apps/files/files/77?dir=/Collectif/Carnet%20commun", "",
     OWN + "/Collectif/Carnet%20commun"),
    ("https://nuage.fr/apps/files/files/77?dir=/Ailleurs", "/Carnet/", OWN + "/Carnet"),
    (OWN + "/Collectif/Carnet", "Carnet", OWN + "/Collectif/Carnet"),
    ("https://nuage.fr/remote.php/webdav/", "Carnet", "https://nuage.fr/remote.php/webdav/Carnet"),
    ("https://nuage.fr/remote.php/webdav/Carnet", "", "https://nuage.fr/remote.php/webdav/Carnet"),
    ("https://nuage.fr", "Été 100 %", OWN + "/%C3%89t%C3%A9%20100%20%25"),
])
def test_the_folder_is_the_one_that_is_said(address: str, folder: str, url: str) -> None:
    assert nextcloud_url(address, "zoé", folder) == url


def test_the_user_is_in_the_webdav_address_and_a_share_link_is_refused() -> None:
    assert (nextcloud_user(OWN + "/Carnet") == "zoé"
            and nextcloud_user("https://nuage.fr/apps/files") == "")
    with pytest.raises(AppError, match="nom d’utilisateur"):
        nextcloud_url("https://nuage.fr", "", "Carnet")
    for link in ("https://nuage.fr/s/aB3dE", "https://nuage.fr/index.php/s/aB3dE"):
        with pytest.raises(StoreError, match="lien de partage"):
            nextcloud_url(link, "zoé", "Carnet")


def test_a_nextcloud_tells_its_version_and_makes_the_folder_when_asked(laptops: Laptops) -> None:
    with faulty_server() as server:
        server.program = "31.0.4"
        server.folders.add("remote.php/dav/files/zoé")
        for part in ("remote.php", "remote.php/dav", "remote.php/dav/files"):
            server.folders.add(part)
        url = nextcloud_url(server.url, "zoé", "Carnet")
        with pytest.raises(StoreError) as caught:
            try_place(laptops.founder, url, WHO)
        assert (caught.value.code is StoreProblem.ABSENT
                and laptops.founder.ask(sync_state).store == laptops.url)
        with pytest.raises(StoreError, match="au-dessus"):
            try_place(laptops.founder, url + "/plus/loin", WHO, make=True)
        found = try_place(laptops.founder, url, WHO, make=True)
        assert (found.program, found.prepared, found.free) == ("Nextcloud 31.0.4", True, None)
        for free, told in ((-3, None), (5, 5)):
            server.free = free
            assert try_place(laptops.founder, url, WHO).free == told
        server.fault = (lambda method, name: Fault(500)
                        if method == "PROPFIND" and not name.endswith("trust") else None)
        assert try_place(laptops.founder, url, WHO).free is None


def test_a_folder_of_this_computer_is_made_in_one_that_is_there(laptops: Laptops,
                                                                tmp_path: Path) -> None:
    new = tmp_path / "nouveau"
    with pytest.raises(StoreError) as caught:
        try_place(laptops.founder, new.as_uri(), Credentials())
    assert caught.value.code is StoreProblem.ABSENT and not new.exists()
    with pytest.raises(StoreError):
        try_place(laptops.founder, (new / "plus").as_uri(), Credentials(), make=True)
    found = try_place(laptops.founder, new.as_uri(), Credentials(), make=True)
    assert (found.prepared and found.free is not None and found.free > 0
            and (new / "format.json").exists())


def test_an_authority_is_taken_in_pem_and_in_der_and_opens_the_server(laptops: Laptops) -> None:
    with wsgidav(tls=True) as server:
        url, who = server.fresh(), server.credentials
        with pytest.raises(StoreError) as caught:
            try_place(laptops.founder, url, Credentials(who.user, who.password))
        assert caught.value.code is StoreProblem.CERTIFICATE
        der = x509.load_pem_x509_certificate(who.authority.encode()).public_bytes(Encoding.DER)
        for data in (who.authority.encode(), b"\xef\xbb\xbf" + who.authority.encode(), der):
            found = try_place(laptops.founder, url,
                              Credentials(who.user, who.password, authority=authority_of(data)))
        assert found.computers == 1


@pytest.mark.parametrize(("data", "words"), [
    (b"", "n’est pas lisible"), (b"ssh-ed25519 AAAA zoe@pc", "moitié publique"),
    (b"PuTTY-User-Key-File-3: x", "PuTTY"),
    (b"\x00\xff" * 400, "n’est pas lisible"),
    (b"-----BEGIN CERTIFICATE-----\n", "n’est pas lisible"),
])
def test_another_file_than_a_private_key_is_told(data: bytes, words: str) -> None:
    with pytest.raises(StoreError, match=words) as caught:
        private_key_of(data)
    assert caught.value.hint


def test_a_private_key_is_taken_and_another_file_is_no_certificate(tmp_path: Path) -> None:
    subprocess.run([program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "key"],
                   check=True, timeout=30)
    data = (tmp_path / "key").read_bytes()
    for same in (data, b"\xef\xbb\xbf" + data, data.replace(b"\n", b"\r\n")):
        assert private_key_of(same).encode() == data
    for other in (data, b"", b"\x30\x03\x02\x01\x01"):
        with pytest.raises(StoreError, match="n’est pas un certificat"):
            authority_of(other)


def test_a_folder_that_is_not_the_collectives_says_what_it_is(laptops: Laptops,
                                                              tmp_path: Path) -> None:
    second = laptops.join("second")
    laptops.sync(second)
    empty, photos, key = (tmp_path / name for name in ("vide", "photos", "clé"))
    for folder in (empty, photos, key, key / "Carnet"):
        folder.mkdir()
    (photos / "vacances.jpg").write_bytes(b"x")
    for folder, words in ((empty, "est vide"), (photos, "format.json manque"),
                          (key, "dossier nommé Carnet")):
        with pytest.raises(StoreError) as caught:
            try_place(second, folder.as_uri(), Credentials())
        assert (words in f"{caught.value} {caught.value.hint}"
                and caught.value.code is StoreProblem.ABSENT)
