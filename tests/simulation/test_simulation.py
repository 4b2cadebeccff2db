"""A few short runs of the simulation; `make simulate` plays many and long ones."""

import pytest

from tests.simulation.runs import run


@pytest.mark.parametrize("seed", [1, 3, 5])
def test_whatever_happens_the_laptops_agree_and_nothing_is_lost(seed: int) -> None:
    run(seed, 60)
