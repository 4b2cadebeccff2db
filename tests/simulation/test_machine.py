"""The same world as a machine of rules: Hypothesis looks for the shortest way to break it.

CARNET_SIMULATE_EXAMPLES: how many examples, for a long run.
"""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.simulation.chance import determined
from tests.simulation.oracle import settle
from tests.simulation.runs import EVERY, MEMORY
from tests.simulation.world import World

_EXAMPLES = os.environ.get("CARNET_SIMULATE_EXAMPLES")

draws = st.integers(0, 2**16)


class Collective(RuleBasedStateMachine):
    """Two laptops at first; every step of the simulation is a rule."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(determined(0))
        self.folder = Path(tempfile.mkdtemp(prefix="carnet-machine-", dir=MEMORY))
        self.world = World(self.folder, 0)

    @rule()
    def all_exchange_and_agree(self) -> None:
        settle(self.world)

    @invariant()
    def every_edit_beats_what_its_author_saw(self) -> None:
        for edits in self.world.book.edits.values():
            assert all(moment < edit.stamp[:8] for edit in edits for moment, _value in edit.over)

    def teardown(self) -> None:
        try:
            settle(self.world)
        finally:
            self.world.close()
            shutil.rmtree(self.folder)
            self.stack.close()


def _rule_of(name: str) -> Any:
    def step(self: Collective, draw: int) -> None:
        self.world.step(name, Random(draw))

    step.__name__ = name
    return rule(draw=draws)(step)


for _name in EVERY:
    setattr(Collective, _name, _rule_of(_name))

TestCollective = Collective.TestCase
TestCollective.settings = settings(
    max_examples=int(_EXAMPLES) if _EXAMPLES else 4, stateful_step_count=60 if _EXAMPLES else 25,
    deadline=None,
    derandomize=not _EXAMPLES, database=None, suppress_health_check=list(HealthCheck))
