"""Servers that refuse, lie, cut and hang: each is told by its own sentence, and nothing is lost."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from threading import Event

import pytest

from desktop.base.errors import AppError
from desktop.base.paths import Home
from desktop.commands.records import add_record
from desktop.queries.records import list_records
from desktop.queries.sync import sync_state
from desktop.sync.rounds.check import check_store
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.open import open_storage
from desktop.sync.stores.storage import (
    CancelledError,
    Credentials,
    Storage,
    StoreError,
    StoreProblem,
    Timeouts,
)
from desktop.sync.trust import state
from desktop.tasks import enrol, profiles, shared_folder
from desktop.vault import Cost, Vault
from tests.conftest import PASSPHRASE
from tests.sync.faulty import PAGE, Fault, Faulty, faulty_server
from tests.sync.laptops import Laptops
from tests.sync.servers import Running, wsgidav

HURRIED = Timeouts(connect=0.5, answer=0.25, whole=2, wait=0.5)
FAULTS: dict[str, tuple[Fault, StoreProblem, str]] = {
    "400": (Fault(400), StoreProblem.SERVER, "400"),
    "401": (Fault(401, {"WWW-Authenticate": "Basic"}), StoreProblem.PASSWORD,
            "refuse le nom ou le mot de passe"),
    "403": (Fault(403), StoreProblem.FORBIDDEN, "ne laisse pas"),
    "407": (Fault(407), StoreProblem.PROXY, "mandataire"),
    "413": (Fault(413), StoreProblem.TOO_LARGE, "plus élevée"),
    "423": (Fault(423), StoreProblem.LOCKED, "verrouillé"),
    "429": (Fault(429, {"Retry-After": "0"}), StoreProblem.BUSY, "trop occupé"),
    "429 for an hour": (Fault(429, {"Retry-After": "3600"}), StoreProblem.BUSY, "60\u00a0minutes"),
    "503 until a date": (Fault(503, {"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"}),
                         StoreProblem.BUSY,
                         "trop occupé"),
    "500": (Fault(500, {}, PAGE), StoreProblem.SERVER, "500"),
    "504": (Fault(504), StoreProblem.TIMEOUT, "met trop de temps"),
    "507": (Fault(507), StoreProblem.FULL, "plein"),
    "511": (Fault(511, {}, PAGE), StoreProblem.PORTAL, "connexion"),
    "portal": (Fault(200, {"Content-Type": "text/html; charset=utf-8"}, PAGE), StoreProblem.PORTAL,
               "connexion"),
    "portal without a type": (Fault(200, {}, PAGE), StoreProblem.PORTAL, "connexion"),
    "portal elsewhere": (Fault(302, {"Location": "http://portail.exemple/"}), StoreProblem.PORTAL,
                         "connexion"),
    "moved": (Fault(301, {"Location": "https://ailleurs.exemple/partage"}), StoreProblem.ADDRESS,
              "ailleurs.exemple"),
    "cut": (Fault(cut=True), StoreProblem.OFFLINE, "injoignable"),
    "silent": (Fault(silent=True), StoreProblem.TIMEOUT, "met trop de temps"),
}


@pytest.fixture
def faulty() -> Iterator[Faulty]:
    with faulty_server() as server:
        yield server


@pytest.fixture
def around(tmp_path: Path) -> Iterator[Callable[..., Laptops]]:
    """Makes laptops around a server."""
    with ExitStack() as stack:
        yield lambda url, credentials=None: stack.enter_context(
            closing(Laptops(tmp_path, url, credentials)))


def hurried(server: Faulty) -> Storage:
    return open_storage(server.url, Credentials("zoé", "secret"), HURRIED)


@pytest.mark.parametrize("kind", ["webdav", "s3"])
@pytest.mark.parametrize("which", FAULTS)
def test_each_failure_has_its_sentence_whatever_is_asked(faulty: Faulty, which: str,
                                                         kind: str) -> None:
    fault, code, told = FAULTS[which]
    faulty.files["heads/one"] = b"\n"
    faulty.folders.add("heads")
    store = hurried(faulty) if kind == "webdav" else bucket(faulty)
    faulty.fault = lambda _method, _name: fault
    for ask in (lambda: store.names("heads"), lambda: store.get("heads/one"),
                lambda: store.put("heads/two", b"\n"),
                lambda: store.remove("heads/one")):
        with pytest.raises(StoreError, match=told) as caught:
            ask()
        assert caught.value.code is code and caught.value.hint
    assert faulty.files == {"heads/one": b"\n"}
    faulty.fault = lambda _method, _name: None
    assert store.get("heads/one") == b"\n"


def bucket(server: Faulty) -> Storage:
    return open_storage(f"s3://partage?endpoint=http://127.0.0.1:{server.server_port}",
                        Credentials("zoé", "secret"), HURRIED)


@pytest.mark.parametrize(("status", "said", "code"), [
    (403, "InvalidAccessKeyId", StoreProblem.PASSWORD),
    (403, "SignatureDoesNotMatch", StoreProblem.PASSWORD),
    (403, "AccessDenied", StoreProblem.FORBIDDEN),
    (403, "RequestTimeTooSkewed", StoreProblem.CLOCK),
    (404, "NoSuchBucket", StoreProblem.ABSENT),
    (400, "AuthorizationHeaderMalformed", StoreProblem.ADDRESS),
    (403, "QuotaExceeded", StoreProblem.FULL), (400, "Unheard", StoreProblem.SERVER),
])
def test_what_an_s3_service_says_is_understood(faulty: Faulty, status: int, said: str,
                                               code: StoreProblem) -> None:
    body = f'<?xml version="1.0"?><Error><Code>{said}</Code><Message>x</Message></Error>'.encode()
    faulty.fault = lambda _method, _name: Fault(status, {"Content-Type": "application/xml"}, body)
    store = bucket(faulty)
    for ask in (lambda: store.names(""), lambda: store.get("format.json"),
                lambda: store.put("heads/two", b"\n")):
        with pytest.raises(StoreError) as caught:
            ask()
        assert caught.value.code is code


@pytest.mark.parametrize("body",
                         [b"", b"{}", b"<a/>", b"<?xml version='1.0'?><ListAllMyBucketsResult/>"])
def test_an_s3_listing_that_is_none_is_told(faulty: Faulty, body: bytes) -> None:
    faulty.fault = lambda _method, _name: Fault(200, body=body)
    with pytest.raises(StoreError, match="pas de dossier partagé"):
        bucket(faulty).names("")


@pytest.mark.parametrize("fault", [
    Fault(504, stored=1), Fault(400, stored=1), Fault(silent=True, stored=1),
    Fault(502, {}, PAGE, stored=1),
], ids=["504", "400", "silent", "502"])
def test_what_is_stored_though_the_answer_failed_is_found_stored(faulty: Faulty,
                                                                 fault: Fault) -> None:
    faulty.fault = lambda method, _name: fault if method == "PUT" else None
    faulty.folders.add("heads")
    hurried(faulty).put("heads/one", b"content")
    assert faulty.asked.count("PUT") == 1 and faulty.files["heads/one"] == b"content"


@pytest.mark.parametrize("fault", [Fault(400, stored=0.5), Fault(504), Fault(cut=True, stored=0.5)],
                         ids=["half kept", "not kept", "cut"])
def test_what_was_not_stored_is_sent_once_more(faulty: Faulty, fault: Fault) -> None:
    faulty.fault = (lambda method, _name: fault
                    if method == "PUT" and faulty.asked.count("PUT") == 1
                    else None)
    hurried(faulty).put("format.json", b"{ }\n")
    assert faulty.asked.count("PUT") == 2 and faulty.files == {"format.json": b"{ }\n"}


def test_a_server_that_keeps_something_else_is_not_believed(faulty: Faulty) -> None:
    faulty.fault = lambda method, _name: Fault(201, stored=0.5) if method == "PUT" else None
    with pytest.raises(StoreError, match="n’a pas gardé") as caught:
        hurried(faulty).put("format.json", b"{ }\n")
    assert caught.value.code is StoreProblem.NOT_KEPT


def test_a_pause_that_the_server_asks_for_is_kept(faulty: Faulty) -> None:
    faulty.fault = (lambda _method, _name: Fault(503, {"Retry-After": "0"}) if len(faulty.asked) < 3
                    else None)
    assert hurried(faulty).names("") == []
    assert faulty.asked == ["PROPFIND"] * 3


def test_an_answer_that_trickles_is_not_waited_for(faulty: Faulty) -> None:
    faulty.fault = lambda _method, _name: Fault(trickling=True)
    with pytest.raises(StoreError, match="met trop de temps") as caught:
        open_storage(faulty.url, timeouts=Timeouts(answer=5, whole=0.3)).get("format.json")
    assert caught.value.code is StoreProblem.TIMEOUT


def test_a_folder_that_is_not_there_is_told(faulty: Faulty) -> None:
    faulty.folders.clear()
    for ask in (lambda: hurried(faulty).names(""), lambda: hurried(faulty).put("heads/one", b"\n"),
                lambda: hurried(faulty).put("format.json", b"{}\n")):
        with pytest.raises(StoreError, match="aucun dossier") as caught:
            ask()
        assert caught.value.code is StoreProblem.ABSENT


@pytest.mark.parametrize("body",
                         [b"", b"{}", b"<a>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
                          b"\xff\xfe<"])
def test_a_listing_that_is_none_is_told(faulty: Faulty, body: bytes) -> None:
    faulty.fault = lambda _method, _name: Fault(207, body=body)
    with pytest.raises(StoreError, match="pas de dossier partagé") as caught:
        hurried(faulty).names("heads")
    assert caught.value.code is StoreProblem.ADDRESS


def test_a_listing_behind_another_path_is_read(faulty: Faulty) -> None:
    hrefs = "".join(f"<d:response><d:href>{one}</d:href></d:response>" for one in (
        "https://interne/dav/zo%C3%A9/", "/dav/zo%C3%A9/w/", "/dav/zo%C3%A9/format.json",
        "/dav/zo%C3%A9/.tmp"))
    faulty.fault = lambda _method, _name: Fault(
        207, body=f'<d:multistatus xmlns:d="DAV:">{hrefs}</d:multistatus>'.encode())
    assert hurried(faulty).names("") == ["format.json", "w"]


def test_one_page_among_the_files_stops_nobody(faulty: Faulty) -> None:
    faulty.files |= {"format.json": b"{}", "w/page.pkg": PAGE}
    assert hurried(faulty).get("w/page.pkg") == PAGE


def test_nobody_there_no_such_name_and_another_certificate(servers: Running,
                                                           tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/partage"
    for url, code, told in ((nobody, StoreProblem.OFFLINE, "injoignable"),
                            ("https://carnet.invalid/partage", StoreProblem.NAME,
                             "carnet.invalid")):
        with pytest.raises(StoreError, match=told) as caught:
            open_storage(url, timeouts=HURRIED).get("format.json")
        assert caught.value.code is code
    with wsgidav(tls=True) as server:
        url = server.fresh()
        known = open_storage(url, server.credentials)
        known.put("format.json", b"{}\n")
        assert known.names("") == ["format.json"]
        with pytest.raises(StoreError, match="certificat") as caught:
            open_storage(url, Credentials(server.credentials.user,
                                          server.credentials.password)).get("format.json")
        assert caught.value.code is StoreProblem.CERTIFICATE
    with pytest.raises(StoreError, match="PEM"):
        open_storage("https://exemple.fr/partage", Credentials(authority="rien"))
    with pytest.raises(StoreError, match="https"):
        open_storage("http://exemple.fr/partage")


def test_a_proxy_is_asked_and_told(faulty: Faulty, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{faulty.server_port}")
    with pytest.raises(StoreError, match="mandataire") as caught:
        open_storage("https://carnet.invalid/partage", timeouts=HURRIED).get("format.json")
    assert caught.value.code is StoreProblem.PROXY


@pytest.mark.parametrize("kind", ["wsgidav", "apache", "nginx", "rclone", "s3"])
def test_a_wrong_password_is_told_by_real_servers(servers: Running, kind: str) -> None:
    server = servers.server(kind)
    with pytest.raises(StoreError, match="mot de passe") as caught:
        open_storage(server.fresh(), Credentials(server.credentials.user, "faux")).names("")
    assert caught.value.code is StoreProblem.PASSWORD


def names(vault: Vault) -> set[str]:
    return {record["name"] for record in vault.ask(list_records, "organisation")}


def test_no_failure_of_a_server_loses_anything(faulty: Faulty,
                                               around: Callable[..., Laptops]) -> None:
    laptops = around(faulty.url, Credentials("zoé", "secret"))
    second = laptops.join("second")
    written = set()
    for which in ("401", "413", "429", "504", "507", "portal", "cut", "silent"):
        fault, code, _told = FAULTS[which]
        for method in ("PUT", "GET") if which in ("401", "portal", "cut") else ("PUT",):
            name = f"{which} {method}"
            laptops.founder.do(add_record, "organisation", {"name": name})
            written.add(name)
            storage = hurried(faulty)
            faulty.fault = lambda asked, _name, f=fault, m=method: f if asked == m else None  # type: ignore[misc]
            with pytest.raises(StoreError) as caught:
                run_round(laptops.founder, storage)
            assert caught.value.code is code, name
            assert laptops.founder.ask(sync_state).to_send >= 1
            faulty.fault = lambda _method, _name: None
    for vault in (laptops.founder, second, laptops.founder):
        assert laptops.sync(vault).refused == []
    assert laptops.founder.ask(sync_state).to_send == 0
    assert names(second) == names(laptops.founder) and written <= names(second)
    assert check_store(second, hurried(faulty))[1] == []


@pytest.mark.parametrize("method", ["GET", "PROPFIND", "PUT"])
def test_nobody_waits_for_a_silent_server_to_stop(faulty: Faulty, around: Callable[..., Laptops],
                                                  method: str) -> None:
    laptops = around(faulty.url)
    founder = laptops.founder
    laptops.sync(founder)
    asked = Event()

    def silent(what: str, _name: str) -> Fault | None:
        if what != method:
            return None
        asked.set()
        return Fault(silent=True)

    storage = shared_folder.open_store(founder, None, cancelled=asked.is_set)
    founder.do(add_record, "organisation", {"name": "Retenue"})
    faulty.fault = silent
    with pytest.raises(CancelledError):
        run_round(founder, storage, cancelled=asked.is_set)
    assert not faulty.released.is_set() and founder.ask(sync_state).to_send == 1
    faulty.fault = lambda _method, _name: None
    assert run_round(founder, shared_folder.open_store(founder, None)).pushed == 1


def test_what_opens_a_store_stays_in_the_vault(faulty: Faulty,
                                               around: Callable[..., Laptops]) -> None:
    laptops = around(faulty.url.replace("//", "//zoé@"), Credentials(password="tamaris-0123"))
    assert laptops.founder.ask(sync_state).store == faulty.url
    assert laptops.founder.ask(state.store_credentials,
                               faulty.url) == Credentials("zoé", "tamaris-0123")
    assert laptops.founder.ask(state.store_credentials,
                               "https://ailleurs.exemple/partage") == Credentials()
    invitation = enrol.invite(laptops.founder, [])
    assert b"tamaris" not in invitation and "zoé".encode() not in invitation
    assert "tamaris" not in repr(laptops.founder.ask(state.store_credentials, faulty.url))
    faulty.fault = lambda _method, _name: Fault(401)
    with pytest.raises(AppError) as caught:
        laptops.sync(laptops.founder)
    assert "tamaris" not in str(caught.value)
    for file in laptops.founder.home.folder.rglob("*"):
        assert not file.is_file() or b"tamaris" not in file.read_bytes()


def test_no_profile_stays_where_the_server_refuses(faulty: Faulty, around: Callable[..., Laptops],
                                                   tmp_path: Path) -> None:
    laptops = around(faulty.url)
    invitation = enrol.invite(laptops.founder, [])
    faulty.fault = lambda _method, _name: Fault(401)
    home = Home(tmp_path / "stranger")
    with pytest.raises(StoreError):
        profiles.join(home, PASSPHRASE, invitation, "Jo ANNE", Cost.TEST)
    assert not home.exists


def test_nothing_of_the_network_is_loaded_before_a_server_is_asked() -> None:
    code = ("import sys, desktop.app, desktop.ui.sync, desktop.cli.main; "
            "print(sorted({'requests', 'urllib3', 'paramiko', 'truststore', 'defusedxml'} & "
            "set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60,
                          check=True,
                          cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "[]"
