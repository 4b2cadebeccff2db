"""What is told of a file that cannot be used."""

from pathlib import Path

import pytest

from desktop.base.errors import AppError
from desktop.base.home.files import disk_error, write_atomically
from desktop.base.paths import Home
from desktop.vault import Cost, Vault, schema
from tests.conftest import PASSPHRASE


def test_what_is_missing_is_named_and_not_what_needed_it(home: Home, tmp_path: Path,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "program" / "schema.sql"
    monkeypatch.setattr(schema, "WHOLE", gone)
    with pytest.raises(AppError) as caught:
        Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    assert str(gone) in caught.value.message and str(home.folder) not in caught.value.message


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
