"""One collective for all that is thrown at it. CARNET_FUZZ_EXAMPLES: how many examples a test, for
a long run."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.fuzz.target import Target

# A panic of the library is one of the answers looked for: its stack, thousands of times, takes
# minutes.
os.environ["RUST_BACKTRACE"] = "0"

_EXAMPLES = os.environ.get("CARNET_FUZZ_EXAMPLES")

fuzzing = settings(
    max_examples=int(_EXAMPLES) if _EXAMPLES else 25, deadline=None, derandomize=not _EXAMPLES,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large,
                           HealthCheck.filter_too_much])


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    made = Target(tmp_path_factory.mktemp("fuzz"))
    yield made
    made.laptops.close()
