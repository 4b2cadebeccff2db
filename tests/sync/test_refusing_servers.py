"""A server that refuses what is sent, whichever file it is: what the others wrote is read all the
same, then it goes on."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop.commands.attachments import attach
from desktop.commands.meetings import create_meeting
from desktop.commands.records import add_record
from desktop.models.meetings import Attachment
from desktop.queries.attachments import bytes_of
from desktop.queries.digest import digest_of
from desktop.queries.records import list_records
from desktop.queries.sync import sync_state
from desktop.sync.merging.enclosures import PART, fetch_enclosure
from desktop.sync.rounds.check import check_store
from desktop.sync.rounds.engine import run_round
from desktop.sync.stores.open import open_storage
from desktop.sync.stores.storage import Storage, StoreError, StoreProblem, Timeouts
from desktop.vault import Vault
from tests.sync.faulty import Fault, Faulty, faulty_server
from tests.sync.laptops import Laptops

SCAN = b"%PDF-1.7 zygomatique " * (PART // 21 + 1000)
PATIENT = Timeouts(connect=10, answer=30, whole=60, wait=0.5)
"""This server always answers, however busy the machine is: no wait is long but the one that it asks
for."""
REFUSALS: dict[str, tuple[Fault, StoreProblem, bool]] = {
    "413": (Fault(413), StoreProblem.TOO_LARGE, True),
    "423": (Fault(423), StoreProblem.LOCKED, True),
    "507": (Fault(507), StoreProblem.FULL, True),
    "507, a part kept": (Fault(507, stored=0.5), StoreProblem.FULL, True),
    "403": (Fault(403), StoreProblem.FORBIDDEN, True),
    "429": (Fault(429, {"Retry-After": "3600"}), StoreProblem.BUSY, False),
    "504": (Fault(504), StoreProblem.TIMEOUT, False),
    "504, a part kept": (Fault(504, stored=0.5), StoreProblem.TIMEOUT, False),
    "500": (Fault(500), StoreProblem.SERVER, False),
}
"""The answer, what it is told as, and whether what the others wrote is read in the same round."""


@dataclass
class Desk:
    """Two laptops around a server; the founder has something of everything to send, the other one
    has sent something."""

    server: Faulty
    laptops: Laptops
    second: Vault

    @property
    def storage(self) -> Storage:
        return open_storage(self.server.url, timeouts=PATIENT)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with faulty_server() as server, closing(Laptops(tmp_path, server.url)) as laptops:
        second = laptops.join("second", "coordination")
        founder = laptops.founder
        for vault in (founder, second, founder, second):
            laptops.sync(vault)
        second.do(add_record, "organisation", {"name": "De la seconde"})
        laptops.sync(second)
        meeting = founder.do(create_meeting, group_id=None, title="Séance", kind="atelier",
                             starts_at="2026-11-03T14:00")
        founder.do(attach, "meeting", meeting, "Feuille.pdf", SCAN)
        yield Desk(server, laptops, second)


def names(vault: Vault) -> set[str]:
    return {record["name"] for record in vault.ask(list_records, "organisation")}


def goes_on(desk: Desk) -> None:
    """Everything arrives; nothing lies there twice under one number; the file is whole and there
    once."""
    desk.server.fault = lambda _method, _name: None
    founder, second = desk.laptops.founder, desk.second
    for vault in (founder, second, founder):
        assert run_round(vault, desk.storage).refused == []
    assert founder.ask(sync_state).to_send == 0
    assert founder.ask(digest_of) == second.ask(digest_of) and "De la seconde" in names(founder)
    scan = second.ask(lambda session: session.query(Attachment.id).scalar())
    fetch_enclosure(second, desk.storage, scan)
    assert second.ask(bytes_of, scan) == SCAN
    packages = [name for name in desk.server.files if name.startswith("w/")]
    assert len({name.split("-")[0] for name in packages}) == len(packages)
    assert check_store(second, desk.storage) == (len(packages), [])


@pytest.mark.parametrize("which", REFUSALS)
def test_each_refusal_of_each_file_is_told_and_goes_on(desk: Desk, which: str) -> None:
    fault, code, still_read = REFUSALS[which]
    founder = desk.laptops.founder
    for where in ("w/", "heads/", "blob/"):
        name = f"Avant {where}"
        desk.second.do(add_record, "organisation", {"name": name})
        founder.do(add_record, "organisation", {"name": f"À envoyer {where}"})
        assert run_round(desk.second, desk.storage).refused == []
        # The hint that spares a listing is one byte: half of it is nothing.
        answer = replace(fault, stored=0) if where == "heads/" else fault
        desk.server.fault = lambda method, path, w=where, f=answer: (
            f if method == "PUT" and path.startswith(w) else None)
        for _attempt in range(2):
            with pytest.raises(StoreError) as caught:
                run_round(founder, desk.storage)
            assert caught.value.code is code and caught.value.hint
            assert (name in names(founder)) is still_read
        if where != "blob/":
            # The same again when the packages, then the hints, have gone: the file of the founder's
            # comes after them.
            desk.server.fault = (lambda method, path: Fault(507)
                                 if method == "PUT" and path.startswith("blob/") else None)
            with pytest.raises(StoreError):
                run_round(founder, desk.storage)
    goes_on(desk)
    assert len([name for name in desk.server.files if name.startswith("blob/")]) == 2


@pytest.mark.parametrize("status", [504, 502, 423, 507])
def test_kept_all_the_same_it_is_seen_at_once_or_the_next_time(desk: Desk, status: int) -> None:
    """The answer says no and the file is there: by 504 one looks; by a clear no, the next round
    finds it."""
    before = dict(desk.server.files)
    desk.server.fault = lambda method, _name: Fault(status, stored=1) if method == "PUT" else None
    for _attempt in range(4):
        try:
            run_round(desk.laptops.founder, desk.storage)
            break
        except StoreError as error:
            assert error.code in (StoreProblem.LOCKED, StoreProblem.FULL)
            assert status in (423, 507)
    kept = {name: data for name, data in desk.server.files.items() if name not in before}
    assert {name.split("/")[0] for name in kept} == {"w", "heads", "blob"}
    goes_on(desk)
    assert all(desk.server.files[name] == data for name, data in kept.items()
               if name.startswith(("w/", "blob/")))
    assert len([name for name in desk.server.files if name.startswith("blob/")]) == 2


@pytest.mark.parametrize("status", [403, 423, 507])
def test_a_folder_that_cannot_be_made_is_told(desk: Desk, status: int) -> None:
    desk.server.fault = lambda method, _name: Fault(status) if method == "MKCOL" else None
    with pytest.raises(StoreError) as caught:
        run_round(desk.laptops.founder, desk.storage)
    assert caught.value.code in (StoreProblem.FORBIDDEN, StoreProblem.LOCKED, StoreProblem.FULL)
    assert "De la seconde" in names(desk.laptops.founder)
    goes_on(desk)
