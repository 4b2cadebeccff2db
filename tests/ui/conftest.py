"""What most tests of the window begin with: the small collective, and a window on it."""

from collections.abc import Iterator

import pytest

from desktop.base.paths import Home
from desktop.ui.window.main_window import MainWindow
from desktop.vault import Vault
from tests.ui.collective import Small, fill
from tests.window import shown


@pytest.fixture
def small(vault: Vault) -> Small:
    """The small collective, in the vault."""
    return fill(vault)


@pytest.fixture
def window(vault: Vault, home: Home, small: Small) -> Iterator[MainWindow]:
    """A window that is open on it."""
    with shown(home, vault) as made:
        yield made
