"""A real vault on a temporary file, with a cheap key derivation, and a clock that stands still."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop.base.i18n import set_language
from desktop.base.paths import Home
from desktop.vault import Cost, Vault
from tests.sync.servers import Running

# A busy machine is no fault of what is tested: nothing is judged by the time that it took.
settings.register_profile("no clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")

PASSPHRASE = "cerisier bleu du jardin"


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    set_language("fr")
    yield
    set_language("fr")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty profile folder."""
    return Home(tmp_path / "profile")


@pytest.fixture
def vault(home: Home) -> Iterator[Vault]:
    """A fresh vault, unlocked."""
    made, _code = Vault.create(home, PASSPHRASE, cost=Cost.TEST)
    yield made
    made.close()


@pytest.fixture(scope="session")
def servers() -> Iterator[Running]:
    """The servers of shared folders, each started when a test first asks for it."""
    running = Running()
    yield running
    running.close()
