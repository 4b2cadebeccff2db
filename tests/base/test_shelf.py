"""The row of notebooks: neutral names, the next number, the last used, and a folder that stands
alone."""

import os
from pathlib import Path

import pytest

from desktop.base.home.files import shred
from desktop.base.home.notebooks import free_place, latest, notebooks, sample_place, title_of
from desktop.base.home.settings import Settings, save_settings
from desktop.base.paths import Home


def _made(folder: Path, used: int) -> Home:
    home = Home(folder)
    home.folder.mkdir(parents=True)
    for file in (home.slots, home.database):
        file.write_bytes(b"{}")
        os.utime(file, (used, used))
    return home


def test_the_row_is_in_order_and_its_names_are_neutral(tmp_path: Path) -> None:
    tenth, second = _made(tmp_path / "profile-10", 300), _made(tmp_path / "profile-2", 400)
    sample = _made(tmp_path / "sample", 200)
    _made(tmp_path / "profile-0", 900)
    _made(tmp_path / "autre", 900)
    (tmp_path / "profile-3").mkdir()
    assert notebooks(second) == [second, tenth, sample]
    assert ([title_of(home) for home in notebooks(tenth)]
            == ["Carnet 2", "Carnet 10", "Collectif d’exemple"])
    assert latest(Home(tmp_path / "profile-1")) == second
    assert free_place(second) == Home(tmp_path / "profile-1")
    assert sample_place(second) == sample
    save_settings(second, Settings(title="Bureau du fond"))
    assert title_of(second) == "Bureau du fond"


def test_a_folder_that_was_named_otherwise_stands_alone(tmp_path: Path) -> None:
    _made(tmp_path / "profile-1", 1)
    alone = Home(tmp_path / "clé usb")
    assert (notebooks(alone) == []
            and latest(alone) == free_place(alone) == sample_place(alone) == alone)
    _made(alone.folder, 2)
    assert notebooks(alone) == [alone]


def test_nothing_anywhere_is_the_first_notebook(tmp_path: Path) -> None:
    first = Home(tmp_path / "absent" / "profile-1")
    assert notebooks(first) == [] and latest(first) == first == free_place(first)


@pytest.mark.parametrize("size", (0, 1, 3_000_000))
def test_what_is_shredded_is_overwritten_before_it_goes(tmp_path: Path, size: int) -> None:
    file, other_name = tmp_path / "secret", tmp_path / "witness"
    file.write_bytes(b"s" * size)
    # A second name of the same bytes shows what lies on the disk afterwards.
    other_name.hardlink_to(file)
    shred(file)
    assert not file.exists()
    left = other_name.read_bytes()
    assert len(left) == size and b"s" * 16 not in left
    shred(file)
