"""A publication lies in the shared folder for all to read; without the folder nothing is lost, and
it goes there later."""

from datetime import date
from pathlib import Path

from desktop.sample.records import fill
from desktop.tasks.publish import publish
from tests.sync.laptops import Laptops

TODAY = date(2026, 11, 30)
PERIOD = "2026-S1"


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*")
            if path.is_file()}


def test_it_is_placed_in_the_exports_of_the_shared_folder(tmp_path: Path) -> None:
    laptops = Laptops(tmp_path)
    founder = laptops.founder
    fill(founder, today=TODAY)
    laptops.sync(founder)
    aside = tmp_path / "aside"
    laptops.share.rename(aside)
    found = publish(founder, PERIOD, "partenaires", tmp_path / "first", TODAY)
    assert found.shared == "" and not laptops.share.exists()
    aside.rename(laptops.share)
    found = publish(founder, PERIOD, "partenaires", tmp_path / "second", TODAY)
    assert found.kept and found.shared == f"exports/{PERIOD}-partenaires"
    assert (files(laptops.share / found.shared) == files(tmp_path / "second")
            == files(tmp_path / "first"))
    second = laptops.join("second", "membre")
    assert laptops.sync(second).refused == [] and laptops.sync(founder).refused == []
    laptops.close()
