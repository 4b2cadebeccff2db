"""What only the long run proves: the cases of a matrix that differ in degree, not in kind, from
those of every run.

CARNET_AT_LENGTH=1 takes them in, as `make simulate` does.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
AT_LENGTH = bool(os.environ.get("CARNET_AT_LENGTH"))


def and_at_length(cases: Sequence[T], more: Sequence[T]) -> list[T]:
    """The cases of every run, and `more` in the long one."""
    return [*cases, *more] if AT_LENGTH else list(cases)
