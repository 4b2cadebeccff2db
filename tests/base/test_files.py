"""What is told of a file that cannot be used."""

from pathlib import Path

import pytest

from desktop.base.home.files import disk_error, write_atomically


def test_a_passing_file_is_not_named(tmp_path: Path) -> None:
    wanted = tmp_path / "nulle" / "part" / "slots.json"
    with pytest.raises(OSError) as caught:
        write_atomically(wanted, b"")
    assert str(caught.value.filename).endswith(".tmp")
    for place in (wanted, wanted.parent):
        assert disk_error(caught.value,
                          place).message == f"Il n’y a ni fichier ni dossier à {place}."


def test_an_error_that_names_nothing_names_the_place(tmp_path: Path) -> None:
    assert str(tmp_path) in disk_error(FileNotFoundError(2, "No such file or directory"),
                                       tmp_path).message
