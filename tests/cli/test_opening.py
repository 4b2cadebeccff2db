"""Which notebook a command is about, where nobody names one."""

import os
from argparse import Namespace
from pathlib import Path

import pytest

from desktop.base.paths import Home
from desktop.cli.opening import home_of, window_wanted


@pytest.fixture
def row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the notebooks: the second was used last."""
    monkeypatch.delenv("CARNET_HOME", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for number in (1, 2):
        home = Home(tmp_path / "carnet" / f"profile-{number}")
        home.folder.mkdir(parents=True)
        home.slots.write_bytes(b"{}")
        os.utime(home.slots, (number, number))
    return tmp_path / "carnet"


def test_the_window_opens_the_notebook_that_was_used_last(row: Path) -> None:
    assert window_wanted([]) == Home(row / "profile-2")
    assert window_wanted(["open", "--home", str(row / "profile-1")]) == Home(row / "profile-1")
    assert window_wanted(["--home", str(row / "profile-7")]) == Home(row / "profile-7")


def test_a_verb_is_about_the_first_notebook_and_the_sample_lies_apart(
    row: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home_of(Namespace(verb="sync")) == Home(row / "profile-1")
    assert home_of(Namespace(verb="demo")) == Home(row / "sample")
    assert home_of(Namespace(verb="demo", home=str(row / "profile-9"))) == Home(row / "profile-9")
    monkeypatch.setenv("CARNET_HOME", str(row / "profile-2"))
    assert home_of(Namespace(verb="demo")) == window_wanted([]) == Home(row / "profile-2")
