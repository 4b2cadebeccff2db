"""A shared folder with a founder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.laptops import Laptops


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[Laptops]:
    made = Laptops(tmp_path)
    yield made
    made.close()
