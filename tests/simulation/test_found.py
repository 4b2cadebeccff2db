"""What the simulation found, each in its shortest form."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.commands.records import add_record
from desktop.queries.records import list_records
from desktop.sync.state import current_roster
from desktop.vault import Vault
from tests.sync.laptops import Laptops


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()


def names(vault: Vault) -> set[str]:
    return {record["name"] for record in vault.ask(list_records, "organisation")}


def add(laptops: Laptops, name: str) -> Path:
    """The package of a new organisation of the founder's."""
    before = set(laptops.packages())
    laptops.founder.do(add_record, "organisation", {"name": name})
    laptops.sync(laptops.founder)
    (path,) = set(laptops.packages()) - before
    return path


def test_a_package_that_was_cut_on_the_way_is_asked_for_and_put_again(laptops: Laptops) -> None:
    second = laptops.join("second")
    laptops.sync(laptops.founder)
    path = add(laptops, "Coupée")
    whole = path.read_bytes()
    path.write_bytes(whole[:100])
    assert len(laptops.sync(second).refused) == 1
    laptops.sync(laptops.founder)
    assert path.read_bytes() == whole
    assert laptops.sync(second).refused == [] and "Coupée" in names(second)
    assert not list(laptops.share.glob("heads/want-*"))


def test_a_key_of_a_channel_that_was_spoilt_is_asked_for_and_put_again(laptops: Laptops) -> None:
    add(laptops, "Lisible")
    second = laptops.join("second")
    (path,) = laptops.share.glob("trust/keys/commun-1-2-*")
    path.write_bytes(path.read_bytes()[:50])
    assert laptops.sync(second).refused
    laptops.sync(laptops.founder)
    assert laptops.sync(second).refused == [] and "Lisible" in names(second)
    assert not list(laptops.share.glob("heads/want-*"))


def test_a_list_of_devices_that_was_spoilt_is_asked_for_and_put_again(laptops: Laptops) -> None:
    add(laptops, "Lisible")
    second = laptops.join("second")
    (path,) = laptops.share.glob("trust/000002-*")
    path.write_bytes(path.read_bytes()[:50])
    assert laptops.sync(second).waiting_for_approval
    laptops.sync(laptops.founder)
    assert laptops.sync(second).refused == [] and "Lisible" in names(second)
    assert not list(laptops.share.glob("heads/want-*"))


def test_a_link_that_is_not_shown_yet_is_no_forgery(laptops: Laptops) -> None:
    second = laptops.join("second")
    laptops.sync(laptops.founder)
    laptops.sync(second)
    laptops.join("third")
    laptops.join("fourth")
    add(laptops, "En attendant")
    (late,) = laptops.share.glob("trust/000003-*")
    hidden = late.rename(laptops.folder / late.name)
    assert laptops.sync(second).refused == [] and "En attendant" in names(second)
    hidden.rename(late)
    laptops.sync(second)
    roster = second.ask(current_roster)
    assert roster is not None and roster.number == 4
